//! Lists: items after `*`, `+`, `-` or a number.
//!
//! ```bnf
//! list        ::= item+ eob_marker?
//! item        ::= marker item_ial? line (line of the content | lazy_line | blank_line)*
//! marker      ::= indent ("*" | "+" | "-" | digit+ ".") (blank | "|")
//! item_ial    ::= space* "{:" attributes "}" space*
//! ```
//!
//! ```markdown
//! 1. one
//! 2. two
//!    - nested
//! ```
//!
//! ```html
//! <ol>
//!   <li>one</li>
//!   <li>two
//!     <ul>
//!       <li>nested</li>
//!     </ul>
//!   </li>
//! </ol>
//! ```
//!
//! All items of a list have markers of one type: numbers or marks. The content of an item is indented as far as its
//! text.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#ordered-and-unordered-lists>
//! Follows: kramdown 2.4.0, `list.rb` lines 19–147 and 258–281.
//! In: a scanner at the start of a line. Out: a list node with items. Neighbours: `definition_list.rs` uses the reading
//! of lines, `task_list.rs` finds the checkboxes, `horizontal_rule.rs` can end the list.

use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::attribute_list::{AttributeList, closing_brace};
use crate::markdown::kramdown::block::codeblock;
use crate::markdown::kramdown::block::horizontal_rule::rule_end;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, Eob, NodeId};
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::next_match::NextMatch;
use crate::markdown::kramdown::source_text::{SourceText, SourceTextBuilder};
use crate::text::Span;

/// The marker of the list item at `pos`, which may be indented by up to `most` spaces: whether it is a number, and its
/// end.
pub(super) fn marker(text: &str, pos: usize, most: usize) -> Option<(bool, usize)> {
    marker_at(text, chars::skip_indent(text, pos, most))
}

/// The same, if the marker itself stands at `at`.
fn marker_at(text: &str, at: usize) -> Option<(bool, usize)> {
    let (ordered, end) = match chars::byte_at(text, at) {
        b'*' | b'+' | b'-' => (false, at + 1),
        b'0'..=b'9' => {
            let end = chars::skip_while(text, at, |byte| byte.is_ascii_digit());
            if chars::byte_at(text, end) != b'.' {
                return None;
            }
            (true, end + 1)
        }
        _ => return None,
    };
    matches!(chars::byte_at(text, end), b' ' | b'\t' | b'|').then_some((ordered, end))
}

/// The first line of an item. Positions are bytes of the text.
pub(super) struct FirstLine {
    /// The indentation of the lines of the item, in columns.
    pub indentation: usize,
    /// The start of the content.
    pub content: usize,
    /// The range of the attribute list before the content.
    pub ial: Option<(usize, usize)>,
    /// The start of the next line.
    pub next: usize,
}

/// Reads the first line of an item whose marker is `width` columns wide and ends at `pos`: kramdown's
/// `parse_first_list_line`.
pub(super) fn first_line(text: &str, pos: usize, width: usize) -> FirstLine {
    let next = chars::next_line(text, pos);
    let line = text.get(..next).unwrap_or(text);
    let mut content = chars::skip_space(line, pos);
    let ial = item_ial(line, content);
    let after = ial.map_or(content, |(_, close)| chars::skip_space(line, close + 1));
    let mut column = width;
    for &byte in line.as_bytes().get(pos..content).unwrap_or(&[]) {
        match byte {
            b'\t' => column += 4 - column % 4,
            b' ' => column += 1,
            _ => break,
        }
    }
    let indentation = if after >= next { 4 } else { column };
    if ial.is_some() {
        content = after;
    }
    FirstLine { indentation, content, ial, next }
}

/// The range of the content of the attribute list at `at`, at the start of an item.
fn item_ial(line: &str, at: usize) -> Option<(usize, usize)> {
    if !line.get(at..)?.starts_with("{:") {
        return None;
    }
    let from = at + 2;
    if chars::byte_at(line, from) == b'/' {
        return None;
    }
    let name_end = chars::identifier(line, from).unwrap_or(from);
    if chars::byte_at(line, name_end) == b':' || chars::byte_at(line, from) == b':' {
        return None;
    }
    let close = closing_brace(line, from, &mut NextMatch::default(), |_| true)?;
    Some((from, close))
}

/// A line that continues an item.
pub(super) struct Continuation {
    /// The number of spaces to add before the line, when a tab is split.
    spaces: usize,
    /// The start of the rest of the line.
    from: usize,
    /// Whether it is indented as far as the content of the item.
    indented: bool,
}

/// The line at `pos` as part of an item with that indentation; `None` if it is not part of it.
pub(super) fn continuation(
    scanner: &mut BlockScanner<'_>,
    pos: usize,
    indentation: usize,
    after_blank: bool,
) -> Option<Continuation> {
    let text = scanner.text;
    if !is_content(text, pos, indentation) && (after_blank || scanner.ends_lazily(pos, indentation.min(3))) {
        return None;
    }
    let tabs = chars::skip_while(text, pos, |byte| byte == b'\t') - pos;
    let spaces = chars::skip_indent(text, pos + tabs, indentation) - (pos + tabs);
    let width = 4 * tabs;
    if width + spaces < indentation {
        return Some(Continuation { spaces: width, from: pos + tabs, indented: false });
    }
    Some(if indentation <= width {
        Continuation { spaces: width - indentation, from: pos + tabs, indented: true }
    } else {
        Continuation { spaces: 0, from: pos + tabs + (indentation - width), indented: true }
    })
}

/// Whether the line is indented by `indentation` columns. A tab counts as four spaces.
fn is_content(text: &str, pos: usize, indentation: usize) -> bool {
    let mut at = pos;
    for _ in 0..indentation / 4 {
        match codeblock::indent(text, at) {
            Some(next) => at = next,
            None => return false,
        }
    }
    let rest = indentation % 4;
    chars::skip_indent(text, at, rest) == at + rest || codeblock::indent(text, at).is_some()
}

impl Continuation {
    /// Whether the line starts with the marker of a list item.
    fn starts_list(&self, text: &str) -> bool {
        let at = chars::skip_indent(text, self.from, 3usize.saturating_sub(self.spaces));
        self.spaces <= 3 && marker_at(text, at).is_some()
    }

    /// Adds the line, which ends at `next`, to `builder`, with `more` spaces before it.
    pub fn push(&self, builder: &mut SourceTextBuilder<'_>, origin: &SourceText, more: usize, next: usize) {
        builder.push_spaces(self.spaces + more);
        builder.push(origin, self.from, next);
    }
}

/// The lines of a list, put in order by item.
#[derive(Default)]
struct ListLines<'a> {
    /// The node of each item, and its texts.
    items: Vec<(BlockNode<'a>, Vec<SourceText>)>,
    /// Whether an end-of-block marker ended the list.
    eob_found: bool,
}

/// An item while its lines are read.
struct OpenItem<'a> {
    node: BlockNode<'a>,
    /// The texts that are complete. A nested list starts a new text.
    done: Vec<SourceText>,
    /// The text that lines are added to.
    current: SourceTextBuilder<'a>,
    /// The indentation of the item's content, in columns.
    indentation: usize,
    /// Whether a nested list was found in the item, or a blank line.
    nested_list_found: bool,
}

impl<'a> OpenItem<'a> {
    /// The node of the item and its texts.
    fn finish(mut self) -> (BlockNode<'a>, Vec<SourceText>) {
        self.done.push(self.current.finish());
        (self.node, self.done)
    }
}

impl<'a> KramdownParser<'a> {
    /// Takes a list.
    pub(super) fn parse_list(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let start = scanner.pos;
        let Some((ordered, _)) = marker(scanner.text, start, 3) else { return false };
        let mut list = BlockNode::new(BlockKind::List { ordered }, Span::default());
        list.ial = self.block_ial.take();
        let lines = self.read_items(scanner, ordered);
        let end = lines.items.last().map_or(0, |(node, _)| node.span.end);
        list.span = Span::new(scanner.origin.source(start), end);
        let list = self.push(tree, list);
        let trailing = self.parse_items(list, lines.items, lines.eob_found);
        if let Some(blank) = trailing
            && !lines.eob_found
            && let Some(parent) = self.nodes.get_mut(tree)
        {
            parent.children.push(blank);
        }
        if self.options.gfm {
            self.mark_tasks(list);
        }
        true
    }

    /// Reads the lines of a list up to the first line that is not part of it.
    fn read_items(&mut self, scanner: &mut BlockScanner<'_>, ordered: bool) -> ListLines<'a> {
        let text = scanner.text;
        let mut lines = ListLines::default();
        let mut item: Option<OpenItem<'a>> = None;
        // How far the marker of the next item may be indented.
        let mut most = 3;
        let mut last_is_blank = false;
        while scanner.pos < text.len() {
            let pos = scanner.pos;
            if last_is_blank && rule_end(text, pos).is_some() {
                break;
            }
            if let Some(end) = scanner.eob_marker(pos) {
                scanner.pos = end;
                lines.eob_found = true;
                break;
            }
            if let Some((kind, marker_end)) = marker(text, pos, most)
                && kind == ordered
            {
                lines.items.extend(item.take().map(OpenItem::finish));
                let next = self.open_item(scanner, marker_end);
                most = next.indentation.clamp(1, 4) - 1;
                last_is_blank = false;
                item = Some(next);
                continue;
            }
            let Some(item) = &mut item else { break };
            if let Some(end) = chars::blank_lines(text, pos) {
                item.nested_list_found = true;
                last_is_blank = true;
                item.current.push(scanner.origin, pos, end);
                scanner.pos = end;
                continue;
            }
            let Some(line) = continuation(scanner, pos, item.indentation, last_is_blank) else { break };
            self.continue_item(scanner, item, &line);
            last_is_blank = false;
        }
        lines.items.extend(item.take().map(OpenItem::finish));
        lines
    }

    /// Starts the item whose marker ends at `marker_end`, with the rest of that line.
    fn open_item(&mut self, scanner: &mut BlockScanner<'_>, marker_end: usize) -> OpenItem<'a> {
        let (text, pos) = (scanner.text, scanner.pos);
        let first = first_line(text, marker_end, marker_end - pos);
        let mut node = BlockNode::new(BlockKind::Item, scanner.origin.span(pos, first.next));
        node.ial = self.item_attributes(scanner.origin, &first);
        let mut current = SourceTextBuilder::new(self.body);
        current.push(scanner.origin, first.content, first.next);
        let nested_list_found = marker(text, first.content, 3).is_some() && first.content < first.next;
        scanner.pos = first.next;
        OpenItem { node, done: Vec::new(), current, indentation: first.indentation, nested_list_found }
    }

    /// The attribute list at the start of an item, a term or a definition.
    pub(super) fn item_attributes(&self, origin: &SourceText, first: &FirstLine) -> Option<Box<AttributeList<'a>>> {
        let (from, to) = first.ial?;
        let mut ial = AttributeList::default();
        self.read_attributes(origin, from, to, &mut ial);
        Some(Box::new(ial))
    }

    /// Adds a line to an item.
    fn continue_item(&mut self, scanner: &mut BlockScanner<'_>, item: &mut OpenItem<'a>, line: &Continuation) {
        let (text, pos) = (scanner.text, scanner.pos);
        let next = chars::next_line(text, pos);
        let mut more = 0;
        if !item.nested_list_found && line.indented && line.starts_list(text) {
            let before = std::mem::replace(&mut item.current, SourceTextBuilder::new(self.body));
            item.done.push(before.finish());
            item.nested_list_found = true;
        } else if item.nested_list_found && !line.indented && line.starts_list(text) {
            more = item.indentation + 4;
        }
        line.push(&mut item.current, scanner.origin, more, next);
        item.node.span = Span::new(item.node.span.start, scanner.origin.span(pos, next).end);
        scanner.pos = next;
    }

    /// Parses the items of a list. Returns the blank lines at the end of the last one, which belong after the list.
    fn parse_items(
        &mut self,
        list: NodeId,
        items: Vec<(BlockNode<'a>, Vec<SourceText>)>,
        eob_found: bool,
    ) -> Option<NodeId> {
        let count = items.len();
        let mut trailing = None;
        // Whether one of the items so far does not start with a `<p>`.
        let mut starts_without_tags = false;
        for (index, (node, texts)) in items.into_iter().enumerate() {
            let item = self.push(list, node);
            for text in &texts {
                self.parse_text(text, item);
            }
            let is_last = index + 1 == count;
            let mut children =
                self.nodes.get_mut(item).map(|node| std::mem::take(&mut node.children)).unwrap_or_default();
            if !children.is_empty() {
                trailing = self.finish_item(&mut children, is_last, count, eob_found, starts_without_tags);
            }
            starts_without_tags |= match children.first().and_then(|&id| self.nodes.get(id)).map(|node| &node.kind) {
                Some(BlockKind::Paragraph { transparent, .. }) => *transparent,
                _ => true,
            };
            if let Some(node) = self.nodes.get_mut(item) {
                node.children = children;
            }
        }
        trailing
    }

    /// Decides whether the first paragraph of an item is written with `<p>`, and removes the blank lines at its end.
    fn finish_item(
        &mut self,
        children: &mut Vec<NodeId>,
        is_last: bool,
        count: usize,
        eob_found: bool,
        starts_without_tags: bool,
    ) -> Option<NodeId> {
        let node = |this: &Self, index: usize, children: &[NodeId]| {
            children.get(index).and_then(|&id| this.nodes.get(id)).map(|node| (node.is_paragraph(), node.is_blank()))
        };
        let starts_with_paragraph = node(self, 0, children).is_some_and(|(paragraph, _)| paragraph);
        if starts_with_paragraph
            && children.get(1).is_some_and(|&id| {
                matches!(self.nodes.get(id).map(|node| &node.kind), Some(BlockKind::Eob(eob)) if !matches!(eob, Eob::FootnoteDefinition(_)))
            })
            && children.first().is_some_and(|&id| self.nodes.get(id).is_some_and(|node| node.ial.is_some()))
        {
            children.remove(1);
        }
        if starts_with_paragraph {
            let blank_follows = node(self, 1, children).is_some_and(|(_, blank)| blank);
            let only_blank = is_last && children.len() == 2 && !eob_found;
            let tight = children.len() < 2 || !blank_follows || only_blank;
            if tight && (!is_last || count == 1 || starts_without_tags) {
                self.make_transparent(children.first().copied(), children.len() > 1 && !blank_follows);
            }
        }
        let blank = children.last().copied().filter(|&id| self.nodes.get(id).is_some_and(BlockNode::is_blank))?;
        children.pop();
        Some(blank)
    }

    /// Lets a paragraph be written without `<p>`. `more` says that another block follows without a blank line.
    pub(super) fn make_transparent(&mut self, paragraph: Option<NodeId>, more: bool) {
        let body = self.body;
        let Some(node) = paragraph.and_then(|id| self.nodes.get_mut(id)) else { return };
        if more {
            node.join_tail(body);
            node.text = node.text.as_ref().map(|text| text.with_line_break(body));
        }
        if let BlockKind::Paragraph { transparent, .. } = &mut node.kind {
            *transparent = true;
        }
    }
}
