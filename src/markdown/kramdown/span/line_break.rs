//! Line breaks: two spaces or two backslashes at the end of a line; in GFM also one backslash.
//!
//! ```bnf
//! line_break ::= ("  " | "\\\\" | "\\") before a line end
//! ```
//!
//! ```markdown
//! One\\
//! two\
//! three.
//! ```
//!
//! ```html
//! <p>One<br />
//! two<br />
//! three.</p>
//! ```
//!
//! There is no break at one backslash at the end of a block, in HTML and in footnotes.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#paragraphs>
//! Follows: kramdown 2.4.0, `line_break.rb` lines 14–20; kramdown-parser-gfm 1.1.0, `gfm.rb` lines 77–104 and 200–216.
//! In: a position in a text. Out: a hard break, which stands for the line end too. Neighbours: `span_parser.rs`
//! (`hard_breaks`, `skipped_line_break`).

use crate::markdown::event::Event;
use crate::markdown::kramdown::span_parser::{LastChild, SpanKind, SpanParser};

impl SpanParser<'_, '_, '_> {
    /// Takes a line break.
    pub(super) fn parse_line_break(&mut self) -> bool {
        let start = self.pos;
        let (byte, following) = (self.byte(start), self.byte(start + 1));
        let marked = byte == following && matches!(byte, b' ' | b'\\');
        if marked && self.byte(start + 2) == b'\n' && !self.parser.options.hard_wrap {
            self.push_event(Event::HardBreak, start, start + 3);
            self.set_last_child(LastChild::Symbol);
            self.pos = start + 2;
            self.skipped_line_break = Some(self.pos);
            return true;
        }
        if byte == b'\\' && following == b'\n' && self.breaks_at_backslash() {
            self.pos = start + 1;
            // A backslash at the end of a block makes no break.
            if !(self.in_block && start + 2 == self.text.len() && self.open_spans.len() == 1) {
                self.push_event(Event::HardBreak, start, start + 2);
                self.set_last_child(LastChild::Text);
                self.skipped_line_break = Some(self.pos);
            }
            return true;
        }
        false
    }

    /// Whether one backslash at the end of a line makes a break here.
    fn breaks_at_backslash(&self) -> bool {
        self.hard_breaks
            && self.parser.options.gfm
            && !self.parser.options.hard_wrap
            && !self.open_spans.iter().any(|span| matches!(span.kind, SpanKind::Html { .. }))
    }
}
