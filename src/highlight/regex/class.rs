//! What the matcher asks of one character. In: a set, and whether case counts. Out: yes or no.
//! Neighbours: `parser.rs` makes classes, `matcher.rs` asks them.

use super::ascii_set::AsciiSet;
use super::char_set::{CharSet, has};

/// A set with its ASCII part as bits.
#[derive(Clone, Debug)]
pub(super) struct Class {
    ascii: AsciiSet,
    /// The characters behind ASCII.
    wide: Box<[(u32, u32)]>,
    /// Whether a character is in it if one that differs in case alone is in `wide`.
    fold: bool,
    negated: bool,
}

/// For a class whose case does not count.
pub(super) struct Folded {
    /// The characters and ranges that stand in it as such, and not as `\w`. Only for these, `k` and the sign of the
    /// kelvin are the same, and `s` and the long s.
    pub(super) written: CharSet,
    /// Whether it begins with `[^`: then the set is what it does not match.
    pub(super) negated: bool,
}

/// Characters behind ASCII that differ from an ASCII letter in case alone.
const CROSSING: [(char, char); 2] = [('k', '\u{212a}'), ('s', '\u{17f}')];

impl Class {
    pub(super) fn new(set: CharSet, folded: Option<Folded>) -> Self {
        let Some(Folded { written, negated }) = folded else { return Self::of(&set, false, false) };
        let mut set = set;
        let letters: Vec<(u32, u32)> = (b'a'..=b'z')
            .filter(|&b| set.has(char::from(b)) || set.has(char::from(b.to_ascii_uppercase())))
            .flat_map(|b| [b, b.to_ascii_uppercase()])
            .map(|b| (u32::from(b), u32::from(b)))
            .collect();
        set.add(&CharSet::new(letters));
        for (letter, wide) in CROSSING {
            let upper = letter.to_ascii_uppercase();
            if written.has(letter) || written.has(upper) {
                set.add(&CharSet::of(wide, wide));
            }
            if written.has(wide) {
                set.add(&CharSet::of(letter, letter));
                set.add(&CharSet::of(upper, upper));
            }
        }
        Self::of(&set, true, negated)
    }

    fn of(set: &CharSet, fold: bool, negated: bool) -> Self {
        let ascii = AsciiSet::of(|b| set.has(char::from(b)) != negated);
        let wide: Box<[(u32, u32)]> =
            set.ranges().iter().filter(|range| range.1 >= 128).map(|&(from, to)| (from.max(128), to)).collect();
        Self { ascii, fold, negated, wide }
    }

    /// Of a byte below 128.
    #[inline(always)]
    pub(super) fn has_ascii(&self, byte: u8) -> bool {
        self.ascii.has(byte)
    }

    /// Its ASCII part.
    pub(super) fn ascii(&self) -> AsciiSet {
        self.ascii
    }

    /// Of a character that is not ASCII.
    pub(super) fn has_wide(&self, c: char) -> bool {
        // Ruby loses the other case of a class where that is one of the characters from U+0080 to U+00FF.
        let fold = self.fold && c > '\u{ff}';
        let inside = has(&self.wide, c) || fold && other_cases(c).any(|other| has(&self.wide, other));
        inside != self.negated
    }

    pub(super) fn has(&self, c: char) -> bool {
        u8::try_from(u32::from(c)).ok().filter(u8::is_ascii).map_or_else(|| self.has_wide(c), |b| self.has_ascii(b))
    }

    /// Whether no character behind ASCII is in it.
    pub(super) fn is_ascii(&self) -> bool {
        self.wide.is_empty() && !self.negated
    }
}

/// The characters that differ from one in case alone, where one stands for one.
pub(super) fn other_cases(c: char) -> impl Iterator<Item = char> {
    let (mut lower, mut upper) = (c.to_lowercase(), c.to_uppercase());
    let lower = lower.next().filter(|_| lower.next().is_none());
    let upper = upper.next().filter(|_| upper.next().is_none());
    lower.into_iter().chain(upper).filter(move |&other| other != c)
}
