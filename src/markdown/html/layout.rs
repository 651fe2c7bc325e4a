//! The white space between elements: line breaks and indentation as kramdown's converter writes them. Only HTML as a
//! string has it; the preview does not. In: the writer's elements. Out: texts. Neighbours: `mod.rs` asks.
//! Rules: `format_as_block_html`, `format_as_indented_block_html`, `convert_li` and `convert_html_element` in
//! kramdown's converter/html.rb.

use super::Writer;
use crate::markdown::event::{ContentModel, Event, Tag};

/// How an element is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ElementLayout {
    /// Blocks on lines of their own, and the end tag too.
    Blocks,
    /// A line of text.
    Line,
    /// A list item or definition: a line of text or blocks, depending on its first child.
    Item,
    /// Raw HTML: nothing is added.
    Raw,
    /// An HTML element with blocks in it. They stand on lines of their own.
    Element,
    /// Part of a line.
    Span,
}

/// An open element.
pub(super) struct Level {
    layout: ElementLayout,
    /// The number of spaces before its children.
    indent: usize,
    /// Whether it has children, and whether the last one is part of a line.
    has_children: bool,
    in_line: bool,
}

/// The levels from the outermost element on.
#[derive(Default)]
pub(super) struct Levels(Vec<Level>);

impl Levels {
    fn innermost(&self) -> (ElementLayout, usize) {
        self.0.last().map_or((ElementLayout::Blocks, 0), |level| (level.layout, level.indent))
    }
}

/// How the element of a tag is laid out.
fn of(tag: &Tag<'_>) -> ElementLayout {
    match tag {
        Tag::Paragraph | Tag::Heading(_) | Tag::DefinitionListTitle | Tag::TableCell => ElementLayout::Line,
        Tag::BlockQuote
        | Tag::List(_)
        | Tag::DefinitionList
        | Tag::Table(_)
        | Tag::TableHead
        | Tag::TableBody
        | Tag::TableFoot
        | Tag::TableRow => ElementLayout::Blocks,
        Tag::Item | Tag::DefinitionListDefinition => ElementLayout::Item,
        Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::FootnoteDefinition(_) => ElementLayout::Line,
        Tag::Element { block: true, content: ContentModel::Block, .. } => ElementLayout::Element,
        Tag::Element { block: true, content: ContentModel::Span, .. } => ElementLayout::Line,
        Tag::Element { block: true, content: ContentModel::Raw | ContentModel::Unclosed, .. } => ElementLayout::Raw,
        _ => ElementLayout::Span,
    }
}

impl<'a> Writer<'a, '_> {
    fn lays_out(&self) -> bool {
        self.document.laid_out && self.is_jekyll()
    }

    /// How the element of a tag is laid out at this place. An image that is the child of a figure stands on its own
    /// line.
    pub(super) fn layout_of(&self, tag: &Tag<'_>) -> ElementLayout {
        match tag {
            Tag::Image { .. } if self.levels.innermost().0 == ElementLayout::Element => ElementLayout::Line,
            _ => of(tag),
        }
    }

    /// Writes the white space before a block.
    pub(super) fn before_block(&mut self) {
        if !self.lays_out() {
            return;
        }
        let (layout, indent) = self.levels.innermost();
        let first = match self.levels.0.last_mut() {
            Some(level) => !std::mem::replace(&mut level.has_children, true),
            None => false,
        };
        if let Some(level) = self.levels.0.last_mut() {
            level.in_line = false;
        }
        if first && matches!(layout, ElementLayout::Item | ElementLayout::Element) {
            self.tree.text("\n");
        }
        if layout != ElementLayout::Raw {
            self.spaces(indent);
        }
    }

    /// Writes the line break after a block.
    pub(super) fn after_block(&mut self) {
        if self.lays_out() && self.levels.innermost().0 != ElementLayout::Raw {
            self.tree.text("\n");
        }
    }

    /// Enters an element whose start tag is written.
    pub(super) fn enter(&mut self, layout: ElementLayout) {
        if !self.lays_out() {
            return;
        }
        let (_, indent) = self.levels.innermost();
        if layout == ElementLayout::Blocks {
            self.tree.text("\n");
        }
        self.levels.0.push(Level { layout, indent: indent + 2, has_children: false, in_line: false });
    }

    /// Leaves an element whose end tag is written next.
    pub(super) fn leave(&mut self) {
        if !self.lays_out() {
            return;
        }
        let Some(level) = self.levels.0.pop() else { return };
        let outer = level.indent.saturating_sub(2);
        let ended = self.tree.ends_with_line_break();
        match level.layout {
            ElementLayout::Blocks => self.spaces(outer),
            ElementLayout::Item if ended && level.has_children => self.spaces(outer),
            ElementLayout::Element if level.has_children => {
                if !ended {
                    self.tree.text("\n");
                }
                self.spaces(outer);
            }
            _ => {}
        }
    }

    /// Records that a child follows that is part of a line.
    pub(super) fn before_span(&mut self) {
        if let Some(level) = self.levels.0.last_mut() {
            level.has_children = true;
            level.in_line = true;
        }
    }

    /// Whether the next child is part of a line or of raw HTML, and not a block.
    pub(super) fn in_line(&self) -> bool {
        self.levels.0.last().is_some_and(|level| match level.layout {
            ElementLayout::Line | ElementLayout::Raw | ElementLayout::Span => true,
            ElementLayout::Blocks | ElementLayout::Element => false,
            ElementLayout::Item => level.in_line,
        })
    }

    /// Writes the white space before an event without content. Returns whether the event is a block.
    pub(super) fn before_leaf(&mut self, event: &Event<'a>) -> bool {
        let block = match event {
            Event::Rule(_) => true,
            Event::Comment(_) => !self.in_line(),
            Event::BlankLine
            | Event::FootnotesPlace
            | Event::Verbatim(_)
            | Event::DisplayMath(_)
            | Event::Toc { .. } => return false,
            _ => false,
        };
        if block {
            self.before_block();
        } else {
            self.before_span();
        }
        block
    }

    /// Writes an empty line.
    pub(super) fn blank_line(&mut self) {
        self.unindented_block();
        if self.lays_out() {
            self.tree.text("\n");
        }
    }

    /// Writes the white space before a block that is not indented.
    pub(super) fn unindented_block(&mut self) {
        if !self.lays_out() {
            return;
        }
        let (layout, _) = self.levels.innermost();
        if let Some(level) = self.levels.0.last_mut() {
            let first = !std::mem::replace(&mut level.has_children, true);
            level.in_line = false;
            if first && matches!(layout, ElementLayout::Item | ElementLayout::Element) {
                self.tree.text("\n");
            }
        }
    }

    /// Writes the indentation of a block at this place.
    pub(super) fn indentation(&mut self) {
        if self.lays_out() {
            let (_, indent) = self.levels.innermost();
            self.spaces(indent);
        }
    }

    /// Writes a line break, if white space is written at all.
    pub(super) fn line_break(&mut self) {
        if self.lays_out() {
            self.tree.text("\n");
        }
    }

    /// Writes `count` spaces, if white space is written at all.
    pub(super) fn indent_by(&mut self, count: usize) {
        if self.lays_out() {
            self.spaces(count);
        }
    }

    fn spaces(&mut self, count: usize) {
        const SPACES: &str = "                                                                ";
        let mut left = count;
        while left > 0 {
            let now = left.min(SPACES.len());
            self.tree.text(SPACES.get(..now).unwrap_or(""));
            left -= now;
        }
    }
}
