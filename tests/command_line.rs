//! The command line as a process: exit codes, formats, settings found and named. In: the built program and files of its
//! own. Out: failures. Neighbours: `src/cli/`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

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
