//! Diagnostics as output. In: diagnostics of texts. Out: lines, JSON, a SARIF log, or commands for GitHub Actions.
//! Neighbours: `check.rs` gives the diagnostics, `json.rs` writes JSON.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::policy::Policy;
use super::{Arguments, Format, json};
use crate::checks::CHECKS;
use crate::text::{Diagnostic, LineColumn, LineIndex, Severity};

/// What is printed in the end.
pub(super) struct Report<'a> {
    arguments: &'a Arguments,
    text: String,
    all: Vec<Json>,
    /// How many diagnostics there are of each code and severity.
    counts: BTreeMap<(String, &'static str), usize>,
    texts: usize,
    /// How many files were no posts and no pages.
    pub(super) passed_over: usize,
    /// Whether any diagnostic counts for the exit code.
    pub(super) counted: bool,
}

impl<'a> Report<'a> {
    /// An empty report.
    pub(super) fn new(arguments: &'a Arguments) -> Self {
        Self {
            arguments,
            text: String::new(),
            all: Vec::new(),
            counts: BTreeMap::new(),
            texts: 0,
            passed_over: 0,
            counted: false,
        }
    }

    /// Adds the diagnostics of one text.
    pub(super) fn add(&mut self, policy: &Policy, path: &str, text: &str, diagnostics: &[Diagnostic]) {
        self.texts += 1;
        let lines = LineIndex::new(text);
        for diagnostic in diagnostics.iter().filter(|diagnostic| policy.reports(self.arguments, diagnostic)) {
            self.counted |= policy.counts(self.arguments, diagnostic);
            *self.counts.entry((diagnostic.code.to_string(), diagnostic.severity.name())).or_default() += 1;
            let start = lines.line_column(text, diagnostic.span.start);
            let end = lines.line_column(text, diagnostic.span.end);
            match self.arguments.format {
                Format::Text => self.text.push_str(&line(path, start, diagnostic)),
                Format::GitHub => self.text.push_str(&command(path, start, end, diagnostic)),
                Format::Json => self.all.push(object(path, start, end, diagnostic)),
                Format::Sarif => self.all.push(result(path, &lines, text, diagnostic)),
            }
        }
    }

    /// The text for standard output, and the one for standard error.
    pub(super) fn finish(mut self) -> (String, String) {
        let statistics = if self.arguments.statistics { self.statistics() } else { String::new() };
        let text = match self.arguments.format {
            Format::Json => json::pretty(&Json::Array(self.all)),
            Format::Sarif => json::pretty(&log(self.all)),
            Format::Text | Format::GitHub => std::mem::take(&mut self.text),
        };
        (if self.arguments.quiet { String::new() } else { text }, statistics)
    }

    /// How many there are of each code, the most frequent first.
    fn statistics(&self) -> String {
        let mut counts: Vec<_> = self.counts.iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let rows = counts.iter().map(|((code, severity), count)| format!("{count:>6}  {severity:<7}  {code}\n"));
        let total: usize = self.counts.values().sum();
        let files = |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
        let last = format!(
            "{total:>6}  in {}, {} passed over\n",
            files(self.texts),
            if self.passed_over == 0 { "none".to_owned() } else { files(self.passed_over) }
        );
        rows.chain([last]).collect()
    }
}

/// A message on one line, as problem matchers read it.
fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn line(path: &str, start: LineColumn, diagnostic: &Diagnostic) -> String {
    format!(
        "{path}:{}:{}: {}: {} [{}]\n",
        start.line,
        start.column,
        diagnostic.severity.name(),
        one_line(&diagnostic.message),
        diagnostic.code
    )
}

/// A workflow command of GitHub Actions.
fn command(path: &str, start: LineColumn, end: LineColumn, diagnostic: &Diagnostic) -> String {
    format!(
        "::{} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
        if diagnostic.severity == Severity::Note { "notice" } else { diagnostic.severity.name() },
        property(path),
        start.line,
        end.line,
        start.column,
        end.column,
        property(&diagnostic.code),
        data(&diagnostic.message)
    )
}

fn object(path: &str, start: LineColumn, end: LineColumn, diagnostic: &Diagnostic) -> Json {
    let fix = diagnostic.fix.as_ref().map(|fix| {
        json!({"label": fix.label, "start": fix.edit.span.start, "end": fix.edit.span.end, "text": fix.edit.text})
    });
    json!({
        "file": path, "code": diagnostic.code, "severity": diagnostic.severity.name(), "message": diagnostic.message,
        "line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column,
        "start": diagnostic.span.start, "end": diagnostic.span.end, "fix": fix,
    })
}

/// A `result` of SARIF 2.1.0.
fn result(path: &str, lines: &LineIndex, text: &str, diagnostic: &Diagnostic) -> Json {
    let region = |start: usize, end: usize| {
        let (start, end) = (lines.line_column(text, start), lines.line_column(text, end));
        json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
    };
    let artifact = json!({"uri": uri(path)});
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": diagnostic.severity.name(),
        "message": {"text": diagnostic.message},
        "locations": [{"physicalLocation": {
            "artifactLocation": artifact, "region": region(diagnostic.span.start, diagnostic.span.end),
        }}],
    });
    if let Some(fix) = &diagnostic.fix {
        result["fixes"] = json!([{"description": {"text": fix.label}, "artifactChanges": [{
            "artifactLocation": artifact,
            "replacements": [{
                "deletedRegion": region(fix.edit.span.start, fix.edit.span.end),
                "insertedContent": {"text": fix.edit.text},
            }],
        }]}]);
    }
    result
}

/// A log of SARIF 2.1.0 with these results.
fn log(results: Vec<Json>) -> Json {
    let rules: Vec<Json> = CHECKS
        .iter()
        .map(|check| {
            json!({
                "id": check.code,
                "shortDescription": {"text": check.title},
                "fullDescription": {"text": check.reason},
                "defaultConfiguration": {"level": check.severity.name()},
            })
        })
        .collect();
    let driver = json!({"name": "apercu", "version": env!("CARGO_PKG_VERSION"), "rules": rules});
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    })
}

/// A path as a relative reference of RFC 3986.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
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

    #[test]
    fn a_message_is_one_line() {
        assert_eq!(one_line("`open\n  questions` is not\tdefined."), "`open questions` is not defined.");
    }

    #[test]
    fn a_path_is_a_reference() {
        assert_eq!(uri("_posts/2020-01-02-l'été 1.md"), "_posts/2020-01-02-l%27%C3%A9t%C3%A9%201.md");
    }
}
