//! Character references, `&name;` and `&#number;`: how they are read, decoded and escaped.
//! In: a text. Out: the references in it, or the text without them. Neighbours: `span/entity.rs` for references in
//! Markdown; `attribute_list.rs`, `events.rs` and the HTML parsers for those in attributes and raw HTML.
//! Rules: kramdown 2.4.0, `HTML_ENTITY_RE` in `parser/html.rb` line 35, and its table of names (those of HTML 4 and a
//! few more). A browser knows more names, so that references outside of Markdown text are decoded by the browser's
//! rules.

use std::borrow::Cow;

use crate::markdown::event::CowStr;
use crate::markdown::kramdown::chars;
use crate::markdown::raw_html;

/// A character reference as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum CharReference<'t> {
    /// `&name;`
    Named(&'t str),
    /// `&#digits;` or `&#xdigits;`: the digits and their base.
    Number(&'t str, u32),
}

/// The character reference at `pos`, and its end.
pub(super) fn reference(text: &str, pos: usize) -> Option<(CharReference<'_>, usize)> {
    let start = pos + 1;
    if chars::byte_at(text, start) == b'#' {
        let hexadecimal = chars::byte_at(text, start + 1) == b'x';
        let from = start + 1 + usize::from(hexadecimal);
        let radix = if hexadecimal { 16 } else { 10 };
        let end = chars::skip_while(text, from, |byte| char::from(byte).is_digit(radix));
        let digits = text.get(from..end)?;
        return (end > from && chars::byte_at(text, end) == b';')
            .then_some((CharReference::Number(digits, radix), end + 1));
    }
    let first = chars::byte_at(text, start);
    if !(chars::is_word_byte(first) || first == b':') {
        return None;
    }
    let end = chars::skip_while(text, start, |b| chars::is_word_byte(b) || matches!(b, b'-' | b'.' | b':'));
    let name = text.get(start..end)?;
    (chars::byte_at(text, end) == b';').then_some((CharReference::Named(name), end + 1))
}

/// The character that kramdown has for `&name;`. In two pairs its characters are swapped, unlike the standard's.
pub(super) fn named(name: &str) -> Option<char> {
    match name {
        "lang" => Some('\u{232A}'),
        "rang" => Some('\u{2329}'),
        "lceil" => Some('\u{2309}'),
        "rceil" => Some('\u{2308}'),
        _ => raw_html::named(name).filter(|found| found.in_kramdown)?.text.chars().next(),
    }
}

/// A piece of decoded text.
pub(super) enum DecodedPart<'t> {
    /// A range of the text as it is.
    Text(usize, usize),
    /// The characters of a reference.
    Char(CowStr<'t>),
}

/// Calls `take` for each piece of `text`. References are decoded as a browser decodes them.
pub(super) fn decode_into<'t>(text: &str, mut take: impl FnMut(DecodedPart<'t>)) {
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('&')) {
        at += found;
        let Some((_, end)) = reference(text, at) else {
            at += 1;
            continue;
        };
        if at > from {
            take(DecodedPart::Text(from, at));
        }
        let decoded = raw_html::decode(text.get(at..end).unwrap_or(""), false);
        take(DecodedPart::Char(CowStr::from(decoded.into_owned())));
        from = end;
        at = end;
    }
    if from < text.len() {
        take(DecodedPart::Text(from, text.len()));
    }
}

/// `text` with its references decoded, as a browser decodes them.
pub(in crate::markdown) fn decode_references(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut changed = false;
    decode_into(text, |piece| match piece {
        DecodedPart::Text(start, end) => decoded.push_str(text.get(start..end).unwrap_or("")),
        DecodedPart::Char(c) => {
            changed = true;
            decoded.push_str(&c);
        }
    });
    if changed { Cow::Owned(decoded) } else { Cow::Borrowed(text) }
}

/// The same for text that is already a `CowStr`.
pub(super) fn decode_cow(text: CowStr<'_>) -> CowStr<'_> {
    match decode_references(&text) {
        Cow::Owned(decoded) => CowStr::from(decoded),
        Cow::Borrowed(_) => text,
    }
}

/// `text` escaped as kramdown writes text: `<`, `>` and `&` are escaped, references stay.
pub(super) fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        match c {
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '&' if reference(text, at).is_none() => written.push_str("&amp;"),
            c => written.push(c),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_known() {
        assert_eq!(named("eacute"), Some('é'));
        assert_eq!(named("check"), None);
    }

    #[test]
    fn the_browser_decodes_what_is_written_with_a_semicolon() {
        assert_eq!(decode_references("a &lt; b &copy c &check; &no-such; &#233;"), "a < b &copy c ✓ &no-such; é");
        assert!(matches!(decode_references("a & b"), Cow::Borrowed(_)));
    }
}
