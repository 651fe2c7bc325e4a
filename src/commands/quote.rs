//! Quotes: `> ` before each line. In: a snapshot. Out: an edit. Neighbours: `shape.rs`; `enter.rs` goes on with them.

use super::changes::Changes;
use super::{Snapshot, lines};
use crate::text::{Edit, Span};

/// Quotes the lines that are not yet quoted, blank ones between them too; takes one level off where all are.
pub fn quote(snapshot: &Snapshot) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let lines = snapshot.block_lines()?;
    let alone = lines.len() == 1;
    let marks: Vec<(Span, Option<Span>)> = lines.into_iter().map(|line| (line, mark(text, line))).collect();
    let mut words = marks.iter().filter(|(line, _)| alone || !lines::is_blank(text, *line));
    let off = words.all(|(_, mark)| mark.is_some());
    let mut changes = Changes::new(text);
    for (line, mark) in marks {
        match mark {
            Some(mark) if off => changes.delete(mark),
            Some(_) => {}
            None if off => {}
            None => changes.insert(line.start, if !alone && line.is_empty() { ">" } else { "> " }),
        }
    }
    changes.edit_with(selection)
}

/// The first quote mark of a line with the space after it. Up to three spaces may stand before it (kramdown).
fn mark(text: &str, line: Span) -> Option<Span> {
    let rest = line.of(text);
    let words = rest.trim_start_matches(' ');
    let start = rest.len() - words.len();
    let after = words.strip_prefix('>').filter(|_| start <= 3)?;
    let start = line.start + start;
    Some(Span::new(start, start + 1 + usize::from(after.starts_with(' '))))
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn lines_are_quoted_and_no_longer() {
        check(
            quote,
            &[
                ("a|b", "> a|b"),
                ("> a|b", "a|b"),
                (">a|", "a|"),
                ("|", "> |"),
                ("> |", "|"),
                ("x\n|é\nb|\ny", "x\n> |é\n> b|\ny"),
                ("|a\n\nb|", "> |a\n>\n> b|"),
                ("> |a\n>\n> b|", "|a\n\nb|"),
                ("> |a\nb|", "> |a\n> b|"),
                ("> > a|", "> a|"),
                ("|a\n|b", "> |a\n|b"),
                ("- a|", "> - a|"),
            ],
        );
    }

    #[test]
    fn blank_lines_alone_and_front_matter_are_left_alone() {
        declines(quote, &["|\n\n|", "---\na: |b\n---"]);
    }
}
