//! A stretch of Markdown and where its bytes stand in the body: whole, or stitched together from de-indented lines.
//! In: ranges of the body. Out: `Text` (cheap to clone) and its pieces. Neighbours: every parser of blocks and spans.

use std::rc::Rc;

use super::super::event::CowStr;
use crate::text::Span;

/// A run of bytes of a `Buffer`, up to the next piece.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Its first byte in the buffer.
    at: usize,
    /// The byte of the body where it stands, or where it would.
    source: usize,
    /// Whether the body holds these very bytes (otherwise they are expanded tabs, joints and the like).
    given: bool,
}

/// Text that the body does not hold in one stretch.
#[derive(Debug, Default)]
struct Buffer {
    text: String,
    pieces: Vec<Piece>,
}

/// Part of the body, or of a buffer of pieces of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    buffer: Option<Rc<Buffer>>,
    start: usize,
    end: usize,
}

impl Text {
    /// The bytes `start..end` of the body.
    pub fn of_body(start: usize, end: usize) -> Self {
        Self { buffer: None, start, end: end.max(start) }
    }

    /// The characters.
    pub fn str<'s>(&'s self, body: &'s str) -> &'s str {
        let whole = self.buffer.as_ref().map_or(body, |buffer| &buffer.text);
        whole.get(self.start..self.end).unwrap_or("")
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// The part `start..end`, bytes from this text's start.
    pub fn part(&self, start: usize, end: usize) -> Text {
        let (start, end) = (self.start + start, self.start + end);
        let Some(buffer) = &self.buffer else { return Text::of_body(start, end) };
        let index = buffer.piece_at(start);
        if let Some(piece) = buffer.pieces.get(index)
            && piece.given
            && end <= buffer.piece_end(index)
        {
            let from = piece.source + (start - piece.at);
            return Text::of_body(from, from + (end.max(start) - start));
        }
        Text { buffer: self.buffer.clone(), start, end: end.max(start) }
    }

    /// The same text with the line break that follows it, if one follows right away.
    pub fn with_line_break(&self, body: &str) -> Text {
        let whole = self.buffer.as_ref().map_or(body, |buffer| &buffer.text);
        if whole.as_bytes().get(self.end) == Some(&b'\n') {
            return Text { buffer: self.buffer.clone(), start: self.start, end: self.end + 1 };
        }
        let mut longer = TextBuilder::new(body);
        longer.push(self, 0, self.len());
        longer.push_literal("\n");
        longer.finish()
    }

    /// This text, `joint` and `more` as one, if they follow one another in the body.
    pub fn joined(&self, body: &str, joint: &str, more: &Text) -> Option<Text> {
        if self.buffer.is_some() || more.buffer.is_some() || self.end + joint.len() != more.start {
            return None;
        }
        (body.get(self.end..more.start) == Some(joint)).then(|| Text::of_body(self.start, more.end))
    }

    /// Where the byte at `offset` from this text's start stands in the body.
    pub fn source(&self, offset: usize) -> usize {
        let offset = self.start + offset;
        let Some(buffer) = &self.buffer else { return offset };
        match buffer.pieces.get(buffer.piece_at(offset)) {
            Some(piece) if piece.given => piece.source + (offset - piece.at),
            Some(piece) => piece.source,
            None => 0,
        }
    }

    /// One past where the last byte before `offset` stands in the body.
    fn source_end(&self, offset: usize) -> usize {
        let offset = self.start + offset;
        let Some(buffer) = &self.buffer else { return offset };
        if offset == 0 {
            return buffer.pieces.first().map_or(0, |piece| piece.source);
        }
        match buffer.pieces.get(buffer.piece_at(offset - 1)) {
            Some(piece) if piece.given => piece.source + (offset - piece.at),
            Some(piece) => piece.source,
            None => 0,
        }
    }

    /// The bytes of the body from the first to the last of `start..end`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        if start >= end {
            return Span::at(self.source(start));
        }
        Span::new(self.source(start), self.source_end(end))
    }

    /// The characters `start..end`, borrowed from the body where it holds them in one stretch.
    pub fn cow<'a>(&self, body: &'a str, start: usize, end: usize) -> CowStr<'a> {
        let part = self.part(start, end);
        match part.buffer {
            None => CowStr::Borrowed(body.get(part.start..part.end).unwrap_or("")),
            Some(_) => CowStr::from(part.str(body).to_owned()),
        }
    }

    /// Hands `start..end` out piece by piece, each with its span.
    pub fn each_piece<'a>(&self, body: &'a str, start: usize, end: usize, mut take: impl FnMut(CowStr<'a>, Span)) {
        let (start, end) = (self.start + start, self.start + end);
        let Some(buffer) = &self.buffer else {
            take(CowStr::Borrowed(body.get(start..end).unwrap_or("")), Span::new(start, end));
            return;
        };
        let mut index = buffer.piece_at(start);
        let mut from = start;
        while from < end
            && let Some(piece) = buffer.pieces.get(index)
        {
            let to = buffer.piece_end(index).min(end);
            if to > from {
                if piece.given {
                    let at = piece.source + (from - piece.at);
                    let span = Span::new(at, at + (to - from));
                    take(CowStr::Borrowed(span.of(body)), span);
                } else {
                    let text = buffer.text.get(from..to).unwrap_or("");
                    take(CowStr::from(text.to_owned()), Span::at(piece.source));
                }
            }
            from = to;
            index += 1;
        }
    }
}

impl Buffer {
    /// The piece that holds byte `at`.
    fn piece_at(&self, at: usize) -> usize {
        self.pieces.partition_point(|piece| piece.at <= at).saturating_sub(1)
    }

    fn piece_end(&self, index: usize) -> usize {
        self.pieces.get(index + 1).map_or(self.text.len(), |next| next.at)
    }
}

/// Stitches a `Text` together. As long as the pieces follow one another in the body, nothing is copied.
pub(super) struct TextBuilder<'a> {
    body: &'a str,
    /// The only stretch so far.
    run: Option<(usize, usize)>,
    buffer: Buffer,
    /// Where the last piece ends in the body.
    last: usize,
}

impl<'a> TextBuilder<'a> {
    /// An empty text.
    pub fn new(body: &'a str) -> Self {
        Self { body, run: None, buffer: Buffer::default(), last: 0 }
    }

    /// Adds the part `start..end` of `text`.
    pub fn push(&mut self, text: &Text, start: usize, end: usize) {
        if start >= end {
            // Nothing, but at a place.
            if self.is_empty() {
                self.last = text.source(start);
            }
            return;
        }
        let (start, end) = (text.start + start, text.start + end);
        let Some(buffer) = &text.buffer else { return self.push_given(start, end) };
        let mut index = buffer.piece_at(start);
        let mut from = start;
        while from < end
            && let Some(piece) = buffer.pieces.get(index)
        {
            let to = buffer.piece_end(index).min(end);
            if piece.given {
                let at = piece.source + (from - piece.at);
                self.push_given(at, at + (to - from));
            } else {
                self.last = piece.source;
                self.push_literal(buffer.text.get(from..to).unwrap_or(""));
            }
            from = to;
            index += 1;
        }
    }

    fn push_given(&mut self, start: usize, end: usize) {
        if start >= end {
            return;
        }
        self.last = end;
        if self.buffer.pieces.is_empty() {
            match &mut self.run {
                None => {
                    self.run = Some((start, end));
                    return;
                }
                Some((_, last)) if *last == start => {
                    *last = end;
                    return;
                }
                Some(_) => self.settle(),
            }
        }
        let at = self.buffer.text.len();
        let joins =
            self.buffer.pieces.last().is_some_and(|piece| piece.given && piece.source + (at - piece.at) == start);
        if !joins {
            self.buffer.pieces.push(Piece { at, source: start, given: true });
        }
        self.buffer.text.push_str(self.body.get(start..end).unwrap_or(""));
    }

    /// Adds characters that the body does not hold here.
    pub fn push_literal(&mut self, literal: &str) {
        if literal.is_empty() {
            return;
        }
        self.settle();
        self.buffer.pieces.push(Piece { at: self.buffer.text.len(), source: self.last, given: false });
        self.buffer.text.push_str(literal);
    }

    /// Adds `count` spaces that the body does not hold.
    pub fn push_spaces(&mut self, mut count: usize) {
        const SPACES: &str = "                                ";
        while count > 0 {
            let now = count.min(SPACES.len());
            self.push_literal(SPACES.get(..now).unwrap_or(""));
            count -= now;
        }
    }

    /// Copies the only stretch into the buffer, where more pieces can follow.
    fn settle(&mut self) {
        if let Some((start, end)) = self.run.take() {
            self.buffer.pieces.push(Piece { at: 0, source: start, given: true });
            self.buffer.text.push_str(self.body.get(start..end).unwrap_or(""));
        }
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.run.is_none() && self.buffer.text.is_empty()
    }

    /// The text.
    pub fn finish(self) -> Text {
        if let Some((start, end)) = self.run {
            return Text::of_body(start, end);
        }
        if self.buffer.pieces.is_empty() {
            return Text::of_body(self.last, self.last);
        }
        let end = self.buffer.text.len();
        Text { buffer: Some(Rc::new(self.buffer)), start: 0, end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_in_the_body_are_one_stretch() {
        let body = "one\ntwo";
        let mut builder = TextBuilder::new(body);
        builder.push(&Text::of_body(0, 4), 0, 4);
        builder.push(&Text::of_body(4, 7), 0, 3);
        let text = builder.finish();
        assert_eq!(text.str(body), body);
        assert!(matches!(text.cow(body, 0, 7), CowStr::Borrowed(_)));
    }

    #[test]
    fn stitched_lines_know_where_they_stand() {
        let body = "> one\n> two\n";
        let mut builder = TextBuilder::new(body);
        builder.push(&Text::of_body(2, 6), 0, 4);
        builder.push_spaces(2);
        builder.push(&Text::of_body(8, 12), 0, 4);
        let text = builder.finish();
        assert_eq!(text.str(body), "one\n  two\n");
        assert_eq!(text.source(6), 8);
        assert_eq!(text.span(0, 10), Span::new(2, 12));
        assert!(matches!(text.cow(body, 6, 9), CowStr::Borrowed("two")));
        let mut pieces = Vec::new();
        text.each_piece(body, 1, 8, |piece, _| pieces.push(piece.to_string()));
        assert_eq!(pieces, ["ne\n", "  ", "tw"]);
    }
}
