//! Lines joined. In: a snapshot. Out: an edit. Neighbours: `shape.rs` finds the words of a line.

use super::changes::{Bias, Changes};
use super::shape::Shape;
use super::{Snapshot, lines, region};
use crate::text::{Edit, Span};

/// Joins the lines of the selection, or the line of the caret and the next one, with one space between. Marks of lists
/// and quotes before the words of a joined line go, except in code; a forced line break goes, too.
pub fn join_lines(snapshot: &Snapshot) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let mut joined = snapshot.block_lines()?;
    let first = *joined.first()?;
    if joined.len() == 1 {
        joined.push(lines::next_line(text, first)?);
    }
    let prose = region::is_prose(text, first.start);
    let mut changes = Changes::new(text);
    let mut before = Span::new(first.start, first.start + words_end(text, first, prose));
    let mut place = before.end;
    for line in joined.into_iter().skip(1) {
        let shape = Shape::of(text, line);
        let start = if prose { shape.content() } else { line.end - line.of(text).trim_start().len() };
        let words = Span::new(start, line.start + words_end(text, line, prose).max(start - line.start));
        let space = if before.is_empty() || words.is_empty() { "" } else { " " };
        place = before.end;
        changes.replace(Span::new(before.end, words.start), space);
        // Empty lines keep the end of the line before them.
        before = if words.is_empty() { Span::new(before.start.min(words.end), words.end) } else { words };
    }
    if selection.is_empty() {
        let caret = changes.position(place, Bias::Before);
        return changes.edit(Span::at(caret));
    }
    let start = changes.position(selection.start, Bias::Before);
    let end = changes.position(selection.end, Bias::Before);
    changes.edit(Span::new(start, end.max(start)))
}

/// Where the words of a line end, in bytes of the line: before white space and, in prose, a forced line break of
/// kramdown.
fn words_end(text: &str, line: Span, prose: bool) -> usize {
    let words = line.of(text).trim_end();
    words.strip_suffix("\\\\").filter(|_| prose).map_or(words.len(), |words| words.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn one_space_stands_between_what_was_joined() {
        check(
            join_lines,
            &[
                ("a|\nb\nc", "a| b\nc"),
                ("|é  \n  b\nc|", "|é b c|"),
                ("> a|\n> b", "> a| b"),
                ("- a|\n- b", "- a| b"),
                ("a\\\\|\nb", "a| b"),
                ("a|\n\nb", "a|\nb"),
                ("|\nb", "|b"),
            ],
        );
        check(join_lines, &[("```\n- a|\n- b\n```", "```\n- a| - b\n```")]);
    }

    #[test]
    fn the_last_line_and_the_front_matter_are_left_alone() {
        declines(join_lines, &["a|", "---\na: |1\nb: 2\n---\n"]);
    }
}
