//! Character references: `&eacute;`, `&#233;`, `&#xE9;` to the characters they stand for (HTML Standard, 13.2.5.72 on).
//! In: text as written in HTML. Out: text. Neighbours: `tree.rs` decodes text and attribute values with it.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

/// The longest name of a reference, `CounterClockwiseContourIntegral`, without `&` and `;`.
const LONGEST_NAME: usize = 31;

/// The names that count without their semicolon too.
const WITHOUT_SEMICOLON: &str = " AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave \
Euml GT Iacute Icirc Igrave Iuml LT Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute Ucirc Ugrave \
Uuml Yacute aacute acirc acute aelig agrave amp aring atilde auml brvbar ccedil cedil cent copy curren deg divide \
eacute ecirc egrave eth euml frac12 frac14 frac34 gt iacute icirc iexcl igrave iquest iuml laquo lt macr micro middot \
nbsp not ntilde oacute ocirc ograve ordf ordm oslash otilde ouml para plusmn pound quot raquo reg sect shy sup1 sup2 \
sup3 szlig thorn times uacute ucirc ugrave uml uuml yacute yen yuml ";

/// What the numbers 0x80 to 0x9F mean in references: the characters of windows-1252, where it has one.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// Text with its references decoded; in an attribute's value an unfinished name before `=` or a letter stays as it is.
pub fn decode(text: &str, in_attribute: bool) -> Cow<'_, str> {
    if !text.contains(['&', '\0']) {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '\0']) {
        decoded.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let Some(after) = rest.strip_prefix('&') else {
            decoded.push('\u{FFFD}');
            rest = rest.get(1..).unwrap_or("");
            continue;
        };
        let used = reference(after, in_attribute, &mut decoded);
        if used == 0 {
            decoded.push('&');
        }
        rest = after.get(used..).unwrap_or("");
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Decodes the reference at the start of `after` (what follows `&`); the bytes it took, 0 where there is none.
fn reference(after: &str, in_attribute: bool, decoded: &mut String) -> usize {
    if let Some(number) = after.strip_prefix('#') {
        return numeric(number, decoded).map_or(0, |used| used + 1);
    }
    let name_end = after.bytes().take(LONGEST_NAME + 1).take_while(u8::is_ascii_alphanumeric).count();
    let name = after.get(..name_end).unwrap_or("");
    if after.as_bytes().get(name_end) == Some(&b';') && push_named(name, decoded) {
        return name_end + 1;
    }
    // No name that counts without a semicolon is longer than six letters.
    let Some(short) = (2..=name_end.min(6)).rev().filter_map(|end| name.get(..end)).find(|name| is_short(name)) else {
        return 0;
    };
    let next = after.as_bytes().get(short.len());
    if in_attribute && next.is_some_and(|&b| b == b'=' || b.is_ascii_alphanumeric()) || !push_named(short, decoded) {
        return 0;
    }
    short.len()
}

fn is_short(name: &str) -> bool {
    WITHOUT_SEMICOLON.find(name).is_some_and(|_| WITHOUT_SEMICOLON.split(' ').any(|short| short == name))
}

/// `name` is what stands between `&` and `;`.
fn push_named(name: &str, decoded: &mut String) -> bool {
    match named(name) {
        Some(text) => {
            decoded.push_str(&text);
            true
        }
        None => false,
    }
}

/// The characters that a reference's name stands for (`eacute` → `é`), or `None` for an unknown name.
///
/// The parser of Markdown carries the standard's whole table and does not show it; asking the parser spares a second
/// copy in the download.
pub fn named(name: &str) -> Option<String> {
    if name.is_empty() || name.len() > LONGEST_NAME || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let source = ["&", name, ";"].concat();
    let mut text = String::new();
    for event in Parser::new(&source) {
        if let Event::Text(part) = event {
            text.push_str(&part);
        }
    }
    // An unknown name comes back as it was; white space comes back as nothing, for it ends the paragraph.
    match name {
        "Tab" => Some("\t".into()),
        "NewLine" => Some("\n".into()),
        _ if text == source || text.is_empty() => None,
        _ => Some(text),
    }
}

/// Decodes what follows `&#`; the bytes taken.
fn numeric(number: &str, decoded: &mut String) -> Option<usize> {
    let (digits, radix, prefix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (number, 10, 0),
    };
    let count = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
    if count == 0 {
        return None;
    }
    let value = digits.bytes().take(count).fold(0u32, |value, digit| {
        let digit = char::from(digit).to_digit(radix).unwrap_or(0);
        value.saturating_mul(radix).saturating_add(digit)
    });
    decoded.push(match value {
        0 => '\u{FFFD}',
        0x80..=0x9F => WINDOWS_1252.get(value as usize - 0x80).copied().unwrap_or('\u{FFFD}'),
        _ => char::from_u32(value).unwrap_or('\u{FFFD}'),
    });
    Some(prefix + count + usize::from(digits.as_bytes().get(count) == Some(&b';')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_and_numbered_references_are_decoded() {
        for (html, text) in [
            ("a &amp; b", "a & b"),
            ("&eacute;&#233;&#xe9;&#XE9;", "éééé"),
            ("&nbsp;|&Tab;|&NewLine;", "\u{a0}|\t|\n"),
            ("&CounterClockwiseContourIntegral;", "∳"),
            ("&fjlig;", "fj"),
            ("&#128;&#0;&#x110000;&#xD800;", "€\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("&unknown; & &; &# &#x &#; &", "&unknown; & &; &# &#x &#; &"),
            ("&copy&notit;&ampx", "©¬it;&x"),
            ("&#106avascript", "javascript"),
        ] {
            assert_eq!(decode(html, false), text, "{html}");
        }
    }

    #[test]
    fn in_an_attribute_a_query_is_left_alone() {
        assert_eq!(decode("?a=1&copy=2&copy;&copy", true), "?a=1&copy=2©©");
        assert_eq!(decode("?a&lt&ltx", true), "?a<&ltx");
    }

    #[test]
    fn the_names_without_semicolon_are_all_known() {
        let names: Vec<_> = WITHOUT_SEMICOLON.split_whitespace().collect();
        assert_eq!(names.len(), 106);
        assert!(names.iter().all(|name| named(name).is_some() && name.len() <= 6));
    }
}
