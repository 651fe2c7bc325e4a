//! Typographic quotes for `"` and `'`.
//!
//! ```bnf
//! smart_quote ::= character? ("\"" | "'"), by the first of ten rules that matches
//! ```
//!
//! ```markdown
//! "It's '90s style," she said.
//! ```
//!
//! ```html
//! <p>“It’s ’90s style,” she said.</p>
//! ```
//!
//! A rule also looks at the character before the quote, unless a span has taken it.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#typographic-symbols>
//! Follows: kramdown 2.4.0, `smart_quotes.rb` lines 121–169.
//! In: a position in a text. Out: a symbol, and the character before it as text. Neighbours: `kramdown_options.rs` has
//! the four characters.

use crate::markdown::event::CowStr;
use crate::markdown::kramdown::char_reference;
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::span_parser::SpanParser;

/// One of the four quotes. The number is its index in `KramdownOptions::smart_quotes`.
#[derive(Clone, Copy)]
enum Quote {
    Left = 0,
    Right = 1,
    LeftDouble = 2,
    RightDouble = 3,
}

/// The opening quote for `"` or `'`.
fn left(quote: u8) -> Quote {
    if quote == b'"' { Quote::LeftDouble } else { Quote::Left }
}

/// The closing quote for `"` or `'`.
fn right(quote: u8) -> Quote {
    if quote == b'"' { Quote::RightDouble } else { Quote::Right }
}

fn is_quote(byte: u8) -> bool {
    byte == b'"' || byte == b'\''
}

impl SpanParser<'_, '_, '_> {
    /// Takes a quote, with the character before it as text.
    pub(super) fn parse_smart_quotes(&mut self) -> bool {
        let start = self.pos;
        let first = self.byte(start);
        if first == b'\\' {
            return false;
        }
        let second_at = self.after_char(start);
        let second = self.byte(second_at);
        if is_quote(first)
            && let Some(quote) = self.alone(start, first)
        {
            self.push_quote(quote, start);
            return true;
        }
        if !is_quote(first) && !is_quote(second) {
            return false;
        }
        self.with_context(start, second_at)
    }

    /// The first two rules: a quote before emphasis opens, a quote before punctuation closes.
    fn alone(&self, at: usize, quote: u8) -> Option<Quote> {
        let following = self.byte(at + 1);
        if matches!(following, b'_' | b'*') {
            let after = self.byte(at + 2);
            if at + 2 < self.text.len() && !chars::is_space(after) {
                return Some(left(quote));
            }
        }
        if following.is_ascii_punctuation() && following != b'&' && !self.starts(at + 2, "..") {
            let word_after = chars::char_at(self.text, at + 2).is_some_and(chars::is_word_char);
            if word_after == (following == b'_') {
                return Some(right(quote));
            }
        }
        None
    }

    /// The other rules. They may look at the character before the quote.
    fn with_context(&mut self, start: usize, second_at: usize) -> bool {
        let (first, second) = (self.byte(start), self.byte(second_at));
        let spaced = chars::is_space(first);
        // The quote after white space, or the quote at the position.
        let at = if spaced { start + 1 } else { start };
        let (quote, following) = (self.byte(at), self.byte(at + 1));
        if is_quote(quote) {
            let after = self.byte(at + 2);
            if is_quote(following) && following != quote && chars::is_word_byte(after) {
                self.push_text(start, at);
                self.push_quote(left(quote), at);
                self.push_quote(left(following), at + 1);
                return true;
            }
            if quote == b'\'' && following.is_ascii_digit() && after.is_ascii_digit() && self.byte(at + 3) == b's' {
                self.push_text(start, at);
                self.push_quote(Quote::Right, at);
                return true;
            }
            if spaced && chars::is_word_byte(following) {
                self.push_text(start, at);
                self.push_quote(left(quote), at);
                return true;
            }
        }
        let closes = !matches!(first, b' ' | b'\\' | b'\t' | b'\r' | b'\n' | b'[' | b'{' | b'(' | b'-');
        if closes && is_quote(second) {
            self.push_text(start, second_at);
            self.push_quote(right(second), second_at);
            return true;
        }
        if is_quote(first) && self.ends_word(start + 1) {
            self.push_quote(right(first), start);
            return true;
        }
        // Any other quote opens. A single quote is tried before a double one.
        let single = second == b'\'' || first == b'\'';
        let wanted = if single { b'\'' } else { b'"' };
        if second == wanted {
            self.push_text(start, second_at);
            self.push_quote(left(wanted), second_at);
        } else {
            self.push_quote(left(wanted), start);
        }
        true
    }

    /// Whether a word ends at `at`: white space follows, the end of the text, or the `s` of a genitive.
    fn ends_word(&self, at: usize) -> bool {
        if at >= self.text.len() || chars::is_space(self.byte(at)) {
            return true;
        }
        self.byte(at) == b's' && !chars::char_at(self.text, at + 1).is_some_and(chars::is_word_char)
    }

    fn push_quote(&mut self, quote: Quote, at: usize) {
        let name = self.parser.options.smart_quotes.get(quote as usize).map_or("", |name| name);
        let shown = character(name).unwrap_or_else(|| self.cow(at, at + 1));
        self.push_symbol(shown, at, at + 1);
        self.pos = at + 1;
    }
}

/// The character of an entity's name or of a code point. The usual quotes need no copy.
fn character<'a>(name: &str) -> Option<CowStr<'a>> {
    Some(match name {
        "lsquo" => CowStr::Borrowed("‘"),
        "rsquo" => CowStr::Borrowed("’"),
        "ldquo" => CowStr::Borrowed("“"),
        "rdquo" => CowStr::Borrowed("”"),
        name => match name.trim().parse() {
            Ok(number) => char::from_u32(number),
            Err(_) => char_reference::named(name),
        }?
        .into(),
    })
}
