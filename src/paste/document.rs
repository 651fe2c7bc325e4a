//! What was pasted, as blocks and inlines without any notation. In: `reader.rs` builds it. Out: `writer.rs` writes it.
//! Neighbours: `inlines.rs` has the rules of white space.

/// Formats of a text: one bit for each.
pub(super) type Formats = u16;
pub(super) const STRONG: Formats = 1;
pub(super) const EMPHASIS: Formats = 1 << 1;
pub(super) const STRUCK: Formats = 1 << 2;
pub(super) const HIGHLIGHT: Formats = 1 << 3;
pub(super) const SUBSCRIPT: Formats = 1 << 4;
pub(super) const SUPERSCRIPT: Formats = 1 << 5;
pub(super) const KEYBOARD: Formats = 1 << 6;
pub(super) const CODE: Formats = 1 << 7;
/// Written in a font of fixed width, by a style only.
pub(super) const MONOSPACE: Formats = 1 << 8;
/// White space counts here, by a style.
pub(super) const PRESERVED: Formats = 1 << 9;
/// The formats that Markdown or HTML has.
pub(super) const WRITTEN: Formats = (1 << 8) - 1;

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct InlineFormat {
    pub(super) formats: Formats,
    /// The number of the link that it is in.
    pub(super) link: Option<usize>,
}

impl InlineFormat {
    pub(super) fn has(self, format: Formats) -> bool {
        self.formats & format != 0
    }

    /// What both have.
    pub(super) fn shared(self, other: Self) -> Self {
        Self { formats: self.formats & other.formats, link: self.link.filter(|_| self.link == other.link) }
    }
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PastedInline {
    Text(String, InlineFormat),
    /// A line break.
    Break,
    Picture {
        address: String,
        alternative: String,
        format: InlineFormat,
    },
    /// The reference to the footnote of that number, from 0.
    Reference(usize),
}

/// A list item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PastedItem {
    /// Of a task: whether it is done.
    pub(super) done: Option<bool>,
    pub(super) blocks: Vec<PastedBlock>,
}

/// A term of a definition list, or a definition of the terms before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PastedDefinition {
    Term(Vec<PastedInline>),
    Meaning(Vec<PastedBlock>),
}

/// Where the text of a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ColumnSide {
    #[default]
    Start,
    Middle,
    End,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PastedCell {
    pub(super) is_header: bool,
    pub(super) side: ColumnSide,
    /// How many columns and rows it takes.
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) blocks: Vec<PastedBlock>,
}

/// A table whose rows have the same number of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PastedTable {
    pub(super) header: Option<Vec<Vec<PastedInline>>>,
    pub(super) rows: Vec<Vec<Vec<PastedInline>>>,
    pub(super) sides: Vec<ColumnSide>,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PastedBlock {
    Paragraph(Vec<PastedInline>),
    Heading(u8, Vec<PastedInline>),
    /// Code; `is_line`: a paragraph in a font of fixed width, which is joined with its neighbours.
    Code {
        language: String,
        code: String,
        is_line: bool,
    },
    Quote(Vec<PastedBlock>),
    List {
        start: Option<usize>,
        items: Vec<PastedItem>,
    },
    /// A paragraph that Word shows as an item: its level from 0, its marker as it is shown.
    WordItem {
        level: usize,
        marker: String,
        line: Vec<PastedInline>,
    },
    Definitions(Vec<PastedDefinition>),
    Table(PastedTable),
    Rule,
}

/// Everything that was pasted.
#[derive(Debug, Default)]
pub(super) struct PastedDocument {
    pub(super) blocks: Vec<PastedBlock>,
    /// The footnotes by their numbers.
    pub(super) footnotes: Vec<Vec<PastedBlock>>,
    /// Address and title of each link.
    pub(super) links: Vec<(String, String)>,
    pub(super) left_out_pictures: usize,
    /// Whether all its text has a fixed width by style: code in the colours of an editor.
    pub(super) is_code: bool,
}

impl PastedDocument {
    /// Whether it says more than its plain text.
    pub(super) fn has_structure(&self) -> bool {
        let is_plain = |inline: &PastedInline| match inline {
            PastedInline::Text(_, format) => format.formats & WRITTEN == 0 && format.link.is_none(),
            PastedInline::Break => true,
            PastedInline::Picture { .. } | PastedInline::Reference(_) => false,
        };
        let plain_blocks = self.blocks.iter().all(|block| match block {
            PastedBlock::Paragraph(line) => self.is_code || line.iter().all(is_plain),
            _ => false,
        });
        !plain_blocks
    }

    /// Whether it is one paragraph, to be put into a line.
    pub(super) fn is_inline(&self) -> bool {
        self.footnotes.is_empty()
            && matches!(&self.blocks[..], [PastedBlock::Paragraph(line)] if !line.contains(&PastedInline::Break))
    }
}
