//! Reads CSS as grass writes it. In: CSS. Out: its rules, declarations and comments. Neighbours: `style.rs` lays them
//! out.

/// What CSS consists of.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum CssNode<'t> {
    /// A comment.
    Comment(&'t str),
    /// A declaration, or a rule without a block; without the semicolon.
    Line(&'t str),
    /// A rule: what stands before its block, and what stands in it.
    Block(&'t str, Vec<CssNode<'t>>),
}

/// Reads CSS. What is not closed ends with the text.
pub(super) fn read(text: &str) -> Vec<CssNode<'_>> {
    let mut reader = CssReader { text, at: 0 };
    let mut open: Vec<(&str, Vec<CssNode<'_>>)> = Vec::new();
    let mut nodes = Vec::new();
    while let Some(byte) = reader.peek() {
        match byte {
            b'}' => {
                reader.at += 1;
                if let Some((selector, before)) = open.pop() {
                    let block = std::mem::replace(&mut nodes, before);
                    nodes.push(CssNode::Block(selector, block));
                }
            }
            b'/' if reader.is_at_comment() => {
                let start = reader.at;
                reader.skip_comment();
                nodes.push(CssNode::Comment(reader.since(start)));
            }
            byte if byte.is_ascii_whitespace() || byte == b';' => reader.at += 1,
            _ => {
                let start = reader.at;
                if reader.skip_statement() {
                    open.push((reader.since(start), std::mem::take(&mut nodes)));
                    reader.at += 1;
                } else {
                    nodes.push(CssNode::Line(reader.since(start)));
                }
            }
        }
    }
    while let Some((selector, before)) = open.pop() {
        let block = std::mem::replace(&mut nodes, before);
        nodes.push(CssNode::Block(selector, block));
    }
    nodes
}

struct CssReader<'t> {
    text: &'t str,
    /// In bytes.
    at: usize,
}

impl<'t> CssReader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or("").trim()
    }

    fn is_at_comment(&self) -> bool {
        self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(b"/*"))
    }

    fn skip_comment(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or("");
        self.at += rest.find("*/").map_or(rest.len(), |end| end + 2);
    }

    /// Goes to what ends a statement; whether that opens a block.
    fn skip_statement(&mut self) -> bool {
        let is_custom = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(b"--"));
        let mut brackets = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' => self.at += 1,
                b'"' | b'\'' => self.skip_string(byte),
                b'(' | b'[' => brackets += 1,
                b'{' if is_custom => brackets += 1,
                b')' | b']' => brackets = brackets.saturating_sub(1),
                b'}' if is_custom && brackets > 0 => brackets -= 1,
                b'/' if self.is_at_comment() => {
                    self.skip_comment();
                    continue;
                }
                b'{' if brackets == 0 => return true,
                b';' | b'}' if brackets == 0 => return false,
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.text.len();
        false
    }

    /// Goes to the quote that ends a string.
    fn skip_string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.peek().filter(|&byte| byte != quote) {
            self.at += if byte == b'\\' { 2 } else { 1 };
        }
    }
}
