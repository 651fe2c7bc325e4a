//! Splits a template into text, tags and outputs. In: a body. Out: tokens with spans. Neighbours: `parser.rs`.
//!
//! The rules are those of Liquid's `TemplateParser` (liquid.rb): a tag ends with the next `%}`, an output with the next
//! `}`, and one more if it follows; an opening without its end is a token of its own.

use memchr::memmem;

use crate::text::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Text as it is.
    Text,
    /// Begins with `{%`.
    Tag,
    /// Begins with `{{`.
    Output,
}

/// A token and its span in the body.
#[derive(Clone, Copy, Debug)]
pub(super) struct LiquidToken {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

/// The tokens of a body; a copy remembers a place.
#[derive(Clone, Copy)]
pub(super) struct Tokens<'a> {
    body: &'a str,
    at: usize,
    /// Nothing from here on ends a tag, or an output.
    no_tag_end: bool,
    no_output_end: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(body: &'a str) -> Self {
        Self { body, at: 0, no_tag_end: false, no_output_end: false }
    }

    fn token(&mut self, kind: TokenKind, end: usize) -> Option<LiquidToken> {
        let span = Span::new(self.at, end);
        self.at = end;
        Some(LiquidToken { kind, span })
    }
}

/// The first `{{` or `{%` from `at` on.
pub(super) fn opening(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'{', rest)) {
        at += found;
        if matches!(bytes.get(at + 1), Some(b'{' | b'%')) {
            return Some(at);
        }
        at += 1;
    }
    None
}

impl Iterator for Tokens<'_> {
    type Item = LiquidToken;

    fn next(&mut self) -> Option<LiquidToken> {
        let bytes = self.body.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        let start = match opening(bytes, self.at) {
            Some(start) if start == self.at => start,
            other => return self.token(TokenKind::Text, other.unwrap_or(bytes.len())),
        };
        let inside = bytes.get(start + 2..).unwrap_or(&[]);
        if bytes.get(start + 1) == Some(&b'%') {
            let end = if self.no_tag_end { None } else { memmem::find(inside, b"%}") };
            self.no_tag_end = end.is_none();
            return self.token(TokenKind::Tag, end.map_or(start + 2, |end| start + end + 4));
        }
        let end = if self.no_output_end { None } else { memchr::memchr(b'}', inside) };
        self.no_output_end = end.is_none();
        let end = end.map_or(start + 2, |end| start + end + 3 + usize::from(inside.get(end + 1) == Some(&b'}')));
        self.token(TokenKind::Output, end)
    }
}

/// Ruby's `\s`.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0B' | '\x0C')
}

/// What Ruby's `strip` takes away.
pub(super) fn is_stripped(c: char) -> bool {
    is_space(c) || c == '\0'
}

/// Ruby's `\w`.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// How many bytes at the start of `text` are a word.
pub(super) fn word_len(text: &str) -> usize {
    text.bytes().take_while(|&byte| is_word(byte)).count()
}

/// The parts of a tag: name and markup, or nothing where it is not properly terminated or has no name.
pub(super) fn tag(token: &str) -> Option<(&str, &str)> {
    let inside = token.strip_prefix("{%")?.strip_suffix("%}")?;
    let inside = inside.strip_prefix('-').unwrap_or(inside).trim_start_matches(is_space);
    let (name, markup) = inside.split_at(word_len(inside));
    let markup = markup.trim_start_matches(is_space);
    (!name.is_empty()).then(|| (name, markup.strip_suffix('-').unwrap_or(markup)))
}

/// The markup of an output, or nothing where it is not properly terminated.
pub(super) fn output(token: &str) -> Option<&str> {
    let inside = token.strip_prefix("{{")?.strip_suffix("}}")?;
    let inside = inside.strip_prefix('-').unwrap_or(inside);
    Some(inside.strip_suffix('-').unwrap_or(inside))
}

/// Where in `token` the tag begins that ends a block of raw text (tags/raw.rb: the last `{%` with a name after it
/// counts, and no hyphen may stand before the name).
pub(super) fn raw_end(token: &str) -> Option<usize> {
    let inside = token.strip_suffix("%}")?;
    let mut before = inside;
    while let Some(at) = before.rfind("{%") {
        let rest = inside.get(at + 2..).unwrap_or("").trim_start_matches(is_space);
        match rest.get(..word_len(rest)).unwrap_or("") {
            "" => before = before.get(..at).unwrap_or(""),
            "endraw" => return Some(at),
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(body: &str) -> Vec<&str> {
        Tokens::new(body).map(|token| token.span.of(body)).collect()
    }

    #[test]
    fn a_body_is_cut_as_liquid_cuts_it() {
        assert_eq!(cut("a{{ b }}c{% d %}"), ["a", "{{ b }}", "c", "{% d %}"]);
        assert_eq!(cut("{{ a } b }}"), ["{{ a }", " b }}"]);
        assert_eq!(cut("{% a {{ b"), ["{%", " a ", "{{", " b"]);
        assert_eq!(cut("{ {% a\n%}}"), ["{ ", "{% a\n%}", "}"]);
        assert_eq!(cut("{{"), ["{{"]);
        assert_eq!(cut(""), [""; 0]);
    }

    #[test]
    fn tags_are_taken_apart() {
        assert_eq!(tag("{%- if a -%}"), Some(("if", "a ")));
        assert_eq!(tag("{%else%}"), Some(("else", "")));
        assert_eq!(tag("{% %}"), None);
        assert_eq!(tag("{%"), None);
        assert_eq!(output("{{- a -}}"), Some(" a "));
        assert_eq!(output("{{ a }"), None);
        assert_eq!(raw_end("{{ a {% endraw %}"), Some(5));
        assert_eq!(raw_end("{% {% %}"), None);
        assert_eq!(raw_end("{%- endraw %}"), None);
    }
}
