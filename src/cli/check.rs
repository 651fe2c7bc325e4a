//! `apercu check`: what is wrong in posts and in the settings of their sites. In: files. Out: lines, JSON, or commands
//! for GitHub Actions. Neighbours: `post/` and `markdown/block/` find, `json.rs` writes.

use std::fmt::Write;

use serde_json::{Value as Json, json};

use super::{Arguments, Format, Output, Sites, json, render, site};
use crate::checks::{Review, merged};
use crate::liquid;
use crate::markdown::block::BlockStore;
use crate::post::site::SiteSettings;
use crate::post::{self, Post};
use crate::text::{Diagnostic, LineIndex, Severity};

/// Everything worth telling about the post at `path` (from the site's folder on), in the order in which the page
/// tells it.
pub fn diagnostics(path: &str, text: &str, settings: &SiteSettings) -> Vec<Diagnostic> {
    let post = post::read(path, text);
    let start = post.body_span.start.min(text.len());
    // What Liquid complains about does not depend on the time.
    let rendered = liquid::of_post(text, &post, settings, 0);
    let mut store = BlockStore::new();
    store.update(&rendered.text, &render::options(settings));
    let mut found = post.diagnostics.clone();
    found.extend(rendered.diagnostics.iter().cloned().map(|diagnostic| diagnostic.shifted(start)));
    found.extend(store.notices().iter().cloned().map(|mut notice| {
        notice.span = rendered.map.span_to_source(notice.span);
        notice.shifted(start)
    }));
    merged(found, &findings(&post, text, settings))
}

/// What the checks find; one post at a time knows nothing of the tags of others.
fn findings(post: &Post, text: &str, settings: &SiteSettings) -> Vec<Diagnostic> {
    let options = render::options(settings);
    Review { post, text, settings, options: &options, known_tags: &[], off: &[] }.findings()
}

/// Checks every file; those that cannot be read do not hide what the others have.
pub(super) fn run(arguments: &Arguments) -> Result<Output, super::Failure> {
    let mut sites = Sites::default();
    let mut printer = Printer { format: arguments.format, text: String::new(), all: Vec::new(), findings: false };
    let mut failures = Vec::new();
    let mut posts = Vec::new();
    for path in &arguments.files {
        let file = site::open(arguments, path).and_then(|file| sites.meet(&file).map(|()| file));
        match file {
            Ok(file) => posts.push(file),
            Err(failure) => failures.push(failure),
        }
    }
    failures.dedup();
    for (path, text, diagnostics) in sites.findings() {
        printer.print(&path, text, diagnostics);
    }
    for file in &posts {
        printer.print(&file.shown, &file.text, &diagnostics(&file.path, &file.text, sites.settings(file)));
    }
    if arguments.format == Format::Json {
        printer.text = json::pretty(&Json::Array(printer.all));
    }
    Ok((printer.text, failures, printer.findings))
}

struct Printer {
    format: Format,
    text: String,
    all: Vec<Json>,
    /// Whether anything is more than a note.
    findings: bool,
}

impl Printer {
    fn print(&mut self, path: &str, text: &str, diagnostics: &[Diagnostic]) {
        let lines = LineIndex::new(text);
        for found in diagnostics {
            self.findings |= found.severity > Severity::Note;
            let start = lines.line_column(text, found.span.start);
            let end = lines.line_column(text, found.span.end);
            let severity = found.severity.name();
            // Writing to a `String` does not fail.
            let _ = match self.format {
                Format::Text => writeln!(
                    self.text,
                    "{path}:{}:{}: {severity}: {} [{}]",
                    start.line, start.column, found.message, found.code
                ),
                Format::GitHub => writeln!(
                    self.text,
                    "::{} file={},line={},endLine={},col={},endColumn={},title={}::{}",
                    if found.severity == Severity::Note { "notice" } else { severity },
                    property(path),
                    start.line,
                    end.line,
                    start.column,
                    end.column,
                    property(&found.code),
                    data(&found.message)
                ),
                Format::Json => {
                    let fix = found.fix.as_ref().map(|fix| {
                        json!({"label": fix.label, "start": fix.edit.span.start, "end": fix.edit.span.end,
                            "text": fix.edit.text})
                    });
                    self.all.push(json!({
                        "file": path, "code": found.code, "severity": severity, "message": found.message,
                        "line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column,
                        "start": found.span.start, "end": found.span.end, "fix": fix,
                    }));
                    Ok(())
                }
            };
        }
    }
}

/// The text of a workflow command, escaped as the runner of GitHub Actions wants it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property in a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::session::Session;

    #[test]
    fn the_command_line_says_what_the_page_says() {
        for text in [
            "---\ntitle: \"A\ndate: soon\n---\nx",
            "---\ntitle: a: b\ntags: 12\ndate: soon\npublished: 'false'\n---\n\nx\n",
            "no front matter",
            "---\ntitle: A\n---\n<script>x</script>\n\n<iframe src=\"a\"></iframe>\n\n[a](javascript:b)\n",
            "",
        ] {
            let shown = Session::default().update(Some("2014-12-08-a.md"), text, 1_420_070_400);
            let settings = SiteSettings::default();
            let found = diagnostics("_posts/2014-12-08-a.md", text, &settings);
            let page = merged(shown.diagnostics, &findings(&post::read("2014-12-08-a.md", text), text, &settings));
            assert_eq!(found, page, "{text:?}");
        }
    }

    #[test]
    fn a_workflow_command_is_one_line() {
        assert_eq!(data("50 %\nnext"), "50 %25%0Anext");
        assert_eq!(property("a,b:c"), "a%2Cb%3Ac");
    }
}
