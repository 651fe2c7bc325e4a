//! Puts `abbr` elements where text holds an abbreviation that is defined somewhere.
//! In: the events of a document. Out: the same with abbreviations. Neighbours: `abbreviation_definition.rs`, `emit.rs`.
//! Rules: kramdown's syntax page, "Abbreviations"; its `replace_abbreviations`: after a character that is no ASCII
//! letter, digit or underscore or at the start of a line or text, and not before one; the longest first; nowhere in raw
//! HTML.

use super::Parser;
use super::attributes::{self, Pairs};
use super::scan;
use crate::markdown::event::{ContentModel, CowStr, Event, Item, Tag, TagEnd};
use crate::text::{Span, order};

/// The abbreviations, by their first byte, the longest first.
struct Index<'i> {
    by_byte: Vec<Vec<&'i str>>,
}

impl<'i> Index<'i> {
    fn new(shorts: impl Iterator<Item = &'i str>) -> Self {
        let mut by_byte = vec![Vec::new(); 256];
        for short in shorts {
            if let Some(&first) = short.as_bytes().first()
                && let Some(list) = by_byte.get_mut(usize::from(first))
            {
                list.push(short);
            }
        }
        for list in &mut by_byte {
            order::sort_by_key(list, |short| !(short.len() as u128));
        }
        Self { by_byte }
    }

    /// The abbreviation at `at`.
    fn at(&self, text: &str, at: usize) -> Option<&'i str> {
        let list = self.by_byte.get(usize::from(*text.as_bytes().get(at)?))?;
        let rest = text.get(at..)?;
        list.iter()
            .copied()
            .find(|short| rest.starts_with(short) && !scan::is_word_byte(scan::byte_at(text, at + short.len())))
    }

    /// The first abbreviation at or after `from`, where the scan stands.
    fn find(&self, text: &str, from: usize) -> Option<(usize, &'i str)> {
        let mut at = from;
        for c in text.get(from..)?.chars() {
            let before = if at == from { None } else { scan::char_before(text, at) };
            let starts = before.is_none_or(|c| !c.is_ascii() || !scan::is_word_byte(c as u8));
            if starts && let Some(short) = self.at(text, at) {
                return Some((at, short));
            }
            at += c.len_utf8();
        }
        None
    }
}

impl<'a> Parser<'a> {
    /// Replaces the abbreviations in `items`.
    pub(super) fn replace_abbreviations(&self, items: Vec<Item<'a>>) -> Vec<Item<'a>> {
        if self.abbreviations.is_empty() {
            return items;
        }
        let index = Index::new(self.abbreviations.names());
        let mut out = Vec::with_capacity(items.len() + items.len() / 8);
        // Whether each open element is raw HTML, or an image, whose text is an attribute.
        let mut untouched: Vec<bool> = Vec::new();
        let mut run: Vec<Item<'a>> = Vec::new();
        for item in items {
            if let Event::Text(_) = item.event
                && !untouched.last().copied().unwrap_or(false)
            {
                run.push(item);
                continue;
            }
            self.replace_in(&index, &mut run, &mut out);
            match &item.event {
                Event::Start(Tag::Element { content, .. }, _) => {
                    untouched.push(matches!(content, ContentModel::Raw | ContentModel::Unclosed))
                }
                Event::Start(Tag::Image { .. } | Tag::CodeBlock(_), _) => untouched.push(true),
                Event::Start(..) => untouched.push(false),
                Event::End(_) => {
                    untouched.pop();
                }
                _ => {}
            }
            out.push(item);
        }
        self.replace_in(&index, &mut run, &mut out);
        out
    }

    /// Replaces the abbreviations in neighbouring texts.
    fn replace_in(&self, index: &Index<'_>, run: &mut Vec<Item<'a>>, out: &mut Vec<Item<'a>>) {
        for item in run.drain(..) {
            let Event::Text(text) = &item.event else { continue };
            let mut from = 0;
            let same_length = item.span.len() == text.len();
            let part = |start: usize, end: usize| {
                let text = match text {
                    CowStr::Borrowed(text) => CowStr::Borrowed(text.get(start..end).unwrap_or("")),
                    other => CowStr::from(other.get(start..end).unwrap_or("").to_owned()),
                };
                let span =
                    if same_length { Span::new(item.span.start + start, item.span.start + end) } else { item.span };
                (text, span)
            };
            while let Some((at, short)) = index.find(text, from) {
                if at > from {
                    let (text, span) = part(from, at);
                    out.push(Item { event: Event::Text(text), span });
                }
                let (text, span) = part(at, at + short.len());
                let Some(found) = self.abbreviations.get(short) else { break };
                let mut pairs: Pairs<'a> = Vec::new();
                if let Some(list) = self.nodes.get(found.node).and_then(|node| node.ial.as_deref()) {
                    self.apply(&mut pairs, list);
                }
                let tag = Tag::Abbreviation(super::link::decoded(found.long.clone()));
                out.push(Item { event: Event::Start(tag, attributes::attributes(pairs)), span });
                out.push(Item { event: Event::Text(text), span });
                out.push(Item { event: Event::End(TagEnd), span });
                from = at + short.len();
            }
            if from == 0 {
                out.push(item);
            } else if from < text.len() {
                let (text, span) = part(from, text.len());
                out.push(Item { event: Event::Text(text), span });
            }
        }
    }
}
