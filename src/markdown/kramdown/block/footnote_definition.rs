//! Definitions of footnotes: `[^name]: text`.
//!
//! ```bnf
//! footnote_definition ::= indent "[^" name "]:" line (blank_line? tab_or_4_spaces line)*
//! ```
//!
//! ```markdown
//! A text.[^1]
//!
//! [^1]: The note.
//! ```
//!
//! ```html
//! <p>A text.<sup id="fnref:1" role="doc-noteref"><a href="#fn:1" class="footnote" rel="footnote">1</a></sup></p>
//!
//! <div class="footnotes" role="doc-endnotes">
//!   <ol>
//!     <li id="fn:1" role="doc-endnote">
//!       <p>The note. <a href="#fnref:1" class="reversefootnote" role="doc-backlink">↩</a></p>
//!     </li>
//!   </ol>
//! </div>
//! ```
//!
//! The last definition of a name counts.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#footnotes>
//! Follows: kramdown 2.4.0, `footnote.rb` lines 18–34.
//! In: a scanner at the start of a line. Out: an entry in `KramdownParser::footnotes`, a node with the blocks of the
//! note. Neighbours: `codeblock.rs` for the indented lines, `span/footnote_reference.rs`.

use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block::codeblock::{indent, indented_end};
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, Eob, NodeId};
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::source_text::SourceTextBuilder;

impl<'a> KramdownParser<'a> {
    /// Takes the definition of a footnote.
    pub(super) fn parse_footnote_definition(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let (text, start) = (scanner.text, scanner.pos);
        let at = chars::skip_indent(text, start, 3);
        if !text.get(at..).is_some_and(|rest| rest.starts_with("[^")) {
            return false;
        }
        let Some(name_end) = chars::identifier(text, at + 2) else { return false };
        if !text.get(name_end..).is_some_and(|rest| rest.starts_with("]:")) {
            return false;
        }
        let end = indented_end(scanner, chars::next_line(text, name_end));
        let mut content = SourceTextBuilder::new(self.body);
        let mut line = name_end + 2;
        while line < end {
            let next = chars::next_line(text, line);
            content.push(scanner.origin, indent(text, line).unwrap_or(line), next);
            line = next;
        }
        let name = scanner.origin.cow(self.body, at + 2, name_end);
        let key = name.to_string();
        let ial = self.block_ial.take();
        let mut node = BlockNode::new(BlockKind::Eob(Eob::FootnoteDefinition(name)), scanner.origin.span(start, end));
        node.ial = ial;
        scanner.pos = end;
        let id = self.push(tree, node);
        self.parse_text(&content.finish(), id);
        self.footnotes.insert(&key, id);
        true
    }
}
