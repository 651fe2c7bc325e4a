//! Lists: bullets, numbers, tasks. In: a snapshot. Out: an edit.
//! Neighbours: `shape.rs` reads the lines; `enter.rs` and `indent.rs` go on with the lists.

use super::changes::Changes;
use super::nesting::{ListLevel, Nesting, move_to};
use super::shape::{Marker, Shape, is_rule};
use super::siblings::item_before;
use super::{Snapshot, lines};
use crate::text::{Edit, Span};

/// A kind of list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ListKind {
    Bullet,
    Number,
    Task,
}

/// Makes each line an item of a bulleted list, or a plain line again where all of them are.
pub fn bulleted_list(snapshot: &Snapshot) -> Option<Edit> {
    toggle(snapshot, ListKind::Bullet)
}

/// Makes each line an item of a numbered list, counting on from the item before, or a plain line again where all are.
pub fn numbered_list(snapshot: &Snapshot) -> Option<Edit> {
    toggle(snapshot, ListKind::Number)
}

/// Makes each line an open task, or a plain line again where all of them are tasks.
pub fn task_list(snapshot: &Snapshot) -> Option<Edit> {
    toggle(snapshot, ListKind::Task)
}

fn kind(shape: &Shape) -> Option<ListKind> {
    shape.item.map(|item| match item.marker {
        _ if item.task.is_some() => ListKind::Task,
        Marker::Bullet(_) => ListKind::Bullet,
        Marker::Number(..) => ListKind::Number,
    })
}

fn toggle(snapshot: &Snapshot, to: ListKind) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let lines = snapshot.block_lines()?;
    let targets = targets(text, &lines);
    let off = targets.iter().flatten().all(|shape| kind(shape) == Some(to));
    let first = targets.iter().flatten().next()?;
    let before = lines.first().and_then(|line| item_before(text, *line, first.column));
    let before = before.filter(|(_, shape)| shape.column == first.column).and_then(|(_, shape)| shape.item);
    let bullet = match before.map(|item| item.marker) {
        Some(Marker::Bullet(bullet)) => bullet,
        _ => '-',
    };
    let mut counts: Vec<u32> = match before.map(|item| item.marker) {
        Some(Marker::Number(value, _)) => vec![value],
        _ => vec![0],
    };
    let mut changes = Changes::new(text);
    let mut nesting = Nesting::default();
    for (line, target) in lines.iter().zip(&targets) {
        let shape = Shape::of(text, *line);
        if target.is_none() && lines::is_blank(text, Span::new(shape.quote.end, line.end)) {
            continue;
        }
        let column = nesting.enter(shape.column);
        move_to(&mut changes, &shape, column);
        if target.is_none() {
            continue;
        }
        let depth = nesting.levels.len();
        counts.truncate(depth + 1);
        counts.resize(depth + 1, 0);
        let number = counts.last_mut().map_or(1, |count| {
            *count = (*count + 1).min(999_999_999);
            *count
        });
        let width = mark(&mut changes, &shape, if off { None } else { Some(to) }, bullet, number);
        if let Some(old) = shape.content_column() {
            nesting.levels.push(ListLevel { old, new: column + width });
        }
    }
    // What stands in the last item goes along with it.
    for line in lines.last().into_iter().flat_map(|last| lines::lines_from(text, *last).skip(1)) {
        let shape = Shape::of(text, line);
        if lines::is_blank(text, Span::new(shape.quote.end, line.end)) {
            continue;
        }
        let column = nesting.enter(shape.column);
        if nesting.levels.is_empty() {
            break;
        }
        move_to(&mut changes, &shape, column);
    }
    changes.edit_with(selection)
}

/// The lines that are to be items: not blank ones and rules, nor those that go on within an item of the selection.
fn targets(text: &str, lines: &[Span]) -> Vec<Option<Shape>> {
    let mut nesting = Nesting::default();
    let target = |line: &Span| {
        let shape = Shape::of(text, *line);
        let words = Span::new(shape.quote.end, line.end);
        if (lines.len() > 1 && lines::is_blank(text, words)) || is_rule(words.of(text).as_bytes()) {
            return None;
        }
        nesting.enter(shape.column);
        match shape.content_column() {
            Some(old) => nesting.levels.push(ListLevel { old, new: old }),
            None if !nesting.levels.is_empty() => return None,
            None => {}
        }
        Some(shape)
    };
    lines.iter().map(target).collect()
}

/// Gives a line the marker of a kind, or none; returns how many columns the marker takes then.
fn mark(changes: &mut Changes, shape: &Shape, to: Option<ListKind>, bullet: char, number: u32) -> usize {
    let old = shape.item;
    let span = old.map_or(Span::at(shape.body), |item| item.span);
    let task = old.and_then(|item| item.task);
    let marker = match (to, old) {
        (None, _) => String::new(),
        (Some(ListKind::Bullet | ListKind::Task), Some(item)) if matches!(item.marker, Marker::Bullet(_)) => {
            span.of(changes.text()).to_owned()
        }
        (Some(ListKind::Number), Some(item)) if matches!(item.marker, Marker::Number(value, _) if value == number) => {
            span.of(changes.text()).to_owned()
        }
        (Some(ListKind::Number), _) => format!("{number}. "),
        (Some(_), _) => format!("{bullet} "),
    };
    let width = match old {
        Some(item) if span.of(changes.text()) == marker => item.width,
        _ => marker.len(),
    };
    changes.replace(span, marker);
    match task {
        Some(task) if to != Some(ListKind::Task) => changes.delete(task),
        None if to == Some(ListKind::Task) => changes.insert(span.end, "[ ] "),
        _ => {}
    }
    width
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn lines_become_items_and_lines_again() {
        check(
            bulleted_list,
            &[
                ("a|", "- a|"),
                ("- a|", "a|"),
                ("* a|", "a|"),
                ("|", "- |"),
                ("- |", "|"),
                ("|é\n\nb|\nc", "- |é\n\n- b|\nc"),
                ("- |é\n- b|", "|é\nb|"),
                ("|- a\nb|", "|- a\n- b|"),
                ("> a|", "> - a|"),
                ("* x\na|", "* x\n* a|"),
                ("|a\n---\nb|", "- |a\n---\n- b|"),
            ],
        );
    }

    #[test]
    fn numbers_count_on() {
        check(
            numbered_list,
            &[
                ("|a\nb\nc|", "1. |a\n2. b\n3. c|"),
                ("1. a\nb|", "1. a\n2. b|"),
                ("|1. a\n1. b\nc|", "|1. a\n2. b\n3. c|"),
                ("9. x\n|a\nb|", "9. x\n10. |a\n11. b|"),
                ("|1. a\n2. b|", "|a\nb|"),
                ("1. a|", "a|"),
            ],
        );
    }

    #[test]
    fn tasks_keep_their_state_and_their_bullets() {
        check(
            task_list,
            &[
                ("a|", "- [ ] a|"),
                ("- a|", "- [ ] a|"),
                ("* [x] a|", "a|"),
                ("|- [x] a\n- b|", "|- [x] a\n- [ ] b|"),
                ("1. a|", "- [ ] a|"),
            ],
        );
        check(bulleted_list, &[("- [x] a|", "- a|"), ("2. a|", "- a|")]);
        check(numbered_list, &[("* [ ] a|", "1. a|")]);
    }

    #[test]
    fn what_stands_in_an_item_moves_with_its_words() {
        check(
            numbered_list,
            &[
                ("|- a\n  - b\n  - c\n- d|", "|1. a\n   1. b\n   2. c\n2. d|"),
                ("- a|\n  more\n\n  - b\nend", "1. a|\n   more\n\n   - b\nend"),
                ("|- a\n  more\n- b|", "|1. a\n   more\n2. b|"),
            ],
        );
        check(bulleted_list, &[("10. a|\n    - b\n", "- a|\n  - b\n"), ("- a|\n  b", "a|\nb")]);
    }

    #[test]
    fn rules_blank_lines_and_front_matter_are_left_alone() {
        declines(bulleted_list, &["|\n\n|", "* * *|", "---\na: |b\n---\n"]);
    }
}
