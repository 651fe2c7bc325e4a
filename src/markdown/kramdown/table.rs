//! Tables: lines with pipes between block boundaries, lines of `-` and `=` between their parts.
//! Rules: kramdown's syntax page, "Tables"; its `table.rb`. Pipes in code do not count, escaped ones neither.

use super::Parser;
use super::block::Scanner;
use super::rough::{Rough, code_at};
use super::scan;
use super::text::{Text, TextBuilder};
use super::tree::{Kind, Node, NodeId};
use crate::markdown::event::Alignment;
use crate::text::Span;

/// Whether `line` starts with a pipe or holds one after something other than a backslash.
fn has_pipe(line: &str) -> bool {
    let bytes = line.as_bytes();
    bytes.first() == Some(&b'|')
        || memchr::memchr_iter(b'|', bytes).any(|at| at > 0 && bytes.get(at - 1) != Some(&b'\\'))
}

/// Whether `line` is a separator: nothing but `|`, `+`, `:`, white space and at least one `mark`.
fn is_separator(line: &str, mark: u8) -> bool {
    let mut marked = false;
    line.bytes().all(|byte| {
        marked |= byte == mark;
        byte == mark || matches!(byte, b'+' | b'|' | b':' | b' ' | b'\t')
    }) && marked
}

/// The alignments that a separator gives: one for each run of hyphens.
fn alignments(line: &str) -> Vec<Alignment> {
    let bytes = line.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    // Where the last match ended: a colon before that belongs to it.
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

/// A table under way.
#[derive(Default)]
struct Rows {
    /// The rows since the last separator.
    rows: Vec<NodeId>,
    parts: Vec<NodeId>,
    columns: usize,
    alignments: Vec<Alignment>,
    has_footer: bool,
    has_body: bool,
}

impl<'a> Parser<'a> {
    /// Takes a table.
    pub(super) fn parse_table(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let (text, start) = (scanner.text, scanner.pos);
        let first = scan::skip_indent(text, start, 3);
        let first_line = text.get(first..scan::line_end(text, first)).unwrap_or("");
        if !has_pipe(first_line) || scan::is_space(scan::byte_at(text, first)) {
            return false;
        }
        // Lost if this turns out to be no table.
        let ial = self.take_block_ial();
        let leading_pipe = scan::strip_start(first_line).starts_with('|');
        let nodes_before = self.nodes.len();
        let mut table = Rows::default();
        let mut pos = start;
        // A separator at the very start separates nothing.
        if is_separator(text.get(start..scan::line_end(text, start)).unwrap_or(""), b'-') {
            pos = scan::next_line(text, start);
        }
        while pos < text.len() {
            let end = scan::line_end(text, pos);
            let line = text.get(pos..end).unwrap_or("");
            if !has_pipe(line) {
                break;
            }
            if is_separator(line, b'-') {
                if !table.rows.is_empty() {
                    if table.alignments.is_empty() && !table.has_footer {
                        self.end_part(&mut table, Kind::TableHead, false);
                        table.alignments = alignments(line);
                    } else {
                        self.end_part(&mut table, Kind::TableBody, false);
                    }
                }
            } else if is_separator(line, b'=') {
                if !table.rows.is_empty() {
                    self.end_part(&mut table, Kind::TableBody, true);
                }
                table.has_footer = true;
            } else {
                let row = self.table_row(&scanner.part(pos, end), leading_pipe);
                table.columns = table.columns.max(self.nodes.get(row).map_or(0, |node| node.children.len()));
                table.rows.push(row);
            }
            pos = (end + 1).min(text.len());
        }
        scanner.pos = pos;
        let whole = scanner.part(start, pos.saturating_sub(1).max(start));
        if !scanner.before_block_boundary() || !self.pipes_are_pipes(&whole) {
            return self.no_table(scanner, start, nodes_before);
        }
        if !table.rows.is_empty() {
            let kind = if table.has_footer { Kind::TableFoot } else { Kind::TableBody };
            self.end_part(&mut table, kind, false);
        }
        if !table.has_body {
            return self.no_table(scanner, start, nodes_before);
        }
        self.even_out(&mut table);
        let mut node = Node::new(Kind::Table(table.alignments), scanner.origin.span(start, pos));
        node.children = table.parts;
        node.ial = ial;
        self.push(tree, node);
        true
    }

    fn no_table(&mut self, scanner: &mut Scanner<'_>, start: usize, nodes_before: usize) -> bool {
        scanner.pos = start;
        self.nodes.truncate(nodes_before);
        false
    }

    /// Makes a part of the rows so far. After the foot began, only a body that is `forced` counts.
    fn end_part(&mut self, table: &mut Rows, kind: Kind<'a>, forced: bool) {
        if table.has_footer && kind == Kind::TableBody && !forced {
            return;
        }
        table.has_body |= kind == Kind::TableBody;
        let span =
            |id: Option<&NodeId>| id.and_then(|&id| self.nodes.get(id)).map(|node| node.span).unwrap_or_default();
        let span = Span::new(span(table.rows.first()).start, span(table.rows.last()).end);
        let mut part = Node::new(kind, span);
        part.children = std::mem::take(&mut table.rows);
        let part = self.add(part);
        table.parts.push(part);
    }

    /// Whether every line has a pipe that is not in code.
    fn pipes_are_pipes(&mut self, table: &Text) -> bool {
        if !table.str(self.body).contains(['`', '<']) {
            return true;
        }
        let mut pipe_on_line = false;
        for child in self.rough_spans(table) {
            let (value, is_code) = match &child {
                Rough::Code(value) => (value, true),
                Rough::Text(value) | Rough::Other(value) => (value, false),
            };
            let mut lines: Vec<&str> = value.split('\n').collect();
            while lines.last().is_some_and(|line| line.is_empty()) {
                lines.pop();
            }
            if is_code {
                if lines.len() > 2 || (lines.len() == 2 && !pipe_on_line) {
                    break;
                }
                if lines.len() == 2 {
                    pipe_on_line = false;
                }
                continue;
            }
            let (several, first) = (lines.len() > 1, lines.first().copied().unwrap_or(""));
            if several && !pipe_on_line && !has_pipe(first) {
                break;
            }
            pipe_on_line = (!several && pipe_on_line) || has_pipe(lines.last().copied().unwrap_or(""));
        }
        pipe_on_line
    }

    /// A row with its cells.
    fn table_row(&mut self, line: &Text, leading_pipe: bool) -> NodeId {
        let body = self.body;
        let mut cells = cells(body, line);
        if leading_pipe && cells.first().is_some_and(|cell| scan::strip(cell.str(body)).is_empty()) {
            cells.remove(0);
        }
        if cells.last().is_some_and(|cell| scan::strip(cell.str(body)).is_empty()) {
            cells.pop();
        }
        let mut row = Node::new(Kind::Row, line.span(0, line.len()));
        for cell in cells {
            let content = cell.str(body);
            let from = content.len() - scan::strip_start(content).len();
            let part = cell.part(from, from + scan::strip(content).len());
            let cell = self.add(Node::with_text(Kind::Cell, part));
            row.children.push(cell);
        }
        self.add(row)
    }

    /// Gives all rows as many cells as the longest has.
    fn even_out(&mut self, table: &mut Rows) {
        let mut budget = super::MAX_FILLED_CELLS;
        for &part in &table.parts {
            let rows = self.nodes.get(part).map(|node| node.children.clone()).unwrap_or_default();
            for row in rows {
                let Some((count, span)) = self.nodes.get(row).map(|node| (node.children.len(), node.span)) else {
                    continue;
                };
                let missing = table.columns.saturating_sub(count).min(budget);
                budget -= missing;
                for _ in 0..missing {
                    let cell = self.add(Node::new(Kind::Cell, Span::at(span.end)));
                    if let Some(node) = self.nodes.get_mut(row) {
                        node.children.push(cell);
                    }
                }
            }
        }
        table.alignments.resize(table.columns, Alignment::None);
    }
}

/// The cells of a row as they are written, without what escapes their pipes.
fn cells(body: &str, line: &Text) -> Vec<Text> {
    let text = line.str(body);
    let mut cells = Vec::new();
    let mut cell = TextBuilder::new(body);
    let mut started = false;
    let mut at = 0;
    let mut from = 0;
    // `<code>` elements are kept whole; what lies between them is looked at on its own.
    let mut stretch = 0;
    let mut code_element = next_code_element(text, 0);
    while at < text.len() {
        let stretch_end = code_element.map_or(text.len(), |(start, _)| start);
        if at >= stretch_end {
            let (_, end) = code_element.unwrap_or((at, at + 1));
            stretch = end;
            at = end;
            code_element = next_code_element(text, at);
            continue;
        }
        match scan::byte_at(text, at) {
            b'`' => {
                let part = text.get(stretch..stretch_end).unwrap_or("");
                match code_at(part, at - stretch) {
                    Some(code) => {
                        cell.push(line, from, at);
                        let (start, end) = (stretch + code.code.0, stretch + code.code.1);
                        push_code(&mut cell, line, text, start, end);
                        at = stretch + code.end;
                        from = at;
                    }
                    None => at = scan::skip_while(text, at, |byte| byte == b'`'),
                }
            }
            b'|' if at > stretch && scan::byte_at(text, at - 1) == b'\\' => {
                cell.push(line, from, at - 1);
                from = at;
                at += 1;
            }
            b'|' => {
                cell.push(line, from, at);
                cells.push(std::mem::replace(&mut cell, TextBuilder::new(body)).finish());
                at += 1;
                from = at;
                started = true;
            }
            _ => at += 1,
        }
    }
    cell.push(line, from, text.len());
    if started || !cell.is_empty() {
        cells.push(cell.finish());
    }
    cells
}

/// Code in a cell, between as many backticks as it needs.
fn push_code(cell: &mut TextBuilder<'_>, line: &Text, text: &str, start: usize, end: usize) {
    let code = text.get(start..end).unwrap_or("");
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest + 1);
    cell.push_literal(&marks);
    if longest > 0 {
        cell.push_literal(" ");
    }
    cell.push(line, start, end);
    if longest > 0 {
        cell.push_literal(" ");
    }
    cell.push_literal(&marks);
}

/// The next `<code>` element on the line: where it starts and ends.
fn next_code_element(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + text.get(from..)?.find("<code")?;
    let close = start + 5 + text.get(start + 5..)?.find('>')?;
    let end = close + 1 + text.get(close + 1..)?.find("</code>")? + "</code>".len();
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(row: &str) -> Vec<String> {
        cells(row, &Text::of_body(0, row.len())).iter().map(|cell| cell.str(row).to_owned()).collect()
    }

    #[test]
    fn pipes_in_code_and_escaped_pipes_cut_nothing() {
        assert_eq!(cut("a|b"), ["a", "b"]);
        assert_eq!(cut(r"a\|b|c"), ["a|b", "c"]);
        assert_eq!(cut("`a|b`|c"), ["`a|b`", "c"]);
        assert_eq!(cut("``a`|``|c"), ["`` a`| ``", "c"]);
        assert_eq!(cut("<code>a|b</code>|c"), ["<code>a|b</code>", "c"]);
        assert_eq!(cut("|a|"), ["", "a", ""]);
    }

    #[test]
    fn separators_align_columns() {
        use Alignment::*;
        assert_eq!(alignments("|---|:--|--:|:-:|"), [None, Left, Right, Center]);
        assert!(is_separator("|-", b'-') && !is_separator("||", b'-') && !is_separator("-x", b'-'));
    }
}
