//! Rows added and removed. In: a snapshot. Out: an edit. Neighbours: `model.rs` reads the table and writes it.

use super::super::Snapshot;
use super::super::changes::Changes;
use super::super::lines::line_at;
use super::super::shape::Shape;
use super::model::{CellPlace, MarkdownTable, TableLine};
use crate::text::{Edit, Span};

/// Adds an empty row below the caret's; under a table's first row, which becomes the head, with a line of hyphens. In
/// an empty last row: removes it and goes on behind the table. The rows that are there stay as they are written.
pub fn new_row(snapshot: &Snapshot) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let line = line_at(text, selection.start);
    if snapshot.selected()?.contains('\n') {
        return None;
    }
    let table = MarkdownTable::at(text, selection.start)?;
    let CellPlace { line: number, .. } = table.place;
    let last = table.lines.len() - 1;
    let shape = Shape::of(text, line);
    let is_empty = matches!(table.lines.get(number), Some(TableLine::Row(cells)) if cells.iter().all(String::is_empty));
    let mut changes = Changes::new(text);
    if is_empty && number == last && number > 0 {
        // A blank line ends the table.
        let quote = shape.quote.of(text);
        let new = [quote.trim_end(), "\n", quote].concat();
        let caret = line.start + new.len();
        changes.replace(line, new);
        return changes.edit(Span::at(caret));
    }
    let starts_item = shape.item.is_some();
    let prefix = if starts_item {
        [shape.quote.of(text), &" ".repeat(shape.content_column().unwrap_or(0))].concat()
    } else {
        Span::new(line.start, shape.body).of(text).to_owned()
    };
    let row = ["|", &"  |".repeat(table.columns())].concat();
    let follows = table.lines.get(number + 1) == Some(&TableLine::Separator('-')) && number + 1 < table.lines.len();
    let (at, head) = if follows {
        (line_at(text, line.end + 1).end, String::new())
    } else if number == last && last == 0 {
        (line.end, ["\n", &prefix, "|", &" --- |".repeat(table.columns())].concat())
    } else {
        (line.end, String::new())
    };
    let new = [&head, "\n", &prefix, &row].concat();
    let caret = at + new.len() - row.len() + 2;
    changes.insert(at, new);
    changes.edit(Span::at(caret))
}

/// Removes the caret's row. The head and lines of hyphens stay.
pub fn delete_row(snapshot: &Snapshot) -> Option<Edit> {
    snapshot.selected()?;
    let Snapshot { text, selection } = *snapshot;
    let table = MarkdownTable::at(text, selection.start)?;
    let CellPlace { line: number, column, .. } = table.place;
    let in_head = table.head_end().is_some_and(|end| number < end);
    if in_head || number == 0 || !matches!(table.lines.get(number), Some(TableLine::Row(_))) {
        return None;
    }
    let line = line_at(text, selection.start);
    // The caret goes to the same column of the row that takes this one's place, or of the one before.
    let near = [number + 1, number - 1].into_iter().find_map(|line| Some((line, table.cell(line, column)?)));
    let mut changes = Changes::new(text);
    changes.delete(Span::new(line.start - 1, line.end));
    let caret = match near {
        Some((next, cell)) if next > number => cell.start - (line.len() + 1),
        Some((_, cell)) => cell.start,
        None => line.start - 1,
    };
    changes.edit(Span::at(caret))
}

#[cfg(test)]
mod tests {
    use super::super::super::caret::{check_with as check, declines_with as declines};
    use super::*;

    #[test]
    fn enter_goes_on_with_a_table_and_ends_it() {
        check(
            '^',
            new_row,
            &[
                ("| é | b^ |", "| é | b |\n| --- | --- |\n| ^ |  |"),
                ("| a^ | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| ^ |  |\n| 1 | 2 |"),
                ("| a |\n|---|\n| ^1 |\n| 2 |\n", "| a |\n|---|\n| 1 |\n| ^ |\n| 2 |\n"),
                ("| a |\n|---|\n| 1 |\n| ^ |\n", "| a |\n|---|\n| 1 |\n\n^\n"),
                ("- | a^ |", "- | a |\n  | --- |\n  | ^ |"),
                ("> | a |\n> |---|\n> | 1 |\n> |  ^|", "> | a |\n> |---|\n> | 1 |\n>\n> ^"),
            ],
        );
        declines('^', new_row, &["words^", "```\n| a^ |\n```", "---\na: |^\n---\n"]);
    }

    #[test]
    fn a_row_goes_with_its_line() {
        check(
            '^',
            delete_row,
            &[
                ("| a |\n|---|\n| 1^ |\n| 2 |", "| a |\n|---|\n| ^2 |"),
                ("| a |\n|---|\n| 1 |\n| 2^ |", "| a |\n|---|\n| ^1 |"),
            ],
        );
        declines('^', delete_row, &["| a^ |\n|---|\n| 1 |", "| a |\n|-^--|\n| 1 |", "words^"]);
    }
}
