//! Emphasis: `*em*`, `_em_`, `**strong**`, `__strong__`.
//!
//! ```bnf
//! emphasis ::= "*" spans "*" | "_" spans "_"
//! strong   ::= "**" spans "**" | "__" spans "__"
//! ```
//!
//! ```markdown
//! *one* and __two__, but not a_b_c
//! ```
//!
//! ```html
//! <p><em>one</em> and <strong>two</strong>, but not a_b_c</p>
//! ```
//!
//! No white space stands inside next to a delimiter. `_` does not open in a word, and does not close before a letter.
//! Emphasis does not stand in emphasis, nor strong in strong.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#emphasis>
//! Follows: kramdown 2.4.0, `emphasis.rb` lines 14–56.
//! In: a position in a text. Out: an element with spans in it, or the delimiter as text. Neighbours: `mod.rs` parses
//! the content and asks `closes`.

use crate::markdown::event::{Event, Tag};
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::span_parser::{SpanKind, SpanParser, SpanParsers, Stop};

/// Whether `delimiter` at `at` can close emphasis, by the characters before and after it.
pub(in crate::markdown::kramdown) fn closes(text: &str, at: usize, delimiter: &str) -> bool {
    let bytes = text.as_bytes();
    let before = at.checked_sub(1).and_then(|at| bytes.get(at));
    if before.is_some_and(|&byte| chars::is_space(byte)) {
        return false;
    }
    let mark = chars::byte_at(text, at);
    let run = |from: usize| bytes.get(from) == Some(&mark);
    if delimiter.len() == 1 && run(at + 1) && !run(at + 2) {
        return false;
    }
    mark != b'_' || !chars::char_at(text, at + delimiter.len()).is_some_and(char::is_alphanumeric)
}

/// The last position where each of the four delimiters can close. It is searched for when it is first needed.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::markdown::kramdown) struct Closers([Option<Option<usize>>; 4]);

impl Closers {
    /// Whether `delimiter` can close at or after `pos`.
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

impl SpanParser<'_, '_, '_> {
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
        let kind = if double { SpanKind::Strong } else { SpanKind::Emphasis };
        let after = start + delimiter.len();
        let in_word = single == "_" && self.follows_letter(start);
        let allowed = !in_word && !chars::is_space(self.byte(after)) && !self.within(kind) && self.has_fuel();
        let taken = allowed
            && (self.try_emphasis(delimiter, kind)
                || (double && self.kind() != SpanKind::Emphasis && self.try_emphasis(single, SpanKind::Emphasis)));
        if !taken {
            self.push_text(start, after);
            self.pos = after;
        }
        true
    }

    /// Whether a letter stands before `at`, or a letter and a hyphen.
    fn follows_letter(&self, at: usize) -> bool {
        let letter = |at: usize| chars::char_before(self.text, at).is_some_and(char::is_alphabetic);
        letter(at) || (at > 0 && self.byte(at - 1) == b'-' && letter(at - 1))
    }

    /// Takes emphasis with `delimiter`, if it is closed.
    fn try_emphasis(&mut self, delimiter: &'static str, kind: SpanKind) -> bool {
        let start = self.pos;
        if !self.closers.any_after(self.text, start + delimiter.len() + 1, delimiter) {
            return false;
        }
        let state = self.checkpoint();
        let tag = if kind == SpanKind::Strong { Tag::Strong } else { Tag::Emphasis };
        let index = self.open(kind, Event::Start(tag, None), start);
        self.pos = start + delimiter.len();
        if !self.parse_spans(Stop::Delimiter(delimiter), SpanParsers::All) {
            self.rewind(&state);
            return false;
        }
        self.pos += delimiter.len();
        self.close(index, self.pos);
        true
    }
}
