//! From the tree of blocks to events, with the spans of their texts.
//! In: nodes. Out: `Item`s whose spans nest and come in order. Neighbours: `block.rs` makes the tree, `span.rs` the spans.

use super::Parser;
use super::attributes::{self, Pairs};
use super::entity;
use super::span::{Last, Spans};
use super::text::Text;
use super::tree::{Eob, Kind, NodeId};
use crate::markdown::event::{Attributes, ContentModel, CowStr, Event, Item, Tag, TagEnd};
use crate::text::Span;

impl<'a> Parser<'a> {
    /// Adds the events of the children of `tree`.
    pub(super) fn emit_children(&mut self, tree: NodeId, out: &mut Vec<Item<'a>>) {
        let children = self.nodes.get_mut(tree).map(|node| std::mem::take(&mut node.children)).unwrap_or_default();
        let mut after_blank = false;
        for &child in &children {
            let Some(node) = self.nodes.get(child) else { continue };
            match &node.kind {
                // Blank lines with only invisible things between them are one.
                Kind::Blank { .. } => {
                    if !after_blank {
                        out.push(Item { event: Event::BlankLine, span: node.span });
                    }
                    after_blank = true;
                }
                Kind::Eob(Eob::FootnoteDefinition(_)) => self.emit(child, out),
                Kind::Eob(_) => {}
                _ => {
                    after_blank = false;
                    let first = out.len();
                    let is_term = node.kind == Kind::Term;
                    self.emit(child, out);
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

    /// The attributes of a node with those of its attribute list.
    fn attributes_of(&mut self, id: NodeId) -> Attributes<'a> {
        let mut pairs: Pairs<'a> = self.nodes.get_mut(id).map(|node| std::mem::take(&mut node.attributes))?;
        let list = self.nodes.get(id).and_then(|node| node.ial.as_deref());
        if let Some(list) = list {
            self.apply(&mut pairs, list);
        }
        attributes::attributes(pairs)
    }

    fn refers_to(&self, id: NodeId, name: &str) -> bool {
        self.nodes.get(id).and_then(|node| node.ial.as_deref()).is_some_and(|list| list.refers_to(name))
    }

    fn emit(&mut self, id: NodeId, out: &mut Vec<Item<'a>>) {
        let body = self.body;
        let Some(node) = self.nodes.get_mut(id) else { return };
        node.settle(body);
        let span = node.span;
        let kind = node.kind.clone();
        let text = node.text.take();
        let attributes = self.attributes_of(id);
        let tag = match kind {
            Kind::Root | Kind::Blank { .. } => return,
            Kind::Eob(Eob::FootnoteDefinition(name)) => {
                let before = std::mem::replace(&mut self.no_breaks, true);
                self.emit_element(Tag::FootnoteDefinition(name), None, id, None, span, out);
                self.no_breaks = before;
                return;
            }
            Kind::Eob(_) => return,
            Kind::Paragraph { transparent, task } => {
                self.emit_paragraph(text, transparent, task, attributes, span, out);
                return;
            }
            Kind::Loose => {
                self.emit_spans_of(text.as_ref(), !self.no_breaks, false, out);
                return;
            }
            Kind::Header(level) => Tag::Heading(level),
            Kind::BlockQuote => Tag::BlockQuote,
            Kind::CodeBlock(info) => {
                start(out, Tag::CodeBlock(info), attributes, span);
                emit_plain(body, text.as_ref(), out);
                end(out, span);
                return;
            }
            Kind::Rule => {
                out.push(Item { event: Event::Rule(attributes), span });
                return;
            }
            Kind::List { ordered } => {
                if !self.has_toc && self.refers_to(id, "toc") {
                    self.has_toc = true;
                    out.push(Item { event: Event::Toc { ordered, attributes }, span });
                    return;
                }
                if !self.has_footnotes_place && self.refers_to(id, "footnotes") {
                    self.has_footnotes_place = true;
                    out.push(Item { event: Event::FootnotesPlace, span });
                    return;
                }
                Tag::List(ordered.then_some(1))
            }
            Kind::Item => Tag::Item,
            Kind::DefinitionList => Tag::DefinitionList,
            Kind::Term => Tag::DefinitionListTitle,
            Kind::Definition { .. } => Tag::DefinitionListDefinition,
            Kind::Html { name, model } => {
                self.emit_html(id, name, model, attributes, text, span, out);
                return;
            }
            Kind::RawText => {
                if self.escapes_raw_text
                    && let Some(text) = &text
                    && text.str(body).contains(['<', '>', '&'])
                {
                    let escaped = CowStr::from(entity::escaped(text.str(body)));
                    out.push(Item { event: Event::Text(escaped), span });
                } else {
                    emit_raw(body, text.as_ref(), out);
                }
                return;
            }
            Kind::Script => {
                emit_plain(body, text.as_ref(), out);
                return;
            }
            Kind::Comment(comment) => {
                out.push(Item { event: Event::Comment(comment), span });
                return;
            }
            Kind::Verbatim(verbatim) => {
                out.push(Item { event: Event::Verbatim(verbatim), span });
                return;
            }
            Kind::Math => {
                let formula = text.map_or(CowStr::Borrowed(""), |text| text.cow(body, 0, text.len()));
                // With attributes, a formula gets an element to bear them.
                let bears = attributes.is_some();
                if bears {
                    let name = CowStr::Borrowed("div");
                    start(out, Tag::Element { name, block: true, content: ContentModel::Raw }, attributes, span);
                }
                out.push(Item { event: Event::DisplayMath(formula), span });
                if bears {
                    end(out, span);
                }
                return;
            }
            Kind::Table(alignments) => Tag::Table(alignments),
            Kind::TableHead => Tag::TableHead,
            Kind::TableBody => Tag::TableBody,
            Kind::TableFoot => Tag::TableFoot,
            Kind::Row => Tag::TableRow,
            Kind::Cell => Tag::TableCell,
        };
        self.emit_element(tag, attributes, id, text, span, out);
    }

    fn emit_element(
        &mut self,
        tag: Tag<'a>,
        attributes: Attributes<'a>,
        id: NodeId,
        text: Option<Text>,
        span: Span,
        out: &mut Vec<Item<'a>>,
    ) {
        // A header whose id is made of its text keeps its backslashes.
        let keeps = matches!(tag, Tag::Heading(_)) && self.options.auto_ids;
        let breaks = !self.no_breaks && !keeps;
        start(out, tag, attributes, span);
        self.emit_spans(text.as_ref(), breaks, out);
        self.emit_children(id, out);
        end(out, span);
    }

    /// Gives the term that was added from `first` on an id, where its list asks for one.
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
        text: Option<Text>,
        transparent: bool,
        task: Option<bool>,
        attributes: Attributes<'a>,
        span: Span,
        out: &mut Vec<Item<'a>>,
    ) {
        let breaks = !self.no_breaks;
        let body = self.body;
        let first = out.len();
        if !transparent {
            start(out, Tag::Paragraph, attributes, span);
        }
        if let Some(ticked) = task {
            out.push(Item { event: Event::TaskListMarker(ticked), span: Span::new(span.start, span.start) });
        }
        let spans = out.len();
        let standalone = match (&text, task) {
            (Some(text), Some(_)) => {
                let mut spans = Spans::new(self, out, text.str(body), text);
                spans.hard_breaks = breaks;
                // The box comes first, and no text.
                spans.set_last(Last::Symbol);
                spans.parse();
                false
            }
            _ => self.emit_spans(text.as_ref(), breaks, out),
        };
        if transparent {
            // What starts with a comment is to be seen as part of a line, not as a block.
            if matches!(out.get(spans).map(|item| &item.event), Some(Event::Comment(_) | Event::Verbatim(_))) {
                out.insert(spans, Item { event: Event::Text(CowStr::Borrowed("")), span: Span::at(span.start) });
            }
            return;
        }
        end(out, span);
        // An image, its text and the two ends: nothing else.
        if standalone && out.len() == first + 5 {
            self.make_figure(first, out);
        }
    }

    /// Turns a paragraph of a lone image into a figure with a caption.
    fn make_figure(&self, first: usize, out: &mut Vec<Item<'a>>) {
        let span = out.get(first).map(|item| item.span).unwrap_or_default();
        let alt = match out.get(first + 2) {
            Some(Item { event: Event::Text(alt), .. }) => alt.clone(),
            _ => CowStr::Borrowed(""),
        };
        let mut figure: Pairs<'a> = match out.get_mut(first).map(|item| &mut item.event) {
            Some(Event::Start(_, attributes)) => attributes.take().map(|pairs| *pairs).unwrap_or_default(),
            _ => Vec::new(),
        };
        if let Some(Item { event: Event::Start(_, Some(image)), .. }) = out.get_mut(first + 1) {
            for name in ["class", "id"] {
                if figure.iter().any(|(known, _)| &**known == name) {
                    continue;
                }
                if let Some(at) = image.iter().position(|(known, _)| &**known == name) {
                    figure.push(image.remove(at));
                }
            }
        }
        let element = |name| Tag::Element { name: CowStr::Borrowed(name), block: true, content: ContentModel::Block };
        let figure = (!figure.is_empty()).then(|| Box::new(figure));
        if let Some(item) = out.get_mut(first) {
            item.event = Event::Start(element("figure"), figure);
        }
        out.pop();
        let at = Span::at(span.end);
        let caption = Tag::Element { name: CowStr::Borrowed("figcaption"), block: true, content: ContentModel::Span };
        start(out, caption, None, at);
        out.push(Item { event: Event::Text(alt), span: at });
        end(out, at);
        end(out, span);
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a node, taken out of it")]
    fn emit_html(
        &mut self,
        id: NodeId,
        name: CowStr<'a>,
        content: ContentModel,
        attributes: Attributes<'a>,
        text: Option<Text>,
        span: Span,
        out: &mut Vec<Item<'a>>,
    ) {
        let before = (self.no_breaks, self.escapes_raw_text);
        self.no_breaks = true;
        // A browser takes what these hold as it is written, escapes and all.
        self.escapes_raw_text |= matches!(&*name, "iframe" | "xmp" | "noembed" | "noframes" | "plaintext");
        start(out, Tag::Element { name, block: true, content }, attributes, span);
        self.emit_spans(text.as_ref(), false, out);
        self.emit_children(id, out);
        end(out, span);
        (self.no_breaks, self.escapes_raw_text) = before;
    }

    /// Adds the spans of a text; says whether its first thing is an image that asks to stand alone.
    fn emit_spans(&mut self, text: Option<&Text>, hard_breaks: bool, out: &mut Vec<Item<'a>>) -> bool {
        self.emit_spans_of(text, hard_breaks, true, out)
    }

    fn emit_spans_of(
        &mut self,
        text: Option<&Text>,
        hard_breaks: bool,
        in_block: bool,
        out: &mut Vec<Item<'a>>,
    ) -> bool {
        let Some(text) = text else { return false };
        let body = self.body;
        let mut spans = Spans::new(self, out, text.str(body), text);
        spans.hard_breaks = hard_breaks;
        spans.in_block = in_block;
        spans.parse();
        spans.standalone
    }
}

fn start<'a>(out: &mut Vec<Item<'a>>, tag: Tag<'a>, attributes: Attributes<'a>, span: Span) {
    out.push(Item { event: Event::Start(tag, attributes), span });
}

fn end(out: &mut Vec<Item<'_>>, span: Span) {
    out.push(Item { event: Event::End(TagEnd), span });
}

/// Text that means nothing but itself.
fn emit_plain<'a>(body: &'a str, text: Option<&Text>, out: &mut Vec<Item<'a>>) {
    let Some(text) = text else { return };
    text.each_piece(body, 0, text.len(), |piece, span| out.push(Item { event: Event::Text(piece), span }));
}

/// Text of raw HTML: references are characters.
fn emit_raw<'a>(body: &'a str, text: Option<&Text>, out: &mut Vec<Item<'a>>) {
    let Some(text) = text else { return };
    let source = text.str(body);
    if !source.contains('&') {
        return emit_plain(body, Some(text), out);
    }
    let mut from = 0;
    entity::decode_into(source, |piece| match piece {
        entity::Piece::Text(start, end) => {
            from = end;
            text.each_piece(body, start, end, |piece, span| out.push(Item { event: Event::Text(piece), span }));
        }
        entity::Piece::Char(c) => {
            let end = source.get(from..).and_then(|rest| rest.find(';')).map_or(from, |found| from + found + 1);
            out.push(Item { event: Event::Text(c), span: text.span(from, end) });
            from = end;
        }
    });
}

/// Widens the spans of elements to those of what they hold: an element without an end tag takes blank lines that its
/// list item did not count.
pub(super) fn widen(items: &mut [Item<'_>]) {
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
