#!/usr/bin/env python3
"""Times the building of whole sites: by Jekyll, by this program, and by rustkyll where it is installed.

    scripts/bench-build.py APERCU [--posts N,N] [--runs N] [ARCHIVE or FOLDER ...]

A folder or an archive holds `site/` and perhaps `theme/`; `./dev fidelity --site` reads the same. `--posts` makes sites
of so many posts in the layouts of the gem minima, with bodies that are put together from the fixtures. Each program
builds each site `--runs` times after one run that does not count; the table has the medians of the time and of the time
of the processor in seconds (the second says more where other programs run), and the most memory that a run held, in MB. The variable RUSTKYLL names that program where it is in no folder of programs.
"""
import argparse
import glob
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ENVIRONMENT = dict(os.environ, JEKYLL_ENV="production", TZ="UTC", LANG="C.UTF-8", JEKYLL_NO_BUNDLER_REQUIRE="1")
WORDS = "stone river lamp window garden letter morning paper bridge music winter table silver road".split()
TAGS = ["ruby", "rust", "web", "notes", "travel", "books", "music", "linux"]


def bodies():
    """The fixtures of kramdown, which have every construct; those with Liquid or with options are left out."""
    texts = []
    for path in sorted(glob.glob(os.path.join(ROOT, "tests/fixtures/kramdown/*/*.md"))):
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
        if not any(mark in text for mark in ("{%", "{{", "{::", "\0")):
            texts.append(text)
    return texts


def minima():
    """The folder of the installed gem."""
    code = 'print Gem::Specification.find_by_name("minima").gem_dir'
    return subprocess.run(["ruby", "-e", code], capture_output=True, text=True, check=True).stdout


def make_site(folder, posts):
    """A site of so many posts, the same at each call."""
    chance = random.Random(posts)
    texts = bodies()
    theme = minima()
    for part in ("_layouts", "_includes", "_sass", "assets"):
        shutil.copytree(os.path.join(theme, part), os.path.join(folder, part))
    os.mkdir(os.path.join(folder, "_posts"))
    write(folder, "_config.yml", "title: A blog\nauthor: Somebody\nurl: https://example.org\n"
          "plugins: [jekyll-feed, jekyll-seo-tag]\nexclude: [theme]\n")
    write(folder, "index.md", "---\nlayout: home\n---\n")
    write(folder, "about.md", "---\nlayout: page\ntitle: About\npermalink: /about/\n---\nA page.\n")
    for number in range(posts):
        date = time.strftime("%Y-%m-%d", time.gmtime(946_684_800 + number * 86_400 // 2))
        title = " ".join(chance.sample(WORDS, 3)).capitalize()
        tags = ", ".join(chance.sample(TAGS, 2))
        parts = []
        for _ in range(8):
            parts += [" ".join(chance.choices(WORDS, k=50)).capitalize() + ".", chance.choice(texts)]
        head = f"---\nlayout: post\ntitle: {title} {number}\ntags: [{tags}]\n---\n"
        write(folder, f"_posts/{date}-post-{number}.md", head + "\n\n".join(parts) + "\n")


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def measure(command, runs, cwd=None):
    """The median times in seconds and the most memory in MB; the reason instead, where the program fails."""
    times, processor, most = [], [], 0
    for run in range(runs + 1):
        start = time.monotonic()
        child = subprocess.Popen(command, env=ENVIRONMENT, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        took = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):
            return f"ends with {child.returncode}"
        if run > 0 or runs == 0:
            times.append(took)
            processor.append(usage.ru_utime + usage.ru_stime)
            most = max(most, usage.ru_maxrss / 1024)
    return statistics.median(times), statistics.median(processor), most


def files(folder):
    return sum(len(names) for _, _, names in os.walk(folder))


def compare(name, root, apercu, runs, slow_runs):
    """One row for each program."""
    site, theme = os.path.join(root, "site"), os.path.join(root, "theme")
    configs = [os.path.join(site, config) for config in ("_config.yml", "_pinned.yml")]
    config = ",".join(path for path in configs if os.path.exists(path))
    out = {program: os.path.join(root, "out-" + program) for program in ("jekyll", "apercu", "rustkyll")}
    own = [apercu, "build", site, "-d", out["apercu"], "--config", config]
    if os.path.isdir(theme):
        own += ["--theme", theme]
    commands = [("apercu", own, runs)]
    if shutil.which("jekyll"):
        jekyll = ["jekyll", "build", "-q", "--disable-disk-cache", "-s", site, "-d", out["jekyll"], "--config", config]
        commands.insert(0, ("jekyll", jekyll, slow_runs))
    rustkyll = os.environ.get("RUSTKYLL") or shutil.which("rustkyll")
    if rustkyll:
        commands.append(("rustkyll", [rustkyll, "build", "--force", "--quiet", "--source", site, "--destination", out["rustkyll"]], runs))
    base = None
    for program, command, count in commands:
        result = measure(command, count)
        if isinstance(result, str):
            print(f"{name:16} {program:9} {result}", flush=True)
            continue
        written = files(out[program])
        if written == 0:
            print(f"{name:14} {program:8} writes nothing", flush=True)
            continue
        took, processor, most = result
        faster = f"{base[0] / took:6.1f} times, {base[1] / max(processor, 0.001):6.1f} of the processor" if base else ""
        base = base or (took, processor)
        print(f"{name:14} {program:8} {took:8.3f} s {processor:8.3f} s {most:6.0f} MB {written:6} files {faster}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("apercu")
    parser.add_argument("--posts", default="")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--slow-runs", type=int, default=1, help="of Jekyll")
    parser.add_argument("sites", nargs="*")
    options = parser.parse_intermixed_args()
    sites = []
    for path in options.sites:
        sites += sorted(glob.glob(os.path.join(path, "*.tar.xz"))) if os.path.isdir(path) else [path]
    for archive in sites:
        with tempfile.TemporaryDirectory() as root:
            subprocess.run(["tar", "-C", root, "-xf", archive], check=True)
            compare(os.path.basename(archive).split(".")[0], root, options.apercu, options.runs, options.slow_runs)
    for posts in filter(None, options.posts.split(",")):
        with tempfile.TemporaryDirectory() as root:
            os.mkdir(os.path.join(root, "site"))
            make_site(os.path.join(root, "site"), int(posts))
            compare(posts + " posts", root, options.apercu, options.runs, options.slow_runs)


main()
