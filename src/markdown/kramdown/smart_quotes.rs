//! Straight quotes become typographic ones, by what stands around them.
//! Rules: kramdown's syntax page, "Typographic Symbols"; the ten rules of its `smart_quotes.rb`, of which the first that
//! fits counts. A quote is looked at together with the character before it, unless that was taken already.

use super::scan;
use super::span::Spans;
use crate::markdown::event::CowStr;

/// One of the four quotes, as `KramdownOptions::smart_quotes` orders them.
#[derive(Clone, Copy)]
enum Quote {
    Left = 0,
    Right = 1,
    LeftDouble = 2,
    RightDouble = 3,
}

fn left(quote: u8) -> Quote {
    if quote == b'"' { Quote::LeftDouble } else { Quote::Left }
}

fn right(quote: u8) -> Quote {
    if quote == b'"' { Quote::RightDouble } else { Quote::Right }
}

fn is_quote(byte: u8) -> bool {
    byte == b'"' || byte == b'\''
}

impl Spans<'_, '_, '_> {
    /// Takes a quote, and the character before it as text.
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

    /// The first two rules: a quote before emphasis opens, one before punctuation closes.
    fn alone(&self, at: usize, quote: u8) -> Option<Quote> {
        let following = self.byte(at + 1);
        if matches!(following, b'_' | b'*') {
            let after = self.byte(at + 2);
            if at + 2 < self.text.len() && !scan::is_space(after) {
                return Some(left(quote));
            }
        }
        if following.is_ascii_punctuation() && following != b'&' && !self.starts(at + 2, "..") {
            let word_after = scan::char_at(self.text, at + 2).is_some_and(scan::is_word_char);
            if word_after == (following == b'_') {
                return Some(right(quote));
            }
        }
        None
    }

    /// The other rules, which may look at the character before the quote.
    fn with_context(&mut self, start: usize, second_at: usize) -> bool {
        let (first, second) = (self.byte(start), self.byte(second_at));
        let spaced = scan::is_space(first);
        // The quote after white space, or the one at the very position.
        let at = if spaced { start + 1 } else { start };
        let (quote, following) = (self.byte(at), self.byte(at + 1));
        if is_quote(quote) {
            let after = self.byte(at + 2);
            if is_quote(following) && following != quote && scan::is_word_byte(after) {
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
            if spaced && scan::is_word_byte(following) {
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
        // What is left opens; a single quote is looked for before a double one.
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

    /// Whether white space, the end, or the `s` of a genitive stands at `at`.
    fn ends_word(&self, at: usize) -> bool {
        if at >= self.text.len() || scan::is_space(self.byte(at)) {
            return true;
        }
        self.byte(at) == b's' && !scan::char_at(self.text, at + 1).is_some_and(scan::is_word_char)
    }

    fn push_quote(&mut self, quote: Quote, at: usize) {
        let c = self.parser.options.smart_quotes.get(quote as usize).copied().unwrap_or('"');
        self.push_symbol(static_quote(c), at, at + 1);
        self.pos = at + 1;
    }
}

/// The usual quotes without a copy.
fn static_quote<'a>(c: char) -> CowStr<'a> {
    match c {
        '‘' => CowStr::Borrowed("‘"),
        '’' => CowStr::Borrowed("’"),
        '“' => CowStr::Borrowed("“"),
        '”' => CowStr::Borrowed("”"),
        other => CowStr::from(other),
    }
}
