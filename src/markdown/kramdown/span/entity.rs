//! Entities in a text: `&name;` and `&#number;`.
//!
//! ```bnf
//! entity ::= "&" name ";" | "&#" digit+ ";" | "&#x" hex_digit+ ";"
//! ```
//!
//! ```markdown
//! &copy; and &#8364;, but &nosuchname;
//! ```
//!
//! ```html
//! <p>© and €, but &amp;nosuchname;</p>
//! ```
//!
//! A name that kramdown does not know is text.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#automatic-and-manual-escaping>
//! Follows: kramdown 2.4.0, `html_entity.rb` lines 17–29.
//! In: a position in a text. Out: a symbol. Neighbours: `char_reference.rs` reads and decodes references.

use crate::markdown::event::CowStr;
use crate::markdown::kramdown::char_reference::{CharReference, named, reference};
use crate::markdown::kramdown::span_parser::SpanParser;
use crate::markdown::raw_html;

impl SpanParser<'_, '_, '_> {
    /// Takes a character reference.
    pub(super) fn parse_entity(&mut self) -> bool {
        let start = self.pos;
        let Some((found, end)) = reference(self.text, start) else { return false };
        let symbol = match found {
            CharReference::Named(name) => match named(name) {
                Some(c) => CowStr::from(c),
                None => {
                    self.push_symbol(CowStr::Borrowed("&"), start, start + 1);
                    self.push_text(start + 1, end);
                    self.pos = end;
                    return true;
                }
            },
            // Numbers that are no characters, or C1 controls, get the character that a browser shows for them.
            CharReference::Number(digits, radix) => {
                match u32::from_str_radix(digits, radix).ok().and_then(char::from_u32) {
                    Some(c) if !('\u{80}'..='\u{9f}').contains(&c) && c != '\0' => CowStr::from(c),
                    _ => {
                        let decoded = raw_html::decode(self.text.get(start..end).unwrap_or(""), false);
                        CowStr::from(decoded.into_owned())
                    }
                }
            }
        };
        self.push_symbol(symbol, start, end);
        self.pos = end;
        true
    }
}
