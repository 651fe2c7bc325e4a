//! The whole list around a line. In: a text and a line of a list. Out: its lines. Neighbours: `renumber.rs`, `sort.rs`.

use super::lines::{is_blank, lines_before, lines_from};
use super::shape::Shape;
use super::siblings::owner;
use crate::text::Span;

/// Whether the line ends a list: words that are not indented and start no item.
fn ends_list(text: &str, line: Span) -> bool {
    let shape = Shape::of(text, line);
    shape.item.is_none() && shape.column == 0 && !is_blank(text, Span::new(shape.quote.end, line.end))
}

/// The lines of the outermost list that `line` stands in, from its first item on; `None` outside a list. Blank lines
/// after it are not its own.
pub(super) fn whole_list(text: &str, line: Span) -> Option<Vec<Span>> {
    owner(text, line)?;
    let marks = |line: Span| Shape::of(text, line).quote.of(text).matches('>').count();
    let depth = marks(line);
    let before = lines_before(text, line).take_while(|before| marks(*before) == depth && !ends_list(text, *before));
    let first = before.filter(|before| Shape::of(text, *before).item.is_some()).last().unwrap_or(line);
    let mut lines: Vec<Span> = lines_from(text, first)
        .take_while(|after| *after == first || (marks(*after) == depth && !ends_list(text, *after)))
        .collect();
    while lines.last().is_some_and(|last| is_blank(text, Span::new(Shape::of(text, *last).quote.end, last.end))) {
        lines.pop();
    }
    Some(lines)
}
