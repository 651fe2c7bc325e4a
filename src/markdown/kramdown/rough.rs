//! A text looked at for code and HTML only: tables find their pipes so.
//! In: a `Text`. Out: what it is made of, roughly. Neighbours: `table.rs` asks, `span.rs` parses.
//! Rule: `parse_table` in kramdown's `table.rb`, which runs two of its span parsers over the whole table.

use super::span::{Asked, Spans, Stop};
use super::text::Text;
use super::{Parser, codespan};
use crate::markdown::event::{Event, Tag};

/// A child of a text that is looked at for code and HTML only.
pub(super) enum Rough {
    /// Text.
    Text(String),
    /// Code.
    Code(String),
    /// Something else and what stands for it.
    Other(String),
}

impl<'a> Parser<'a> {
    /// The children of `text` where only code and HTML are looked for.
    pub(super) fn rough_spans(&mut self, text: &Text) -> Vec<Rough> {
        let body = self.body;
        let mut events = Vec::new();
        let source = text.str(body);
        let mut spans = Spans::new(self, &mut events, source, text);
        spans.parse_spans(Stop::Nothing, Asked::CodeAndHtml);
        spans.flush();
        let mut depth = 0usize;
        let mut found: Vec<Rough> = Vec::new();
        for item in events {
            match item.event {
                Event::Start(Tag::Element { name, .. }, _) => {
                    if depth == 0 {
                        found.push(Rough::Other(name.to_string()));
                    }
                    depth += 1;
                }
                Event::Start(..) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                Event::Text(text) => match found.last_mut() {
                    Some(Rough::Text(before)) => before.push_str(&text),
                    _ => found.push(Rough::Text(text.to_string())),
                },
                Event::Code(code, _) => found.push(Rough::Code(code.to_string())),
                Event::Comment(text) => found.push(Rough::Other(text.to_string())),
                _ => {}
            }
        }
        found
    }
}

/// The code span at `pos`, which stands in `text` from its first byte on.
pub(super) fn code_at(text: &str, pos: usize) -> Option<codespan::CodeSpan> {
    codespan::code_span(text, pos, &mut codespan::Runs::default()).ok()
}
