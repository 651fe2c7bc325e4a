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

use crate::markdown::event::{CowStr, Event};
use crate::markdown::kramdown::char_reference;
use crate::markdown::kramdown::span_parser::{LastChild, SpanParser};

/// What is written, the symbol for it, and the symbol's name in the option `typographic_symbols`. The first that
/// matches counts.
const SYMBOLS: [(&str, &str, &str); 9] = [
    ("---", "—", "mdash"),
    ("--", "–", "ndash"),
    ("...", "…", "hellip"),
    ("\\<<", "<<", ""),
    ("\\>>", ">>", ""),
    ("<< ", "«\u{a0}", "laquo_space"),
    (" >>", "\u{a0}»", "raquo_space"),
    ("<<", "«", "laquo"),
    (">>", "»", "raquo"),
];

impl SpanParser<'_, '_, '_> {
    /// Takes a typographic symbol.
    pub(super) fn parse_typographic_symbol(&mut self) -> bool {
        let start = self.pos;
        let options = &self.parser.options;
        if options.no_auto_typographic {
            return false;
        }
        let Some((written, symbol, name)) = SYMBOLS.iter().find(|(written, ..)| self.starts(start, written)) else {
            return false;
        };
        let end = start + written.len();
        let wanted = options.typographic_symbols.iter().rfind(|(other, _)| other == name && !name.is_empty());
        match wanted.map(|(_, text)| CowStr::from(char_reference::escaped(text))) {
            // As HTML it is no part of the text that ids are made from.
            Some(text) => {
                self.push_event(Event::InlineHtml(text), start, end);
                self.set_last_child(LastChild::Symbol);
            }
            None => self.push_symbol(CowStr::Borrowed(symbol), start, end),
        }
        self.pos = end;
        true
    }
}
