//! The language between a parser of Markdown and everything after it: events with the bytes they came from.
//! The names are pulldown-cmark's; what kramdown has beyond them is marked so. In: nothing. Out: types.
//! Neighbours: `github/` and `kramdown/` produce these, `html/` consumes them.

use crate::text::Span;

pub use pulldown_cmark::CowStr;

/// An event and its source: bytes of the body. Spans of nested elements nest; siblings come in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<'a> {
    /// What happens.
    pub event: Event<'a>,
    /// Where it stands in the body. A `Start` and its `End` carry the same span: the whole element.
    pub span: Span,
}

/// Attributes in the order in which they are written out. `None` for the common case of none.
pub type Attributes<'a> = Option<Box<Vec<(CowStr<'a>, CowStr<'a>)>>>;

/// What a parser finds in a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<'a> {
    /// An element opens. Attributes come from an inline attribute list, or from the tag itself for `Tag::Element`.
    Start(Tag<'a>, Attributes<'a>),
    /// The element that opened last closes.
    End(TagEnd),
    /// Text to be escaped; entities and typographic symbols are characters already.
    Text(CowStr<'a>),
    /// A code span.
    Code(CowStr<'a>, Attributes<'a>),
    /// Math within a line, without its dollars.
    InlineMath(CowStr<'a>),
    /// Math in a block of its own, without its dollars.
    DisplayMath(CowStr<'a>),
    /// Raw HTML between blocks, still text (GitHub dialect only: kramdown's is parsed into `Tag::Element`).
    Html(CowStr<'a>),
    /// Raw HTML within a line, still text (GitHub dialect only).
    InlineHtml(CowStr<'a>),
    /// A reference to the footnote of that name.
    FootnoteReference(CowStr<'a>),
    /// A line break in the source that is none in the page.
    SoftBreak,
    /// A line break in the page.
    HardBreak,
    /// A horizontal rule.
    Rule(Attributes<'a>),
    /// The box of a task list item: ticked or not.
    TaskListMarker(bool),
    /// kramdown: an HTML comment, without its `<!--` and `-->`.
    Comment(CowStr<'a>),
    /// kramdown: the place where `{:toc}` puts the table of contents.
    Toc {
        /// A list of numbers.
        ordered: bool,
        /// Those of the list that it stands for.
        attributes: Attributes<'a>,
    },
    /// kramdown: the place where `{:footnotes}` puts the footnotes; otherwise they come last.
    FootnotesPlace,
    /// kramdown: blank lines between blocks, which it writes as an empty line.
    BlankLine,
    /// kramdown: text that is written out as it is (`{::nomarkdown}`); the sanitizer still parses it.
    Verbatim(CowStr<'a>),
}

/// An element with content.
#[derive(Clone, Debug, PartialEq)]
pub enum Tag<'a> {
    /// A paragraph. Items of tight lists have none.
    Paragraph,
    /// A header, 1 to 6. Its id is made by the writer unless its attributes hold one.
    Heading(u8),
    /// A block quote.
    BlockQuote,
    /// A block of code; for fences the info string, else `None`. Its text follows as `Text`.
    CodeBlock(Option<CowStr<'a>>),
    /// Holds `Html` events (GitHub dialect only).
    HtmlBlock,
    /// A list: ordered with its first number, or not.
    List(Option<u64>),
    /// A list item.
    Item,
    /// A footnote's content, at the place of its definition. The writer moves it to the end.
    FootnoteDefinition(CowStr<'a>),
    /// A definition list.
    DefinitionList,
    /// A term of a definition list.
    DefinitionListTitle,
    /// A definition of a definition list.
    DefinitionListDefinition,
    /// A table and its columns.
    Table(Vec<Alignment>),
    /// The head of a table; holds rows in kramdown, cells in pulldown-cmark's events (`github/` adds the row).
    TableHead,
    /// kramdown: a body of a table, of which there may be several (`github/` adds the one).
    TableBody,
    /// kramdown: the foot of a table.
    TableFoot,
    /// A row.
    TableRow,
    /// A cell.
    TableCell,
    /// `em`
    Emphasis,
    /// `strong`
    Strong,
    /// `del`
    Strikethrough,
    /// A link.
    Link {
        /// The address as written, not escaped.
        url: CowStr<'a>,
        /// The title, or the empty string.
        title: CowStr<'a>,
    },
    /// An image; its content gives the alternative text.
    Image {
        /// The address as written, not escaped.
        url: CowStr<'a>,
        /// The title, or the empty string.
        title: CowStr<'a>,
    },
    /// kramdown: an abbreviation and what it stands for.
    Abbreviation(CowStr<'a>),
    /// kramdown: raw HTML parsed into an element: its name in lower case, and whether it stands between blocks.
    Element {
        /// The tag's name.
        name: CowStr<'a>,
        /// Between blocks rather than within a line.
        block: bool,
        /// What its content was parsed as.
        content: ContentModel,
    },
}

/// What the content of an element of HTML was parsed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentModel {
    /// HTML only.
    Raw,
    /// Text with spans.
    Span,
    /// Blocks.
    Block,
    /// Nothing: it is written as `<name />`, which HTML reads as a start tag where the name is not one of its empty
    /// elements.
    Unclosed,
}

/// The alignment of a table's column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// Not given.
    #[default]
    None,
    /// `:--`
    Left,
    /// `:-:`
    Center,
    /// `--:`
    Right,
}

/// The end of the element that opened last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TagEnd;
