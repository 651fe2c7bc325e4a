//! A line that no block parser takes: it starts with one to three spaces and a tab.
//!
//! ```bnf
//! unhandled_line ::= " "{1,3} tab line
//! ```
//!
//! ```markdown
//!   ⇥a text
//! ```
//!
//! ```html
//!   ⇥a text
//! ```
//!
//! Follows: kramdown 2.4.0, `parser/kramdown.rb` lines 140–162 (the warning that no block parser handled the line).
//! In: a scanner at the start of a line. Out: a node whose text is written without an element around it. Neighbours:
//! `mod.rs`, `paragraph.rs` joins the lines.

use crate::markdown::kramdown::block::paragraph;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, NodeId};
use crate::markdown::kramdown::{KramdownParser, chars};

impl<'a> KramdownParser<'a> {
    /// Takes one line. It joins the unhandled line right before it.
    pub(super) fn parse_unhandled_line(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) {
        let start = scanner.pos;
        scanner.pos = chars::next_line(scanner.text, start);
        let text = scanner.part(start, scanner.pos);
        if let Some(&id) = self.nodes.get(tree).and_then(|node| node.children.last())
            && let Some(last) = self.nodes.get_mut(id)
            && last.kind == BlockKind::UnhandledLine
        {
            paragraph::append(self.body, last, "", text);
            return;
        }
        self.push(tree, BlockNode::with_text(BlockKind::UnhandledLine, text));
    }
}
