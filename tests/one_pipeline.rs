//! Every caller that renders a text gets the same: the command line, a renderer that is used once, and one that has followed the text
//! while it was written. In: every post of the fixtures, and every text of them as a post. Neighbours: `src/render/`.

#[path = "support/dom.rs"]
mod dom;
#[path = "support/tables.rs"]
mod tables;

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::rc::Rc;

use apercu::cli;
use apercu::code::Highlighting;
use apercu::liquid::chip;
use apercu::markdown::raw_html;
use apercu::markdown::sanitize::sanitize;
use apercu::markdown::token::to_html;
use apercu::post::jekyll_version::JekyllVersion;
use apercu::post::site::{self, SiteSettings};
use apercu::render::{CheckOptions, Engines, RenderOptions, RenderedPost, Renderer, Request};
use apercu::text::Diagnostic;
use dom::normal;
use serde_json::{Value, json};
use tables::rows;

/// 2015-01-01T00:00:00Z
const NOW: (i64, &str) = (1_420_070_400, "2015-01-01");

/// The end of the one text with an element that nothing closes: it holds the rest of the published page, and its own block
/// of the preview.
const UNCLOSED: &str = "\n<div />\n\ntext\n";

/// A text, the path of its file, and the `_config.yml` of its site.
struct Case {
    config: String,
    path: String,
    text: String,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for row in rows("posts.tsv") {
        let setting = |(key, value): (&str, &str)| format!("{key}: {}\n", json!(value));
        let config = row[0].split('|').filter_map(|cell| cell.split_once('=')).map(setting).collect();
        cases.push(Case { config, path: row[1].clone(), text: row[2].clone() });
    }
    for row in rows("sites.tsv") {
        cases.push(Case { config: row[0].clone(), path: row[1].clone(), text: row[2].clone() });
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for file in fs::read_dir(folder).expect("a folder of fixtures") {
            let path = file.expect("a file").path();
            // Whole sites have tests of their own; some of their files are no UTF-8 on purpose.
            if path.is_dir() && !path.ends_with("fixtures/site") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md" || extension == "liquid") {
                let body = fs::read_to_string(&path).expect("a text");
                let text = ["---\ntitle: A post\ntags: [a, A]\n---\n", &body].concat();
                cases.push(Case { config: String::new(), path: "_posts/2014-12-08-a.md".to_owned(), text });
            }
        }
    }
    assert!(cases.len() > 800, "only {} texts", cases.len());
    cases
}

impl Case {
    fn settings(&self) -> Rc<SiteSettings> {
        Rc::new(site::read_with_zones(&self.config, JekyllVersion::default(), cli::zone).settings)
    }

    /// With the tables for code that the command line has, if the program was built with any.
    fn renderer(&self) -> Renderer {
        let highlighting = Highlighting::with(Rc::new(cli::languages()));
        Renderer::new(&RenderOptions { highlighting, ..RenderOptions::of_site(&self.settings()) }, Engines::all())
    }

    fn request<'t>(&'t self, text: &'t str) -> Request<'t> {
        Request { file_name: Some(&self.path), text, now: NOW.0, checks: Some(CheckOptions::default()) }
    }

    /// A renderer that has seen the text at three moments before it was what it is.
    fn follower(&self) -> Renderer {
        let mut renderer = self.renderer();
        let mut middle = self.text.len() / 2;
        while !self.text.is_char_boundary(middle) {
            middle -= 1;
        }
        let (before, after) = self.text.split_at(middle);
        for text in [before.to_owned(), [before, "x", after].concat(), [&self.text, "\n\n*x"].concat()] {
            renderer.render(&self.request(&text));
        }
        renderer
    }
}

/// What can be told apart of a rendered post.
fn seen(rendered: &RenderedPost<'_>) -> impl PartialEq + std::fmt::Debug {
    let blocks: Vec<_> = rendered.blocks.iter().map(|block| (block.span, block.tokens.clone())).collect();
    let names = (rendered.title.clone(), rendered.suggested_name.to_owned(), rendered.language.map(str::to_owned));
    (rendered.diagnostics.clone(), blocks, names, rendered.body.to_string(), rendered.converted())
}

/// What the command prints for the case, whose folder is `site`.
fn printed(site: &Path, case: &Case, words: &[&str]) -> String {
    let file = site.join(&case.path);
    let words = words.iter().map(OsString::from).chain([file.into_os_string(), "--now".into(), NOW.1.into()]);
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let code = cli::run(words, &mut out, &mut errors);
    assert!(code < 2, "{}: {}", case.path, String::from_utf8_lossy(&errors));
    String::from_utf8(out).expect("UTF-8")
}

/// A diagnostic as `check --format json` prints it, without lines and columns.
fn as_json(found: &Diagnostic) -> Value {
    let fix = found.fix.as_ref().map(|fix| json!([fix.label, fix.edit.span.start, fix.edit.span.end, fix.edit.text]));
    json!([found.code, found.severity.name(), found.message, found.span.start, found.span.end, fix])
}

fn of_output(found: &Value) -> Value {
    let fix = &found["fix"];
    let fix = if fix.is_null() { json!(null) } else { json!([fix["label"], fix["start"], fix["end"], fix["text"]]) };
    json!([found["code"], found["severity"], found["message"], found["start"], found["end"], fix])
}

#[test]
fn the_command_line_prints_what_a_renderer_gives() {
    for case in cases() {
        let site = tempfile::tempdir().expect("a folder");
        let file = site.path().join(&case.path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("folders");
        fs::write(&file, &case.text).expect("a file");
        fs::write(site.path().join("_config.yml"), &case.config).expect("a file");
        let check: Value =
            serde_json::from_str(&printed(site.path(), &case, &["check", "--format", "json"])).expect("JSON");
        let shown = file.to_string_lossy();
        let check = check.as_array().expect("a list").iter().filter(|found| found["file"] == *shown);
        let check: Vec<Value> = check.map(of_output).collect();
        let html = printed(site.path(), &case, &["render", "--body"]);
        for mut renderer in [case.renderer(), case.follower()] {
            let rendered = renderer.render(&case.request(&case.text));
            let context = format!("{:?} {} {:?}", case.config, case.path, case.text);
            assert_eq!(rendered.diagnostics.iter().map(as_json).collect::<Vec<_>>(), check, "{context}");
            assert_eq!(rendered.converted(), html, "{context}");
        }
    }
}

#[test]
fn a_renderer_that_followed_a_text_gives_what_a_new_one_gives() {
    for case in cases() {
        let (mut once, mut follower) = (case.renderer(), case.follower());
        let (once, follower) = (once.render(&case.request(&case.text)), follower.render(&case.request(&case.text)));
        assert_eq!(seen(&once), seen(&follower), "{:?}", case.text);
    }
}

#[test]
fn the_preview_is_what_is_published_without_what_is_not_allowed() {
    let mut compared = 0;
    for case in cases() {
        let mut renderer = case.renderer();
        let rendered = renderer.render(&case.request(&case.text));
        // What only the site knows is a chip in the preview, and a tag in the command line's HTML.
        if chip::any(&rendered.body) || !case.settings().is_markdown(&rendered.post.file_name) {
            continue;
        }
        compared += 1;
        let preview: String = rendered.blocks.iter().map(|block| to_html(&block.tokens)).collect();
        let published = rendered.converted();
        let published = to_html(&sanitize(raw_html::parse(&published)).tokens);
        let is_same = normal(&preview) == normal(&published);
        assert_eq!(is_same, !case.text.ends_with(UNCLOSED), "{:?}\n{preview}\n{published}", case.text);
    }
    assert!(compared > 700, "only {compared} texts");
}
