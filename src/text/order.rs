//! One sort for all lists. In: a list and a whole number for each element. Out: the list in the order of the numbers.
//! Neighbours: none; the diagnostics, the outline, the lists of drafts and the commands put things in order by it.
//!
//! The standard library's sorts are compiled once more for each type of element, 4 KB each time. Here only numbers are
//! sorted, and hardly ever, because most lists are in order already.

use std::collections::BinaryHeap;

/// Sorts `list` by `key`; equal keys keep their order.
pub(crate) fn sort_by_key<T>(list: &mut Vec<T>, key: impl Fn(&T) -> u128) {
    let keys: Vec<(u128, usize)> = list.iter().enumerate().map(|(index, element)| (key(element), index)).collect();
    if keys.is_sorted() {
        return;
    }
    let mut old: Vec<Option<T>> = std::mem::take(list).into_iter().map(Some).collect();
    list.extend(sorted(keys).iter().filter_map(|&(_, index)| old.get_mut(index)?.take()));
}

/// The numbers in order, each with the index it came with.
pub(crate) fn sorted(keys: Vec<(u128, usize)>) -> Vec<(u128, usize)> {
    BinaryHeap::from(keys).into_sorted_vec()
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
    }
}
