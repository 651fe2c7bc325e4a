//! `&name;` and `&#number;`: the characters that kramdown knows, and those that the browser knows.
//! Rules: kramdown's `html_entity.rb` and its list of names (those of HTML 4 and a few more). In Markdown an unknown name
//! is text; in attributes and raw HTML the reference is left to the browser, which knows more of them.

use std::borrow::Cow;

use super::scan;
use super::span::Spans;
use crate::markdown::event::CowStr;
use crate::markdown::raw_html;

/// A reference as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reference<'t> {
    Named(&'t str),
    Number(&'t str, u32),
}

/// The reference at `pos`, and where it ends.
fn reference(text: &str, pos: usize) -> Option<(Reference<'_>, usize)> {
    let start = pos + 1;
    if scan::byte_at(text, start) == b'#' {
        let hexadecimal = scan::byte_at(text, start + 1) == b'x';
        let from = start + 1 + usize::from(hexadecimal);
        let radix = if hexadecimal { 16 } else { 10 };
        let end = scan::skip_while(text, from, |byte| char::from(byte).is_digit(radix));
        let digits = text.get(from..end)?;
        return (end > from && scan::byte_at(text, end) == b';').then_some((Reference::Number(digits, radix), end + 1));
    }
    let first = scan::byte_at(text, start);
    if !(scan::is_word_byte(first) || first == b':') {
        return None;
    }
    let end = scan::skip_while(text, start, |b| scan::is_word_byte(b) || matches!(b, b'-' | b'.' | b':'));
    let name = text.get(start..end)?;
    (scan::byte_at(text, end) == b';').then_some((Reference::Named(name), end + 1))
}

/// The character that kramdown knows under that name. Two pairs are not the standard's.
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
pub(super) enum Piece<'t> {
    /// Bytes of the text as they are.
    Text(usize, usize),
    /// What a reference stands for.
    Char(CowStr<'t>),
}

/// Hands out `text` in pieces, with references as the characters that a browser makes of them.
pub(super) fn decode_into<'t>(text: &str, mut take: impl FnMut(Piece<'t>)) {
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('&')) {
        at += found;
        let Some((_, end)) = reference(text, at) else {
            at += 1;
            continue;
        };
        if at > from {
            take(Piece::Text(from, at));
        }
        let decoded = raw_html::decode(text.get(at..end).unwrap_or(""), false);
        take(Piece::Char(CowStr::from(decoded.into_owned())));
        from = end;
        at = end;
    }
    if from < text.len() {
        take(Piece::Text(from, text.len()));
    }
}

/// `text` with references as the characters that a browser makes of them.
pub(super) fn decode_references(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut changed = false;
    decode_into(text, |piece| match piece {
        Piece::Text(start, end) => decoded.push_str(text.get(start..end).unwrap_or("")),
        Piece::Char(c) => {
            changed = true;
            decoded.push_str(&c);
        }
    });
    if changed { Cow::Owned(decoded) } else { Cow::Borrowed(text) }
}

/// `text` as kramdown writes text: references stay, other markup is escaped.
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

impl Spans<'_, '_, '_> {
    /// Takes a reference to a character.
    pub(super) fn parse_entity(&mut self) -> bool {
        let start = self.pos;
        let Some((found, end)) = reference(self.text, start) else { return false };
        let symbol = match found {
            Reference::Named(name) => match named(name) {
                Some(c) => CowStr::from(c),
                None => {
                    self.push_symbol(CowStr::Borrowed("&"), start, start + 1);
                    self.push_text(start + 1, end);
                    self.pos = end;
                    return true;
                }
            },
            // Numbers that are no characters are left to the browser, as are those of windows-1252.
            Reference::Number(digits, radix) => {
                match u32::from_str_radix(digits, radix).ok().and_then(char::from_u32) {
                    Some(c) if !('\u{80}'..='\u{9f}').contains(&c) && c != '\0' => CowStr::from(c),
                    _ => {
                        let decoded = raw_html::decode(self.text.get(start..end).unwrap_or(""), false);
                        CowStr::from(decoded.into_owned())
                    }
                }
            }
        };
        self.push_symbol(symbol, start, end);
        self.pos = end;
        true
    }
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
