//! Attribute lists on lines of their own: `{:name: …}` defines one, `{: …}` belongs to the block before it or, after a
//! blank line, to the one after it.
//! Rules: kramdown's syntax page, "Inline Attribute Lists"; its `parse_block_extensions`.

use super::Parser;
use super::attributes::{AttributeList, closing_brace};
use super::block::Scanner;
use super::scan;
use super::tree::{Eob, Kind, Node, NodeId};

impl<'a> Parser<'a> {
    /// Takes an attribute list, its definition, or an extension.
    pub(super) fn parse_block_extension(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let at = scan::skip_indent(scanner.text, scanner.pos, 3);
        if !scanner.text.get(at..).is_some_and(|rest| rest.starts_with("{:")) {
            return false;
        }
        if self.parse_attribute_list_definition(scanner, tree, at) {
            return true;
        }
        match self.parse_extension_block(scanner, tree, at) {
            Some(taken) => taken,
            None => self.parse_block_ial(scanner, tree),
        }
    }

    fn parse_attribute_list_definition(&mut self, scanner: &mut Scanner<'_>, tree: NodeId, at: usize) -> bool {
        let text = scanner.text;
        let Some(name_end) = scan::identifier(text, at + 2) else { return false };
        if scan::byte_at(text, name_end) != b':' {
            return false;
        }
        let accept = |at: usize| scan::blank_to_line_end(text, at + 1).is_some();
        let Some(close) = closing_brace(text, name_end + 1, &mut scanner.braces, accept) else { return false };
        let Some(end) = scan::blank_to_line_end(text, close + 1) else { return false };
        let name = text.get(at + 2..name_end).unwrap_or("").to_owned();
        let mut list = self.attribute_lists.get_mut(&name).map(std::mem::take).unwrap_or_default();
        self.read_attributes(scanner.origin, name_end + 1, close, &mut list);
        self.attribute_lists.insert(&name, list);
        let span = scanner.origin.span(scanner.pos, end);
        scanner.pos = end;
        self.push_new(tree, Node::new(Kind::Eob(Eob::AttributeListDefinition), span));
        true
    }

    fn parse_block_ial(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let start = scanner.pos;
        let Some((from, to, end)) = scanner.block_ial(start) else { return false };
        scanner.pos = end;
        let last = self.nodes.get(tree).and_then(|node| node.children.last().copied());
        let belongs_to = last.filter(|&id| {
            !matches!(
                self.nodes.get(id).map(|node| &node.kind),
                None | Some(
                    Kind::Blank { .. }
                        | Kind::Eob(Eob::Marker | Eob::Extension | Eob::AttributeListDefinition | Eob::AttributeList)
                )
            )
        });
        let Some(id) = belongs_to else {
            let mut list = self.block_ial.take().unwrap_or_default();
            self.read_attributes(scanner.origin, from, to, &mut list);
            self.block_ial = Some(list);
            return true;
        };
        let mut list = self.nodes.get_mut(id).and_then(|node| node.ial.take()).unwrap_or_default();
        self.read_attributes(scanner.origin, from, to, &mut list);
        if let Some(node) = self.nodes.get_mut(id) {
            node.ial = Some(list);
        }
        if scanner.block_ial(end).is_none() {
            self.push_new(tree, Node::new(Kind::Eob(Eob::AttributeList), scanner.origin.span(start, end)));
        }
        true
    }

    /// The attribute list that stood before the next block.
    pub(super) fn take_block_ial(&mut self) -> Option<Box<AttributeList<'a>>> {
        self.block_ial.take()
    }
}
