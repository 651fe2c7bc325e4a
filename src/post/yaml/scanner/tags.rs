//! Tags and directives. In: the cursor at `!` or `%`. Out: one token. Neighbours: `scanner.rs`.

use super::{Placed, Scanner, YamlToken};
use crate::post::yaml::cause::{Cause, SyntaxError};

/// How many digits a number of `%YAML` may have.
const NUMBER_LENGTH: usize = 9;

impl<'t> Scanner<'t> {
    /// `%YAML 1.1` or `%TAG !e! prefix`, with the end of the line.
    pub(super) fn directive(&mut self) -> Result<Placed<'t>, SyntaxError> {
        let start = self.cursor.mark;
        self.cursor.skip();
        let name = self.cursor.name();
        if name.is_empty() || !self.cursor.is_blank_or_end(0) {
            return self.error(Cause::Other, "could not find expected directive name");
        }
        let token = match name {
            "YAML" => {
                self.skip_blanks();
                let major = self.number()?;
                if !self.cursor.is(b'.') {
                    return self.error(Cause::Other, "did not find expected digit or '.' character");
                }
                self.cursor.skip();
                YamlToken::Version(major, self.number()?)
            }
            "TAG" => {
                self.skip_blanks();
                let handle = self.handle(true)?;
                if !self.cursor.is_blank() {
                    return self.error(Cause::Other, "did not find expected whitespace");
                }
                self.skip_blanks();
                let prefix = self.uri(Vec::new(), true)?;
                if !self.cursor.is_blank_or_end(0) {
                    return self.error(Cause::Other, "did not find expected whitespace or line break");
                }
                YamlToken::TagDirective(handle, prefix)
            }
            _ => return Err(SyntaxError::new(start.at, Cause::Other, "found unknown directive name")),
        };
        let end = self.cursor.mark;
        self.cursor.skip_blanks_and_comment();
        if !self.cursor.is_line_end() {
            return self.error(Cause::Other, "did not find expected comment or line break");
        }
        self.cursor.skip_break();
        Ok(Placed { token, start, end })
    }

    fn skip_blanks(&mut self) {
        while self.cursor.is_blank() {
            self.cursor.skip();
        }
    }

    fn number(&mut self) -> Result<u32, SyntaxError> {
        let start = self.cursor.mark.at;
        while self.cursor.byte(0).is_some_and(|byte| byte.is_ascii_digit()) {
            self.cursor.skip();
        }
        match self.cursor.since(start) {
            digits if digits.len() > NUMBER_LENGTH => self.error(Cause::Other, "found extremely long version number"),
            digits => digits.parse().or_else(|_| self.error(Cause::Other, "did not find expected version number")),
        }
    }

    /// `!tag`, `!handle!tag` or `!<tag>`.
    pub(super) fn tag(&mut self) -> Result<Placed<'t>, SyntaxError> {
        let start = self.cursor.mark;
        let token = if self.cursor.byte(1) == Some(b'<') {
            self.cursor.skip();
            self.cursor.skip();
            let uri = self.uri(Vec::new(), true)?;
            if !self.cursor.is(b'>') {
                return self.error(Cause::Other, "did not find the expected '>'");
            }
            self.cursor.skip();
            YamlToken::Tag("", uri)
        } else {
            let handle = self.handle(false)?;
            if handle.len() > 1 && handle.ends_with('!') {
                YamlToken::Tag(handle, self.uri(Vec::new(), false)?)
            } else {
                // What looked like a handle is the beginning of the tag; a mark of exclamation alone is a tag, too.
                let known = handle.strip_prefix('!').unwrap_or(handle).as_bytes().to_vec();
                let suffix = self.uri_or_nothing(known, false)?;
                if suffix.is_empty() { YamlToken::Tag("", b"!".to_vec()) } else { YamlToken::Tag("!", suffix) }
            }
        };
        let end = self.cursor.mark;
        let comma = self.in_flow() && self.cursor.is(b',');
        if !comma && !self.cursor.is_blank_or_end(0) {
            return self.error(Cause::Other, "did not find expected whitespace or line break");
        }
        Ok(Placed { token, start, end })
    }

    /// `!`, `!!` or `!name!`; in a tag also `!name`.
    fn handle(&mut self, directive: bool) -> Result<&'t str, SyntaxError> {
        let start = self.cursor.mark.at;
        if !self.cursor.is(b'!') {
            return self.error(Cause::Other, "did not find expected '!'");
        }
        self.cursor.skip();
        self.cursor.name();
        if self.cursor.is(b'!') {
            self.cursor.skip();
        } else if directive && self.cursor.since(start) != "!" {
            return self.error(Cause::Other, "did not find expected '!'");
        }
        Ok(self.cursor.since(start))
    }

    fn uri(&mut self, known: Vec<u8>, whole: bool) -> Result<Vec<u8>, SyntaxError> {
        let uri = self.uri_or_nothing(known, whole)?;
        if uri.is_empty() { self.error(Cause::Other, "did not find expected tag URI") } else { Ok(uri) }
    }

    /// What may stand in a tag, behind `known`; commas and brackets only in one that is written out.
    fn uri_or_nothing(&mut self, mut known: Vec<u8>, whole: bool) -> Result<Vec<u8>, SyntaxError> {
        while let Some(byte) = self.cursor.byte(0) {
            let allowed = byte.is_ascii_alphanumeric()
                || b"_-;/?:@&=+$.!~*'()".contains(&byte)
                || whole && b",[]".contains(&byte);
            match byte {
                b'%' => self.escaped(&mut known)?,
                byte if allowed => {
                    known.push(byte);
                    self.cursor.skip();
                }
                _ => break,
            }
        }
        Ok(known)
    }

    /// One character as `%C3%A9`.
    fn escaped(&mut self, uri: &mut Vec<u8>) -> Result<(), SyntaxError> {
        let mut left = 0;
        loop {
            let Some(byte) = self.escaped_byte() else {
                return self.error(Cause::Other, "did not find URI escaped octet");
            };
            if left == 0 {
                left = match byte {
                    0..=0x7F => 1,
                    0xC0..=0xDF => 2,
                    0xE0..=0xEF => 3,
                    0xF0..=0xF7 => 4,
                    _ => return self.error(Cause::Other, "found an incorrect leading UTF-8 octet"),
                };
            } else if byte & 0xC0 != 0x80 {
                return self.error(Cause::Other, "found an incorrect trailing UTF-8 octet");
            }
            uri.push(byte);
            for _ in 0..3 {
                self.cursor.skip();
            }
            left -= 1;
            if left == 0 {
                return Ok(());
            }
        }
    }

    fn escaped_byte(&self) -> Option<u8> {
        let digit = |offset| char::from(self.cursor.byte(offset)?).to_digit(16);
        if self.cursor.is(b'%') { u8::try_from(digit(1)? * 16 + digit(2)?).ok() } else { None }
    }
}
