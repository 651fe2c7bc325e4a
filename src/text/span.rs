//! `Span` (bytes of UTF-8) and `Utf16Offset` (what a textarea counts in), and the only conversions between them.
//! In: a text and a position of one kind. Out: the position of the other. Neighbours: `line_index.rs`, `edit.rs`.

use std::ops::Range;

/// A half-open range of bytes in a text, zero-based, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end` in bytes; `end` is raised to `start` where it is smaller.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The empty span at byte `at`.
    pub fn at(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the byte offset lies inside, the end excluded.
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// The same span, `by` bytes further on.
    pub fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// A number by which spans are in order: by their start, and by their end where that is the same.
    pub(crate) fn order(self) -> u128 {
        super::order::key(self.start as u64, self.end as u64)
    }

    /// The bytes of `text` under the span, or the empty string where it does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A position in UTF-16 code units, zero-based: what `selectionStart` and `setSelectionRange` of a textarea count in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utf16Offset(pub usize);

/// A half-open range in UTF-16 code units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Utf16Range {
    /// The first unit.
    pub start: Utf16Offset,
    /// One past the last unit.
    pub end: Utf16Offset,
}

/// The UTF-16 offset of byte `byte` of `text`; a byte past the end counts as the end, one inside a character as its
/// start.
pub fn utf16_offset(text: &str, byte: usize) -> Utf16Offset {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // One unit for each byte that starts a character, one more for the four-byte ones.
    let units = text.as_bytes()[..end].iter().map(|&b| usize::from(b & 0xC0 != 0x80) + usize::from(b >= 0xF0)).sum();
    Utf16Offset(units)
}

/// The byte offset of UTF-16 offset `units` in `text`; past the end counts as the end, between surrogates as the
/// character's start.
pub fn byte_offset(text: &str, units: Utf16Offset) -> usize {
    // Whole chunks are counted first, which is many times faster than byte by byte.
    let (mut seen, mut start) = (0, 0);
    for piece in text.as_bytes().chunks_exact(STRIDE) {
        let (after, _) = add((seen, 0), piece);
        if after > units.0 {
            break;
        }
        (seen, start) = (after, start + STRIDE);
    }
    for (index, &byte) in text.as_bytes().iter().enumerate().skip(start) {
        if byte & 0xC0 == 0x80 {
            continue;
        }
        let width = 1 + usize::from(byte >= 0xF0);
        if seen + width > units.0 {
            return index;
        }
        seen += width;
    }
    text.len()
}

/// How many bytes lie between two marks of `Utf16Index`.
const STRIDE: usize = 512;

/// UTF-16 offsets and characters of many bytes of one text: one scan of the text, then at most 512 bytes for each.
#[derive(Clone, Debug)]
pub struct Utf16Index<'t> {
    text: &'t str,
    /// For each multiple of `STRIDE` the UTF-16 units and the characters that begin before it.
    marks: Vec<(usize, usize)>,
}

impl<'t> Utf16Index<'t> {
    /// One linear scan over the text.
    pub fn new(text: &'t str) -> Self {
        let mut before = (0, 0);
        let mut marks = vec![before];
        for piece in text.as_bytes().chunks(STRIDE) {
            before = add(before, piece);
            marks.push(before);
        }
        Self { text, marks }
    }

    /// What `utf16_offset` answers for byte `byte` of the text.
    pub fn offset(&self, byte: usize) -> Utf16Offset {
        Utf16Offset(self.before(byte).0)
    }

    /// The span in UTF-16 units.
    pub fn range(&self, span: Span) -> Utf16Range {
        Utf16Range { start: self.offset(span.start), end: self.offset(span.end) }
    }

    /// How many characters (Unicode scalar values) stand before byte `byte` of the text.
    pub fn characters(&self, byte: usize) -> usize {
        self.before(byte).1
    }

    fn before(&self, byte: usize) -> (usize, usize) {
        let mut end = byte.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let mark = self.marks.get(end / STRIDE).copied().unwrap_or_default();
        add(mark, self.text.as_bytes().get(end / STRIDE * STRIDE..end).unwrap_or(&[]))
    }
}

/// The units and characters before a piece of text, and those that begin in it.
fn add((mut units, mut characters): (usize, usize), piece: &[u8]) -> (usize, usize) {
    for &byte in piece {
        let begins = usize::from(byte & 0xC0 != 0x80);
        characters += begins;
        units += begins + usize::from(byte >= 0xF0);
    }
    (units, characters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_utf16_units_convert_both_ways() {
        let text = "aé€😀z";
        for (byte, units) in [(0, 0), (1, 1), (3, 2), (6, 3), (10, 5), (11, 6)] {
            assert_eq!(utf16_offset(text, byte), Utf16Offset(units));
            assert_eq!(byte_offset(text, Utf16Offset(units)), byte);
        }
    }

    #[test]
    fn positions_inside_a_character_fall_back_to_its_start() {
        assert_eq!(utf16_offset("é", 1), Utf16Offset(0));
        assert_eq!(byte_offset("x😀", Utf16Offset(2)), 1);
        assert_eq!(utf16_offset("ab", 99), Utf16Offset(2));
        assert_eq!(byte_offset("ab", Utf16Offset(99)), 2);
    }

    #[test]
    fn units_lead_back_to_bytes_in_long_texts() {
        for text in ["é€x😀\n".repeat(400), "😀".repeat(400), "x😀".repeat(400), "a".repeat(1024)] {
            for byte in (0..=text.len()).filter(|&byte| text.is_char_boundary(byte)) {
                assert_eq!(byte_offset(&text, utf16_offset(&text, byte)), byte);
            }
        }
    }

    #[test]
    fn the_index_answers_as_a_scan_from_the_beginning_does() {
        for text in ["", "aé€😀z", &"é€x😀\n".repeat(400)] {
            let index = Utf16Index::new(text);
            for byte in 0..text.len() + 3 {
                assert_eq!(index.offset(byte), utf16_offset(text, byte), "byte {byte}");
                let whole = (0..=byte.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or("");
                assert_eq!(index.characters(byte), whole.chars().count(), "byte {byte}");
            }
        }
    }
}
