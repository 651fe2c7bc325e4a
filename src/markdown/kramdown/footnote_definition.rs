//! `[^name]: text`, with indented lines that go on with it.
//! Rules: kramdown's syntax page, "Footnotes"; its `footnote.rb`.

use super::Parser;
use super::block::Scanner;
use super::codeblock::{indent, indented_end};
use super::scan;
use super::text::TextBuilder;
use super::tree::{Eob, Kind, Node, NodeId};

impl<'a> Parser<'a> {
    /// Takes the definition of a footnote.
    pub(super) fn parse_footnote_definition(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let (text, start) = (scanner.text, scanner.pos);
        let at = scan::skip_indent(text, start, 3);
        if !text.get(at..).is_some_and(|rest| rest.starts_with("[^")) {
            return false;
        }
        let Some(name_end) = scan::identifier(text, at + 2) else { return false };
        if !text.get(name_end..).is_some_and(|rest| rest.starts_with("]:")) {
            return false;
        }
        let end = {
            let first = scan::next_line(text, name_end);
            indented_end(scanner, first)
        };
        let mut content = TextBuilder::new(self.body);
        let mut line = name_end + 2;
        while line < end {
            let next = scan::next_line(text, line);
            content.push(scanner.origin, indent(text, line).unwrap_or(line), next);
            line = next;
        }
        let name = scanner.origin.cow(self.body, at + 2, name_end);
        let key = name.to_string();
        let ial = self.take_block_ial();
        let mut node = Node::new(Kind::Eob(Eob::FootnoteDefinition(name)), scanner.origin.span(start, end));
        node.ial = ial;
        scanner.pos = end;
        let id = self.push(tree, node);
        self.parse_text(&content.finish(), id);
        self.footnotes.insert(&key, id);
        true
    }
}
