//! A place in a YAML text, and what stands there. In: the text. Out: characters, and a `Mark` that moves on.
//! Neighbours: `scanner.rs` and its parts read through it.
//!
//! As in libyaml's `yaml_private.h` a line ends at CR LF, CR, LF, U+0085, U+2028 and U+2029.

/// A place in the text. libyaml counts in characters what it compares with a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Bytes from the beginning of the text.
    pub at: usize,
    /// Characters from the beginning of the text.
    pub characters: usize,
    /// Lines from the beginning of the text.
    pub line: usize,
    /// Characters from the beginning of the line.
    pub column: usize,
}

/// The text and a place in it.
pub(super) struct Cursor<'t> {
    text: &'t str,
    pub mark: Mark,
}

impl<'t> Cursor<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, mark: Mark::default() }
    }

    /// The byte `offset` bytes further on.
    pub fn byte(&self, offset: usize) -> Option<u8> {
        self.text.as_bytes().get(self.mark.at + offset).copied()
    }

    /// Whether `byte`, an ASCII character, comes next.
    pub fn is(&self, byte: u8) -> bool {
        self.byte(0) == Some(byte)
    }

    /// Whether one of `bytes`, ASCII characters, stands `offset` bytes further on.
    pub fn is_one_of(&self, bytes: &[u8], offset: usize) -> bool {
        self.byte(offset).is_some_and(|byte| bytes.contains(&byte))
    }

    /// Whether a space or a tab comes next.
    pub fn is_blank(&self) -> bool {
        self.is_one_of(b" \t", 0)
    }

    /// Whether a line ends here.
    pub fn is_break(&self) -> bool {
        self.break_length(0) > 0
    }

    /// Whether white space, the end of a line or the end of the text stands `offset` bytes further on.
    pub fn is_blank_or_end(&self, offset: usize) -> bool {
        self.byte(offset).is_none_or(|byte| byte == b' ' || byte == b'\t') || self.break_length(offset) > 0
    }

    /// Whether the line or the text ends here.
    pub fn is_line_end(&self) -> bool {
        self.byte(0).is_none() || self.is_break()
    }

    /// How many bytes the line break has that stands `offset` bytes further on, 0 for none.
    pub fn break_length(&self, offset: usize) -> usize {
        match self.byte(offset) {
            Some(b'\r') if self.byte(offset + 1) == Some(b'\n') => 2,
            Some(b'\r' | b'\n') => 1,
            Some(0xC2) if self.byte(offset + 1) == Some(0x85) => 2,
            Some(0xE2) if self.byte(offset + 1) == Some(0x80) && self.is_one_of(&[0xA8, 0xA9], offset + 2) => 3,
            _ => 0,
        }
    }

    /// Whether a line of `---` or `...` begins here.
    pub fn is_document_mark(&self) -> bool {
        let start = self.mark.at;
        let word = self.text.as_bytes().get(start..start + 3);
        self.mark.column == 0 && matches!(word, Some(b"---" | b"...")) && self.is_blank_or_end(3)
    }

    /// Moves past one character, which ends no line.
    pub fn skip(&mut self) {
        let length = match self.byte(0) {
            None => return,
            Some(0..=0x7F) => 1,
            Some(_) => self.text.get(self.mark.at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8),
        };
        self.mark.at += length;
        self.mark.characters += 1;
        self.mark.column += 1;
    }

    /// Moves past a line break, if one stands here.
    pub fn skip_break(&mut self) {
        let length = self.break_length(0);
        if length == 0 {
            return;
        }
        self.mark.characters += if self.is(b'\r') { length } else { 1 };
        self.mark.at += length;
        self.mark.line += 1;
        self.mark.column = 0;
    }

    /// Moves past a line break and adds what it means: the two separators of Unicode stay what they are.
    pub fn read_break(&mut self, value: &mut String) {
        match self.break_length(0) {
            0 => return,
            3 => value.push(if self.byte(2) == Some(0xA8) { '\u{2028}' } else { '\u{2029}' }),
            _ => value.push('\n'),
        }
        self.skip_break();
    }

    /// Moves past spaces and tabs, and a comment up to the end of its line.
    pub fn skip_blanks_and_comment(&mut self) {
        while self.is_blank() {
            self.skip();
        }
        self.skip_comment();
    }

    /// Moves past a comment that begins here.
    pub fn skip_comment(&mut self) {
        if self.is(b'#') {
            while !self.is_line_end() {
                self.skip();
            }
        }
    }

    /// The text from `start` on, in bytes, up to here.
    pub fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.mark.at).unwrap_or("")
    }

    /// Moves past ASCII letters, digits, `_` and `-`.
    pub fn name(&mut self) -> &'t str {
        let start = self.mark.at;
        while self.byte(0).is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
            self.skip();
        }
        self.since(start)
    }
}
