//! Code between lines of three or more backticks or tildes, with at most one word after the opening ones.
//! Rules: kramdown's syntax page, "Fenced Code Blocks"; its GFM variant's pattern for fences.

use super::Parser;
use super::block::Scanner;
use super::scan;
use super::tree::{Kind, Node, NodeId};

/// Whether a fence opens at `at`: three backticks or tildes, also mixed.
pub(super) fn opens(text: &str, at: usize) -> bool {
    (at..at + 3).all(|at| matches!(scan::byte_at(text, at), b'~' | b'`'))
}

/// A fence and what it holds.
struct Fence {
    /// The word after the opening fence.
    info: (usize, usize),
    /// The code.
    code: (usize, usize),
    /// Past the closing fence.
    end: usize,
}

impl Scanner<'_> {
    /// The fenced code that opens at `at`.
    fn fence(&mut self, at: usize) -> Option<Fence> {
        let text = self.text;
        let run_end = scan::skip_while(text, at, |byte| byte == b'~' || byte == b'`');
        let mut length = run_end - at;
        // A run may give some of its marks to the word after it, where only a shorter fence is closed.
        let mut tries = 0;
        while length >= 3 && tries < 16 {
            if let Some(fence) = self.fence_of(at, at + length, run_end) {
                return Some(fence);
            }
            length -= 1;
            tries += 1;
        }
        None
    }

    fn fence_of(&mut self, at: usize, marks_end: usize, run_end: usize) -> Option<Fence> {
        let text = self.text;
        let word = if marks_end < run_end { marks_end } else { scan::skip_blanks(text, marks_end) };
        let word_end = scan::skip_while(text, word, |byte| !scan::is_space(byte));
        let code = scan::blank_to_line_end(text, word_end)?;
        let marks = text.get(at..marks_end)?;
        let (close, end) = self.closing_fence(code, marks)?;
        Some(Fence { info: (word, word_end), code: (code, close), end })
    }

    /// The line at or after `pos` that closes a fence of `marks`, and where it ends.
    fn closing_fence(&mut self, pos: usize, marks: &str) -> Option<(usize, usize)> {
        let text = self.text;
        let mark = *marks.as_bytes().last()?;
        let pure = marks.bytes().all(|byte| byte == mark);
        let kind = usize::from(mark == b'~');
        if pure && self.unclosed_fences.get(kind).copied().flatten().is_some_and(|length| marks.len() >= length) {
            return None;
        }
        let mut line = pos;
        while line < text.len() {
            let at = scan::skip_indent(text, line, 3);
            if text.get(at..).is_some_and(|rest| rest.starts_with(marks)) {
                let after = scan::skip_while(text, at + marks.len(), |byte| byte == mark);
                if let Some(end) = scan::blank_to_line_end(text, after) {
                    return Some((line, end));
                }
            }
            line = scan::next_line(text, line);
        }
        self.misses_fence = true;
        if pure && let Some(length) = self.unclosed_fences.get_mut(kind) {
            *length = Some(marks.len());
        }
        None
    }
}

impl<'a> Parser<'a> {
    /// Takes fenced code.
    pub(super) fn parse_fenced_codeblock(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let start = scanner.pos;
        let at = scan::skip_indent(scanner.text, start, 3);
        if !opens(scanner.text, at) {
            return false;
        }
        let Some(fence) = scanner.fence(at) else { return false };
        let info = (fence.info.0 < fence.info.1).then(|| scanner.origin.cow(self.body, fence.info.0, fence.info.1));
        let mut node = Node::with_text(Kind::CodeBlock(info), scanner.part(fence.code.0, fence.code.1));
        node.span = scanner.origin.span(start, fence.end);
        scanner.pos = fence.end;
        self.push_new(tree, node);
        true
    }
}
