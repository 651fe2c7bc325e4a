//! The tags of extensions, and what `comment`, `nomarkdown` and `options` do.
//! In: a text and a position. Out: tags, and the result of an extension. Neighbours: `block/extension_block.rs` and
//! `span/extension_span.rs` parse an extension with them.
//! Rules: kramdown 2.4.0, `extensions.rb` lines 54–94 (`parse_extension_start_tag`), 96–137 (`handle_extension`) and
//! 152–155 (the patterns).

use crate::markdown::event::CowStr;
use crate::markdown::kramdown::attribute_list::AttributeList;
use crate::markdown::kramdown::next_match::NextMatch;
use crate::markdown::kramdown::source_text::SourceText;
use crate::markdown::kramdown::{KramdownParser, chars};

/// The start tag of an extension. All positions are bytes of the text.
pub(super) struct ExtensionTag {
    /// The name.
    pub name: (usize, usize),
    /// The attributes.
    pub attributes: (usize, usize),
    /// Whether the tag ends in `/}`: the extension has no content.
    pub closed: bool,
    /// The end of the tag.
    pub end: usize,
}

/// The start tag of an extension at `at`.
pub(super) fn start_tag(text: &str, at: usize, braces: &mut NextMatch) -> Option<ExtensionTag> {
    if !text.get(at..)?.starts_with("{::") {
        return None;
    }
    let name_end = chars::skip_while(text, at + 3, chars::is_word_byte);
    if name_end == at + 3 {
        return None;
    }
    let mut attributes = (name_end, name_end);
    let mut close = name_end;
    if chars::is_space(chars::byte_at(text, name_end)) {
        let mut from = name_end + 1;
        loop {
            close = braces.byte(text, from, b'}')?;
            if chars::byte_at(text, close - 1) != b'\\' || close == name_end + 1 || close - from > 4096 {
                break;
            }
            from = close + 1;
        }
        let closed = close > name_end + 1 && chars::byte_at(text, close - 1) == b'/';
        attributes = (name_end + 1, close - usize::from(closed));
        return Some(ExtensionTag { name: (at + 3, name_end), attributes, closed, end: close + 1 });
    }
    let closed = chars::byte_at(text, close) == b'/';
    close += usize::from(closed);
    (chars::byte_at(text, close) == b'}').then_some(ExtensionTag {
        name: (at + 3, name_end),
        attributes,
        closed,
        end: close + 1,
    })
}

/// The stop tag at `at`: the name in it, if there is one, and its end.
pub(super) fn stop_tag(text: &str, at: usize) -> Option<(Option<&str>, usize)> {
    if !text.get(at..)?.starts_with("{:/") {
        return None;
    }
    let end = chars::identifier(text, at + 3).unwrap_or(at + 3);
    let name = (end > at + 3).then(|| text.get(at + 3..end)).flatten();
    (chars::byte_at(text, end) == b'}').then_some((name, end + 1))
}

/// The start and end of the first stop tag of `name` at or after `pos`. With `block` it has to be alone on its line.
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
        let starts_line = line == pos || line == 0 || chars::byte_at(text, line - 1) == b'\n';
        if starts_line && let Some(end) = chars::blank_to_line_end(text, end) {
            return Some((line, end));
        }
    }
    None
}

/// What an extension gives.
pub(super) enum Extension<'a> {
    /// A comment.
    Comment(CowStr<'a>),
    /// Text that is written as it is.
    Verbatim(CowStr<'a>),
    /// Nothing that is shown.
    Nothing,
}

impl<'a> KramdownParser<'a> {
    /// Executes an extension; `None` if kramdown has none of that name. `content` is the range between its tags.
    pub(super) fn handle_extension(
        &mut self,
        text: &SourceText,
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
                    self.options.set_inline(name, value);
                }
                Some(Extension::Nothing)
            }
            _ => None,
        }
    }

    /// Searches for a stop tag with `search`. Each search that finds none reads to the end of the text, so that after a
    /// fixed number of them no more are made.
    pub(super) fn find_stop_tag(&mut self, search: impl FnOnce() -> Option<(usize, usize)>) -> Option<(usize, usize)> {
        const MOST_FAILED: usize = 64;
        if self.failed_stops >= MOST_FAILED {
            return None;
        }
        let found = search();
        if found.is_none() {
            self.failed_stops += 1;
        }
        found
    }
}
