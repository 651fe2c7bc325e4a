//! Lines of text up to a blank line or to a block that may interrupt them.
//! Rules: kramdown's syntax page, "Paragraphs"; its `paragraph.rb`, with the ends that its GFM variant adds (lists,
//! headers, definitions, quotes, fences).

use super::block::Scanner;
use super::scan;
use super::text::Text;
use super::tree::{Kind, Node, NodeId};
use super::{Parser, atx_header, codeblock_fenced, list};
use crate::text::Span;

/// Adds `more` to the text of `node`, with `joint` between the two.
pub(super) fn append(body: &str, node: &mut Node<'_>, joint: &'static str, more: Text) {
    node.span = Span::new(node.span.start, more.span(0, more.len()).end);
    // What follows in the body anyway needs no copy; everything else is copied once, when all is there.
    if node.tail.is_empty()
        && let Some(text) = &node.text
        && let Some(whole) = text.joined(body, joint, &more)
    {
        node.text = Some(whole);
        return;
    }
    node.tail.push((joint, more));
}

/// Whether the paragraph before `pos`, the start of a line, ends there.
fn ends_at(scanner: &mut Scanner<'_>, pos: usize) -> bool {
    let text = scanner.text;
    let at = scan::skip_indent(text, pos, 4);
    let first = scan::byte_at(text, at);
    if scan::is_space(first) || at >= text.len() {
        return pos >= text.len() || scan::blank_lines(text, pos).is_some();
    }
    if at > pos + 3 {
        return false;
    }
    match first {
        b'{' | b'<' => scanner.ends_lazily(pos, 3),
        b'^' => at == pos && scanner.eob_marker(pos).is_some(),
        b'*' | b'+' | b'-' | b'0'..=b'9' => list::marker(text, pos, 3).is_some(),
        b'#' => at == pos && atx_header::marker(text, pos).is_some(),
        b':' => matches!(scan::byte_at(text, at + 1), b' ' | b'\t' | b'|'),
        b'>' => true,
        b'~' | b'`' => codeblock_fenced::opens(text, at),
        _ => false,
    }
}

impl<'a> Parser<'a> {
    /// Takes the lines of a paragraph; they join a paragraph right before them.
    pub(super) fn parse_paragraph(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) {
        let (text, start) = (scanner.text, scanner.pos);
        let mut end = scan::next_line(text, start);
        while !ends_at(scanner, end) {
            end = scan::next_line(text, end);
        }
        scanner.pos = end;
        let lines = text.get(start..end).unwrap_or("");
        let stripped = start + scan::strip_end(lines).len();
        if let Some(&id) = self.nodes.get(tree).and_then(|node| node.children.last())
            && let Some(last) = self.nodes.get_mut(id)
            && last.is_paragraph()
        {
            // Spaces that make a line break were taken off the end of the paragraph before.
            let broken = start >= 3 && text.get(start - 3..start) == Some("  \n");
            append(self.body, last, if broken { "  \n" } else { "\n" }, scanner.part(start, stripped));
            return;
        }
        let from = (end - scan::strip_start(lines).len()).min(stripped);
        let part = scanner.part(from, stripped);
        self.push_new(tree, Node::with_text(Kind::Paragraph { transparent: false, task: None }, part));
    }
}
