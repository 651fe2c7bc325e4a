//! Deleted text: `~~text~~`.
//!
//! ```bnf
//! strikethrough ::= "~~" spans "~~"
//! ```
//!
//! ```markdown
//! ~~old~~ new
//! ```
//!
//! ```html
//! <p><del>old</del> new</p>
//! ```
//!
//! Neither white space nor a tilde stands inside next to the tildes.
//!
//! Syntax: <https://kramdown.gettalong.org/parser/gfm.html>
//! Follows: kramdown-parser-gfm 1.1.0, `gfm.rb` lines 138–156.
//! In: a position in a text. Out: an element. Neighbours: `span_parser.rs`: the text between the tildes has a parser of
//! its own.

use crate::markdown::event::{Event, Tag};
use crate::markdown::kramdown::MAX_DEPTH;
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::span_parser::{SpanKind, SpanParser};

impl SpanParser<'_, '_, '_> {
    /// Takes a strikethrough.
    pub(super) fn parse_strikethrough(&mut self) -> bool {
        let start = self.pos;
        let text = self.text;
        let inner = start + 2;
        let first = self.byte(inner);
        if self.byte(start + 1) != b'~' || inner >= text.len() || chars::is_space(first) || first == b'~' {
            return false;
        }
        if self.depth + self.open_spans.len() >= MAX_DEPTH {
            return false;
        }
        // The search finds the last character before the closing tildes.
        let found = self.next.strike.at(inner, |from| {
            let bytes = text.as_bytes();
            let mut at = from;
            loop {
                at += memchr::memmem::find(bytes.get(at..)?, b"~~")?;
                let before = chars::byte_at(text, at.wrapping_sub(1));
                if at > from && before != b'~' && !chars::is_space(before) {
                    return Some(at - 1);
                }
                at += 1;
            }
        });
        let Some(close) = found.map(|last| last + 1) else { return false };
        let index = self.open(SpanKind::Html { raw: false }, Event::Start(Tag::Strikethrough, None), start);
        let part = self.origin.part(inner, close);
        let body = self.parser.body;
        let mut nested = SpanParser::new(self.parser, self.out, part.str(body), &part);
        nested.depth = self.depth + self.open_spans.len();
        nested.parse();
        self.pos = close + 2;
        self.close(index, self.pos);
        true
    }
}
