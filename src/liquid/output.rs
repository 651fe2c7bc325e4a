//! The text that a template writes, and where each byte of it came from. In: pieces. Out: text and map.
//! Neighbours: `interpreter.rs`, `highlight.rs`.

use crate::text::{SourceMap, Span};

/// A rendered text and its source map.
#[derive(Debug, Default)]
pub(super) struct MappedText {
    pub(super) text: String,
    pub(super) map: SourceMap,
}

impl MappedText {
    pub(super) fn new(source_len: usize) -> Self {
        Self { text: String::new(), map: SourceMap::new(source_len) }
    }

    /// Adds a part of the body as it is.
    pub(super) fn verbatim(&mut self, body: &str, span: Span) {
        let text = span.of(body);
        self.text.push_str(text);
        self.map.push_verbatim(Span::new(span.start, span.start + text.len()));
    }

    /// Adds what a tag made.
    pub(super) fn made(&mut self, text: &str, span: Span) {
        self.made_of(&[text], span);
    }

    /// The same for the pieces of a text.
    pub(super) fn made_of(&mut self, pieces: &[&str], span: Span) {
        let start = self.text.len();
        pieces.iter().for_each(|piece| self.text.push_str(piece));
        self.map.push_made(span, self.text.len() - start);
    }

    /// Adds a text that was made from the source at `from`, which stands at `to` now, with the map that it had then.
    pub(super) fn moved(&mut self, text: &str, map: &SourceMap, from: usize, to: usize) {
        self.text.push_str(text);
        self.map.push_moved(map, from, to);
    }

    /// Adds a part of another output with `&`, `<` and `>` escaped.
    pub(super) fn escaped(&mut self, other: &Self, part: Span) {
        for (rendered, source, verbatim) in other.map.pieces_from(part.start) {
            let piece = Span::new(rendered.start.max(part.start), rendered.end.min(part.end));
            if piece.is_empty() || part.end <= piece.start {
                break;
            }
            let text = piece.of(&other.text);
            // Where the byte `at` of the piece came from.
            let from = |at: usize, len: usize| {
                let start = source.start + piece.start - rendered.start + at;
                if verbatim { Span::new(start, start + len) } else { source }
            };
            let mut plain = 0;
            for (at, &byte) in text.as_bytes().iter().enumerate() {
                let escaped = match byte {
                    b'&' => "&amp;",
                    b'<' => "&lt;",
                    b'>' => "&gt;",
                    _ => continue,
                };
                self.piece(text.get(plain..at).unwrap_or(""), from(plain, at - plain), verbatim);
                self.made(escaped, from(at, 1));
                plain = at + 1;
            }
            self.piece(text.get(plain..).unwrap_or(""), from(plain, text.len() - plain), verbatim);
        }
    }

    fn piece(&mut self, text: &str, source: Span, verbatim: bool) {
        self.text.push_str(text);
        if verbatim {
            self.map.push_verbatim(source);
        } else {
            self.map.push_made(source, text.len());
        }
    }
}
