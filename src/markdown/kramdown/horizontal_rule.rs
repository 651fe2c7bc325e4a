//! Three or more `*`, `-` or `_` on a line, with spaces or tabs between them.
//! Rules: kramdown's syntax page, "Horizontal Rules"; its `horizontal_rule.rb`.

use super::Parser;
use super::block::Scanner;
use super::scan;
use super::tree::{Kind, Node, NodeId};

/// Past the rule that starts at `pos`.
pub(super) fn rule_end(text: &str, pos: usize) -> Option<usize> {
    let at = scan::skip_indent(text, pos, 3);
    let mark = scan::byte_at(text, at);
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

impl<'a> Parser<'a> {
    /// Takes a horizontal rule.
    pub(super) fn parse_horizontal_rule(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let Some(end) = rule_end(scanner.text, scanner.pos) else { return false };
        let span = scanner.origin.span(scanner.pos, end);
        scanner.pos = end;
        self.push_new(tree, Node::new(Kind::Rule, span));
        true
    }
}
