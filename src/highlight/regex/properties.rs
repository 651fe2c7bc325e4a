//! Properties of characters by name. In: the build's file of ranges. Out: sets. Neighbours: `parser.rs` asks for `\p{…}`
//! and `[[:…:]]`; `scripts/rouge-tables.rb` writes the file from what Ruby itself knows, so that both agree exactly.

use std::collections::HashMap;

use super::char_set::CharSet;
use crate::highlight::tree::Tree;

/// The properties that a build's expressions name.
#[derive(Debug, Default)]
pub(in crate::highlight) struct Properties(HashMap<String, CharSet>);

impl Properties {
    /// From a list of pairs: a name, and a list of numbers that are by turns how many characters are not in the set and
    /// how many are.
    pub(in crate::highlight) fn read(tree: &[Tree]) -> Self {
        let sets = tree.iter().map(|pair| (normal(pair.text_at(0)), ranges(pair.list_at(1))));
        Self(sets.collect())
    }

    /// The set of a property. Case, spaces, hyphens and underscores do not count in names.
    pub(super) fn get(&self, name: &str) -> Option<&CharSet> {
        self.0.get(&normal(name))
    }
}

fn normal(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

fn ranges(lengths: &[Tree]) -> CharSet {
    let mut ranges = Vec::with_capacity(lengths.len() / 2);
    let mut next = 0u32;
    for pair in lengths.chunks_exact(2) {
        let length = |value: &Tree| u32::try_from(value.number()).unwrap_or(u32::MAX);
        let (Some(from), Some(inside)) = (pair.first().map(length), pair.get(1).map(length)) else { continue };
        let from = next.saturating_add(from);
        next = from.saturating_add(inside);
        if inside > 0 {
            ranges.push((from, next - 1));
        }
    }
    CharSet::new(ranges)
}

#[cfg(test)]
impl Properties {
    pub(super) fn of<const N: usize>(sets: [(&str, CharSet); N]) -> Self {
        Self(sets.into_iter().map(|(name, set)| (name.to_owned(), set)).collect())
    }
}
