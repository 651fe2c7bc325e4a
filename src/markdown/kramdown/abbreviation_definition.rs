//! `*[short]: what it stands for`.
//! Rules: kramdown's syntax page, "Abbreviations"; its `abbreviation.rb`. `abbreviation.rs` applies them.

use super::Parser;
use super::block::Scanner;
use super::scan;
use super::tree::{Eob, Kind, Node, NodeId};
use crate::markdown::event::CowStr;

/// What an abbreviation stands for.
#[derive(Clone, Debug)]
pub(super) struct Abbreviation<'a> {
    /// What it stands for; may be empty.
    pub long: CowStr<'a>,
    /// The node that holds its attribute list.
    pub node: NodeId,
}

impl<'a> Parser<'a> {
    /// Takes the definition of an abbreviation.
    pub(super) fn parse_abbreviation_definition(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let (text, start) = (scanner.text, scanner.pos);
        let at = scan::skip_indent(text, start, 3);
        let line_end = scan::line_end(text, at);
        let Some(line) = text.get(at..line_end).and_then(|line| line.strip_prefix("*[")) else { return false };
        let Some(close) = line.get(1..).and_then(|rest| rest.find("]:")).map(|found| found + 1) else { return false };
        let long_start = at + 2 + close + 2;
        let long = scan::strip_start(text.get(long_start..line_end).unwrap_or(""));
        let from = line_end - long.len();
        let to = from + scan::strip_end(long).len();
        let origin = scanner.origin;
        scanner.pos = scan::next_line(text, start);
        let node = Node::new(Kind::Eob(Eob::AbbreviationDefinition), origin.span(start, scanner.pos));
        let node = self.push_new(tree, node);
        let short = line.get(..close).unwrap_or("").to_owned();
        self.abbreviations.insert(&short, Abbreviation { long: origin.cow(self.body, from.min(to), to), node });
        true
    }
}
