//! `*em*`, `_em_`, `**strong**`, `__strong__`.
//! Rules: kramdown's syntax page, "Emphasis"; its `emphasis.rb`. `_` does not open within a word nor close before a
//! letter; neither kind stands within itself.

use super::scan;
use super::span::{Asked, FrameKind, Spans, Stop};
use crate::markdown::event::{Event, Tag};

/// Whether the delimiter at `at` may close what it opened: what stands before and after it allows it.
pub(super) fn closes(text: &str, at: usize, delimiter: &str) -> bool {
    let bytes = text.as_bytes();
    let before = at.checked_sub(1).and_then(|at| bytes.get(at));
    if before.is_some_and(|&byte| scan::is_space(byte)) {
        return false;
    }
    let mark = scan::byte_at(text, at);
    let run = |from: usize| bytes.get(from) == Some(&mark);
    if delimiter.len() == 1 && run(at + 1) && !run(at + 2) {
        return false;
    }
    mark != b'_' || !scan::char_at(text, at + delimiter.len()).is_some_and(char::is_alphanumeric)
}

/// The last position at which each of the four delimiters may close, once looked for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Closers([Option<Option<usize>>; 4]);

impl Closers {
    /// Whether `delimiter` may close at or after `pos`.
    fn any_after(&mut self, text: &str, pos: usize, delimiter: &'static str) -> bool {
        let index = usize::from(delimiter.starts_with('_')) * 2 + delimiter.len() - 1;
        let Some(last) = self.0.get_mut(index) else { return true };
        let last =
            last.get_or_insert_with(|| {
                text.as_bytes().windows(delimiter.len()).enumerate().rev().find_map(|(at, window)| {
                    (window == delimiter.as_bytes() && closes(text, at, delimiter)).then_some(at)
                })
            });
        last.is_some_and(|last| last >= pos)
    }
}

impl Spans<'_, '_, '_> {
    /// Takes emphasis, or its delimiter as text.
    pub(super) fn parse_emphasis(&mut self) -> bool {
        let start = self.pos;
        let double = self.byte(start) == self.byte(start + 1);
        let (delimiter, single) = match (self.byte(start), double) {
            (b'*', true) => ("**", "*"),
            (b'*', false) => ("*", "*"),
            (_, true) => ("__", "_"),
            (_, false) => ("_", "_"),
        };
        let kind = if double { FrameKind::Strong } else { FrameKind::Emphasis };
        let after = start + delimiter.len();
        let in_word = single == "_" && self.follows_letter(start);
        let allowed = !in_word && !scan::is_space(self.byte(after)) && !self.within(kind) && self.has_fuel();
        let taken = allowed
            && (self.try_emphasis(delimiter, kind)
                || (double && self.kind() != FrameKind::Emphasis && self.try_emphasis(single, FrameKind::Emphasis)));
        if !taken {
            self.push_text(start, after);
            self.pos = after;
        }
        true
    }

    /// Whether a letter stands before `at`, possibly with a hyphen between.
    fn follows_letter(&self, at: usize) -> bool {
        let letter = |at: usize| scan::char_before(self.text, at).is_some_and(char::is_alphabetic);
        letter(at) || (at > 0 && self.byte(at - 1) == b'-' && letter(at - 1))
    }

    fn try_emphasis(&mut self, delimiter: &'static str, kind: FrameKind) -> bool {
        let start = self.pos;
        if !self.closers.any_after(self.text, start + delimiter.len() + 1, delimiter) {
            return false;
        }
        let mark = self.mark();
        let tag = if kind == FrameKind::Strong { Tag::Strong } else { Tag::Emphasis };
        let index = self.open(kind, Event::Start(tag, None), start);
        self.pos = start + delimiter.len();
        if !self.parse_spans(Stop::Delimiter(delimiter), Asked::All) {
            self.reset(&mark);
            return false;
        }
        self.pos += delimiter.len();
        self.close(index, self.pos);
        true
    }
}
