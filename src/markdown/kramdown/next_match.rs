//! A search that remembers its last answer, so that a parser stays linear in the length of its text.
//! In: a string and positions. Out: the next position of a byte or a string. Neighbours: `block_scanner.rs` and
//! `span_parser.rs` hold one for each thing that they search for.

use memchr::{memchr, memmem};

/// The next place of one thing in a text. The place is kept, so that many questions from growing positions together
/// read the text once.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NextMatch {
    /// Where the last search started.
    from: usize,
    /// What it found; `usize::MAX` for nothing.
    found: usize,
    /// Whether there was a search.
    known: bool,
    /// How far any search has looked.
    reach: usize,
}

impl NextMatch {
    /// The first position at or after `pos` that `search` finds; `search` looks from the position it is given.
    pub fn at(&mut self, pos: usize, search: impl FnOnce(usize) -> Option<usize>) -> Option<usize> {
        if !(self.known && self.from <= pos && pos <= self.found) {
            let found = search(pos).unwrap_or(usize::MAX);
            *self = NextMatch { from: pos, found, known: true, reach: self.reach.max(found) };
        }
        (self.found != usize::MAX).then_some(self.found)
    }

    /// How far any search has looked; `usize::MAX` if one found nothing and so read to the end of the text.
    pub fn reach(&self) -> usize {
        self.reach
    }

    /// Records that other code has looked at the text up to `pos`.
    pub fn touch(&mut self, pos: usize) {
        self.reach = self.reach.max(pos);
    }

    /// The first `byte` at or after `pos`.
    pub fn byte(&mut self, text: &str, pos: usize, byte: u8) -> Option<usize> {
        self.at(pos, |from| text.as_bytes().get(from..).and_then(|rest| memchr(byte, rest)).map(|found| from + found))
    }

    /// The first `needle` at or after `pos`.
    pub fn string(&mut self, text: &str, pos: usize, needle: &[u8]) -> Option<usize> {
        self.at(pos, |from| {
            text.as_bytes().get(from..).and_then(|rest| memmem::find(rest, needle)).map(|found| from + found)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_asked_once() {
        let mut next = NextMatch::default();
        assert_eq!(next.byte("a]b]", 0, b']'), Some(1));
        assert_eq!(next.at(1, |_| None), Some(1));
        assert_eq!(next.byte("a]b]", 2, b']'), Some(3));
        assert_eq!(next.byte("a]b]", 4, b']'), None);
        assert_eq!(next.at(9, |_| Some(1)), None);
    }
}
