//! Questions about the bytes of a text: character classes, ends of lines, indentation, names.
//! In: a string and a byte position in it. Out: byte positions. Neighbours: every parser of blocks and spans.

use memchr::memchr;

/// Whether a character belongs to a word in any script: `\p{Word}`, and `\b` in kramdown's patterns.
pub(super) use crate::text::is_word as is_word_char;

/// White space in kramdown's patterns: `\s`, ASCII only.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0b' | b'\x0c' | b'\r')
}

/// What Ruby's `strip` removes: ASCII white space and NUL.
fn is_strippable(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\x0b' | '\x0c' | '\r' | '\0')
}

/// `text` without ASCII white space at both ends.
pub(super) fn strip(text: &str) -> &str {
    text.trim_matches(is_strippable)
}

/// `text` without ASCII white space at its end.
pub(super) fn strip_end(text: &str) -> &str {
    text.trim_end_matches(is_strippable)
}

/// `text` without ASCII white space at its start.
pub(super) fn strip_start(text: &str) -> &str {
    text.trim_start_matches(is_strippable)
}

/// An ASCII letter, a digit or an underscore: `\w`.
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

/// The first position at or after `pos` whose byte is not `wanted`.
pub(super) fn skip_while(text: &str, pos: usize, wanted: impl Fn(u8) -> bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = pos;
    while bytes.get(at).is_some_and(|&byte| wanted(byte)) {
        at += 1;
    }
    at
}

/// The end of the white space at `pos`, line breaks included.
pub(super) fn skip_space(text: &str, pos: usize) -> usize {
    skip_while(text, pos, is_space)
}

/// The end of the spaces and tabs at `pos`.
pub(super) fn skip_blanks(text: &str, pos: usize) -> usize {
    skip_while(text, pos, |byte| byte == b' ' || byte == b'\t')
}

/// The end of the spaces at `pos`, but of at most `most` of them.
pub(super) fn skip_indent(text: &str, pos: usize, most: usize) -> usize {
    let mut at = pos;
    while at < pos + most && byte_at(text, at) == b' ' {
        at += 1;
    }
    at
}

/// The start of the next line, if only white space is left of this one: `\s*?\n`.
pub(super) fn blank_to_line_end(text: &str, pos: usize) -> Option<usize> {
    let at = skip_while(text, pos, |byte| is_space(byte) && byte != b'\n');
    match text.as_bytes().get(at) {
        Some(b'\n') => Some(at + 1),
        None => Some(at),
        Some(_) => None,
    }
}

/// The end of the blank lines at `pos`, or `None` if there is none.
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

/// The end of the name of an HTML element or attribute at `pos`, with or without a prefix (`svg:rect`).
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

/// The end of an identifier at `pos`: a letter, digit or underscore, then more of them or `-` (kramdown's
/// `ALD_ID_NAME`).
pub(super) fn identifier(text: &str, pos: usize) -> Option<usize> {
    if !is_word_byte(byte_at(text, pos)) {
        return None;
    }
    Some(skip_while(text, pos + 1, |byte| is_word_byte(byte) || byte == b'-'))
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
}
