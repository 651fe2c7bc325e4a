//! `^` alone on a line: the block before it ends here.
//! Rules: kramdown's syntax page, "EOB Marker"; its `eob.rb`.

use super::Parser;
use super::block::Scanner;
use super::tree::{Eob, Kind, Node, NodeId};

impl<'a> Parser<'a> {
    /// Takes an end-of-block mark.
    pub(super) fn parse_eob_marker(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let Some(end) = scanner.eob_marker(scanner.pos) else { return false };
        let span = scanner.origin.span(scanner.pos, end);
        scanner.pos = end;
        self.push_new(tree, Node::new(Kind::Eob(Eob::Marker), span));
        true
    }
}
