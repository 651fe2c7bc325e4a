//! What two lists of numbers have in common, in order. In: lists in which equal things have equal numbers. Out: steps
//! from one to the other. Neighbours: everything in this folder compares by it.
//!
//! The library's search is bounded: if the shortest answer would take long, it gives a longer one.

use std::collections::HashMap;
use std::convert::Infallible;
use std::hash::Hash;
use std::ops::Range;

use similar::algorithms::{Compact, DiffHook, myers};

/// A range of both lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Indices into the old list.
    pub(super) old: Range<usize>,
    /// Indices into the new list; as many as of the old one where both are the same.
    pub(super) new: Range<usize>,
    /// Whether both hold the same; otherwise the new ones replace the old ones.
    pub(super) same: bool,
}

/// Gives equal things equal numbers.
pub(super) struct Numbers<K>(HashMap<K, u32>);

impl<K: Eq + Hash> Numbers<K> {
    pub(super) fn new() -> Self {
        Self(HashMap::new())
    }

    pub(super) fn of(&mut self, key: K) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(key).or_insert(next)
    }
}

/// Longer ranges of words than these two by two are not searched for what they have in common: both would be a
/// paragraph of twenty thousand words.
pub(super) const WORDS: u64 = 400_000_000;
/// As `WORDS`, for lines and blocks: as many as sixty thousand.
pub(super) const LINES: u64 = 4_000_000_000;

/// The steps from `old` to `new`: together they cover both, same and changed in turn. Between what they have in common
/// at both ends, they are one change where the product of their lengths is more than `most`.
pub(super) fn steps(old: &[u32], new: &[u32], most: u64) -> Vec<Step> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    if (old.len() - start - end) as u64 * (new.len() - start - end) as u64 > most {
        return assemble(old, new, [(0, 0, start), (old.len() - end, new.len() - end, end)]);
    }
    let mut hook = Compact::new(Common::default(), old, new);
    let _ = myers::diff(&mut hook, old, 0..old.len(), new, 0..new.len());
    assemble(old, new, hook.into_inner().0)
}

/// The steps by what is equal: old index, new index and length, in order.
fn assemble(old: &[u32], new: &[u32], equal: impl IntoIterator<Item = (usize, usize, usize)>) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    for (from_old, from_new, len) in equal {
        // The result of the library is verified: only equal things are called equal.
        let same = old.get(from_old..from_old + len).filter(|same| new.get(from_new..from_new + len) == Some(same));
        if same.is_some() && len > 0 && from_old >= at_old && from_new >= at_new {
            change(&mut steps, at_old..from_old, at_new..from_new);
            (at_old, at_new) = (from_old + len, from_new + len);
            match steps.last_mut() {
                Some(last) if last.same => (last.old.end, last.new.end) = (at_old, at_new),
                _ => steps.push(Step { old: from_old..at_old, new: from_new..at_new, same: true }),
            }
        }
    }
    change(&mut steps, at_old..old.len(), at_new..new.len());
    steps
}

fn change(steps: &mut Vec<Step>, old: Range<usize>, new: Range<usize>) {
    if !old.is_empty() || !new.is_empty() {
        steps.push(Step { old, new, same: false });
    }
}

/// The steps with those that are the same, but only `blank`, taken into the changes around them: two words that changed
/// with a space between them are one change. `blank` is asked for indices into the old list.
pub(super) fn without_blanks(steps: Vec<Step>, blank: impl Fn(usize) -> bool) -> Vec<Step> {
    let last = steps.len().saturating_sub(1);
    let mut out: Vec<Step> = Vec::with_capacity(steps.len());
    for (index, mut step) in steps.into_iter().enumerate() {
        if step.same && index > 0 && index < last && step.old.clone().all(&blank) {
            step.same = false;
        }
        match out.last_mut() {
            Some(before) if !before.same && !step.same => {
                before.old.end = step.old.end;
                before.new.end = step.new.end;
            }
            _ => out.push(step),
        }
    }
    out
}

/// What is equal, as old index, new index and length.
#[derive(Default)]
struct Common(Vec<(usize, usize, usize)>);

impl DiffHook for Common {
    type Error = Infallible;

    fn equal(&mut self, old_index: usize, new_index: usize, len: usize) -> Result<(), Infallible> {
        self.0.push((old_index, new_index, len));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(steps: &[Step], old: &[u32], new: &[u32]) -> bool {
        let (mut at_old, mut at_new) = (0, 0);
        steps.iter().all(|step| {
            let fits = step.old.start == at_old
                && step.new.start == at_new
                && (!step.same || old[step.old.clone()] == new[step.new.clone()]);
            (at_old, at_new) = (step.old.end, step.new.end);
            fits
        }) && (at_old, at_new) == (old.len(), new.len())
    }

    proptest::proptest! {
        #[test]
        fn steps_cover_both_lists_and_lie_nowhere(old in proptest::collection::vec(0u32..5, 0..60), new in proptest::collection::vec(0u32..5, 0..60)) {
            let coarse = steps(&old, &new, 0);
            proptest::prop_assert!(covers(&coarse, &old, &new) && coarse.len() <= 3, "{:?}", coarse);
            let steps = steps(&old, &new, LINES);
            proptest::prop_assert!(covers(&steps, &old, &new), "{:?}", steps);
            proptest::prop_assert!(steps.windows(2).all(|two| two[0].same != two[1].same));
            let merged = without_blanks(steps, |at| old[at] < 2);
            proptest::prop_assert!(covers(&merged, &old, &new), "{:?}", merged);
        }
    }

    #[test]
    fn what_is_equal_is_found() {
        let steps = steps(&[1, 2, 3, 4], &[1, 9, 3, 4], WORDS);
        let step = |old, new, same| Step { old, new, same };
        assert_eq!(steps, [step(0..1, 0..1, true), step(1..2, 1..2, false), step(2..4, 2..4, true)]);
    }

    #[test]
    fn long_lists_with_nothing_and_with_everything_in_another_order_end() {
        let up: Vec<u32> = (0..60_000).collect();
        let down: Vec<u32> = up.iter().rev().copied().collect();
        let other: Vec<u32> = up.iter().map(|n| n + 60_000).collect();
        let few: Vec<u32> = up.iter().map(|n| n % 251 * (n % 241) % 13).collect();
        let more: Vec<u32> = up.iter().map(|n| n * 3 % 11).collect();
        for (old, new) in [(&up, &down), (&up, &other), (&few, &more)] {
            assert!(covers(&steps(old, new, LINES), old, new));
        }
    }
}
