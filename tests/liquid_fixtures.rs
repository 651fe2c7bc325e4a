//! Every case of `tests/fixtures/liquid` gives what real Jekyll makes of it. In: `GROUP.liquid` and `posts/NAME.md`, with
//! the `.out` and `.html` that `scripts/liquid-fixtures.rb` writes. Neighbours: `src/liquid/`.

#[path = "support/dom.rs"]
mod dom;

use std::fs;
use std::path::{Path, PathBuf};

use apercu::code::Highlighting;
use apercu::liquid::{self, Context};
use apercu::markdown::{Options, render_html, render_html_with};
use apercu::post;
use apercu::post::publishing::SiteSettings;
use apercu::text::Severity;

/// 2015-01-01T00:00:00Z
const NOW: i64 = 1_420_070_400;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/liquid")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read").flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == extension)).collect();
    paths.sort();
    paths
}

/// Names and texts of a file of cases.
fn cases(text: &str) -> Vec<(String, String)> {
    let text = ["\n", text].concat();
    let cases = text.split("\n=== ").skip(1);
    cases
        .map(|case| {
            let (name, body) = case.split_once('\n').unwrap_or((case, ""));
            (name.to_owned(), body.to_owned())
        })
        .collect()
}

fn settings() -> SiteSettings {
    SiteSettings {
        baseurl: "/blog".into(),
        url: "https://example.org".into(),
        title: Some("Small Words".to_owned()),
        ..SiteSettings::default()
    }
}

fn markdown(source: &str, settings: &SiteSettings, highlighting: &Highlighting) -> String {
    render_html_with(source, &Options::of_site(settings), highlighting)
}

#[test]
fn every_case_gives_what_jekyll_gives() {
    let post = post::read("_posts/2014-12-08-first-snow.md", &read(&folder().join("post.txt")));
    let settings = settings();
    let context = Context { markdown: Some(markdown), ..Context::new(&post, &settings, NOW) };
    let (mut count, mut wrong) = (0, Vec::new());
    for path in files(&folder(), "liquid") {
        let (bodies, results) = (cases(&read(&path)), cases(&read(&path.with_extension("out"))));
        assert_eq!(bodies.len(), results.len(), "{}", path.display());
        for (index, ((name, body), (outcome, expected))) in bodies.iter().zip(&results).enumerate() {
            // The last line end of a file belongs to its last case.
            let last = index + 1 == bodies.len();
            let body = if last { body.strip_suffix('\n').unwrap_or(body) } else { body };
            let expected = if last { expected.strip_suffix('\n').unwrap_or(expected) } else { expected };
            let rendered = liquid::render(body, &context);
            let stops = rendered.diagnostics.iter().any(|found| found.severity == Severity::Error)
                || rendered.diagnostics.iter().any(|found| found.code == "liquid-unknown-tag");
            count += 1;
            if outcome == &[name.as_str(), " !"].concat() {
                if !stops {
                    wrong.push(format!("{name}: Jekyll stops, this gives {:?}", rendered.text));
                }
            } else if stops || rendered.text != expected {
                wrong.push(format!(
                    "{name}:\n  jekyll {expected:?}\n  ours   {:?}\n  {:?}",
                    rendered.text, rendered.diagnostics
                ));
            }
        }
    }
    assert!(count >= 120, "cases are missing: {count}");
    assert!(wrong.is_empty(), "{} of {count} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_post_gives_what_jekyll_publishes() {
    let paths = files(&folder().join("posts"), "md");
    assert!(paths.len() >= 10, "posts are missing");
    let settings = settings();
    for path in paths {
        let text = read(&path);
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let post = post::read(&["_posts/", name].concat(), &text);
        let rendered = liquid::of_post(&text, &post, &settings, NOW, &Highlighting::default(), markdown);
        let html = render_html(&rendered.text, &Options::default());
        let published = read(&path.with_extension("html"));
        assert_eq!(dom::nodes(&html), dom::nodes(&published), "{name}");
    }
}
