//! Lines once more. In: a snapshot. Out: an edit. Neighbours: `line_block.rs` says which lines.

use super::Snapshot;
use super::changes::Changes;
use super::line_block::LineBlock;
use crate::text::{Edit, Span};

/// Writes the lines of the selection once more below them, and selects in the new ones what was selected.
pub fn duplicate_lines(snapshot: &Snapshot) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let block = LineBlock::of(snapshot)?.lines;
    let mut changes = Changes::new(text);
    changes.insert(block.end, ["\n", block.of(text)].concat());
    let by = block.len() + 1;
    let length = text.len() + by;
    changes.edit(Span::new(selection.start + by, (selection.end + by).min(length)))
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn the_copy_stands_below_and_is_selected() {
        check(
            duplicate_lines,
            &[
                ("é|b\nc", "éb\né|b\nc"),
                ("a\n|b\nc|", "a\nb\nc\n|b\nc|"),
                ("|", "\n|"),
                ("|a\n|b", "a\n|a\n|b"),
                ("---\ntags: [|a]\n---\n", "---\ntags: [a]\ntags: [|a]\n---\n"),
            ],
        );
        declines(duplicate_lines, &["|---\na: 1\n---\n", "---\na: 1\n--|-\n"]);
    }
}
