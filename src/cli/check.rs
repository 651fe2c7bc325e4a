//! `apercu check`: what is wrong in posts and in the settings of their sites. In: files. Out: lines, JSON, or commands
//! for GitHub Actions. Neighbours: `render/` gives the diagnostics, `json.rs` writes JSON.

use std::fmt::Write;

use serde_json::{Value as Json, json};

use super::{Arguments, Format, Output, Sites, json, post_file};
use crate::text::{Diagnostic, LineIndex, Severity};

/// Checks every file. A file that cannot be read does not stop the others from being checked.
pub(super) fn run(arguments: &Arguments) -> Result<Output, super::Failure> {
    let now = post_file::now(arguments)?;
    let mut sites = Sites::default();
    let mut printer = Printer { format: arguments.format, text: String::new(), all: Vec::new(), diagnosed: false };
    let mut failures = Vec::new();
    let mut posts = Vec::new();
    for path in &arguments.files {
        let file = post_file::open(arguments, path).and_then(|file| sites.meet(&file).map(|()| file));
        match file {
            Ok(file) => posts.push(file),
            Err(failure) => failures.push(failure),
        }
    }
    failures.dedup();
    for (path, text, diagnostics) in sites.diagnostics() {
        printer.print(&path, text, diagnostics);
    }
    for file in &posts {
        let diagnostics = sites.renderer(file).render(&file.request(now)).diagnostics;
        printer.print(&file.shown, &file.text, &diagnostics);
    }
    if arguments.format == Format::Json {
        printer.text = json::pretty(&Json::Array(printer.all));
    }
    Ok((printer.text, failures, printer.diagnosed))
}

struct Printer {
    format: Format,
    text: String,
    all: Vec<Json>,
    /// Whether anything is more than a note.
    diagnosed: bool,
}

impl Printer {
    fn print(&mut self, path: &str, text: &str, diagnostics: &[Diagnostic]) {
        let lines = LineIndex::new(text);
        for diagnostic in diagnostics {
            self.diagnosed |= diagnostic.severity > Severity::Note;
            let start = lines.line_column(text, diagnostic.span.start);
            let end = lines.line_column(text, diagnostic.span.end);
            let severity = diagnostic.severity.name();
            // Writing to a `String` does not fail.
            let _ = match self.format {
                Format::Text => writeln!(
                    self.text,
                    "{path}:{}:{}: {severity}: {} [{}]",
                    start.line, start.column, diagnostic.message, diagnostic.code
                ),
                Format::GitHub => writeln!(
                    self.text,
                    "::{} file={},line={},endLine={},col={},endColumn={},title={}::{}",
                    if diagnostic.severity == Severity::Note { "notice" } else { severity },
                    property(path),
                    start.line,
                    end.line,
                    start.column,
                    end.column,
                    property(&diagnostic.code),
                    data(&diagnostic.message)
                ),
                Format::Json => {
                    let fix = diagnostic.fix.as_ref().map(|fix| {
                        json!({"label": fix.label, "start": fix.edit.span.start, "end": fix.edit.span.end,
                            "text": fix.edit.text})
                    });
                    self.all.push(json!({
                        "file": path, "code": diagnostic.code, "severity": severity, "message": diagnostic.message,
                        "line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column,
                        "start": diagnostic.span.start, "end": diagnostic.span.end, "fix": fix,
                    }));
                    Ok(())
                }
            };
        }
    }
}

/// The text of a workflow command, escaped as the runner of GitHub Actions requires.
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

    #[test]
    fn a_workflow_command_is_one_line() {
        assert_eq!(data("50 %\nnext"), "50 %25%0Anext");
        assert_eq!(property("a,b:c"), "a%2Cb%3Ac");
    }
}
