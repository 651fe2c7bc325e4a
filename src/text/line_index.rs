//! `LineIndex`: byte offsets to lines and columns and back. In: a text. Out: positions a person reads.
//! Neighbours: `span.rs` for the units; the status bar, the problem list and the editor's mirror use it.

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
        starts.extend(text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(i, _)| i + 1));
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
    let before = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = |text: &'_ [u8]| text.len() - before;
    let after = old.iter().rev().zip(new.iter().rev()).take(rest(old).min(rest(new))).take_while(|(a, b)| a == b);
    (before, after.count())
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
