//! Typographic symbols: `--`, `---`, `...`, `<<`, `>>`.
//!
//! ```bnf
//! typographic_symbol ::= "---" | "--" | "..." | "<< " | "<<" | " >>" | ">>"
//! ```
//!
//! ```markdown
//! 1--2 ... <<quoted>> --- end
//! ```
//!
//! ```html
//! <p>1–2 … «quoted» — end</p>
//! ```
//!
//! After a backslash, `<<` and `>>` stay.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#typographic-symbols>
//! Follows: kramdown 2.4.0, `typographic_symbol.rb` lines 14–39.
//! In: a position in a text. Out: a symbol. Neighbours: `smart_quotes.rs`.

use crate::markdown::event::CowStr;
use crate::markdown::kramdown::span_parser::SpanParser;

/// What is written, and the symbol for it. The first that matches counts.
const SYMBOLS: [(&str, &str); 9] = [
    ("---", "—"),
    ("--", "–"),
    ("...", "…"),
    ("\\<<", "<<"),
    ("\\>>", ">>"),
    ("<< ", "«\u{a0}"),
    (" >>", "\u{a0}»"),
    ("<<", "«"),
    (">>", "»"),
];

impl SpanParser<'_, '_, '_> {
    /// Takes a typographic symbol.
    pub(super) fn parse_typographic_symbol(&mut self) -> bool {
        let start = self.pos;
        let Some((written, symbol)) = SYMBOLS.iter().find(|(written, _)| self.starts(start, written)) else {
            return false;
        };
        let end = start + written.len();
        self.push_symbol(CowStr::Borrowed(symbol), start, end);
        self.pos = end;
        true
    }
}
