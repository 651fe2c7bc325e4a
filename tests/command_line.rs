//! The command line as a process: exit codes, formats, settings found and named. In: the built program and files of its
//! own. Out: failures. Neighbours: `src/cli/`.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A site of its own with these files.
fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn apercu(folder: &Path, words: &[&str]) -> Output {
    let words = [words, &["--now", "2015-01-01"]].concat();
    Command::new(env!("CARGO_BIN_EXE_apercu")).args(words).current_dir(folder).output().expect("the program runs")
}

/// The same with a text on standard input.
fn apercu_reading(folder: &Path, words: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_apercu"))
        .args(words)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("a text is taken");
    child.wait_with_output().expect("the program ends")
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn json(output: &Output) -> Vec<Value> {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice::<Value>(&output.stdout).expect("JSON").as_array().expect("an array").clone()
}

const GOOD: (&str, &str) = ("_posts/2014-12-08-good.md", "---\ntitle: Good\n---\nOne.\n\nTwo.\n");
const BAD: (&str, &str) = ("_posts/2014-12-09-bad.md", "---\ntitle: \"Bad\ndate: soon\n---\nOne.\n");
const NOTE: (&str, &str) = ("_posts/2014-12-10-note.md", "Without front matter.\n");

#[test]
fn the_exit_code_tells_diagnostics_from_failures() {
    let site = site(&[GOOD, BAD, NOTE]);
    let code = |words: &[&str]| apercu(site.path(), words).status.code();
    assert_eq!(code(&["check", GOOD.0]), Some(0));
    assert_eq!(code(&["check", NOTE.0]), Some(0), "a note does not count");
    assert_eq!(code(&["check", GOOD.0, BAD.0]), Some(1));
    assert_eq!(code(&["check", "_posts/none.md", BAD.0]), Some(2));
    assert_eq!(code(&["check"]), Some(2));
    assert_eq!(code(&["publish", GOOD.0]), Some(2));
    assert_eq!(code(&["--help"]), Some(0));
    assert_eq!(code(&["show", BAD.0]), Some(0));
    assert_eq!(code(&["check", "--config", "none.yml", GOOD.0]), Some(2));
}

#[test]
fn a_file_that_cannot_be_read_does_not_hide_the_others() {
    let site = site(&[BAD]);
    fs::write(site.path().join("_posts/2014-12-11-latin.md"), b"caf\xE9").expect("a file");
    let output = apercu(site.path(), &["check", "_posts/2014-12-11-latin.md", BAD.0]);
    assert!(text(&output).contains("_posts/2014-12-09-bad.md:2:"), "{}", text(&output));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("latin.md: this is not UTF-8"), "{errors}");
}

#[test]
fn diagnostics_in_three_formats() {
    let site = site(&[("_posts/2014-12-09-a,b.md", "---\nlayout: post\ntitle: é\ndate: soon\n---\nx\n")]);
    let file = "_posts/2014-12-09-a,b.md";
    let lines = text(&apercu(site.path(), &["check", file]));
    assert!(lines.starts_with("_posts/2014-12-09-a,b.md:4:7: error: "), "{lines}");
    assert!(lines.ends_with(" [date-invalid]\n"), "{lines}");
    let commands = text(&apercu(site.path(), &["check", "--format", "github", file]));
    let expected = "::error file=_posts/2014-12-09-a%2Cb.md,line=4,endLine=4,col=7,endColumn=11,title=date-invalid::";
    assert!(commands.starts_with(expected), "{commands}");
    let output = apercu(site.path(), &["check", "--format", "json", file]);
    let all: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(all[0]["code"], "date-invalid");
    assert_eq!((all[0]["start"].as_u64(), all[0]["end"].as_u64()), (Some(33), Some(37)));
}

#[test]
fn the_settings_of_the_nearest_folder_hold_unless_others_are_named() {
    let site = site(&[
        ("blog/_config.yml", "permalink: pretty\ntimezone: EST5\ndefaults:\n- values: {layout: post}\n"),
        ("blog/fr/_posts/2014-12-08-a.md", "---\ndate: 2014-12-10 02:30:00\n---\nx\n"),
        ("other.yml", "permalink: /x/:title\n"),
    ]);
    let file = "blog/fr/_posts/2014-12-08-a.md";
    let found = &json(&apercu(site.path(), &["show", "--format", "json", file]))[0];
    assert_eq!(found["path"], "fr/_posts/2014-12-08-a.md");
    assert_eq!(found["url"], "/fr/2014/12/09/a/");
    assert_eq!(found["date"], "2014-12-09T21:30:00-05:00");
    assert_eq!(found["layout"], "post");
    let within = site.path().join("blog/fr/_posts");
    assert_eq!(json(&apercu(&within, &["show", "--format", "json", "2014-12-08-a.md"]))[0]["url"], found["url"]);
    let named = &json(&apercu(site.path(), &["show", "--config", "other.yml", "--format", "json", file]))[0];
    assert_eq!(named["url"], "/x/a");
    let none = &json(&apercu(site.path(), &["show", "--no-config", "--format", "json", file]))[0];
    assert_eq!(none["date"], "2014-12-10T02:30:00+00:00");
}

#[test]
fn all_that_is_known_of_a_post() {
    let site = site(&[(
        "_posts/2014-12-08-all.md",
        "---\nlayout: post\ntitle: 'All: of it'\ntags: a b\ncategories: [c]\nn: 0123\nf: 1.5\nday: 2014-12-08\nat: 2014-12-08 01:02:03 +0100\nnone:\nyes: no\nlist: [1, x]\nmap: {k: v}\nimage: {path: /i.png}\n---\nOne *two* [x].\n\nRest.\n\n[x]: /x\n",
    )]);
    let shown = &json(&apercu(site.path(), &["show", "--format", "json", "_posts/2014-12-08-all.md"]))[0];
    assert_eq!(shown["verdict"], "published");
    assert_eq!(shown["published"], true);
    assert_eq!(shown["url"], "/c/2014/12/08/all.html");
    assert_eq!(shown["output"], "c/2014/12/08/all.html");
    assert_eq!(shown["zone"], "UTC");
    assert_eq!(shown["tags"], serde_json::json!(["a", "b"]));
    assert_eq!(shown["image"], "/i.png");
    assert_eq!(shown["excerpt"]["source"], "One *two* [x].\n\n[x]: /x");
    assert_eq!(shown["excerpt"]["html"], "<p>One <em>two</em> <a href=\"/x\">x</a>.</p>\n\n");
    let read: Vec<_> = shown["front_matter"].as_array().expect("entries").iter().collect();
    let types: Vec<_> = read.iter().map(|entry| entry["type"].as_str().expect("a type")).collect();
    assert_eq!(
        types,
        [
            "string", "string", "string", "list", "integer", "float", "date", "time", "null", "boolean", "list",
            "mapping", "mapping"
        ]
    );
    assert_eq!(read[4]["value"], 83);
    assert_eq!(read[7]["value"], "2014-12-08T01:02:03+01:00");
    assert_eq!((read[9]["key"].as_str(), read[9]["value"].as_bool()), (Some("true"), Some(false)));
    assert_eq!(read[12]["line"], 14);
}

#[test]
fn a_post_becomes_a_document_or_a_body() {
    let site = site(&[
        ("_config.yml", "lang: fr\nkramdown:\n  auto_ids: false\n"),
        ("_posts/2014-12-08-a.md", "---\ntitle: A & <b>\n---\n# One\n"),
        ("_posts/2014-12-08-b.html", "---\n---\n<p>*own*</p>\n"),
    ]);
    let document = text(&apercu(site.path(), &["render", "_posts/2014-12-08-a.md"]));
    assert!(document.starts_with("<!DOCTYPE html>\n<html lang=\"fr\">"), "{document}");
    assert!(document.contains("<h1>A &amp; &lt;b&gt;</h1>\n<h1>One</h1>\n"), "{document}");
    assert_eq!(text(&apercu(site.path(), &["render", "--body", "_posts/2014-12-08-a.md"])), "<h1>One</h1>\n");
    assert_eq!(text(&apercu(site.path(), &["render", "--body", "_posts/2014-12-08-b.html"])), "<p>*own*</p>\n");
}

#[test]
fn wrong_settings_are_found_with_the_posts() {
    let site = site(&[GOOD, ("_config.yml", "timezone: Europe/Atlantis\nfuture: 'false'\n")]);
    let output = apercu(site.path(), &["check", GOOD.0]);
    assert_eq!(output.status.code(), Some(1));
    let lines = text(&output);
    assert!(lines.contains("_config.yml:1:1: warning: "), "{lines}");
    assert!(lines.contains("_config.yml:2:9: warning: "), "{lines}");
}

/// A post with a warning that has a fix, and one that has none.
const FIXABLE: (&str, &str) =
    ("_posts/2014-12-12-fix.md", "---\ntitle: Fix\nlayout: post\ntags: a, b\n---\nSee https://example.org/x here.\n");

#[test]
fn a_site_that_is_built_with_a_later_rouge_is_told_once() {
    let lock = |version: &str| format!("GEM\n  specs:\n    jekyll (4.3.4)\n    rouge ({version})\n");
    let checked = |version: &str, config: &str| {
        let site = site(&[GOOD, NOTE, ("_config.yml", config), ("Gemfile.lock", &lock(version))]);
        let output = apercu(site.path(), &["check", "."]);
        assert_eq!(output.status.code(), Some(0), "a note does not count");
        text(&output)
    };
    let lines = checked("4.5.2", "title: A\n");
    assert_eq!(lines.matches("Gemfile.lock:4:1: note: ").count(), 1, "{lines}");
    assert!(lines.contains("Rouge 4.5.2"), "{lines}");
    assert!(!checked("3.30.0", "title: A\n").contains("Gemfile.lock"));
    assert!(!checked("4.5.2", "apercu:\n  disable: [config-rouge]\n").contains("Gemfile.lock"));
}

#[test]
fn a_site_is_read_as_its_gemfile_says_and_that_is_told() {
    let lock = ("Gemfile.lock", "GEM\n  specs:\n    github-pages (232)\n    jekyll (3.10.0)\n");
    let later = ("_posts/2020-01-02-later.md", "---\nlayout: post\ntitle: Later\n---\n\nText.\n");
    let site = site(&[later, lock, ("_config.yml", "title: A\n")]);
    let shown = |more: &[&str]| {
        let words = [&["show", "--now", "2019-01-01", later.0], more].concat();
        text(&apercu(site.path(), &words))
    };
    let guessed = shown(&[]);
    assert!(guessed.contains("jekyll: GitHub Pages (Jekyll 3.10). Gemfile.lock names github-pages 232\n"), "{guessed}");
    assert!(guessed.contains("verdict: published."), "{guessed}");
    let given = shown(&["--jekyll", "4"]);
    assert!(given.contains("jekyll: Jekyll 4.3\n") && given.contains("verdict: future."), "{given}");
    let found = &json(&apercu(site.path(), &["show", "--format", "json", later.0]))[0]["jekyll"];
    assert_eq!((&found["version"], found["reason"].is_string()), (&"github-pages".into(), true));
    let notes = |words: &[&str]| String::from_utf8(apercu(site.path(), words).stderr).expect("UTF-8");
    let note = "read as GitHub Pages (Jekyll 3.10) builds it; Gemfile.lock names github-pages 232: --jekyll 4 reads it";
    assert_eq!(notes(&["check", "."]).matches(note).count(), 1);
    assert_eq!(notes(&["check", "--jekyll", "4", "."]), "");
}

#[test]
fn what_is_no_post_is_passed_over() {
    let good = ("_posts/2014-12-08-good.md", "---\nlayout: post\ntitle: x\n---\n");
    let site = site(&[good, ("_posts/README.md", "About this folder.\n"), ("_posts/notes.yml", "a: b\n")]);
    let write = |path: &str, bytes: &[u8]| fs::write(site.path().join(path), bytes).expect("a file");
    write("_posts/.DS_Store", b"\0\0\0\x01Bud1\xFF");
    write("_posts/2014-12-08-a.png", b"\x89PNG\xFF");
    write("_posts/.2014-12-08-good.md.swp", b"b0VIM \xFF\0");
    let files =
        ["_posts/.DS_Store", "_posts/2014-12-08-a.png", "_posts/.2014-12-08-good.md.swp", "_posts/notes.yml", good.0];
    let output = apercu(site.path(), &[&["check"], &files[..]].concat());
    assert_eq!((output.status.code(), text(&output)), (Some(0), String::new()), "{output:?}");
    let output = apercu(site.path(), &["check", "_posts/README.md"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(!text(&output).contains("front-matter-missing"), "{}", text(&output));
}

#[test]
fn folders_are_walked_as_jekyll_walks_them() {
    let bad = "---\nlayout: post\ntitle: x\ndate: soon\n---\n";
    let site = site(&[
        ("_config.yml", "collections: [recipes]\nexclude: [private]\ndefaults:\n- values: {layout: post}\n"),
        ("_posts/2014-12-08-a.md", bad),
        ("blog/_posts/2014-12-08-b.markdown", bad),
        ("_drafts/c.md", bad),
        ("_recipes/d.md", bad),
        ("about.md", bad),
        ("index.html", bad),
        // All these are left out.
        ("plain.md", "date: soon\n"),
        ("_layouts/post.html", bad),
        ("_site/2014/x.md", bad),
        ("private/_posts/2014-12-08-e.md", bad),
        ("vendor/bundle/x/_posts/2014-12-08-f.md", bad),
        ("_posts/2014-12-08-g.md~", bad),
        (".git/_posts/2014-12-08-h.md", bad),
    ]);
    let of = |words: &[&str]| -> Vec<String> {
        let lines = text(&apercu(site.path(), words));
        lines.lines().map(|line| line.split(':').next().unwrap_or("").to_owned()).collect()
    };
    let all = [
        "_drafts/c.md",
        "_posts/2014-12-08-a.md",
        "_recipes/d.md",
        "about.md",
        "blog/_posts/2014-12-08-b.markdown",
        "index.html",
    ];
    assert_eq!(of(&["check", "."]), all);
    assert_eq!(of(&["check", "_posts"]), ["_posts/2014-12-08-a.md"]);
    assert_eq!(of(&["check", "blog"]), ["blog/_posts/2014-12-08-b.markdown"]);
    let output = apercu(site.path(), &["render", "_posts"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("_posts: this is a folder"), "{output:?}");
}

#[test]
fn the_source_of_a_site_is_its_folder() {
    let site = site(&[
        ("_config.yml", "source: src\n"),
        ("src/_posts/2020-01-02-a.md", "---\ntitle: A\nlayout: post\n---\nx\n"),
        ("_posts/2020-01-02-b.md", "---\ndate: soon\n---\nx\n"),
    ]);
    let words = ["show", "--format", "json", "src/_posts/2020-01-02-a.md", "--now", "2026-01-01"];
    let shown = Command::new(env!("CARGO_BIN_EXE_apercu")).args(words).current_dir(site.path()).output().expect("runs");
    let shown = &json(&shown)[0];
    assert_eq!((&shown["url"], &shown["categories"]), (&"/2020/01/02/a.html".into(), &serde_json::json!([])));
    let output = apercu(site.path(), &["check", "."]);
    assert_eq!((output.status.code(), text(&output)), (Some(0), String::new()));
}

#[test]
fn settings_have_three_names_and_can_be_several() {
    let post = ("_posts/2014-12-08-a.md", "---\nlayout: post\ntitle: x\n---\nx\n");
    for (name, settings) in [
        ("_config.yaml", "permalink: /p/:title/\n"),
        ("_config.toml", "permalink = \"/p/:title/\"\n"),
        ("_config.yml", "permalink: /p/:title/\n"),
    ] {
        let site = site(&[post, (name, settings)]);
        assert_eq!(json(&apercu(site.path(), &["show", "--format", "json", post.0]))[0]["url"], "/p/a/", "{name}");
    }
    let site = site(&[
        post,
        ("a.yml", "permalink: /a/:title/\ncollections: {posts: {x: y}}\nlang: fr\n"),
        ("b.yml", "permalink: /b/:title/\nlang:\n"),
    ]);
    for configs in [["--config", "a.yml,b.yml", "--config=a.yml"], ["--config", "b.yml", "--config=a.yml"]] {
        let shown = json(&apercu(site.path(), &[&["show", "--format", "json", post.0], &configs[..]].concat()));
        assert_eq!((&shown[0]["url"], &shown[0]["lang"]), (&"/a/a/".into(), &"fr".into()));
    }
    let shown = json(&apercu(site.path(), &["show", "--format", "json", post.0, "--config", "a.yml,b.yml"]));
    assert_eq!((&shown[0]["url"], &shown[0]["lang"]), (&"/b/a/".into(), &"fr".into()));
    let output = apercu(site.path(), &["check", "--config", "a.yml,none.yml", post.0]);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), &*errors), (Some(2), "apercu: none.yml: there is no such file\n"));
}

#[test]
fn a_text_on_standard_input_has_the_name_that_is_given() {
    let site = site(&[("_config.yml", "permalink: /p/:title/\n")]);
    let input = "---\nlayout: post\ntitle: x\ndate: soon\n---\n*One*\n";
    let words = ["check", "-", "--file-name", "_posts/2014-12-08-a.md"];
    let output = apercu_reading(site.path(), &words, input);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).starts_with("_posts/2014-12-08-a.md:4:7: error: "), "{}", text(&output));
    let shown = apercu_reading(site.path(), &["show", "--format=json", "-", "--file-name=_posts/2014-12-08-a.md"], "x");
    assert_eq!(json(&shown)[0]["url"], "/p/a/");
    assert_eq!(text(&apercu_reading(site.path(), &["render", "--body", "-"], input)), "<p><em>One</em></p>\n");
}

#[test]
fn a_check_can_be_switched_off_and_the_level_chosen() {
    let code = |files: &[(&str, &str)], words: &[&str]| {
        let site = site(&[files, &[FIXABLE]].concat());
        let output = apercu(site.path(), &[&["check", FIXABLE.0], words].concat());
        (output.status.code(), text(&output).lines().count())
    };
    let all = code(&[], &[]);
    assert_eq!(all.0, Some(1));
    assert!(all.1 >= 2, "{all:?}");
    assert_eq!(code(&[], &["--severity", "error"]), (Some(0), all.1));
    assert_eq!(code(&[], &["--severity", "note"]), all);
    assert_eq!(code(&[], &["--disable", "tags-commas,url-bare"]), (Some(0), 0));
    assert_eq!(code(&[], &["--disable", "tags-commas", "--disable=url-bare"]), (Some(0), 0));
    assert_eq!(code(&[], &["--quiet"]), (Some(1), 0));
    assert_eq!(code(&[("apercu.toml", "disable = [\"tags-commas\", \"url-bare\"]\n")], &[]), (Some(0), 0));
    assert_eq!(code(&[("apercu.toml", "severity = \"error\"\n")], &[]), (Some(0), all.1));
    assert_eq!(code(&[("apercu.toml", "severity = \"error\"\n")], &["--severity=warning"]), all);
    assert_eq!(code(&[("_config.yml", "apercu:\n  disable: [tags-commas, url-bare]\n")], &[]), (Some(0), 0));
    for wrong in ["disable = \"x\"\n", "severity = \"bad\"\n", "colour = 1\n", "disable = [\n"] {
        assert_eq!(code(&[("apercu.toml", wrong)], &[]).0, Some(2), "{wrong}");
    }
}

#[test]
fn diagnostics_are_counted() {
    let site = site(&[FIXABLE, GOOD]);
    fs::write(site.path().join("_posts/a.png"), b"\xFF").expect("a file");
    let output = apercu(site.path(), &["check", "--quiet", "--statistics", "_posts"]);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("     1  warning  tags-commas\n"), "{errors}");
    assert!(errors.ends_with("in 2 files, 1 file passed over\n"), "{errors}");
}

#[test]
fn fixes_are_shown_and_made() {
    let site = site(&[FIXABLE]);
    let file = site.path().join(FIXABLE.0);
    let patch = text(&apercu(site.path(), &["check", "--diff", FIXABLE.0]));
    assert!(patch.starts_with("--- a/_posts/2014-12-12-fix.md\n+++ b/_posts/2014-12-12-fix.md\n"), "{patch}");
    assert!(patch.contains("-tags: a, b\n+tags: a b\n"), "{patch}");
    assert_eq!(fs::read_to_string(&file).expect("the file"), FIXABLE.1, "a difference changes nothing");
    let output = apercu(site.path(), &["check", "--fix", "--disable=url-bare", FIXABLE.0]);
    assert_eq!((output.status.code(), text(&output)), (Some(0), String::new()));
    let fixed = fs::read_to_string(&file).expect("the file");
    assert_eq!(fixed, FIXABLE.1.replace("tags: a, b", "tags: a b"), "what is not told is not fixed");
}

#[test]
fn a_log_for_code_scanning() {
    let site = site(&[FIXABLE]);
    let output = apercu(site.path(), &["check", "--format", "sarif", "."]);
    let log: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let run = &log["runs"][0];
    let result = &run["results"][0];
    assert_eq!((&log["version"], &result["ruleId"]), (&"2.1.0".into(), &"tags-commas".into()));
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 4);
    let change = &result["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "_posts/2014-12-12-fix.md");
    let region = serde_json::json!({"startLine": 4, "startColumn": 8, "endLine": 4, "endColumn": 9});
    assert_eq!(change["replacements"][0]["deletedRegion"], region);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert!(rules.iter().any(|rule| rule["id"] == "tags-commas"));
}

#[test]
fn what_plugins_bring_is_known() {
    let post =
        ("_posts/2014-12-08-a.md", "---\ntitle: x\nlayout: post\n---\n{% shout %} {{ 'a' | louder }} {% gist 1 %}\n");
    let plugin = "class Shout < Liquid::Tag\nend\nmodule Loud\n  def louder(text)\n  end\nend\n\
        Liquid::Template.register_filter(Loud)\nLiquid::Template.register_tag('shout', Shout)\n";
    let codes = |files: &[(&str, &str)]| {
        let site = site(&[files, &[post]].concat());
        let output = apercu(site.path(), &["check", post.0]);
        text(&output)
            .lines()
            .filter_map(|line| line.rsplit_once(" ["))
            .map(|(_, code)| code.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(&[]), ["liquid-unknown-tag]", "liquid-unknown-tag]"], "of no site, no plugins are known");
    let config = ("_config.yml", "plugins: [jekyll-gist]\n");
    assert_eq!(codes(&[config]), ["liquid-unknown-tag]", "liquid-unknown-filter]"]);
    let own = ("_plugins/deep/shout.rb", plugin);
    assert_eq!(codes(&[config, own]), [] as [&str; 0]);
    let safe = ("_config.yml", "plugins: [jekyll-gist]\nwhitelist: [jekyll-gist]\nsafe: true\n");
    assert_eq!(codes(&[safe, own]), ["liquid-unknown-tag]", "liquid-unknown-filter]"], "not in safe mode");
}

#[test]
fn reading_errors_are_in_words() {
    let site = site(&[GOOD]);
    let output = apercu(site.path(), &["check", "_posts/none.md"]);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "apercu: _posts/none.md: there is no such file\n");
}

#[test]
fn a_post_at_which_the_build_stops_is_told_of_everywhere() {
    let post = "_posts/2014-12-08-a.md";
    let of = |config: &str, body: &str, place: &str, reason: &str| {
        let site = site(&[("_config.yml", config), (post, &["---\ntitle: A\nlayout: post\n---\n", body].concat())]);
        let check = apercu(site.path(), &["check", post]);
        let told = text(&check);
        let line = told.lines().find(|line| line.contains(place)).unwrap_or_else(|| panic!("{place} is in {told}"));
        assert!(line.contains(": error: ") && line.contains(reason), "{line}");
        assert_eq!(check.status.code(), Some(1), "{told}");
        assert_eq!(apercu(site.path(), &["check", "--quiet", post]).status.code(), Some(1));
        let show = json(&apercu(site.path(), &["show", "--format", "json", post]));
        assert_eq!((&show[0]["verdict"], &show[0]["published"]), (&"build-stops".into(), &false.into()));
        let said = show[0]["reason"].as_str().expect("a reason");
        assert!(said.contains(reason), "{said}");
        let render = apercu(site.path(), &["render", "--body", post]);
        assert_eq!(render.status.code(), Some(1));
        assert_eq!(String::from_utf8_lossy(&render.stderr), [post, ": ", said, "\n"].concat());
        said.to_owned()
    };
    // Settings.
    of("kramdown: {math_engine: katex}\n", "x", "_config.yml:1:", "kramdown-math-katex");
    of("title: A\nkramdown:\n  input: gfm\n", "x", "_config.yml:3:3:", "no input `gfm`");
    of("permalink: /:nothing/\n", "x", "_config.yml:1:", "nothing");
    // The body.
    let said = of("", "One.\n\n{% if page.title %}\n", "_posts/2014-12-08-a.md:7:1:", "`if` has no `{% endif %}`");
    assert!(said.starts_with("Line 7: "), "{said}");
    of("", "{{ 1 | divided_by: 0 }}\n", "_posts/2014-12-08-a.md:5:1:", "divided by 0");
    let strict = "liquid: {strict_variables: true, strict_filters: true, error_mode: strict}\n";
    of(strict, "a {{ page.mood }}\n", "_posts/2014-12-08-a.md:5:3:", "`mood`");
    of(strict, "a {{ site.mood.x }}\n", "_posts/2014-12-08-a.md:5:3:", "`mood`");
    of(strict, "{% if site.title %}a{% endif %}\n", "_posts/2014-12-08-a.md:5:1:", "`title`");
    of(strict, "{{ 'a' | loud }}\n", "_posts/2014-12-08-a.md:5:1:", "`loud`");
    of(strict, "{% if page.title = 'A' %}a{% endif %}\n", "_posts/2014-12-08-a.md:5:1:", "error_mode: strict");
    // What the settings give, Jekyll has a default for, or its plugins may bring, is not missing.
    let known = "---\ntitle: A\nlayout: post\n---\n{{ site.mood }}{{ site.port }}{{ site.docs }}{{ site.github }}\n";
    let settings = [strict, "mood: [good]\ncollections: [docs]\n"].concat();
    let site = self::site(&[("_config.yml", &settings), (post, known)]);
    assert_eq!(apercu(site.path(), &["render", "--body", post]).status.code(), Some(0));
    // A post that is not rendered stops nothing.
    let hidden = "---\ntitle: A\nlayout: post\npublished: false\n---\n{% endif %}\n";
    let site = self::site(&[("_posts/2014-12-08-a.md", hidden)]);
    assert_eq!(json(&apercu(site.path(), &["show", "--format", "json", post]))[0]["verdict"], "unpublished");
    assert_eq!(apercu(site.path(), &["render", post]).status.code(), Some(0));
}

#[test]
fn a_post_that_jekyll_leaves_out_is_told_of() {
    let text = "---\ntitle: A\n---\n![](a.png)\n";
    let config = "exclude: ['_posts/2013-*']\ndefaults:\n- scope: {path: _posts/old}\n  values: {published: false}\n";
    let out = [
        "_wip/_posts/2014-12-08-a.md",
        "_posts/2014-12-08-a.md~",
        "_posts/2013-12-08-a.md",
        "_posts/old/2014-12-08-a.md",
    ];
    let read = "_posts/2014-12-08-a.md";
    let site = site(&[&out[..], &[read]].concat().iter().map(|path| (*path, text)).collect::<Vec<_>>());
    fs::write(site.path().join("_config.yml"), config).expect("settings");
    for (path, reason) in out.into_iter().zip(["`_wip`", "backup", "`_posts/2013-*`", "defaults"]) {
        let lines = self::text(&apercu(site.path(), &["check", path]));
        let told = lines.lines().find(|line| line.ends_with("[post-left-out]")).expect("a note");
        assert!(told.starts_with(&[path, ":1:1: note: Jekyll does not publish this. "].concat()), "{told}");
        assert!(told.contains(reason), "{told}");
    }
    assert!(!self::text(&apercu(site.path(), &["check", read])).contains("post-left-out"));
    let without = self::text(&apercu(site.path(), &["check", "--disable", "post-left-out", out[0]]));
    assert!(!without.contains("post-left-out"), "{without}");
}

#[test]
fn a_whole_site_is_written() {
    let folder = site(&[
        ("_config.yml", "title: Blog\npermalink: /:title/\n"),
        ("_layouts/post.html", "<title>{{ site.title }}: {{ page.title }}</title>{% include a.html %}{{ content }}"),
        ("_includes/a.html", "<p>{{ page.date | date: '%Y' }}</p>"),
        ("_posts/2014-12-08-good.md", "---\ntitle: Good\nlayout: post\n---\nOne *two*.\n"),
        ("css/main.scss", "---\n---\n$c: red; a { b { color: $c } }\n"),
        ("picture.bin", "\u{1}\u{2}"),
    ]);
    let output = apercu(folder.path(), &["build", "-d", "out"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |path: &str| fs::read_to_string(folder.path().join("out").join(path)).expect("the file is written");
    assert_eq!(read("good/index.html"), "<title>Blog: Good</title><p>2014</p><p>One <em>two</em>.</p>\n");
    assert!(read("css/main.css").contains("a b"));
    assert_eq!(read("picture.bin"), "\u{1}\u{2}");
}

#[test]
fn a_build_writes_nothing_outside_of_its_folder() {
    let folder = site(&[
        ("site/_posts/2014-12-08-a.md", "---\npermalink: /../../../escaped.html\n---\nOne.\n"),
        ("site/b.html", "---\npermalink: /linked/b.html\n---\nTwo.\n"),
        ("elsewhere/kept.txt", "kept"),
        ("out/mine.txt", "mine"),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path().join("elsewhere"), folder.path().join("out/linked")).expect("a link");
    let output = apercu(folder.path(), &["build", "site", "-d", "out"]);
    let names = |path: &str| {
        let mut names: Vec<_> =
            fs::read_dir(folder.path().join(path)).expect("a folder").flatten().map(|e| e.file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names("elsewhere"), ["kept.txt"]);
    assert!(!folder.path().join("escaped.html").exists() && !folder.path().join("site/escaped.html").exists());
    assert_eq!(fs::read_to_string(folder.path().join("out/mine.txt")).expect("a file"), "mine");
    if cfg!(unix) {
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("leads out of the destination"));
    }
}

#[test]
fn a_site_at_which_jekyll_stops_is_not_written() {
    let folder = site(&[("_config.yml", "title: \"open\nurl: [a\n"), ("a.md", "---\n---\nOne.\n")]);
    let output = apercu(folder.path(), &["build", "-d", "out"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!folder.path().join("out").exists());
    let folder = site(&[("index.html", "---\n---\nOne.\n{% include none.html %}\n")]);
    let output = apercu(folder.path(), &["build", "-d", "out"]);
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.starts_with("index.html:4: error: ") && errors.contains("_includes/none.html"), "{errors}");
}
