//! Columns added and removed. In: a snapshot. Out: an edit. Neighbours: `model.rs` reads the table and writes it.

use super::super::Snapshot;
use super::model::{CellPlace, MarkdownTable, TableLine};
use crate::markdown::event::Alignment;
use crate::text::Edit;

/// Adds an empty column behind the caret's.
pub fn new_column(snapshot: &Snapshot) -> Option<Edit> {
    snapshot.selected()?;
    let mut table = MarkdownTable::at(snapshot.text, snapshot.selection.start)?;
    let column = table.place.column + 1;
    for line in &mut table.lines {
        if let TableLine::Row(cells) = line {
            cells.insert(column.min(cells.len()), String::new());
        }
    }
    table.alignments.insert(column.min(table.alignments.len()), Alignment::None);
    table.written(CellPlace { column, offset: 0, ..table.place })
}

/// Removes the caret's column. The last one stays.
pub fn delete_column(snapshot: &Snapshot) -> Option<Edit> {
    snapshot.selected()?;
    let mut table = MarkdownTable::at(snapshot.text, snapshot.selection.start)?;
    let column = table.place.column;
    if table.columns() < 2 {
        return None;
    }
    for line in &mut table.lines {
        if let TableLine::Row(cells) = line
            && column < cells.len()
        {
            cells.remove(column);
        }
    }
    table.alignments.remove(column);
    table.written(CellPlace { column: column.min(table.columns() - 1), offset: 0, ..table.place })
}

#[cfg(test)]
mod tests {
    use super::super::super::caret::{check_with as check, declines_with as declines};
    use super::*;

    #[test]
    fn a_column_comes_and_goes() {
        check(
            '^',
            new_column,
            &[
                ("|a^|b|\n|-|-:|\n|1|2|", "| a   | ^    |   b |\n| --- | --- | --: |\n| 1   |     |   2 |"),
                ("| a |\n|---|\n| 1^ |", "| a   |     |\n| --- | --- |\n| 1   | ^    |"),
            ],
        );
        check(
            '^',
            delete_column,
            &[
                ("|a^|b|\n|-|-:|\n|1|2|", "|   ^b |\n| --: |\n|   2 |"),
                ("|a|b^|\n|-|-:|\n|1|2|", "| ^a   |\n| --- |\n| 1   |"),
            ],
        );
        declines('^', delete_column, &["| a^ |\n|---|\n| 1 |", "words^"]);
    }
}
