//! Values as text. In: a value. Out: what a person reads in a post's header or a table of its front matter.
//! Neighbours: `front_matter.rs`, `app/`.

use serde_yaml::{Number, Value};

use crate::text::float_digits;

/// A value as text: text as it is, nothing for null, numbers as Ruby writes them, a list with commas, a mapping as
/// `key: value` pairs.
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
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value == 0.0 {
        return [sign, "0.0"].concat();
    }
    let (digits, power) = float_digits(value.abs());
    let zeros = |count: i32| "0".repeat(count.unsigned_abs() as usize);
    if !(-3..=16).contains(&power) {
        let (first, rest) = digits.split_at_checked(1).unwrap_or((&digits, ""));
        let rest = if rest.is_empty() { "0" } else { rest };
        let exponent = power - 1;
        let size = exponent.unsigned_abs().to_string();
        let zero = if size.len() < 2 { "0" } else { "" };
        return [sign, first, ".", rest, "e", if exponent < 0 { "-" } else { "+" }, zero, &size].concat();
    }
    if power <= 0 {
        return [sign, "0.", &zeros(power), &digits].concat();
    }
    match digits.split_at_checked(power as usize) {
        Some((whole, fraction)) => [sign, whole, ".", if fraction.is_empty() { "0" } else { fraction }].concat(),
        None => [sign, &digits, &zeros(power - digits.len() as i32), ".0"].concat(),
    }
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
        assert_eq!(number(9_007_199_254_740_993.0), "9007199254740992.0");
        assert_eq!(number(-0.0), "-0.0");
        assert_eq!(number(-120.25), "-120.25");
        assert_eq!(number(0.000_123), "0.000123");
        assert_eq!(number(5e-324), "5.0e-324");
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
