//! Block quotes: lines that start with `>`.
//!
//! ```bnf
//! blockquote ::= (indent ">" " "? line | lazy_line)+
//! lazy_line  ::= a line after the first where no LAZY_END stands
//! ```
//!
//! ```markdown
//! > A quote
//! goes on.
//! > > A quote in it.
//! ```
//!
//! ```html
//! <blockquote>
//!   <p>A quote
//! goes on.</p>
//!   <blockquote>
//!     <p>A quote in it.</p>
//!   </blockquote>
//! </blockquote>
//! ```
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#blockquotes>
//! Follows: kramdown 2.4.0, `blockquote.rb` lines 18–33.
//! In: a scanner at the start of a line. Out: a quote node with blocks in it. Neighbours: `block_scanner.rs`
//! (`lazy_end`), `mod.rs` parses the content.

use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, NodeId};
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::source_text::SourceTextBuilder;

impl<'a> KramdownParser<'a> {
    /// Takes a block quote.
    pub(super) fn parse_blockquote(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let (text, start) = (scanner.text, scanner.pos);
        let mut inner = SourceTextBuilder::new(self.body);
        let mut end = start;
        while end == start || !scanner.lazy_end(end) {
            let next = chars::next_line(text, end);
            let mark = chars::skip_indent(text, end, 3);
            let from = match (chars::byte_at(text, mark), chars::byte_at(text, mark + 1)) {
                (b'>', b' ') => mark + 2,
                (b'>', _) => mark + 1,
                _ => end,
            };
            inner.push(scanner.origin, from, next);
            end = next;
        }
        let node = BlockNode::new(BlockKind::BlockQuote, scanner.origin.span(start, end));
        scanner.pos = end;
        let quote = self.push_new(tree, node);
        self.parse_text(&inner.finish(), quote);
        true
    }
}
