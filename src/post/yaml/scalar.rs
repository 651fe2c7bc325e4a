//! What a scalar means. In: the text of a YAML scalar and whether it was quoted. Out: a `Scalar`.
//! Neighbours: `build.rs` asks, `date_yaml.rs` holds the forms of dates.
//!
//! The rules are those of SafeYAML 1.0.5 (its `transform/` and `parse/` folders), which Jekyll reads front matter with;
//! they are neither YAML 1.1's nor 1.2's. The rules are tried in SafeYAML's order: integer, float, null, boolean, date.

use serde_yaml::{Number, Value};

use crate::post::date::DateTime;
use crate::post::date_yaml;
use crate::text::parse_float;

/// The value of a scalar.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// `~`, `null`, or nothing at all.
    Null,
    /// `true`, `yes`, `on` and their opposites.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A whole number beyond 64 bits: its decimal digits with the sign.
    BigInteger(String),
    /// A number with a fraction, or one in base 60 (`12:30`).
    Float(f64),
    /// A day, or a day and a time. The text is as it was written.
    Date(DateTime, String),
    /// Anything else.
    String(String),
}

impl Scalar {
    /// The value as a `serde_yaml` value; dates and very large numbers keep their text.
    pub fn into_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Integer(value) => Value::Number(Number::from(value)),
            Self::Float(value) => Value::Number(Number::from(value)),
            Self::BigInteger(text) | Self::Date(_, text) | Self::String(text) => Value::String(text),
        }
    }
}

/// SafeYAML takes the scalar for a number with a fraction, and Ruby's `Float()` refuses it: an underscore may only
/// stand between two digits. Jekyll then cannot read the front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreadableNumber;

/// The meaning of a scalar that is not quoted (or has a tag: SafeYAML then looks at the text alone).
pub fn resolve(text: &str) -> Result<Scalar, UnreadableNumber> {
    // Ruby's `\Z` also matches before a line break that ends the text; only tagged block scalars have one.
    let token = text.strip_suffix('\n').unwrap_or(text);
    let first = text.bytes().find(|&b| b != b' ');
    if !first.map_or(text.is_empty(), |b| b"-+0123456789.~OoYyNnTtFf:".contains(&b)) {
        return Ok(Scalar::String(text.to_owned()));
    }
    if first.is_some_and(|b| b"-+0123456789.".contains(&b)) {
        if let Some(number) = integer(token) {
            return Ok(number);
        }
        if let Some(number) = float(token)? {
            return Ok(number);
        }
    }
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Scalar::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Scalar::Bool(false),
        _ => match date_yaml::read(token) {
            Some(date) => Scalar::Date(date, token.to_owned()),
            None => Scalar::String(text.to_owned()),
        },
    })
}

/// Decimal, octal (`017`), hexadecimal, binary and whole base-60 numbers; commas and underscores are skipped first.
fn integer(token: &str) -> Option<Scalar> {
    let stripped: String;
    let digits = if token.contains(['_', ',']) {
        stripped = token.replace(['_', ','], "");
        stripped.as_str()
    } else {
        token
    };
    let unsigned = digits.strip_prefix(['-', '+']).unwrap_or(digits);
    let negative = digits.starts_with('-');
    let all = |text: &str, allowed: fn(&u8) -> bool| !text.is_empty() && text.bytes().all(|b| allowed(&b));
    if unsigned == "0" || (all(unsigned, u8::is_ascii_digit) && !unsigned.starts_with('0')) {
        return whole(unsigned, 10, negative);
    }
    if let Some(octal) = digits.strip_prefix('0')
        && all(octal, |b| (b'0'..=b'7').contains(b))
    {
        return whole(octal, 8, false);
    }
    if let Some(hex) = unsigned.strip_prefix("0x").or_else(|| digits.strip_prefix("0X"))
        && all(hex, u8::is_ascii_hexdigit)
    {
        return whole(hex, 16, negative);
    }
    if let Some(binary) = digits.strip_prefix("0b")
        && all(binary, |b| matches!(b, b'0' | b'1'))
    {
        return whole(binary, 2, false);
    }
    let (head, fraction) = sexagesimal(digits)?;
    fraction.is_none().then_some(Scalar::Float(if negative { -head } else { head }))
}

/// A whole number of any length.
fn whole(digits: &str, radix: u32, negative: bool) -> Option<Scalar> {
    match i64::from_str_radix(digits, radix) {
        Ok(value) => Some(Scalar::Integer(if negative { -value } else { value })),
        // Only decimal digits can be kept as they are; other bases of that length are beyond any front matter.
        Err(_) if radix == 10 => {
            Some(Scalar::BigInteger(if negative { ["-", digits].concat() } else { digits.to_owned() }))
        }
        Err(_) => Some(Scalar::Float(
            digits
                .bytes()
                .fold(0.0, |sum, b| sum * f64::from(radix) + f64::from(char::from(b).to_digit(radix).unwrap_or(0))),
        )),
    }
}

/// `1.5`, `.5`, `1.5e+3` (an exponent needs its sign and the number its point), infinities, NaN, and base-60 numbers
/// with a fraction.
fn float(token: &str) -> Result<Option<Scalar>, UnreadableNumber> {
    match token {
        ".inf" | ".Inf" | ".INF" => return Ok(Some(Scalar::Float(f64::INFINITY))),
        "-.inf" | "-.Inf" | "-.INF" => return Ok(Some(Scalar::Float(f64::NEG_INFINITY))),
        ".nan" | ".NaN" | ".NAN" => return Ok(Some(Scalar::Float(f64::NAN))),
        _ => {}
    }
    let value = if is_decimal(token) {
        parse_float(&token.replace('_', ""))
    } else if let Some((head, Some(fraction))) = sexagesimal(token) {
        let value = head + fraction;
        Some(if token.starts_with('-') { -value } else { value })
    } else {
        return Ok(None);
    };
    match value {
        Some(value) if underscores_fit(token) => Ok(Some(Scalar::Float(value))),
        _ => Err(UnreadableNumber),
    }
}

/// Whether it looks like a number with a point, wherever its underscores stand.
fn is_decimal(token: &str) -> bool {
    let unsigned = token.strip_prefix(['-', '+']).unwrap_or(token);
    let Some((head, tail)) = unsigned.split_once('.') else { return false };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    let (fraction, exponent) = match tail.split_once(['e', 'E']) {
        Some((fraction, exponent)) => (fraction, Some(exponent)),
        None => (tail, None),
    };
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or("");
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    });
    exponent_fits && !fraction.is_empty() && digits(fraction) && digits(head) && !head.starts_with('_')
}

/// Whether each underscore stands between two digits.
fn underscores_fit(token: &str) -> bool {
    let bytes = token.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    bytes.iter().enumerate().all(|(at, &b)| b != b'_' || digit(at.checked_sub(1)) && digit(Some(at + 1)))
}

/// Base 60: `1:30` is 90, `190:20:30` is 685230. A sign belongs to the first part alone and once more to the whole:
/// SafeYAML reads `-12:30` as 690. The caller applies the second sign.
fn sexagesimal(token: &str) -> Option<(f64, Option<f64>)> {
    let (whole, fraction) = match token.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (token, None),
    };
    let mut parts = whole.split(':');
    let first = parts.next()?;
    let unsigned = first.strip_prefix(['-', '+']).unwrap_or(first);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit()) || !unsigned.bytes().all(|b| b.is_ascii_digit() || b == b'_')
    {
        return None;
    }
    let mut value = parse_float(&first.replace('_', ""))?;
    let mut sixties = 0;
    for part in parts {
        let fits = matches!(part.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9']);
        if !fits {
            return None;
        }
        value = value * 60.0 + f64::from(part.parse::<u8>().ok()?);
        sixties += 1;
    }
    if sixties == 0 {
        return None;
    }
    let fraction = match fraction {
        None => None,
        Some("") => Some(0.0),
        Some(digits) if digits.bytes().all(|b| b.is_ascii_digit() || b == b'_') => {
            Some(parse_float(&["0.", &digits.replace('_', "")].concat())?)
        }
        Some(_) => return None,
    };
    Some((value, fraction))
}

/// The bytes of `!!binary` text, decoded as Ruby does: what is not in the alphabet is skipped, `=` ends it where the
/// alphabet allows it, and bytes that are not UTF-8 are replaced.
pub fn binary(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held, mut digits) = (0_u32, 0_u32, 0_u32);
    for byte in text.bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' if digits % 4 >= 2 => break,
            _ => continue,
        };
        digits += 1;
        bits = (bits << 6 | u32::from(six)) & 0xFFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xFF) as u8);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let Ok(scalar) = resolve(text) else { return "unreadable".into() };
        match scalar {
            Scalar::Null => "null".into(),
            Scalar::Bool(value) => value.to_string(),
            Scalar::Integer(value) => format!("int {value}"),
            Scalar::BigInteger(value) => format!("big {value}"),
            Scalar::Float(value) => format!("float {value:?}"),
            Scalar::Date(date, _) => date.for_front_matter(),
            Scalar::String(value) => format!("{value:?}"),
        }
    }

    #[test]
    fn each_rule_has_what_it_takes_and_what_it_leaves() {
        for (text, expected) in [
            // Booleans and null in three spellings each, no others.
            ("YES", "true"),
            ("Off", "false"),
            ("yEs", "\"yEs\""),
            ("n", "\"n\""),
            ("", "null"),
            ("Null", "null"),
            ("nULL", "\"nULL\""),
            // Decimal: commas and underscores anywhere but first.
            ("1,2_3", "int 123"),
            ("-0", "int 0"),
            ("0_0", "int 0"),
            ("4.", "\"4.\""),
            ("-", "\"-\""),
            ("12a", "\"12a\""),
            ("9223372036854775808", "big 9223372036854775808"),
            ("-9223372036854775807", "int -9223372036854775807"),
            // Octal has no sign, hexadecimal may have one, binary none.
            ("0755", "int 493"),
            ("-0755", "\"-0755\""),
            ("0789", "\"0789\""),
            ("+0xAf", "int 175"),
            ("0XAf", "int 175"),
            ("-0b11", "\"-0b11\""),
            ("0b1_1", "int 3"),
            ("0b12", "\"0b12\""),
            // Floats need a point with digits after it; an exponent needs its sign.
            ("3.14", "float 3.14"),
            ("-.25", "float -0.25"),
            ("2.5e-2", "float 0.025"),
            ("2.5e2", "\"2.5e2\""),
            ("2e+2", "\"2e+2\""),
            ("1_0.5", "float 10.5"),
            ("1__0.5", "unreadable"),
            ("1._5", "unreadable"),
            ("1_:30.5", "unreadable"),
            ("1_:30", "float 90.0"),
            ("1.2.3", "\"1.2.3\""),
            (".", "\".\""),
            ("-.INF", "float -inf"),
            (".NAN", "float NaN"),
            ("+.nan", "\"+.nan\""),
            // Base 60.
            ("7:05", "float 425.0"),
            ("1:00:00", "float 3600.0"),
            ("7:5:1.5", "float 25501.5"),
            ("7:60", "\"7:60\""),
            ("7:05:", "\"7:05:\""),
            (":30", "\":30\""),
            // Dates: two digits for a day alone, one will do with a time.
            ("2020-02-29", "2020-02-29"),
            ("2019-02-29", "\"2019-02-29\""),
            ("2020-2-9", "\"2020-2-9\""),
            ("2020-2-9 1:02:03", "2020-02-09 01:02:03 +0000"),
            ("2020-02-09T01:02:03-05", "2020-02-09 01:02:03 -0500"),
            ("2020-02-09 01:02", "\"2020-02-09 01:02\""),
            ("2020-02-09 25:00:00", "\"2020-02-09 25:00:00\""),
            // Everything else is text.
            ("word", "\"word\""),
            ("tis the season", "\"tis the season\""),
            ("12 34", "\"12 34\""),
        ] {
            assert_eq!(show(text), expected, "{text}");
        }
    }

    #[test]
    fn binary_text_is_decoded() {
        assert_eq!(binary("Ym9uam91cg=="), "bonjour");
        assert_eq!(binary("Ym9u\n am91cg"), "bonjour");
        assert_eq!(binary(""), "");
    }
}
