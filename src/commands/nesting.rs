//! `Nesting`: the items that a line stands in, while a list is read and written anew. In: columns. Out: the columns
//! that lines move to. Neighbours: `list.rs`, `renumber.rs`.

use super::changes::Changes;
use super::shape::Shape;

/// Where the content of an item that has been passed stood and will stand, in columns.
pub(super) struct ListLevel {
    pub(super) old: usize,
    pub(super) new: usize,
}

/// The items that the line being read stands in.
#[derive(Default)]
pub(super) struct Nesting {
    pub(super) levels: Vec<ListLevel>,
}

impl Nesting {
    /// Removes the levels whose content starts further in than `column`, and returns the new column.
    pub(super) fn enter(&mut self, column: usize) -> usize {
        while self.levels.last().is_some_and(|level| column < level.old) {
            self.levels.pop();
        }
        self.levels.last().map_or(column, |level| level.new + (column - level.old))
    }
}

/// Indents a line to a column.
pub(super) fn move_to(changes: &mut Changes, shape: &Shape, column: usize) {
    if column != shape.column {
        changes.replace(shape.indentation(), " ".repeat(column));
    }
}
