//! The table of contents, at the place of `{:toc}` (kramdown converter/html.rb, `generate_toc_tree`). In: the
//! document's headers. Out: nested lists of links. Neighbours: `numbering.rs` collects the headers.

use super::{Writer, copied};
use crate::markdown::event::{Attributes, CowStr, Event, Tag};
use crate::text::Span;

impl<'a> Writer<'a, '_> {
    pub(super) fn table_of_contents(&mut self, ordered: bool, attributes: &Attributes<'a>, span: Span) {
        let numbering = self.document.numbering;
        self.unindented_block();
        if !numbering.headers.iter().any(|header| header.listed) {
            return;
        }
        let name = if ordered { "ol" } else { "ul" };
        let mut all = copied(attributes);
        let own = match all.iter().find(|(name, _)| &**name == "id") {
            Some((_, id)) => id.clone(),
            None => {
                all.push(("id".into(), "markdown-toc".into()));
                CowStr::Borrowed("markdown-toc")
            }
        };
        self.tree.open(name, all, Some(span));
        self.line_break();
        let inside = self.tree.mark();
        // The levels of the open items. Each item is in a list in the item before it.
        let mut levels: Vec<u8> = Vec::new();
        for header in numbering.headers.iter().filter(|header| header.listed) {
            let open = levels.len();
            while levels.last().is_some_and(|&level| level >= header.level) {
                levels.pop();
            }
            if levels.len() == open && open > 0 {
                self.indent_by(4 * open);
                self.tree.open(name, Vec::new(), None);
                self.line_break();
            }
            self.close_items(open, levels.len());
            self.indent_by(4 * levels.len() + 2);
            levels.push(header.level);
            self.tree.open("li", Vec::new(), None);
            let href = ["#", &header.id].concat();
            let id = [&own, "-", &header.id].concat();
            self.tree.open("a", vec![("href".into(), href.into()), ("id".into(), id.into())], None);
            self.toc_text(header.content);
            self.tree.close();
        }
        self.close_items(levels.len(), 0);
        self.tree.close();
        self.tree.forget_spans(inside);
        self.line_break();
    }

    /// Closes items until only `kept` of `open` levels are left.
    fn close_items(&mut self, open: usize, kept: usize) {
        for level in (kept..open).rev() {
            // The innermost item has no list in it. Each other one has, and the list ends first.
            if level + 1 < open {
                self.indent_by(4 * (level + 1));
                self.tree.close();
                self.line_break();
                self.indent_by(4 * level + 2);
            }
            self.tree.close();
            self.line_break();
        }
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
                        self.end(start + index);
                    }
                }
                Event::FootnoteReference(_) => {}
                _ => self.leaf(item),
            }
        }
        self.counts = counts;
    }
}
