//! Lines up and down. In: a snapshot. Out: an edit. Neighbours: `line_block.rs` says which lines.

use super::Snapshot;
use super::changes::Changes;
use super::line_block::LineBlock;
use crate::text::{Edit, Span};

/// Moves the lines of the selection up by one line. They stay in the front matter, or in the body.
pub fn lines_up(snapshot: &Snapshot) -> Option<Edit> {
    let text = snapshot.text;
    let block = LineBlock::of(snapshot)?;
    let before = block.line_before(text)?;
    // The empty line after the last line end is no line that could move.
    if block.lines.is_empty() && block.lines.end == text.len() {
        return None;
    }
    swap(snapshot, before, block.lines, |at| at - (before.len() + 1))
}

/// Moves the lines of the selection down by one line. They stay in the front matter, or in the body.
pub fn lines_down(snapshot: &Snapshot) -> Option<Edit> {
    let text = snapshot.text;
    let block = LineBlock::of(snapshot)?;
    let after = block.line_after(text).filter(|after| !after.is_empty() || after.end < text.len())?;
    swap(snapshot, block.lines, after, |at| at + after.len() + 1)
}

/// Swaps two blocks of lines, of which `second` follows `first`. The selection moves by `moved`.
fn swap(snapshot: &Snapshot, first: Span, second: Span, moved: impl Fn(usize) -> usize) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let mut changes = Changes::new(text);
    changes.replace(Span::new(first.start, second.end), [second.of(text), "\n", first.of(text)].concat());
    // A selection may end behind the line end of its last line, where no line follows any more.
    let end = moved(selection.end).min(text.len());
    changes.edit(Span::new(moved(selection.start).min(end), end))
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn lines_change_places() {
        check(
            lines_up,
            &[
                ("a\né|b\nc", "é|b\na\nc"),
                ("a\n|b\nc|\nd", "|b\nc|\na\nd"),
                ("a\n|b\n|c", "|b\n|a\nc"),
                ("x\n\n|y", "x\n|y\n"),
            ],
        );
        check(
            lines_down,
            &[("a|\nb", "b\na|"), ("|a\nb|\nc\nd", "c\n|a\nb|\nd"), ("|a\n|b\nc", "b\n|a\n|c"), ("|a\n|b", "b\n|a|")],
        );
    }

    #[test]
    fn the_first_line_stays_first_and_the_last_one_last() {
        declines(lines_up, &["|a\nb", "a\n|", "a\n|a"]);
        declines(lines_down, &["a\n|b", "a|\n", "|"]);
    }

    #[test]
    fn no_line_crosses_the_marks_of_the_front_matter() {
        check(lines_up, &[("---\na: 1\nb:| 2\n---\n", "---\nb:| 2\na: 1\n---\n")]);
        declines(lines_up, &["---\na:| 1\n---\nx", "---\na: 1\n---\nx|", "---\na: 1\n-|--\nx"]);
        declines(lines_down, &["---\na:| 1\n---\nx", "-|--\na: 1\n---\nx", "---\n|a: 1\n---\nx|\ny"]);
    }
}
