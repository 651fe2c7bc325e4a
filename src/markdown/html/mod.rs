//! Events to tokens: the HTML that Jekyll (or GitHub) makes of them. In: items and the document's numbering.
//! Out: tokens, not sanitized. Neighbours: `event.rs` for what comes in, `raw_html/` for HTML in the text, `block/`.
//!
//! The writer is one loop over the items. A `Start` pushes a frame that says what its `End` has to do. Each other file
//! of this folder writes one group of constructs.

mod code;
mod footnote;
mod header_id;
mod image;
mod layout;
mod list;
mod math;
mod numbering;
mod table;
mod toc;

use std::borrow::Cow;

use super::event::{Attributes, ContentModel, CowStr, Event, Item, Tag};
use super::raw_html::{NOWHERE, TreeBuilder};
use super::token::Token;
use super::{Dialect, Options};
use crate::code::Highlighting;
use crate::text::Span;
use layout::ElementLayout;

pub(crate) use header_id::header_text;
pub(crate) use numbering::{Numbering, NumberingCounts, element_end};

/// A document, and what its blocks are written with.
#[derive(Clone, Copy)]
pub(crate) struct MarkdownDocument<'a, 'd> {
    /// The text. The spans of the items are bytes of it.
    pub(crate) body: &'a str,
    /// All items.
    pub(crate) items: &'d [Item<'a>],
    /// Ids and numbers.
    pub(crate) numbering: &'d Numbering<'a>,
    /// The dialect and its options.
    pub(crate) options: &'d Options,
    /// What gives code its runs.
    pub(crate) highlighting: &'d Highlighting,
    /// Whether white space between elements is written as kramdown writes it.
    pub(crate) laid_out: bool,
}

/// The tokens of a whole document, footnotes last.
pub(crate) fn write_document<'a>(
    body: &'a str,
    items: &[Item<'a>],
    options: &Options,
    highlighting: &Highlighting,
) -> Vec<Token<'a>> {
    let numbering = Numbering::new(body, items, options);
    let document = MarkdownDocument { body, items, numbering: &numbering, options, highlighting, laid_out: true };
    let mut writer = Writer::new(document, NumberingCounts::default());
    writer.items(0, items.len());
    if !writer.footnotes_placed && !numbering.footnotes.is_empty() {
        writer.counts = numbering.before_footnotes;
        writer.footnotes();
    }
    writer.tree.finish()
}

impl<'a> MarkdownDocument<'a, '_> {
    /// The tokens of the items `start..end`, which must be whole elements. `counts` are the headers and references
    /// before them.
    pub(crate) fn write(&self, start: usize, end: usize, counts: NumberingCounts) -> Vec<Token<'a>> {
        let mut writer = Writer::new(*self, counts);
        writer.items(start, end);
        writer.tree.finish()
    }

    /// The tokens of the section of footnotes; none if there are no footnotes.
    pub(crate) fn write_footnotes(&self) -> Vec<Token<'a>> {
        if self.numbering.footnotes.is_empty() {
            return Vec::new();
        }
        let mut writer = Writer::new(*self, self.numbering.before_footnotes);
        writer.footnotes();
        writer.tree.finish()
    }
}

/// What an `End` has to do.
enum EndAction {
    /// Close that many elements.
    Close(usize),
    /// Close the wrappers of highlighted code: so many within the outermost one.
    Highlighted(usize),
    /// Close code that is not highlighted.
    PlainCode,
    /// Close a cell. An empty one gets a space.
    Cell,
    /// Write the image with its collected alternative text.
    Image,
    /// Parse the collected HTML.
    Html,
    /// Close a table and remove its columns.
    Table,
    /// Close a paragraph.
    Paragraph,
}

struct Writer<'a, 'd> {
    document: MarkdownDocument<'a, 'd>,
    tree: TreeBuilder<'a>,
    end_actions: Vec<EndAction>,
    counts: NumberingCounts,
    tables: Vec<table::Columns>,
    image: Option<image::Gathering<'a>>,
    /// The index of the first item of the HTML block that is being read.
    html: Option<usize>,
    footnote: Option<footnote::Backlinks>,
    levels: layout::Levels,
    layouts: Vec<ElementLayout>,
    drops_line_break: bool,
    /// Whether the texts that follow are code that is written already.
    skips_text: bool,
    footnotes_placed: bool,
}

impl<'a, 'd> Writer<'a, 'd> {
    fn new(document: MarkdownDocument<'a, 'd>, counts: NumberingCounts) -> Self {
        Self {
            document,
            tree: TreeBuilder::new(),
            end_actions: Vec::new(),
            counts,
            tables: Vec::new(),
            image: None,
            html: None,
            footnote: None,
            levels: layout::Levels::default(),
            layouts: Vec::new(),
            drops_line_break: false,
            skips_text: false,
            footnotes_placed: false,
        }
    }

    fn is_jekyll(&self) -> bool {
        self.document.options.dialect == Dialect::Jekyll
    }

    /// Writes the items from `start` to before `end`.
    fn items(&mut self, start: usize, end: usize) {
        let mut index = start;
        while let Some(item) = self.document.items.get(index).filter(|_| index < end) {
            index = match &item.event {
                Event::Start(Tag::FootnoteDefinition(_), _) => element_end(self.document.items, index),
                Event::Start(tag, attributes) => {
                    self.start(tag, attributes, item.span, index);
                    index + 1
                }
                Event::End(_) => {
                    self.end(index);
                    index + 1
                }
                _ => {
                    self.leaf(item);
                    index + 1
                }
            };
        }
    }

    fn element(&mut self, name: &'static str, attributes: &Attributes<'a>, span: Span) {
        self.tree.open(name, copied(attributes), Some(span));
        self.end_actions.push(EndAction::Close(1));
    }

    fn start(&mut self, tag: &Tag<'a>, attributes: &Attributes<'a>, span: Span, index: usize) {
        if let Some(image) = &mut self.image {
            image.depth += 1;
            return;
        }
        self.drops_line_break = false;
        let layout = self.layout_of(tag);
        if layout == ElementLayout::Span {
            self.before_span();
        } else {
            self.before_block();
        }
        match tag {
            Tag::Paragraph => {
                self.tree.open("p", copied(attributes), Some(span));
                self.end_actions.push(EndAction::Paragraph);
            }
            Tag::Heading(level) => self.header(*level, attributes, span),
            Tag::BlockQuote => self.element("blockquote", attributes, span),
            Tag::CodeBlock(info) => self.code_block(info.as_ref(), attributes, span, index),
            Tag::HtmlBlock => {
                self.html = Some(index + 1);
                self.end_actions.push(EndAction::Html);
            }
            Tag::List(first) => self.list(*first, attributes, span),
            Tag::Item => self.element("li", attributes, span),
            // `items` skips it: the section of footnotes writes it.
            Tag::FootnoteDefinition(_) => self.end_actions.push(EndAction::Close(0)),
            Tag::DefinitionList => self.element("dl", attributes, span),
            Tag::DefinitionListTitle => self.element("dt", attributes, span),
            Tag::DefinitionListDefinition => self.element("dd", attributes, span),
            Tag::Table(columns) => self.table(columns, attributes, span),
            Tag::TableHead => self.table_part("thead", attributes, span),
            Tag::TableBody => self.table_part("tbody", attributes, span),
            Tag::TableFoot => self.table_part("tfoot", attributes, span),
            Tag::TableRow => self.table_row(attributes, span),
            Tag::TableCell => self.table_cell(attributes, span),
            Tag::Emphasis => self.element("em", attributes, span),
            Tag::Strong => self.element("strong", attributes, span),
            Tag::Strikethrough => self.element("del", attributes, span),
            Tag::Link { url, title } => self.link(url, title, attributes, span),
            Tag::Image { url, title } => self.start_image(url, title, attributes, span),
            Tag::Abbreviation(meaning) => {
                let mut attributes = copied(attributes);
                if !meaning.is_empty() {
                    attributes.push(("title".into(), meaning.clone()));
                }
                self.tree.open("abbr", attributes, Some(span));
                self.end_actions.push(EndAction::Close(1));
            }
            Tag::Element { name, content: ContentModel::Unclosed, .. } => {
                let closed = self.tree.in_foreign(name);
                self.tree.start_tag(name.clone(), copied(attributes), Some(span), closed);
                self.end_actions.push(EndAction::Close(0));
            }
            Tag::Element { name, .. } => {
                self.tree.open(name.clone(), copied(attributes), Some(span));
                self.end_actions.push(EndAction::Close(1));
                // An HTML parser drops a line break at the start of these elements.
                self.drops_line_break = matches!(&**name, "pre" | "textarea" | "listing");
            }
        }
        self.enter(layout);
        self.layouts.push(layout);
    }

    fn end(&mut self, index: usize) {
        if let Some(image) = &mut self.image
            && image.depth > 0
        {
            image.depth -= 1;
            return;
        }
        self.backlinks_before(index);
        let layout = self.layouts.pop().unwrap_or(ElementLayout::Span);
        if !matches!(self.end_actions.last(), Some(EndAction::Paragraph)) {
            self.leave();
        }
        match self.end_actions.pop() {
            Some(EndAction::Close(count)) => (0..count).for_each(|_| self.tree.close()),
            Some(EndAction::Highlighted(inner)) => self.end_highlighted(inner),
            Some(EndAction::PlainCode) => self.end_plain_code(),
            Some(EndAction::Cell) => self.end_cell(),
            Some(EndAction::Image) => self.end_image(),
            Some(EndAction::Html) => self.html_block(index),
            Some(EndAction::Table) => {
                self.tables.pop();
                self.tree.close();
            }
            Some(EndAction::Paragraph) => {
                self.leave();
                self.tree.close();
            }
            None => {}
        }
        if layout != ElementLayout::Span {
            self.after_block();
        }
    }

    fn leaf(&mut self, item: &Item<'a>) {
        if let Some(image) = &mut self.image {
            image.gather(&item.event);
            return;
        }
        let drops_line_break = std::mem::take(&mut self.drops_line_break);
        let block = self.before_leaf(&item.event);
        match &item.event {
            Event::Start(..) | Event::End(_) => {}
            Event::Text(_) if self.skips_text => {}
            Event::Text(text) if drops_line_break && text.starts_with('\n') => {
                self.tree.text(text.get(1..).unwrap_or("").to_owned());
            }
            Event::Text(text) => self.tree.text(text.clone()),
            Event::FootnotesPlace => {
                if self.document.laid_out && !self.document.numbering.footnotes.is_empty() {
                    self.footnotes_placed = true;
                    self.unindented_block();
                    let counts = std::mem::replace(&mut self.counts, self.document.numbering.before_footnotes);
                    let levels = std::mem::take(&mut self.levels);
                    self.footnotes();
                    (self.counts, self.levels) = (counts, levels);
                }
            }
            Event::Code(code, attributes) => self.code_span(code, attributes, item.span),
            Event::InlineMath(math) => self.inline_math(math, item.span),
            Event::DisplayMath(math) => {
                self.unindented_block();
                self.display_math(math, item.span);
            }
            // The end of the block parses all its lines at once.
            Event::Html(_) if self.html.is_some() => {}
            Event::Html(html) | Event::InlineHtml(html) => self.tree.raw_inline(html, item.span),
            Event::FootnoteReference(name) => self.footnote_reference(name, item.span),
            Event::SoftBreak => self.tree.text("\n"),
            Event::HardBreak => {
                self.tree.leaf("br", Vec::new(), Some(item.span));
                self.tree.text("\n");
            }
            Event::Rule(attributes) => self.tree.leaf("hr", copied(attributes), Some(item.span)),
            Event::TaskListMarker(done) => self.task_box(*done, item.span),
            Event::Comment(text) => self.tree.comment(text.clone()),
            Event::BlankLine => self.blank_line(),
            Event::Toc { ordered, attributes } => self.table_of_contents(*ordered, attributes, item.span),
            Event::Verbatim(html) => {
                let between = !self.in_line();
                if between {
                    self.unindented_block();
                }
                match html {
                    CowStr::Borrowed(html) => self.tree.raw(Cow::Borrowed(html), &[(0, item.span.start)]),
                    other => self.tree.raw(Cow::Owned(other.to_string()), &[(0, item.span.start)]),
                }
                if between {
                    self.after_block();
                }
            }
        }
        if block {
            self.after_block();
        }
    }

    fn header(&mut self, level: u8, attributes: &Attributes<'a>, span: Span) {
        const NAMES: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
        let offset = if self.is_jekyll() { self.document.options.kramdown.header_offset } else { 0 };
        let level = i32::from(level).saturating_add(offset).clamp(1, 6);
        let name = usize::try_from(level - 1).ok().and_then(|index| NAMES.get(index)).copied().unwrap_or("h6");
        let mut attributes = copied(attributes);
        if let Some(header) = self.document.numbering.headers.get(self.counts.headers)
            && !header.id.is_empty()
            && !attributes.iter().any(|(name, _)| &**name == "id")
        {
            attributes.push(("id".into(), header.id.clone().into()));
        }
        self.counts.headers += 1;
        self.tree.open(name, attributes, Some(span));
        self.end_actions.push(EndAction::Close(1));
    }

    fn link(&mut self, url: &CowStr<'a>, title: &CowStr<'a>, attributes: &Attributes<'a>, span: Span) {
        let mut all = Vec::with_capacity(1);
        // If the definition of the link has attributes, the address and title are among them already, in their place.
        if attributes.is_none() || !self.is_jekyll() {
            all.push(("href".into(), self.address(url)));
            if !title.is_empty() {
                all.push(("title".into(), title.clone()));
            }
        }
        merge(&mut all, attributes);
        self.tree.open("a", all, Some(span));
        self.end_actions.push(EndAction::Close(1));
    }

    /// Parses the lines of an HTML block. They are one string, borrowed if they are one range of the body.
    fn html_block(&mut self, end: usize) {
        let Some(start) = self.html.take() else { return };
        let lines = self.document.items.get(start..end).unwrap_or(&[]);
        let (html, origins) = joined(self.document.body, lines);
        self.tree.raw(html, &origins);
    }

    /// An address as it is written. kramdown keeps it as it is; CommonMark's renderers percent-encode it.
    fn address(&self, url: &CowStr<'a>) -> CowStr<'a> {
        if self.is_jekyll() { url.clone() } else { image::percent_encoded(url) }
    }
}

/// The text of `Html` items in a row, and where it came from: pairs of a byte of the text and a byte of the body.
pub(crate) fn joined<'a>(body: &'a str, items: &[Item<'a>]) -> (Cow<'a, str>, Vec<(usize, usize)>) {
    let lines = || {
        items.iter().filter_map(|item| match &item.event {
            Event::Html(text) => Some((text, item.span)),
            _ => None,
        })
    };
    let mut whole: Option<Span> = None;
    let contiguous = lines().all(|(text, span)| {
        let follows = whole.is_none_or(|before| before.end == span.start);
        whole = Some(Span::new(whole.map_or(span.start, |before| before.start), span.end));
        follows && span.of(body) == &**text
    });
    if contiguous && let Some(span) = whole {
        return (Cow::Borrowed(span.of(body)), vec![(0, span.start)]);
    }
    let mut text = String::new();
    let mut origins = Vec::new();
    for (line, span) in lines() {
        origins.push((text.len(), if span.of(body) == &**line { span.start } else { NOWHERE }));
        text.push_str(line);
    }
    (Cow::Owned(text), origins)
}

/// Attributes for a token. An empty id is left out.
fn copied<'a>(attributes: &Attributes<'a>) -> Vec<(CowStr<'a>, CowStr<'a>)> {
    let mut copy = attributes.as_ref().map(|all| all.as_ref().clone()).unwrap_or_default();
    copy.retain(|(name, value)| &**name != "id" || !value.trim().is_empty());
    copy
}

/// Adds attributes. One that is there already gets the new value.
fn merge<'a>(all: &mut Vec<(CowStr<'a>, CowStr<'a>)>, attributes: &Attributes<'a>) {
    for (name, value) in attributes.iter().flat_map(|more| more.iter()) {
        match all.iter_mut().find(|(other, _)| other == name) {
            Some((_, old)) => *old = value.clone(),
            None => all.push((name.clone(), value.clone())),
        }
    }
}
