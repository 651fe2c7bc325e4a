//! `LineIndex`: byte offsets to lines and columns and back. In: a text. Out: positions a person reads.
//! Neighbours: `span.rs` for the units; the status bar, the problem list and the editor's mirror use it.

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

#[cfg(test)]
mod tests {
    use super::*;

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
