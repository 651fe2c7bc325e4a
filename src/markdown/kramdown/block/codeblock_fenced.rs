//! Fenced code: lines between fences of backticks or tildes.
//!
//! ```bnf
//! codeblock_fenced ::= indent fence blank* word? line_end line* indent fence_end line_end
//! fence            ::= ("`" | "~"){3,}
//! fence_end        ::= the fence, then more of its last mark
//! ```
//!
//! ```markdown
//! ```ruby
//! puts 1
//! ```
//! ```
//!
//! ```html
//! <div class="language-ruby highlighter-rouge"><div class="highlight"><pre class="highlight"><code>puts 1
//! </code></pre></div></div>
//! ```
//!
//! Without a closing fence it is text.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#fenced-code-blocks>
//! Follows: kramdown-parser-gfm 1.1.0, `gfm.rb` lines 134–136; kramdown 2.4.0, `codeblock.rb` lines 37–52.
//! In: a scanner at the start of a line. Out: a code node with its language. Neighbours: `paragraph.rs` ends before a
//! fence.

use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, NodeId};
use crate::markdown::kramdown::chars;

/// Whether a fence opens at `at`: three backticks or tildes. They may be mixed.
pub(super) fn opens(text: &str, at: usize) -> bool {
    (at..at + 3).all(|at| matches!(chars::byte_at(text, at), b'~' | b'`'))
}

/// Fenced code. Positions are bytes of the text.
struct Fence {
    /// The word after the opening fence.
    info: (usize, usize),
    /// The code.
    code: (usize, usize),
    /// The end of the closing fence: the start of a line.
    end: usize,
}

impl BlockScanner<'_> {
    /// The fenced code that opens at `at`; its closing fence may be indented by up to `most` spaces.
    fn fence(&mut self, at: usize, most: usize) -> Option<Fence> {
        let text = self.text;
        let run_end = chars::skip_while(text, at, |byte| byte == b'~' || byte == b'`');
        let mut length = run_end - at;
        // If a fence of the whole run is not closed, a shorter one may be: the rest of the run belongs to the word
        // then.
        let mut tries = 0;
        while length >= 3 && tries < 16 {
            if let Some(fence) = self.fence_of(at, at + length, run_end, most) {
                return Some(fence);
            }
            length -= 1;
            tries += 1;
        }
        None
    }

    /// The fenced code whose fence is `at..marks_end`, in a run of marks that ends at `run_end`.
    fn fence_of(&mut self, at: usize, marks_end: usize, run_end: usize, most: usize) -> Option<Fence> {
        let text = self.text;
        let word = if marks_end < run_end { marks_end } else { chars::skip_blanks(text, marks_end) };
        let word_end = chars::skip_while(text, word, |byte| !chars::is_space(byte));
        let code = chars::blank_to_line_end(text, word_end)?;
        let marks = text.get(at..marks_end)?;
        let (close, end) = self.closing_fence(code, marks, most)?;
        Some(Fence { info: (word, word_end), code: (code, close), end })
    }

    /// The start and end of the line at or after `pos` that closes a fence of `marks`.
    fn closing_fence(&mut self, pos: usize, marks: &str, most: usize) -> Option<(usize, usize)> {
        let text = self.text;
        let mark = *marks.as_bytes().last()?;
        let pure = marks.bytes().all(|byte| byte == mark);
        let kind = usize::from(mark == b'~');
        if pure && self.unclosed_fences.get(kind).copied().flatten().is_some_and(|length| marks.len() >= length) {
            return None;
        }
        let mut line = pos;
        while line < text.len() {
            let at = chars::skip_indent(text, line, most);
            if text.get(at..).is_some_and(|rest| rest.starts_with(marks)) {
                let after = chars::skip_while(text, at + marks.len(), |byte| byte == mark);
                if let Some(end) = chars::blank_to_line_end(text, after) {
                    return Some((line, end));
                }
            }
            line = chars::next_line(text, line);
        }
        self.misses_fence = true;
        if pure && let Some(length) = self.unclosed_fences.get_mut(kind) {
            *length = Some(marks.len());
        }
        None
    }
}

impl<'a> KramdownParser<'a> {
    /// Takes fenced code.
    pub(super) fn parse_fenced_codeblock(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let start = scanner.pos;
        let at = chars::skip_indent(scanner.text, start, 3);
        if !opens(scanner.text, at) {
            return false;
        }
        // kramdown alone knows fences of tildes only, and none that is indented.
        let gfm = self.options.gfm;
        if !gfm && (at > start || !scanner.text.get(at..).is_some_and(|rest| rest.starts_with("~~~"))) {
            return false;
        }
        let Some(fence) = scanner.fence(at, if gfm { 3 } else { 0 }) else { return false };
        let info = (fence.info.0 < fence.info.1).then(|| scanner.origin.cow(self.body, fence.info.0, fence.info.1));
        let mut node = BlockNode::with_text(BlockKind::CodeBlock(info), scanner.part(fence.code.0, fence.code.1));
        node.span = scanner.origin.span(start, fence.end);
        scanner.pos = fence.end;
        self.push_new(tree, node);
        true
    }
}
