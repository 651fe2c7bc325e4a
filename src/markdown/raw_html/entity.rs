//! Character references: `&eacute;`, `&#233;`, `&#xE9;` to the characters they stand for (HTML Standard, 13.2.5.72 on).
//! In: text as written in HTML. Out: text. Neighbours: `tree.rs` decodes text and attribute values with it.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::text::{LoadedLater, NameIndex};

/// The longest name of a reference, `CounterClockwiseContourIntegral`, without `&` and `;`.
const LONGEST_NAME: usize = 31;

/// Every name of the standard (13.5) with its characters. Each line is `name name=characters`; the lines are in the
/// order of the characters. `!` after a name means that kramdown knows it (mostly the names of HTML 4), `?` that it is
/// also valid without its semicolon. `NewLine` is missing, because its character would end the line.
///
/// The table of a crate would be six times as large in the download, a third of the whole parser.
const TABLE: &str = include_str!("references.txt");

/// The names that people write, and all that count without a semicolon: a line each, as in the whole table. They are
/// found without it, which the page loads only where a text needs it.
const COMMON: &str = include_str!("common_references.txt");

/// A known name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedReference {
    /// The characters it stands for.
    pub text: &'static str,
    /// Whether kramdown knows it.
    pub in_kramdown: bool,
    /// Whether it counts without its semicolon.
    pub without_semicolon: bool,
}

/// The characters of the numbers 0x80 to 0x9F in references: those of windows-1252, if it has one.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// `text` with its references decoded. In the value of an attribute, a name without semicolon before `=` or a letter or
/// digit is not decoded.
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

/// Decodes the reference at the start of `after`, the text after `&`. Returns its length in bytes, 0 if there is none.
fn reference(after: &str, in_attribute: bool, decoded: &mut String) -> usize {
    if let Some(number) = after.strip_prefix('#') {
        return numeric(number, decoded).map_or(0, |used| used + 1);
    }
    let name_end = after.bytes().take(LONGEST_NAME + 1).take_while(u8::is_ascii_alphanumeric).count();
    let name = after.get(..name_end).unwrap_or("");
    if after.as_bytes().get(name_end) == Some(&b';') && push_named(name, decoded) {
        return name_end + 1;
    }
    // No name that is valid without a semicolon is longer than six letters.
    let Some((short, text)) = (2..=name_end.min(6)).rev().find_map(|end| {
        let short = name.get(..end)?;
        common(short).filter(|found| found.without_semicolon).map(|found| (short, found.text))
    }) else {
        return 0;
    };
    let next = after.as_bytes().get(short.len());
    if in_attribute && next.is_some_and(|&b| b == b'=' || b.is_ascii_alphanumeric()) {
        return 0;
    }
    decoded.push_str(text);
    short.len()
}

/// `name` is what stands between `&` and `;`.
fn push_named(name: &str, decoded: &mut String) -> bool {
    match named(name) {
        Some(found) => {
            decoded.push_str(found.text);
            true
        }
        None => false,
    }
}

/// The characters that a reference's name stands for (`eacute` → `é`), or `None` for an unknown name.
pub fn named(name: &str) -> Option<NamedReference> {
    if name == "NewLine" {
        return Some(NamedReference { text: "\n", in_kramdown: false, without_semicolon: false });
    }
    if name.is_empty() || name.len() > LONGEST_NAME || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    common(name).or_else(|| ALL.get(|| in_table)?(name))
}

/// Looks a name up in the table of all names. The table is most of what this costs to load.
type Lookup = fn(&str) -> Option<NamedReference>;

static ALL: LoadedLater<Lookup> = LoadedLater::not_loaded();

/// From now on all names are known, and not the common ones alone.
pub fn know_all_names() {
    ALL.set(in_table);
}

/// A name of the common ones.
fn common(name: &str) -> Option<NamedReference> {
    COMMON.lines().find_map(|line| {
        let marks = line.strip_prefix(name)?;
        let (marks, text) = marks.split_once('=')?;
        let known = matches!(marks, "" | "!" | "?" | "!?");
        known.then(|| NamedReference { text, in_kramdown: marks.contains('!'), without_semicolon: marks.contains('?') })
    })
}

/// A name of the whole table.
fn in_table(name: &str) -> Option<NamedReference> {
    static INDEX: OnceLock<NameIndex> = OnceLock::new();
    let packed = INDEX.get_or_init(index).get(name)?;
    let text = TABLE.get(packed >> 2..)?;
    let text = text.get(..text.find('\n')?)?;
    Some(NamedReference { text, in_kramdown: packed & 1 != 0, without_semicolon: packed & 2 != 0 })
}

/// Each name with a number: four times the index of its line in the table, plus one bit for each of its two marks.
fn index() -> NameIndex {
    let mut index = NameIndex::default();
    let mut start = 0;
    for line in TABLE.split_inclusive('\n') {
        // The first `=` is the separator. The line of `equals` has a second one, its character.
        let Some((names, _)) = line.split_once('=') else { continue };
        for marked in names.split(' ') {
            let name = marked.trim_end_matches(['!', '?']);
            let marks = usize::from(marked.contains('!')) + 2 * usize::from(marked.contains('?'));
            index.insert(name, (start + names.len() + 1) << 2 | marks);
        }
        start += line.len();
    }
    index
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
    fn the_common_names_are_those_of_the_table() {
        for line in COMMON.lines() {
            let name = line.split(['!', '?', '=']).next().unwrap_or("");
            assert!(common(name).is_some(), "{line}");
            assert_eq!(common(name), in_table(name), "{line}");
        }
        let names = TABLE.lines().filter_map(|line| line.split_once('=')).flat_map(|(names, _)| names.split(' '));
        for name in names.filter(|name| name.contains('?')) {
            assert!(common(name.trim_end_matches(['!', '?'])).is_some(), "{name}");
        }
        assert_eq!((named("nbs"), named("eacut"), named("amp!")), (None, None, None));
    }

    #[test]
    fn the_table_is_that_of_the_standard() {
        use html5ever::data::NAMED_ENTITIES;
        let mut known = 0;
        for (name, &(first, second)) in NAMED_ENTITIES.entries() {
            // The oracle's table also holds the beginnings of names, which stand for nothing.
            if first == 0 {
                continue;
            }
            let (name, whole) = name.strip_suffix(';').map_or((*name, false), |name| (name, true));
            let expected: String = [first, second].into_iter().filter(|&c| c != 0).filter_map(char::from_u32).collect();
            let found = named(name).unwrap_or_else(|| panic!("{name} is unknown"));
            assert_eq!(found.text, expected, "{name}");
            assert!(whole || found.without_semicolon, "{name}");
            known += usize::from(whole);
        }
        let names = || TABLE.lines().filter_map(|line| line.split_once('=')).flat_map(|(names, _)| names.split(' '));
        assert_eq!((names().count() + 1, known), (2125, 2125));
        assert_eq!(names().filter(|name| name.contains('?')).count(), 106);
        assert_eq!(names().filter(|name| name.contains('!')).count(), 254);
        assert_eq!((named("Eacute2"), named(""), named("eacute!")), (None, None, None));
    }
}
