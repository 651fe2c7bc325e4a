//! Diagnostics of a `_config.yml`. In: its text, its document, the settings read from it. Out: diagnostics.
//! Neighbours: `site.rs`.

use serde_yaml::Value;

use super::defaults::DefaultsDate;
use super::kramdown_section::{MarkdownSettings, SettingNote};
use super::permalink;
use super::site::{SiteSettings, default_set};
use super::yaml::{YamlDocument, display};
use crate::text::{Diagnostic, Severity, Span};

/// The code of a template with a placeholder that Jekyll does not know.
pub const PERMALINK_PLACEHOLDER: &str = "permalink-placeholder";

/// What is wrong with the values. Errors in the YAML are reported by its reader.
pub(super) fn of(text: &str, document: &YamlDocument, settings: &SiteSettings) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let Value::Mapping(mapping) = &document.value else {
        if !document.failed && !document.value.is_null() && document.value != Value::Bool(false) {
            let whole = Span::new(0, text.trim_end().len());
            found.push(Diagnostic::new(
                "config-no-mapping",
                Severity::Warning,
                whole,
                "These settings are not lines of `key: value`. Jekyll warns, and builds the site with its defaults.",
            ));
        }
        return found;
    };
    for entry in document.entries.iter().filter(|entry| !entry.shadowed) {
        let value = mapping.get(entry.key.as_str()).unwrap_or(&Value::Null);
        let span = if entry.value_span.is_empty() { entry.key_span } else { entry.value_span };
        let mut say = |code, severity, message: &str| found.push(Diagnostic::new(code, severity, span, message));
        match (entry.key.as_str(), value) {
            ("permalink", Value::String(template)) => {
                if let Some(error) = permalink::unknown_placeholder(template) {
                    say(PERMALINK_PLACEHOLDER, Severity::Error, &error.to_string());
                }
            }
            (
                "permalink" | "timezone" | "markdown_ext",
                Value::Bool(_) | Value::Number(_) | Value::Sequence(_) | Value::Mapping(_),
            ) => {
                say("config-type", Severity::Error, "Jekyll stops here: this must be a text. Put it in quotes.");
            }
            ("include", Value::Sequence(names)) if !names.iter().all(Value::is_string) => {
                say("config-type", Severity::Error, "Jekyll stops here: each name must be a text. Put it in quotes.");
            }
            ("include" | "exclude" | "plugins", Value::Sequence(_)) => {}
            ("include" | "exclude" | "plugins", _) => {
                say("config-type", Severity::Error, "Jekyll stops here: this must be a list.");
            }
            ("future" | "unpublished" | "show_drafts" | "strict_front_matter", Value::String(word)) => {
                let message = ["Any text counts as true, `", word, "` too. Remove the quotes."];
                say("config-switch-text", Severity::Warning, &message.concat());
            }
            ("defaults", Value::Sequence(sets)) => {
                let spans = items(text, entry.value_span);
                for (index, set) in sets.iter().enumerate() {
                    found.extend(of_set(text, set, spans.get(index).copied().unwrap_or(entry.value_span)));
                }
            }
            ("defaults", Value::Null) => {}
            ("defaults", _) => say(
                "config-defaults",
                Severity::Warning,
                "Jekyll ignores these defaults: they must be a list of sets, each with `scope` and `values`.",
            ),
            ("liquid", Value::Mapping(section))
                if section.get("error_mode").is_some_and(|mode| !mode.is_null() && !mode.is_string()) =>
            {
                say("config-type", Severity::Error, "Jekyll stops here: `error_mode` must be a name.");
            }
            ("liquid", Value::Null | Value::Mapping(_)) => {}
            ("liquid", _) => {
                say("config-type", Severity::Error, "Jekyll stops here: this must be lines of `name: value`.");
            }
            ("url" | "baseurl", _) => found.extend(of_address(&entry.key, value, span)),
            _ => {}
        }
    }
    if settings.collections_dir.starts_with('_')
        && let Some(entry) = document.entries.iter().rfind(|entry| entry.key == "collections_dir")
    {
        let message = "Jekyll stops here: the collections' folder must not begin with an underscore.";
        found.push(Diagnostic::new("config-collections-dir", Severity::Error, entry.value_span, message));
    }
    found
}

/// What is wrong with `url` or `baseurl`, which Jekyll takes as they are written.
fn of_address(key: &str, value: &Value, span: Span) -> Option<Diagnostic> {
    let written = display(value);
    let broken = if written.is_empty() {
        return None;
    } else if written.ends_with('/') {
        "Addresses that are made with it get two slashes. Take the slash at its end away."
    } else if key == "baseurl" && !written.starts_with('/') {
        "Without a slash at its beginning, links that are made with it lead to a path below the page that has them."
    } else if key == "url" && !written.contains("://") {
        "Addresses that are made with it lead nowhere: it must begin with `https://` or `http://`."
    } else {
        return None;
    };
    Some(Diagnostic::new("config-address", Severity::Warning, span, broken))
}

/// What Jekyll stops at when it meets Markdown, and what is not shown as Jekyll shows it.
pub(super) fn of_markdown(text: &str, document: &YamlDocument, settings: &MarkdownSettings) -> Vec<Diagnostic> {
    let stops = settings.stops.iter().map(|note| (note, Severity::Error));
    let notes = stops.chain(settings.unsupported.iter().map(|note| (note, Severity::Warning)));
    let diagnostic = |(note, severity): (&SettingNote, Severity)| {
        let entry = document.entries.iter().rfind(|entry| entry.key == note.key)?;
        let span = nested(text, entry.value_span, &note.name).unwrap_or(if entry.value_span.is_empty() {
            entry.key_span
        } else {
            entry.value_span
        });
        Some(Diagnostic::new("config-markdown", severity, span, &note.message))
    };
    notes.filter_map(diagnostic).collect()
}

/// The line `name: value` in the section at `section`, as far as it goes; `None` where the name does not begin a line.
fn nested(text: &str, section: Span, name: &str) -> Option<Span> {
    let mut at = section.start;
    for line in section.of(text).split_inclusive('\n') {
        let start = at + line.len() - line.trim_start_matches(' ').len();
        at += line.len();
        let key = text.get(start..at)?.trim_end();
        let rest = key.trim_start_matches(['"', '\'']).strip_prefix(name).filter(|_| !name.is_empty());
        if rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':')) {
            return Some(Span::new(start, start + key.len()));
        }
    }
    None
}

/// What is wrong with one set of defaults.
fn of_set(text: &str, set: &Value, span: Span) -> Vec<Diagnostic> {
    let warn = |message: &str| Diagnostic::new("config-defaults", Severity::Warning, span, message);
    let Some(read) = default_set(set) else {
        return vec![warn("Jekyll ignores this set of defaults: it has no `values` with lines of `key: value`.")];
    };
    let mut found = Vec::new();
    if read.path.starts_with('/') {
        found.push(warn("This set holds for no post: the path of a scope must not begin with a slash."));
    }
    if read.kind.as_deref() == Some("drafts") {
        found.push(warn(
            "This set holds for no file: for Jekyll drafts are of the type `posts`. Use the path `_drafts` instead.",
        ));
    }
    let date = |severity, message: &str| Diagnostic::new("config-defaults-date", severity, span, message);
    match DefaultsDate::of(&read.values, span.of(text)) {
        None => {}
        Some(DefaultsDate::NoText) => found.push(date(
            Severity::Warning,
            "With this `date` Jekyll can read no post of the site at all. Put the date in quotes, or remove it.",
        )),
        Some(DefaultsDate::Invalid) => {
            found.push(date(Severity::Error, "Jekyll stops here: this `date` is none."));
        }
    }
    match read.values.get("categories") {
        Some(Value::Bool(_) | Value::Number(_) | Value::Mapping(_)) => {
            found.push(warn("Jekyll cannot read the posts of this set: `categories` must be a text or a list."));
        }
        Some(Value::String(categories)) if categories.contains(',') => {
            let message =
                ["A text is split on spaces, and the commas of `", categories, "` stay in the names. Write a list."];
            found.push(warn(&message.concat()));
        }
        _ => {}
    }
    // Pages have placeholders of their own, and what is no placeholder stays in their addresses.
    if let Some(Value::String(template)) = read.values.get("permalink")
        && read.kind.as_deref() != Some("pages")
        && let Some(error) = permalink::unknown_placeholder(template)
    {
        let message = [&display(&Value::String(template.clone())), ": ", &error.to_string()].concat();
        found.push(Diagnostic::new(PERMALINK_PLACEHOLDER, Severity::Error, span, message));
    }
    found
}

/// Where the items of the list at `list` stand, if each begins with a dash on a line of its own; else none.
fn items(text: &str, list: Span) -> Vec<Span> {
    let line_start = text.get(..list.start).unwrap_or("").rfind('\n').map_or(0, |newline| newline + 1);
    let indent = list.start - line_start;
    let mut starts = Vec::new();
    let mut at = line_start;
    for line in text.get(line_start..list.end).unwrap_or("").split_inclusive('\n') {
        let dash = line.get(indent..).is_some_and(|rest| rest.starts_with("- ") || rest.trim_end() == "-");
        if dash && line.get(..indent).is_some_and(|before| before.trim().is_empty()) {
            starts.push(at + indent);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([list.end]);
    let span =
        |(&start, end): (&usize, usize)| Span::new(start, start + text.get(start..end).unwrap_or("").trim_end().len());
    starts.iter().zip(ends).map(span).collect()
}
