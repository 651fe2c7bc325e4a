//! `~~text~~`: its text is parsed on its own.
//! Rules: the GFM variant's `parse_strikethrough_gfm`. Neither white space nor a tilde stands at the inner edges.

use super::MAX_DEPTH;
use super::scan;
use super::span::{FrameKind, Spans};
use crate::markdown::event::{Event, Tag};

impl Spans<'_, '_, '_> {
    /// Takes a strikethrough.
    pub(super) fn parse_strikethrough(&mut self) -> bool {
        let start = self.pos;
        let text = self.text;
        let inner = start + 2;
        let first = self.byte(inner);
        if self.byte(start + 1) != b'~' || inner >= text.len() || scan::is_space(first) || first == b'~' {
            return false;
        }
        if self.depth + self.frames.len() >= MAX_DEPTH {
            return false;
        }
        // The last character of the text, with the tildes after it.
        let found = self.next.strike.at(inner, |from| {
            let bytes = text.as_bytes();
            let mut at = from;
            loop {
                at += memchr::memmem::find(bytes.get(at..)?, b"~~")?;
                let before = scan::byte_at(text, at.wrapping_sub(1));
                if at > from && before != b'~' && !scan::is_space(before) {
                    return Some(at - 1);
                }
                at += 1;
            }
        });
        let Some(close) = found.map(|last| last + 1) else { return false };
        let index = self.open(FrameKind::Html { raw: false }, Event::Start(Tag::Strikethrough, None), start);
        let part = self.origin.part(inner, close);
        let body = self.parser.body;
        let mut nested = Spans::new(self.parser, self.out, part.str(body), &part);
        nested.depth = self.depth + self.frames.len();
        nested.parse();
        self.pos = close + 2;
        self.close(index, self.pos);
        true
    }
}
