//! The alignment of a column. In: a snapshot. Out: an edit. Neighbours: `model.rs` reads the table and writes it.

use super::super::Snapshot;
use super::model::{CellPlace, MarkdownTable, TableLine};
use crate::markdown::event::Alignment;
use crate::text::Edit;

/// Aligns the caret's column to the left; again: as the site's style has it.
pub fn align_left(snapshot: &Snapshot) -> Option<Edit> {
    align(snapshot, Alignment::Left)
}

/// Centres the caret's column; again: as the site's style has it.
pub fn align_center(snapshot: &Snapshot) -> Option<Edit> {
    align(snapshot, Alignment::Center)
}

/// Aligns the caret's column to the right; again: as the site's style has it.
pub fn align_right(snapshot: &Snapshot) -> Option<Edit> {
    align(snapshot, Alignment::Right)
}

/// Sets an alignment. A table without a line that could say it gets one, and with it a head; of one row alone that
/// would leave no table.
fn align(snapshot: &Snapshot, to: Alignment) -> Option<Edit> {
    snapshot.selected()?;
    let mut table = MarkdownTable::at(snapshot.text, snapshot.selection.start)?;
    let CellPlace { mut line, column, offset } = table.place;
    if table.head_end().is_none() {
        let rows = |line: &TableLine| matches!(line, TableLine::Row(_));
        if !table.lines.iter().skip(1).any(rows) || !table.lines.iter().take(2).all(rows) {
            return None;
        }
        table.lines.insert(1, TableLine::Separator('-'));
        line += usize::from(line > 0);
    }
    let alignment = table.alignments.get_mut(column)?;
    *alignment = if *alignment == to { Alignment::None } else { to };
    table.written(CellPlace { line, column, offset })
}

#[cfg(test)]
mod tests {
    use super::super::super::caret::{check_with as check, declines_with as declines};
    use super::*;

    #[test]
    fn a_column_is_aligned_and_freed_again() {
        check('^', align_right, &[("|a|\n|-|\n|1^|", "|   a |\n| --: |\n|   1^ |")]);
        check('^', align_right, &[("|   a |\n| --: |\n|   1^ |", "| a   |\n| --- |\n| 1^   |")]);
        check('^', align_center, &[("|abc|d|\n|-|-|\n|1^|2|", "| abc | d   |\n| :-: | --- |\n|  1^  | 2   |")]);
        check('^', align_left, &[("|a^|\n|1|", "| a^   |\n| :-- |\n| 1   |")]);
        declines('^', align_left, &["| a^ |", "words^"]);
    }
}
