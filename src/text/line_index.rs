//! `LineIndex`: byte offsets to lines and columns and back. In: a text. Out: positions as people read them.
//! Neighbours: `span.rs` for the units; the status bar, the list of diagnostics and the editor's mirror use it.

use std::ops::Range;

/// A position as a person reads it, one-based; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// One-based line.
    pub line: usize,
    /// One-based column in characters (Unicode scalar values).
    pub column: usize,
}

/// Where each line of a text starts, in bytes. Lines end at `\n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// One linear scan over the text.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        Self { starts }
    }

    /// How many lines there are, at least one.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The zero-based line that holds byte `offset`.
    pub fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// The byte at which zero-based line `line` starts; past the last line, the last line's start.
    pub fn start_of(&self, line: usize) -> usize {
        self.starts[line.min(self.starts.len() - 1)]
    }

    /// Line and column of byte `offset` of the same `text`.
    pub fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let line = self.line_at(offset);
        let before = text.get(self.starts[line]..offset.min(text.len())).unwrap_or("");
        LineColumn { line: line + 1, column: before.chars().count() + 1 }
    }
}

/// How many bytes two texts have in common at their beginning, and after that at their end.
pub fn common_ends(old: &[u8], new: &[u8]) -> (usize, usize) {
    // Whole chunks are compared first, which is many times faster than byte by byte.
    const STRETCH: usize = 128;
    let least = old.len().min(new.len());
    let starts = |at: usize, length: usize| old.get(at..at + length) == new.get(at..at + length);
    let mut before = 0;
    while before + STRETCH <= least && starts(before, STRETCH) {
        before += STRETCH;
    }
    while before < least && starts(before, 1) {
        before += 1;
    }
    let end = |text: &'_ [u8], after: usize, length: usize| text.len() - after - length;
    let ends = |after: usize, length: usize| {
        let (from, to) = (end(old, after, length), end(new, after, length));
        old.get(from..from + length) == new.get(to..to + length)
    };
    let mut after = 0;
    while before + after + STRETCH <= least && ends(after, STRETCH) {
        after += STRETCH;
    }
    while before + after < least && ends(after, 1) {
        after += 1;
    }
    (before, after)
}

/// The zero-based lines of `old` that are replaced, and the lines of `new` that replace them.
pub fn changed_lines(
    old: &str,
    old_lines: &LineIndex,
    new: &str,
    new_lines: &LineIndex,
) -> (Range<usize>, Range<usize>) {
    let (before, after) = common_ends(old.as_bytes(), new.as_bytes());
    let first = old_lines.line_at(before);
    let (old_last, new_last) = (old_lines.line_at(old.len() - after), new_lines.line_at(new.len() - after));
    (first..old_last + 1, first..new_last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn replacing_the_changed_lines_leads_from_old_to_new(old in "[aé\n]{0,12}", new in "[aé\n]{0,12}") {
            let (old_lines, new_lines) = (LineIndex::new(&old), LineIndex::new(&new));
            let (gone, come) = changed_lines(&old, &old_lines, &new, &new_lines);
            let mut lines: Vec<&str> = old.split('\n').collect();
            let made: Vec<&str> = new.split('\n').skip(come.start).take(come.len()).collect();
            lines.splice(gone, made);
            proptest::prop_assert_eq!(lines, new.split('\n').collect::<Vec<_>>());
        }
    }

    proptest::proptest! {
        #[test]
        fn common_ends_are_as_long_as_can_be(start in "[ab]{0,300}", end in "[ab]{0,300}", old in "[abc]{0,3}", new in "[abc]{0,3}") {
            let (old, new) = ([&*start, &old, &end].concat(), [&*start, &new, &end].concat());
            let (old, new) = (old.as_bytes(), new.as_bytes());
            let (before, after) = common_ends(old, new);
            proptest::prop_assert_eq!(&old[..before], &new[..before]);
            proptest::prop_assert_eq!(&old[old.len() - after..], &new[new.len() - after..]);
            let least = old.len().min(new.len());
            proptest::prop_assert!(before + after <= least);
            if before + after < least {
                proptest::prop_assert_ne!(old[before], new[before]);
                proptest::prop_assert_ne!(old[old.len() - after - 1], new[new.len() - after - 1]);
            }
        }
    }

    #[test]
    fn lines_and_columns_are_one_based_and_count_characters() {
        let text = "é\nab\n";
        let index = LineIndex::new(text);
        assert_eq!(index.lines(), 3);
        assert_eq!(index.line_column(text, 0), LineColumn { line: 1, column: 1 });
        assert_eq!(index.line_column(text, 2), LineColumn { line: 1, column: 2 });
        assert_eq!(index.line_column(text, 4), LineColumn { line: 2, column: 2 });
        assert_eq!(index.line_column(text, 6), LineColumn { line: 3, column: 1 });
        assert_eq!(index.start_of(99), 6);
    }
}
