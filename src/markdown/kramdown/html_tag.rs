//! Tags of HTML as kramdown's patterns see them, and what it knows about elements.
//! In: a string and a position. Out: names, attributes, ends. Neighbours: `html_block.rs`, `html_span.rs`.
//! Rules: `HTML_TAG_RE` and its neighbours in kramdown's `parser/html.rb`.

use super::scan::{self, Next};
use crate::markdown::event::ContentModel;

/// A start tag: byte ranges into the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct StartTag {
    /// The name.
    pub name: (usize, usize),
    /// Everything between the name and the end of the tag.
    pub attributes: (usize, usize),
    /// Whether it ends in `/>`.
    pub closed: bool,
    /// Past the `>`.
    pub end: usize,
}

/// The start tag at `pos`. `quotes` remember where the next `"` and `'` are.
pub(super) fn start_tag(text: &str, pos: usize, quotes: &mut [Next; 2]) -> Option<StartTag> {
    let name_end = scan::name(text, pos + 1)?;
    let mut at = name_end;
    while let Some((_, _, end)) = attribute(text, at, quotes) {
        at = end;
    }
    let attributes_end = at;
    at = scan::skip_space(text, at);
    let closed = scan::byte_at(text, at) == b'/';
    at += usize::from(closed);
    quotes[0].touch(at);
    (scan::byte_at(text, at) == b'>').then_some(StartTag {
        name: (pos + 1, name_end),
        attributes: (name_end, attributes_end),
        closed,
        end: at + 1,
    })
}

/// The bounds of an attribute's name, of its value, and where it ends.
type Attribute = ((usize, usize), Option<(usize, usize)>, usize);

/// The attribute after white space at `pos`.
fn attribute(text: &str, pos: usize, quotes: &mut [Next; 2]) -> Option<Attribute> {
    let start = scan::skip_space(text, pos);
    if start == pos {
        return None;
    }
    let name_end = scan::name(text, start)?;
    let equals = scan::skip_space(text, name_end);
    if scan::byte_at(text, equals) == b'=' {
        let value = scan::skip_space(text, equals + 1);
        let quote = scan::byte_at(text, value);
        if quote == b'"' || quote == b'\'' {
            let [double, single] = quotes;
            let next = if quote == b'"' { double } else { single };
            if let Some(close) = next.byte(text, value + 1, quote) {
                return Some(((start, name_end), Some((value + 1, close)), close + 1));
            }
        } else {
            let rest = text.get(value..).unwrap_or("");
            let word = rest.find(|c| !scan::is_word_char(c)).unwrap_or(rest.len());
            if word > 0 {
                return Some(((start, name_end), Some((value, value + word)), value + word));
            }
        }
    }
    Some(((start, name_end), None, name_end))
}

/// Hands out the attributes in `range`: bounds of the name and of the value.
pub(super) fn each_attribute(
    text: &str,
    range: (usize, usize),
    mut take: impl FnMut((usize, usize), Option<(usize, usize)>),
) {
    let mut quotes = [Next::default(); 2];
    let Some(text) = text.get(..range.1) else { return };
    let mut at = range.0;
    while let Some((name, value, end)) = attribute(text, at, &mut quotes) {
        take(name, value);
        at = end;
    }
}

/// The end tag at `pos`: the bounds of its name, and where it ends.
pub(super) fn end_tag(text: &str, pos: usize) -> Option<((usize, usize), usize)> {
    if scan::byte_at(text, pos + 1) != b'/' {
        return None;
    }
    let name_end = scan::name(text, pos + 2)?;
    let at = scan::skip_space(text, name_end);
    (scan::byte_at(text, at) == b'>').then_some(((pos + 2, name_end), at + 1))
}

/// Whether what the `<` at `pos` opens or closes is a block that ends a paragraph.
pub(super) fn ends_paragraph(text: &str, pos: usize) -> bool {
    let closing = scan::byte_at(text, pos + 1) == b'/';
    let start = pos + 1 + usize::from(closing);
    let rest = text.get(start..).unwrap_or("");
    let word = rest.find(|c| !scan::is_word_char(c)).unwrap_or(rest.len());
    let word = rest.get(..word).unwrap_or("");
    if word == "script" || is_span(word) {
        return false;
    }
    if closing { end_tag(text, pos).is_some() } else { scan::name(text, start).is_some() }
}

/// Elements that stand within text.
pub(super) fn is_span(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "big"
            | "bdo"
            | "br"
            | "button"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "option"
            | "q"
            | "rb"
            | "rbc"
            | "rp"
            | "rt"
            | "rtc"
            | "ruby"
            | "samp"
            | "select"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "tt"
            | "u"
            | "var"
    )
}

/// Elements that never stand within text.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "applet"
            | "body"
            | "blockquote"
            | "caption"
            | "col"
            | "colgroup"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "head"
            | "iframe"
            | "legend"
            | "menu"
            | "li"
            | "main"
            | "map"
            | "nav"
            | "ol"
            | "optgroup"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "th"
            | "thead"
            | "tfoot"
            | "tr"
            | "ul"
    )
}

/// Elements without content.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "command"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// What the content of an element is parsed as where it is parsed at all.
pub(super) fn content_model(name: &str) -> ContentModel {
    match name {
        "address" | "applet" | "article" | "aside" | "blockquote" | "body" | "dd" | "details" | "div" | "dl"
        | "fieldset" | "figure" | "figcaption" | "footer" | "form" | "header" | "hgroup" | "iframe" | "li" | "main"
        | "map" | "menu" | "nav" | "noscript" | "object" | "section" | "summary" | "td" => ContentModel::Block,
        "a" | "abbr" | "acronym" | "b" | "bdo" | "big" | "button" | "cite" | "caption" | "del" | "dfn" | "dt"
        | "em" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "i" | "ins" | "label" | "legend" | "optgroup" | "p"
        | "q" | "rb" | "rbc" | "rp" | "rt" | "rtc" | "ruby" | "select" | "small" | "span" | "strong" | "sub"
        | "sup" | "th" | "tt" => ContentModel::Span,
        _ => ContentModel::Raw,
    }
}

/// Elements whose names and attributes are not told apart by case.
pub(super) fn is_known(name: &str) -> bool {
    is_span(name)
        || is_block(name)
        || is_void(name)
        || content_model(name) != ContentModel::Raw
        || matches!(name, "script" | "style" | "math" | "option" | "textarea" | "pre" | "code" | "kbd" | "samp" | "var")
}

/// What `markdown="…"` says about the content of an element called `name`.
pub(super) fn asked_model(value: &str, name: &str) -> Option<ContentModel> {
    match value {
        "0" => Some(ContentModel::Raw),
        "1" => Some(content_model(name)),
        "span" => Some(ContentModel::Span),
        "block" => Some(ContentModel::Block),
        _ => None,
    }
}

/// Where the next end tag of `name` starts and ends, at or after `pos`; `any_case` also takes capitals.
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

/// Past the end tag of `name` at `at`.
pub(super) fn end_of(text: &str, at: usize, name: &str, any_case: bool) -> Option<usize> {
    if scan::byte_at(text, at) != b'<' || scan::byte_at(text, at + 1) != b'/' {
        return None;
    }
    let written = text.get(at + 2..at + 2 + name.len())?;
    if written != name && !(any_case && written.eq_ignore_ascii_case(name)) {
        return None;
    }
    let close = scan::skip_space(text, at + 2 + name.len());
    (scan::byte_at(text, close) == b'>').then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> Option<StartTag> {
        start_tag(text, 0, &mut [Next::default(); 2])
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
