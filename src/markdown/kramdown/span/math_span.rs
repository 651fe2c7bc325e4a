//! Formulas in a text: `$$ … $$`.
//!
//! ```bnf
//! math_span ::= "$$" formula "$$"
//! ```
//!
//! ```markdown
//! With $$x^2$$ in it.
//! ```
//!
//! ```html
//! <p>With \(x^2\) in it.</p>
//! ```
//!
//! A single dollar is text.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#math-blocks>
//! Follows: kramdown 2.4.0, `math.rb` lines 41–48.
//! In: a position in a text. Out: a formula. Neighbours: `block/math_block.rs` is the same between blocks.

use crate::markdown::event::Event;
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::span_parser::SpanParser;

impl SpanParser<'_, '_, '_> {
    /// Takes a formula.
    pub(super) fn parse_math_span(&mut self) -> bool {
        let start = self.pos;
        if self.byte(start + 1) != b'$' {
            return false;
        }
        let Some(close) = self.next.dollars.string(self.text, start + 2, b"$$") else { return false };
        let formula = self.text.get(start + 2..close).unwrap_or("");
        let from = close - chars::strip_start(formula).len();
        let to = from + chars::strip(formula).len();
        let formula = self.cow(from.min(to), to);
        self.push_event(Event::InlineMath(formula), start, close + 2);
        self.pos = close + 2;
        true
    }
}
