//! The table of contents that `{:toc}` asks for (kramdown converter/html.rb, `generate_toc_tree`). In: the document's
//! headers. Out: nested lists of links. Neighbours: `numbering.rs` gathers the headers.

use super::{Writer, copied};
use crate::markdown::event::{Attributes, CowStr, Event, Tag};
use crate::text::Span;

impl<'a> Writer<'a, '_> {
    pub(super) fn table_of_contents(&mut self, attributes: &Attributes<'a>, span: Span) {
        let numbering = self.document.numbering;
        if !numbering.headers.iter().any(|header| header.listed) {
            return;
        }
        let mut all = copied(attributes);
        let own = match all.iter().find(|(name, _)| &**name == "id") {
            Some((_, id)) => id.clone(),
            None => {
                all.push(("id".into(), "markdown-toc".into()));
                CowStr::Borrowed("markdown-toc")
            }
        };
        self.tree.open("ul", all, Some(span));
        let inside = self.tree.mark();
        // The levels of the open items, each inside a list inside the one before.
        let mut levels: Vec<u8> = Vec::new();
        for header in numbering.headers.iter().filter(|header| header.listed) {
            let before = levels.len();
            while levels.last().is_some_and(|&level| level >= header.level) {
                levels.pop();
            }
            let ended = before - levels.len();
            if ended == 0 && before > 0 {
                self.tree.open("ul", Vec::new(), None);
            }
            // The outermost item that ends leaves its list open for the new one.
            for _ in 1..(2 * ended).max(1) {
                self.tree.close();
            }
            levels.push(header.level);
            self.tree.open("li", Vec::new(), None);
            let href = ["#", &header.id].concat();
            let id = [&own, "-", &header.id].concat();
            self.tree.open("a", vec![("href".into(), href.into()), ("id".into(), id.into())], None);
            self.toc_text(header.content);
            self.tree.close();
        }
        for _ in 0..levels.len() * 2 {
            self.tree.close();
        }
        self.tree.forget_spans(inside);
    }

    /// A header's content without its links and footnotes.
    fn toc_text(&mut self, (start, end): (usize, usize)) {
        let counts = self.counts;
        let mut kept: Vec<bool> = Vec::new();
        for (index, item) in self.document.items.get(start..end).unwrap_or(&[]).iter().enumerate() {
            match &item.event {
                Event::Start(tag, attributes) => {
                    let keep = !matches!(tag, Tag::Link { .. } | Tag::FootnoteDefinition(_));
                    kept.push(keep);
                    if keep {
                        self.start(tag, attributes, item.span, start + index);
                    }
                }
                Event::End(_) => {
                    if kept.pop() == Some(true) {
                        self.end(item.span, start + index);
                    }
                }
                Event::FootnoteReference(_) => {}
                _ => self.leaf(item),
            }
        }
        self.counts = counts;
    }
}
