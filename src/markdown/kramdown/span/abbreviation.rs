//! Abbreviations in a text that are defined somewhere: `<abbr>` elements.
//!
//! ```bnf
//! abbreviation ::= a defined short form, with no word character (ASCII) before and after it
//! ```
//!
//! ```markdown
//! HTML is a language.
//!
//! *[HTML]: Hypertext Markup Language
//! ```
//!
//! ```html
//! <p><abbr title="Hypertext Markup Language">HTML</abbr> is a language.</p>
//! ```
//!
//! The longest short form counts. Nothing changes in raw HTML and in the text of images.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#abbreviations>
//! Follows: kramdown 2.4.0, `abbreviation.rb` lines 34–74.
//! In: the events of the whole body. Out: the same events with abbreviations. Neighbours:
//! `block/abbreviation_definition.rs`; `KramdownParser::parse` calls it last.

use crate::markdown::event::{ContentModel, CowStr, Event, Item, Tag, TagEnd};
use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::attribute_list::{self, Pairs};
use crate::markdown::kramdown::{char_reference, chars};
use crate::text::{Span, order};

/// The short forms by their first byte, the longest first.
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

    /// The short form at `at`.
    fn at(&self, text: &str, at: usize) -> Option<&'i str> {
        let list = self.by_byte.get(usize::from(*text.as_bytes().get(at)?))?;
        let rest = text.get(at..)?;
        list.iter()
            .copied()
            .find(|short| rest.starts_with(short) && !chars::is_word_byte(chars::byte_at(text, at + short.len())))
    }

    /// The first short form at or after `from`. The character before `from` does not count: it belongs to the last one.
    fn find(&self, text: &str, from: usize) -> Option<(usize, &'i str)> {
        let mut at = from;
        for c in text.get(from..)?.chars() {
            let before = if at == from { None } else { chars::char_before(text, at) };
            let starts = before.is_none_or(|c| !c.is_ascii() || !chars::is_word_byte(c as u8));
            if starts && let Some(short) = self.at(text, at) {
                return Some((at, short));
            }
            at += c.len_utf8();
        }
        None
    }
}

impl<'a> KramdownParser<'a> {
    /// Marks the abbreviations in the text of `items`.
    pub(in crate::markdown::kramdown) fn replace_abbreviations(&self, items: Vec<Item<'a>>) -> Vec<Item<'a>> {
        if self.abbreviations.is_empty() {
            return items;
        }
        let index = Index::new(self.abbreviations.names());
        let mut out = Vec::with_capacity(items.len() + items.len() / 8);
        // For each open element: whether its text stays as it is. So it is in raw HTML, in code, and in images, whose
        // text becomes an attribute.
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

    /// Marks the abbreviations in texts that follow one another, and moves the result to `out`.
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
                let tag = Tag::Abbreviation(char_reference::decode_cow(found.long.clone()));
                out.push(Item { event: Event::Start(tag, attribute_list::to_event(pairs)), span });
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
