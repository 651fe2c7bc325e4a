//! A sort by any order, also by one that contradicts itself: Jekyll compares what cannot be compared, too. In: a list and
//! a comparison. Out: the list, sorted as the C library sorts for Ruby on Linux, by merging halves. Neighbours:
//! `documents.rs` sorts by it.

use std::cmp::Ordering;

/// Sorts `list`; what is equal keeps its order.
pub(super) fn merge_sort<T: Copy>(list: &mut [T], compare: &mut dyn FnMut(T, T) -> Ordering) {
    if list.len() < 2 {
        return;
    }
    let (first, second) = list.split_at_mut(list.len() / 2);
    merge_sort(first, compare);
    merge_sort(second, compare);
    let (left, right) = (first.to_vec(), second.to_vec());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    for slot in list {
        let takes_left = match (left.peek(), right.peek()) {
            (Some(&one), Some(&other)) => compare(one, other) != Ordering::Greater,
            (one, _) => one.is_some(),
        };
        let next = if takes_left { left.next() } else { right.next() };
        *slot = next.unwrap_or(*slot);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn it_is_a_stable_sort(list in proptest::collection::vec((0u8..6, 0u8..6), 0..40)) {
            let mut sorted = list.clone();
            merge_sort(&mut sorted, &mut |one: (u8, u8), other: (u8, u8)| one.0.cmp(&other.0));
            let mut expected = list;
            expected.sort_by_key(|pair| pair.0);
            proptest::prop_assert_eq!(sorted, expected);
        }
    }
}
