//! Two spaces or two backslashes at the end of a line; in the GFM variant also one backslash.
//! Rules: kramdown's syntax page, "Paragraphs"; its `line_break.rb` and the GFM variant's `update_text_type`.

use super::span::{FrameKind, Last, Spans};
use crate::markdown::event::Event;

impl Spans<'_, '_, '_> {
    /// Takes a line break. Its event stands for the break in the source too.
    pub(super) fn parse_line_break(&mut self) -> bool {
        let start = self.pos;
        let (byte, following) = (self.byte(start), self.byte(start + 1));
        let marked = byte == following && matches!(byte, b' ' | b'\\');
        if marked && self.byte(start + 2) == b'\n' && !self.parser.options.hard_wrap {
            self.push_event(Event::HardBreak, start, start + 3);
            self.set_last(Last::Symbol);
            self.pos = start + 2;
            self.swallow = Some(self.pos);
            return true;
        }
        if byte == b'\\' && following == b'\n' && self.breaks_at_backslash() {
            self.pos = start + 1;
            // At the very end of a block there is nothing to break.
            if !(self.in_block && start + 2 == self.text.len() && self.frames.len() == 1) {
                self.push_event(Event::HardBreak, start, start + 2);
                self.set_last(Last::Text);
                self.swallow = Some(self.pos);
            }
            return true;
        }
        false
    }

    fn breaks_at_backslash(&self) -> bool {
        self.hard_breaks
            && !self.parser.options.hard_wrap
            && !self.frames.iter().any(|frame| matches!(frame.kind, FrameKind::Html { .. }))
    }
}
