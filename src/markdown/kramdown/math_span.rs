//! `$$ … $$` within text.
//! Rules: kramdown's syntax page, "Math Blocks"; its `math.rb`. A single dollar is a dollar.

use super::scan;
use super::span::Spans;
use crate::markdown::event::Event;

impl Spans<'_, '_, '_> {
    /// Takes a formula.
    pub(super) fn parse_math_span(&mut self) -> bool {
        let start = self.pos;
        if self.byte(start + 1) != b'$' {
            return false;
        }
        let Some(close) = self.next.dollars.string(self.text, start + 2, b"$$") else { return false };
        let formula = self.text.get(start + 2..close).unwrap_or("");
        let from = close - scan::strip_start(formula).len();
        let to = from + scan::strip(formula).len();
        let formula = self.cow(from.min(to), to);
        self.push_event(Event::InlineMath(formula), start, close + 2);
        self.pos = close + 2;
        true
    }
}
