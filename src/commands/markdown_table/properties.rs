//! What holds for every table. In: random lines with pipes. Out: checks against what our kramdown makes of the text.
//! Neighbours: `tidy.rs`, `align.rs`, `columns.rs`, `rows.rs`.

use proptest::prelude::*;

use super::super::Snapshot;
use super::{align_right, delete_column, new_column, new_row, next_cell, previous_cell, table_of_values, tidy_table};
use crate::markdown::{Dialect, Options, render_html};
use crate::text::Span;

const CELLS: &[&str] = &[
    "|", "|", "|", "|", "a", " b ", "é", "漢字", "`", "``", "`x`", "` ", "`a|b`", "\\|", "\\", "-", "--", ":-", "-:",
    "=", "<br>", "<code>", "</code>", "*c*", "[d](e)", "\t", "+", "{: .x}", "$$", "<!--", "-->", "&", "\u{a0}", "  ",
];
const STARTS: &[&str] = &["", "", "", "", "", "| ", " ", "  ", "> ", "- ", "1. ", "    "];
const LINES: &[&str] =
    &["", "", "|---|---|", "|:-:|--:|", "|===|", "| a | b |", "- a", "words", "{: .c}", "a | b", "```"];

/// A text of rows, and a place in it.
fn table() -> impl Strategy<Value = (String, usize)> {
    let row = (proptest::sample::select(STARTS), proptest::collection::vec(proptest::sample::select(CELLS), 1..8))
        .prop_map(|(start, cells)| [start, &cells.concat()].concat());
    let line = prop_oneof![row, proptest::sample::select(LINES).prop_map(str::to_owned)];
    (proptest::collection::vec(line, 1..7), any::<proptest::sample::Index>()).prop_map(|(lines, at)| {
        let text = lines.join("\n");
        let boundaries: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        let at = *at.get(&boundaries);
        (text, at)
    })
}

fn html(text: &str) -> String {
    render_html(text, &Options::of(Dialect::Jekyll))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn a_tidy_table_says_the_same_and_stays((text, at) in table()) {
        let Some(edit) = tidy_table(&Snapshot { text: &text, selection: Span::at(at) }) else { return Ok(()) };
        let tidy = edit.apply(&text);
        prop_assert_eq!(html(&tidy), html(&text), "{:?} became {:?}", text, tidy);
        let again = tidy_table(&Snapshot { text: &tidy, selection: edit.selection });
        prop_assert_eq!(again, None, "{:?} became {:?}", text, tidy);
    }

    #[test]
    fn an_alignment_that_is_set_twice_is_none((text, at) in table()) {
        let Some(edit) = align_right(&Snapshot { text: &text, selection: Span::at(at) }) else { return Ok(()) };
        let once = edit.apply(&text);
        let twice = align_right(&Snapshot { text: &once, selection: edit.selection });
        let Some(twice) = twice else { panic!("not again: {once:?}") };
        let twice = twice.apply(&once);
        let at = (0..=edit.selection.start.min(twice.len())).rev().find(|&at| twice.is_char_boundary(at)).unwrap_or(0);
        let thrice = align_right(&Snapshot { text: &twice, selection: Span::at(at) });
        prop_assert!(thrice.is_some(), "{:?} became {:?}, then {:?}", text, once, twice);
    }

    #[test]
    fn a_new_column_can_be_deleted((text, at) in table()) {
        let tidy = tidy_table(&Snapshot { text: &text, selection: Span::at(at) });
        let Some(tidy) = tidy.map(|edit| (edit.apply(&text), edit.selection)) else { return Ok(()) };
        let Some(edit) = new_column(&Snapshot { text: &tidy.0, selection: tidy.1 }) else { return Ok(()) };
        let wider = edit.apply(&tidy.0);
        let back = delete_column(&Snapshot { text: &wider, selection: edit.selection }).map(|edit| edit.apply(&wider));
        prop_assert_eq!(back, Some(tidy.0));
    }

    #[test]
    fn a_new_row_adds_a_line_and_the_caret_is_in_it((text, at) in table()) {
        let Some(edit) = new_row(&Snapshot { text: &text, selection: Span::at(at) }) else { return Ok(()) };
        prop_assert!(edit.text.contains('\n'));
        prop_assert!(edit.span.start <= edit.selection.start);
    }

    #[test]
    fn tab_comes_to_an_end_and_goes_back((text, at) in table()) {
        let mut selection = Span::at(at);
        let mut cells = Vec::new();
        while let Some(edit) = next_cell(&Snapshot { text: &text, selection }) {
            prop_assert!(edit.selection.start >= selection.start && cells.len() <= text.len());
            selection = edit.selection;
            cells.push(selection);
        }
        for before in cells.iter().rev().skip(1) {
            let edit = previous_cell(&Snapshot { text: &text, selection });
            prop_assert_eq!(edit.as_ref().map(|edit| edit.selection), Some(*before));
            selection = *before;
        }
    }

    #[test]
    fn values_in_a_table_are_read_as_they_were(rows in proptest::collection::vec(proptest::collection::vec("[a-c|é ,\"]{0,4}", 3), 1..4)) {
        let quoted = |field: &String| ["\"", &field.replace('"', "\"\""), "\""].concat();
        let lines: Vec<String> = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join("\t")).collect();
        let table = table_of_values(&lines.join("\r\n"));
        let table = table.expect("a table");
        prop_assert_eq!(table.lines().count(), rows.len() + 1);
        for (field, cell) in rows[0].iter().zip(super::model::cells_of(table.lines().next().unwrap_or(""))) {
            prop_assert_eq!(field.trim(), cell.replace("\\|", "|"));
        }
    }
}
