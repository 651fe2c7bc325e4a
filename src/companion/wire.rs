//! Numbers, texts and spans as bytes, and back. In: values. Out: bytes. Neighbours: `blocks.rs`.
//!
//! Both sides are built together, so there are no versions. What does not read as it should gives `None`, never a panic.

use crate::text::Span;

/// Writes values one after the other.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    /// A whole number: seven bits a byte, the lowest first (LEB128).
    pub(super) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    pub(super) fn size(&mut self, size: usize) {
        self.number(size as u64);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.size(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(super) fn span(&mut self, span: Span) {
        self.size(span.start);
        self.size(span.len());
    }
}

/// Reads what a `Writer` wrote.
pub(super) struct Reader<'b> {
    pub(super) bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(first)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// How many things follow; each takes a byte at least, so that a wrong number asks for no memory.
    pub(super) fn count(&mut self) -> Option<usize> {
        self.size().filter(|&count| count <= self.bytes.len())
    }

    pub(super) fn text(&mut self) -> Option<&'b str> {
        let size = self.size()?;
        let (text, rest) = self.bytes.split_at_checked(size)?;
        self.bytes = rest;
        std::str::from_utf8(text).ok()
    }

    pub(super) fn span(&mut self) -> Option<Span> {
        let start = self.size()?;
        Some(Span::new(start, start.checked_add(self.size()?)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_texts_and_spans_come_back() {
        let mut writer = Writer::default();
        let numbers = [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX];
        numbers.iter().for_each(|&number| writer.number(number));
        writer.text("é");
        writer.span(Span::new(3, 300));
        let mut reader = Reader { bytes: &writer.bytes };
        for number in numbers {
            assert_eq!(reader.number(), Some(number));
        }
        assert_eq!((reader.text(), reader.span(), reader.byte()), (Some("é"), Some(Span::new(3, 300)), None));
    }

    #[test]
    fn what_is_cut_off_or_wrong_is_nothing() {
        assert_eq!(Reader { bytes: &[0x80] }.number(), None);
        assert_eq!(Reader { bytes: &[0xFF; 12] }.number(), None);
        assert_eq!(Reader { bytes: &[5, b'a'] }.text(), None);
        assert_eq!(Reader { bytes: &[1, 0xFF] }.text(), None);
        assert_eq!(Reader { bytes: &[9, 0] }.count(), None);
    }
}
