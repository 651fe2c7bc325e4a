//! Definition lists: terms, then definitions after `:`.
//!
//! ```bnf
//! definition_list ::= term+ blank_line? definition+
//! term            ::= item_ial? line
//! definition      ::= indent ":" blank item_ial? line (line of the content | blank_line)*
//! ```
//!
//! ```markdown
//! kram
//! : A word.
//! : A second one.
//! ```
//!
//! ```html
//! <dl>
//!   <dt>kram</dt>
//!   <dd>A word.</dd>
//!   <dd>A second one.</dd>
//! </dl>
//! ```
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#definition-lists>
//! Follows: kramdown 2.4.0, `list.rb` lines 150–251.
//! In: a scanner at a `:`. Out: a definition list in place of the paragraph before it. Neighbours: `list.rs` reads the
//! lines of an item, `events.rs` writes the ids of terms.

use crate::markdown::event::{Event, Item};
use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block::list::{continuation, first_line};
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, NodeId};
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::source_text::SourceTextBuilder;
use crate::text::Span;

/// The end of the marker of a definition, which may be indented by up to `most` spaces.
fn marker(text: &str, pos: usize, most: usize) -> Option<usize> {
    let at = chars::skip_indent(text, pos, most);
    (chars::byte_at(text, at) == b':' && matches!(chars::byte_at(text, at + 1), b' ' | b'\t' | b'|')).then_some(at + 1)
}

impl<'a> KramdownParser<'a> {
    /// Takes the definitions after a paragraph. Each line of that paragraph becomes a term.
    pub(super) fn parse_definition_list(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        if marker(scanner.text, scanner.pos, 3).is_none() {
            return false;
        }
        let Some((paragraph, blank_before)) = self.take_paragraph(tree) else { return false };
        // The list gets the attribute list of the paragraph. One right before the first definition is lost.
        self.block_ial = None;
        let mut list = BlockNode::new(BlockKind::DefinitionList, paragraph.span);
        self.add_terms(&mut list, &paragraph);
        list.ial = paragraph.ial;
        self.read_definitions(scanner, &mut list, blank_before);
        let last = self.parse_definitions(&list);
        self.add_definition_list(tree, list);
        if let Some(last) = last
            && let Some(parent) = self.nodes.get_mut(tree)
        {
            parent.children.push(last);
        }
        true
    }

    /// Reads the lines of the definitions up to the first line that is not part of them.
    fn read_definitions(&mut self, scanner: &mut BlockScanner<'_>, list: &mut BlockNode<'a>, blank_before: bool) {
        let text = scanner.text;
        let mut first_as_para = blank_before;
        // How far the marker of the next definition may be indented.
        let mut most = 3;
        let mut indentation = 0;
        let mut last_is_blank = false;
        let mut definition: Option<(BlockNode<'a>, SourceTextBuilder<'a>)> = None;
        while scanner.pos < text.len() {
            let pos = scanner.pos;
            if let Some(marker_end) = marker(text, pos, most) {
                let first = first_line(text, marker_end, marker_end - pos);
                let span = scanner.origin.span(pos, first.next);
                let mut node = BlockNode::new(BlockKind::Definition { first_as_para }, span);
                node.ial = self.item_attributes(scanner.origin, &first);
                let mut content = SourceTextBuilder::new(self.body);
                content.push(scanner.origin, first.content, first.next);
                self.finish_definition(list, definition.replace((node, content)));
                indentation = first.indentation;
                most = indentation.clamp(1, 4) - 1;
                first_as_para = false;
                last_is_blank = false;
                scanner.pos = first.next;
                continue;
            }
            let Some((node, content)) = &mut definition else { break };
            if scanner.eob_marker(pos).is_some() {
                break;
            }
            if let Some(end) = chars::blank_lines(text, pos) {
                first_as_para = true;
                last_is_blank = true;
                content.push(scanner.origin, pos, end);
                scanner.pos = end;
                continue;
            }
            let Some(line) = continuation(scanner, pos, indentation, last_is_blank) else { break };
            let next = chars::next_line(text, pos);
            line.push(content, scanner.origin, 0, next);
            node.span = Span::new(node.span.start, scanner.origin.span(pos, next).end);
            first_as_para = false;
            last_is_blank = false;
            scanner.pos = next;
        }
        self.finish_definition(list, definition.take());
    }

    /// Removes the paragraph at the end of `tree` and returns it, with whether a blank line follows it. More than one
    /// blank line may not follow it.
    fn take_paragraph(&mut self, tree: NodeId) -> Option<(BlockNode<'a>, bool)> {
        let children = &self.nodes.get(tree)?.children;
        let last = *children.last()?;
        let node = self.nodes.get(last)?;
        let (id, blank) = if node.is_paragraph() {
            (last, false)
        } else {
            let before = *children.get(children.len().checked_sub(2)?)?;
            if node.kind != (BlockKind::Blank { single: true }) || !self.nodes.get(before)?.is_paragraph() {
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
        node.join_tail(body);
        Some((node.clone(), blank))
    }

    /// Makes a term from each line of the paragraph.
    fn add_terms(&mut self, list: &mut BlockNode<'a>, paragraph: &BlockNode<'a>) {
        let body = self.body;
        let Some(text) = &paragraph.text else { return };
        let source = text.str(body);
        let mut at = 0;
        for line in source.split('\n') {
            let (start, end) = (at, at + line.len());
            at = end + 1;
            let first = first_line(source.get(..end).unwrap_or(""), start, 0);
            let mut term = BlockNode::with_text(BlockKind::Term, text.part(start, end));
            if first.ial.is_some() {
                term.ial = self.item_attributes(text, &first);
                term.text = Some(text.part(first.content.min(end), end));
            }
            let term = self.add(term);
            list.children.push(term);
        }
    }

    /// Adds a definition whose lines are complete to the list.
    fn finish_definition(&mut self, list: &mut BlockNode<'a>, item: Option<(BlockNode<'a>, SourceTextBuilder<'a>)>) {
        let Some((mut node, content)) = item else { return };
        list.span = Span::new(list.span.start, node.span.end);
        node.text = Some(content.finish());
        let id = self.add(node);
        list.children.push(id);
    }

    /// The id of the term whose events are `items`, if the list asks for ids with `{:auto_ids}` or
    /// `{:auto_ids-prefix}`.
    pub(in crate::markdown::kramdown) fn term_id(&self, list: NodeId, items: &[Item<'a>]) -> Option<String> {
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

    /// Parses the content of the definitions. Returns the blank lines at the end of the last one, which belong after
    /// the list.
    fn parse_definitions(&mut self, list: &BlockNode<'a>) -> Option<NodeId> {
        let mut last = None;
        for &id in &list.children {
            let Some(node) = self.nodes.get_mut(id) else { continue };
            let BlockKind::Definition { first_as_para } = node.kind else { continue };
            let Some(text) = node.text.take() else { continue };
            self.parse_text(&text, id);
            let mut children =
                self.nodes.get_mut(id).map(|node| std::mem::take(&mut node.children)).unwrap_or_default();
            if !children.is_empty() {
                last = children.last().copied().filter(|&id| self.nodes.get(id).is_some_and(BlockNode::is_blank));
                if last.is_some() {
                    children.pop();
                }
            }
            let first = children.first().copied();
            if !first_as_para && first.is_some_and(|id| self.nodes.get(id).is_some_and(BlockNode::is_paragraph)) {
                self.make_transparent(first, children.len() > 1);
            }
            if let Some(node) = self.nodes.get_mut(id) {
                node.children = children;
            }
        }
        last
    }

    /// Adds the list to `tree`. If a definition list stands right before it, the two become one.
    fn add_definition_list(&mut self, tree: NodeId, list: BlockNode<'a>) {
        let children = self.nodes.get(tree).map(|node| node.children.as_slice()).unwrap_or_default();
        let before = match children {
            [.., list, blank] if self.nodes.get(*blank).is_some_and(BlockNode::is_blank) => Some((*list, true)),
            [.., list] => Some((*list, false)),
            [] => None,
        };
        let known =
            before.filter(|&(id, _)| self.nodes.get(id).is_some_and(|node| node.kind == BlockKind::DefinitionList));
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
