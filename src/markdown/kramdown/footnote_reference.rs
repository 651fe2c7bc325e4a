//! `[^name]`: a reference to a footnote that is defined somewhere.
//! Rules: kramdown's syntax page, "Footnotes"; its `footnote.rb`. Without a definition it stays text.

use super::scan;
use super::span::Spans;
use crate::markdown::event::Event;

impl Spans<'_, '_, '_> {
    /// Takes a reference to a footnote.
    pub(super) fn parse_footnote_reference(&mut self) -> bool {
        let start = self.pos;
        if self.byte(start + 1) != b'^' {
            return false;
        }
        let Some(name_end) = scan::identifier(self.text, start + 2) else { return false };
        if self.byte(name_end) != b']' {
            return false;
        }
        let end = name_end + 1;
        let name = self.cow(start + 2, name_end);
        if self.parser.footnotes.get(&name).is_some() {
            self.push_event(Event::FootnoteReference(name), start, end);
        } else {
            self.push_text(start, end);
        }
        self.pos = end;
        true
    }
}
