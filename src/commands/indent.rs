//! Tab and Shift+Tab in lists. In: a snapshot. Out: an edit, or `None`: then Tab leaves the field, so that keyboard
//! users are not trapped. Neighbours: `siblings.rs` finds parents, `enter.rs` moves empty items out.
//!
//! kramdown nests an item in the one before where its marker stands at that item's content: two columns for `- `, three
//! for `1. `, four for `10. `.

use super::changes::Changes;
use super::shape::{Marker, Shape};
use super::siblings::{item_before, next_number, owner, renumber};
use super::{Snapshot, lines, region};
use crate::text::{Edit, Span};

/// How items are marked where they go.
#[derive(Clone, Copy)]
struct Marking {
    /// The marker of the list's items there; `None` where a new list starts, whose items keep theirs. kramdown takes an
    /// item marked otherwise for the start of a list within the item before.
    like: Option<Marker>,
    /// The number of the first, where they are numbered.
    next: u32,
    /// 0 in a list that writes all numbers alike.
    step: u32,
}

/// Moves the items of the selection, with all that stands in them, into the item before. `None` outside a list, in
/// code, and for a list's first item, which has nothing to go into. Items less far in than the first stay.
pub fn indent(snapshot: &Snapshot) -> Option<Edit> {
    let (line, shape) = item(snapshot)?;
    let text = snapshot.text;
    let (above, parent) = item_before(text, line, shape.column)?;
    let column = parent.content_column().filter(|&column| column > shape.column)?;
    // The item may follow others that stand in the parent already.
    let last = lines::lines_before(text, line)
        .take_while(|before| before.start > above.start)
        .map(|before| (before, Shape::of(text, before)))
        .find(|(_, before)| before.item.is_some() && before.column <= column);
    let marking = last.map_or(NEW_LIST, |(line, last)| marking_after(text, line, &last));
    move_items(snapshot, line, &shape, column, marking)
}

/// Moves the items of the selection, with all that stands in them, out to where their parent stands. `None` outside a
/// list, in code, and for items that stand in no other. Items less far in than the first stay.
pub fn outdent(snapshot: &Snapshot) -> Option<Edit> {
    let (line, shape) = item(snapshot)?;
    let text = snapshot.text;
    let outer = shape.column.checked_sub(1)?;
    let (column, marking) = match item_before(text, line, outer) {
        Some((line, parent)) => (parent.column, marking_after(text, line, &parent)),
        None => (0, NEW_LIST),
    };
    move_items(snapshot, line, &shape, column, marking)
}

/// The item that the selection starts in.
fn item(snapshot: &Snapshot) -> Option<(Span, Shape)> {
    snapshot.selected()?;
    let Snapshot { text, selection } = *snapshot;
    let found = owner(text, lines::line_at(text, selection.start))?;
    region::is_prose(text, selection.start).then_some(found)
}

const NEW_LIST: Marking = Marking { like: None, next: 1, step: 1 };

/// How the items after an item are marked.
fn marking_after(text: &str, line: Span, shape: &Shape) -> Marking {
    match shape.item.map(|item| item.marker) {
        Some(like @ Marker::Number(value, _)) => {
            let next = next_number(text, line, shape, value);
            Marking { like: Some(like), next, step: next - value }
        }
        like => Marking { like, ..NEW_LIST },
    }
}

/// Moves the item at `first` and its siblings in the selection, and what stands in them, to `column`.
fn move_items(snapshot: &Snapshot, first: Span, shape: &Shape, column: usize, marking: Marking) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let mut changes = Changes::new(text);
    // How far the lines move: those with the items' markers, and those that stand in an item.
    let by = column.cast_signed() - shape.column.cast_signed();
    let mut content_by = by;
    let mut next = marking.next;
    let mut last = None;
    let mut after = None;
    for line in lines::lines_from(text, first) {
        let at = Shape::of(text, line);
        if lines::is_blank(text, Span::new(at.quote.end, line.end)) {
            continue;
        }
        let mut line_by = content_by;
        if at.column <= shape.column {
            let selected = line == first || line.start < selection.end;
            let Some(item) = at.item.filter(|_| selected && at.column == shape.column) else {
                after = Some(line);
                break;
            };
            line_by = by;
            content_by = by;
            let old = item.span.of(text).trim_end();
            let new = match marking.like.unwrap_or(item.marker) {
                Marker::Bullet(bullet) => bullet.to_string(),
                Marker::Number(_, delimiter) => {
                    next += marking.step;
                    format!("{}{delimiter}", next - marking.step)
                }
            };
            content_by += new.len().cast_signed() - old.len().cast_signed();
            changes.replace(Span::new(item.span.start, item.span.start + old.len()), new);
            last = Some(item.marker);
        }
        let column = at.column.saturating_add_signed(line_by);
        if column != at.column {
            changes.replace(at.indentation(), " ".repeat(column));
        }
    }
    // Numbers close up behind items that went in, and make room for items that came out.
    match (last, shape.item.map(|item| item.marker)) {
        (Some(Marker::Number(last, _)), Some(Marker::Number(value, _))) if by > 0 => {
            renumber(text, after, shape.column, last + 1, value, &mut changes);
        }
        _ if by < 0 => renumber(text, after, column, marking.next, next, &mut changes),
        _ => {}
    }
    changes.edit_with(selection)
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn an_item_goes_to_the_content_of_the_one_before() {
        check(
            indent,
            &[
                ("- a\n- b|", "- a\n  - b|"),
                ("- a\n- |é|\n- c", "- a\n  - |é|\n- c"),
                ("- a\n|- b\n- c|", "- a\n  |- b\n  - c|"),
                ("- a\n  - b\n- c|", "- a\n  - b\n  - c|"),
                ("- a\n  - b\n  - c|", "- a\n  - b\n    - c|"),
                ("- [ ] a\n- [ ] b|", "- [ ] a\n  - [ ] b|"),
                ("-   a\n- b|", "-   a\n    - b|"),
                ("> - a\n> - b|", "> - a\n>   - b|"),
                ("- a\n\n- b|", "- a\n\n  - b|"),
            ],
        );
    }

    #[test]
    fn numbers_are_right_where_an_item_goes_and_where_it_was() {
        check(
            indent,
            &[
                ("1. a\n2. b|\n3. c", "1. a\n   1. b|\n2. c"),
                ("1. a\n   1. x\n2. b|", "1. a\n   1. x\n   2. b|"),
                ("9. a\n10. b|\n    more", "9. a\n   1. b|\n      more"),
                ("10. a\n11. b|", "10. a\n    1. b|"),
                ("1. a\n1. b|\n1. c", "1. a\n   1. b|\n1. c"),
                ("1. a\n|2. b\n3. c|\n4. d", "1. a\n   |1. b\n   2. c|\n2. d"),
            ],
        );
        check(
            outdent,
            &[
                ("1. a\n   1. b|\n2. c", "1. a\n2. b|\n3. c"),
                ("9. a\n   1. b|\n      more", "9. a\n10. b|\n    more"),
                ("1. x\n1. a\n   1. b|\n1. c", "1. x\n1. a\n1. b|\n1. c"),
            ],
        );
    }

    #[test]
    fn an_item_goes_out_to_its_parent_with_all_that_stands_in_it() {
        check(
            outdent,
            &[
                ("- a\n  - b|", "- a\n- b|"),
                ("1. a\n   - b|\n     more\n\n     - c\nend", "1. a\n2. b|\n   more\n\n   - c\nend"),
                ("- a\n  - b\n    - c|", "- a\n  - b\n  - c|"),
                ("  - a|", "- a|"),
                ("- a\n\t- b|", "- a\n- b|"),
            ],
        );
        check(indent, &[("- a\n- b|\n  more\n  - c\nend", "- a\n  - b|\n    more\n    - c\nend")]);
    }

    #[test]
    fn an_item_is_marked_like_those_it_goes_to() {
        check(
            indent,
            &[("- a\n  1. x\n- b|\n  more", "- a\n  1. x\n  2. b|\n     more"), ("* a\n1. b|", "* a\n  1. b|")],
        );
        check(
            outdent,
            &[
                ("1. a\n   - [ ] b|\n2. c", "1. a\n2. [ ] b|\n3. c"),
                ("* a\n  1. b|\n     more\n* c", "* a\n* b|\n  more\n* c"),
            ],
        );
    }

    #[test]
    fn the_caret_may_stand_on_any_line_of_the_item() {
        check(indent, &[("- a\n- b\n  mo|re", "- a\n  - b\n    mo|re")]);
        check(outdent, &[("- a\n  - b\n    mo|re", "- a\n- b\n  mo|re")]);
    }

    #[test]
    fn tab_leaves_the_field_where_nothing_can_move() {
        declines(
            indent,
            &[
                "a|",
                "|",
                "- a|",
                "- a\n  - b|",
                "    code|",
                "```\n- a\n- b|\n```",
                "---\nx:\n- a\n- b|\n---\n",
                "- a\n\nwords\n\n- b|",
            ],
        );
        declines(outdent, &["a|", "|", "- a|", "  a|", "```\n- a\n  - b|\n```"]);
    }
}
