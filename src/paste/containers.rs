//! The blocks that are open while HTML is read, from the document to the innermost. In: pieces of lines, starts and ends.
//! Out: blocks, each put into the one around it. Neighbours: `reader.rs` opens and closes; `tables.rs`, `word_lists.rs`
//! and `inlines.rs` finish what is closed.
//!
//! Any order is taken: an item without a list gets one, a list in a list belongs to its last item (so Google Docs and
//! LibreOffice write it), text between cells becomes a paragraph before the table.

use super::document::{
    CODE, ColumnSide, InlineFormat, MONOSPACE, PRESERVED, PastedBlock, PastedCell, PastedDefinition, PastedDocument,
    PastedInline, PastedItem,
};
use super::{inlines, tables, word_lists};

/// How many blocks may lie in each other. What is deeper is read as if its element were not there.
const DEEPEST: usize = 32;

pub(super) enum ContainerKind {
    Document,
    Quote,
    Heading(u8),
    /// Code, in that language.
    Code(String),
    /// A list; an ordered one begins with that number.
    List(Option<usize>),
    /// An item, and whether a task is done.
    Item(Option<bool>),
    /// One of Word's items: its level.
    WordItem(usize),
    Definitions,
    Term,
    Meaning,
    /// A table, and whether it only lays out.
    Table(bool),
    Caption,
    Row,
    Cell {
        is_header: bool,
        side: ColumnSide,
        columns: usize,
        rows: usize,
    },
    /// The footnote of that number.
    Note(usize),
}

struct Container {
    kind: ContainerKind,
    line: Vec<PastedInline>,
    blocks: Vec<PastedBlock>,
    items: Vec<PastedItem>,
    definitions: Vec<PastedDefinition>,
    rows: Vec<Vec<PastedCell>>,
    code: String,
    /// Whether no element stands for it: it ends before the next block that does not belong into it.
    is_implied: bool,
}

impl Container {
    fn new(kind: ContainerKind) -> Self {
        Self {
            kind,
            line: Vec::new(),
            blocks: Vec::new(),
            items: Vec::new(),
            definitions: Vec::new(),
            rows: Vec::new(),
            code: String::new(),
            is_implied: false,
        }
    }
}

pub(super) struct Containers {
    open: Vec<Container>,
    /// The marker of one of Word's items, while it is read and until its item ends.
    marker: Option<String>,
    reads_marker: bool,
    /// Bytes of text of fixed width by style, and of other text outside of code.
    widths: (usize, usize),
}

impl Containers {
    pub(super) fn new() -> Self {
        Self { open: vec![Container::new(ContainerKind::Document)], marker: None, reads_marker: false, widths: (0, 0) }
    }

    /// How many are open, without the document.
    pub(super) fn depth(&self) -> usize {
        self.open.len() - 1
    }

    /// Whether all text that is no code by its element has a fixed width.
    pub(super) fn is_all_monospace(&self) -> bool {
        self.widths.0 > 0 && self.widths.1 == 0
    }

    /// Whether a footnote is read.
    pub(super) fn is_in_note(&self) -> bool {
        self.open.iter().any(|container| matches!(container.kind, ContainerKind::Note(_)))
    }

    fn last(&mut self) -> Option<&mut Container> {
        self.open.last_mut()
    }

    /// Whether a block can be put into the innermost one.
    pub(super) fn takes_blocks(&self) -> bool {
        matches!(
            self.open.last().map(|last| &last.kind),
            Some(
                ContainerKind::Document
                    | ContainerKind::Quote
                    | ContainerKind::Item(_)
                    | ContainerKind::Meaning
                    | ContainerKind::Cell { .. }
                    | ContainerKind::Note(_)
            )
        )
    }

    /// Opens a block, where it has a place. Whether it did.
    pub(super) fn open(&mut self, kind: ContainerKind) -> bool {
        if self.open.len() > DEEPEST {
            return false;
        }
        let in_kind =
            |open: &Self, wanted: fn(&ContainerKind) -> bool| open.open.last().is_some_and(|last| wanted(&last.kind));
        let belongs = match &kind {
            ContainerKind::Item(_) => {
                if !in_kind(self, |kind| matches!(kind, ContainerKind::List(_))) && self.takes_blocks() {
                    self.imply(ContainerKind::List(None));
                }
                in_kind(self, |kind| matches!(kind, ContainerKind::List(_)))
            }
            ContainerKind::Term | ContainerKind::Meaning => {
                in_kind(self, |kind| matches!(kind, ContainerKind::Definitions))
            }
            ContainerKind::Row | ContainerKind::Caption => {
                in_kind(self, |kind| matches!(kind, ContainerKind::Table(_)))
            }
            ContainerKind::Cell { .. } => in_kind(self, |kind| matches!(kind, ContainerKind::Row)),
            _ => {
                if !matches!(kind, ContainerKind::List(_)) {
                    self.end_implied();
                }
                self.takes_blocks()
                    || in_kind(self, |kind| {
                        matches!(
                            kind,
                            ContainerKind::List(_)
                                | ContainerKind::Definitions
                                | ContainerKind::Table(_)
                                | ContainerKind::Row
                        )
                    })
            }
        };
        if belongs {
            self.open.push(Container::new(kind));
        }
        belongs
    }

    fn imply(&mut self, kind: ContainerKind) {
        self.open.push(Container { is_implied: true, ..Container::new(kind) });
    }

    /// Ends a block that no element stands for.
    fn end_implied(&mut self) {
        while self.open.last().is_some_and(|last| last.is_implied) {
            self.close(&mut PastedDocument::default());
        }
    }

    /// The language of the code that is open, if it has none yet.
    pub(super) fn language(&mut self, name: Option<&str>) {
        if let (Some(ContainerKind::Code(language)), Some(name)) = (self.last().map(|last| &mut last.kind), name)
            && language.is_empty()
        {
            name.clone_into(language);
        }
    }

    /// The item at the position is a task.
    pub(super) fn task(&mut self, done: bool) {
        if let Some(Container { kind: ContainerKind::Item(task), line, blocks, .. }) = self.last()
            && line.is_empty()
            && blocks.is_empty()
        {
            *task = Some(done);
        }
    }

    /// The marker of one of Word's items has ended.
    pub(super) fn end_marker(&mut self) {
        self.reads_marker = false;
    }

    /// Adds a piece of a line.
    pub(super) fn push(&mut self, inline: PastedInline) {
        if matches!(inline, PastedInline::Text(..) | PastedInline::Picture { .. } | PastedInline::Reference(_)) {
            self.end_implied();
        }
        let Some(last) = self.last() else { return };
        match (&last.kind, inline) {
            (ContainerKind::Code(_), PastedInline::Break) => last.code.push('\n'),
            (ContainerKind::Code(_), _) => {}
            (ContainerKind::Heading(_) | ContainerKind::Term, PastedInline::Break) => {
                last.line.push(PastedInline::Text(" ".into(), InlineFormat::default()));
            }
            (_, inline) => last.line.push(inline),
        }
    }

    /// Adds text.
    pub(super) fn push_text(&mut self, text: &str, format: InlineFormat) {
        if self.marker.is_some() && self.reads_marker {
            if let Some(marker) = &mut self.marker {
                marker.push_str(text);
            }
            return;
        }
        let is_blank = text.trim().is_empty();
        if is_blank && self.open.last().is_some_and(|last| last.is_implied) {
            return;
        }
        if let Some(Container { kind: ContainerKind::Code(_), code, .. }) = self.last() {
            code.push_str(text);
            return;
        }
        if !is_blank {
            let (monospaced, others) = &mut self.widths;
            let count = if format.has(MONOSPACE) { monospaced } else { others };
            *count = count.saturating_add(text.len());
        }
        if !format.has(PRESERVED) {
            return self.push(PastedInline::Text(text.to_owned(), format));
        }
        // A line end counts here. Other white space does where the whole line is code.
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.push(PastedInline::Break);
            }
            if !line.is_empty() {
                self.push(PastedInline::Text(line.to_owned(), format));
            }
        }
    }

    /// Starts to read the marker of one of Word's items.
    pub(super) fn start_marker(&mut self) {
        self.marker = Some(String::new());
        self.reads_marker = true;
    }

    /// Ends the line: what was added to it becomes a paragraph, where it has a place.
    pub(super) fn end_line(&mut self) {
        let Some(last) = self.last() else { return };
        match last.kind {
            ContainerKind::Code(_) => {
                if !last.code.is_empty() && !last.code.ends_with('\n') {
                    last.code.push('\n');
                }
                return;
            }
            ContainerKind::Heading(_) | ContainerKind::Term | ContainerKind::WordItem(_) => {
                if !last.line.is_empty() {
                    last.line.push(PastedInline::Text(" ".into(), InlineFormat::default()));
                }
                return;
            }
            _ => {}
        }
        if last.line.is_empty() {
            return;
        }
        let line = std::mem::take(&mut last.line);
        for block in paragraphs(line) {
            self.attach(block);
        }
    }

    /// Puts a block into the innermost one that takes it.
    pub(super) fn attach(&mut self, block: PastedBlock) {
        if matches!(block, PastedBlock::Rule) {
            self.end_implied();
        }
        for container in self.open.iter_mut().rev() {
            match &container.kind {
                ContainerKind::Table(_) | ContainerKind::Row | ContainerKind::Caption => {}
                ContainerKind::Heading(_)
                | ContainerKind::Term
                | ContainerKind::WordItem(_)
                | ContainerKind::Code(_) => {
                    return;
                }
                ContainerKind::List(_) => {
                    match (container.items.last_mut(), block) {
                        (Some(item), block) => item.blocks.push(block),
                        (None, PastedBlock::List { items, .. }) => container.items = items,
                        (None, block) => container.items.push(PastedItem { done: None, blocks: vec![block] }),
                    }
                    return;
                }
                ContainerKind::Definitions => {
                    return container.definitions.push(PastedDefinition::Meaning(vec![block]));
                }
                _ => return container.blocks.push(block),
            }
        }
    }

    /// Closes blocks until so many are open.
    pub(super) fn close_to(&mut self, depth: usize, document: &mut PastedDocument) {
        while self.depth() > depth {
            self.close(document);
        }
    }

    fn close(&mut self, document: &mut PastedDocument) {
        if self.depth() == 0 {
            return;
        }
        self.end_line();
        let Some(closed) = self.open.pop() else { return };
        let blocks = tidy_blocks(closed.blocks);
        match closed.kind {
            ContainerKind::Document => {}
            ContainerKind::Quote => {
                if !blocks.is_empty() {
                    self.attach(PastedBlock::Quote(blocks));
                }
            }
            ContainerKind::Heading(level) => {
                let line = inlines::without_overall_bold(tidy_line(closed.line));
                if !line.is_empty() {
                    self.attach(PastedBlock::Heading(level, line));
                }
            }
            ContainerKind::Code(language) => {
                let code = closed.code.trim_end().trim_start_matches('\n').replace('\u{A0}', " ");
                if !code.trim().is_empty() {
                    self.attach(PastedBlock::Code { language, code, is_line: false });
                }
            }
            ContainerKind::List(start) => {
                if !closed.items.is_empty() {
                    self.attach(PastedBlock::List { start, items: closed.items });
                }
            }
            ContainerKind::Item(done) => {
                if let Some(list) = self.last().filter(|_| !blocks.is_empty()) {
                    list.items.push(PastedItem { done, blocks });
                }
            }
            ContainerKind::WordItem(level) => {
                let line = tidy_line(closed.line);
                let marker = self.marker.take().unwrap_or_default();
                if !line.is_empty() {
                    self.attach(PastedBlock::WordItem { level, marker, line });
                }
            }
            ContainerKind::Definitions => {
                if !closed.definitions.is_empty() {
                    self.attach(PastedBlock::Definitions(closed.definitions));
                }
            }
            ContainerKind::Term => {
                let line = inlines::without_overall_bold(tidy_line(closed.line));
                if let Some(list) = self.last().filter(|_| !line.is_empty()) {
                    list.definitions.push(PastedDefinition::Term(line));
                }
            }
            ContainerKind::Meaning => {
                if let Some(list) = self.last().filter(|_| !blocks.is_empty()) {
                    list.definitions.push(PastedDefinition::Meaning(blocks));
                }
            }
            ContainerKind::Table(for_layout) => {
                for block in tables::blocks_of(closed.rows, for_layout) {
                    self.attach(block);
                }
            }
            ContainerKind::Caption => blocks.into_iter().for_each(|block| self.attach(block)),
            ContainerKind::Row => {
                if let Some(table) = self.last() {
                    table.rows.push(closed.rows.into_iter().flatten().collect());
                }
            }
            ContainerKind::Cell { is_header, side, columns, rows } => {
                if let Some(row) = self.last() {
                    row.rows.push(vec![PastedCell { is_header, side, columns, rows, blocks }]);
                }
            }
            ContainerKind::Note(number) => {
                if let Some(note) = document.footnotes.get_mut(number) {
                    note.extend(blocks);
                }
            }
        }
    }

    /// The blocks of the document.
    pub(super) fn finish(self) -> Vec<PastedBlock> {
        let blocks = self.open.into_iter().next().map(|document| document.blocks).unwrap_or_default();
        tidy_blocks(blocks)
    }
}

/// A line as it is written.
fn tidy_line(mut line: Vec<PastedInline>) -> Vec<PastedInline> {
    for inline in &mut line {
        if let PastedInline::Text(_, format) = inline
            && format.has(MONOSPACE)
        {
            format.formats |= CODE;
        }
    }
    inlines::tidy(line)
}

/// The paragraphs of a line; or code, where all of it has a fixed width by style.
fn paragraphs(line: Vec<PastedInline>) -> Vec<PastedBlock> {
    if inlines::is_all(&line, MONOSPACE) {
        let code = inlines::as_code(&line);
        return vec![PastedBlock::Code { language: String::new(), code, is_line: true }];
    }
    inlines::paragraphs(tidy_line(line)).into_iter().map(PastedBlock::Paragraph).collect()
}

/// Joins what programs write as several blocks: Word's items, code and quotes line by line.
fn tidy_blocks(blocks: Vec<PastedBlock>) -> Vec<PastedBlock> {
    let mut out: Vec<PastedBlock> = Vec::new();
    for block in word_lists::join(blocks) {
        match (out.last_mut(), block) {
            (
                Some(PastedBlock::Code { code, is_line: true, .. }),
                PastedBlock::Code { code: more, is_line: true, .. },
            ) => {
                code.push('\n');
                code.push_str(&more);
            }
            (Some(PastedBlock::Quote(blocks)), PastedBlock::Quote(more)) => blocks.extend(more),
            (_, block) => out.push(block),
        }
    }
    out
}
