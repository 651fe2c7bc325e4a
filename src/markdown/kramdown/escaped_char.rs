//! A backslash before punctuation that would mean something: the punctuation itself.
//! Rules: kramdown's syntax page, "Escaping"; its `escaped_chars.rb`, with `~` in the GFM variant.

use super::span::Spans;

/// Whether a backslash takes the meaning off `byte`.
pub(super) fn is_escapable(byte: u8) -> bool {
    b"\\.*_+`<>()[]{}#!:|\"'$=-~".contains(&byte)
}

impl Spans<'_, '_, '_> {
    /// Takes an escaped character.
    pub(super) fn parse_escaped_char(&mut self) -> bool {
        let at = self.pos + 1;
        if !is_escapable(self.byte(at)) {
            return false;
        }
        self.push_text(at, at + 1);
        self.pos = at + 1;
        true
    }
}
