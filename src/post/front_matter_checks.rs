//! Diagnostics of front matter that is valid YAML. In: a `Split`, a `YamlDocument` and what was read from it. Out:
//! diagnostics. Neighbours: `front_matter.rs`, `mod.rs`.

use serde_yaml::Value;

use super::front_matter::{DateError, FrontMatter};
use super::permalink;
use super::split::{Split, SplitKind};
use super::yaml::{Scalar, Style, YamlEntry, quoted};
use crate::text::{Diagnostic, Edit, Fix, Severity, Span};

/// The code of the diagnostic that Jekyll cannot read the whole front matter because of its categories.
pub(super) const CATEGORIES_TYPE: &str = "categories-type";

/// Diagnostics that follow from the split alone.
pub(super) fn of_split(text: &str, split: &Split) -> Option<Diagnostic> {
    match split.kind {
        SplitKind::Present | SplitKind::BodyOnly => None,
        SplitKind::EmptyText => Some(Diagnostic::new(
            "text-empty",
            Severity::Note,
            Span::at(split.body.start),
            "The text is empty. Jekyll would publish an empty page.",
        )),
        SplitKind::Unclosed => Some(Diagnostic::new(
            "front-matter-unclosed",
            Severity::Error,
            first_line(text, split.body.start),
            "The front matter that begins here is never closed: a line of three dashes is missing after it. Jekyll sees no front matter and publishes all of this as text.",
        )),
        SplitKind::Missing => Some(missing(text, split.body.start)),
    }
}

fn first_line(text: &str, start: usize) -> Span {
    let rest = text.get(start..).unwrap_or("");
    Span::new(start, start + rest.find(['\r', '\n']).unwrap_or(rest.len()))
}

/// No front matter: a note, or a warning where the writer probably meant to write one.
fn missing(text: &str, start: usize) -> Diagnostic {
    let body = text.get(start..).unwrap_or("");
    let blank = body.len() - body.trim_start().len();
    let line = first_line(text, start + blank);
    let first = line.of(text).trim_end();
    if blank > 0 && first == "---" {
        let mut diagnostic = Diagnostic::new(
            "front-matter-not-first",
            Severity::Warning,
            line,
            "Front matter must begin on the very first line, without a space before it. Jekyll sees none here and publishes it as text.",
        );
        let edit = Edit { span: Span::new(start, start + blank), text: String::new(), selection: Span::at(start) };
        diagnostic.fix = Some(Fix { label: "Remove what stands before it".to_owned(), edit });
        return diagnostic;
    }
    Diagnostic::new(
        FRONT_MATTER_MISSING,
        Severity::Note,
        Span::at(start),
        "There is no front matter. In _posts Jekyll still publishes the file, without a layout and with a title made from its name; elsewhere it copies the file as it is.",
    )
}

/// The code of the note that a text has no front matter. It holds for posts only.
pub const FRONT_MATTER_MISSING: &str = "front-matter-missing";

/// Diagnostics of the values. `root` is the whole value, `yaml` the span of the front matter's lines, both in `text`.
pub(super) fn of_values(text: &str, root: &Value, yaml: Span, front_matter: &FrontMatter) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    match root {
        Value::Mapping(_) | Value::Null | Value::Bool(false) => {}
        _ => {
            let kind = if matches!(root, Value::Sequence(_)) { "a list" } else { "a text" };
            let message = [
                "The front matter is ",
                kind,
                ", not lines of `key: value`. Jekyll reports an error and publishes the post without its title and layout, dated today.",
            ];
            found.push(Diagnostic::new("front-matter-no-mapping", Severity::Error, yaml, message.concat()));
        }
    }
    for entry in front_matter.entries.iter().filter(|entry| !entry.shadowed) {
        found.extend(lost_text(text, entry));
        found.extend(of_value(entry, front_matter));
    }
    found
}

/// The diagnostic of the value of one entry.
fn of_value(entry: &YamlEntry, front_matter: &FrontMatter) -> Option<Diagnostic> {
    let value = front_matter.mapping.get(entry.key.as_str()).unwrap_or(&Value::Null);
    let span = if entry.value_span.is_empty() { entry.key_span } else { entry.value_span };
    let say = |code, severity, message: &str| Some(Diagnostic::new(code, severity, span, message));
    let categories_type =
        "Jekyll cannot read this front matter: `categories` must be a text or a list. Quote the value.";
    match (entry.key.as_str(), value) {
        ("date", _) => match front_matter.date_error.as_ref()? {
            DateError::Empty => say(
                "date-empty",
                Severity::Error,
                "The date is empty, and Jekyll stops with an error. Give one, or remove the line.",
            ),
            DateError::Partial => say(
                "date-partial",
                Severity::Warning,
                "Jekyll finds no year here and takes what is missing from the day of the build. Write the date as 2014-12-10.",
            ),
            DateError::Invalid => say(
                "date-invalid",
                Severity::Error,
                "This is not a date, and Jekyll stops with an error. Write it as 2014-12-10 02:30:00 +0100.",
            ),
        },
        ("categories", Value::Bool(_) | Value::Number(_) | Value::Mapping(_)) => {
            say(CATEGORIES_TYPE, Severity::Error, categories_type)
        }
        ("categories", _) if matches!(entry.scalar, Some(Scalar::Date(..))) => {
            say(CATEGORIES_TYPE, Severity::Error, categories_type)
        }
        ("tags", Value::Bool(_) | Value::Number(_) | Value::Mapping(_)) => say(
            "tags-type",
            Severity::Warning,
            "Jekyll ignores these tags: they are neither a text nor a list. Quote the value, or write a list.",
        ),
        ("published", Value::String(text)) if matches!(text.to_ascii_lowercase().as_str(), "false" | "no" | "off") => {
            say(
                "published-text",
                Severity::Warning,
                "This is a text, not the value false: Jekyll publishes the post. Remove the quotes to hide it.",
            )
        }
        ("published", Value::Null) => say(
            "published-empty",
            Severity::Warning,
            "`published` is empty, and Jekyll takes that for false: the post is not published.",
        ),
        ("permalink", Value::String(template)) if template.is_empty() => say(
            "permalink-empty",
            Severity::Warning,
            "An empty permalink puts the post in the place of the home page. Remove the line.",
        ),
        ("permalink", Value::String(template)) => {
            let error = permalink::unknown_placeholder(template)?;
            say("permalink-placeholder", Severity::Error, &error.to_string())
        }
        _ => None,
    }
}

/// Text after the colon that YAML does not count as a part of the value.
fn lost_text(text: &str, entry: &YamlEntry) -> Option<Diagnostic> {
    let rest = text.get(entry.value_span.start..)?;
    let line = rest.get(..rest.find('\n').unwrap_or(rest.len()))?;
    let value = entry.value_span.of(text);
    let whole = line.trim();
    if entry.style != Some(Style::Plain) || entry.scalar.is_none() {
        return None;
    }
    let start = entry.value_span.start + (line.len() - line.trim_start().len());
    let line_span = Span::new(start, start + whole.len());
    let warn = |span, message: &str, fix: bool| {
        let mut diagnostic = Diagnostic::new("yaml-text-lost", Severity::Warning, span, message);
        if fix {
            let text = quoted(whole);
            let selection = Span::at(start + text.len());
            let edit = Edit { span: line_span, text, selection };
            diagnostic.fix = Some(Fix { label: "Put the value in quotes".to_owned(), edit });
        }
        Some(diagnostic)
    };
    if value.starts_with(['!', '&']) {
        let message = "A value that begins with `!` or `&` has a tag or a name for YAML, which Jekyll drops. Put the value in quotes if the sign is meant.";
        return warn(entry.value_span, message, value == whole);
    }
    if let Some((_, more)) = value.split_once('\n') {
        let item = more.lines().any(|line| line.trim_start().starts_with("- "));
        let message =
            "The lines with dashes continue the text above them; they are no list. A list begins on a line of its own.";
        return if item { warn(entry.value_span, message, false) } else { None };
    }
    // `#1` after a space is probably not meant as a comment.
    let comment = line.get(value.len()..)?;
    let after = comment.trim_start().strip_prefix('#')?;
    if after.starts_with([' ', '\t', '#']) || after.is_empty() {
        return None;
    }
    let hash = entry.value_span.start + value.len() + (comment.len() - comment.trim_start().len());
    let message =
        "From `#` on this is a comment for YAML and no part of the value. Put the value in quotes if it is meant.";
    warn(Span::new(hash, line_span.end.max(hash)), message, true)
}
