//! Escaped characters: a backslash before punctuation that has a meaning.
//!
//! ```bnf
//! escaped_char ::= "\" one of \.*_+`<>()[]{}#!:|"'$=-~
//! ```
//!
//! ```markdown
//! \*no emphasis\*
//! ```
//!
//! ```html
//! <p>*no emphasis*</p>
//! ```
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#automatic-and-manual-escaping>
//! Follows: kramdown 2.4.0, `escaped_chars.rb` lines 14–20; kramdown-parser-gfm 1.1.0, `gfm.rb` line 190.
//! In: a position in a text. Out: the character as text. Neighbours: `link.rs` removes the same backslashes from the
//! text of an image.

use crate::markdown::kramdown::span_parser::SpanParser;

/// Whether a backslash before `byte` removes its meaning.
pub(super) fn is_escapable(byte: u8) -> bool {
    b"\\.*_+`<>()[]{}#!:|\"'$=-~".contains(&byte)
}

impl SpanParser<'_, '_, '_> {
    /// Takes an escaped character.
    pub(super) fn parse_escaped_char(&mut self) -> bool {
        let at = self.pos + 1;
        if !is_escapable(self.byte(at)) || (self.byte(at) == b'~' && !self.parser.options.gfm) {
            return false;
        }
        self.push_text(at, at + 1);
        self.pos = at + 1;
        true
    }
}
