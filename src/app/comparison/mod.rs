//! The comparison of the text with another version. In: what to compare with. Out: the dialog. Neighbours: `compare/`.

pub(crate) mod actions;
pub(crate) mod open_comparison;
