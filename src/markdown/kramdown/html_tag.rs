//! Tags of HTML as kramdown's patterns read them.
//! In: a text and a position. Out: the names, attributes and ends of tags. Neighbours: `block/html_block.rs`,
//! `span/html_span.rs`, `html_element.rs`.
//! Rules: kramdown 2.4.0, `HTML_ATTRIBUTE_RE`, `HTML_TAG_RE` and `HTML_TAG_CLOSE_RE` in `parser/html.rb` lines 32–34;
//! `LAZY_END_HTML_START` and `LAZY_END_HTML_STOP` in `paragraph.rb` lines 20–22.

use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::html_element::is_span;
use crate::markdown::kramdown::next_match::NextMatch;

/// A start tag. All positions are bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct StartTag {
    /// The name.
    pub name: (usize, usize),
    /// The attributes: everything between the name and the end of the tag.
    pub attributes: (usize, usize),
    /// Whether it ends in `/>`.
    pub closed: bool,
    /// The end of the tag.
    pub end: usize,
}

/// The start tag at `pos`. `quotes` are the next `"` and the next `'`.
pub(super) fn start_tag(text: &str, pos: usize, quotes: &mut [NextMatch; 2]) -> Option<StartTag> {
    let name_end = chars::name(text, pos + 1)?;
    let mut at = name_end;
    while let Some((_, _, end)) = attribute(text, at, quotes) {
        at = end;
    }
    let attributes_end = at;
    at = chars::skip_space(text, at);
    let closed = chars::byte_at(text, at) == b'/';
    at += usize::from(closed);
    quotes[0].touch(at);
    (chars::byte_at(text, at) == b'>').then_some(StartTag {
        name: (pos + 1, name_end),
        attributes: (name_end, attributes_end),
        closed,
        end: at + 1,
    })
}

/// The range of the name of an attribute, the range of its value, and its end.
type AttributeRanges = ((usize, usize), Option<(usize, usize)>, usize);

/// The attribute after the white space at `pos`.
fn attribute(text: &str, pos: usize, quotes: &mut [NextMatch; 2]) -> Option<AttributeRanges> {
    let start = chars::skip_space(text, pos);
    if start == pos {
        return None;
    }
    let name_end = chars::name(text, start)?;
    let equals = chars::skip_space(text, name_end);
    if chars::byte_at(text, equals) == b'=' {
        let value = chars::skip_space(text, equals + 1);
        let quote = chars::byte_at(text, value);
        if quote == b'"' || quote == b'\'' {
            let [double, single] = quotes;
            let next = if quote == b'"' { double } else { single };
            if let Some(close) = next.byte(text, value + 1, quote) {
                return Some(((start, name_end), Some((value + 1, close)), close + 1));
            }
        } else {
            let rest = text.get(value..).unwrap_or("");
            let word = rest.find(|c| !chars::is_word_char(c)).unwrap_or(rest.len());
            if word > 0 {
                return Some(((start, name_end), Some((value, value + word)), value + word));
            }
        }
    }
    Some(((start, name_end), None, name_end))
}

/// Calls `take` for each attribute in `range`, with the ranges of its name and value.
pub(super) fn each_attribute(
    text: &str,
    range: (usize, usize),
    mut take: impl FnMut((usize, usize), Option<(usize, usize)>),
) {
    let mut quotes = [NextMatch::default(); 2];
    let Some(text) = text.get(..range.1) else { return };
    let mut at = range.0;
    while let Some((name, value, end)) = attribute(text, at, &mut quotes) {
        take(name, value);
        at = end;
    }
}

/// The end tag at `pos`: the range of its name, and its end.
pub(super) fn end_tag(text: &str, pos: usize) -> Option<((usize, usize), usize)> {
    if chars::byte_at(text, pos + 1) != b'/' {
        return None;
    }
    let name_end = chars::name(text, pos + 2)?;
    let at = chars::skip_space(text, name_end);
    (chars::byte_at(text, at) == b'>').then_some(((pos + 2, name_end), at + 1))
}

/// Whether the `<` at `pos` starts a tag that ends a paragraph: that of a block element or of an unknown element.
pub(super) fn ends_paragraph(text: &str, pos: usize) -> bool {
    let closing = chars::byte_at(text, pos + 1) == b'/';
    let start = pos + 1 + usize::from(closing);
    let rest = text.get(start..).unwrap_or("");
    let word = rest.find(|c| !chars::is_word_char(c)).unwrap_or(rest.len());
    let word = rest.get(..word).unwrap_or("");
    if word == "script" || is_span(word) {
        return false;
    }
    if closing { end_tag(text, pos).is_some() } else { chars::name(text, start).is_some() }
}

/// The start and end of the first end tag of `name` at or after `pos`. With `any_case` its case does not matter.
pub(super) fn find_end_tag(text: &str, pos: usize, name: &str, any_case: bool) -> Option<(usize, usize)> {
    let mut from = pos;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find("</")) {
        let at = from + found;
        if let Some(end) = end_of(text, at, name, any_case) {
            return Some((at, end));
        }
        from = at + 2;
    }
    None
}

/// The end of the end tag of `name` at `at`.
pub(super) fn end_of(text: &str, at: usize, name: &str, any_case: bool) -> Option<usize> {
    if chars::byte_at(text, at) != b'<' || chars::byte_at(text, at + 1) != b'/' {
        return None;
    }
    let written = text.get(at + 2..at + 2 + name.len())?;
    if written != name && !(any_case && written.eq_ignore_ascii_case(name)) {
        return None;
    }
    let close = chars::skip_space(text, at + 2 + name.len());
    (chars::byte_at(text, close) == b'>').then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> Option<StartTag> {
        start_tag(text, 0, &mut [NextMatch::default(); 2])
    }

    #[test]
    fn attributes_need_space_before_and_quotes_or_one_word() {
        assert_eq!(tag("<br/>").map(|tag| tag.closed), Some(true));
        assert_eq!(tag("<a href='x y' b>").map(|tag| tag.end), Some(16));
        assert_eq!(tag("<a href=x>").map(|tag| tag.end), Some(10));
        assert_eq!(tag("<a href=http://x>"), None);
        assert_eq!(tag("<a b='c'd>"), None);
        assert_eq!(tag("<a b='c>"), None);
    }

    #[test]
    fn only_blocks_end_a_paragraph() {
        assert!(ends_paragraph("<div>", 0));
        assert!(ends_paragraph("</video>", 0));
        assert!(ends_paragraph("<A>", 0), "names are compared as written");
        assert!(!ends_paragraph("<a>", 0));
        assert!(!ends_paragraph("<a-b>", 0));
        assert!(!ends_paragraph("</div x>", 0));
        assert!(!ends_paragraph("< div>", 0));
    }
}
