//! `$$ … $$` between block boundaries.
//! Rules: kramdown's syntax page, "Math Blocks"; its `math.rb`.

use super::Parser;
use super::block::Scanner;
use super::scan;
use super::tree::{Kind, Node, NodeId};

impl<'a> Parser<'a> {
    /// Takes a formula. A backslash before one that ends its line is passed over, and the rest is a paragraph.
    pub(super) fn parse_math_block(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let (text, start) = (scanner.text, scanner.pos);
        let at = scan::skip_indent(text, start, 3);
        let escaped = scan::byte_at(text, at) == b'\\';
        let open = at + usize::from(escaped);
        if !text.get(open..).is_some_and(|rest| rest.starts_with("$$")) {
            return false;
        }
        let Some(close) = scanner.dollars.string(text, open + 2, b"$$") else { return false };
        let line_end = scan::blank_to_line_end(text, close + 2);
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
        let from = close - scan::strip_start(formula).len();
        let to = from + scan::strip(formula).len();
        let mut node = Node::with_text(Kind::Math, scanner.part(from, to));
        node.span = scanner.origin.span(start, scanner.pos);
        self.push_new(tree, node);
        true
    }
}
