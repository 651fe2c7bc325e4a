//! Definition lists: a paragraph whose lines are the terms, then definitions that start with `:`.
//! Rules: kramdown's syntax page, "Definition Lists"; its `parse_definition_list`.

use super::Parser;
use super::attributes::AttributeList;
use super::block::Scanner;
use super::list::{continuation, first_line};
use super::scan;
use super::text::TextBuilder;
use super::tree::{Kind, Node, NodeId};
use crate::markdown::event::{Event, Item};
use crate::text::Span;

/// Past the mark of a definition after at most `most` spaces.
fn marker(text: &str, pos: usize, most: usize) -> Option<usize> {
    let at = scan::skip_indent(text, pos, most);
    (scan::byte_at(text, at) == b':' && matches!(scan::byte_at(text, at + 1), b' ' | b'\t' | b'|')).then_some(at + 1)
}

impl<'a> Parser<'a> {
    /// Takes the definitions of the paragraph before them.
    pub(super) fn parse_definition_list(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let (text, start) = (scanner.text, scanner.pos);
        if marker(text, start, 3).is_none() {
            return false;
        }
        let Some((paragraph, mut first_as_para)) = self.take_terms(tree) else { return false };
        let mut list = Node::new(Kind::DefinitionList, paragraph.span);
        let ial = self.block_ial.take();
        self.add_terms(&mut list, &paragraph);
        // The attribute list of the paragraph is that of the list, and one before the mark is lost.
        drop(ial);
        list.ial = paragraph.ial;
        let mut most = 3;
        let mut indentation = 0;
        let mut last_is_blank = false;
        let mut item: Option<(Node<'a>, TextBuilder<'a>)> = None;
        while scanner.pos < text.len() {
            let pos = scanner.pos;
            if let Some(marker_end) = marker(text, pos, most) {
                let first = first_line(text, marker_end, marker_end - pos);
                let span = scanner.origin.span(pos, first.next);
                let mut node = Node::new(Kind::Definition { first_as_para }, span);
                if let Some((from, to)) = first.ial {
                    let mut ial = AttributeList::default();
                    self.read_attributes(scanner.origin, from, to, &mut ial);
                    node.ial = Some(Box::new(ial));
                }
                let mut content = TextBuilder::new(self.body);
                content.push(scanner.origin, first.content, first.next);
                self.finish_definition(&mut list, item.replace((node, content)));
                indentation = first.indentation;
                most = indentation.clamp(1, 4) - 1;
                first_as_para = false;
                last_is_blank = false;
                scanner.pos = first.next;
                continue;
            }
            let Some((node, content)) = &mut item else { break };
            if scanner.eob_marker(pos).is_some() {
                break;
            }
            if let Some(end) = scan::blank_lines(text, pos) {
                first_as_para = true;
                last_is_blank = true;
                content.push(scanner.origin, pos, end);
                scanner.pos = end;
                continue;
            }
            let Some(line) = continuation(scanner, pos, indentation, last_is_blank) else { break };
            let next = scan::next_line(text, pos);
            line.push(content, scanner.origin, 0, next);
            node.span = Span::new(node.span.start, scanner.origin.span(pos, next).end);
            first_as_para = false;
            last_is_blank = false;
            scanner.pos = next;
        }
        self.finish_definition(&mut list, item.take());
        let last = self.parse_definitions(&list);
        self.add_definition_list(tree, list);
        if let Some(last) = last
            && let Some(parent) = self.nodes.get_mut(tree)
        {
            parent.children.push(last);
        }
        true
    }

    /// Takes the paragraph that ends `tree` off it; a single line break may follow it.
    fn take_terms(&mut self, tree: NodeId) -> Option<(Node<'a>, bool)> {
        let children = &self.nodes.get(tree)?.children;
        let last = *children.last()?;
        let node = self.nodes.get(last)?;
        let (id, blank) = if node.is_paragraph() {
            (last, false)
        } else {
            let before = *children.get(children.len().checked_sub(2)?)?;
            if node.kind != (Kind::Blank { single: true }) || !self.nodes.get(before)?.is_paragraph() {
                return None;
            }
            (before, true)
        };
        let children = &mut self.nodes.get_mut(tree)?.children;
        children.pop();
        if blank {
            children.pop();
        }
        let body = self.body;
        let node = self.nodes.get_mut(id)?;
        node.settle(body);
        Some((node.clone(), blank))
    }

    /// Makes a term of every line of the paragraph.
    fn add_terms(&mut self, list: &mut Node<'a>, paragraph: &Node<'a>) {
        let body = self.body;
        let Some(text) = &paragraph.text else { return };
        let source = text.str(body);
        let mut at = 0;
        for line in source.split('\n') {
            let (start, end) = (at, at + line.len());
            at = end + 1;
            let first = first_line(source.get(..end).unwrap_or(""), start, 0);
            let mut term = Node::with_text(Kind::Term, text.part(start, end));
            if let Some((from, to)) = first.ial {
                let mut ial = AttributeList::default();
                self.read_attributes(text, from, to, &mut ial);
                term.ial = Some(Box::new(ial));
                term.text = Some(text.part(first.content.min(end), end));
            }
            let term = self.add(term);
            list.children.push(term);
        }
    }

    fn finish_definition(&mut self, list: &mut Node<'a>, item: Option<(Node<'a>, TextBuilder<'a>)>) {
        let Some((mut node, content)) = item else { return };
        list.span = Span::new(list.span.start, node.span.end);
        node.text = Some(content.finish());
        let id = self.add(node);
        list.children.push(id);
    }

    /// The id of a term whose text is in `items`, where the list asks for ids (`auto_ids`, `auto_ids-prefix`).
    pub(super) fn term_id(&self, list: NodeId, items: &[Item<'a>]) -> Option<String> {
        let ial = self.nodes.get(list)?.ial.as_deref()?;
        let prefix = ial.references.iter().find_map(|reference| reference.strip_prefix("auto_ids"))?;
        let mut id = prefix.strip_prefix('-').unwrap_or("").to_owned();
        let text: String = items
            .iter()
            .filter_map(|item| match &item.event {
                Event::Text(text) | Event::Code(text, _) | Event::InlineMath(text) => Some(&**text),
                _ => None,
            })
            .collect();
        let kept = text.trim_start_matches(|c: char| !c.is_ascii_alphabetic()).chars();
        let kept = kept.filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'));
        id.extend(kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }));
        (!id.is_empty()).then_some(id)
    }

    /// Parses the definitions' content, and gives back the blank lines that ended the last one.
    fn parse_definitions(&mut self, list: &Node<'a>) -> Option<NodeId> {
        let mut last = None;
        for &id in &list.children {
            let Some(node) = self.nodes.get_mut(id) else { continue };
            let Kind::Definition { first_as_para } = node.kind else { continue };
            let Some(text) = node.text.take() else { continue };
            self.parse_text(&text, id);
            let mut children =
                self.nodes.get_mut(id).map(|node| std::mem::take(&mut node.children)).unwrap_or_default();
            if !children.is_empty() {
                last = children.last().copied().filter(|&id| self.nodes.get(id).is_some_and(Node::is_blank));
                if last.is_some() {
                    children.pop();
                }
            }
            let first = children.first().copied();
            if !first_as_para && first.is_some_and(|id| self.nodes.get(id).is_some_and(Node::is_paragraph)) {
                self.make_transparent(first, children.len() > 1);
            }
            if let Some(node) = self.nodes.get_mut(id) {
                node.children = children;
            }
        }
        last
    }

    /// Adds the list to `tree`, or its children to a definition list right before it.
    fn add_definition_list(&mut self, tree: NodeId, list: Node<'a>) {
        let children = self.nodes.get(tree).map(|node| node.children.as_slice()).unwrap_or_default();
        let before = match children {
            [.., list, blank] if self.nodes.get(*blank).is_some_and(Node::is_blank) => Some((*list, true)),
            [.., list] => Some((*list, false)),
            [] => None,
        };
        let known = before.filter(|&(id, _)| self.nodes.get(id).is_some_and(|node| node.kind == Kind::DefinitionList));
        let Some((id, blank)) = known else {
            self.push(tree, list);
            return;
        };
        if blank && let Some(parent) = self.nodes.get_mut(tree) {
            parent.children.pop();
        }
        if let Some(known) = self.nodes.get_mut(id) {
            known.span = Span::new(known.span.start, list.span.end);
            known.children.extend(list.children);
        }
    }
}
