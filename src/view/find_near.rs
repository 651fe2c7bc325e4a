//! The place in the source that a place of the shown text stands for. In: both texts. Out: a place. Neighbours:
//! `app/editor/preview_frame.rs` calls this when the preview is clicked.

use crate::text::{Utf16Offset, byte_offset};

/// So many characters on either side of the click are looked for in the source.
const CONTEXT: usize = 24;

/// The byte of `source` at which the place `at` (UTF-16 units) of the shown text `data` stands: by the words around it,
/// nearest to where it would be if source and text were alike.
pub fn find_near(source: &str, data: &str, at: usize) -> Option<usize> {
    let at = byte_offset(data, Utf16Offset(at));
    let line_start = data[..at].rfind('\n').map_or(0, |n| n + 1);
    let from = data[line_start..at].char_indices().rev().take(CONTEXT).last().map_or(at, |(i, _)| line_start + i);
    let to = data[at..]
        .char_indices()
        .take_while(|(_, c)| *c != '\n')
        .take(CONTEXT)
        .last()
        .map_or(at, |(i, c)| at + i + c.len_utf8());
    // The longer context first. It may not be found, because of smart quotes for example.
    for (from, to) in [(from, to), (from, at), (at, to)] {
        let words = &data[from..to];
        if words.trim().is_empty() {
            continue;
        }
        let found = source.match_indices(words).min_by_key(|(found, _)| found.abs_diff(from));
        if let Some((found, _)) = found {
            return Some(found + at - from);
        }
    }
    None
}
