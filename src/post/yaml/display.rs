//! Values as text. In: a value. Out: what a person reads in a post's header or a table of its front matter.
//! Neighbours: `front_matter.rs`, `app/`.

use serde_yaml::{Number, Value};

/// Any value, shown sensibly: text as it is, nothing for null, numbers as Ruby writes them, a list with commas, a
/// mapping as `key: value` pairs.
pub fn display(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

// Recursion is bounded: the reader refuses values deeper than its budget.
fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => {}
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&write_number(number)),
        Value::String(text) => out.push_str(text),
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write(item, out);
            }
        }
        Value::Mapping(mapping) => {
            for (index, (key, value)) in mapping.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write(key, out);
                out.push_str(": ");
                write(value, out);
            }
        }
        Value::Tagged(tagged) => write(&tagged.value, out),
    }
}

/// Ruby's way: a float always has a point, and an exponent from 10^16 on and below 10^-4.
fn write_number(number: &Number) -> String {
    if let Some(value) = number.as_i64() {
        return value.to_string();
    }
    if let Some(value) = number.as_u64() {
        return value.to_string();
    }
    let value = number.as_f64().unwrap_or(f64::NAN);
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value < 0.0 { "-Infinity" } else { "Infinity" }.to_owned();
    }
    let size = value.abs();
    if size != 0.0 && !(1e-4..1e16).contains(&size) {
        let text = format!("{value:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let point = if mantissa.contains('.') { "" } else { ".0" };
        let (sign, digits) = match exponent.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("+", exponent),
        };
        return [mantissa, point, "e", sign, if digits.len() < 2 { "0" } else { "" }, digits].concat();
    }
    let text = value.to_string();
    if text.contains('.') { text } else { text + ".0" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64) -> String {
        display(&Value::Number(Number::from(value)))
    }

    #[test]
    fn numbers_look_as_in_ruby() {
        assert_eq!(number(750.0), "750.0");
        assert_eq!(number(1.1), "1.1");
        assert_eq!(number(0.0001), "0.0001");
        assert_eq!(number(0.00001), "1.0e-05");
        assert_eq!(number(1e16), "1.0e+16");
        assert_eq!(number(1.25e100), "1.25e+100");
        assert_eq!(number(1e15), "1000000000000000.0");
        assert_eq!(number(f64::NEG_INFINITY), "-Infinity");
        assert_eq!(number(f64::NAN), "NaN");
        assert_eq!(display(&Value::Number(Number::from(-3))), "-3");
    }

    #[test]
    fn lists_and_mappings_are_one_line() {
        let mut mapping = serde_yaml::Mapping::new();
        mapping.insert("name".into(), "Ada".into());
        mapping.insert("tags".into(), Value::Sequence(vec!["a".into(), true.into(), Value::Null]));
        assert_eq!(display(&Value::Mapping(mapping)), "name: Ada, tags: a, true, ");
        assert_eq!(display(&Value::Null), "");
    }
}
