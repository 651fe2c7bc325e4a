//! Links and images.
//!
//! ```bnf
//! link    ::= "[" spans "]" target
//! image   ::= "![" text "]" target
//! target  ::= "(" address (space+ title)? ")" | space* "[" id? "]" | nothing, the text is the id
//! title   ::= quote text quote
//! address ::= characters with balanced parentheses, spaces too | "<" characters ">"
//! ```
//!
//! ```markdown
//! [A page](/page "Title") and ![a cat](cat.png)
//! ```
//!
//! ```html
//! <p><a href="/page" title="Title">A page</a> and <img src="cat.png" alt="a cat" /></p>
//! ```
//!
//! The text of an image is its source without escapes. A link does not stand in a link.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#links-and-images>
//! Follows: kramdown 2.4.0, `link.rb` lines 39–144.
//! In: a position in a text. Out: a link or an image, or its bracket as text. Neighbours: `block/link_definition.rs`
//! has the definitions, `mod.rs` parses the text of the link.

use crate::markdown::event::{CowStr, Event, Item, Tag};
use crate::markdown::kramdown::attribute_list::{self, Pairs};
use crate::markdown::kramdown::block::link_definition::normalize;
use crate::markdown::kramdown::char_reference::decode_cow;
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::source_text::{SourceText, SourceTextBuilder};
use crate::markdown::kramdown::span::escaped_char::is_escapable;
use crate::markdown::kramdown::span_parser::{SpanKind, SpanParser, SpanParsers, Stop};

/// How many spans may be open around an image in an image.
const MAX_NESTED: usize = 32;

/// The target of a link: address, title, and the attributes of its definition.
struct LinkTarget<'a> {
    url: CowStr<'a>,
    title: Option<CowStr<'a>>,
    pairs: Pairs<'a>,
}

impl<'a> SpanParser<'_, 'a, '_> {
    /// Takes a link or an image. A bracket that does not start one is text.
    pub(super) fn parse_link(&mut self) -> bool {
        let start = self.pos;
        let image = self.byte(start) == b'!';
        let inner = start + 1 + usize::from(image);
        if inner >= self.text.len() || self.byte(inner) == b'^' {
            return false;
        }
        if !self.try_link(start, inner, image) {
            self.push_text(start, inner);
            self.pos = inner;
        }
        true
    }

    /// Takes a link or an image whose text starts at `inner`, if it is closed and has a target.
    fn try_link(&mut self, start: usize, inner: usize, image: bool) -> bool {
        let nested = self.within(SpanKind::Link) || self.within(SpanKind::Image);
        if (nested && !image) || self.open_spans.len() > MAX_NESTED || !self.has_fuel() {
            return false;
        }
        if self.next.bracket.byte(self.text, inner, b']').is_none() {
            return false;
        }
        let state = self.checkpoint();
        let kind = if image { SpanKind::Image } else { SpanKind::Link };
        let unknown = Tag::Link { url: CowStr::Borrowed(""), title: CowStr::Borrowed("") };
        let index = self.open(kind, Event::Start(unknown, None), start);
        self.pos = inner;
        if !self.parse_spans(Stop::Bracket, SpanParsers::All) {
            self.rewind(&state);
            return false;
        }
        let close = self.pos;
        self.pos = self.after_bracket(close);
        let label = self.origin.part(inner, close);
        let Some(target) = self.target(&label) else {
            self.rewind(&state);
            return false;
        };
        if image {
            self.finish_image(index, &label, target);
        } else {
            self.finish_link(index, target);
        }
        true
    }

    /// The end of the bracket at `at`, which ends the text of a link. It may also be `[` or `![`: each image in the
    /// text adds one to the number of brackets at which kramdown stops.
    fn after_bracket(&self, at: usize) -> usize {
        at + if self.byte(at) == b'!' { 2 } else { 1 }
    }

    /// Sets the target of the link whose start event has the index `index`.
    fn finish_link(&mut self, index: usize, target: LinkTarget<'a>) {
        let LinkTarget { url, title, pairs } = target;
        let url = decode_cow(url);
        let tag = Tag::Link { url: url.clone(), title: decode_cow(title.clone().unwrap_or(CowStr::Borrowed(""))) };
        let own = [("href", Some(url)), ("title", title)];
        self.set_start(index, tag, (!pairs.is_empty()).then(|| with_own(pairs, own)));
        self.close(index, self.pos);
    }

    /// Sets the target of the image whose start event has the index `index`. Its text is `label` without escapes: the
    /// spans that were parsed in it are dropped.
    fn finish_image(&mut self, index: usize, label: &SourceText, target: LinkTarget<'a>) {
        let LinkTarget { url, title, pairs } = target;
        let url = decode_cow(url);
        let body = self.parser.body;
        let alt = without_escapes(body, label);
        let alt = decode_cow(alt.cow(body, 0, alt.len()));
        self.flush();
        self.out.truncate(index + 1);
        let tag = Tag::Image { url: url.clone(), title: decode_cow(title.clone().unwrap_or(CowStr::Borrowed(""))) };
        let own = [("src", Some(url)), ("alt", Some(alt.clone())), ("title", title)];
        self.set_start(index, tag, (!pairs.is_empty()).then(|| with_own(pairs, own)));
        self.out.push(Item { event: Event::Text(alt), span: label.span(0, label.len()) });
        self.close(index, self.pos);
        if let Some(outer) = self.open_spans.last_mut() {
            outer.images += 1;
        }
    }

    /// Replaces the start event with the index `index`.
    fn set_start(&mut self, index: usize, tag: Tag<'a>, pairs: Option<Pairs<'a>>) {
        if let Some(item) = self.out.get_mut(index) {
            item.event = Event::Start(tag, pairs.and_then(attribute_list::to_event));
        }
    }

    /// The target after the text of a link, if there is one.
    fn target(&mut self, label: &SourceText) -> Option<LinkTarget<'a>> {
        if let Some((id, end)) = self.reference() {
            self.pos = end;
            return self.defined(label, id);
        }
        if self.byte(self.pos) != b'(' {
            return self.defined(label, None);
        }
        if self.byte(self.pos + 1) == b'<'
            && let Some(close) = self.next.greater.byte(self.text, self.pos + 2, b'>')
            && self.next.line.byte(self.text, self.pos, b'\n').is_none_or(|line| close < line)
        {
            let url = self.cow(self.pos + 2, close);
            self.pos = close + 1;
            if self.byte(self.pos) == b')' {
                self.pos += 1;
                return Some(LinkTarget { url, title: None, pairs: Vec::new() });
            }
            let title = self.title()?;
            return Some(LinkTarget { url, title: Some(title), pairs: Vec::new() });
        }
        self.address()
    }

    /// The range of the id in `[id]` or `[]`, and the end of the bracket. White space may stand before it.
    fn reference(&mut self) -> Option<(Option<(usize, usize)>, usize)> {
        let open = chars::skip_space(self.text, self.pos);
        if self.byte(open) != b'[' {
            return None;
        }
        let close = self.next.bracket.byte(self.text, open + 1, b']')?;
        let id = (close > open + 1).then_some((open + 1, close));
        Some((id, close + 1))
    }

    /// The target of the definition of `id`. Without `id`, the text of the link is the id.
    fn defined(&mut self, label: &SourceText, id: Option<(usize, usize)>) -> Option<LinkTarget<'a>> {
        if self.parser.link_definitions.is_empty() {
            return None;
        }
        let body = self.parser.body;
        let key = match id {
            Some((start, end)) => normalize(self.text.get(start..end).unwrap_or("")),
            None => {
                let label = without_escapes(body, label);
                normalize(label.str(body))
            }
        };
        let definition = self.parser.link_definitions.get(&key)?;
        let mut pairs = Vec::new();
        if let Some(list) = self.parser.nodes.get(definition.node).and_then(|node| node.ial.as_deref()) {
            self.parser.apply(&mut pairs, list);
        }
        Some(LinkTarget { url: definition.url.clone(), title: definition.title.clone(), pairs })
    }

    /// An address in parentheses, with or without a title.
    fn address(&mut self) -> Option<LinkTarget<'a>> {
        let start = self.pos;
        let bytes = self.text.as_bytes();
        let mut depth = 0usize;
        let mut at = start;
        loop {
            // The position moves along, so that `rewind` takes these bytes off the fuel if there is no target.
            self.pos = at;
            let byte = *bytes.get(at)?;
            at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.pos = at;
                        let url = self.stripped(start + 1, at - 1);
                        return Some(LinkTarget { url, title: None, pairs: Vec::new() });
                    }
                }
                _ if chars::is_space(byte) && matches!(self.byte(at), b'"' | b'\'') => {
                    self.pos = at;
                    let url = self.stripped(start + 1, at - 1);
                    let title = self.title()?;
                    return Some(LinkTarget { url, title: Some(title), pairs: Vec::new() });
                }
                _ => {}
            }
        }
    }

    /// The text `start..end` without white space at its ends.
    fn stripped(&self, start: usize, end: usize) -> CowStr<'a> {
        let text = self.text.get(start..end).unwrap_or("");
        let from = end - chars::strip_start(text).len();
        self.cow(from.min(end), from + chars::strip(text).len())
    }

    /// The title between quotes at the position. The closing parenthesis after it is taken too.
    fn title(&mut self) -> Option<CowStr<'a>> {
        let text = self.text;
        let open = chars::skip_space(text, self.pos);
        let quote = self.byte(open);
        let index = match quote {
            b'"' => 0,
            b'\'' => 1,
            _ => return None,
        };
        let close = self.next.titles.get_mut(index)?.at(open + 2, |from| {
            let bytes = text.as_bytes();
            let mut at = from;
            loop {
                at += memchr::memchr(quote, bytes.get(at..)?)?;
                if chars::byte_at(text, chars::skip_space(text, at + 1)) == b')' {
                    return Some(at);
                }
                at += 1;
            }
        })?;
        let title = self.cow(open + 1, close);
        self.pos = chars::skip_space(text, close + 1) + 1;
        Some(title)
    }
}

/// The text of a link without the backslashes of escaped characters.
fn without_escapes(body: &str, label: &SourceText) -> SourceText {
    let text = label.str(body);
    if !text.contains('\\') {
        return label.clone();
    }
    let mut plain = SourceTextBuilder::new(body);
    let mut from = 0;
    let mut at = 0;
    while at < text.len() {
        let escaped = chars::byte_at(text, at + 1);
        if chars::byte_at(text, at) == b'\\' && is_escapable(escaped) && escaped != b'~' {
            plain.push(label, from, at);
            from = at + 1;
            at += 1;
        }
        at += 1;
    }
    plain.push(label, from, text.len());
    plain.finish()
}

/// The attributes of a definition, with those of the link itself after them.
fn with_own<'a, const N: usize>(mut pairs: Pairs<'a>, own: [(&'static str, Option<CowStr<'a>>); N]) -> Pairs<'a> {
    for (name, value) in own {
        if let Some(value) = value {
            attribute_list::set(&mut pairs, CowStr::Borrowed(name), value);
        }
    }
    pairs
}
