//! Blank lines: everything up to the last line break before the next character.
//! Rules: kramdown's syntax page, "Structural Elements"; its `blank_line.rb`.

use super::Parser;
use super::block::Scanner;
use super::tree::{Kind, Node, NodeId};
use crate::text::Span;

impl<'a> Parser<'a> {
    /// Takes the blank lines up to `end`; they join those before them.
    pub(super) fn parse_blank_line(&mut self, scanner: &mut Scanner<'_>, tree: NodeId, end: usize) {
        let start = std::mem::replace(&mut scanner.pos, end);
        let span = scanner.origin.span(start, end);
        if let Some(&id) = self.nodes.get(tree).and_then(|node| node.children.last())
            && let Some(last) = self.nodes.get_mut(id)
            && last.is_blank()
        {
            last.kind = Kind::Blank { single: false };
            last.span = Span::new(last.span.start, span.end);
            return;
        }
        self.push_new(tree, Node::new(Kind::Blank { single: end == start + 1 }, span));
    }
}
