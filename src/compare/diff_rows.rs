//! The difference of two texts line by line. In: pieces. Out: rows with the numbers of their lines, unchanged ones far
//! from any change folded; and tokens of them. Neighbours: `text_diff.rs` finds the difference, `app/` makes nodes of
//! tokens.

use super::text_diff::{ChangeKind, DiffPiece};
use crate::markdown::token::Token;

/// How many unchanged lines are shown around a change.
const CONTEXT: usize = 2;
/// A longer unchanged range cannot be unfolded, because it would make the page slow.
const LONGEST_FOLD: usize = 400;

/// How many rows are shown. The layout of more rows takes seconds.
const MOST_ROWS: usize = 8_000;

/// A line of one text or of both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiffRow<'t> {
    /// The number of the line that begins here in the old text, one-based.
    pub old: Option<usize>,
    /// The number of the line that begins here in the new text, one-based.
    pub new: Option<usize>,
    /// Its pieces, without line ends that both texts have. A changed line end is a piece `↵` if nothing else shows it.
    pub pieces: Vec<DiffPiece<'t>>,
}

impl DiffRow<'_> {
    fn has(&self, kind: ChangeKind) -> bool {
        self.pieces.iter().any(|piece| piece.kind == kind)
    }

    fn is_changed(&self) -> bool {
        self.has(ChangeKind::Removed) || self.has(ChangeKind::Added)
    }
}

/// Where the rows stand in one of the texts.
struct RowPosition {
    line: usize,
    fresh: bool,
}

impl RowPosition {
    /// The line's number where it begins in this row.
    fn number(&mut self, here: bool) -> Option<usize> {
        (here && std::mem::take(&mut self.fresh)).then_some(self.line)
    }

    fn end_line(&mut self) {
        self.line += 1;
        self.fresh = true;
    }
}

/// The rows of a difference, unfolded.
pub fn rows<'t>(pieces: &[DiffPiece<'t>]) -> Vec<DiffRow<'t>> {
    let (mut old, mut new) = (RowPosition { line: 1, fresh: true }, RowPosition { line: 1, fresh: true });
    let mut rows = Vec::new();
    let mut row = DiffRow::default();
    for piece in pieces {
        for line in piece.text.split_inclusive('\n') {
            let text = line.strip_suffix('\n').unwrap_or(line);
            let kind = piece.kind;
            if !text.is_empty() {
                row.pieces.push(DiffPiece { kind, text });
            }
            let ends = text.len() < line.len();
            row.old = row.old.or(old.number(kind != ChangeKind::Added));
            row.new = row.new.or(new.number(kind != ChangeKind::Removed));
            if !ends {
                continue;
            }
            if kind != ChangeKind::Added {
                old.end_line();
            }
            if kind != ChangeKind::Removed {
                new.end_line();
            }
            if kind != ChangeKind::Kept
                && row.pieces.iter().all(|piece| piece.text.trim().is_empty() || piece.kind != kind)
            {
                row.pieces.push(DiffPiece { kind, text: "↵" });
            }
            rows.push(std::mem::take(&mut row));
        }
    }
    if row != DiffRow::default() {
        rows.push(row);
    }
    rows
}

/// The rows as elements: a row each, and folds.
pub(super) fn tokens(rows: &[DiffRow<'_>]) -> Vec<Token<'static>> {
    let mut out = Vec::new();
    if !rows.iter().any(DiffRow::is_changed) {
        return out;
    }
    let (mut rest, more) = rows.split_at(rows.len().min(rows_to_show(rows)));
    let mut first = true;
    while let Some(row) = rest.first() {
        if row.is_changed() {
            write_row(&mut out, row);
            rest = rest.get(1..).unwrap_or(&[]);
            first = false;
            continue;
        }
        let (same, behind) = rest.split_at(rest.iter().take_while(|row| !row.is_changed()).count());
        let before = if first { 0 } else { CONTEXT };
        let after = if behind.is_empty() { 0 } else { CONTEXT };
        // A fold of one line would hide less than it takes.
        if same.len() > before + after + 1 {
            let (head, more) = same.split_at(before);
            let (folded, tail) = more.split_at(more.len() - after);
            head.iter().for_each(|row| write_row(&mut out, row));
            write_fold(&mut out, folded);
            tail.iter().for_each(|row| write_row(&mut out, row));
        } else {
            same.iter().for_each(|row| write_row(&mut out, row));
        }
        (rest, first) = (behind, false);
    }
    if !more.is_empty() {
        open(&mut out, "p", "fold");
        out.extend([Token::Text([&more.len().to_string(), " more lines"].concat().into()), Token::Close]);
    }
    out
}

/// How many rows there are until `MOST_ROWS` of them changed.
fn rows_to_show(rows: &[DiffRow<'_>]) -> usize {
    let last = rows.iter().enumerate().filter(|(_, row)| row.is_changed()).nth(MOST_ROWS);
    last.map_or(rows.len(), |(at, _)| at)
}

fn open(out: &mut Vec<Token<'static>>, name: &'static str, class: &'static str) {
    let attributes = if class.is_empty() { Vec::new() } else { vec![("class".into(), class.into())] };
    out.push(Token::Open { name: name.into(), attributes, span: None });
}

fn write_fold(out: &mut Vec<Token<'static>>, rows: &[DiffRow<'_>]) {
    let text = [&rows.len().to_string(), " unchanged lines"].concat();
    if rows.len() > LONGEST_FOLD {
        open(out, "p", "fold");
        out.extend([Token::Text(text.into()), Token::Close]);
        return;
    }
    open(out, "details", "fold");
    open(out, "summary", "");
    out.extend([Token::Text(text.into()), Token::Close]);
    rows.iter().for_each(|row| write_row(out, row));
    out.push(Token::Close);
}

fn write_row(out: &mut Vec<Token<'static>>, row: &DiffRow<'_>) {
    let kept = row.has(ChangeKind::Kept);
    let (class, sign) = match (row.has(ChangeKind::Removed), row.has(ChangeKind::Added)) {
        (false, false) => ("row", ""),
        (true, false) if !kept => ("row removed", "−"),
        (false, true) if !kept => ("row added", "+"),
        _ => ("row changed", "±"),
    };
    open(out, "div", class);
    for (class, text) in [
        ("number", row.old.map(|number| number.to_string())),
        ("number", row.new.map(|number| number.to_string())),
        ("sign", Some(sign.to_owned())),
    ] {
        open(out, "span", class);
        out.extend(text.filter(|text| !text.is_empty()).map(|text| Token::Text(text.into())));
        out.push(Token::Close);
    }
    open(out, "span", "line");
    for piece in &row.pieces {
        let text = Token::Text(piece.text.to_owned().into());
        let name = match piece.kind {
            ChangeKind::Kept => {
                out.push(text);
                continue;
            }
            ChangeKind::Removed => "del",
            ChangeKind::Added => "ins",
        };
        open(out, name, "");
        out.extend([text, Token::Close]);
    }
    out.extend([Token::Close, Token::Close]);
}

#[cfg(test)]
mod tests {
    use super::super::text_diff;
    use super::*;
    use crate::markdown::token::to_html;

    fn show(old: &str, new: &str) -> Vec<String> {
        let number = |n: Option<usize>| n.map_or("·".to_owned(), |n| n.to_string());
        let pieces = text_diff(old, new);
        let text = |row: &DiffRow<'_>| -> String {
            let sign = |kind| match kind {
                ChangeKind::Kept => "",
                ChangeKind::Removed => "-",
                ChangeKind::Added => "+",
            };
            row.pieces.iter().map(|piece| format!("{}{}|", sign(piece.kind), piece.text)).collect()
        };
        rows(&pieces).iter().map(|row| format!("{} {} {}", number(row.old), number(row.new), text(row))).collect()
    }

    #[test]
    fn each_row_has_the_numbers_of_the_lines_that_begin_in_it() {
        assert_eq!(show("a\nx y z\nb\n", "a\nx 1 z\nb\n"), ["1 1 a|", "2 2 x |-y|+1| z|", "3 3 b|"]);
        assert_eq!(show("a\nb\n", "a\nnew\nb\n"), ["1 1 a|", "· 2 +new|", "2 3 b|"]);
        assert_eq!(show("a\nold\nb\n", "a\nb\n"), ["1 1 a|", "2 · -old|", "3 2 b|"]);
        assert_eq!(show("foo\nbar baz\n", "foo bar baz\n"), ["1 1 foo|-↵|", "2 · + |bar baz|"]);
    }

    #[test]
    fn line_ends_and_blank_lines_that_differ_are_seen() {
        assert_eq!(show("a", "a\n"), ["1 1 a|+↵|"]);
        assert_eq!(show("a\nb\n", "a\n\nb\n"), ["1 1 a|", "· 2 +↵|", "2 3 b|"]);
    }

    #[test]
    fn long_unchanged_stretches_are_folded() {
        let filling = "same\n".repeat(20);
        let (old, new) = (format!("{filling}old\n{filling}"), format!("{filling}new\n{filling}"));
        let html = to_html(&tokens(&rows(&text_diff(&old, &new))));
        assert_eq!(html.matches("<summary>18 unchanged lines</summary>").count(), 2, "{html}");
        assert!(html.contains("<del>old</del>") && html.contains("<ins>new</ins>"), "{html}");
        assert_eq!(html.matches("<div class=\"row").count(), 42);
        assert!(tokens(&rows(&text_diff(&old, &old))).is_empty());
    }

    #[test]
    fn of_too_many_changes_the_rest_is_counted() {
        let html = to_html(&tokens(&rows(&text_diff("", &"new\n".repeat(MOST_ROWS + 5)))));
        assert_eq!(html.matches("<div class=\"row added\">").count(), MOST_ROWS);
        assert!(html.ends_with("<p class=\"fold\">5 more lines</p>"));
    }

    #[test]
    fn a_stretch_too_long_to_unfold_is_only_counted() {
        let filling = "same\n".repeat(1_000);
        let html = to_html(&tokens(&rows(&text_diff(&filling, &format!("{filling}new\n")))));
        assert!(html.starts_with("<p class=\"fold\">998 unchanged lines</p><div class=\"row\">"), "{html}");
    }
}
