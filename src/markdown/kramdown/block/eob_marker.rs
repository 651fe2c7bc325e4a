//! The end-of-block marker: `^` alone on a line.
//!
//! ```bnf
//! eob_marker ::= "^" space* line_end
//! ```
//!
//! ```markdown
//! - one
//! ^
//! - two
//! ```
//!
//! ```html
//! <ul>
//!   <li>one</li>
//! </ul>
//! <ul>
//!   <li>two</li>
//! </ul>
//! ```
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#eob-marker>
//! Follows: kramdown 2.4.0, `eob.rb` lines 14–21.
//! In: a scanner at the start of a line. Out: a node that shows nothing and ends the block before it. Neighbours:
//! `block_scanner.rs` finds it.

use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, Eob, NodeId};

impl<'a> KramdownParser<'a> {
    /// Takes an end-of-block mark.
    pub(super) fn parse_eob_marker(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let Some(end) = scanner.eob_marker(scanner.pos) else { return false };
        let span = scanner.origin.span(scanner.pos, end);
        scanner.pos = end;
        self.push_new(tree, BlockNode::new(BlockKind::Eob(Eob::Marker), span));
        true
    }
}
