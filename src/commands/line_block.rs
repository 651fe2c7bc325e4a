//! `LineBlock`: the lines that a selection touches, and the lines among which they may move. In: a snapshot. Out: spans.
//! Neighbours: `move_lines.rs`, `duplicate_lines.rs`, `delete_lines.rs`; `region.rs` finds the front matter.

use super::{Snapshot, lines, region};
use crate::text::Span;

/// Whole lines, in bytes of the text. Neither span holds the line end after its last line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineBlock {
    /// From the start of the first selected line to the end of the last. A selection that ends at a line's start leaves
    /// that line alone.
    pub(super) lines: Span,
    /// The lines of the front matter between its marks, or the body.
    pub(super) region: Span,
}

impl LineBlock {
    /// `None` where the selection touches a line `---` of the front matter, or lies on both sides of one.
    pub(super) fn of(snapshot: &Snapshot) -> Option<Self> {
        snapshot.selected()?;
        let Snapshot { text, selection } = *snapshot;
        let first = lines::line_at(text, selection.start);
        let last = lines::line_at(text, selection.end);
        let end = if selection.end == last.start && last.start > first.end { last.start - 1 } else { last.end };
        let lines = Span::new(first.start, end);
        let region = regions(text)
            .into_iter()
            .flatten()
            .find(|region| region.start <= lines.start && lines.end <= region.end)?;
        Some(Self { lines, region })
    }

    /// The line before the block.
    pub(super) fn line_before(&self, text: &str) -> Option<Span> {
        (self.lines.start > self.region.start).then(|| lines::line_at(text, self.lines.start - 1))
    }

    /// The line after the block.
    pub(super) fn line_after(&self, text: &str) -> Option<Span> {
        (self.lines.end < self.region.end).then(|| lines::line_at(text, self.lines.end + 1))
    }
}

/// The front matter's lines between its marks, and the body.
fn regions(text: &str) -> [Option<Span>; 2] {
    let end = region::front_matter_end(text);
    if end == 0 {
        return [None, Some(Span::new(0, text.len()))];
    }
    let first = lines::line_at(text, 0);
    let last = lines::line_at(text, end);
    let from = first.end + 1;
    let front = |to: usize| (from <= to).then(|| Span::new(from, to));
    let body = |from: usize| (from <= text.len()).then(|| Span::new(from, text.len()));
    match last.of(text).trim_end() {
        "---" | "..." if last.start > 0 => [last.start.checked_sub(1).and_then(front), body(last.end + 1)],
        // It is still open, and reaches to this blank line.
        "" if last.start > 0 => [last.start.checked_sub(1).and_then(front), body(last.start)],
        _ => [front(text.len()), None],
    }
}
