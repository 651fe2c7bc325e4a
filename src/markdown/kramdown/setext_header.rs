//! A line of text underlined with `=` or `-`, after a block boundary.
//! Rules: kramdown's syntax page, "Setext Style Headers"; its `header.rb`.

use super::Parser;
use super::atx_header::header_contents;
use super::block::Scanner;
use super::scan;
use super::tree::NodeId;

impl<'a> Parser<'a> {
    /// Takes a header of two lines.
    pub(super) fn parse_setext_header(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let text = scanner.text;
        let line_end = scan::line_end(text, scanner.pos);
        let mark = scan::byte_at(text, line_end + 1);
        if mark != b'-' && mark != b'=' {
            return false;
        }
        let after = scan::skip_while(text, line_end + 1, |byte| byte == b'-' || byte == b'=');
        let Some(next) = scan::blank_to_line_end(text, after) else { return false };
        let start = scan::skip_indent(text, scanner.pos, 3);
        if matches!(scan::byte_at(text, start), b' ' | b'\t') {
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
