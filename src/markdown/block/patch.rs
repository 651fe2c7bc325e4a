//! The difference between the old list of blocks and the new one. In: two lists of fingerprints. Out: which blocks
//! stay, move, or are new. Neighbours: `mod.rs` renders what is new; the page moves and replaces DOM nodes by it.

use crate::text::order;

/// The new list is the old one's first `keep_start` blocks, then `middle`, then the old one's last `keep_end` blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    /// How many blocks at the start stay.
    pub keep_start: usize,
    /// How many blocks at the end stay.
    pub keep_end: usize,
    /// The blocks between them. Old blocks that are not in it are removed.
    pub middle: Vec<Slot>,
}

/// A place in the middle of the new list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The block at this index of the old list. Each index occurs at most once.
    Kept(usize),
    /// A new block.
    New,
}

impl Patch {
    /// A patch in nearly linear time, not always the shortest: equal ends stay, equal blocks between them are moved.
    pub(super) fn between(old: &[u64], new: &[u64]) -> Self {
        let keep_start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let (old_rest, new_rest) = (old.get(keep_start..).unwrap_or(&[]), new.get(keep_start..).unwrap_or(&[]));
        let keep_end = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
        let old_middle = old_rest.get(..old_rest.len() - keep_end).unwrap_or(&[]);
        let new_middle = new_rest.get(..new_rest.len() - keep_end).unwrap_or(&[]);
        // `places`: the old blocks sorted by fingerprint, equal ones in their old order. `taken`: at the first place of
        // a fingerprint, how many of its blocks are used already.
        let old_middle = if new_middle.is_empty() { &[] } else { old_middle };
        let places = old_middle.iter().enumerate().map(|(index, &fingerprint)| (fingerprint.into(), index)).collect();
        let places = order::sorted(places);
        let mut taken = vec![0; places.len()];
        let slot = |&fingerprint: &u64| {
            let begin = places.partition_point(|&(other, _)| other < fingerprint.into());
            let Some(count) = taken.get_mut(begin) else { return Slot::New };
            match places.get(begin + *count) {
                Some(&(other, index)) if other == fingerprint.into() => {
                    *count += 1;
                    Slot::Kept(keep_start + index)
                }
                _ => Slot::New,
            }
        };
        Self { keep_start, keep_end, middle: new_middle.iter().map(slot).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_stay_and_equal_blocks_move() {
        let patch = Patch::between(&[1, 2, 3, 4, 5], &[1, 4, 9, 2, 5]);
        assert_eq!(patch, Patch { keep_start: 1, keep_end: 1, middle: vec![Slot::Kept(3), Slot::New, Slot::Kept(1)] });
        assert_eq!(Patch::between(&[7, 7], &[7, 7, 7]), Patch { keep_start: 2, keep_end: 0, middle: vec![Slot::New] });
        assert_eq!(Patch::between(&[1, 2], &[]), Patch::default());
    }

    proptest::proptest! {
        #[test]
        fn a_patch_leads_from_old_to_new(old in proptest::collection::vec(0u64..6, 0..30), new in proptest::collection::vec(0u64..6, 0..30)) {
            let patch = Patch::between(&old, &new);
            proptest::prop_assert_eq!(patch.keep_start + patch.middle.len() + patch.keep_end, new.len());
            let mut used = std::collections::HashSet::new();
            let mut list: Vec<u64> = old[..patch.keep_start].to_vec();
            for (slot, wanted) in patch.middle.iter().zip(&new[patch.keep_start..]) {
                match slot {
                    Slot::Kept(index) => {
                        proptest::prop_assert!(used.insert(*index) && *index >= patch.keep_start && *index < old.len() - patch.keep_end);
                        list.push(old[*index]);
                    }
                    Slot::New => list.push(*wanted),
                }
            }
            list.extend(&old[old.len() - patch.keep_end..]);
            proptest::prop_assert_eq!(list, new);
        }
    }
}
