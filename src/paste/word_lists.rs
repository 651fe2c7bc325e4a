//! Word's lists: paragraphs that a style calls items (`mso-list: l0 level2 lfo1`), with their markers as text. In:
//! blocks with such paragraphs. Out: blocks with lists. Neighbours: `reader.rs` reads the paragraphs.

use super::document::{PastedBlock, PastedItem};
use super::look::property;

/// The level from 0 that the style of a paragraph says.
pub(super) fn level(style: &str) -> Option<usize> {
    let list = property(style, "mso-list")?;
    let level = list.split_ascii_whitespace().find_map(|word| word.strip_prefix("level"))?;
    level.parse::<usize>().ok()?.checked_sub(1).map(|level| level.min(8))
}

/// The number that an item's marker shows; `None` for a bullet. Letters and Roman numerals begin a list, too.
fn start_of(marker: &str) -> Option<usize> {
    let marker = marker.trim_matches(|c: char| c.is_whitespace() || c == '\u{A0}');
    let word = marker.strip_suffix(['.', ')']).map(|word| word.trim_start_matches('('))?;
    let last = word.rsplit('.').next().unwrap_or(word);
    last.parse().ok().or_else(|| (!last.is_empty() && last.chars().all(char::is_alphabetic)).then_some(1))
}

/// Joins items to lists.
pub(super) fn join(blocks: Vec<PastedBlock>) -> Vec<PastedBlock> {
    let mut out: Vec<PastedBlock> = Vec::new();
    let mut in_list = false;
    for block in blocks {
        let PastedBlock::WordItem { level, marker, line } = block else {
            in_list = false;
            out.push(block);
            continue;
        };
        let start = start_of(&marker);
        let item = PastedItem { done: None, blocks: vec![PastedBlock::Paragraph(line)] };
        match out.last_mut() {
            Some(PastedBlock::List { start: of_list, items })
                if in_list && (level > 0 || of_list.is_some() == start.is_some()) =>
            {
                add(items, level, start, item);
            }
            _ => out.push(PastedBlock::List { start, items: vec![item] }),
        }
        in_list = true;
    }
    out
}

/// Adds an item so many levels below.
fn add(items: &mut Vec<PastedItem>, level: usize, start: Option<usize>, item: PastedItem) {
    if level == 0 {
        items.push(item);
        return;
    }
    let Some(parent) = items.last_mut() else { return items.push(item) };
    if let Some(PastedBlock::List { start: of_list, items }) = parent.blocks.last_mut()
        && (level > 1 || of_list.is_some() == start.is_some())
    {
        return add(items, level - 1, start, item);
    }
    parent.blocks.push(PastedBlock::List { start, items: vec![item] });
}
