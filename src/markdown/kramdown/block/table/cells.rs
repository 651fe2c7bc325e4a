//! The cells of one row of a table.
//! In: the text of the row. Out: the text of each cell. Neighbours: `mod.rs`; `span/codespan.rs` finds the code;
//! `commands/markdown_table/` edits rows by the same rules.
//! Rules: kramdown 2.4.0, `table.rb` lines 66–98: a pipe in code or after a backslash does not end a cell.

use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::source_text::{SourceText, SourceTextBuilder};
use crate::markdown::kramdown::span::codespan::{Runs, code_span};

/// What in a row decides where its cells end. Positions are bytes of the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowMark {
    /// A pipe between two cells.
    Pipe(usize),
    /// A pipe after a backslash.
    EscapedPipe(usize),
    /// Code, with its backticks and without them.
    Code { whole: (usize, usize), code: (usize, usize) },
}

/// Tells `found` of the pipes and the code of a row, in their order.
pub(crate) fn read_row(text: &str, mut found: impl FnMut(RowMark)) {
    let mut at = 0;
    // `<code>` elements are kept whole. The text between two of them is read on its own; it starts here.
    let mut part_start = 0;
    let mut code_element = next_code_element(text, 0);
    while at < text.len() {
        let part_end = code_element.map_or(text.len(), |(start, _)| start);
        if at >= part_end {
            let (_, end) = code_element.unwrap_or((at, at + 1));
            part_start = end;
            at = end;
            code_element = next_code_element(text, at);
            continue;
        }
        match chars::byte_at(text, at) {
            b'`' => {
                let part = text.get(part_start..part_end).unwrap_or("");
                match code_span(part, at - part_start, &mut Runs::default()) {
                    Ok(code) => {
                        let end = part_start + code.end;
                        let code = (part_start + code.code.0, part_start + code.code.1);
                        found(RowMark::Code { whole: (at, end), code });
                        at = end;
                    }
                    Err(end) => at = part_start + end,
                }
            }
            b'|' if at > part_start && chars::byte_at(text, at - 1) == b'\\' => {
                found(RowMark::EscapedPipe(at));
                at += 1;
            }
            b'|' => {
                found(RowMark::Pipe(at));
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// The cells of a row as they are written, without the backslashes before their pipes.
pub(super) fn cells(body: &str, line: &SourceText) -> Vec<SourceText> {
    let text = line.str(body);
    let mut cells = Vec::new();
    let mut cell = SourceTextBuilder::new(body);
    let mut from = 0;
    read_row(text, |mark| match mark {
        RowMark::Code { whole: (start, end), code } => {
            cell.push(line, from, start);
            push_code(&mut cell, line, text, code.0, code.1);
            from = end;
        }
        RowMark::EscapedPipe(at) => {
            cell.push(line, from, at - 1);
            from = at;
        }
        RowMark::Pipe(at) => {
            cell.push(line, from, at);
            cells.push(std::mem::replace(&mut cell, SourceTextBuilder::new(body)).finish());
            from = at + 1;
        }
    });
    cell.push(line, from, text.len());
    if !cells.is_empty() || !cell.is_empty() {
        cells.push(cell.finish());
    }
    cells
}

/// Adds code to a cell, between as many backticks as it needs.
fn push_code(cell: &mut SourceTextBuilder<'_>, line: &SourceText, text: &str, start: usize, end: usize) {
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

/// The start and end of the next `<code>` element on the line.
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
        cells(row, &SourceText::of_body(0, row.len())).iter().map(|cell| cell.str(row).to_owned()).collect()
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
}
