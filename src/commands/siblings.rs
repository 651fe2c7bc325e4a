//! The items around a list item: the item that a line belongs to, the item before, the numbers after. In: a text and a
//! line. Out: lines and shapes. Neighbours: `list.rs`, `enter.rs`, `indent.rs`. Reads only the lines of the list.

use super::changes::Changes;
use super::lines::{is_blank, lines_before, lines_from, next_line};
use super::shape::{Marker, Shape};
use crate::text::Span;

/// Whether the line holds nothing after its quote marks.
fn is_empty(text: &str, line: Span, shape: &Shape) -> bool {
    is_blank(text, Span::new(shape.quote.end, line.end))
}

/// The nearest item before `line` whose marker stands at `column` or less far in: the sibling before or the parent of
/// an item at that column. `None` where the list starts with it.
pub(super) fn item_before(text: &str, line: Span, column: usize) -> Option<(Span, Shape)> {
    for before in lines_before(text, line) {
        let shape = Shape::of(text, before);
        if is_empty(text, before, &shape) || shape.column > column {
            continue;
        }
        if shape.item.is_some() {
            return Some((before, shape));
        }
        // Words less far in than the item end the list before it.
        if shape.column == 0 {
            return None;
        }
    }
    None
}

/// The item whose content stands at `column` in `line`, on its own line or above; `None` outside a list.
pub(super) fn owner(text: &str, line: Span) -> Option<(Span, Shape)> {
    let shape = Shape::of(text, line);
    if shape.item.is_some() {
        return Some((line, shape));
    }
    if shape.column == 0 || is_empty(text, line, &shape) {
        return None;
    }
    for before in lines_before(text, line) {
        let above = Shape::of(text, before);
        if is_empty(text, before, &above) {
            continue;
        }
        if above.content_column().is_some_and(|content| content <= shape.column) {
            return Some((before, above));
        }
        if above.column == 0 {
            return None;
        }
    }
    None
}

/// The number of an item after one numbered `value`: the next, or the same in a list that writes all numbers alike.
pub(super) fn next_number(text: &str, line: Span, shape: &Shape, value: u32) -> u32 {
    let before = item_before(text, line, shape.column).filter(|(_, before)| before.column == shape.column);
    match before.and_then(|(_, before)| before.item).map(|item| item.marker) {
        Some(Marker::Number(same, _)) if same == value => value,
        _ => value + 1,
    }
}

/// Gives the items at `column` from `line` on new numbers, as long as they count on from `old`. Stops where a number
/// would get wider and so part an item from its content.
pub(super) fn renumber(
    text: &str,
    line: Option<Span>,
    column: usize,
    mut old: u32,
    mut new: u32,
    changes: &mut Changes,
) {
    let Some(line) = line.filter(|_| old != new) else { return };
    for line in lines_from(text, line) {
        let shape = Shape::of(text, line);
        if is_empty(text, line, &shape) || shape.column > column {
            continue;
        }
        let Some(item) = shape.item.filter(|_| shape.column == column) else { return };
        if !matches!(item.marker, Marker::Number(value, _) if value == old) {
            return;
        }
        let digits = item.digits(text);
        let number = new.to_string();
        let has_content = || {
            let after = next_line(text, line).map(|next| (next, Shape::of(text, next)));
            after.is_some_and(|(next, after)| after.column > column || is_empty(text, next, &after))
        };
        if number.len() != digits.len() && has_content() {
            return;
        }
        changes.replace(digits, number);
        (old, new) = (old + 1, new + 1);
    }
}
