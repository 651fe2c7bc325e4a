//! From cell to cell. In: a snapshot. Out: an edit that changes no byte, or `None`: then Tab leaves the field, so that
//! keyboard users are not trapped. Neighbours: `model.rs` reads the table.

use super::super::Snapshot;
use super::model::{CellPlace, MarkdownTable, TableLine};
use crate::text::{Edit, Span};

/// Selects what the next cell says. `None` in the last one, from which Tab leaves the text.
pub fn next_cell(snapshot: &Snapshot) -> Option<Edit> {
    step(snapshot, true)
}

/// Selects what the cell before says. `None` in the first one.
pub fn previous_cell(snapshot: &Snapshot) -> Option<Edit> {
    step(snapshot, false)
}

fn step(snapshot: &Snapshot, forward: bool) -> Option<Edit> {
    snapshot.selected()?;
    let Snapshot { text, selection } = *snapshot;
    let table = MarkdownTable::at(text, selection.start)?;
    let CellPlace { line, column, .. } = table.place;
    let cells = |line: &usize| match table.lines.get(*line) {
        Some(TableLine::Row(cells)) => (0..cells.len()).filter_map(|column| table.cell(*line, column)).collect(),
        _ => Vec::new(),
    };
    let here = cells(&line);
    let cell = if forward {
        let after = here.get(column + 1).copied();
        after.or_else(|| (line + 1..table.lines.len()).find_map(|line| cells(&line).first().copied()))
    } else {
        let before = column.checked_sub(1).and_then(|column| here.get(column).copied());
        before.or_else(|| (0..line).rev().find_map(|line| cells(&line).last().copied()))
    };
    let cell = cell.filter(|cell| *cell != selection)?;
    Some(Edit { span: Span::at(cell.start), text: String::new(), selection: cell })
}

#[cfg(test)]
mod tests {
    use super::super::super::caret::{check_with as check, declines_with as declines};
    use super::*;

    #[test]
    fn cells_follow_one_another_over_lines_of_hyphens() {
        check(
            '^',
            next_cell,
            &[
                ("| a^ | é |\n|---|---|\n|  | 2 |", "| a | ^é^ |\n|---|---|\n|  | 2 |"),
                ("| a | ^é^ |\n|---|---|\n|  | 2 |", "| a | é |\n|---|---|\n| ^ | 2 |"),
                ("^| a | b |", "| a | ^b^ |"),
            ],
        );
        check(
            '^',
            previous_cell,
            &[("| a | b |\n|---|---|\n| ^1 | 2 |", "| a | ^b^ |\n|---|---|\n| 1 | 2 |"), ("| a | b^ |", "| ^a^ | b |")],
        );
    }

    #[test]
    fn tab_leaves_the_text_at_both_ends_of_a_table() {
        declines('^', next_cell, &["| a | b^ |", "words^", "```\n| a^ | b |\n```"]);
        declines('^', previous_cell, &["| a^ | b |", "| a^ | b |\n| 1 | 2 |"]);
    }
}
