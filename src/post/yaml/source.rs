//! The text as the parser gets it, and its positions as bytes of the original. In: a YAML text and patches. Out: a text
//! that a YAML 1.2 parser reads as libyaml, of YAML 1.1, would read the original; and for each character of it a byte
//! of the original. Neighbours: `events.rs` parses it, `build.rs` asks for patches.
//!
//! Three things differ. libyaml ends lines at U+0085, U+2028 and U+2029 too; each is replaced by one line feed. It lets
//! a byte order mark stand anywhere; it is replaced by a noncharacter and put back in scalars. And it lets the further
//! lines of a quoted scalar (or of a list in brackets) begin at the left edge; there, spaces are put in that folding
//! takes away again.

use std::borrow::Cow;

/// Spaces to be put in where a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Patch {
    /// The byte of the original at which the line begins.
    pub at: usize,
    /// How many spaces.
    pub width: usize,
}

/// Stands for a byte order mark inside the text.
const MARK: char = '\u{FDD1}';

/// The text for the parser.
pub(super) struct Source<'t> {
    /// The text as it was written.
    pub original: &'t str,
    parsed: Cow<'t, str>,
    /// The byte of every 64th character of the original; empty where it is ASCII.
    marks: Vec<usize>,
    inserts: Vec<Insert>,
    has_marks: bool,
}

/// A run of spaces that was put in, in characters of the parsed text.
struct Insert {
    start: usize,
    end: usize,
    /// How many were put in before.
    before: usize,
}

const STEP: usize = 64;

impl<'t> Source<'t> {
    /// Prepares `original`; `patches` are sorted.
    pub fn new(original: &'t str, patches: &[Patch]) -> Self {
        let ascii = original.is_ascii();
        let marks = if ascii { Vec::new() } else { original.char_indices().step_by(STEP).map(|(at, _)| at).collect() };
        let foreign = |c: char| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | MARK);
        if patches.is_empty() && (ascii || !original.contains(foreign)) {
            return Self { original, parsed: Cow::Borrowed(original), marks, inserts: Vec::new(), has_marks: false };
        }
        let mut parsed = String::with_capacity(original.len());
        let mut inserts = Vec::new();
        let mut waiting = patches.iter().peekable();
        let (mut count, mut inserted) = (0, 0);
        let mut has_marks = false;
        for (at, c) in original.char_indices() {
            if let Some(patch) = waiting.next_if(|patch| patch.at <= at) {
                parsed.extend(std::iter::repeat_n(' ', patch.width));
                inserts.push(Insert { start: count, end: count + patch.width, before: inserted });
                count += patch.width;
                inserted += patch.width;
            }
            parsed.push(match c {
                '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
                // At the very beginning of a line libyaml skips it once, and so does the parser.
                '\u{FEFF}' | MARK => {
                    has_marks = true;
                    MARK
                }
                c => c,
            });
            count += 1;
        }
        Self { original, parsed: Cow::Owned(parsed), marks, inserts, has_marks }
    }

    /// What the parser reads.
    pub fn text(&self) -> &str {
        &self.parsed
    }

    /// The text of a scalar with its byte order marks back in place.
    pub fn restore<'s>(&self, scalar: Cow<'s, str>) -> Cow<'s, str> {
        if self.has_marks && scalar.contains(MARK) {
            return Cow::Owned(scalar.replace(MARK, "\u{FEFF}"));
        }
        scalar
    }

    /// The byte of the original for character `index` of the parsed text; past the end, the end.
    pub fn byte(&self, index: usize) -> usize {
        let passed = self.inserts.partition_point(|insert| insert.start < index);
        let inserted = match self.inserts.get(..passed).and_then(<[_]>::last) {
            Some(last) => last.before + (index.min(last.end) - last.start),
            None => 0,
        };
        let index = index - inserted;
        if self.marks.is_empty() {
            return index.min(self.original.len());
        }
        let from = self.marks.get(index / STEP).copied().unwrap_or(self.original.len());
        let rest = self.original.get(from..).unwrap_or("");
        rest.char_indices().nth(index % STEP).map_or(self.original.len(), |(at, _)| from + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_lead_back_to_bytes() {
        let text = "é: \"a\nb\"\n日: c\n";
        let line = text.find("b\"").expect("the second line");
        let source = Source::new(text, &[Patch { at: line, width: 3 }]);
        assert_eq!(source.text(), "é: \"a\n   b\"\n日: c\n");
        for (index, c) in source.text().chars().enumerate().filter(|(_, c)| !c.is_ascii_whitespace()) {
            assert!(text.get(source.byte(index)..).is_some_and(|rest| rest.starts_with(c)), "{index} {c}");
        }
        assert_eq!(source.byte(7), line);
        assert_eq!(source.byte(999), text.len());
    }

    #[test]
    fn foreign_line_ends_and_marks_are_replaced_one_for_one() {
        let source = Source::new("a\u{2028}b\u{85}\u{FEFF}c", &[]);
        assert_eq!(source.text(), "a\nb\n\u{FDD1}c");
        assert_eq!(source.restore("\u{FDD1}c".into()), "\u{FEFF}c");
    }
}
