//! A definition of an abbreviation: `*[short]: long`.
//!
//! ```bnf
//! abbreviation_definition ::= indent "*[" short "]:" long? line_end
//! ```
//!
//! ```markdown
//! The HTML standard.
//!
//! *[HTML]: Hypertext Markup Language
//! ```
//!
//! ```html
//! <p>The <abbr title="Hypertext Markup Language">HTML</abbr> standard.</p>
//! ```
//!
//! The last definition of a short form counts. The long form may be empty.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#abbreviations>
//! Follows: kramdown 2.4.0, `abbreviation.rb` lines 14–30.
//! In: a scanner at the start of a line. Out: an entry in `KramdownParser::abbreviations`, a node that shows nothing.
//! Neighbours: `span/abbreviation.rs` uses the entries.

use crate::markdown::event::CowStr;
use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, Eob, NodeId};
use crate::markdown::kramdown::chars;

/// The definition of an abbreviation.
#[derive(Clone, Debug)]
pub(in crate::markdown::kramdown) struct Abbreviation<'a> {
    /// The long form; it may be empty.
    pub long: CowStr<'a>,
    /// The node that has its attribute list.
    pub node: NodeId,
}

impl<'a> KramdownParser<'a> {
    /// Takes the definition of an abbreviation.
    pub(super) fn parse_abbreviation_definition(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let (text, start) = (scanner.text, scanner.pos);
        let at = chars::skip_indent(text, start, 3);
        let line_end = chars::line_end(text, at);
        let Some(line) = text.get(at..line_end).and_then(|line| line.strip_prefix("*[")) else { return false };
        let Some(close) = line.get(1..).and_then(|rest| rest.find("]:")).map(|found| found + 1) else { return false };
        let long_start = at + 2 + close + 2;
        let long = chars::strip_start(text.get(long_start..line_end).unwrap_or(""));
        let from = line_end - long.len();
        let to = from + chars::strip_end(long).len();
        let origin = scanner.origin;
        scanner.pos = chars::next_line(text, start);
        let node = BlockNode::new(BlockKind::Eob(Eob::AbbreviationDefinition), origin.span(start, scanner.pos));
        let node = self.push_new(tree, node);
        let short = line.get(..close).unwrap_or("").to_owned();
        self.abbreviations.insert(&short, Abbreviation { long: origin.cow(self.body, from.min(to), to), node });
        true
    }
}
