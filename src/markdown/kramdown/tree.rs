//! The tree of blocks that kramdown's rules build and rebuild before anything is said about spans.
//! In: what the block parsers find. Out: nodes by number. Neighbours: every block parser, `emit.rs`.

use super::attributes::AttributeList;
use super::text::{Text, TextBuilder};
use crate::markdown::event::{Alignment, ContentModel, CowStr};
use crate::text::Span;

/// A node's number.
pub(super) type NodeId = usize;

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind<'a> {
    /// The whole text.
    Root,
    /// Blank lines; whether it is exactly one line break (definition lists ask).
    Blank {
        /// A single line break, nothing else.
        single: bool,
    },
    /// A paragraph.
    Paragraph {
        /// Written without its tags.
        transparent: bool,
        /// The box of a task it starts with.
        task: Option<bool>,
    },
    /// A line that no block parser takes; its spans stand between the blocks.
    Loose,
    /// A header and its level.
    Header(u8),
    /// A block quote.
    BlockQuote,
    /// A block of code and what its fence says.
    CodeBlock(Option<CowStr<'a>>),
    /// A horizontal rule.
    Rule,
    /// A list.
    List {
        /// Numbered.
        ordered: bool,
    },
    /// An item of a list.
    Item,
    /// A definition list.
    DefinitionList,
    /// A term.
    Term,
    /// A definition; whether its first paragraph keeps its tags.
    Definition {
        /// A blank line stood before it.
        first_as_para: bool,
    },
    /// An element of HTML.
    Html {
        /// Its name.
        name: CowStr<'a>,
        /// What its content was parsed as.
        model: ContentModel,
    },
    /// Text within raw HTML.
    RawText,
    /// The content of a script or a style sheet.
    Script,
    /// A comment without its delimiters.
    Comment(CowStr<'a>),
    /// Something written out as it stands: an instruction, `{::nomarkdown}`.
    Verbatim(CowStr<'a>),
    /// A formula.
    Math,
    /// A table.
    Table(Vec<Alignment>),
    /// The head of a table.
    TableHead,
    /// A body of a table.
    TableBody,
    /// The foot of a table.
    TableFoot,
    /// A row.
    Row,
    /// A cell.
    Cell,
    /// Nothing to be seen: an end-of-block mark, or where a definition or attribute list stood.
    Eob(Eob<'a>),
}

/// What an invisible node stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Eob<'a> {
    /// `^`
    Marker,
    /// `{::options /}`
    Extension,
    /// An attribute list definition.
    AttributeListDefinition,
    /// An inline attribute list.
    AttributeList,
    /// A link definition.
    LinkDefinition,
    /// An abbreviation definition.
    AbbreviationDefinition,
    /// A footnote's definition, its name; the content are the node's children.
    FootnoteDefinition(CowStr<'a>),
}

/// A block.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    /// What it is.
    pub kind: Kind<'a>,
    /// Text yet to be parsed for spans, or shown.
    pub text: Option<Text>,
    /// What follows `text` after a joint, not yet stitched to it.
    pub tail: Vec<(&'static str, Text)>,
    /// Attributes of its own.
    pub attributes: Vec<(CowStr<'a>, CowStr<'a>)>,
    /// Its inline attribute list.
    pub ial: Option<Box<AttributeList<'a>>>,
    /// What it holds.
    pub children: Vec<NodeId>,
    /// Where it stands in the body.
    pub span: Span,
}

impl<'a> Node<'a> {
    /// A node without content.
    pub fn new(kind: Kind<'a>, span: Span) -> Self {
        Self { kind, text: None, tail: Vec::new(), attributes: Vec::new(), ial: None, children: Vec::new(), span }
    }

    /// A node with text.
    pub fn with_text(kind: Kind<'a>, text: Text) -> Self {
        let span = text.span(0, text.len());
        Self { text: Some(text), ..Self::new(kind, span) }
    }

    /// Stitches its text together.
    pub fn settle(&mut self, body: &str) {
        if self.tail.is_empty() {
            return;
        }
        let mut builder = TextBuilder::new(body);
        if let Some(text) = &self.text {
            builder.push(text, 0, text.len());
        }
        for (joint, more) in std::mem::take(&mut self.tail) {
            builder.push_literal(joint);
            builder.push(&more, 0, more.len());
        }
        self.text = Some(builder.finish());
    }

    /// Whether it is a paragraph.
    pub fn is_paragraph(&self) -> bool {
        matches!(self.kind, Kind::Paragraph { .. })
    }

    /// Whether it is blank lines.
    pub fn is_blank(&self) -> bool {
        matches!(self.kind, Kind::Blank { .. })
    }
}
