//! From the text of a block to spans: which span parser is tried at which character, and what ends a span.
//! In: a position in a text. Out: calls of the parsers, which add events. Neighbours: one file here for each construct,
//! `span_parser.rs` for the state.
//! Rules: kramdown 2.4.0, `parser/kramdown.rb` lines 79–81 (the order) and 214–249 (`parse_spans`), with the
//! replacements of the GFM parser, `gfm.rb` lines 25–53.

pub(super) mod abbreviation;
mod autolink;
pub(super) mod codespan;
pub(super) mod emphasis;
mod entity;
mod escaped_char;
mod extension_span;
mod footnote_reference;
mod html_span;
mod line_break;
mod link;
mod math_span;
mod smart_quotes;
mod span_ial;
mod strikethrough;
mod typographic_symbol;

use crate::markdown::kramdown::span_parser::{LastChild, SpanParser, SpanParsers, Stop};
use crate::markdown::kramdown::{chars, extension_tag, html_tag};

/// Bytes at which a span may start, or whose neighbour may start one.
static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b"*_`<>[]!\"'${&-.\n\\~";
    let mut index = 0;
    while index < bytes.len() {
        table[bytes[index] as usize] = true;
        index += 1;
    }
    table
};

impl SpanParser<'_, '_, '_> {
    /// Parses up to `stop` and leaves the position before it. Returns whether `stop` was found.
    pub(super) fn parse_spans(&mut self, stop: Stop<'_>, parsers: SpanParsers) -> bool {
        let mut brackets = 1isize;
        while self.pos < self.text.len() {
            let Some(at) = self.next_token(stop, parsers) else {
                if matches!(stop, Stop::Nothing) {
                    self.push_text(self.pos, self.text.len());
                    self.pos = self.text.len();
                }
                return false;
            };
            self.push_text(self.pos, at);
            self.pos = at;
            if self.stops(stop, &mut brackets) {
                return true;
            }
            if !self.dispatch(parsers) {
                let next = self.after_char(self.pos);
                self.push_text(self.pos, next);
                self.pos = next;
            }
        }
        false
    }

    /// The next position where a span or `stop` may stand.
    fn next_token(&self, stop: Stop<'_>, parsers: SpanParsers) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let from = self.pos;
        if parsers != SpanParsers::All {
            let code = parsers == SpanParsers::CodeAndHtml;
            return bytes.get(from..)?.iter().position(|&b| b == b'<' || (code && b == b'`')).map(|at| from + at);
        }
        let smarty = self.parser.options.smarty_pants;
        let mut at = from;
        loop {
            at += bytes.get(at..)?.iter().position(|&byte| SPECIAL[usize::from(byte)])?;
            let (byte, following) = (self.byte(at), self.byte(at + 1));
            let spaced = at > from && self.byte(at - 1) == b' ';
            match byte {
                b'*' | b'_' | b'`' | b'[' | b'$' | b'!' | b'{' | b'~' | b'\n' if smarty => at += 1,
                b'\\' if smarty && !(matches!(following, b'<' | b'>') && self.byte(at + 2) == following) => at += 1,
                b'*' | b'_' | b'`' | b'[' | b'$' | b'&' | b'\\' => return Some(at),
                b'<' => return Some(if following == b'<' && spaced { at - 1 } else { at }),
                b'>' if following == b'>' => return Some(if spaced { at - 1 } else { at }),
                b']' if matches!(stop, Stop::Bracket) => return Some(at),
                b'!' if following == b'[' => return Some(at),
                b'"' | b'\'' => {
                    let before =
                        if at > from { chars::char_before(self.text, at).map_or(0, char::len_utf8) } else { 0 };
                    return Some(at - before);
                }
                b'{' if following == b':' => return Some(at),
                b'-' | b'~' if following == byte => return Some(at),
                b'.' if following == b'.' && self.byte(at + 2) == b'.' => return Some(at),
                b'\n' if spaced && at >= from + 2 && self.byte(at - 2) == b' ' && !self.parser.options.hard_wrap => {
                    return Some(at - 2);
                }
                _ => at += 1,
            }
        }
    }

    /// Whether `stop` stands at the position. `brackets` counts the `[` that are not closed yet.
    fn stops(&self, stop: Stop<'_>, brackets: &mut isize) -> bool {
        match stop {
            Stop::Nothing => false,
            Stop::Delimiter(delimiter) => {
                self.starts(self.pos, delimiter)
                    && emphasis::closes(self.text, self.pos, delimiter)
                    && self.open_spans.last().is_some_and(|span| span.last_child != LastChild::None)
            }
            Stop::Bracket => {
                match (self.byte(self.pos), self.byte(self.pos + 1)) {
                    (b']', _) => *brackets -= 1,
                    (b'[', _) | (b'!', b'[') => *brackets += 1,
                    _ => return false,
                }
                *brackets == self.open_spans.last().map_or(0, |span| span.images)
            }
            Stop::EndTag(name, any_case) => html_tag::end_of(self.text, self.pos, name, any_case).is_some(),
        }
    }

    /// Tries the parsers of spans at the position. Returns whether one of them matched.
    fn dispatch(&mut self, parsers: SpanParsers) -> bool {
        let byte = self.byte(self.pos);
        let following = self.byte(self.pos + 1);
        if parsers != SpanParsers::All {
            return match byte {
                b'`' => self.parse_codespan(),
                b'<' => self.parse_html_span(),
                _ => false,
            };
        }
        if self.parser.options.smarty_pants {
            return self.parse_smart_quotes()
                || match byte {
                    b'&' => self.parse_entity(),
                    b'<' => self.parse_typographic_symbol() || self.parse_html_span(),
                    b'-' | b'.' | b'>' | b' ' | b'\\' => self.parse_typographic_symbol(),
                    _ => false,
                };
        }
        let taken = match byte {
            b'*' | b'_' => self.parse_emphasis(),
            b'`' => self.parse_codespan(),
            b'<' => self.parse_autolink() || self.parse_html_span(),
            b'[' => self.parse_footnote_reference() || self.parse_link(),
            b'!' if following == b'[' => self.parse_link(),
            _ => false,
        };
        if taken || self.parse_smart_quotes() {
            return true;
        }
        match byte {
            b'$' => self.parse_math_span(),
            b'{' if following == b':' => self.parse_span_extensions(),
            b'&' => self.parse_entity(),
            b'-' | b'.' | b'<' | b'>' => self.parse_typographic_symbol(),
            b' ' => self.parse_typographic_symbol() || self.parse_line_break(),
            b'\\' => self.parse_typographic_symbol() || self.parse_line_break() || self.parse_escaped_char(),
            b'~' if self.parser.options.gfm => self.parse_strikethrough(),
            _ => false,
        }
    }

    /// Tries what starts with `{:`: an extension, an inline attribute list. A brace that starts neither is text.
    /// Follows `parse_span_extensions`, `extensions.rb` lines 192–209.
    fn parse_span_extensions(&mut self) -> bool {
        let start = self.pos;
        if extension_tag::stop_tag(self.text, start).is_none() && !self.parse_extension_span() {
            self.parse_span_ial();
        }
        if self.pos == start {
            self.push_text(start, start + 1);
            self.pos = start + 1;
        }
        true
    }
}
