//! Sorts for all lists. In: a list, and a whole number for each element or a comparison. Out: the list in order.
//! Neighbours: none; the diagnostics, the outline, the lists of drafts, the commands, Liquid and whole sites put things in
//! order by it.
//!
//! The standard library's sorts are compiled once more for each type of element, 4 KB each time. Here only numbers are
//! sorted. By whole numbers that hardly ever happens, because most lists are in order already.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Sorts `list` by `key`; equal keys keep their order.
pub(crate) fn sort_by_key<T>(list: &mut Vec<T>, key: impl Fn(&T) -> u128) {
    let keys: Vec<(u128, usize)> = list.iter().enumerate().map(|(index, element)| (key(element), index)).collect();
    if keys.is_sorted() {
        return;
    }
    arrange(list, sorted(keys).into_iter().map(|(_, index)| index));
}

/// Sorts `list` by a comparison; equals keep their order.
pub(crate) fn sort_by<T>(list: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = in_order(list.len(), &mut |one, other| match (list.get(one), list.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    arrange(list, order.into_iter());
}

/// Puts the elements into this order, which has each index once.
fn arrange<T>(list: &mut Vec<T>, order: impl Iterator<Item = usize>) {
    let mut old: Vec<Option<T>> = std::mem::take(list).into_iter().map(Some).collect();
    list.extend(order.filter_map(|index| old.get_mut(index)?.take()));
}

/// The numbers in order, each with the index it came with.
pub(crate) fn sorted(keys: Vec<(u128, usize)>) -> Vec<(u128, usize)> {
    BinaryHeap::from(keys).into_sorted_vec()
}

/// The numbers below `len` in the order of what they stand for; equals keep their order. Merges from the bottom up.
pub(crate) fn in_order(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    let mut width = 1;
    while width < len {
        let mut merged = Vec::with_capacity(len);
        for pair in order.chunks(width * 2) {
            let (left, right) = pair.split_at(width.min(pair.len()));
            let (mut left, mut right) = (left.iter().copied().peekable(), right.iter().copied().peekable());
            while let (Some(&a), Some(&b)) = (left.peek(), right.peek()) {
                let next = if compare(a, b).is_gt() { right.next() } else { left.next() };
                merged.extend(next);
            }
            merged.extend(left);
            merged.extend(right);
        }
        order = merged;
        width *= 2;
    }
    order
}

/// One key of two: the first decides.
pub(crate) fn key(first: u64, second: u64) -> u128 {
    u128::from(first) << 64 | u128::from(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn the_order_is_that_of_a_stable_sort(list in proptest::collection::vec((0u64..9, 0u64..9), 0..40)) {
            let mut list: Vec<_> = list.into_iter().enumerate().collect();
            let mut expected = list.clone();
            expected.sort_by_key(|&(_, pair)| pair);
            sort_by_key(&mut list, |&(_, (first, second))| key(first, second));
            proptest::prop_assert_eq!(list, expected);
        }

        #[test]
        fn a_comparison_gives_the_order_of_a_stable_sort(list in proptest::collection::vec(0u8..9, 0..40)) {
            let mut list: Vec<_> = list.into_iter().enumerate().collect();
            let mut expected = list.clone();
            expected.sort_by_key(|&(_, number)| number);
            sort_by(&mut list, |one, other| one.1.cmp(&other.1));
            proptest::prop_assert_eq!(list, expected);
        }
    }
}
