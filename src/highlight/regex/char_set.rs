//! Sets of characters. In: ranges. Out: unions, intersections, complements. Neighbours: `parser.rs` reads them from an
//! expression, `class.rs` makes of one what the matcher asks.

/// The highest code point.
const LAST: u32 = 0x10_ffff;

/// Code points as ranges that include both ends, in order, none touching the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CharSet(Vec<(u32, u32)>);

impl CharSet {
    pub(super) fn new(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (from, to) in ranges {
            match merged.last_mut() {
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ if from <= to => merged.push((from, to)),
                _ => {}
            }
        }
        Self(merged)
    }

    pub(super) fn of(from: char, to: char) -> Self {
        Self::new(vec![(u32::from(from), u32::from(to))])
    }

    /// Every character.
    pub(super) fn all() -> Self {
        Self(vec![(0, LAST)])
    }

    pub(super) fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }

    pub(super) fn has(&self, c: char) -> bool {
        has(&self.0, c)
    }

    pub(super) fn add(&mut self, other: &Self) {
        let mut ranges = std::mem::take(&mut self.0);
        ranges.extend_from_slice(&other.0);
        *self = Self::new(ranges);
    }

    pub(super) fn complement(&self) -> Self {
        let mut ranges = Vec::with_capacity(self.0.len() + 1);
        let mut next = 0;
        for &(from, to) in &self.0 {
            if from > next {
                ranges.push((next, from - 1));
            }
            next = to + 1;
        }
        if next <= LAST {
            ranges.push((next, LAST));
        }
        Self(ranges)
    }

    pub(super) fn intersection(&self, other: &Self) -> Self {
        let mut outside = self.complement();
        outside.add(&other.complement());
        outside.complement()
    }
}

/// Whether a character lies in ordered ranges.
pub(super) fn has(ranges: &[(u32, u32)], c: char) -> bool {
    let code = u32::from(c);
    let after = ranges.partition_point(|&(from, _)| from <= code);
    after.checked_sub(1).and_then(|index| ranges.get(index)).is_some_and(|&(_, to)| code <= to)
}

#[cfg(test)]
mod tests {
    use super::CharSet;

    #[test]
    fn sets_are_joined_cut_and_turned() {
        let mut set = CharSet::new(vec![(5, 9), (1, 3), (4, 4), (20, 30)]);
        assert_eq!(set.ranges(), [(1, 9), (20, 30)]);
        assert_eq!(set.complement().ranges(), [(0, 0), (10, 19), (31, 0x10_ffff)]);
        assert_eq!(set.complement().complement(), set);
        assert_eq!(set.intersection(&CharSet::new(vec![(9, 25)])).ranges(), [(9, 9), (20, 25)]);
        set.add(&CharSet::new(vec![(10, 19)]));
        assert_eq!(set.ranges(), [(1, 30)]);
        assert!(set.has('\u{1}') && set.has('\u{1e}') && !set.has('\0') && !set.has('\u{1f}'));
        assert_eq!(CharSet::all().complement(), CharSet::default());
    }
}
