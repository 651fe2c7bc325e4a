//! Addresses between angle brackets: `<https://…>` and `<name@example.org>`.
//!
//! ```bnf
//! autolink ::= "<" ((("mailto" | "http" | "https" | "ftp" | "ftps") ":" character+) | (name "@" name)) ">"
//! name     ::= (letter | digit | "-" | "_" | ".")+
//! ```
//!
//! ```markdown
//! <https://example.org>
//! ```
//!
//! ```html
//! <p><a href="https://example.org">https://example.org</a></p>
//! ```
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#automatic-links>
//! Follows: kramdown 2.4.0, `autolink.rb` lines 14–26.
//! In: a position in a text. Out: a link. Neighbours: `link.rs`; `html_span.rs` is tried after it.

use crate::markdown::event::{CowStr, Event, Item, Tag};
use crate::markdown::kramdown::char_reference::decode_cow;
use crate::markdown::kramdown::span_parser::{SpanKind, SpanParser};

/// The schemes of an address.
const SCHEMES: [&str; 5] = ["mailto:", "https:", "http:", "ftps:", "ftp:"];

/// The end of the letters, digits, `-`, `_` and `.` at `pos`.
fn name_end(text: &str, pos: usize) -> usize {
    let rest = text.get(pos..).unwrap_or("");
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')));
    pos + end.unwrap_or(rest.len())
}

impl SpanParser<'_, '_, '_> {
    /// Takes an address between angle brackets.
    pub(super) fn parse_autolink(&mut self) -> bool {
        let start = self.pos;
        let scheme = SCHEMES.iter().find(|scheme| self.starts(start + 1, scheme));
        let end = match scheme {
            Some(scheme) => {
                let Some(end) = self.next.greater.byte(self.text, start + 1 + scheme.len() + 1, b'>') else {
                    return false;
                };
                if self.next.line.byte(self.text, start, b'\n').is_some_and(|line| line < end) {
                    return false;
                }
                end
            }
            None => {
                let at = name_end(self.text, start + 1);
                let end = name_end(self.text, at + 1);
                if at == start + 1 || self.byte(at) != b'@' || end == at + 1 || self.byte(end) != b'>' {
                    return false;
                }
                end
            }
        };
        let written = self.cow(start + 1, end);
        let url = if scheme.is_some() {
            written.clone()
        } else {
            let mut url = String::with_capacity(written.len() + 7);
            url.push_str("mailto:");
            url.push_str(&written);
            CowStr::from(url)
        };
        let text_start = if scheme.is_some_and(|scheme| *scheme == "mailto:") { start + 8 } else { start + 1 };
        let tag = Tag::Link { url: decode_cow(url), title: CowStr::Borrowed("") };
        let index = self.open(SpanKind::Link, Event::Start(tag, None), start);
        let text = decode_cow(self.cow(text_start, end));
        self.out.push(Item { event: Event::Text(text), span: self.origin.span(text_start, end) });
        self.pos = end + 1;
        self.close(index, self.pos);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_script_end_at_punctuation() {
        assert_eq!(name_end("jörg.m@x", 0), 7);
        assert_eq!(name_end("@x", 0), 0);
    }
}
