//! A piece of Markdown together with the place of each of its bytes in the body. The text of a quote or a list item is
//! put together from lines without their indentation; it still knows where each byte came from.
//! In: ranges of the body. Out: `SourceText` (cheap to clone), its characters and their spans. Neighbours: every parser
//! of blocks and spans.

use std::rc::Rc;

use crate::markdown::event::CowStr;
use crate::text::Span;

/// A run of bytes in a `Buffer`. It ends where the next run starts.
#[derive(Clone, Copy, Debug)]
struct SourceRun {
    /// Its first byte in the buffer.
    at: usize,
    /// The place in the body of its first byte; for bytes that the body does not hold, the place where they were added.
    source: usize,
    /// Whether these bytes are in the body. The others were added: spaces for a tab, a space for a line break.
    in_body: bool,
}

/// Text that is not one range of the body.
#[derive(Debug, Default)]
struct Buffer {
    text: String,
    runs: Vec<SourceRun>,
}

/// A range of the body, or a range of a buffer that was put together from ranges of it.
#[derive(Clone, Debug, Default)]
pub(super) struct SourceText {
    buffer: Option<Rc<Buffer>>,
    start: usize,
    end: usize,
}

impl SourceText {
    /// The bytes `start..end` of the body.
    pub fn of_body(start: usize, end: usize) -> Self {
        Self { buffer: None, start, end: end.max(start) }
    }

    /// The characters.
    pub fn str<'s>(&'s self, body: &'s str) -> &'s str {
        let whole = self.buffer.as_ref().map_or(body, |buffer| &buffer.text);
        whole.get(self.start..self.end).unwrap_or("")
    }

    /// The length in bytes.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// The part `start..end`, in bytes of this text.
    pub fn part(&self, start: usize, end: usize) -> SourceText {
        let (start, end) = (self.start + start, self.start + end);
        let Some(buffer) = &self.buffer else { return SourceText::of_body(start, end) };
        let index = buffer.piece_at(start);
        if let Some(run) = buffer.runs.get(index)
            && run.in_body
            && end <= buffer.piece_end(index)
        {
            let from = run.source + (start - run.at);
            return SourceText::of_body(from, from + (end.max(start) - start));
        }
        SourceText { buffer: self.buffer.clone(), start, end: end.max(start) }
    }

    /// The same text with a line break at its end: the one that follows it, or an added one.
    pub fn with_line_break(&self, body: &str) -> SourceText {
        let whole = self.buffer.as_ref().map_or(body, |buffer| &buffer.text);
        if whole.as_bytes().get(self.end) == Some(&b'\n') {
            return SourceText { buffer: self.buffer.clone(), start: self.start, end: self.end + 1 };
        }
        let mut longer = SourceTextBuilder::new(body);
        longer.push(self, 0, self.len());
        longer.push_literal("\n");
        longer.finish()
    }

    /// This text, `between` and `more` as one range of the body, if they follow one another there.
    pub fn joined(&self, body: &str, between: &str, more: &SourceText) -> Option<SourceText> {
        if self.buffer.is_some() || more.buffer.is_some() || self.end + between.len() != more.start {
            return None;
        }
        (body.get(self.end..more.start) == Some(between)).then(|| SourceText::of_body(self.start, more.end))
    }

    /// The place in the body of the byte at `offset` of this text.
    pub fn source(&self, offset: usize) -> usize {
        let offset = self.start + offset;
        let Some(buffer) = &self.buffer else { return offset };
        match buffer.runs.get(buffer.piece_at(offset)) {
            Some(run) if run.in_body => run.source + (offset - run.at),
            Some(run) => run.source,
            None => 0,
        }
    }

    /// The place in the body after the last byte before `offset`.
    fn source_end(&self, offset: usize) -> usize {
        let offset = self.start + offset;
        let Some(buffer) = &self.buffer else { return offset };
        if offset == 0 {
            return buffer.runs.first().map_or(0, |run| run.source);
        }
        match buffer.runs.get(buffer.piece_at(offset - 1)) {
            Some(run) if run.in_body => run.source + (offset - run.at),
            Some(run) => run.source,
            None => 0,
        }
    }

    /// The span in the body from the first to the last byte of `start..end`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        if start >= end {
            return Span::at(self.source(start));
        }
        Span::new(self.source(start), self.source_end(end))
    }

    /// The characters `start..end`, borrowed if they are one range of the body.
    pub fn cow<'a>(&self, body: &'a str, start: usize, end: usize) -> CowStr<'a> {
        let part = self.part(start, end);
        match part.buffer {
            None => CowStr::Borrowed(body.get(part.start..part.end).unwrap_or("")),
            Some(_) => CowStr::from(part.str(body).to_owned()),
        }
    }

    /// Calls `take` for each run of `start..end`, with its span in the body.
    pub fn each_piece<'a>(&self, body: &'a str, start: usize, end: usize, mut take: impl FnMut(CowStr<'a>, Span)) {
        let (start, end) = (self.start + start, self.start + end);
        let Some(buffer) = &self.buffer else {
            take(CowStr::Borrowed(body.get(start..end).unwrap_or("")), Span::new(start, end));
            return;
        };
        let mut index = buffer.piece_at(start);
        let mut from = start;
        while from < end
            && let Some(run) = buffer.runs.get(index)
        {
            let to = buffer.piece_end(index).min(end);
            if to > from {
                if run.in_body {
                    let at = run.source + (from - run.at);
                    let span = Span::new(at, at + (to - from));
                    take(CowStr::Borrowed(span.of(body)), span);
                } else {
                    let text = buffer.text.get(from..to).unwrap_or("");
                    take(CowStr::from(text.to_owned()), Span::at(run.source));
                }
            }
            from = to;
            index += 1;
        }
    }
}

impl Buffer {
    /// The index of the run that holds byte `at`.
    fn piece_at(&self, at: usize) -> usize {
        self.runs.partition_point(|run| run.at <= at).saturating_sub(1)
    }

    fn piece_end(&self, index: usize) -> usize {
        self.runs.get(index + 1).map_or(self.text.len(), |next| next.at)
    }
}

/// Puts a `SourceText` together from parts. Nothing is copied as long as the parts follow one another in the body.
pub(super) struct SourceTextBuilder<'a> {
    body: &'a str,
    /// The only range so far, if there is one.
    run: Option<(usize, usize)>,
    buffer: Buffer,
    /// Where the last run ends in the body.
    last: usize,
}

impl<'a> SourceTextBuilder<'a> {
    /// An empty text.
    pub fn new(body: &'a str) -> Self {
        Self { body, run: None, buffer: Buffer::default(), last: 0 }
    }

    /// Adds the part `start..end` of `text`.
    pub fn push(&mut self, text: &SourceText, start: usize, end: usize) {
        if start >= end {
            // An empty part still gives an empty text its place.
            if self.is_empty() {
                self.last = text.source(start);
            }
            return;
        }
        let (start, end) = (text.start + start, text.start + end);
        let Some(buffer) = &text.buffer else { return self.push_in_body(start, end) };
        let mut index = buffer.piece_at(start);
        let mut from = start;
        while from < end
            && let Some(run) = buffer.runs.get(index)
        {
            let to = buffer.piece_end(index).min(end);
            if run.in_body {
                let at = run.source + (from - run.at);
                self.push_in_body(at, at + (to - from));
            } else {
                self.last = run.source;
                self.push_literal(buffer.text.get(from..to).unwrap_or(""));
            }
            from = to;
            index += 1;
        }
    }

    fn push_in_body(&mut self, start: usize, end: usize) {
        if start >= end {
            return;
        }
        self.last = end;
        if self.buffer.runs.is_empty() {
            match &mut self.run {
                None => {
                    self.run = Some((start, end));
                    return;
                }
                Some((_, last)) if *last == start => {
                    *last = end;
                    return;
                }
                Some(_) => self.move_run_to_buffer(),
            }
        }
        let at = self.buffer.text.len();
        let joins = self.buffer.runs.last().is_some_and(|run| run.in_body && run.source + (at - run.at) == start);
        if !joins {
            self.buffer.runs.push(SourceRun { at, source: start, in_body: true });
        }
        self.buffer.text.push_str(self.body.get(start..end).unwrap_or(""));
    }

    /// Adds characters that are not in the body.
    pub fn push_literal(&mut self, literal: &str) {
        if literal.is_empty() {
            return;
        }
        self.move_run_to_buffer();
        self.buffer.runs.push(SourceRun { at: self.buffer.text.len(), source: self.last, in_body: false });
        self.buffer.text.push_str(literal);
    }

    /// Adds `count` spaces that are not in the body.
    pub fn push_spaces(&mut self, mut count: usize) {
        const SPACES: &str = "                                ";
        while count > 0 {
            let now = count.min(SPACES.len());
            self.push_literal(SPACES.get(..now).unwrap_or(""));
            count -= now;
        }
    }

    /// Moves the only range into the buffer, so that more runs can follow it.
    fn move_run_to_buffer(&mut self) {
        if let Some((start, end)) = self.run.take() {
            self.buffer.runs.push(SourceRun { at: 0, source: start, in_body: true });
            self.buffer.text.push_str(self.body.get(start..end).unwrap_or(""));
        }
    }

    /// Whether nothing was added yet.
    pub fn is_empty(&self) -> bool {
        self.run.is_none() && self.buffer.text.is_empty()
    }

    /// The finished text.
    pub fn finish(self) -> SourceText {
        if let Some((start, end)) = self.run {
            return SourceText::of_body(start, end);
        }
        if self.buffer.runs.is_empty() {
            return SourceText::of_body(self.last, self.last);
        }
        let end = self.buffer.text.len();
        SourceText { buffer: Some(Rc::new(self.buffer)), start: 0, end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_follow_one_another_are_not_copied() {
        let body = "one\ntwo";
        let mut builder = SourceTextBuilder::new(body);
        builder.push(&SourceText::of_body(0, 4), 0, 4);
        builder.push(&SourceText::of_body(4, 7), 0, 3);
        let text = builder.finish();
        assert_eq!(text.str(body), body);
        assert!(matches!(text.cow(body, 0, 7), CowStr::Borrowed(_)));
    }

    #[test]
    fn joined_lines_keep_their_places_in_the_body() {
        let body = "> one\n> two\n";
        let mut builder = SourceTextBuilder::new(body);
        builder.push(&SourceText::of_body(2, 6), 0, 4);
        builder.push_spaces(2);
        builder.push(&SourceText::of_body(8, 12), 0, 4);
        let text = builder.finish();
        assert_eq!(text.str(body), "one\n  two\n");
        assert_eq!(text.source(6), 8);
        assert_eq!(text.span(0, 10), Span::new(2, 12));
        assert!(matches!(text.cow(body, 6, 9), CowStr::Borrowed("two")));
        let mut runs = Vec::new();
        text.each_piece(body, 1, 8, |run, _| runs.push(run.to_string()));
        assert_eq!(runs, ["ne\n", "  ", "tw"]);
    }
}
