//! Names with a number each. In: names. Out: their numbers. Neighbours: none; ids of headers, footnotes, labels and
//! categories are counted and found by it.
//!
//! It is one type on purpose: each further type of hash map is 1 to 2 KB of code in the download.

use std::collections::HashMap;

/// A number for each name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names(HashMap<Box<str>, usize>);

impl Names {
    /// The number of a name that was put in.
    #[inline(never)]
    pub(crate) fn get(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }

    /// Gives the name a number, and back the one it had.
    #[inline(never)]
    pub(crate) fn insert(&mut self, name: &str, number: usize) -> Option<usize> {
        self.0.insert(name.into(), number)
    }
}
