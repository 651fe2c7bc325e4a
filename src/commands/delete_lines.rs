//! Lines removed. In: a snapshot. Out: an edit. Neighbours: `line_block.rs` says which lines.

use super::Snapshot;
use super::changes::Changes;
use super::line_block::LineBlock;
use crate::text::{Edit, Span};

/// Removes the lines of the selection with one line end. The caret goes to the line that takes their place, as far in
/// as it stood.
pub fn delete_lines(snapshot: &Snapshot) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let block = LineBlock::of(snapshot)?;
    let column = Span::new(block.lines.start, selection.start).of(text).chars().count();
    // What goes, the line that the caret goes to, and where that line starts afterwards.
    let (removed, line, start) = if let Some(after) = block.line_after(text) {
        (Span::new(block.lines.start, after.start), after, block.lines.start)
    } else if let Some(before) = block.line_before(text) {
        (Span::new(before.end, block.lines.end), before, before.start)
    } else {
        (block.lines, Span::at(block.lines.end), block.lines.start)
    };
    let into: usize = line.of(text).chars().take(column).map(char::len_utf8).sum();
    let mut changes = Changes::new(text);
    changes.delete(removed);
    changes.edit(Span::at(start + into))
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn the_caret_goes_to_the_line_that_follows() {
        check(
            delete_lines,
            &[
                ("a\nbc|d\néfgh\n", "a\néf|gh\n"),
                ("a\nbcd|\ne", "a\ne|"),
                ("|a\nb|\nc", "|c"),
                ("a\nbc|", "a|"),
                ("a\n|", "|a"),
                ("a|b", "|"),
                ("|\nb", "|b"),
                ("---\na: 1\nb|: 2\n---\nx", "---\na|: 1\n---\nx"),
                ("---\na|: 1\n---\nx", "---\n|\n---\nx"),
            ],
        );
        declines(delete_lines, &["|", "---\na: 1\n--|-\nx", "---\na: |1\n---\n|x"]);
    }
}
