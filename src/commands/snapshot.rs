//! `Snapshot`: what a command sees. In: the textarea's value and selection. Out: the selected text and lines.
//! Neighbours: every command; `lines.rs` finds the lines, `region.rs` the front matter.

use super::{lines, region};
use crate::text::Span;

/// A text with `\n` line ends and what is selected in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snapshot<'a> {
    /// The whole text.
    pub text: &'a str,
    /// The selection in bytes of `text`; empty for a caret. One that does not fit the text makes every command decline.
    pub selection: Span,
}

impl<'a> Snapshot<'a> {
    /// The selected text; `None` where the selection does not lie on character boundaries of the text.
    pub fn selected(&self) -> Option<&'a str> {
        self.text.get(self.selection.start..self.selection.end)
    }

    /// The lines that the selection touches, without their ends, for commands that work on whole lines. A selection
    /// that ends at a line's start leaves that line alone. `None` in the front matter, which is YAML and has no blocks.
    pub(super) fn block_lines(&self) -> Option<Vec<Span>> {
        self.selected()?;
        let first = lines::line_at(self.text, self.selection.start);
        if first.start < region::front_matter_end(self.text) {
            return None;
        }
        let end = self.selection.end;
        Some(lines::lines_from(self.text, first).take_while(|line| *line == first || line.start < end).collect())
    }
}
