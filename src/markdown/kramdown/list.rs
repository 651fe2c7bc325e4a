//! Lists of `*`, `+`, `-` or numbers: which lines belong to which item, and which paragraphs lose their tags.
//! Rules: kramdown's syntax page, "Lists"; its `list.rb`. Task lists are in `task_list.rs`.

use super::Parser;
use super::attributes::{AttributeList, closing_brace};
use super::block::Scanner;
use super::horizontal_rule::rule_end;
use super::scan::{self, Next};
use super::text::{Text, TextBuilder};
use super::tree::{Eob, Kind, Node, NodeId};
use crate::text::Span;

/// The marker of a list item that starts at `pos` after at most `most` spaces: whether it is a number, and its end.
pub(super) fn marker(text: &str, pos: usize, most: usize) -> Option<(bool, usize)> {
    marker_at(text, scan::skip_indent(text, pos, most))
}

/// The same where the marker itself stands at `at`.
pub(super) fn marker_at(text: &str, at: usize) -> Option<(bool, usize)> {
    let (ordered, end) = match scan::byte_at(text, at) {
        b'*' | b'+' | b'-' => (false, at + 1),
        b'0'..=b'9' => {
            let end = scan::skip_while(text, at, |byte| byte.is_ascii_digit());
            if scan::byte_at(text, end) != b'.' {
                return None;
            }
            (true, end + 1)
        }
        _ => return None,
    };
    matches!(scan::byte_at(text, end), b' ' | b'\t' | b'|').then_some((ordered, end))
}

/// How far the lines of an item are indented, and what its first line holds.
pub(super) struct FirstLine {
    /// Spaces that lines of the item start with.
    pub indentation: usize,
    /// Where the content starts.
    pub content: usize,
    /// The bounds of an attribute list before the content.
    pub ial: Option<(usize, usize)>,
    /// The content, if a line break before it was eaten: nothing.
    pub next: usize,
}

/// Reads the first line of an item whose marker is `width` columns wide and ends at `pos`.
pub(super) fn first_line(text: &str, pos: usize, width: usize) -> FirstLine {
    let next = scan::next_line(text, pos);
    let line = text.get(..next).unwrap_or(text);
    let mut content = scan::skip_space(line, pos);
    let ial = item_ial(line, content);
    let after = ial.map_or(content, |(_, close)| scan::skip_space(line, close + 1));
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

/// The bounds of the content of an attribute list that starts an item at `at`.
fn item_ial(line: &str, at: usize) -> Option<(usize, usize)> {
    if !line.get(at..)?.starts_with("{:") {
        return None;
    }
    let from = at + 2;
    if scan::byte_at(line, from) == b'/' {
        return None;
    }
    let name_end = scan::identifier(line, from).unwrap_or(from);
    if scan::byte_at(line, name_end) == b':' || scan::byte_at(line, from) == b':' {
        return None;
    }
    let close = closing_brace(line, from, &mut Next::default(), |_| true)?;
    Some((from, close))
}

/// A line that goes on with an item.
pub(super) struct Continuation {
    /// Spaces that the body does not hold.
    spaces: usize,
    /// Where the rest starts.
    from: usize,
    /// Whether it was indented as far as the item.
    indented: bool,
}

/// The line at `pos` as part of an item that is indented by `indentation`; `None` if it is no part of it.
pub(super) fn continuation(
    scanner: &mut Scanner<'_>,
    pos: usize,
    indentation: usize,
    after_blank: bool,
) -> Option<Continuation> {
    let text = scanner.text;
    if !is_content(text, pos, indentation) && (after_blank || scanner.ends_lazily(pos, indentation.min(3))) {
        return None;
    }
    let tabs = scan::skip_while(text, pos, |byte| byte == b'\t') - pos;
    let spaces = scan::skip_indent(text, pos + tabs, indentation) - (pos + tabs);
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

/// Whether the line is indented by `indentation` columns, in units of a tab or four spaces.
fn is_content(text: &str, pos: usize, indentation: usize) -> bool {
    let mut at = pos;
    for _ in 0..indentation / 4 {
        match super::codeblock::indent(text, at) {
            Some(next) => at = next,
            None => return false,
        }
    }
    let rest = indentation % 4;
    scan::skip_indent(text, at, rest) == at + rest || super::codeblock::indent(text, at).is_some()
}

impl Continuation {
    /// The marker of a list item that the line starts with.
    fn starts_list(&self, text: &str) -> bool {
        let at = scan::skip_indent(text, self.from, 3usize.saturating_sub(self.spaces));
        self.spaces <= 3 && marker_at(text, at).is_some()
    }

    /// Adds the line, which ends at `next`, to `builder`, after `more` spaces.
    pub fn push(&self, builder: &mut TextBuilder<'_>, origin: &Text, more: usize, next: usize) {
        builder.push_spaces(self.spaces + more);
        builder.push(origin, self.from, next);
    }
}

/// An item while its lines are gathered.
struct Gathering<'a> {
    node: Node<'a>,
    /// Finished stretches: a list within the item starts a new one.
    done: Vec<Text>,
    /// The stretch that lines are added to.
    current: TextBuilder<'a>,
    indentation: usize,
}

impl<'a> Parser<'a> {
    /// Takes a list.
    pub(super) fn parse_list(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let (text, start) = (scanner.text, scanner.pos);
        let Some((ordered, _)) = marker(text, start, 3) else { return false };
        let mut list = Node::new(Kind::List { ordered }, Span::default());
        list.ial = self.block_ial.take();
        let mut items: Vec<(Node<'a>, Vec<Text>)> = Vec::new();
        let mut item: Option<Gathering<'a>> = None;
        let mut most = 3;
        let mut eob_found = false;
        let mut nested_list_found = false;
        let mut last_is_blank = false;
        while scanner.pos < text.len() {
            let pos = scanner.pos;
            if last_is_blank && rule_end(text, pos).is_some() {
                break;
            }
            if let Some(end) = scanner.eob_marker(pos) {
                scanner.pos = end;
                eob_found = true;
                break;
            }
            if let Some((kind, marker_end)) = marker(text, pos, most)
                && kind == ordered
            {
                let first = first_line(text, marker_end, marker_end - pos);
                let mut node = Node::new(Kind::Item, scanner.origin.span(pos, first.next));
                if let Some((from, to)) = first.ial {
                    let mut ial = AttributeList::default();
                    self.read_attributes(scanner.origin, from, to, &mut ial);
                    node.ial = Some(Box::new(ial));
                }
                let mut current = TextBuilder::new(self.body);
                current.push(scanner.origin, first.content, first.next);
                if let Some(done) = item.take() {
                    items.push(done.finish());
                }
                most = first.indentation.clamp(1, 4) - 1;
                nested_list_found = marker(text, first.content, 3).is_some() && first.content < first.next;
                last_is_blank = false;
                item = Some(Gathering { node, done: Vec::new(), current, indentation: first.indentation });
                scanner.pos = first.next;
                continue;
            }
            let Some(item) = &mut item else { break };
            if let Some(end) = scan::blank_lines(text, pos) {
                nested_list_found = true;
                last_is_blank = true;
                item.current.push(scanner.origin, pos, end);
                scanner.pos = end;
                continue;
            }
            let Some(line) = continuation(scanner, pos, item.indentation, last_is_blank) else { break };
            let next = scan::next_line(text, pos);
            let mut more = 0;
            if !nested_list_found && line.indented && line.starts_list(text) {
                let before = std::mem::replace(&mut item.current, TextBuilder::new(self.body));
                item.done.push(before.finish());
                nested_list_found = true;
            } else if nested_list_found && !line.indented && line.starts_list(text) {
                more = item.indentation + 4;
            }
            line.push(&mut item.current, scanner.origin, more, next);
            last_is_blank = false;
            item.node.span = Span::new(item.node.span.start, scanner.origin.span(pos, next).end);
            scanner.pos = next;
        }
        if let Some(done) = item.take() {
            items.push(done.finish());
        }
        let end = items.last().map_or(0, |(node, _)| node.span.end);
        list.span = Span::new(scanner.origin.source(start), end);
        let list = self.push(tree, list);
        let trailing = self.parse_items(list, items, eob_found);
        if let Some(blank) = trailing
            && !eob_found
            && let Some(parent) = self.nodes.get_mut(tree)
        {
            parent.children.push(blank);
        }
        self.mark_tasks(list);
        true
    }

    /// Parses the items of a list, and gives back the blank lines that ended the last one.
    fn parse_items(&mut self, list: NodeId, items: Vec<(Node<'a>, Vec<Text>)>, eob_found: bool) -> Option<NodeId> {
        let count = items.len();
        let mut trailing = None;
        // Whether an item so far does not start with a paragraph that has tags.
        let mut loose_before = false;
        for (index, (node, texts)) in items.into_iter().enumerate() {
            let item = self.push(list, node);
            for text in &texts {
                self.parse_text(text, item);
            }
            let is_last = index + 1 == count;
            let mut children =
                self.nodes.get_mut(item).map(|node| std::mem::take(&mut node.children)).unwrap_or_default();
            if !children.is_empty() {
                trailing = self.settle_item(&mut children, is_last, count, eob_found, loose_before);
            }
            loose_before |= match children.first().and_then(|&id| self.nodes.get(id)).map(|node| &node.kind) {
                Some(Kind::Paragraph { transparent, .. }) => *transparent,
                _ => true,
            };
            if let Some(node) = self.nodes.get_mut(item) {
                node.children = children;
            }
        }
        trailing
    }

    /// Decides whether the first paragraph of an item keeps its tags, and takes off the blank lines at its end.
    fn settle_item(
        &mut self,
        children: &mut Vec<NodeId>,
        is_last: bool,
        count: usize,
        eob_found: bool,
        loose_before: bool,
    ) -> Option<NodeId> {
        let node = |this: &Self, index: usize, children: &[NodeId]| {
            children.get(index).and_then(|&id| this.nodes.get(id)).map(|node| (node.is_paragraph(), node.is_blank()))
        };
        let starts_with_paragraph = node(self, 0, children).is_some_and(|(paragraph, _)| paragraph);
        if starts_with_paragraph
            && children.get(1).is_some_and(|&id| {
                matches!(self.nodes.get(id).map(|node| &node.kind), Some(Kind::Eob(eob)) if !matches!(eob, Eob::FootnoteDefinition(_)))
            })
            && children.first().is_some_and(|&id| self.nodes.get(id).is_some_and(|node| node.ial.is_some()))
        {
            children.remove(1);
        }
        if starts_with_paragraph {
            let blank_follows = node(self, 1, children).is_some_and(|(_, blank)| blank);
            let only_blank = is_last && children.len() == 2 && !eob_found;
            let tight = children.len() < 2 || !blank_follows || only_blank;
            if tight && (!is_last || count == 1 || loose_before) {
                self.make_transparent(children.first().copied(), children.len() > 1 && !blank_follows);
            }
        }
        let blank = children.last().copied().filter(|&id| self.nodes.get(id).is_some_and(Node::is_blank))?;
        children.pop();
        Some(blank)
    }

    /// Takes the tags off a paragraph; `more` says that something follows it right away.
    pub(super) fn make_transparent(&mut self, paragraph: Option<NodeId>, more: bool) {
        let body = self.body;
        let Some(node) = paragraph.and_then(|id| self.nodes.get_mut(id)) else { return };
        if more {
            node.settle(body);
            node.text = node.text.as_ref().map(|text| text.with_line_break(body));
        }
        if let Kind::Paragraph { transparent, .. } = &mut node.kind {
            *transparent = true;
        }
    }
}

impl<'a> Gathering<'a> {
    fn finish(mut self) -> (Node<'a>, Vec<Text>) {
        self.done.push(self.current.finish());
        (self.node, self.done)
    }
}
