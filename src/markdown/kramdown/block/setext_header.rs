//! Headers of two lines: a line of text, underlined with `=` or `-`.
//!
//! ```bnf
//! setext_header ::= indent text header_id? line_end ("=" | "-"){1,} space* line_end
//! ```
//!
//! ```markdown
//! First level
//! ===========
//! ```
//!
//! ```html
//! <h1 id="first-level">First level</h1>
//! ```
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#setext-style>
//! Follows: kramdown 2.4.0, `header.rb` lines 17–26 and 44–66.
//! In: a scanner after a block boundary. Out: a header node. Neighbours: `atx_header.rs` parses the id and adds the
//! node.

use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block::atx_header::header_contents;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::NodeId;
use crate::markdown::kramdown::chars;

impl<'a> KramdownParser<'a> {
    /// Takes a header of two lines.
    pub(super) fn parse_setext_header(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let text = scanner.text;
        let line_end = chars::line_end(text, scanner.pos);
        let mark = chars::byte_at(text, line_end + 1);
        if mark != b'-' && mark != b'=' {
            return false;
        }
        let after = chars::skip_while(text, line_end + 1, |byte| byte == b'-' || byte == b'=');
        let Some(next) = chars::blank_to_line_end(text, after) else { return false };
        let start = chars::skip_indent(text, scanner.pos, 3);
        if matches!(chars::byte_at(text, start), b' ' | b'\t') {
            return false;
        }
        let (end, id) = header_contents(text, start, line_end);
        if end <= start {
            return false;
        }
        self.add_header(scanner, tree, if mark == b'-' { 2 } else { 1 }, (start, end), id, next);
        true
    }
}
