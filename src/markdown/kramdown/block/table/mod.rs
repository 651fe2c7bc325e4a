//! Tables: lines with pipes, and lines of `-` or `=` between their parts.
//!
//! ```bnf
//! table     ::= separator? (row+ separator)? row+ (separator row+)* (foot_line row+)?
//! row       ::= "|"? cell ("|" cell)* "|"? line_end
//! separator ::= (":" | "-" | "|" | "+" | blank)+ with at least one "-"
//! foot_line ::= the same with "=" in place of "-"
//! ```
//!
//! ```markdown
//! | Head | 2 |
//! |------|--:|
//! | a    | b |
//! ```
//!
//! ```html
//! <table>
//!   <thead>
//!     <tr>
//!       <th>Head</th>
//!       <th style="text-align: right">2</th>
//!     </tr>
//!   </thead>
//!   <tbody>
//!     <tr>
//!       <td>a</td>
//!       <td style="text-align: right">b</td>
//!     </tr>
//!   </tbody>
//! </table>
//! ```
//!
//! A block boundary must stand before and after it. Each line must have a pipe that is not in code.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#tables>
//! Follows: kramdown 2.4.0, `table.rb` lines 16–166.
//! In: a scanner after a block boundary. Out: a table node with its parts, rows and cells. Neighbours: `cells.rs`
//! splits a row, `pipe_check.rs` looks for code.

mod cells;
mod pipe_check;

pub(crate) use cells::{RowMark, read_row};

use crate::markdown::event::Alignment;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, NodeId};
use crate::markdown::kramdown::source_text::SourceText;
use crate::markdown::kramdown::{KramdownParser, chars};
use crate::text::Span;

/// How many empty cells are added to the short rows of one table.
const MAX_FILLED_CELLS: usize = 100_000;

/// Whether `line` has a pipe: at its start, or after a character that is no backslash.
pub(crate) fn has_pipe(line: &str) -> bool {
    let bytes = line.as_bytes();
    bytes.first() == Some(&b'|')
        || memchr::memchr_iter(b'|', bytes).any(|at| at > 0 && bytes.get(at - 1) != Some(&b'\\'))
}

/// Whether `line` is a separator: only `|`, `+`, `:`, spaces, tabs and at least one `mark`.
pub(crate) fn is_separator(line: &str, mark: u8) -> bool {
    let mut marked = false;
    line.bytes().all(|byte| {
        marked |= byte == mark;
        byte == mark || matches!(byte, b'+' | b'|' | b':' | b' ' | b'\t')
    }) && marked
}

/// The alignments of the columns that a separator gives: one for each run of hyphens.
pub(crate) fn alignments(line: &str) -> Vec<Alignment> {
    let bytes = line.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    // The end of the last match. A colon before it belongs to that match.
    let mut taken = 0;
    while at < bytes.len() {
        if bytes.get(at) != Some(&b'-') {
            at += 1;
            continue;
        }
        let left = at > taken && bytes.get(at - 1) == Some(&b':');
        while bytes.get(at) == Some(&b'-') {
            at += 1;
        }
        let right = bytes.get(at) == Some(&b':');
        at += usize::from(right);
        at += usize::from(matches!(bytes.get(at), Some(b' ' | b'\t')));
        taken = at;
        found.push(match (left, right) {
            (false, false) => Alignment::None,
            (true, false) => Alignment::Left,
            (false, true) => Alignment::Right,
            (true, true) => Alignment::Center,
        });
    }
    found
}

/// A table while its lines are read.
#[derive(Default)]
struct Rows {
    /// The rows since the last separator.
    rows: Vec<NodeId>,
    /// The finished parts: head, bodies, foot.
    parts: Vec<NodeId>,
    /// The number of cells in the longest row.
    columns: usize,
    /// The alignments of the columns.
    alignments: Vec<Alignment>,
    /// Whether a line of `=` was read.
    has_footer: bool,
    /// Whether one of the parts is a body.
    has_body: bool,
}

impl<'a> KramdownParser<'a> {
    /// Takes a table.
    pub(super) fn parse_table(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let (text, start) = (scanner.text, scanner.pos);
        let first = chars::skip_indent(text, start, 3);
        let first_line = text.get(first..chars::line_end(text, first)).unwrap_or("");
        if !has_pipe(first_line) || chars::is_space(chars::byte_at(text, first)) {
            return false;
        }
        // As in kramdown, the attribute list is lost if this turns out to be no table.
        let ial = self.block_ial.take();
        let nodes_before = self.nodes.len();
        let Some(table) = self.table_parts(scanner, chars::strip_start(first_line).starts_with('|')) else {
            scanner.pos = start;
            self.nodes.truncate(nodes_before);
            return false;
        };
        let mut node = BlockNode::new(BlockKind::Table(table.alignments), scanner.origin.span(start, scanner.pos));
        node.children = table.parts;
        node.ial = ial;
        self.push(tree, node);
        true
    }

    /// Reads the lines of a table; `None` if they are no table.
    fn table_parts(&mut self, scanner: &mut BlockScanner<'_>, leading_pipe: bool) -> Option<Rows> {
        let start = scanner.pos;
        let mut table = self.table_rows(scanner, leading_pipe);
        let whole = scanner.part(start, scanner.pos.saturating_sub(1).max(start));
        if !scanner.before_block_boundary() || !self.has_pipes_outside_code(&whole) {
            return None;
        }
        if !table.rows.is_empty() {
            let kind = if table.has_footer { BlockKind::TableFoot } else { BlockKind::TableBody };
            self.end_part(&mut table, kind, false);
        }
        if !table.has_body {
            return None;
        }
        self.fill_short_rows(&mut table);
        Some(table)
    }

    /// Reads the rows and separators up to the first line without a pipe.
    fn table_rows(&mut self, scanner: &mut BlockScanner<'_>, leading_pipe: bool) -> Rows {
        let text = scanner.text;
        let mut table = Rows::default();
        // A separator on the first line has no effect.
        if is_separator(text.get(scanner.pos..chars::line_end(text, scanner.pos)).unwrap_or(""), b'-') {
            scanner.pos = chars::next_line(text, scanner.pos);
        }
        while scanner.pos < text.len() {
            let (pos, end) = (scanner.pos, chars::line_end(text, scanner.pos));
            let line = text.get(pos..end).unwrap_or("");
            if !has_pipe(line) {
                break;
            }
            if is_separator(line, b'-') {
                self.read_separator(&mut table, line);
            } else if is_separator(line, b'=') {
                if !table.rows.is_empty() {
                    self.end_part(&mut table, BlockKind::TableBody, true);
                }
                table.has_footer = true;
            } else {
                let row = self.table_row(&scanner.part(pos, end), leading_pipe);
                table.columns = table.columns.max(self.nodes.get(row).map_or(0, |node| node.children.len()));
                table.rows.push(row);
            }
            scanner.pos = (end + 1).min(text.len());
        }
        table
    }

    /// Ends the part before a separator of hyphens. The first separator ends the head and sets the alignments.
    fn read_separator(&mut self, table: &mut Rows, line: &str) {
        if table.rows.is_empty() {
            return;
        }
        if table.alignments.is_empty() && !table.has_footer {
            self.end_part(table, BlockKind::TableHead, false);
            table.alignments = alignments(line);
        } else {
            self.end_part(table, BlockKind::TableBody, false);
        }
    }

    /// Makes a part from the rows since the last separator. After the start of the foot a body is made only if
    /// `forced`.
    fn end_part(&mut self, table: &mut Rows, kind: BlockKind<'a>, forced: bool) {
        if table.has_footer && kind == BlockKind::TableBody && !forced {
            return;
        }
        table.has_body |= kind == BlockKind::TableBody;
        let span =
            |id: Option<&NodeId>| id.and_then(|&id| self.nodes.get(id)).map(|node| node.span).unwrap_or_default();
        let span = Span::new(span(table.rows.first()).start, span(table.rows.last()).end);
        let mut part = BlockNode::new(kind, span);
        part.children = std::mem::take(&mut table.rows);
        let part = self.add(part);
        table.parts.push(part);
    }

    /// Makes a row with its cells.
    fn table_row(&mut self, line: &SourceText, leading_pipe: bool) -> NodeId {
        let body = self.body;
        let mut cells = cells::cells(body, line);
        if leading_pipe && cells.first().is_some_and(|cell| chars::strip(cell.str(body)).is_empty()) {
            cells.remove(0);
        }
        if cells.last().is_some_and(|cell| chars::strip(cell.str(body)).is_empty()) {
            cells.pop();
        }
        let mut row = BlockNode::new(BlockKind::Row, line.span(0, line.len()));
        for cell in cells {
            let content = cell.str(body);
            let from = content.len() - chars::strip_start(content).len();
            let part = cell.part(from, from + chars::strip(content).len());
            let cell = self.add(BlockNode::with_text(BlockKind::Cell, part));
            row.children.push(cell);
        }
        self.add(row)
    }

    /// Adds empty cells, so that each row has as many as the longest.
    fn fill_short_rows(&mut self, table: &mut Rows) {
        let mut budget = MAX_FILLED_CELLS;
        for &part in &table.parts {
            let rows = self.nodes.get(part).map(|node| node.children.clone()).unwrap_or_default();
            for row in rows {
                let Some((count, span)) = self.nodes.get(row).map(|node| (node.children.len(), node.span)) else {
                    continue;
                };
                let missing = table.columns.saturating_sub(count).min(budget);
                budget -= missing;
                for _ in 0..missing {
                    let cell = self.add(BlockNode::new(BlockKind::Cell, Span::at(span.end)));
                    if let Some(node) = self.nodes.get_mut(row) {
                        node.children.push(cell);
                    }
                }
            }
        }
        table.alignments.resize(table.columns, Alignment::None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_align_columns() {
        use Alignment::*;
        assert_eq!(alignments("|---|:--|--:|:-:|"), [None, Left, Right, Center]);
        assert!(is_separator("|-", b'-') && !is_separator("||", b'-') && !is_separator("-x", b'-'));
    }
}
