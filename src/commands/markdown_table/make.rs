//! A table made. In: a snapshot, or values with separators between. Out: an edit, or the table as text. Neighbours:
//! `values.rs` reads the values.

use super::super::changes::Changes;
use super::super::lines::{is_blank, next_line, previous_line};
use super::super::region::is_prose;
use super::super::{Snapshot, region};
use super::values::rows;
use crate::text::{Edit, Span};

/// Makes a table of the selected lines, which have tabs, commas or semicolons between their values; on an empty line,
/// an empty table with the caret in its first cell.
pub fn make_table(snapshot: &Snapshot) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let lines = snapshot.block_lines()?;
    let span = Span::new(lines.first()?.start, lines.last()?.end);
    if !is_prose(text, selection.start) || span.start < region::front_matter_end(text) {
        return None;
    }
    let (table, caret) = if is_blank(text, span) {
        ("|  |  |\n| --- | --- |\n|  |  |".to_owned(), 2)
    } else {
        let table = table_of_values(span.of(text))?;
        let length = table.len();
        (table, length)
    };
    // A table stands between blank lines.
    let parts = |line: Option<Span>| line.is_some_and(|line| !is_blank(text, line));
    let before = parts(previous_line(text, *lines.first()?)) && span.start != region::front_matter_end(text) + 1;
    let after = parts(next_line(text, *lines.last()?));
    let start = if before { "\n" } else { "" };
    let mut changes = Changes::new(text);
    changes.replace(span, [start, &table, if after { "\n" } else { "" }].concat());
    changes.edit(Span::at(span.start + start.len() + caret))
}

/// A Markdown table of values with tabs, commas or semicolons between them, the first row as its head. `None` where the
/// rows do not have the same number of values, or only one.
pub fn table_of_values(values: &str) -> Option<String> {
    let rows = rows(values)?;
    let mut table = String::new();
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            table.push('\n');
        }
        table.push('|');
        for field in row {
            table.push(' ');
            table.push_str(&cell(field));
            table.push_str(" |");
        }
        if number == 0 {
            table.push_str("\n|");
            table.push_str(&" --- |".repeat(row.len()));
        }
    }
    Some(table)
}

/// A value as a cell says it: a pipe is escaped, a line end is a line break.
fn cell(field: &str) -> String {
    let lines: Vec<&str> = field.trim().lines().map(str::trim).collect();
    let cell = lines.join("<br />");
    let mut written = String::with_capacity(cell.len());
    for c in cell.chars() {
        if c == '|' && !written.ends_with('\\') {
            written.push('\\');
        }
        written.push(c);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::super::super::caret::{check_with as check, declines_with as declines};
    use super::*;

    #[test]
    fn values_become_cells() {
        check(
            '^',
            make_table,
            &[
                ("^é\tb\n1\t2^\n", "| é | b |\n| --- | --- |\n| 1 | 2 |^\n"),
                ("x\n^a,b\n\"1|2\",\"3\n4\"^\ny", "x\n\n| a | b |\n| --- | --- |\n| 1\\|2 | 3<br />4 |^\n\ny"),
                ("x\n\n^\n", "x\n\n| ^ |  |\n| --- | --- |\n|  |  |\n"),
            ],
        );
        declines('^', make_table, &["words^", "```\na,b^\n```", "---\na: 1,^2\n---\n"]);
    }
}
