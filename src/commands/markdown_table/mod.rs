//! Commands for tables. In: a snapshot. Out: an edit. Neighbours: `model.rs` reads the table around the caret and
//! writes it again, both by the grammar of kramdown's parser (`markdown/kramdown/block/table/`).

mod align;
mod columns;
mod make;
mod model;
mod moves;
mod rows;
mod tidy;
mod values;

#[cfg(test)]
mod properties;

pub use align::{align_center, align_left, align_right};
pub use columns::{delete_column, new_column};
pub use make::{make_table, table_of_values};
pub use moves::{next_cell, previous_cell};
pub use rows::{delete_row, new_row};
pub use tidy::tidy_table;

use super::Snapshot;
use super::lines::line_at;

/// Whether the selection starts in a line that begins with a pipe, so that Tab and Enter may be keys of a table. Asked
/// before the commands for tables are loaded.
pub fn may_be_table(snapshot: &Snapshot) -> bool {
    let line = line_at(snapshot.text, snapshot.selection.start).of(snapshot.text);
    line.trim_start_matches([' ', '\t', '>']).starts_with('|')
}
