//! Formulas between blocks: `$$ … $$`.
//!
//! ```bnf
//! math_block ::= indent "$$" formula "$$" space* line_end
//! ```
//!
//! ```markdown
//! $$
//! x^2
//! $$
//! ```
//!
//! ```html
//! \[x^2\]
//! ```
//!
//! A block boundary must stand before and after it. After a backslash, it is text.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#math-blocks>
//! Follows: kramdown 2.4.0, `math.rb` lines 16–38.
//! In: a scanner after a block boundary. Out: a formula node. Neighbours: `span/math_span.rs` is the same in a text.

use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, NodeId};
use crate::markdown::kramdown::chars;

impl<'a> KramdownParser<'a> {
    /// Takes a formula. If a backslash stands before one that ends its line, the position moves after the backslash and
    /// the rest becomes a paragraph.
    pub(super) fn parse_math_block(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let (text, start) = (scanner.text, scanner.pos);
        let at = chars::skip_indent(text, start, 3);
        let escaped = chars::byte_at(text, at) == b'\\';
        let open = at + usize::from(escaped);
        if !text.get(open..).is_some_and(|rest| rest.starts_with("$$")) {
            return false;
        }
        let Some(close) = scanner.dollars.string(text, open + 2, b"$$") else { return false };
        let line_end = chars::blank_to_line_end(text, close + 2);
        if escaped {
            if line_end.is_some() {
                scanner.pos = open;
            }
            return false;
        }
        scanner.pos = line_end.unwrap_or(close + 2);
        if !scanner.before_block_boundary() {
            scanner.pos = start;
            return false;
        }
        let formula = text.get(open + 2..close).unwrap_or("");
        let from = close - chars::strip_start(formula).len();
        let to = from + chars::strip(formula).len();
        let mut node = BlockNode::with_text(BlockKind::Math, scanner.part(from, to));
        node.span = scanner.origin.span(start, scanner.pos);
        self.push_new(tree, node);
        true
    }
}
