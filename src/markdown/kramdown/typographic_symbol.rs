//! `--`, `---`, `...`, `<<` and `>>`.
//! Rules: kramdown's syntax page, "Typographic Symbols"; its `typographic_symbol.rb`.

use super::span::Spans;
use crate::markdown::event::CowStr;

/// What is written and what it stands for; the first that fits counts.
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

impl Spans<'_, '_, '_> {
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
