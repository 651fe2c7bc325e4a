//! Values as JSON. In: YAML's values, with what SafeYAML made of them. Out: `serde_json` values and text.
//! Neighbours: `check.rs`, `show.rs`.

use std::collections::HashSet;

use serde_json::{Map, Value as Json, json};
use serde_yaml::Value;

use crate::post::date::DateKind;
use crate::post::front_matter::FrontMatter;
use crate::post::publication::rfc3339;
use crate::post::yaml::{Scalar, display};
use crate::text::LineIndex;

/// A JSON text for people and programs, with a line break at its end.
pub(super) fn pretty(value: &Json) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_else(|_| "null".to_owned());
    text.push('\n');
    text
}

/// The value; numbers that JSON does not have are texts.
pub(super) fn of(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(number), ..) => json!(number),
            (None, Some(number), _) => json!(number),
            (None, None, Some(float)) if float.is_finite() => json!(float),
            _ => Json::String(display(value)),
        },
        Value::String(text) => Json::String(text.clone()),
        Value::Sequence(items) => Json::Array(items.iter().map(of).collect()),
        Value::Mapping(mapping) => {
            Json::Object(mapping.iter().map(|(key, value)| (display(key), of(value))).collect::<Map<_, _>>())
        }
        Value::Tagged(tagged) => of(&tagged.value),
    }
}

/// Each key of the front matter as it was read, in the order of the text, with its type and its line; what `<<` merged
/// comes last and has no line.
pub(super) fn entries(text: &str, front_matter: &FrontMatter) -> Json {
    let lines = LineIndex::new(text);
    let written: HashSet<&str> = front_matter.entries.iter().map(|entry| entry.key.as_str()).collect();
    let mut all = Vec::new();
    for entry in front_matter.entries.iter().filter(|entry| !entry.shadowed && entry.key != "<<") {
        // A key may be no text: `yes:` is true.
        let value = front_matter
            .get(&entry.key)
            .or_else(|| front_matter.mapping.iter().find(|(key, _)| display(key) == entry.key).map(|(_, value)| value));
        let value = value.unwrap_or(&Value::Null);
        let line = lines.line_column(text, entry.key_span.start).line;
        let (kind, value) = match &entry.scalar {
            Some(Scalar::Date(date, _)) if date.kind == DateKind::Day => ("date", json!(date.iso_day())),
            Some(Scalar::Date(date, _)) => ("time", json!(rfc3339(date))),
            Some(Scalar::BigInteger(_)) => ("integer", of(value)),
            _ => (kind(value), of(value)),
        };
        all.push(json!({"key": entry.key, "type": kind, "value": value, "line": line}));
    }
    for (key, value) in &front_matter.mapping {
        let key = display(key);
        if !written.contains(key.as_str()) {
            all.push(json!({"key": key, "type": kind(value), "value": of(value), "line": null}));
        }
    }
    Json::Array(all)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Sequence(_) => "list",
        Value::Mapping(_) => "mapping",
        Value::Tagged(tagged) => kind(&tagged.value),
    }
}
