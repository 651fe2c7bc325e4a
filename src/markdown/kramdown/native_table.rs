//! Tables for the option `html_to_native`: which are simple enough, and what they become. In: a table of HTML. Out: a
//! native one. Neighbours: `native.rs` calls it.
//! Rules: kramdown 2.4.0, `convert_table` and `is_simple_table?` in `parser/html.rb` lines 429–560.

use crate::markdown::event::{Alignment, Tag};
use crate::markdown::kramdown::html_element;
use crate::markdown::kramdown::native_node::{NativeKind, NativeNode};

/// `text-align:` with a value, in a style.
fn alignment_in(style: &str, values: &[&'static str]) -> Option<(usize, usize, &'static str)> {
    style.match_indices("text-align:").find_map(|(at, name)| {
        let after = style.get(at + name.len()..)?;
        let value = after.trim_start_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']);
        let spaced = value.len() < after.len();
        let found = values.iter().find(|known| spaced && value.starts_with(**known))?;
        Some((at, style.len() - value.len() + found.len(), *found))
    })
}

fn is_cell(node: &NativeNode<'_>) -> bool {
    matches!(node.name(), "td" | "th")
}

/// Whether Markdown can write the table.
pub(super) fn is_simple(table: &NativeNode<'_>) -> bool {
    let mut columns = None;
    let mut aligned: Option<Vec<Option<&str>>> = None;
    check_cells(table)
        && check_rows(table, &mut columns, &mut aligned)
        && (rows_of(table, "td")
            || table.children.iter().all(|part| {
                part.is_text()
                    || part.name() == "thead" && rows_of(part, "th")
                    || matches!(part.name(), "tfoot" | "tbody") && rows_of(part, "td")
            }) && table.children.iter().any(|part| part.name() == "tbody"))
}

fn check_cells(node: &NativeNode<'_>) -> bool {
    if is_cell(node) { phrasing_only(node) } else { node.children.iter().all(check_cells) }
}

fn phrasing_only(node: &NativeNode<'_>) -> bool {
    node.children.iter().all(|child| !html_element::is_block(child.name()) && phrasing_only(child))
}

/// Whether all rows have as many cells, with the same alignments.
fn check_rows<'n>(
    node: &'n NativeNode<'_>,
    columns: &mut Option<usize>,
    aligned: &mut Option<Vec<Option<&'n str>>>,
) -> bool {
    if node.name() != "tr" {
        return node.children.iter().all(|child| check_rows(child, columns, aligned));
    }
    let cells: Vec<&NativeNode<'_>> = node.children.iter().filter(|child| is_cell(child)).collect();
    // A count of no cells is taken for none yet.
    if columns.is_some_and(|columns| columns != 0 && columns != cells.len()) {
        return false;
    }
    *columns = Some(cells.len());
    let mut here = Vec::new();
    for cell in cells {
        let style = cell.attribute("style").unwrap_or("");
        let found = alignment_in(style, &["center", "left", "right", "justify", "inherit"]).map(|(.., value)| value);
        if matches!(found, Some("justify" | "inherit")) {
            return false;
        }
        here.push(found);
    }
    match aligned {
        Some(before) => *before == here,
        None => {
            *aligned = Some(here);
            true
        }
    }
}

/// Whether everything in it is rows with cells of that name.
fn rows_of(node: &NativeNode<'_>, name: &str) -> bool {
    node.children.iter().all(|row| {
        (row.name() == "tr" || row.is_text()) && row.children.iter().all(|cell| cell.name() == name || cell.is_text())
    })
}

/// Makes a simple table native whose content is so already.
pub(super) fn finish(table: &mut NativeNode<'_>) {
    let mut alignments = Vec::new();
    align(table, &mut alignments);
    table.kind = NativeKind::Native(Tag::Table(alignments));
    table.children.retain(|child| child.name().is_empty());
    if let Some(NativeNode { kind: NativeKind::Native(Tag::TableRow), .. }) = table.children.first() {
        let mut body = table.new_body();
        std::mem::swap(&mut body.children, &mut table.children);
        table.children.push(body);
    }
}

/// Takes the alignments of the last row, and out of the styles of all cells.
fn align(node: &mut NativeNode<'_>, alignments: &mut Vec<Alignment>) {
    if !matches!(node.kind, NativeKind::Native(Tag::TableRow)) {
        return node.children.iter_mut().for_each(|child| align(child, alignments));
    }
    alignments.clear();
    for cell in &mut node.children {
        let style = cell.attribute("style").unwrap_or("").to_owned();
        let found = alignment_in(&style, &["center", "left", "right"]);
        alignments.push(match found.map(|(.., value)| value) {
            Some("center") => Alignment::Center,
            Some("left") => Alignment::Left,
            Some("right") => Alignment::Right,
            _ => Alignment::None,
        });
        if let Some((start, end, _)) = found {
            let before = style.get(..start).unwrap_or("");
            let kept = before.trim_end().strip_suffix(';').unwrap_or(before);
            let rest = [kept, style.get(end..).unwrap_or("")].concat();
            if rest.trim().is_empty() { cell.remove_attribute("style") } else { cell.set_attribute("style", rest) }
        }
    }
}
