//! The commands of whole sites as processes: `build`, `render --site`, `doctor`. In: the built program, sites of its own
//! and those in `tests/fixtures`. Out: failures. Neighbours: `src/cli/`; `site_rendering.rs` tests what pages hold.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A site of its own with these files.
fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        write(folder.path(), path, text.as_bytes());
    }
    folder
}

fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs::write(path, bytes).expect("a file");
}

fn apercu(folder: &Path, words: &[&str]) -> Output {
    let words = [words, &["--now", "2026-01-01"]].concat();
    let mut program = Command::new(env!("CARGO_BIN_EXE_apercu"));
    program.args(words).current_dir(folder).env("TZ", "UTC").env("JEKYLL_ENV", "production");
    program.output().expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// The files below a folder, by their paths from it, without the list of the build.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read").flatten() {
            let path = entry.path();
            let name = path.strip_prefix(root).expect("it lies below").to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name != ".apercu-build" {
                found.insert(name, fs::read(&path).expect("the file can be read"));
            }
        }
    }
    found
}

const LAYOUT: (&str, &str) = ("_layouts/post.html", "<title>{{ page.title }}</title>{{ content }}");
const POST: (&str, &str) = ("_posts/2020-01-02-a.md", "---\ntitle: A\nlayout: post\n---\nOne *word*.\n");

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folders = ["plugins", "site"].map(|kind| fs::read_dir(fixtures.join(kind)).expect("the fixtures"));
    let mut sites: Vec<PathBuf> =
        folders.into_iter().flatten().flatten().map(|entry| entry.path().join("site")).collect();
    sites.retain(|path| path.is_dir());
    // What `include_cached` keeps is that of the page that asks first, and older posts are seen rendered.
    let pages: Vec<(String, String)> = (10..60)
        .map(|day| {
            let text =
                format!("---\ntitle: P{day}\nlayout: post\n---\n*{day}* {{% include_cached a.html %}}\n\nMore.\n");
            (format!("_posts/2020-01-01-p{day}.md"), text)
        })
        .collect();
    let mut cached: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (&**path, &**text)).collect();
    let all = "{% for post in site.posts %}[{{ post.content }}|{{ post.excerpt }}]{% endfor %}{{ content }}";
    cached.push(("_layouts/post.html", all));
    cached.push(("_includes/a.html", "for {{ page.title }} {% nothing %}"));
    cached.push(("_config.yml", "plugins: [jekyll-include-cache, jekyll-feed]\n"));
    cached.push(("index.html", "---\n---\n{% for post in site.posts %}{{ post.content }}{% endfor %}"));
    let own = site(&cached);
    sites.push(own.path().to_owned());
    let mut written = 0;
    for site in sites {
        let place = tempfile::tempdir().expect("a folder");
        let built = |jobs: &str| {
            let folder = place.path().join(jobs);
            let words = ["build", ".", "-d", folder.to_str().expect("UTF-8"), "--jobs", jobs];
            let output = apercu(&site, &words);
            let found = if folder.is_dir() { files(&folder) } else { BTreeMap::new() };
            (output.status.code(), errors(&output), found)
        };
        let one = built("1");
        written += one.2.len();
        assert_eq!(one, built("4"), "{}", site.display());
    }
    assert!(written > 200, "{written} files");
}

#[test]
fn what_the_site_has_no_more_goes_with_the_next_build() {
    let index = ("a/index.md", "---\n---\nA page.\n");
    let site = site(&[LAYOUT, POST, index, ("b/c.txt", "copied"), ("_site/own.txt", "somebody's")]);
    let root = site.path();
    assert_eq!(apercu(root, &["build"]).status.code(), Some(0));
    let before = files(&root.join("_site"));
    assert_eq!(before.keys().collect::<Vec<_>>(), ["2020/01/02/a.html", "a/index.html", "b/c.txt", "own.txt"]);
    fs::remove_file(root.join(POST.0)).expect("it goes");
    fs::remove_file(root.join("b/c.txt")).expect("it goes");
    write(root, "_site/a/note.txt", b"somebody's");
    assert_eq!(apercu(root, &["build"]).status.code(), Some(0));
    assert_eq!(files(&root.join("_site")).keys().collect::<Vec<_>>(), ["a/index.html", "a/note.txt", "own.txt"]);
    assert!(!root.join("_site/2020").exists() && !root.join("_site/b").exists());
    // The site itself is never taken for a destination.
    let refused = apercu(root, &["build", "-d", "."]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(errors(&refused).contains("cannot be written to its own folder"), "{}", errors(&refused));
    assert!(!root.join("index.html").exists());
}

#[test]
fn one_page_is_printed_as_the_build_writes_it() {
    let files = [
        LAYOUT,
        POST,
        ("_posts/2030-01-01-b.md", "---\ntitle: B\nlayout: post\n---\nLater.\n"),
        ("_config.yml", "title: T\nexclude: [no.md]\n"),
        ("about/me.md", "---\nlayout: post\n---\n{{ site.posts.first.title }} {% include none.html %}\n"),
        ("no.md", "---\n---\n"),
    ];
    let site = site(&files);
    let root = site.path();
    apercu(root, &["build"]);
    let page = apercu(root, &["render", "--site", POST.0]);
    assert_eq!(out(&page), fs::read_to_string(root.join("_site/2020/01/02/a.html")).expect("it is written"));
    assert_eq!((page.status.code(), errors(&page)), (Some(0), String::new()));
    // From another folder; what stops Jekyll is told with file and line.
    let page = apercu(&root.join("about"), &["render", "--site", "me.md"]);
    assert_eq!(page.status.code(), Some(1));
    assert!(errors(&page).starts_with("about/me.md:4: error: "), "{}", errors(&page));
    let later = apercu(root, &["render", "--site", "_posts/2030-01-01-b.md"]);
    assert_eq!(later.status.code(), Some(2));
    assert!(errors(&later).contains("writes no page of this file"), "{}", errors(&later));
    let later = apercu(root, &["render", "--site", "--future", "_posts/2030-01-01-b.md"]);
    assert_eq!(out(&later), "<title>B</title><p>Later.</p>\n");
    for words in
        [&["render", "--site", "no.md"][..], &["render", "--site", "--body", POST.0], &["render", "--drafts", POST.0]]
    {
        assert_eq!(apercu(root, words).status.code(), Some(2), "{words:?}");
    }
}

#[test]
fn a_doctor_names_what_will_not_work() {
    let config = "title: T\ntheme: no-such-theme\nplugins:\n  - jekyll-feed\n  - jekyll-unheard\nlsi: true\n";
    let files = [
        ("_config.yml", config),
        ("_plugins/own.rb", "Liquid::Template.register_tag('own', Own)\n"),
        ("_Layouts/x.html", ""),
        ("_layouts/post.html", "{{ content }}\n{{ site.github.url }}\n"),
        ("_posts/2020-01-02-a.md", "---\nlayout: Post\n---\nx {% unheard %}\n`site.github`\n"),
        ("a.md", "---\npermalink: /same/\n---\n"),
        ("b.md", "---\npermalink: /same/\n---\n"),
        ("c.md", "---\npermalink: /Same/\n---\n"),
    ];
    let sick = site(&files);
    let output = apercu(sick.path(), &["doctor"]);
    assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
    let lines = out(&output);
    for line in [
        "_config.yml:2:1: error: The theme `no-such-theme`",
        "_config.yml:5:5: warning: What the gem `jekyll-unheard`",
        "_config.yml:6:1: warning: `lsi`",
        "_plugins/own.rb:1:1: warning: Ruby is not run here",
        "_Layouts/x.html:1:1: warning: Jekyll knows the folder `_layouts`",
        "_layouts/post.html:2:4: warning: `site.github`",
        "_posts/2020-01-02-a.md:2:1: warning: The layout is called `post`",
        "b.md:1:1: warning: `a.md` is written to `same/index.html`, too",
        "c.md:1:1: warning: `a.md` is written to `same/index.html`, which differs",
    ] {
        assert_eq!(lines.matches(line).count(), 1, "{line} in\n{lines}");
    }
    // A tag that is not known, and nothing of code that names an object.
    assert!(lines.contains("_posts/2020-01-02-a.md:4:"), "{lines}");
    assert!(!lines.contains("_posts/2020-01-02-a.md:5:"), "{lines}");
    let json = apercu(sick.path(), &["doctor", "--format", "json", "--disable", "site-theme-missing"]);
    let found: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert!(found.as_array().is_some_and(|all| all.iter().all(|one| one["code"] != "site-theme-missing")));
    let well = site(&[LAYOUT, POST]);
    let output = apercu(well.path(), &["doctor"]);
    assert_eq!((output.status.code(), out(&output)), (Some(0), String::new()));
    assert_eq!(apercu(well.path(), &["doctor", "nowhere"]).status.code(), Some(2));
}

/// A site with something broken: the file, its text, and what `build` says of it.
#[test]
fn what_is_broken_is_named_with_file_and_line_and_the_rest_is_built() {
    for (path, text, told) in [
        ("_posts/2020-01-03-b.md", "---\ntitle: [x\n---\nText.\n", "_posts/2020-01-03-b.md"),
        ("page.md", "---\na: b: c\n---\nText.\n", "page.md"),
        ("_layouts/other.html", "---\na: b: c\n---\n{{ content }}", "_layouts/other.html"),
        ("page.md", "---\nlayout: none-such\n---\nText.\n", "page.md:1: warning: The site has no layout"),
        ("page.md", "---\n---\n\n{% if %}", "page.md:4: error: "),
        ("page.md", "---\n---\n\n{% include none.html %}", "page.md:4: error: There is no file"),
        ("_includes/me.html", "x\n{% include me.html %}", "includes itself without an end"),
        ("style.scss", "---\n---\na { b: c; }\n.x { @extend .none; }\n", "style.scss"),
        ("page.md", "---\n---\n{% for i in (1..100000000) %}{{ i }}{% endfor %}", "page.md:3: "),
    ] {
        let page = ("a.md", "---\n---\n{% include me.html %}\n");
        let site = if path.ends_with("me.html") { site(&[LAYOUT, POST, page]) } else { site(&[LAYOUT, POST]) };
        write(site.path(), path, text.as_bytes());
        let doctor = apercu(site.path(), &["doctor"]);
        assert!(out(&doctor).contains(path), "{path}: {text}\n{}", out(&doctor));
        let output = apercu(site.path(), &["build"]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{path}: {}", errors(&output));
        let told_by = [errors(&output), out(&doctor)].concat();
        assert!(told_by.contains(told), "{path}: {text}\n{told_by}");
        assert!(site.path().join("_site/2020/01/02/a.html").is_file(), "{path}: {text}");
    }
    for (path, text) in [("_config.yml", "a: [\n"), ("_data/a.yml", "a: [\n"), ("_data/a.json", "{")] {
        let site = site(&[LAYOUT, POST, (path, text)]);
        let output = apercu(site.path(), &["build"]);
        assert_eq!(output.status.code(), Some(1), "{path}: {}", errors(&output));
        assert!(errors(&output).contains(path), "{}", errors(&output));
        assert_eq!(apercu(site.path(), &["doctor"]).status.code(), Some(1), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_part_of_the_site_is_named() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    let site = site(&[
        LAYOUT,
        POST,
        ("closed/page.md", "---\n---\nx\n"),
        ("page.md", "---\n---\n{% include_relative out.md %}\n"),
    ]);
    let outside = tempfile::tempdir().expect("a folder");
    write(outside.path(), "secret.md", b"---\n---\nsecret\n");
    symlink(outside.path().join("secret.md"), site.path().join("out.md")).expect("a link");
    symlink(outside.path(), site.path().join("there")).expect("a link");
    // A disk may refuse such a name.
    let named = fs::write(site.path().join(OsStr::from_bytes(b"caf\xE9.md")), "---\n---\nx\n").is_ok();
    let closed = site.path().join("closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("it is closed");
    let is_closed = fs::read_dir(&closed).is_err();
    let lines = out(&apercu(site.path(), &["doctor"]));
    let output = apercu(site.path(), &["build"]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("it is open");
    assert!(lines.contains("out.md:1:1: warning: This link leads out"), "{lines}");
    assert!(lines.contains("there:1:1: warning: This link leads out"), "{lines}");
    assert_eq!(lines.contains("no UTF-8"), named, "{lines}");
    assert_eq!(lines.contains("closed:1:1: warning: The system does not let"), is_closed, "{lines}");
    let written = files(&site.path().join("_site"));
    assert!(written.contains_key("2020/01/02/a.html"), "{}", errors(&output));
    assert!(written.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("secret")));
    assert!(!written.contains_key("out.html") && !written.contains_key("there/secret.html"));
}
