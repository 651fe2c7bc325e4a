//! A task's box ticked and cleared. In: a snapshot. Out: an edit. Neighbours: `shape.rs` reads the box; `list.rs` makes
//! tasks.

use super::Snapshot;
use super::changes::Changes;
use super::region::{CodeLine, code_before};
use super::shape::Shape;
use crate::text::{Edit, Span};

/// Ticks the tasks of the selected lines; where all of them are ticked, clears them.
pub fn toggle_task(snapshot: &Snapshot) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let lines = snapshot.block_lines()?;
    let mut scan = code_before(text, lines.first()?.start);
    let states: Vec<Span> = lines
        .into_iter()
        .filter(|line| scan.line(line.of(text)) == CodeLine::Outside)
        .filter_map(|line| Shape::of(text, line).item?.task)
        .map(|task| Span::new(task.start + 1, task.start + 2))
        .collect();
    let done = if states.iter().all(|state| state.of(text) != " ") { " " } else { "x" };
    let mut changes = Changes::new(text);
    for state in states {
        // A task that is ticked by a capital stays as it is.
        if (state.of(text) == " ") != (done == " ") {
            changes.replace(state, done);
        }
    }
    changes.edit_with(selection)
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn boxes_are_ticked_and_cleared() {
        check(
            toggle_task,
            &[
                ("- [ ] é|", "- [x] é|"),
                ("- [X] a|", "- [ ] a|"),
                ("> 1. [ ] |a", "> 1. [x] |a"),
                ("|- [x] a\n- [ ] b\nc|", "|- [x] a\n- [x] b\nc|"),
                ("|- [x] a\n- [X] b|", "|- [ ] a\n- [ ] b|"),
            ],
        );
        declines(toggle_task, &["- a|", "a|", "```\n- [ ] a|\n```", "---\n- [ ] a|\n---\n"]);
    }
}
