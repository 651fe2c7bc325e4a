//! An attribute list for a block: `{: …}` on a line of its own.
//!
//! ```bnf
//! block_ial ::= indent "{:" attributes "}" space* line_end
//! ```
//!
//! ```markdown
//! A text.
//! {: .note #first}
//! ```
//!
//! ```html
//! <p class="note" id="first">A text.</p>
//! ```
//!
//! It belongs to the block right before it. After a blank line, it belongs to the block after it.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#block-ials>
//! Follows: kramdown 2.4.0, `extensions.rb` lines 157–184.
//! In: a scanner at the start of a line. Out: attributes of the block before it, or of the next one. Neighbours:
//! `block_scanner.rs` finds it, `attribute_list.rs` parses the attributes.

use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, Eob, NodeId};

impl<'a> KramdownParser<'a> {
    /// Takes an inline attribute list. It belongs to the block right before it, or else to the next block.
    pub(super) fn parse_block_ial(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let start = scanner.pos;
        let Some(found) = scanner.block_ial(start) else { return false };
        scanner.pos = found.end;
        let last = self.nodes.get(tree).and_then(|node| node.children.last().copied());
        let belongs_to = last.filter(|&id| {
            !matches!(
                self.nodes.get(id).map(|node| &node.kind),
                None | Some(
                    BlockKind::Blank { .. }
                        | BlockKind::Eob(
                            Eob::Marker | Eob::Extension | Eob::AttributeListDefinition | Eob::AttributeList
                        )
                )
            )
        });
        let Some(id) = belongs_to else {
            let mut list = self.block_ial.take().unwrap_or_default();
            self.read_attributes(scanner.origin, found.start, found.close, &mut list);
            self.block_ial = Some(list);
            return true;
        };
        let mut list = self.nodes.get_mut(id).and_then(|node| node.ial.take()).unwrap_or_default();
        self.read_attributes(scanner.origin, found.start, found.close, &mut list);
        if let Some(node) = self.nodes.get_mut(id) {
            node.ial = Some(list);
        }
        if scanner.block_ial(found.end).is_none() {
            self.push_new(
                tree,
                BlockNode::new(BlockKind::Eob(Eob::AttributeList), scanner.origin.span(start, found.end)),
            );
        }
        true
    }
}
