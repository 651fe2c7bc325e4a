//! Horizontal rules: three or more `*`, `-` or `_` alone on a line.
//!
//! ```bnf
//! horizontal_rule ::= indent mark (blank* mark){2,} blank* line_end
//! mark            ::= "*" | "-" | "_", always the same one
//! ```
//!
//! ```markdown
//! * * *
//! ```
//!
//! ```html
//! <hr />
//! ```
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#horizontal-rules>
//! Follows: kramdown 2.4.0, `horizontal_rule.rb` lines 14–22.
//! In: a scanner at the start of a line. Out: a rule node. Neighbours: `list.rs` ends at a rule after a blank line.

use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, NodeId};
use crate::markdown::kramdown::chars;

/// The end of the rule on the line at `pos`.
pub(super) fn rule_end(text: &str, pos: usize) -> Option<usize> {
    let at = chars::skip_indent(text, pos, 3);
    let mark = chars::byte_at(text, at);
    if !matches!(mark, b'*' | b'-' | b'_') {
        return None;
    }
    let bytes = text.as_bytes();
    let mut count = 0;
    let mut end = at;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'\n' => return (count >= 3).then_some(end + 1),
            b' ' | b'\t' => {}
            _ if byte == mark => count += 1,
            _ => return None,
        }
        end += 1;
    }
    (count >= 3).then_some(end)
}

impl<'a> KramdownParser<'a> {
    /// Takes a horizontal rule.
    pub(super) fn parse_horizontal_rule(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let Some(end) = rule_end(scanner.text, scanner.pos) else { return false };
        let span = scanner.origin.span(scanner.pos, end);
        scanner.pos = end;
        self.push_new(tree, BlockNode::new(BlockKind::Rule, span));
        true
    }
}
