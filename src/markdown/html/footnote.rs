//! Footnotes: references in the text, the section at the end, and the links back (kramdown converter/html.rb,
//! `convert_footnote`, `footnote_content`; for GitHub cmark-gfm's markup). In: events and numbers. Out: tokens.
//! Neighbours: `numbering.rs` numbers them.

use super::Writer;
use super::header_id::itoa;
use super::layout::ElementLayout;
use crate::markdown::event::{CowStr, Event, Tag};
use crate::markdown::kramdown::decode_references;
use crate::text::Span;

/// The links back of the footnote that is being written.
pub(super) struct Backlinks {
    footnote: usize,
    /// The index of the `End` that they stand before; `None` if they get a paragraph of their own.
    place: Option<usize>,
}

impl<'a> Writer<'a, '_> {
    pub(super) fn footnote_reference(&mut self, name: &CowStr<'a>, span: Span) {
        let reference = self.document.numbering.references.get(self.counts.references).copied().flatten();
        self.counts.references += 1;
        let Some(reference) = reference else {
            self.tree.text(["[^", name, "]"].concat());
            return;
        };
        let options = &self.document.options.kramdown;
        let first = if self.is_jekyll() { options.footnote_nr } else { 1 };
        let number = (reference.footnote as i64 + i64::from(first)).to_string();
        if self.is_jekyll() {
            let name = &[options.footnote_prefix.as_str(), name].concat();
            let id = match reference.repeat {
                0 => ["fnref:", name].concat(),
                repeat => ["fnref:", name, ":", &itoa(repeat)].concat(),
            };
            self.tree.open("sup", vec![("id".into(), id.into()), ("role".into(), "doc-noteref".into())], Some(span));
            self.tree.open(
                "a",
                vec![
                    ("href".into(), ["#fn:", name].concat().into()),
                    ("class".into(), "footnote".into()),
                    ("rel".into(), "footnote".into()),
                ],
                None,
            );
        } else {
            let id = match reference.repeat {
                0 => ["fnref-", name].concat(),
                repeat => ["fnref-", name, "-", &itoa(repeat + 1)].concat(),
            };
            self.tree.open("sup", vec![("class".into(), "footnote-ref".into())], Some(span));
            self.tree.open("a", vec![("href".into(), ["#fn-", name].concat().into()), ("id".into(), id.into())], None);
        }
        self.tree.text(number);
        self.tree.close();
        self.tree.close();
    }

    /// The section of all footnotes.
    pub(super) fn footnotes(&mut self) {
        let numbering = self.document.numbering;
        let jekyll = self.is_jekyll();
        self.before_block();
        if jekyll {
            let role = ("role".into(), "doc-endnotes".into());
            self.tree.open("div", vec![("class".into(), "footnotes".into()), role], None);
        } else {
            self.tree.open("section", vec![("class".into(), "footnotes".into())], None);
        }
        self.enter(ElementLayout::Blocks);
        self.before_block();
        let first = self.document.options.kramdown.footnote_nr;
        let start = (jekyll && first != 1).then(|| ("start".into(), first.to_string().into()));
        self.tree.open("ol", start.into_iter().collect(), None);
        self.enter(ElementLayout::Blocks);
        for (index, footnote) in numbering.footnotes.iter().enumerate() {
            let (start, end) = footnote.definition;
            let span = self.document.items.get(start).map(|item| item.span);
            let prefix = if jekyll { self.document.options.kramdown.footnote_prefix.as_str() } else { "" };
            let id = [if jekyll { "fn:" } else { "fn-" }, prefix, &footnote.name].concat();
            let mut attributes = vec![("id".into(), id.into())];
            if jekyll {
                attributes.push(("role".into(), "doc-endnote".into()));
            }
            self.before_block();
            self.tree.open("li", attributes, span);
            self.enter(ElementLayout::Item);
            let place = self.backlinks_place(start + 1, end.saturating_sub(1));
            self.footnote = Some(Backlinks { footnote: index, place });
            self.items(start + 1, end.saturating_sub(1));
            if self.footnote.is_some() {
                self.before_block();
                self.tree.open("p", Vec::new(), None);
                self.write_backlinks(false);
                self.tree.close();
                self.after_block();
            }
            self.leave();
            self.tree.close();
            self.after_block();
        }
        for _ in 0..2 {
            self.leave();
            self.tree.close();
            self.after_block();
        }
    }

    /// Where the links back stand in the content `start..end` of a footnote: at the end of a paragraph that is its last
    /// block. With kramdown's option `footnote_backlink_inline`, that may be the last block of the last block, and a
    /// header.
    fn backlinks_place(&self, start: usize, end: usize) -> Option<usize> {
        let inline = self.is_jekyll() && self.document.options.kramdown.footnote_backlink_inline;
        let mut at = end.checked_sub(1)?;
        loop {
            match self.tag_of_end(at, start)? {
                Tag::Paragraph => return Some(at),
                _ if !inline => return None,
                Tag::Heading(_) => return Some(at),
                // The paragraph of a tight item has no tag.
                Tag::Item | Tag::DefinitionListDefinition if self.ends_in_span(at, start) => return Some(at),
                Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Table(_) => return None,
                _ => at = at.checked_sub(1)?,
            }
        }
    }

    /// The tag whose `End` is the item `at`.
    fn tag_of_end(&self, at: usize, start: usize) -> Option<&Tag<'a>> {
        let mut depth = 0usize;
        for item in self.document.items.get(start..=at)?.iter().rev() {
            match &item.event {
                Event::End(_) => depth += 1,
                Event::Start(tag, _) => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(tag);
                    }
                }
                _ if depth == 0 => return None,
                _ => {}
            }
        }
        None
    }

    /// Whether what stands before the item `at` is text, or a span in a text.
    fn ends_in_span(&self, at: usize, start: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        match self.document.items.get(before).map(|item| &item.event) {
            Some(Event::End(_)) => {
                self.tag_of_end(before, start).is_some_and(|tag| self.layout_of(tag) == ElementLayout::Span)
            }
            Some(Event::Start(..) | Event::BlankLine | Event::Html(_)) | None => false,
            Some(_) => true,
        }
    }

    /// Writes the links back, if their place is before the `End` with this index.
    pub(super) fn backlinks_before(&mut self, index: usize) {
        if self.footnote.as_ref().is_some_and(|links| links.place == Some(index)) {
            self.write_backlinks(true);
        }
    }

    fn write_backlinks(&mut self, after_text: bool) {
        let Some(links) = self.footnote.take() else { return };
        let Some(footnote) = self.document.numbering.footnotes.get(links.footnote) else { return };
        let jekyll = self.is_jekyll();
        let options = &self.document.options.kramdown;
        let backlink = if jekyll { decode_references(&options.footnote_backlink) } else { "↩".into() };
        let prefix = if jekyll { options.footnote_prefix.as_str() } else { "" };
        if backlink.is_empty() {
            return;
        }
        for repeat in 0..=footnote.backlinks {
            if repeat > 0 || after_text {
                self.tree.text(if jekyll { "\u{a0}" } else { " " });
            }
            let suffix = match (repeat, jekyll) {
                (0, _) => String::new(),
                (_, true) => [":", &itoa(repeat)].concat(),
                (_, false) => ["-", &itoa(repeat + 1)].concat(),
            };
            let target = [if jekyll { "#fnref:" } else { "#fnref-" }, prefix, &footnote.name, &suffix].concat();
            let mut attributes = vec![("href".into(), target.into())];
            if jekyll {
                attributes.push(("class".into(), "reversefootnote".into()));
                attributes.push(("role".into(), "doc-backlink".into()));
            } else {
                attributes.push(("class".into(), "footnote-backref".into()));
            }
            self.tree.open("a", attributes, None);
            self.tree.text(backlink.clone().into_owned());
            if repeat > 0 {
                self.tree.open("sup", Vec::new(), None);
                self.tree.text(itoa(repeat + 1));
                self.tree.close();
            }
            self.tree.close();
        }
    }
}
