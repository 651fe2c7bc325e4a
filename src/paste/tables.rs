//! Tables: rows of cells with the space that each takes → a grid, or blocks where the table only lays out a page. In:
//! rows. Out: blocks. Neighbours: `reader.rs` reads the cells, `writer.rs` writes the grid.

use super::document::{
    CODE, ColumnSide, InlineFormat, PastedBlock, PastedCell, PastedDefinition, PastedInline, PastedTable, STRONG,
};
use super::inlines::{is_all, without_overall_bold};

/// How many columns a table may have; more than that is no text.
const MOST_COLUMNS: usize = 64;
/// How many cells may be empty because others take their space, for each that is there.
const MOST_FILLED: usize = 8;

/// The blocks of a table. `for_layout`: an attribute says that it only lays out.
pub(super) fn blocks_of(rows: Vec<Vec<PastedCell>>, for_layout: bool) -> Vec<PastedBlock> {
    let rows: Vec<_> = rows.into_iter().filter(|row| !row.is_empty()).collect();
    let cells = rows.iter().map(Vec::len).sum::<usize>();
    let has_blocks = rows.iter().flatten().flat_map(|cell| &cell.blocks).any(|block| {
        matches!(
            block,
            PastedBlock::Table(_) | PastedBlock::Heading(..) | PastedBlock::Code { .. } | PastedBlock::Quote(_)
        )
    });
    let is_column = rows.iter().all(|row| row.len() == 1) && !rows.iter().flatten().any(|cell| cell.is_header);
    let is_empty = rows.iter().flatten().all(|cell| cell.blocks.is_empty());
    if for_layout || has_blocks || is_empty || cells <= 1 || is_column {
        return rows.into_iter().flatten().flat_map(|cell| cell.blocks).collect();
    }
    let Some(grid) = grid(rows, cells) else { return Vec::new() };
    vec![PastedBlock::Table(grid)]
}

fn grid(rows: Vec<Vec<PastedCell>>, cells: usize) -> Option<PastedTable> {
    let mut filled = cells * MOST_FILLED + MOST_COLUMNS;
    // How many rows more a cell above takes of each column.
    let mut taken: Vec<usize> = Vec::new();
    let mut grid: Vec<Vec<PastedCell>> = Vec::new();
    for row in rows {
        let mut line: Vec<PastedCell> = Vec::new();
        for cell in row {
            fill_taken(&mut line, &mut taken);
            let (columns, rows) = (cell.columns.clamp(1, MOST_COLUMNS), cell.rows.clamp(1, 1000));
            let header = cell.is_header;
            for column in 0..columns {
                if column > 0 && (filled == 0 || line.len() >= MOST_COLUMNS) {
                    break;
                }
                filled = filled.saturating_sub(usize::from(column > 0));
                if taken.len() <= line.len() {
                    taken.resize(line.len() + 1, 0);
                }
                if let Some(slot) = taken.get_mut(line.len()) {
                    *slot = rows - 1;
                }
                let empty = PastedCell { is_header: header, ..PastedCell::default() };
                line.push(if column == 0 { cell.clone() } else { empty });
            }
        }
        fill_taken(&mut line, &mut taken);
        grid.push(line);
    }
    let width = grid.iter().map(Vec::len).max()?;
    let first = grid.first()?;
    let is_heading =
        |cell: &PastedCell| cell.is_header || cell.blocks.is_empty() || is_all(&line_of(&cell.blocks), STRONG);
    let has_header = first.iter().all(is_heading)
        && first.iter().any(|cell| !cell.blocks.is_empty())
        && (first.iter().all(|cell| cell.is_header)
            || grid.len() > 1 && !grid.iter().all(|row| row.iter().all(is_heading)));
    let mut table = PastedTable { sides: sides(&grid, width, has_header), ..PastedTable::default() };
    for (number, row) in grid.into_iter().enumerate() {
        let in_header = number == 0 && has_header;
        let mut line: Vec<Vec<PastedInline>> = row
            .into_iter()
            .map(|cell| {
                let mut line = line_of(&cell.blocks);
                if in_header {
                    return without_overall_bold(line);
                }
                if cell.is_header {
                    for inline in &mut line {
                        if let PastedInline::Text(_, format) = inline {
                            format.formats |= STRONG;
                        }
                    }
                }
                line
            })
            .collect();
        line.resize(width, Vec::new());
        if in_header {
            table.header = Some(line);
        } else if line.iter().all(Vec::is_empty) {
            continue;
        } else {
            table.rows.push(line);
        }
    }
    // kramdown wants rows below a header.
    if table.rows.is_empty()
        && let Some(header) = table.header.take()
    {
        table.rows.push(header);
    }
    Some(table)
}

/// Empty cells where one of a row above reaches down.
fn fill_taken(line: &mut Vec<PastedCell>, taken: &mut [usize]) {
    while let Some(rows) = taken.get_mut(line.len()).filter(|rows| **rows > 0) {
        *rows -= 1;
        line.push(PastedCell::default());
    }
}

/// The side of each column: the one that all its cells with text have.
fn sides(grid: &[Vec<PastedCell>], width: usize, has_header: bool) -> Vec<ColumnSide> {
    (0..width)
        .map(|column| {
            let mut cells = grid
                .iter()
                .skip(usize::from(has_header))
                .filter_map(|row| row.get(column))
                .filter(|cell| !cell.blocks.is_empty())
                .map(|cell| cell.side);
            let first = cells.next().unwrap_or_default();
            if cells.all(|side| side == first) { first } else { ColumnSide::Start }
        })
        .collect()
}

/// The blocks of a cell as one line, with breaks between them.
pub(super) fn line_of(blocks: &[PastedBlock]) -> Vec<PastedInline> {
    let mut line: Vec<PastedInline> = Vec::new();
    add_blocks(&mut line, blocks);
    line
}

fn add_blocks(line: &mut Vec<PastedInline>, blocks: &[PastedBlock]) {
    for block in blocks {
        match block {
            PastedBlock::Paragraph(inlines)
            | PastedBlock::Heading(_, inlines)
            | PastedBlock::WordItem { line: inlines, .. } => add_line(line, inlines.clone()),
            PastedBlock::Code { code, .. } => {
                let format = InlineFormat { formats: CODE, link: None };
                for text in code.lines() {
                    add_line(line, vec![PastedInline::Text(text.to_owned(), format)]);
                }
            }
            PastedBlock::Quote(blocks) => add_blocks(line, blocks),
            PastedBlock::List { items, .. } => items.iter().for_each(|item| add_blocks(line, &item.blocks)),
            PastedBlock::Definitions(entries) => {
                for entry in entries {
                    match entry {
                        PastedDefinition::Term(inlines) => add_line(line, inlines.clone()),
                        PastedDefinition::Meaning(blocks) => add_blocks(line, blocks),
                    }
                }
            }
            PastedBlock::Table(table) => {
                for row in table.header.iter().chain(&table.rows) {
                    for cell in row {
                        add_line(line, cell.clone());
                    }
                }
            }
            PastedBlock::Rule => {}
        }
    }
}

fn add_line(line: &mut Vec<PastedInline>, inlines: Vec<PastedInline>) {
    if !inlines.is_empty() {
        if !line.is_empty() {
            line.push(PastedInline::Break);
        }
        line.extend(inlines);
    }
}
