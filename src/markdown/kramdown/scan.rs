//! What the parsers ask of bytes: classes of characters, ends of lines, names, and searches that remember their answer.
//! In: a string and a byte position in it. Out: positions. Neighbours: every parser of blocks and spans.

use memchr::{memchr, memmem};

/// A word character of any script, as word boundaries (`\b`) and `\p{Word}` see it.
pub(super) use crate::text::is_word as is_word_char;

/// White space as kramdown's patterns know it (`\s`: ASCII only).
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0b' | b'\x0c' | b'\r')
}

/// What `strip` takes off: white space and NUL.
fn is_strippable(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\x0b' | '\x0c' | '\r' | '\0')
}

/// Without white space at both ends (ASCII only).
pub(super) fn strip(text: &str) -> &str {
    text.trim_matches(is_strippable)
}

/// Without white space at the end.
pub(super) fn strip_end(text: &str) -> &str {
    text.trim_end_matches(is_strippable)
}

/// Without white space at the start.
pub(super) fn strip_start(text: &str) -> &str {
    text.trim_start_matches(is_strippable)
}

/// A letter, digit or underscore of ASCII (`\w`).
pub(super) fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The character that starts at `pos`.
pub(super) fn char_at(text: &str, pos: usize) -> Option<char> {
    text.get(pos..)?.chars().next()
}

/// The character that ends at `pos`.
pub(super) fn char_before(text: &str, pos: usize) -> Option<char> {
    text.get(..pos)?.chars().next_back()
}

/// The byte at `pos`, or NUL past the end.
pub(super) fn byte_at(text: &str, pos: usize) -> u8 {
    text.as_bytes().get(pos).copied().unwrap_or(0)
}

/// The position of the line break that ends the line at `pos`, or the end of the text.
pub(super) fn line_end(text: &str, pos: usize) -> usize {
    text.as_bytes().get(pos..).and_then(|rest| memchr(b'\n', rest)).map_or(text.len(), |found| pos + found)
}

/// Where the line after the one at `pos` starts.
pub(super) fn next_line(text: &str, pos: usize) -> usize {
    (line_end(text, pos) + 1).min(text.len())
}

/// The first position at or after `pos` whose byte `wanted` does not hold for.
pub(super) fn skip_while(text: &str, pos: usize, wanted: impl Fn(u8) -> bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = pos;
    while bytes.get(at).is_some_and(|&byte| wanted(byte)) {
        at += 1;
    }
    at
}

/// Past white space of any kind.
pub(super) fn skip_space(text: &str, pos: usize) -> usize {
    skip_while(text, pos, is_space)
}

/// Past spaces and tabs.
pub(super) fn skip_blanks(text: &str, pos: usize) -> usize {
    skip_while(text, pos, |byte| byte == b' ' || byte == b'\t')
}

/// Past at most `most` spaces.
pub(super) fn skip_indent(text: &str, pos: usize, most: usize) -> usize {
    let mut at = pos;
    while at < pos + most && byte_at(text, at) == b' ' {
        at += 1;
    }
    at
}

/// Past white space up to and with a line break, where nothing else stands before it (`\s*?\n`).
pub(super) fn blank_to_line_end(text: &str, pos: usize) -> Option<usize> {
    let at = skip_while(text, pos, |byte| is_space(byte) && byte != b'\n');
    match text.as_bytes().get(at) {
        Some(b'\n') => Some(at + 1),
        None => Some(at),
        Some(_) => None,
    }
}

/// Past all blank lines at `pos`, or `None` where there is none.
pub(super) fn blank_lines(text: &str, pos: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = pos;
    let mut end = None;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'\n' {
            end = Some(at + 1);
        } else if !is_space(byte) {
            break;
        }
        at += 1;
    }
    end
}

/// Past a name of an element or attribute, with or without a prefix (`\w` of any script, `-`, `.`).
pub(super) fn name(text: &str, pos: usize) -> Option<usize> {
    let first = local_name(text, pos)?;
    if byte_at(text, first) == b':'
        && let Some(second) = local_name(text, first + 1)
    {
        return Some(second);
    }
    Some(first)
}

fn local_name(text: &str, pos: usize) -> Option<usize> {
    let mut chars = text.get(pos..)?.char_indices();
    let (_, first) = chars.next()?;
    if !(first.is_alphabetic() || first == '_') {
        return None;
    }
    for (at, c) in chars {
        if !(c.is_alphanumeric() || matches!(c, '-' | '.' | '_')) {
            return Some(pos + at);
        }
    }
    Some(text.len())
}

/// Past an identifier of kramdown's extensions: a letter, digit or underscore, then those and `-`.
pub(super) fn identifier(text: &str, pos: usize) -> Option<usize> {
    if !is_word_byte(byte_at(text, pos)) {
        return None;
    }
    Some(skip_while(text, pos + 1, |byte| is_word_byte(byte) || byte == b'-'))
}

/// The next place of something, remembered so that asking from many positions stays linear.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Next {
    from: usize,
    found: usize,
    known: bool,
    reach: usize,
}

impl Next {
    /// The first position at or after `pos` that `search` finds; `search` looks from the position it is given.
    pub fn at(&mut self, pos: usize, search: impl FnOnce(usize) -> Option<usize>) -> Option<usize> {
        if !(self.known && self.from <= pos && pos <= self.found) {
            let found = search(pos).unwrap_or(usize::MAX);
            *self = Next { from: pos, found, known: true, reach: self.reach.max(found) };
        }
        (self.found != usize::MAX).then_some(self.found)
    }

    /// How far any search has looked: up to the end of the text where one found nothing.
    pub fn reach(&self) -> usize {
        self.reach
    }

    /// Counts another look, up to `pos`, among the searches.
    pub fn touch(&mut self, pos: usize) {
        self.reach = self.reach.max(pos);
    }

    /// The first `byte` at or after `pos`.
    pub fn byte(&mut self, text: &str, pos: usize, byte: u8) -> Option<usize> {
        self.at(pos, |from| text.as_bytes().get(from..).and_then(|rest| memchr(byte, rest)).map(|found| from + found))
    }

    /// The first `needle` at or after `pos`.
    pub fn string(&mut self, text: &str, pos: usize, needle: &[u8]) -> Option<usize> {
        self.at(pos, |from| {
            text.as_bytes().get(from..).and_then(|rest| memmem::find(rest, needle)).map(|found| from + found)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_end_after_the_last_line_break() {
        assert_eq!(blank_lines("  \n\t\n  x", 0), Some(5));
        assert_eq!(blank_lines(" x\n", 0), None);
        assert_eq!(blank_to_line_end(" \t\nx", 0), Some(3));
    }

    #[test]
    fn names_may_have_a_prefix() {
        assert_eq!(name("svg:rect x", 0), Some(8));
        assert_eq!(name("élan>", 0), Some(5));
        assert_eq!(name("a: b", 0), Some(1));
        assert_eq!(name("1a", 0), None);
    }

    #[test]
    fn a_search_is_asked_once() {
        let mut next = Next::default();
        assert_eq!(next.byte("a]b]", 0, b']'), Some(1));
        assert_eq!(next.at(1, |_| None), Some(1));
        assert_eq!(next.byte("a]b]", 2, b']'), Some(3));
        assert_eq!(next.byte("a]b]", 4, b']'), None);
        assert_eq!(next.at(9, |_| Some(1)), None);
    }
}
