//! The title: none, or one that YAML reads as something else than text.
//! Rules: `populate_title` in Jekyll's `document.rb`; SafeYAML's scalars.

use serde_yaml::Value;

use super::{Check, Checked};
use crate::post::edit::{self, EditValue};
use crate::post::yaml::{Scalar, Style, YamlEntry, display};
use crate::text::{Diagnostic, Fix, Severity};

/// No title: Jekyll makes one from the file name.
pub(super) const MISSING: Check = Check {
    code: "title-missing",
    title: "No title",
    reason: "Without a title, Jekyll makes one from the file name.",
    severity: Severity::Note,
    fixable: true,
    run: missing,
};

fn missing(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let Some(front) = checked.front() else { return Vec::new() };
    // Jekyll makes titles for posts only.
    if !checked.input.post.file_name.is_post() {
        return Vec::new();
    }
    let value = front.get("title");
    // `title: no` is reported below: something is written there.
    if !matches!(value, None | Some(Value::Null)) || front.entry("title").is_some_and(|e| !e.value_span.is_empty()) {
        return Vec::new();
    }
    let title = checked.input.post.file_name.title();
    let message = if title.is_empty() {
        "The post has no title.".to_owned()
    } else {
        ["The post has no title; Jekyll makes one from the file name: “", &title, "”."].concat()
    };
    let span = front.entry("title").map_or(checked.front_line(), |entry| entry.key_span);
    let mut diagnostic = MISSING.diagnostic(span, message);
    if !title.is_empty() {
        diagnostic.fix = edit::set(checked.input.text, "title", &EditValue::Text(title))
            .map(|edit| Fix { label: "Write this title".to_owned(), edit });
    }
    vec![diagnostic]
}

/// A title that is a number, a date, a truth value, a list.
pub(super) const NOT_A_TEXT: Check = Check {
    code: "title-type",
    title: "Title that is not a text",
    reason: "YAML reads some unquoted titles as a number, a date, a truth value or a list.",
    severity: Severity::Warning,
    fixable: true,
    run: not_a_text,
};

fn not_a_text(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let Some(entry) = checked.front().and_then(|front| front.entry("title")) else { return Vec::new() };
    let kind = match &entry.scalar {
        Some(Scalar::String(_)) => return Vec::new(),
        Some(Scalar::Null) if entry.value_span.is_empty() => return Vec::new(),
        Some(Scalar::Null) => "nothing, and Jekyll makes a title from the file name",
        Some(Scalar::Bool(false)) => "the value false, and Jekyll makes a title from the file name",
        Some(Scalar::Bool(true)) => "the value true",
        Some(Scalar::Date(..)) => "a date, which themes write in full, with its time",
        // As it is written.
        Some(_)
            if checked.front().and_then(|front| front.get("title")).map(display) == Some(written(checked, entry)) =>
        {
            return Vec::new();
        }
        Some(_) => "a number, and the page shows it as YAML writes numbers",
        None => "a list or a mapping",
    };
    let written = &written(checked, entry);
    let message = ["YAML reads this title as ", kind, ". Put it in quotes if it is a text."].concat();
    let mut diagnostic = NOT_A_TEXT.diagnostic(entry.value_span, message);
    if entry.style == Some(Style::Plain) || (entry.style.is_none() && one_line(written)) {
        diagnostic.fix = edit::set(checked.input.text, "title", &EditValue::Text(written.to_owned()))
            .map(|edit| Fix { label: "Put the title in quotes".to_owned(), edit });
    }
    vec![diagnostic]
}

fn written(checked: &Checked<'_>, entry: &YamlEntry) -> String {
    entry.value_span.of(checked.input.text).to_owned()
}

/// Whether a list or mapping was probably meant as text: `[Release] 2.0` would not be read at all, `[Release]` is.
fn one_line(written: &str) -> bool {
    written.starts_with('[') && !written.contains(['\n', ',', '#'])
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn a_missing_title_is_made_from_the_file_name() {
        Case::named("title-missing", "2014-12-08-a-day-out.md", "---\nlayout: post\n---\nx")
            .at(&["---"])
            .fixed("---\nlayout: post\ntitle: A Day Out\n---\nx");
        Case::named("title-missing", "2014-12-08-a-day-out.md", "---\ntitle:\n---\nx")
            .at(&["title"])
            .fixed("---\ntitle: A Day Out\n---\nx");
        Case::named("title-missing", "docs/a.md", "---\nlayout: post\n---\nx").at(&[]);
        none("title-missing", &["---\ntitle: x\n---\n", "no front matter", "---\ntitle: no\n---\n"]);
    }

    #[test]
    fn a_title_is_a_text() {
        for (written, fixed) in [
            ("1,000", "\"1,000\""),
            ("2014-12-08", "\"2014-12-08\""),
            ("yes", "\"yes\""),
            ("no", "\"no\""),
            ("12:30", "\"12:30\""),
            ("~", "\"~\""),
            ("[Release]", "\"[Release]\""),
        ] {
            let text = ["---\ntitle: ", written, " # why\n---\n"].concat();
            let fixed = ["---\ntitle: ", fixed, " # why\n---\n"].concat();
            Case::new("title-type", &text).at(&[written]).fixed(&fixed);
        }
        Case::new("title-type", "---\ntitle: {a: b}\n---\n").at(&["{a: b}"]);
        none("title-type", &["---\ntitle: 404\n---\n", "---\ntitle: 1.5\n---\n"]);
        none("title-type", &["---\ntitle: \"1,000\"\n---\n", "---\ntitle: y\n---\n", "---\ntitle:\n---\n"]);
    }
}
