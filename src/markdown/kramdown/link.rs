//! Links and images: `[text](address "title")`, `[text][id]`, `[id]`, and the same after `!`.
//! Rules: kramdown's syntax page, "Links and Images"; its `link.rb`. Addresses may hold spaces and balanced
//! parentheses; an image's text is its source without escapes.

use super::attributes::{self, Pairs};
use super::entity;
use super::escaped_char::is_escapable;
use super::link_definition::normalize;
use super::scan;
use super::span::{Asked, FrameKind, Last, Mark, Spans, Stop};
use super::text::{Text, TextBuilder};
use crate::markdown::event::{CowStr, Event, Item, Tag};

/// How deep images may stand in images.
const MAX_NESTED: usize = 32;

/// Where a link leads: address, title, and the attribute list of its definition.
struct Target<'a> {
    url: CowStr<'a>,
    title: Option<CowStr<'a>>,
    pairs: Pairs<'a>,
}

impl<'a> Spans<'_, 'a, '_> {
    /// Takes a link or an image, or its bracket as text.
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

    fn try_link(&mut self, start: usize, inner: usize, image: bool) -> bool {
        let nested = self.within(FrameKind::Link) || self.within(FrameKind::Image);
        if (nested && !image) || self.frames.len() > MAX_NESTED || !self.has_fuel() {
            return false;
        }
        if self.next.bracket.byte(self.text, inner, b']').is_none() {
            return false;
        }
        let mark = self.mark();
        let kind = if image { FrameKind::Image } else { FrameKind::Link };
        let nothing = Tag::Link { url: CowStr::Borrowed(""), title: CowStr::Borrowed("") };
        let index = self.open(kind, Event::Start(nothing, None), start);
        self.pos = inner;
        if !self.parse_spans(Stop::Bracket, Asked::All) {
            self.reset(&mark);
            return false;
        }
        let close = self.pos;
        self.pos = self.past_bracket(close);
        let label = self.origin.part(inner, close);
        let target = self.target(&label);
        let Some(target) = target else {
            self.reset(&mark);
            return false;
        };
        self.finish_link(&mark, index, image, label, target);
        true
    }

    /// Past what ends the text of a link: `]`, but also `[` and `![` where images among it were counted.
    fn past_bracket(&self, at: usize) -> usize {
        at + if self.byte(at) == b'!' { 2 } else { 1 }
    }

    fn finish_link(&mut self, mark: &Mark, index: usize, image: bool, label: Text, target: Target<'a>) {
        let Target { url, title, pairs } = target;
        let title_text = title.clone().unwrap_or(CowStr::Borrowed(""));
        let url = decoded(url);
        let (url, title_text) = (url, decoded(title_text));
        if image {
            // What was parsed in the image's text is dropped: the text is taken as it is written.
            self.drop_children(index);
            let body = self.parser.body;
            let alt = unescaped(body, &label);
            let alt_text = alt.str(body);
            let alt_event = match entity::decode_references(alt_text) {
                std::borrow::Cow::Borrowed(_) => alt.cow(body, 0, alt.len()),
                std::borrow::Cow::Owned(text) => CowStr::from(text),
            };
            let span = label.span(0, label.len());
            self.set_start(index, Tag::Image { url: url.clone(), title: title_text.clone() });
            let attributes = (!pairs.is_empty())
                .then(|| ordered(pairs, &[("src", Some(url)), ("alt", Some(alt_event.clone())), ("title", title)]));
            self.out.push(Item { event: Event::Text(alt_event), span });
            self.set_attributes(index, attributes);
        } else {
            self.set_start(index, Tag::Link { url: url.clone(), title: title_text });
            let attributes = (!pairs.is_empty()).then(|| ordered(pairs, &[("href", Some(url)), ("title", title)]));
            self.set_attributes(index, attributes);
        }
        let _ = mark;
        self.close(index, self.pos);
        if image && let Some(frame) = self.frames.last_mut() {
            frame.images += 1;
        }
    }

    fn set_start(&mut self, index: usize, tag: Tag<'a>) {
        if let Some(Item { event: Event::Start(old, _), .. }) = self.out.get_mut(index) {
            *old = tag;
        }
    }

    fn set_attributes(&mut self, index: usize, pairs: Option<Pairs<'a>>) {
        if let (Some(pairs), Some(Item { event: Event::Start(_, old), .. })) = (pairs, self.out.get_mut(index)) {
            *old = attributes::attributes(pairs);
        }
    }

    /// Drops what was found since the start event at `index`.
    fn drop_children(&mut self, index: usize) {
        self.flush();
        self.out.truncate(index + 1);
        self.set_last(Last::None);
    }

    /// What follows the text of a link: where it leads, if it leads anywhere.
    fn target(&mut self, label: &Text) -> Option<Target<'a>> {
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
                return Some(Target { url, title: None, pairs: Vec::new() });
            }
            let title = self.title()?;
            return Some(Target { url, title: Some(title), pairs: Vec::new() });
        }
        self.address()
    }

    /// `[id]` or `[]`, after white space or not.
    fn reference(&mut self) -> Option<(Option<(usize, usize)>, usize)> {
        let open = scan::skip_space(self.text, self.pos);
        if self.byte(open) != b'[' {
            return None;
        }
        let close = self.next.bracket.byte(self.text, open + 1, b']')?;
        let id = (close > open + 1).then_some((open + 1, close));
        Some((id, close + 1))
    }

    /// Where the definition called `id`, or like the link's text, leads.
    fn defined(&mut self, label: &Text, id: Option<(usize, usize)>) -> Option<Target<'a>> {
        if self.parser.link_definitions.is_empty() {
            return None;
        }
        let body = self.parser.body;
        let key = match id {
            Some((start, end)) => normalize(self.text.get(start..end).unwrap_or("")),
            None => {
                let label = unescaped(body, label);
                normalize(label.str(body))
            }
        };
        let definition = self.parser.link_definitions.get(&key)?;
        let mut pairs = Vec::new();
        if let Some(list) = self.parser.nodes.get(definition.node).and_then(|node| node.ial.as_deref()) {
            self.parser.apply(&mut pairs, list);
        }
        Some(Target { url: definition.url.clone(), title: definition.title.clone(), pairs })
    }

    /// An address in parentheses, with or without a title.
    fn address(&mut self) -> Option<Target<'a>> {
        let start = self.pos;
        let bytes = self.text.as_bytes();
        let mut depth = 0usize;
        let mut at = start;
        loop {
            // What is read in vain here is paid for when the link is given up.
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
                        return Some(Target { url, title: None, pairs: Vec::new() });
                    }
                }
                _ if scan::is_space(byte) && matches!(self.byte(at), b'"' | b'\'') => {
                    self.pos = at;
                    let url = self.stripped(start + 1, at - 1);
                    let title = self.title()?;
                    return Some(Target { url, title: Some(title), pairs: Vec::new() });
                }
                _ => {}
            }
        }
    }

    /// `start..end` without white space at its ends.
    fn stripped(&self, start: usize, end: usize) -> CowStr<'a> {
        let text = self.text.get(start..end).unwrap_or("");
        let from = end - scan::strip_start(text).len();
        self.cow(from.min(end), from + scan::strip(text).len())
    }

    /// A title between quotes, and the parenthesis after it.
    fn title(&mut self) -> Option<CowStr<'a>> {
        let text = self.text;
        let open = scan::skip_space(text, self.pos);
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
                if scan::byte_at(text, scan::skip_space(text, at + 1)) == b')' {
                    return Some(at);
                }
                at += 1;
            }
        })?;
        let title = self.cow(open + 1, close);
        self.pos = scan::skip_space(text, close + 1) + 1;
        Some(title)
    }
}

/// The text of a link without the backslashes of escapes.
fn unescaped(body: &str, label: &Text) -> Text {
    let text = label.str(body);
    if !text.contains('\\') {
        return label.clone();
    }
    let mut plain = TextBuilder::new(body);
    let mut from = 0;
    let mut at = 0;
    while at < text.len() {
        let escaped = scan::byte_at(text, at + 1);
        if scan::byte_at(text, at) == b'\\' && is_escapable(escaped) && escaped != b'~' {
            plain.push(label, from, at);
            from = at + 1;
            at += 1;
        }
        at += 1;
    }
    plain.push(label, from, text.len());
    plain.finish()
}

/// With references to characters as characters.
pub(super) fn decoded(text: CowStr<'_>) -> CowStr<'_> {
    if text.contains('&')
        && let std::borrow::Cow::Owned(decoded) = entity::decode_references(&text)
    {
        return CowStr::from(decoded);
    }
    text
}

/// The pairs of a definition with those of the link after them.
fn ordered<'a>(mut pairs: Pairs<'a>, own: &[(&'static str, Option<CowStr<'a>>)]) -> Pairs<'a> {
    for (name, value) in own {
        if let Some(value) = value {
            attributes::set(&mut pairs, CowStr::Borrowed(name), value.clone());
        }
    }
    pairs
}
