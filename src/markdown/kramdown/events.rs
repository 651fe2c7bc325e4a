//! The second pass: from the tree of blocks to events.
//! In: nodes. Out: `Item`s whose spans nest and come in order. Neighbours: `block/` makes the tree, `span_parser.rs`
//! parses the text of each node, `html/` writes the events.
//! Rules: kramdown 2.4.0, `update_tree` in `parser/kramdown.rb` lines 166–198, and its HTML converter.

use crate::markdown::event::{Attributes, ContentModel, CowStr, Event, Item, Tag, TagEnd};
use crate::markdown::kramdown::attribute_list::{self, Pairs};
use crate::markdown::kramdown::block_tree::{BlockKind, Eob, NodeId};
use crate::markdown::kramdown::source_text::SourceText;
use crate::markdown::kramdown::span_parser::{LastChild, SpanParser};
use crate::markdown::kramdown::{KramdownParser, char_reference};
use crate::text::Span;

/// What a node holds besides its kind, taken out of the tree.
struct NodeContent<'a> {
    id: NodeId,
    text: Option<SourceText>,
    /// Its own attributes and those of its attribute list.
    attributes: Attributes<'a>,
    span: Span,
}

impl<'a> KramdownParser<'a> {
    /// Adds the events of the children of `tree`.
    pub(super) fn emit_children(&mut self, tree: NodeId, out: &mut Vec<Item<'a>>) {
        let children = self.nodes.get_mut(tree).map(|node| std::mem::take(&mut node.children)).unwrap_or_default();
        let mut after_blank = false;
        for &child in &children {
            let Some(node) = self.nodes.get(child) else { continue };
            match &node.kind {
                // Blank lines count once if there are only blocks between them that show nothing.
                BlockKind::Blank { .. } => {
                    if !after_blank {
                        out.push(Item { event: Event::BlankLine, span: node.span });
                    }
                    after_blank = true;
                }
                BlockKind::Eob(Eob::FootnoteDefinition(_)) => self.emit_block(child, out),
                BlockKind::Eob(_) => {}
                _ => {
                    after_blank = false;
                    let first = out.len();
                    let is_term = node.kind == BlockKind::Term;
                    self.emit_block(child, out);
                    if is_term {
                        self.add_term_id(tree, first, out);
                    }
                }
            }
        }
        if let Some(node) = self.nodes.get_mut(tree) {
            node.children = children;
        }
    }

    /// The attributes of a node, with those of its attribute list.
    fn attributes_of(&mut self, id: NodeId) -> Attributes<'a> {
        let mut pairs: Pairs<'a> = self.nodes.get_mut(id).map(|node| std::mem::take(&mut node.attributes))?;
        let list = self.nodes.get(id).and_then(|node| node.ial.as_deref());
        if let Some(list) = list {
            self.apply(&mut pairs, list);
        }
        attribute_list::to_event(pairs)
    }

    /// Whether the attribute list of a node has a reference called `name`.
    fn refers_to(&self, id: NodeId, name: &str) -> bool {
        self.nodes.get(id).and_then(|node| node.ial.as_deref()).is_some_and(|list| list.refers_to(name))
    }

    /// Adds the events of one node.
    fn emit_block(&mut self, id: NodeId, out: &mut Vec<Item<'a>>) {
        let body = self.body;
        let Some(node) = self.nodes.get_mut(id) else { return };
        node.join_tail(body);
        let (kind, span, text) = (node.kind.clone(), node.span, node.text.take());
        let content = NodeContent { id, text, attributes: self.attributes_of(id), span };
        match kind {
            BlockKind::Eob(Eob::FootnoteDefinition(name)) => self.emit_footnote_definition(name, content, out),
            BlockKind::Root | BlockKind::Blank { .. } | BlockKind::Eob(_) => {}
            BlockKind::Paragraph { transparent, task } => self.emit_paragraph(transparent, task, content, out),
            BlockKind::UnhandledLine => {
                self.emit_text(content.text.as_ref(), !self.no_breaks, false, out);
            }
            BlockKind::Header(level) => self.emit_element(Tag::Heading(level), content, out),
            BlockKind::BlockQuote => self.emit_element(Tag::BlockQuote, content, out),
            BlockKind::CodeBlock(language) => {
                start(out, Tag::CodeBlock(language), content.attributes, span);
                emit_plain(body, content.text.as_ref(), out);
                end(out, span);
            }
            BlockKind::Rule => out.push(Item { event: Event::Rule(content.attributes), span }),
            BlockKind::List { ordered } => self.emit_list(ordered, content, out),
            BlockKind::Item => self.emit_element(Tag::Item, content, out),
            BlockKind::DefinitionList => self.emit_element(Tag::DefinitionList, content, out),
            BlockKind::Term => self.emit_element(Tag::DefinitionListTitle, content, out),
            BlockKind::Definition { .. } => self.emit_element(Tag::DefinitionListDefinition, content, out),
            BlockKind::Html { name, model } => self.emit_html(name, model, content, out),
            BlockKind::RawText => self.emit_raw_text(content, out),
            BlockKind::Script => emit_plain(body, content.text.as_ref(), out),
            BlockKind::Comment(comment) => out.push(Item { event: Event::Comment(comment), span }),
            BlockKind::Verbatim(verbatim) => out.push(Item { event: Event::Verbatim(verbatim), span }),
            BlockKind::Math => self.emit_formula(content, out),
            BlockKind::Table(alignments) => self.emit_element(Tag::Table(alignments), content, out),
            BlockKind::TableHead => self.emit_element(Tag::TableHead, content, out),
            BlockKind::TableBody => self.emit_element(Tag::TableBody, content, out),
            BlockKind::TableFoot => self.emit_element(Tag::TableFoot, content, out),
            BlockKind::Row => self.emit_element(Tag::TableRow, content, out),
            BlockKind::Cell => self.emit_element(Tag::TableCell, content, out),
        }
    }

    /// Adds an element with the spans of its text and the events of its children.
    fn emit_element(&mut self, tag: Tag<'a>, content: NodeContent<'a>, out: &mut Vec<Item<'a>>) {
        let NodeContent { id, text, attributes, span } = content;
        // A header whose id is made from its text keeps its backslashes.
        let keeps_backslashes = matches!(tag, Tag::Heading(_)) && self.options.auto_ids;
        let breaks = !self.no_breaks && !keeps_backslashes;
        start(out, tag, attributes, span);
        self.emit_text(text.as_ref(), breaks, true, out);
        self.emit_children(id, out);
        end(out, span);
    }

    fn emit_footnote_definition(&mut self, name: CowStr<'a>, content: NodeContent<'a>, out: &mut Vec<Item<'a>>) {
        let before = std::mem::replace(&mut self.no_breaks, true);
        let content = NodeContent { text: None, attributes: None, ..content };
        self.emit_element(Tag::FootnoteDefinition(name), content, out);
        self.no_breaks = before;
    }

    /// Adds a list, or the place of the table of contents or of the footnotes that its attribute list names.
    fn emit_list(&mut self, ordered: bool, content: NodeContent<'a>, out: &mut Vec<Item<'a>>) {
        if !self.has_toc && self.refers_to(content.id, "toc") {
            self.has_toc = true;
            let event = Event::Toc { ordered, attributes: content.attributes };
            out.push(Item { event, span: content.span });
        } else if !self.has_footnotes_place && self.refers_to(content.id, "footnotes") {
            self.has_footnotes_place = true;
            out.push(Item { event: Event::FootnotesPlace, span: content.span });
        } else {
            self.emit_element(Tag::List(ordered.then_some(1)), content, out);
        }
    }

    /// Gives the term whose events start at `first` an id, if its list asks for one.
    fn add_term_id(&self, list: NodeId, first: usize, out: &mut [Item<'a>]) {
        let Some(id) = out.get(first..).and_then(|items| self.term_id(list, items)) else { return };
        if let Some(Item { event: Event::Start(Tag::DefinitionListTitle, pairs), .. }) = out.get_mut(first) {
            let pairs = pairs.get_or_insert_with(Box::default);
            if !pairs.iter().any(|(name, _)| &**name == "id") {
                pairs.push((CowStr::Borrowed("id"), CowStr::from(id)));
            }
        }
    }

    fn emit_paragraph(
        &mut self,
        transparent: bool,
        task: Option<bool>,
        content: NodeContent<'a>,
        out: &mut Vec<Item<'a>>,
    ) {
        let NodeContent { text, attributes, span, .. } = content;
        let first = out.len();
        if !transparent {
            start(out, Tag::Paragraph, attributes, span);
        }
        let first_span = out.len() + usize::from(task.is_some());
        let standalone = match (&text, task) {
            (Some(text), Some(ticked)) => {
                self.emit_task(ticked, text, span, out);
                false
            }
            (None, Some(ticked)) => {
                out.push(Item { event: Event::TaskListMarker(ticked), span: Span::at(span.start) });
                false
            }
            (_, None) => self.emit_text(text.as_ref(), !self.no_breaks, true, out),
        };
        if transparent {
            // The empty text tells the HTML writer that a comment at the start is part of a line, not a block.
            if matches!(out.get(first_span).map(|item| &item.event), Some(Event::Comment(_) | Event::Verbatim(_))) {
                out.insert(first_span, Item { event: Event::Text(CowStr::Borrowed("")), span: Span::at(span.start) });
            }
            return;
        }
        end(out, span);
        // Five events: the start and end of the paragraph, the start and end of the image, its text.
        if standalone && out.len() == first + 5 {
            self.make_figure(first, out);
        }
    }

    /// Adds the checkbox of a task and the spans after it.
    fn emit_task(&mut self, ticked: bool, text: &SourceText, span: Span, out: &mut Vec<Item<'a>>) {
        out.push(Item { event: Event::TaskListMarker(ticked), span: Span::at(span.start) });
        let breaks = !self.no_breaks;
        let mut spans = SpanParser::new(self, out, text.str(self.body), text);
        spans.hard_breaks = breaks;
        // The checkbox is the first child, and no text.
        spans.set_last_child(LastChild::Symbol);
        spans.parse();
    }

    fn emit_formula(&self, content: NodeContent<'a>, out: &mut Vec<Item<'a>>) {
        let NodeContent { text, attributes, span, .. } = content;
        let formula = text.map_or(CowStr::Borrowed(""), |text| text.cow(self.body, 0, text.len()));
        // Attributes need an element around the formula.
        let has_element = attributes.is_some();
        if has_element {
            let name = CowStr::Borrowed("div");
            start(out, Tag::Element { name, block: true, content: ContentModel::Raw }, attributes, span);
        }
        out.push(Item { event: Event::DisplayMath(formula), span });
        if has_element {
            end(out, span);
        }
    }

    fn emit_html(&mut self, name: CowStr<'a>, model: ContentModel, content: NodeContent<'a>, out: &mut Vec<Item<'a>>) {
        let NodeContent { id, text, attributes, span } = content;
        let before = (self.no_breaks, self.escapes_raw_text);
        self.no_breaks = true;
        // A browser reads the content of these elements as text, not as HTML.
        self.escapes_raw_text |= matches!(&*name, "iframe" | "xmp" | "noembed" | "noframes" | "plaintext");
        start(out, Tag::Element { name, block: true, content: model }, attributes, span);
        self.emit_text(text.as_ref(), false, true, out);
        self.emit_children(id, out);
        end(out, span);
        (self.no_breaks, self.escapes_raw_text) = before;
    }

    /// Adds the text of raw HTML. Its character references are decoded.
    fn emit_raw_text(&self, content: NodeContent<'a>, out: &mut Vec<Item<'a>>) {
        let Some(text) = content.text else { return };
        let source = text.str(self.body);
        if self.escapes_raw_text && source.contains(['<', '>', '&']) {
            let escaped = CowStr::from(char_reference::escaped(source));
            out.push(Item { event: Event::Text(escaped), span: content.span });
        } else {
            emit_decoded(self.body, &text, out);
        }
    }

    /// Adds the spans of a text. `in_block` says that it is the text of a block element. Returns whether it starts with
    /// an image that has `{:standalone}`.
    fn emit_text(
        &mut self,
        text: Option<&SourceText>,
        hard_breaks: bool,
        in_block: bool,
        out: &mut Vec<Item<'a>>,
    ) -> bool {
        let Some(text) = text else { return false };
        let body = self.body;
        let mut spans = SpanParser::new(self, out, text.str(body), text);
        spans.hard_breaks = hard_breaks;
        spans.in_block = in_block;
        spans.parse();
        spans.standalone
    }
}

/// Adds the start of an element.
pub(super) fn start<'a>(out: &mut Vec<Item<'a>>, tag: Tag<'a>, attributes: Attributes<'a>, span: Span) {
    out.push(Item { event: Event::Start(tag, attributes), span });
}

/// Adds the end of an element.
pub(super) fn end(out: &mut Vec<Item<'_>>, span: Span) {
    out.push(Item { event: Event::End(TagEnd), span });
}

/// Adds text that is neither parsed nor decoded.
fn emit_plain<'a>(body: &'a str, text: Option<&SourceText>, out: &mut Vec<Item<'a>>) {
    let Some(text) = text else { return };
    text.each_piece(body, 0, text.len(), |piece, span| out.push(Item { event: Event::Text(piece), span }));
}

/// Adds text with its character references decoded.
fn emit_decoded<'a>(body: &'a str, text: &SourceText, out: &mut Vec<Item<'a>>) {
    let source = text.str(body);
    if !source.contains('&') {
        return emit_plain(body, Some(text), out);
    }
    let mut from = 0;
    char_reference::decode_into(source, |piece| match piece {
        char_reference::DecodedPart::Text(start, end) => {
            from = end;
            text.each_piece(body, start, end, |piece, span| out.push(Item { event: Event::Text(piece), span }));
        }
        char_reference::DecodedPart::Char(c) => {
            let end = source.get(from..).and_then(|rest| rest.find(';')).map_or(from, |found| from + found + 1);
            out.push(Item { event: Event::Text(c), span: text.span(from, end) });
            from = end;
        }
    });
}

/// Widens the span of each element to hold the spans of its content. An HTML element without an end tag may hold blank
/// lines that the list item around it does not.
pub(super) fn widen_spans(items: &mut [Item<'_>]) {
    let mut open: Vec<(usize, Span)> = Vec::new();
    for index in 0..items.len() {
        let Some(item) = items.get_mut(index) else { continue };
        let mut span = item.span;
        match item.event {
            Event::Start(..) => {
                open.push((index, span));
                continue;
            }
            Event::End(_) => {
                let Some((start, whole)) = open.pop() else { continue };
                item.span = whole;
                span = whole;
                if let Some(item) = items.get_mut(start) {
                    item.span = whole;
                }
            }
            _ => {}
        }
        if let Some((_, outer)) = open.last_mut() {
            *outer = Span::new(outer.start.min(span.start), outer.end.max(span.end));
        }
    }
}
