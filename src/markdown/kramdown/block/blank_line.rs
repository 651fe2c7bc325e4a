//! Blank lines.
//!
//! ```bnf
//! blank_line ::= (space* "\n")+
//! ```
//!
//! ```markdown
//! One.
//!
//!
//! Two.
//! ```
//!
//! ```html
//! <p>One.</p>
//!
//! <p>Two.</p>
//! ```
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#blank-lines>
//! Follows: kramdown 2.4.0, `blank_line.rb` lines 14–25.
//! In: a scanner at a blank line. Out: a node for all blank lines in a row. Neighbours: lists and block boundaries ask
//! for it.

use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, NodeId};
use crate::text::Span;

impl<'a> KramdownParser<'a> {
    /// Takes the blank lines up to `end`. They join the blank lines before them.
    pub(super) fn parse_blank_line(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId, end: usize) {
        let start = std::mem::replace(&mut scanner.pos, end);
        let span = scanner.origin.span(start, end);
        if let Some(&id) = self.nodes.get(tree).and_then(|node| node.children.last())
            && let Some(last) = self.nodes.get_mut(id)
            && last.is_blank()
        {
            last.kind = BlockKind::Blank { single: false };
            last.span = Span::new(last.span.start, span.end);
            return;
        }
        self.push_new(tree, BlockNode::new(BlockKind::Blank { single: end == start + 1 }, span));
    }
}
