//! Lines that start with `>`, and the lines of text that go on lazily.
//! Rules: kramdown's syntax page, "Blockquotes"; its `blockquote.rb`.

use super::Parser;
use super::block::Scanner;
use super::scan;
use super::text::TextBuilder;
use super::tree::{Kind, Node, NodeId};

impl<'a> Parser<'a> {
    /// Takes a block quote.
    pub(super) fn parse_blockquote(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let (text, start) = (scanner.text, scanner.pos);
        let mut inner = TextBuilder::new(self.body);
        let mut end = start;
        while end == start || !scanner.lazy_end(end) {
            let next = scan::next_line(text, end);
            let mark = scan::skip_indent(text, end, 3);
            let from = match (scan::byte_at(text, mark), scan::byte_at(text, mark + 1)) {
                (b'>', b' ') => mark + 2,
                (b'>', _) => mark + 1,
                _ => end,
            };
            inner.push(scanner.origin, from, next);
            end = next;
        }
        let node = Node::new(Kind::BlockQuote, scanner.origin.span(start, end));
        scanner.pos = end;
        let quote = self.push_new(tree, node);
        self.parse_text(&inner.finish(), quote);
        true
    }
}
