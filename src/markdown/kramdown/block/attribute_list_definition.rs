//! A definition of an attribute list: `{:name: …}`.
//!
//! ```bnf
//! attribute_list_definition ::= indent "{:" name ":" attributes "}" space* line_end
//! ```
//!
//! ```markdown
//! A text.
//! {: note}
//!
//! {:note: .note title="Read this"}
//! ```
//!
//! ```html
//! <p class="note" title="Read this">A text.</p>
//! ```
//!
//! It may stand anywhere in the text. Definitions of the same name add up.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#attribute-list-definitions>
//! Follows: kramdown 2.4.0, `extensions.rb` lines 150 and 164–184.
//! In: a scanner at the start of a line. Out: an entry in `KramdownParser::attribute_lists`, a node that shows nothing.
//! Neighbours: `attribute_list.rs` parses the attributes.

use crate::markdown::kramdown::attribute_list::closing_brace;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, Eob, NodeId};
use crate::markdown::kramdown::{KramdownParser, chars};

impl<'a> KramdownParser<'a> {
    /// Takes the definition whose brace stands at `at`. A second definition of a name adds to the first.
    pub(super) fn parse_attribute_list_definition(
        &mut self,
        scanner: &mut BlockScanner<'_>,
        tree: NodeId,
        at: usize,
    ) -> bool {
        let text = scanner.text;
        let Some(name_end) = chars::identifier(text, at + 2) else { return false };
        if chars::byte_at(text, name_end) != b':' {
            return false;
        }
        let ends_line = |at: usize| chars::blank_to_line_end(text, at + 1).is_some();
        let Some(close) = closing_brace(text, name_end + 1, &mut scanner.braces, ends_line) else { return false };
        let Some(end) = chars::blank_to_line_end(text, close + 1) else { return false };
        let name = text.get(at + 2..name_end).unwrap_or("").to_owned();
        let mut list = self.attribute_lists.get_mut(&name).map(std::mem::take).unwrap_or_default();
        self.read_attributes(scanner.origin, name_end + 1, close, &mut list);
        self.attribute_lists.insert(&name, list);
        let span = scanner.origin.span(scanner.pos, end);
        scanner.pos = end;
        self.push_new(tree, BlockNode::new(BlockKind::Eob(Eob::AttributeListDefinition), span));
        true
    }
}
