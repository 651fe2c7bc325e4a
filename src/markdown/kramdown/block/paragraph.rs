//! Paragraphs: lines of text.
//!
//! ```bnf
//! paragraph ::= line+, up to a blank line or a line where another block may start
//! ```
//!
//! ```markdown
//! One line
//! and a second.
//!
//! A new paragraph.
//! ```
//!
//! ```html
//! <p>One line
//! and a second.</p>
//!
//! <p>A new paragraph.</p>
//! ```
//!
//! A paragraph right after a paragraph becomes part of it.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#paragraphs>
//! Follows: kramdown 2.4.0, `paragraph.rb` lines 20–58; kramdown-parser-gfm 1.1.0, `gfm.rb` lines 193–196.
//! In: a scanner at a line that no other parser takes. Out: a paragraph node. Neighbours: `block_scanner.rs`
//! (`ends_lazily`), and each block that can end a paragraph: headers, fences, lists.

use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block::atx_header;
use crate::markdown::kramdown::block::codeblock_fenced;
use crate::markdown::kramdown::block::list;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, NodeId};
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::chip_line::FIRST_OF_CHIP;
use crate::markdown::kramdown::source_text::SourceText;
use crate::text::Span;

/// Adds `more` to the text of `node`, with `between` before it.
pub(super) fn append(body: &str, node: &mut BlockNode<'_>, between: &'static str, more: SourceText) {
    node.span = Span::new(node.span.start, more.span(0, more.len()).end);
    // Texts that follow one another in the body need no copy. The others are copied once, by `join_tail`.
    if node.tail.is_empty()
        && let Some(text) = &node.text
        && let Some(whole) = text.joined(body, between, &more)
    {
        node.text = Some(whole);
        return;
    }
    node.tail.push((between, more));
}

/// Whether a paragraph ends before the line at `pos`. With `quirk`, the option `gfm_quirks` has `paragraph_end`: more
/// blocks end it than with kramdown alone.
fn ends_at(scanner: &mut BlockScanner<'_>, pos: usize, quirk: bool) -> bool {
    let text = scanner.text;
    let at = chars::skip_indent(text, pos, 4);
    let first = chars::byte_at(text, at);
    if chars::is_space(first) || at >= text.len() {
        return pos >= text.len() || chars::blank_lines(text, pos).is_some();
    }
    if at > pos + 3 {
        return false;
    }
    match first {
        b'{' | b'<' | FIRST_OF_CHIP => scanner.ends_lazily(pos, 3),
        b'^' => at == pos && scanner.eob_marker(pos).is_some(),
        b':' => matches!(chars::byte_at(text, at + 1), b' ' | b'\t' | b'|'),
        _ if !quirk => false,
        b'*' | b'+' | b'-' | b'0'..=b'9' => list::marker(text, pos, 3).is_some(),
        b'#' => at == pos && atx_header::marker(text, pos, true).is_some(),
        b'>' => true,
        b'~' | b'`' => codeblock_fenced::opens(text, at),
        _ => false,
    }
}

impl<'a> KramdownParser<'a> {
    /// Takes the lines of a paragraph. They join a paragraph right before them.
    pub(super) fn parse_paragraph(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) {
        let (text, start) = (scanner.text, scanner.pos);
        let mut end = chars::next_line(text, start);
        while !ends_at(scanner, end, self.options.paragraph_end) {
            end = chars::next_line(text, end);
        }
        scanner.pos = end;
        let lines = text.get(start..end).unwrap_or("");
        let stripped = start + chars::strip_end(lines).len();
        if let Some(&id) = self.nodes.get(tree).and_then(|node| node.children.last())
            && let Some(last) = self.nodes.get_mut(id)
            && last.is_paragraph()
        {
            // The spaces of a line break were removed from the end of the paragraph before; they are added again.
            let broken = start >= 3 && text.get(start - 3..start) == Some("  \n");
            append(self.body, last, if broken { "  \n" } else { "\n" }, scanner.part(start, stripped));
            return;
        }
        let from = (end - chars::strip_start(lines).len()).min(stripped);
        let part = scanner.part(from, stripped);
        self.push_new(tree, BlockNode::with_text(BlockKind::Paragraph { transparent: false, task: None }, part));
    }
}
