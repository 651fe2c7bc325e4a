//! A template as a syntax tree. In: nothing. Out: types. Neighbours: `parser.rs` builds it, `interpreter.rs` walks it.
//! It nests 100 deep at most (Liquid's own limit), so that walking it may recurse.

use std::rc::Rc;

use super::condition::{Condition, ConditionTerm};
use super::expression::{Expression, Filtered};
use crate::text::{Diagnostic, Span};

/// How deep blocks nest (Liquid's `Block::MAX_DEPTH`).
pub(super) const MAX_DEPTH: usize = 100;

/// What the tag `highlight` is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HighlightOptions {
    /// The name of the language, in lower case.
    pub(super) language: String,
    /// `linenos`: whether lines are numbered.
    pub(super) line_numbers: bool,
    /// `mark_lines`: the numbers of lines, from 1. Jekyll before 4.4 does not mark them.
    pub(super) marked: Option<Vec<usize>>,
}

/// A node of the tree.
#[derive(Debug)]
pub(super) enum TemplateNode {
    /// Text as it is.
    Text(Span),
    /// The content of a `raw`.
    Raw(Span),
    /// A tag that writes nothing: a comment.
    Nothing,
    /// `{{ … }}`
    Output(Filtered, Span),
    /// A tag that the preview shows as a chip.
    Chip(Span),
    Assign {
        name: Rc<str>,
        value: Filtered,
        tag: Span,
    },
    Capture {
        name: Rc<str>,
        body: Vec<TemplateNode>,
        tag: Span,
    },
    If {
        unless: bool,
        branches: Vec<Branch>,
        tag: Span,
        blank: bool,
    },
    Case {
        branches: Vec<When>,
        tag: Span,
        blank: bool,
    },
    For(Box<For>),
    TableRow(Box<TableRow>),
    IfChanged {
        body: Vec<TemplateNode>,
        tag: Span,
        blank: bool,
    },
    Highlight {
        options: HighlightOptions,
        body: Vec<TemplateNode>,
        tag: Span,
        end: Span,
        blank: bool,
    },
    /// `increment` (1) and `decrement` (-1).
    Count {
        name: Rc<str>,
        by: i64,
        tag: Span,
    },
    Cycle {
        name: CycleName,
        values: Vec<Expression>,
        tag: Span,
    },
    Break,
    Continue,
    /// `post_url` and `link`.
    PostUrl(String, Span),
    Link(LinkPath, Span),
    Include(Box<Include>),
    /// The tag of a plugin.
    Plugin {
        name: Box<str>,
        markup: Box<str>,
        tag: Span,
    },
}

/// A parsed template that owns its text: a layout, an include, a page of a site.
#[derive(Debug)]
pub struct Template {
    pub(super) path: Rc<str>,
    pub(super) text: Rc<str>,
    pub(super) nodes: Vec<TemplateNode>,
    /// What is wrong with its syntax; spans in bytes of its text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Which folder an included file lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IncludeFrom {
    /// `_includes`, of the site or of its theme (`include`, `include_cached`).
    Includes,
    /// The folder of the page (`include_relative`).
    Page,
}

/// A tag that includes a file.
#[derive(Debug)]
pub(super) struct Include {
    pub(super) from: IncludeFrom,
    /// `include_cached`
    pub(super) cached: bool,
    pub(super) name: IncludeName,
    /// `None` where no parameters are given: the included file then sees those of the file around it.
    pub(super) parameters: Option<Vec<(Rc<str>, Parameter)>>,
    pub(super) tag: Span,
}

/// The name of an included file.
#[derive(Debug)]
pub(super) enum IncludeName {
    Plain(Rc<str>),
    /// With outputs in it.
    Computed(Template),
}

/// The value of a parameter of an included file.
#[derive(Debug)]
pub(super) enum Parameter {
    Text(Rc<str>),
    Variable(Expression),
}

/// The path that `link` is given.
#[derive(Debug)]
pub(super) enum LinkPath {
    Plain(String),
    /// With Liquid in it.
    Computed(Box<Template>),
}

/// A branch of an `if`; without a condition it is the `else`.
#[derive(Debug)]
pub(super) struct Branch {
    pub(super) condition: Option<Condition>,
    pub(super) body: Vec<TemplateNode>,
}

/// A branch of a `case`; without comparisons it is the `else`.
#[derive(Debug)]
pub(super) struct When {
    pub(super) comparisons: Option<Vec<ConditionTerm>>,
    pub(super) body: Vec<TemplateNode>,
}

/// What a `cycle` is counted under.
#[derive(Debug)]
pub(super) enum CycleName {
    /// Named by an expression.
    Named(Expression),
    /// By its markup.
    Markup(Rc<str>),
}

/// Where a loop begins.
#[derive(Debug)]
pub(super) enum Offset {
    None,
    /// Where the last loop of that name ended.
    Continue,
    At(Expression),
}

/// The head of a `for`.
#[derive(Debug)]
pub(super) struct ForHead {
    pub(super) variable: Rc<str>,
    /// Variable and collection: loops of the same name share their `continue`.
    pub(super) name: Rc<str>,
    pub(super) collection: Expression,
    pub(super) reversed: bool,
    pub(super) limit: Option<Expression>,
    pub(super) offset: Offset,
}

/// A `for`.
#[derive(Debug)]
pub(super) struct For {
    pub(super) head: ForHead,
    pub(super) body: Vec<TemplateNode>,
    pub(super) otherwise: Option<Vec<TemplateNode>>,
    pub(super) tag: Span,
    pub(super) blank: bool,
}

/// A `tablerow`.
#[derive(Debug)]
pub(super) struct TableRow {
    pub(super) variable: Rc<str>,
    pub(super) collection: Expression,
    pub(super) columns: Option<Expression>,
    pub(super) limit: Option<Expression>,
    pub(super) offset: Option<Expression>,
    pub(super) body: Vec<TemplateNode>,
    pub(super) tag: Span,
    pub(super) blank: bool,
}

impl TemplateNode {
    /// Where it stands; of a block, the tag that opens it.
    pub(super) fn tag(&self) -> Span {
        match self {
            Self::Text(span) | Self::Raw(span) | Self::Output(_, span) | Self::Chip(span) => *span,
            Self::PostUrl(_, span) | Self::Link(_, span) => *span,
            Self::Include(include) => include.tag,
            Self::Assign { tag, .. }
            | Self::Capture { tag, .. }
            | Self::If { tag, .. }
            | Self::Case { tag, .. }
            | Self::IfChanged { tag, .. }
            | Self::Highlight { tag, .. }
            | Self::Count { tag, .. }
            | Self::Plugin { tag, .. }
            | Self::Cycle { tag, .. } => *tag,
            Self::For(node) => node.tag,
            Self::TableRow(node) => node.tag,
            Self::Nothing | Self::Break | Self::Continue => Span::default(),
        }
    }

    /// Whether it can write nothing but white space (`blank?`). Blocks with only such nodes lose that white space.
    pub(super) fn is_blank(&self, body: &str) -> bool {
        match self {
            Self::Text(span) => span.of(body).trim_matches(super::tokens::is_space).is_empty(),
            Self::Raw(span) => span.is_empty(),
            Self::Nothing | Self::Assign { .. } | Self::Capture { .. } => true,
            Self::If { blank, .. }
            | Self::Case { blank, .. }
            | Self::IfChanged { blank, .. }
            | Self::Highlight { blank, .. } => *blank,
            Self::For(node) => node.blank,
            Self::TableRow(node) => node.blank,
            _ => false,
        }
    }
}

/// The same for a whole body.
pub(super) fn is_blank(nodes: &[TemplateNode], body: &str) -> bool {
    nodes.iter().all(|node| node.is_blank(body))
}
