//! Indented code: lines after a tab or four spaces.
//!
//! ```bnf
//! codeblock ::= (blank_line? (tab_or_4_spaces line lazy_line*)+)+
//! lazy_line ::= a line with text where no LAZY_END stands
//! ```
//!
//! ```markdown
//!     a < b
//!
//!     c
//! ```
//!
//! ```html
//! <div class="language-plaintext highlighter-rouge"><div class="highlight"><pre class="highlight"><code>a &lt; b
//!
//! c
//! </code></pre></div></div>
//! ```
//!
//! A lazy line is joined to the line before it by a space.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#standard-code-blocks>
//! Follows: kramdown 2.4.0, `codeblock.rb` lines 19–30.
//! In: a scanner at the start of a line. Out: a code node. Neighbours: `footnote_definition.rs` and `list.rs` use its
//! indentation.

use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, NodeId};
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::source_text::{SourceText, SourceTextBuilder};

/// The end of an indentation of a tab or four spaces.
pub(super) fn indent(text: &str, pos: usize) -> Option<usize> {
    if chars::byte_at(text, pos) == b'\t' {
        return Some(pos + 1);
    }
    (chars::skip_indent(text, pos, 4) == pos + 4).then_some(pos + 4)
}

/// The end of the indented lines at `pos`, with the blank lines between them and the lazy lines after them.
pub(super) fn indented_end(scanner: &mut BlockScanner<'_>, pos: usize) -> usize {
    let text = scanner.text;
    let mut end = pos;
    loop {
        let mut at = chars::blank_lines(text, end).unwrap_or(end);
        if at >= text.len() || indent(text, at).is_none() {
            return end;
        }
        loop {
            at = chars::next_line(text, at);
            if at >= text.len() || chars::blank_lines(text, at).is_some() {
                break;
            }
            if indent(text, at).is_none() && (scanner.ends_lazily(at, 3) || scanner.eob_marker(at).is_some()) {
                return at;
            }
        }
        end = at;
    }
}

impl<'a> KramdownParser<'a> {
    /// Takes an indented block of code.
    pub(super) fn parse_codeblock(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) {
        let (text, start) = (scanner.text, scanner.pos);
        let end = indented_end(scanner, start).max(chars::next_line(text, start));
        let code = code_text(self.body, scanner, start, end);
        let mut node = BlockNode::with_text(BlockKind::CodeBlock(None), code);
        node.span = scanner.origin.span(start, end);
        scanner.pos = end;
        self.push_new(tree, node);
    }
}

/// The lines without their indentation. A lazy line is joined to the line before it.
fn code_text(body: &str, scanner: &BlockScanner<'_>, start: usize, end: usize) -> SourceText {
    let text = scanner.text;
    let mut code = SourceTextBuilder::new(body);
    let mut line = start;
    while line < end {
        let break_at = chars::line_end(text, line).min(end);
        let next = (break_at + 1).min(end);
        let from = indent(text, line).unwrap_or(line);
        // A lazy line keeps its spaces. The line break before it becomes a space.
        let following = chars::skip_indent(text, next, 3);
        let lazy = next < end && indent(text, next).is_none() && !chars::is_space(chars::byte_at(text, following));
        if lazy {
            code.push(scanner.origin, from, break_at);
            code.push_literal(" ");
        } else {
            code.push(scanner.origin, from, next);
        }
        line = next;
    }
    code.finish()
}
