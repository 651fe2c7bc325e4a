//! `{::comment}`, `{::nomarkdown}` and `{::options /}`, between blocks and within text.
//! Rules: kramdown's syntax page, "Extensions"; its `parse_extension_start_tag` and `handle_extension`.

use super::Parser;
use super::attributes::AttributeList;
use super::block::Scanner;
use super::scan::{self, Next};
use super::text::Text;
use super::tree::{Eob, Kind, Node, NodeId};
use crate::markdown::event::CowStr;

/// A start tag of an extension: byte ranges into the text.
pub(super) struct ExtensionTag {
    /// Its name.
    pub name: (usize, usize),
    /// Its attributes.
    pub attributes: (usize, usize),
    /// Whether it has no content.
    pub closed: bool,
    /// Past the `}`.
    pub end: usize,
}

/// The start tag of an extension at `at`.
pub(super) fn start_tag(text: &str, at: usize, braces: &mut Next) -> Option<ExtensionTag> {
    if !text.get(at..)?.starts_with("{::") {
        return None;
    }
    let name_end = scan::skip_while(text, at + 3, scan::is_word_byte);
    if name_end == at + 3 {
        return None;
    }
    let mut attributes = (name_end, name_end);
    let mut close = name_end;
    if scan::is_space(scan::byte_at(text, name_end)) {
        let mut from = name_end + 1;
        loop {
            close = braces.byte(text, from, b'}')?;
            if scan::byte_at(text, close - 1) != b'\\' || close == name_end + 1 || close - from > 4096 {
                break;
            }
            from = close + 1;
        }
        let closed = close > name_end + 1 && scan::byte_at(text, close - 1) == b'/';
        attributes = (name_end + 1, close - usize::from(closed));
        return Some(ExtensionTag { name: (at + 3, name_end), attributes, closed, end: close + 1 });
    }
    let closed = scan::byte_at(text, close) == b'/';
    close += usize::from(closed);
    (scan::byte_at(text, close) == b'}').then_some(ExtensionTag {
        name: (at + 3, name_end),
        attributes,
        closed,
        end: close + 1,
    })
}

/// Past the stop tag of an extension at `at`, with the name it bears.
pub(super) fn stop_tag(text: &str, at: usize) -> Option<(Option<&str>, usize)> {
    if !text.get(at..)?.starts_with("{:/") {
        return None;
    }
    let end = scan::identifier(text, at + 3).unwrap_or(at + 3);
    let name = (end > at + 3).then(|| text.get(at + 3..end)).flatten();
    (scan::byte_at(text, end) == b'}').then_some((name, end + 1))
}

/// The stop tag of `name` at or after `pos`, on lines of its own where `block`: where it starts and ends.
pub(super) fn find_stop(text: &str, pos: usize, name: &str, block: bool) -> Option<(usize, usize)> {
    let mut from = pos;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find("{:/")) {
        let at = from + found;
        from = at + 3;
        let Some((named, end)) = stop_tag(text, at) else { continue };
        if named.is_some_and(|named| named != name) {
            continue;
        }
        if !block {
            return Some((at, end));
        }
        let line = at - text.get(..at).unwrap_or("").bytes().rev().take(3).take_while(|&byte| byte == b' ').count();
        let starts_line = line == pos || line == 0 || scan::byte_at(text, line - 1) == b'\n';
        if starts_line && let Some(end) = scan::blank_to_line_end(text, end) {
            return Some((line, end));
        }
    }
    None
}

/// What an extension amounts to.
pub(super) enum Extension<'a> {
    /// A comment.
    Comment(CowStr<'a>),
    /// Text that is written out as it is.
    Verbatim(CowStr<'a>),
    /// Nothing to be seen.
    Nothing,
}

impl<'a> Parser<'a> {
    /// Does what the extension asks for; `None` if there is none of that name. `content` are the bounds of what stands
    /// between its tags.
    pub(super) fn handle_extension(
        &mut self,
        text: &Text,
        tag: &ExtensionTag,
        content: Option<(usize, usize)>,
    ) -> Option<Extension<'a>> {
        let body = self.body;
        let name = text.cow(body, tag.name.0, tag.name.1);
        let mut list = AttributeList::default();
        self.read_attributes(text, tag.attributes.0, tag.attributes.1, &mut list);
        let inner = content.map(|(start, end)| text.cow(body, start, end));
        match &*name {
            "comment" => Some(inner.map_or(Extension::Nothing, |inner| {
                let mut padded = String::with_capacity(inner.len() + 2);
                padded.push(' ');
                padded.push_str(&inner);
                padded.push(' ');
                Extension::Comment(CowStr::from(padded))
            })),
            "nomarkdown" => {
                let kind = list.pairs.iter().find(|(name, _)| &**name == "type").map(|(_, value)| value);
                let shown = kind.is_none_or(|kind| kind.is_empty() || kind.split_whitespace().any(|k| k == "html"));
                Some(inner.filter(|_| shown).map_or(Extension::Nothing, Extension::Verbatim))
            }
            "options" => {
                for (name, value) in &list.pairs {
                    self.options.set(name, value);
                }
                Some(Extension::Nothing)
            }
            _ => None,
        }
    }

    /// Takes an extension at `at`; `None` if none stands there, `Some(false)` if one does that cannot be taken.
    pub(super) fn parse_extension_block(&mut self, scanner: &mut Scanner<'_>, tree: NodeId, at: usize) -> Option<bool> {
        let (text, start) = (scanner.text, scanner.pos);
        if let Some((_, end)) = stop_tag(text, at) {
            scan::blank_to_line_end(text, end)?;
            return Some(false);
        }
        let tag = start_tag(text, at, &mut scanner.braces)?;
        let after = scan::blank_to_line_end(text, tag.end)?;
        let name = text.get(tag.name.0..tag.name.1)?;
        let mut content = None;
        let mut end = after;
        if !tag.closed {
            let Some((close, stop_end)) = self.unstopped(name, after, |pos| find_stop(text, pos, name, true)) else {
                return Some(false);
            };
            // The line break before the stop tag belongs to neither.
            let inner_end = if close > after { close - 1 } else { close };
            content = Some((after, inner_end));
            end = stop_end;
        }
        let Some(extension) = self.handle_extension(scanner.origin, &tag, content) else { return Some(false) };
        scanner.pos = end;
        let span = scanner.origin.span(start, end);
        match extension {
            Extension::Comment(comment) => {
                self.push(tree, Node::new(Kind::Comment(comment), span));
            }
            Extension::Verbatim(verbatim) => {
                self.push(tree, Node::new(Kind::Verbatim(verbatim), span));
            }
            Extension::Nothing if name == "options" => {
                self.push_new(tree, Node::new(Kind::Eob(Eob::Extension), span));
            }
            Extension::Nothing => {}
        }
        Some(true)
    }

    /// Searches for a stop tag, unless too many searches have found none.
    pub(super) fn unstopped(
        &mut self,
        _name: &str,
        pos: usize,
        search: impl FnOnce(usize) -> Option<(usize, usize)>,
    ) -> Option<(usize, usize)> {
        // Each failed search reads to the end of the text; a text with more than a few of them is not worth it.
        const MOST_FAILED: usize = 64;
        if self.failed_stops >= MOST_FAILED {
            return None;
        }
        let found = search(pos);
        if found.is_none() {
            self.failed_stops += 1;
        }
        found
    }
}
