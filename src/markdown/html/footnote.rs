//! Footnotes: references in the text, the section at the end, and the links back (kramdown converter/html.rb,
//! `convert_footnote`, `footnote_content`; for GitHub cmark-gfm's markup). In: events and numbers. Out: tokens.
//! Neighbours: `numbering.rs` numbers them.

use super::Writer;
use super::header_id::itoa;
use super::layout::Layout;
use crate::markdown::event::{CowStr, Event, Tag};
use crate::text::Span;

/// The links back of the footnote that is being written.
pub(super) struct Backlinks {
    footnote: usize,
    /// The span of the paragraph that they are written into; `None` if they get a paragraph of their own.
    paragraph: Option<Span>,
}

impl<'a> Writer<'a, '_> {
    pub(super) fn footnote_reference(&mut self, name: &CowStr<'a>, span: Span) {
        let reference = self.document.numbering.references.get(self.counts.references).copied().flatten();
        self.counts.references += 1;
        let Some(reference) = reference else {
            self.tree.text(["[^", name, "]"].concat());
            return;
        };
        let first = if self.is_jekyll() { self.document.options.kramdown.footnote_nr as usize } else { 1 };
        let number = itoa(reference.footnote.saturating_add(first));
        if self.is_jekyll() {
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
        self.enter(Layout::Blocks);
        self.before_block();
        let first = self.document.options.kramdown.footnote_nr;
        let start = (jekyll && first != 1).then(|| ("start".into(), first.to_string().into()));
        self.tree.open("ol", start.into_iter().collect(), None);
        self.enter(Layout::Blocks);
        for (index, footnote) in numbering.footnotes.iter().enumerate() {
            let (start, end) = footnote.definition;
            let span = self.document.items.get(start).map(|item| item.span);
            let mut attributes =
                vec![("id".into(), [if jekyll { "fn:" } else { "fn-" }, &footnote.name].concat().into())];
            if jekyll {
                attributes.push(("role".into(), "doc-endnote".into()));
            }
            self.before_block();
            self.tree.open("li", attributes, span);
            self.enter(Layout::Item);
            let paragraph = self.last_paragraph(start + 1, end.saturating_sub(1));
            self.footnote = Some(Backlinks { footnote: index, paragraph });
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

    /// The paragraph at the end of a footnote's content. The links back are written into it.
    fn last_paragraph(&self, start: usize, end: usize) -> Option<Span> {
        let items = self.document.items.get(start..end)?;
        let mut depth = 0usize;
        for item in items.iter().rev() {
            match &item.event {
                Event::End(_) => depth += 1,
                Event::Start(tag, _) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return matches!(tag, Tag::Paragraph).then_some(item.span);
                    }
                }
                _ if depth == 0 => return None,
                _ => {}
            }
        }
        None
    }

    /// Writes the links back, if they belong into the paragraph that ends now.
    pub(super) fn backlinks_into(&mut self, span: Span) {
        if self.footnote.as_ref().is_some_and(|links| links.paragraph == Some(span)) {
            self.write_backlinks(true);
        }
    }

    fn write_backlinks(&mut self, after_text: bool) {
        let Some(links) = self.footnote.take() else { return };
        let Some(footnote) = self.document.numbering.footnotes.get(links.footnote) else { return };
        let jekyll = self.is_jekyll();
        let backlink = if jekyll { self.document.options.kramdown.footnote_backlink.as_str() } else { "↩" };
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
            let target = [if jekyll { "#fnref:" } else { "#fnref-" }, &footnote.name, &suffix].concat();
            let mut attributes = vec![("href".into(), target.into())];
            if jekyll {
                attributes.push(("class".into(), "reversefootnote".into()));
                attributes.push(("role".into(), "doc-backlink".into()));
            } else {
                attributes.push(("class".into(), "footnote-backref".into()));
            }
            self.tree.open("a", attributes, None);
            self.tree.text(backlink.to_owned());
            if repeat > 0 {
                self.tree.open("sup", Vec::new(), None);
                self.tree.text(itoa(repeat + 1));
                self.tree.close();
            }
            self.tree.close();
        }
    }
}
