//! Lines indented by a tab or four spaces. Lines of text right after them go on lazily, joined by a space.
//! Rules: kramdown's syntax page, "Code Blocks"; its `codeblock.rb`.

use super::Parser;
use super::block::Scanner;
use super::scan;
use super::text::{Text, TextBuilder};
use super::tree::{Kind, Node, NodeId};

/// Past the indentation of a tab or four spaces.
pub(super) fn indent(text: &str, pos: usize) -> Option<usize> {
    if scan::byte_at(text, pos) == b'\t' {
        return Some(pos + 1);
    }
    (scan::skip_indent(text, pos, 4) == pos + 4).then_some(pos + 4)
}

/// Where indented lines from `pos` on end, with blank lines between them and lazy lines after them.
pub(super) fn indented_end(scanner: &mut Scanner<'_>, pos: usize) -> usize {
    let text = scanner.text;
    let mut end = pos;
    loop {
        let mut at = scan::blank_lines(text, end).unwrap_or(end);
        if at >= text.len() || indent(text, at).is_none() {
            return end;
        }
        loop {
            at = scan::next_line(text, at);
            if at >= text.len() || scan::blank_lines(text, at).is_some() {
                break;
            }
            if indent(text, at).is_none() && (scanner.ends_lazily(at, 3) || scanner.eob_marker(at).is_some()) {
                return at;
            }
        }
        end = at;
    }
}

impl<'a> Parser<'a> {
    /// Takes an indented block of code.
    pub(super) fn parse_codeblock(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) {
        let (text, start) = (scanner.text, scanner.pos);
        let end = indented_end(scanner, start).max(scan::next_line(text, start));
        let code = code_text(self.body, scanner, start, end);
        let mut node = Node::with_text(Kind::CodeBlock(None), code);
        node.span = scanner.origin.span(start, end);
        scanner.pos = end;
        self.push_new(tree, node);
    }
}

/// The lines without their indentation; a line without any is joined to the one before it.
fn code_text(body: &str, scanner: &Scanner<'_>, start: usize, end: usize) -> Text {
    let text = scanner.text;
    let mut code = TextBuilder::new(body);
    let mut line = start;
    while line < end {
        let break_at = scan::line_end(text, line).min(end);
        let next = (break_at + 1).min(end);
        let from = indent(text, line).unwrap_or(line);
        // The spaces of a lazy line stay; its line break before it became a space.
        let following = scan::skip_indent(text, next, 3);
        let lazy = next < end && indent(text, next).is_none() && !scan::is_space(scan::byte_at(text, following));
        if lazy {
            code.push(scanner.origin, from, break_at);
            code.push_literal(" ");
        } else {
            code.push(scanner.origin, from, next);
        }
        line = next;
    }
    code.finish()
}
