//! A block's fingerprint: a 64-bit hash of everything that its tokens are made of. In: items, ids, numbers.
//! Out: a number. Neighbours: `mod.rs` renders a block only where the number is new.
//!
//! The items hold everything of the source that is shown, with link definitions and abbreviations already looked up. So
//! a hash of the items also changes when a definition elsewhere in the text changes.

use super::segment::Segment;
use crate::markdown::event::{Attributes, Event, Item, Tag};
use crate::markdown::html::Numbering;
use crate::markdown::{Dialect, Options};
use crate::text::Span;

/// A multiply-and-shift hash over 64-bit words, the same on every platform. It is not safe against an attacker: after a
/// collision, a block is shown as it was before.
#[derive(Clone, Copy)]
pub(super) struct Fingerprint(u64);

impl Fingerprint {
    /// The beginning of the fingerprints of all blocks that are written with these options.
    pub(super) fn new(options: &Options) -> Self {
        let seed = match options.dialect {
            Dialect::Jekyll => 0x243F_6A88_85A3_08D3,
            Dialect::GitHub => 0x1319_8A2E_0370_7344,
        };
        let mut print = Self(seed);
        // What the writer of HTML gets besides the items.
        // The site's options are those of all its blocks.
        print.text(&options.kramdown.set_inline);
        print
    }

    pub(super) fn finish(mut self) -> u64 {
        self.word(0xA409_3822_299F_31D0);
        self.0
    }

    fn word(&mut self, word: u64) {
        // Each step maps different states to different states, so that one changed word always changes the hash.
        let mixed = (self.0 ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn text(&mut self, text: &str) {
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        for word in words {
            self.word(u64::from_le_bytes(*word));
        }
        // The length comes after the text, so that `ab` and then `c` differs from `a` and then `bc`.
        let tail = rest.iter().rev().fold(0u64, |tail, &byte| tail << 8 | u64::from(byte));
        self.word(tail ^ (text.len() as u64) << 56);
        self.word(text.len() as u64);
    }

    fn attributes(&mut self, attributes: &Attributes<'_>) {
        for (name, value) in attributes.iter().flat_map(|all| all.iter()) {
            self.text(name);
            self.text(value);
        }
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => self.word(1),
            Tag::Heading(level) => self.word(2 | u64::from(*level) << 8),
            Tag::BlockQuote => self.word(3),
            Tag::CodeBlock(None) => self.word(4),
            Tag::CodeBlock(Some(info)) => {
                self.word(5);
                self.text(info);
            }
            Tag::HtmlBlock => self.word(6),
            Tag::List(None) => self.word(7),
            Tag::List(Some(first)) => {
                self.word(8);
                self.word(*first);
            }
            Tag::Item => self.word(9),
            Tag::FootnoteDefinition(name) => {
                self.word(10);
                self.text(name);
            }
            Tag::DefinitionList => self.word(11),
            Tag::DefinitionListTitle => self.word(12),
            Tag::DefinitionListDefinition => self.word(13),
            Tag::Table(columns) => {
                self.word(14 | (columns.len() as u64) << 8);
                columns.iter().for_each(|&column| self.word(column as u64));
            }
            Tag::TableHead => self.word(15),
            Tag::TableBody => self.word(16),
            Tag::TableFoot => self.word(17),
            Tag::TableRow => self.word(18),
            Tag::TableCell => self.word(19),
            Tag::Emphasis => self.word(20),
            Tag::Strong => self.word(21),
            Tag::Strikethrough => self.word(22),
            Tag::Link { url, title } => {
                self.word(23);
                self.text(url);
                self.text(title);
            }
            Tag::Image { url, title } => {
                self.word(24);
                self.text(url);
                self.text(title);
            }
            Tag::Abbreviation(meaning) => {
                self.word(25);
                self.text(meaning);
            }
            Tag::Element { name, block, content } => {
                self.word(26 | u64::from(*block) << 8 | (*content as u64) << 16);
                self.text(name);
            }
        }
    }

    fn event(&mut self, event: &Event<'_>) {
        let mut kind_and_text = |kind: u64, text: &str| {
            self.word(kind);
            self.text(text);
        };
        match event {
            Event::Start(tag, attributes) => {
                self.tag(tag);
                self.attributes(attributes);
            }
            Event::End(_) => self.word(40),
            Event::Text(text) => kind_and_text(41, text),
            Event::Code(text, attributes) => {
                kind_and_text(42, text);
                self.attributes(attributes);
            }
            Event::InlineMath(text) => kind_and_text(43, text),
            Event::DisplayMath(text) => kind_and_text(44, text),
            Event::Html(text) => kind_and_text(45, text),
            Event::InlineHtml(text) => kind_and_text(46, text),
            Event::FootnoteReference(name) => kind_and_text(47, name),
            Event::SoftBreak => self.word(48),
            Event::HardBreak => self.word(49),
            Event::Rule(attributes) => {
                self.word(50);
                self.attributes(attributes);
            }
            Event::TaskListMarker(done) => self.word(51 | u64::from(*done) << 8),
            Event::Comment(text) => kind_and_text(52, text),
            Event::Toc { ordered, attributes } => {
                self.word(53 | u64::from(*ordered) << 8);
                self.attributes(attributes);
            }
            Event::Verbatim(text) => kind_and_text(54, text),
            Event::BlankLine => self.word(55),
            Event::FootnotesPlace => self.word(56),
        }
    }

    /// Hashes items and their places relative to `from`.
    fn items(&mut self, items: &[Item<'_>], from: usize) {
        for item in items {
            let Span { start, .. } = item.span;
            self.word((start.wrapping_sub(from) as u64) << 32 ^ item.span.len() as u64);
            self.event(&item.event);
        }
    }

    /// The hash of a block without what depends on other blocks.
    pub(super) fn alone(mut self, items: &[Item<'_>], segment: &Segment) -> u64 {
        self.items(items.get(segment.start..segment.end).unwrap_or(&[]), segment.span.start);
        self.finish()
    }

    /// The hash of a block: its items, the ids of its headers, the numbers of its footnote references, and all headers
    /// if it shows the table of contents.
    pub(super) fn segment(mut self, items: &[Item<'_>], numbering: &Numbering<'_>, segment: &Segment) -> u64 {
        self.items(items.get(segment.start..segment.end).unwrap_or(&[]), segment.span.start);
        let headers = numbering.headers.get(segment.before.headers..segment.after.headers);
        headers.unwrap_or(&[]).iter().for_each(|header| self.text(&header.id));
        let references = numbering.references.get(segment.before.references..segment.after.references);
        for reference in references.unwrap_or(&[]) {
            self.word(reference.map_or(u64::MAX, |r| (r.footnote as u64) << 32 ^ r.repeat as u64));
        }
        if segment.has_toc {
            for header in numbering.headers.iter().filter(|header| header.listed) {
                self.word(u64::from(header.level));
                self.text(&header.id);
                let (start, end) = header.content;
                items.get(start..end).unwrap_or(&[]).iter().for_each(|item| self.event(&item.event));
            }
        }
        self.finish()
    }

    /// The hash of the section of footnotes, with places relative to `from`.
    pub(super) fn footnotes(mut self, items: &[Item<'_>], numbering: &Numbering<'_>, from: usize) -> u64 {
        self.word(60);
        for footnote in &numbering.footnotes {
            let (start, end) = footnote.definition;
            self.items(items.get(start..end).unwrap_or(&[]), from);
            self.word(footnote.backlinks as u64);
        }
        let before = numbering.before_footnotes;
        numbering.headers.iter().skip(before.headers).for_each(|header| self.text(&header.id));
        for reference in numbering.references.iter().skip(before.references) {
            self.word(reference.map_or(u64::MAX, |r| (r.footnote as u64) << 32 ^ r.repeat as u64));
        }
        self.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&str]) -> u64 {
        let mut hash = Fingerprint::new(&Options::default());
        texts.iter().for_each(|text| hash.text(text));
        hash.finish()
    }

    #[test]
    fn texts_that_differ_or_are_cut_elsewhere_differ() {
        let all = [
            of(&[]),
            of(&[""]),
            of(&["", ""]),
            of(&["a"]),
            of(&["\0"]),
            of(&["ab"]),
            of(&["a", "b"]),
            of(&["12345678"]),
            of(&["1234567", "8"]),
            of(&["12345678\0"]),
        ];
        for (i, a) in all.iter().enumerate() {
            assert!(all.iter().skip(i + 1).all(|b| a != b), "{i}");
        }
    }
}
