//! Scalars. In: the cursor at their first character. Out: one token with the text they stand for. Neighbours:
//! `scanner.rs`.
//!
//! Lines of plain and quoted scalars are folded: one line break is a space, more are one fewer.

use super::{Placed, Scanner, Style, YamlToken};
use crate::post::yaml::cause::{Cause, SyntaxError};
use crate::post::yaml::cursor::Mark;

/// White space in a scalar. It counts only if the scalar goes on after it.
#[derive(Default)]
struct Gap {
    /// White space at the end of the current line. It does not count if the line ends.
    blanks: String,
    /// The first line break, and those after it.
    first: String,
    more: String,
    /// Whether a line has ended, so that white space is indentation.
    broken: bool,
}

impl Gap {
    /// Reads on; `false` for a tab left of column `indent`.
    fn read(&mut self, scanner: &mut Scanner<'_>, indent: Option<i64>) -> bool {
        let cursor = &mut scanner.cursor;
        loop {
            let from = cursor.mark.at;
            if cursor.is_blank() {
                let left = indent.is_some_and(|indent| (cursor.mark.column as i64) < indent);
                if self.broken && left && cursor.is(b'\t') {
                    return false;
                }
                cursor.skip();
                if !self.broken {
                    self.blanks.push_str(cursor.since(from));
                }
            } else if cursor.is_break() {
                if self.broken {
                    cursor.read_break(&mut self.more);
                } else {
                    self.blanks.clear();
                    cursor.read_break(&mut self.first);
                    self.broken = true;
                }
            } else {
                return true;
            }
        }
    }

    /// Adds what the white space means to `value`.
    fn fold(&mut self, value: &mut String) {
        if !self.broken {
            value.push_str(&self.blanks);
        } else if !self.first.starts_with('\n') {
            value.push_str(&self.first);
            value.push_str(&self.more);
        } else if self.more.is_empty() {
            value.push(' ');
        } else {
            value.push_str(&self.more);
        }
        self.blanks.clear();
        self.first.clear();
        self.more.clear();
        self.broken = false;
    }
}

/// What happens to the line breaks at the end of a block of text.
#[derive(Clone, Copy, PartialEq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

impl<'t> Scanner<'t> {
    /// A scalar without quotes.
    pub(super) fn plain_scalar(&mut self) -> Result<Placed<'t>, SyntaxError> {
        let start = self.cursor.mark;
        let mut end = start;
        let mut value = String::new();
        let mut gap = Gap::default();
        let indent = self.indent + 1;
        let flow = self.in_flow();
        while !self.cursor.is_document_mark() && !self.cursor.is(b'#') {
            let from = self.cursor.mark.at;
            while !self.cursor.is_blank_or_end(0) {
                if flow && self.cursor.is(b':') && self.cursor.is_one_of(b",?[]{}", 1) {
                    return self.error(Cause::FlowColon, "found unexpected ':'");
                }
                let colon = self.cursor.is(b':') && self.cursor.is_blank_or_end(1);
                if colon || flow && self.cursor.is_one_of(b",[]{}", 0) {
                    break;
                }
                self.cursor.skip();
            }
            if self.cursor.mark.at > from {
                gap.fold(&mut value);
                value.push_str(self.cursor.since(from));
                end = self.cursor.mark;
            }
            if !self.cursor.is_blank() && !self.cursor.is_break() {
                break;
            }
            if !gap.read(self, Some(indent)) {
                return self.error(Cause::Tab, "found a tab character that violates indentation");
            }
            if !flow && (self.cursor.mark.column as i64) < indent {
                break;
            }
        }
        if gap.broken {
            self.key_allowed = true;
        }
        Ok(Placed { token: YamlToken::Scalar(value.into(), Style::Plain), start, end })
    }

    /// A scalar in single or double quotes.
    pub(super) fn quoted_scalar(&mut self, quote: u8) -> Result<Placed<'t>, SyntaxError> {
        let start = self.cursor.mark;
        let mut value = String::new();
        let mut gap = Gap::default();
        let unclosed = |message| Err(SyntaxError::new(start.at, Cause::Quote, message));
        self.cursor.skip();
        loop {
            if self.cursor.is_document_mark() {
                return unclosed("found unexpected document indicator");
            }
            if self.cursor.byte(0).is_none() {
                return unclosed("found unexpected end of stream");
            }
            while !self.cursor.is_blank_or_end(0) && !self.is_closing(quote) {
                let from = self.cursor.mark.at;
                if self.cursor.is(quote) {
                    // Two single quotes.
                    self.cursor.skip();
                    self.cursor.skip();
                    value.push('\'');
                } else if quote == b'"' && self.cursor.is(b'\\') {
                    self.cursor.skip();
                    if self.cursor.is_break() {
                        // An escaped line break is not read as a space.
                        self.cursor.skip_break();
                        gap.broken = true;
                        break;
                    }
                    value.push(self.escape(start)?);
                } else {
                    self.cursor.skip();
                    value.push_str(self.cursor.since(from));
                }
            }
            if self.is_closing(quote) {
                break;
            }
            gap.read(self, None);
            gap.fold(&mut value);
        }
        self.cursor.skip();
        let style = if quote == b'"' { Style::DoubleQuoted } else { Style::SingleQuoted };
        Ok(Placed { token: YamlToken::Scalar(value.into(), style), start, end: self.cursor.mark })
    }

    fn is_closing(&self, quote: u8) -> bool {
        self.cursor.is(quote) && !(quote == b'\'' && self.cursor.byte(1) == Some(b'\''))
    }

    /// What follows a backslash in double quotes that open at `start`.
    fn escape(&mut self, start: Mark) -> Result<char, SyntaxError> {
        let wrong = |message| Err(SyntaxError::new(start.at, Cause::Escape, message));
        let mut digits = 0;
        let known = match self.cursor.byte(0) {
            Some(b'0') => '\0',
            Some(b'a') => '\x07',
            Some(b'b') => '\x08',
            Some(b't' | b'\t') => '\t',
            Some(b'n') => '\n',
            Some(b'v') => '\x0B',
            Some(b'f') => '\x0C',
            Some(b'r') => '\r',
            Some(b'e') => '\x1B',
            Some(b' ') => ' ',
            Some(b'"') => '"',
            Some(b'/') => '/',
            Some(b'\\') => '\\',
            Some(b'N') => '\u{85}',
            Some(b'_') => '\u{A0}',
            Some(b'L') => '\u{2028}',
            Some(b'P') => '\u{2029}',
            Some(letter @ (b'x' | b'u' | b'U')) => {
                digits = if letter == b'x' {
                    2
                } else if letter == b'u' {
                    4
                } else {
                    8
                };
                '\0'
            }
            _ => return wrong("found unknown escape character"),
        };
        self.cursor.skip();
        if digits == 0 {
            return Ok(known);
        }
        let from = self.cursor.mark.at;
        for _ in 0..digits {
            if !self.cursor.byte(0).is_some_and(|byte| byte.is_ascii_hexdigit()) {
                return wrong("did not find expected hexdecimal number");
            }
            self.cursor.skip();
        }
        match u32::from_str_radix(self.cursor.since(from), 16).ok().and_then(char::from_u32) {
            Some(character) => Ok(character),
            None => wrong("found invalid Unicode character escape code"),
        }
    }

    /// A block of text, literal (`|`) or folded (`>`).
    pub(super) fn block_scalar(&mut self, literal: bool) -> Result<Placed<'t>, SyntaxError> {
        let start = self.cursor.mark;
        let (chomping, increment) = self.block_header(start)?;
        let mut end = self.cursor.mark;
        // 0 as long as it is not known.
        let mut indent = if increment > 0 { self.indent.max(0) + increment } else { 0 };
        let mut value = String::new();
        let (mut first, mut more) = (String::new(), String::new());
        let mut blank_before = false;
        self.block_breaks(&mut indent, &mut more, &mut end)?;
        while self.cursor.mark.column as i64 == indent && self.cursor.byte(0).is_some() {
            let blank = self.cursor.is_blank();
            if !literal && first.starts_with('\n') && !blank_before && !blank {
                if more.is_empty() {
                    value.push(' ');
                }
            } else {
                value.push_str(&first);
            }
            first.clear();
            value.push_str(&more);
            more.clear();
            blank_before = blank;
            let from = self.cursor.mark.at;
            while !self.cursor.is_line_end() {
                self.cursor.skip();
            }
            value.push_str(self.cursor.since(from));
            self.cursor.read_break(&mut first);
            self.block_breaks(&mut indent, &mut more, &mut end)?;
        }
        if chomping != Chomping::Strip {
            value.push_str(&first);
        }
        if chomping == Chomping::Keep {
            value.push_str(&more);
        }
        let style = if literal { Style::Literal } else { Style::Folded };
        Ok(Placed { token: YamlToken::Scalar(value.into(), style), start, end })
    }

    /// The first line: how to end, and how many columns further right than the block around it the text begins (0: as
    /// its first line does).
    fn block_header(&mut self, start: Mark) -> Result<(Chomping, i64), SyntaxError> {
        let (mut chomping, mut increment) = (Chomping::Clip, 0);
        self.cursor.skip();
        let wrong = |message| Err(SyntaxError::new(start.at, Cause::BlockScalar, message));
        // One of each, in either order.
        let (mut chomped, mut indented) = (false, false);
        loop {
            match self.cursor.byte(0) {
                Some(sign @ (b'+' | b'-')) if !chomped => {
                    chomping = if sign == b'+' { Chomping::Keep } else { Chomping::Strip };
                    chomped = true;
                }
                Some(b'0') if !indented => return wrong("found an indentation indicator equal to 0"),
                Some(digit @ b'1'..=b'9') if !indented => {
                    increment = i64::from(digit - b'0');
                    indented = true;
                }
                _ => break,
            }
            self.cursor.skip();
        }
        self.cursor.skip_blanks_and_comment();
        if !self.cursor.is_line_end() {
            return wrong("did not find expected comment or line break");
        }
        self.cursor.skip_break();
        Ok((chomping, increment))
    }

    /// Reads indentation and blank lines; the first line with a text decides the indentation.
    fn block_breaks(&mut self, indent: &mut i64, breaks: &mut String, end: &mut Mark) -> Result<(), SyntaxError> {
        let mut widest = 0;
        *end = self.cursor.mark;
        loop {
            let before = |mark: Mark, indent: i64| indent == 0 || (mark.column as i64) < indent;
            while before(self.cursor.mark, *indent) && self.cursor.is(b' ') {
                self.cursor.skip();
            }
            widest = widest.max(self.cursor.mark.column as i64);
            if before(self.cursor.mark, *indent) && self.cursor.is(b'\t') {
                return self.error(Cause::Tab, "found a tab character where an indentation space is expected");
            }
            if !self.cursor.is_break() {
                break;
            }
            self.cursor.read_break(breaks);
            *end = self.cursor.mark;
        }
        if *indent == 0 {
            *indent = widest.max(self.indent + 1).max(1);
        }
        Ok(())
    }
}
