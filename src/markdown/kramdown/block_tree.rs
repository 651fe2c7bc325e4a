//! The tree of blocks, which stands between the two passes of the parser.
//! In: what the block parsers find. Out: nodes, named by their index in `KramdownParser::nodes`. Neighbours: every
//! block parser adds nodes, `events.rs` turns them into events.

use crate::markdown::event::{Alignment, ContentModel, CowStr};
use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::attribute_list::AttributeList;
use crate::markdown::kramdown::source_text::{SourceText, SourceTextBuilder};
use crate::text::Span;

/// The index of a node in `KramdownParser::nodes`.
pub(super) type NodeId = usize;

/// The kind of a block.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum BlockKind<'a> {
    /// The whole text.
    Root,
    /// Blank lines.
    Blank {
        /// Whether it is a single line break and nothing else. A definition list asks.
        single: bool,
    },
    /// A paragraph.
    Paragraph {
        /// Whether it is written without `<p>`.
        transparent: bool,
        /// The checkbox that it starts with: checked or not.
        task: Option<bool>,
    },
    /// Lines that no block parser takes. Their text is written without an element around it.
    UnhandledLine,
    /// A header and its level.
    Header(u8),
    /// A block quote.
    BlockQuote,
    /// A block of code, and the language on its fence.
    CodeBlock(Option<CowStr<'a>>),
    /// A horizontal rule.
    Rule,
    /// A list.
    List {
        /// Whether it is numbered.
        ordered: bool,
    },
    /// An item of a list.
    Item,
    /// A definition list.
    DefinitionList,
    /// A term of a definition list.
    Term,
    /// A definition.
    Definition {
        /// Whether a blank line stood before it. Its first paragraph keeps `<p>` then.
        first_as_para: bool,
    },
    /// An element of HTML.
    Html {
        /// Its name.
        name: CowStr<'a>,
        /// How its content was parsed.
        model: ContentModel,
    },
    /// Text in raw HTML.
    RawText,
    /// The content of a script or a style sheet.
    Script,
    /// A comment without its delimiters.
    Comment(CowStr<'a>),
    /// Text that is written as it stands: a processing instruction, or the content of `{::nomarkdown}`.
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
    /// A block that shows nothing: kramdown's element `:eob`.
    Eob(Eob<'a>),
}

/// What a block that shows nothing was in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Eob<'a> {
    /// The end-of-block marker `^`.
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
    /// A footnote definition and its name. The children of the node are its content.
    FootnoteDefinition(CowStr<'a>),
}

/// A block of the tree.
#[derive(Clone, Debug)]
pub(super) struct BlockNode<'a> {
    /// Its kind.
    pub kind: BlockKind<'a>,
    /// Its text: still to be parsed for spans, or shown as it is.
    pub text: Option<SourceText>,
    /// Texts that follow `text`, each with what stands between it and the one before. `join_tail` joins them.
    pub tail: Vec<(&'static str, SourceText)>,
    /// Its own attributes.
    pub attributes: Vec<(CowStr<'a>, CowStr<'a>)>,
    /// Its inline attribute list.
    pub ial: Option<Box<AttributeList<'a>>>,
    /// The nodes inside it.
    pub children: Vec<NodeId>,
    /// Its place in the body, in bytes.
    pub span: Span,
}

impl<'a> BlockNode<'a> {
    /// A node without text.
    pub fn new(kind: BlockKind<'a>, span: Span) -> Self {
        Self { kind, text: None, tail: Vec::new(), attributes: Vec::new(), ial: None, children: Vec::new(), span }
    }

    /// A node with text.
    pub fn with_text(kind: BlockKind<'a>, text: SourceText) -> Self {
        let span = text.span(0, text.len());
        Self { text: Some(text), ..Self::new(kind, span) }
    }

    /// Joins `tail` to `text`.
    pub fn join_tail(&mut self, body: &str) {
        if self.tail.is_empty() {
            return;
        }
        let mut builder = SourceTextBuilder::new(body);
        if let Some(text) = &self.text {
            builder.push(text, 0, text.len());
        }
        for (between, more) in std::mem::take(&mut self.tail) {
            builder.push_literal(between);
            builder.push(&more, 0, more.len());
        }
        self.text = Some(builder.finish());
    }

    /// Whether it is a paragraph.
    pub fn is_paragraph(&self) -> bool {
        matches!(self.kind, BlockKind::Paragraph { .. })
    }

    /// Whether it stands for blank lines.
    pub fn is_blank(&self) -> bool {
        matches!(self.kind, BlockKind::Blank { .. })
    }
}

impl<'a> KramdownParser<'a> {
    /// The last child of `tree`.
    pub(super) fn last_child(&self, tree: NodeId) -> Option<&BlockNode<'a>> {
        self.nodes.get(*self.nodes.get(tree)?.children.last()?)
    }

    /// Adds a node below `tree`, with the attribute list that stands before it.
    pub(super) fn push_new(&mut self, tree: NodeId, mut node: BlockNode<'a>) -> NodeId {
        node.ial = self.block_ial.take();
        self.push(tree, node)
    }

    /// Adds a node below `tree`.
    pub(super) fn push(&mut self, tree: NodeId, node: BlockNode<'a>) -> NodeId {
        let id = self.add(node);
        if let Some(parent) = self.nodes.get_mut(tree) {
            parent.children.push(id);
        }
        id
    }

    /// Adds a node that has no parent yet.
    pub(super) fn add(&mut self, node: BlockNode<'a>) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }
}
