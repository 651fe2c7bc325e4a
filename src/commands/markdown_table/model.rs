//! `MarkdownTable`: the table around a place, and the same table written anew. In: a text and a byte. Out: rows of cells, an
//! edit. Neighbours: all commands for tables; `markdown/kramdown/block/table/` has the grammar.
//!
//! Rules: kramdown 2.4.0, `table.rb`: the lines between two block boundaries that have a pipe each. What only looks
//! like a table is none here, so that no command changes it.

use unicode_width::UnicodeWidthStr;

use super::super::changes::Changes;
use super::super::lines::{line_at, lines_before, lines_from, next_line, previous_line};
use super::super::region::{front_matter_end, is_prose};
use super::super::shape::Shape;
use super::super::siblings::owner;
use crate::markdown::event::Alignment;
use crate::markdown::kramdown::table_grammar::{RowMark, alignments, has_pipe, is_separator, read_row};
use crate::text::{Edit, Span};

/// How wide a column may become by filling up its cells with spaces. A longer cell stands out.
const MAX_WIDTH: usize = 80;

/// How many cells a table may get beyond one for each of its bytes.
const MAX_ADDED_CELLS: usize = 1000;

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TableLine {
    /// The cells as they are written, without the white space around them.
    Row(Vec<String>),
    /// A line of hyphens, or of `=`.
    Separator(char),
}

/// Where the caret is, or goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellPlace {
    /// The line of the table, zero-based.
    pub(super) line: usize,
    /// The column, zero-based.
    pub(super) column: usize,
    /// Bytes of the cell before it.
    pub(super) offset: usize,
}

/// A table that can be changed.
#[derive(Clone, Debug)]
pub(super) struct MarkdownTable<'t> {
    text: &'t str,
    /// From the first row's first byte to the end of the last line.
    span: Span,
    /// What stands before each line but the first: quote marks and indentation.
    prefix: String,
    /// Where the cells stand, for each line.
    cells: Vec<Vec<Span>>,
    /// The lines.
    pub(super) lines: Vec<TableLine>,
    /// The columns' alignments; as many as there are columns.
    pub(super) alignments: Vec<Alignment>,
    /// The place that the table was asked for.
    pub(super) place: CellPlace,
}

impl<'t> MarkdownTable<'t> {
    /// The table that holds byte `at`; `None` where there is none, or none that can be changed safely.
    pub(super) fn at(text: &'t str, at: usize) -> Option<Self> {
        let rows = table_lines(text, at)?;
        let first = *rows.first()?;
        let leading = first.of(text).starts_with('|');
        let span = Span::new(first.start, rows.last()?.end);
        let mut table = Self {
            text,
            span,
            prefix: prefix(text, first),
            cells: Vec::new(),
            lines: Vec::new(),
            alignments: Vec::new(),
            place: CellPlace { line: 0, column: 0, offset: 0 },
        };
        for row in rows {
            let words = row.of(text);
            let cells = cells(text, row, leading)?;
            if row.start <= at {
                let line = table.lines.len();
                // At a pipe the caret is in the cell before it.
                let column = cells.iter().filter(|cell| cell.start <= at).count().saturating_sub(1);
                let cell = cells.get(column).copied().unwrap_or(Span::at(row.start));
                table.place = CellPlace { line, column, offset: at.min(cell.end).saturating_sub(cell.start) };
            }
            table.lines.push(if is_separator(words, b'-') {
                if table.head_ends_here() {
                    table.alignments = alignments(words);
                }
                TableLine::Separator('-')
            } else if is_separator(words, b'=') {
                TableLine::Separator('=')
            } else {
                TableLine::Row(cells.iter().map(|cell| cell.of(text).to_owned()).collect())
            });
            table.cells.push(cells);
        }
        let columns = table.columns();
        if columns == 0 || columns.saturating_mul(table.lines.len()) > span.len() + MAX_ADDED_CELLS {
            return None;
        }
        table.alignments.resize(columns, Alignment::None);
        table.fill();
        table.place.column = table.place.column.min(columns - 1);
        Some(table)
    }

    /// How many columns there are.
    pub(super) fn columns(&self) -> usize {
        self.lines.iter().map(|line| if let TableLine::Row(cells) = line { cells.len() } else { 0 }).max().unwrap_or(0)
    }

    /// The line that ends the head and aligns the columns.
    pub(super) fn head_end(&self) -> Option<usize> {
        let end = self.lines.iter().position(|line| *line == TableLine::Separator('-'));
        let first_row = self.lines.iter().position(|line| matches!(line, TableLine::Row(_)))?;
        let end = match end {
            Some(end) if end < first_row => {
                self.lines.iter().skip(first_row).position(|line| *line == TableLine::Separator('-'))? + first_row
            }
            end => end?,
        };
        let foot = self.lines.iter().position(|line| *line == TableLine::Separator('='));
        foot.is_none_or(|foot| end < foot).then_some(end)
    }

    /// Whether a line of hyphens here would end the head.
    fn head_ends_here(&self) -> bool {
        self.head_end().is_none()
            && self.lines.iter().any(|line| matches!(line, TableLine::Row(_)))
            && !self.lines.contains(&TableLine::Separator('='))
    }

    /// Whether kramdown makes a table of it: a head alone is none.
    pub(super) fn has_body(&self) -> bool {
        let is_row = |line: &TableLine| matches!(line, TableLine::Row(_));
        match self.head_end() {
            Some(end) => {
                let foot =
                    self.lines.iter().position(|line| *line == TableLine::Separator('=')).unwrap_or(self.lines.len());
                self.lines.get(end..foot).unwrap_or_default().iter().any(is_row)
            }
            None => match self.lines.iter().position(|line| *line == TableLine::Separator('=')) {
                Some(foot) => self.lines.iter().take(foot).any(is_row),
                None => self.lines.iter().any(is_row),
            },
        }
    }

    /// Where a cell stands in the text; `None` for one that is not written.
    pub(super) fn cell(&self, line: usize, column: usize) -> Option<Span> {
        self.cells.get(line)?.get(column).copied()
    }

    /// Gives every row as many cells as the longest has.
    fn fill(&mut self) {
        let columns = self.columns();
        for line in &mut self.lines {
            if let TableLine::Row(cells) = line {
                cells.resize(columns, String::new());
            }
        }
    }

    /// The edit that writes the table as it is now, with its columns filled up to one width each, and puts the caret at
    /// `place`.
    pub(super) fn written(&self, place: CellPlace) -> Option<Edit> {
        let widths = self.widths();
        let mut new = String::new();
        let mut caret = self.span.start;
        for (number, line) in self.lines.iter().enumerate() {
            if number > 0 {
                new.push('\n');
                new.push_str(&self.prefix);
            }
            let from = new.len();
            let starts = self.write_line(line, &widths, &mut new);
            if !self.reads_back(line, new.get(from..).unwrap_or("")) {
                return None;
            }
            if number == place.line {
                let cell = starts.get(place.column).copied().unwrap_or(Span::at(from));
                caret = self.span.start + (cell.start + place.offset).min(cell.end);
            }
        }
        let mut changes = Changes::new(self.text);
        changes.replace(self.span, new);
        changes.edit(Span::at(caret))
    }

    /// The width of each column, in columns of a terminal.
    fn widths(&self) -> Vec<usize> {
        let mut widths = vec![3; self.columns()];
        for line in &self.lines {
            let TableLine::Row(cells) = line else { continue };
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = (*width).max(cell.width().min(MAX_WIDTH));
            }
        }
        widths
    }

    /// Writes a line; where the cells lie in what is written.
    fn write_line(&self, line: &TableLine, widths: &[usize], new: &mut String) -> Vec<Span> {
        let mut starts = Vec::new();
        let head_end = self.head_end();
        let aligns = head_end.and_then(|end| self.lines.get(end)).is_some_and(|end| std::ptr::eq(end, line));
        new.push('|');
        for (column, &width) in widths.iter().enumerate() {
            let alignment = self.alignments.get(column).copied().unwrap_or_default();
            new.push(' ');
            match line {
                TableLine::Row(cells) => {
                    let cell = cells.get(column).map_or("", String::as_str);
                    let space = width.saturating_sub(cell.width());
                    let before = match alignment {
                        Alignment::Right => space,
                        Alignment::Center => space / 2,
                        Alignment::None | Alignment::Left => 0,
                    };
                    new.push_str(&" ".repeat(before));
                    starts.push(Span::new(new.len(), new.len() + cell.len()));
                    new.push_str(cell);
                    new.push_str(&" ".repeat(space - before));
                }
                TableLine::Separator(mark) => {
                    let (left, right) = match alignment {
                        _ if !aligns => (false, false),
                        Alignment::None => (false, false),
                        Alignment::Left => (true, false),
                        Alignment::Center => (true, true),
                        Alignment::Right => (false, true),
                    };
                    starts.push(Span::new(new.len(), new.len() + width));
                    new.push_str(if left { ":" } else { "" });
                    let marks = width - usize::from(left) - usize::from(right);
                    new.push_str(&mark.to_string().repeat(marks));
                    new.push_str(if right { ":" } else { "" });
                }
            }
            new.push_str(" |");
        }
        starts
    }

    /// Whether the line has the same cells when it is read again: the white space around a backtick matters.
    fn reads_back(&self, line: &TableLine, new: &str) -> bool {
        let TableLine::Row(wanted) = line else { return true };
        let mut read = cells(new, Span::new(0, new.len()), true).unwrap_or_default();
        read.resize(wanted.len(), Span::default());
        read.iter().zip(wanted).all(|(cell, wanted)| cell.of(new) == wanted)
            && !is_separator(new, b'-')
            && !is_separator(new, b'=')
    }
}

/// What stands before each line but the first.
fn prefix(text: &str, first: Span) -> String {
    let shape = Shape::of(text, line_at(text, first.start));
    [shape.quote.of(text), &" ".repeat(shape.content_column().unwrap_or(shape.column))].concat()
}

/// The cells of a row, without the white space around them; `None` where a code span may go on in another line.
fn cells(text: &str, row: Span, leading: bool) -> Option<Vec<Span>> {
    let words = row.of(text);
    let mut pipes = Vec::new();
    let mut ticks = 0;
    read_row(words, |mark| match mark {
        RowMark::Pipe(at) => pipes.push(at),
        RowMark::Code { whole: (start, end), .. } => ticks += Span::new(start, end).of(words).matches('`').count(),
        RowMark::EscapedPipe(_) => {}
    });
    if pipes.is_empty() || ticks != words.matches('`').count() {
        return None;
    }
    let mut cells = Vec::with_capacity(pipes.len() + 1);
    let mut start = 0;
    for end in pipes.into_iter().chain([words.len()]) {
        let cell = Span::new(start, end);
        let inner = cell.of(words);
        let rest = inner.trim_start_matches(BLANKS);
        let from = if rest.is_empty() { end.min(start + 1) } else { end - rest.len() };
        let to = from.max(start + inner.trim_end_matches(BLANKS).len());
        cells.push(Span::new(from, to).shifted(row.start));
        start = end + 1;
    }
    let is_empty = |cell: Option<&Span>| cell.is_some_and(|cell| cell.of(text).trim_matches(STRIPPED).is_empty());
    if leading && is_empty(cells.first()) {
        cells.remove(0);
    }
    if is_empty(cells.last()) {
        cells.pop();
    }
    Some(cells)
}

const BLANKS: [char; 2] = [' ', '\t'];

/// What Ruby's `strip` removes.
const STRIPPED: [char; 6] = [' ', '\t', '\r', '\x0b', '\x0c', '\0'];

/// The lines of the table around byte `at`, without what stands before their rows.
fn table_lines(text: &str, at: usize) -> Option<Vec<Span>> {
    let depth = |shape: &Shape| shape.quote.of(text).matches('>').count();
    let here = line_at(text, at);
    let wanted = depth(&Shape::of(text, here));
    let belongs = |line: &Span| {
        let shape = Shape::of(text, *line);
        depth(&shape) == wanted && has_pipe(Span::new(shape.quote.end, line.end).of(text))
    };
    if !belongs(&here) || here.start < front_matter_end(text) {
        return None;
    }
    let top = lines_before(text, here).take_while(belongs).last().unwrap_or(here);
    // Where the first line starts an item, each item has a table of its own.
    let in_items = Shape::of(text, top).item.is_some();
    let mut lines: Vec<Span> = Vec::new();
    for line in lines_from(text, top).take_while(belongs) {
        if in_items && Shape::of(text, line).item.is_some() {
            if line.start > here.start {
                break;
            }
            lines.clear();
        }
        lines.push(line);
    }
    // Pipes in an element `code` part no cells (`table.rb`), and where it ends no line tells.
    if lines.iter().any(|line| line.of(text).to_ascii_lowercase().contains("<code")) {
        return None;
    }
    let (first, last) = (*lines.first()?, *lines.last()?);
    let shape = Shape::of(text, first);
    let column = if in_items { shape.content_column()? } else { shape.column };
    let is_empty = |line: Span| {
        let words = Span::new(Shape::of(text, line).quote.end, line.end);
        words.of(text).trim_matches(BLANKS).is_empty() || line.end == front_matter_end(text)
    };
    let is_list = |line: Span| {
        let words = Span::new(Shape::of(text, line).body, line.end).of(text).trim_matches(BLANKS);
        words.starts_with("{:") && !words.starts_with("{::") && words.ends_with('}')
    };
    // An attribute list after a paragraph is that paragraph's, and no table may follow.
    let before = previous_line(text, first)
        .is_none_or(|line| is_empty(line) || (is_list(line) && previous_line(text, line).is_none_or(is_empty)));
    let next_item = |line: Span| {
        let next = Shape::of(text, line);
        in_items && next.item.is_some() && next.column <= shape.column
    };
    let after = next_line(text, last).is_none_or(|line| is_empty(line) || is_list(line) || next_item(line));
    if !(before || in_items) || !after || !is_prose(text, first.start) {
        return None;
    }
    let outer =
        if in_items { column } else { owner(text, first).and_then(|(_, item)| item.content_column()).unwrap_or(0) };
    if column > outer + 3 {
        return None;
    }
    let mut rows = Vec::new();
    for line in lines {
        let shape = Shape::of(text, line);
        let is_first = in_items && line == first;
        let start = if is_first { shape.content() } else { shape.body };
        let row = Span::new(start, line.end);
        let task = is_first && shape.item.is_some_and(|item| item.task.is_some());
        let nested = is_first && Shape::of(text, row).item.is_some();
        if task || nested || (!is_first && shape.column != column) || shape.indentation().of(text).contains('\t') {
            return None;
        }
        if !html_ends(row.of(text)) {
            return None;
        }
        rows.push(row);
    }
    rows.first().is_some_and(|row| may_open(row.of(text))).then_some(rows)
}

/// Whether HTML that starts in a row ends in it, and has no pipe in its tags.
fn html_ends(row: &str) -> bool {
    // The next end of a tag and the next pipe, from the end of the row on.
    let (mut end, mut pipe) = (usize::MAX, usize::MAX);
    for (at, byte) in row.bytes().enumerate().rev() {
        match byte {
            b'>' => end = at,
            b'|' => pipe = at,
            b'<' => {
                let after = row.as_bytes().get(at + 1).copied().unwrap_or(b' ');
                let is_tag = after.is_ascii_alphabetic() || matches!(after, b'/' | b'!' | b'?');
                if is_tag && (end == usize::MAX || pipe < end) {
                    return false;
                }
            }
            _ => {}
        }
    }
    !row.contains("<!--") && row.matches("<code").count() == row.matches("</code>").count()
}

/// Whether a table may open with this row: other blocks that open with a mark are tried before.
fn may_open(row: &str) -> bool {
    const MARKS: [&str; 9] = ["#", ">", ":", "$$", "{", "<", "[^", "```", "~~~"];
    let defines = ["[", "*["].iter().any(|open| row.starts_with(open)) && row.contains("]:");
    // kramdown's mark of a list may have a pipe after it, where others have white space (`list.rb`).
    let marker = row.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_item = match row.len() - marker.len() {
        0 => marker.starts_with(['+', '*', '-']),
        _ => marker.starts_with('.'),
    } && marker.get(1..).is_some_and(|rest| rest.starts_with('|'));
    !defines && !is_item && !MARKS.iter().any(|mark| row.starts_with(mark))
}

/// The cells of a row that starts with a pipe.
#[cfg(test)]
pub(super) fn cells_of(row: &str) -> Vec<&str> {
    let cells = cells(row, Span::new(0, row.len()), true).unwrap_or_default();
    cells.into_iter().map(|cell| cell.of(row)).collect()
}
