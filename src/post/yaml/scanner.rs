//! YAML 1.1 as tokens, by the rules of libyaml 0.2.5 (its `scanner.c`). In: the text. Out: one token after the other,
//! or a syntax error. Neighbours: `events.rs` asks for tokens; `scanner/` holds scalars, and tags with directives.
//!
//! A key is known only by the colon behind it, which has to follow on the same line within 1024 characters. So where a
//! key may begin its place is remembered (`PossibleKey`), and tokens are held back until it is decided.

mod scalars;
mod tags;

use std::borrow::Cow;
use std::collections::VecDeque;

use super::cause::{Cause, SyntaxError};
use super::cursor::{Cursor, Mark};

/// How far behind the beginning of a key its colon may stand, in characters.
const KEY_LENGTH: usize = 1024;

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// A token of YAML, as libyaml names them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum YamlToken<'t> {
    StreamEnd,
    /// `%YAML` with its two numbers.
    Version(u32, u32),
    /// `%TAG` with its handle and what that stands for.
    TagDirective(&'t str, Vec<u8>),
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    /// The dash of an item.
    BlockEntry,
    /// The comma between two items.
    FlowEntry,
    Key,
    Value,
    Alias(&'t str),
    Anchor(&'t str),
    /// A handle, empty for a tag that is written out, and what follows it.
    Tag(&'t str, Vec<u8>),
    Scalar(Cow<'t, str>, Style),
}

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed<'t> {
    pub token: YamlToken<'t>,
    pub start: Mark,
    pub end: Mark,
}

/// Where a key may have begun.
#[derive(Clone, Copy)]
struct PossibleKey {
    /// Whether the line can be nothing but a key.
    required: bool,
    /// The number of the token that would be the key's first.
    token: usize,
    mark: Mark,
}

/// The tokens of a text, one after the other.
pub(super) struct Scanner<'t> {
    cursor: Cursor<'t>,
    /// Where a character stands that libyaml's reader refuses.
    forbidden: Option<usize>,
    ended: bool,
    tokens: VecDeque<Placed<'t>>,
    /// How many tokens were taken from the queue.
    taken: usize,
    /// The column of the innermost block, -1 outside of all.
    indent: i64,
    indents: Vec<i64>,
    key_allowed: bool,
    /// One for each open bracket, and one outside of them.
    keys: Vec<Option<PossibleKey>>,
}

impl<'t> Scanner<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            cursor: Cursor::new(text),
            forbidden: text.char_indices().find(|&(_, c)| is_forbidden(c)).map(|(at, _)| at),
            ended: false,
            tokens: VecDeque::new(),
            taken: 0,
            indent: -1,
            indents: Vec::new(),
            key_allowed: true,
            keys: vec![None],
        }
    }

    /// The next token; it stays in the queue. After the last token this is always `StreamEnd`.
    pub fn peek(&mut self) -> Result<&Placed<'t>, SyntaxError> {
        if let Some(at) = self.forbidden {
            return Err(SyntaxError::new(at, Cause::ControlCharacter, "control characters are not allowed"));
        }
        while self.needs_more()? {
            self.fetch()?;
        }
        let end = self.cursor.mark;
        if self.tokens.is_empty() {
            self.tokens.push_back(Placed { token: YamlToken::StreamEnd, start: end, end });
        }
        self.tokens.front().ok_or(SyntaxError::new(end.at, Cause::Other, "no token"))
    }

    /// The next token.
    pub fn next(&mut self) -> Result<Placed<'t>, SyntaxError> {
        let end = self.cursor.mark;
        self.peek()?;
        self.taken += 1;
        Ok(self.tokens.pop_front().unwrap_or(Placed { token: YamlToken::StreamEnd, start: end, end }))
    }

    /// Whether the next token of the text is needed first: the queue is empty, or its first token can still become a
    /// key.
    fn needs_more(&mut self) -> Result<bool, SyntaxError> {
        if self.ended {
            return Ok(false);
        }
        if self.tokens.is_empty() {
            return Ok(true);
        }
        self.forget_keys()?;
        Ok(self.keys.iter().flatten().any(|key| key.token == self.taken))
    }

    fn error<T>(&self, cause: Cause, message: &'static str) -> Result<T, SyntaxError> {
        Err(SyntaxError::new(self.cursor.mark.at, cause, message))
    }

    fn in_flow(&self) -> bool {
        self.keys.len() > 1
    }

    /// Adds the next token to the queue, and what ends before it.
    fn fetch(&mut self) -> Result<(), SyntaxError> {
        self.skip_to_token();
        self.forget_keys()?;
        self.close_blocks(self.cursor.mark.column as i64);
        let Some(byte) = self.cursor.byte(0) else { return self.fetch_end() };
        let first = self.cursor.mark.column == 0;
        if first && byte == b'%' {
            self.leave_blocks()?;
            let token = self.directive()?;
            self.tokens.push_back(token);
            return Ok(());
        }
        if self.cursor.is_document_mark() {
            self.leave_blocks()?;
            let token = if byte == b'-' { YamlToken::DocumentStart } else { YamlToken::DocumentEnd };
            self.push_sign(token, 3);
            return Ok(());
        }
        let flow = self.in_flow();
        let ends = self.cursor.is_blank_or_end(1);
        match byte {
            b'[' => self.open(YamlToken::FlowSequenceStart),
            b'{' => self.open(YamlToken::FlowMappingStart),
            b']' => self.close(YamlToken::FlowSequenceEnd),
            b'}' => self.close(YamlToken::FlowMappingEnd),
            b',' => self.fetch_comma(),
            b'-' if ends => self.fetch_dash(),
            b'?' if flow || ends => self.fetch_key(),
            b':' if flow || ends => self.fetch_colon(),
            b'*' | b'&' => {
                self.begin_key()?;
                let token = self.anchor(byte == b'*')?;
                self.push_part(token)
            }
            b'!' => {
                self.begin_key()?;
                let token = self.tag()?;
                self.push_part(token)
            }
            b'|' | b'>' if !flow => {
                self.drop_key()?;
                self.key_allowed = true;
                let token = self.block_scalar(byte == b'|')?;
                self.tokens.push_back(token);
                Ok(())
            }
            b'\'' | b'"' => {
                self.begin_key()?;
                let token = self.quoted_scalar(byte)?;
                self.push_part(token)
            }
            _ if self.begins_plain(byte) => {
                self.begin_key()?;
                // Before the scalar, after which a line break may allow a key again.
                self.key_allowed = false;
                let token = self.plain_scalar()?;
                self.tokens.push_back(token);
                Ok(())
            }
            b'\t' => self.error(Cause::Tab, "found character that cannot start any token"),
            _ => self.error(Cause::Other, "found character that cannot start any token"),
        }
    }

    fn begins_plain(&self, byte: u8) -> bool {
        let blank = self.cursor.is_one_of(b" \t", 1);
        match byte {
            // In brackets a dash may also stand at the end of its line, in an empty item.
            b'-' => !blank,
            b'?' | b':' => !self.in_flow() && !self.cursor.is_blank_or_end(1),
            b' ' | b'\t' => false,
            byte => !b",[]{}#&*!|>'\"%@`".contains(&byte),
        }
    }

    /// Passes over white space, comments and line breaks. A tab may not stand where a key may begin.
    fn skip_to_token(&mut self) {
        loop {
            if self.cursor.mark.column == 0 && self.cursor.byte(0) == Some(0xEF) && self.cursor.byte(1) == Some(0xBB) {
                self.skip_byte_order_mark();
            }
            while self.cursor.is(b' ') || (self.in_flow() || !self.key_allowed) && self.cursor.is(b'\t') {
                self.cursor.skip();
            }
            self.cursor.skip_comment();
            if !self.cursor.is_break() {
                return;
            }
            self.cursor.skip_break();
            if !self.in_flow() {
                self.key_allowed = true;
            }
        }
    }

    fn skip_byte_order_mark(&mut self) {
        if self.cursor.byte(2) == Some(0xBF) {
            self.cursor.skip();
        }
    }

    // --- Keys.

    /// Forgets the keys for which no colon can come any more.
    fn forget_keys(&mut self) -> Result<(), SyntaxError> {
        let now = self.cursor.mark;
        for key in &mut self.keys {
            let Some(possible) = key else { continue };
            if possible.mark.line < now.line || possible.mark.characters + KEY_LENGTH < now.characters {
                if possible.required {
                    return Err(SyntaxError::new(possible.mark.at, Cause::NoKey, "could not find expected ':'"));
                }
                *key = None;
            }
        }
        Ok(())
    }

    /// What comes next may be a key.
    fn begin_key(&mut self) -> Result<(), SyntaxError> {
        if !self.key_allowed {
            return Ok(());
        }
        let mark = self.cursor.mark;
        let required = !self.in_flow() && self.indent == mark.column as i64;
        self.drop_key()?;
        if let Some(key) = self.keys.last_mut() {
            *key = Some(PossibleKey { required, token: self.taken + self.tokens.len(), mark });
        }
        Ok(())
    }

    /// What came last is no key.
    fn drop_key(&mut self) -> Result<(), SyntaxError> {
        match self.keys.last_mut().and_then(Option::take) {
            Some(key) if key.required => {
                Err(SyntaxError::new(key.mark.at, Cause::NoKey, "could not find expected ':'"))
            }
            _ => Ok(()),
        }
    }

    // --- Blocks.

    /// Opens a block at `column` if it is further right than the innermost; its token takes the place of token
    /// `number`.
    fn open_block(&mut self, column: usize, number: Option<usize>, token: YamlToken<'t>, mark: Mark) {
        if self.in_flow() || self.indent >= column as i64 {
            return;
        }
        self.indents.push(self.indent);
        self.indent = column as i64;
        self.insert(number, Placed { token, start: mark, end: mark });
    }

    fn insert(&mut self, number: Option<usize>, token: Placed<'t>) {
        let place = number.map_or(self.tokens.len(), |number| number.saturating_sub(self.taken));
        self.tokens.insert(place.min(self.tokens.len()), token);
    }

    /// Ends the blocks that begin right of `column`.
    fn close_blocks(&mut self, column: i64) {
        if self.in_flow() {
            return;
        }
        let mark = self.cursor.mark;
        while self.indent > column {
            self.tokens.push_back(Placed { token: YamlToken::BlockEnd, start: mark, end: mark });
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    /// Ends all blocks: a directive, the mark of a document, or the end of the text comes.
    fn leave_blocks(&mut self) -> Result<(), SyntaxError> {
        self.close_blocks(-1);
        self.drop_key()?;
        self.key_allowed = false;
        Ok(())
    }

    // --- Tokens.

    /// Adds a token of `length` characters, which are ASCII.
    fn push_sign(&mut self, token: YamlToken<'t>, length: usize) {
        let start = self.cursor.mark;
        for _ in 0..length {
            self.cursor.skip();
        }
        self.tokens.push_back(Placed { token, start, end: self.cursor.mark });
    }

    /// Adds a token after which no key may begin.
    fn push_part(&mut self, token: Placed<'t>) -> Result<(), SyntaxError> {
        self.key_allowed = false;
        self.tokens.push_back(token);
        Ok(())
    }

    fn fetch_end(&mut self) -> Result<(), SyntaxError> {
        self.leave_blocks()?;
        let end = self.cursor.mark;
        self.tokens.push_back(Placed { token: YamlToken::StreamEnd, start: end, end });
        self.ended = true;
        Ok(())
    }

    fn open(&mut self, token: YamlToken<'t>) -> Result<(), SyntaxError> {
        self.begin_key()?;
        self.keys.push(None);
        self.key_allowed = true;
        self.push_sign(token, 1);
        Ok(())
    }

    fn close(&mut self, token: YamlToken<'t>) -> Result<(), SyntaxError> {
        self.drop_key()?;
        if self.in_flow() {
            self.keys.pop();
        }
        self.key_allowed = false;
        self.push_sign(token, 1);
        Ok(())
    }

    fn fetch_comma(&mut self) -> Result<(), SyntaxError> {
        self.drop_key()?;
        self.key_allowed = true;
        self.push_sign(YamlToken::FlowEntry, 1);
        Ok(())
    }

    fn fetch_dash(&mut self) -> Result<(), SyntaxError> {
        if !self.in_flow() {
            if !self.key_allowed {
                return self.error(Cause::Other, "block sequence entries are not allowed in this context");
            }
            let mark = self.cursor.mark;
            self.open_block(mark.column, None, YamlToken::BlockSequenceStart, mark);
        }
        self.drop_key()?;
        self.key_allowed = true;
        self.push_sign(YamlToken::BlockEntry, 1);
        Ok(())
    }

    fn fetch_key(&mut self) -> Result<(), SyntaxError> {
        if !self.in_flow() {
            if !self.key_allowed {
                return self.error(Cause::Other, "mapping keys are not allowed in this context");
            }
            let mark = self.cursor.mark;
            self.open_block(mark.column, None, YamlToken::BlockMappingStart, mark);
        }
        self.drop_key()?;
        self.key_allowed = !self.in_flow();
        self.push_sign(YamlToken::Key, 1);
        Ok(())
    }

    fn fetch_colon(&mut self) -> Result<(), SyntaxError> {
        if let Some(key) = self.keys.last_mut().and_then(Option::take) {
            self.insert(Some(key.token), Placed { token: YamlToken::Key, start: key.mark, end: key.mark });
            self.open_block(key.mark.column, Some(key.token), YamlToken::BlockMappingStart, key.mark);
            self.key_allowed = false;
        } else {
            if !self.in_flow() {
                if !self.key_allowed {
                    return self.error(Cause::Colon, "mapping values are not allowed in this context");
                }
                let mark = self.cursor.mark;
                self.open_block(mark.column, None, YamlToken::BlockMappingStart, mark);
            }
            self.key_allowed = !self.in_flow();
        }
        self.push_sign(YamlToken::Value, 1);
        Ok(())
    }

    /// `&name` or `*name`; the name is ASCII.
    fn anchor(&mut self, alias: bool) -> Result<Placed<'t>, SyntaxError> {
        let start = self.cursor.mark;
        self.cursor.skip();
        let name = self.cursor.name();
        if name.is_empty() || !(self.cursor.is_blank_or_end(0) || self.cursor.is_one_of(b"?:,]}%@`", 0)) {
            let message = "did not find expected alphabetic or numeric character";
            return Err(SyntaxError::new(start.at, Cause::Name, message));
        }
        let token = if alias { YamlToken::Alias(name) } else { YamlToken::Anchor(name) };
        Ok(Placed { token, start, end: self.cursor.mark })
    }
}

/// What libyaml's reader refuses (its `reader.c`), and what of it can stand in a Rust string.
fn is_forbidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => true,
        _ => false,
    }
}
