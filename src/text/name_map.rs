//! Names with a number each. In: names. Out: their numbers. Neighbours: none; ids of headers, footnotes, labels and
//! categories are counted and found by it.
//!
//! It is one type on purpose: each further type of hash map is 1 to 2 KB of code in the download.

use std::collections::HashMap;

/// A number for each name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NameIndex(HashMap<Box<str>, usize>);

impl NameIndex {
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

    /// The names, in no order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(|name| &**name)
    }
}

/// Values by their names.
#[derive(Clone, Debug)]
pub(crate) struct NameMap<T> {
    names: NameIndex,
    values: Vec<T>,
}

impl<T> Default for NameMap<T> {
    fn default() -> Self {
        Self { names: NameIndex::default(), values: Vec::new() }
    }
}

impl<T> NameMap<T> {
    /// Whether nothing was put in.
    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value that was put in last under that name.
    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.values.get(self.names.get(name)?)
    }

    /// The same, to be changed.
    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.values.get_mut(self.names.get(name)?)
    }

    /// Puts a value in, in the place of the one under that name.
    pub(crate) fn insert(&mut self, name: &str, value: T) {
        match self.get_mut(name) {
            Some(old) => *old = value,
            None => {
                self.names.insert(name, self.values.len());
                self.values.push(value);
            }
        }
    }

    /// The names, in no order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.names()
    }
}
