//! Decimal text and floating point. In: digits with a point and an exponent, or a number. Out: the nearest number, or
//! the shortest digits that lead back to it. Neighbours: `post/yaml/` and `liquid/` read and write numbers with it.
//!
//! In the browser JavaScript does this, as in `case.rs`: the standard library's code would add 30 KB to the download.

/// `1.5`, `-.5`, `+1.`, `1.5e-3` as the nearest number (ties to even); `None` for any other text.
pub(crate) fn parse_float(text: &str) -> Option<f64> {
    // What both sides read alike: no `inf`, no `0x10`, no white space.
    let is_plain = |byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E');
    if text.is_empty() || !text.bytes().all(is_plain) { None } else { read(text) }
}

/// The shortest digits that are read as `value` again, the nearest of them where several are, and the power of ten: the
/// value is 0.`digits` × 10^power. `value` is finite and above zero.
pub(crate) fn float_digits(value: f64) -> (String, i32) {
    digits_of(&written(value))
}

/// The digits of `150`, `0.0015`, `1.5e-7` or `1.5e+21`, and the power of ten, as `float_digits` gives them.
fn digits_of(text: &str) -> (String, i32) {
    let (number, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = [whole, fraction].concat();
    let significant = digits.trim_start_matches('0');
    let zeros = digits.len() - significant.len();
    let power = exponent.parse().unwrap_or(0) + whole.len() as i32 - zeros as i32;
    (significant.trim_end_matches('0').to_owned(), power)
}

#[cfg(target_arch = "wasm32")]
fn read(text: &str) -> Option<f64> {
    // `Number(text)`, which is `NaN` for what is no number.
    let number = wasm_bindgen::JsValue::from_str(text).unchecked_into_f64();
    (!number.is_nan()).then_some(number)
}

#[cfg(target_arch = "wasm32")]
fn written(value: f64) -> String {
    js_sys::Number::from(value).to_string_with_radix(10).map(String::from).unwrap_or_default()
}

#[cfg(not(target_arch = "wasm32"))]
fn read(text: &str) -> Option<f64> {
    text.parse().ok()
}

#[cfg(not(target_arch = "wasm32"))]
fn written(value: f64) -> String {
    format!("{value:e}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_digits_and_at_most_a_sign_a_point_and_an_exponent() {
        let numbers = [
            ("1.5", 1.5),
            ("-.5", -0.5),
            ("+1.", 1.0),
            ("1.5e-3", 0.0015),
            ("1E2", 100.0),
            ("1.5e+999", f64::INFINITY),
        ];
        for (text, number) in numbers {
            assert_eq!(parse_float(text), Some(number), "{text}");
        }
        for text in
            ["", ".", "-", "e5", ".e5", "1e", "1e+", "1.2.3", "--1", "1-", "1x", " 1", "0x10", "inf", "NaN", "infinity"]
        {
            assert_eq!(parse_float(text), None, "{text}");
        }
    }

    #[test]
    fn digits_are_those_of_every_notation() {
        for (text, digits, power) in [
            ("1500", "15", 4),
            ("0.0015", "15", -2),
            ("1.5e-7", "15", -6),
            ("1.5e+21", "15", 22),
            ("1e100", "1", 101),
            ("12.5", "125", 2),
            ("0.5", "5", 0),
        ] {
            assert_eq!(digits_of(text), (digits.to_owned(), power), "{text}");
        }
        assert_eq!(float_digits(0.1), ("1".to_owned(), 0));
        assert_eq!(float_digits(f64::MAX), ("17976931348623157".to_owned(), 309));
    }
}
