//! A table with columns of one width each. In: a snapshot. Out: an edit. Neighbours: `model.rs` writes it.

use super::super::Snapshot;
use super::model::MarkdownTable;
use crate::markdown::{Dialect, Options, render_html};
use crate::text::Edit;

/// Fills the cells of the table around the caret up, so that its pipes stand below one another. What the table says
/// stays: where kramdown would read other cells from it (a row that only its neighbours make a row, code over several
/// cells), nothing is done.
pub fn tidy_table(snapshot: &Snapshot) -> Option<Edit> {
    snapshot.selected()?;
    let table = MarkdownTable::at(snapshot.text, snapshot.selection.start).filter(MarkdownTable::has_body)?;
    let edit = table.written(table.place)?;
    let html = |text: &str| render_html(text, &Options::of(Dialect::Jekyll));
    (html(snapshot.text) == html(&edit.apply(snapshot.text))).then_some(edit)
}

#[cfg(test)]
mod tests {
    use super::super::super::caret::{check_with as check, declines_with as declines};
    use super::*;

    #[test]
    fn pipes_stand_below_one_another() {
        check(
            '^',
            tidy_table,
            &[
                ("|a|b|\n|-|:-:|\n|é^|longer|\n", "| a   |   b    |\n| --- | :----: |\n| é^   | longer |\n"),
                ("a | b^\n--|--:\n漢字 | 1", "| a    |   b^ |\n| ---- | --: |\n| 漢字 |   1 |"),
                ("|a\n|-\n|^b|c|", "| a   |     |\n| --- | --- |\n| ^b   | c   |"),
                ("|`a|b`|c\\|d|\n|--|\n|x^|", "| `a|b` | c\\|d |\n| ----- | ---- |\n| x^     |      |"),
                ("- |a|b|\n  |-|-|\n  |1|2^|", "- | a   | b   |\n  | --- | --- |\n  | 1   | 2^   |"),
                ("> |a|\n> |-|\n> |1^|", "> | a   |\n> | --- |\n> | 1^   |"),
                ("|a|\n|-|\n|1^|\n|=|\n|2|", "| a   |\n| --- |\n| 1^   |\n| === |\n| 2   |"),
            ],
        );
    }

    #[test]
    fn what_is_no_table_or_tidy_stays() {
        declines(
            '^',
            tidy_table,
            &[
                "words^",
                "words\n|a|b^|",
                "|a|b^|\nwords",
                "|a|^\n|-|",
                "    |a|b^|",
                "```\n|a|b^|\n```",
                "---\na: |^\n---\n",
                "|a `b|c^|\n|d` e|f|",
                "| a   |\n| --- |\n| 1^   |",
            ],
        );
    }
}
