//! The numbers of a list put right. In: a snapshot. Out: an edit. Neighbours: `whole_list.rs` finds the list,
//! `nesting.rs` moves what stands in its items.

use super::changes::Changes;
use super::nesting::{ListLevel, Nesting, move_to};
use super::region::{CodeLine, code_before};
use super::shape::{Marker, Shape};
use super::whole_list::whole_list;
use super::{Snapshot, lines, region};
use crate::text::{Edit, Span};

/// Numbers the items of the list around the caret one after the other, from the number of its first item on; so the
/// lists within it. What stands in an item moves with the width of its number. Where another width would make an item
/// one of the list within the item before it, nothing is done.
pub fn renumber_list(snapshot: &Snapshot) -> Option<Edit> {
    let edit = renumbered(snapshot)?;
    let after = edit.apply(snapshot.text);
    renumbered(&Snapshot { text: &after, selection: edit.selection }).is_none().then_some(edit)
}

fn renumbered(snapshot: &Snapshot) -> Option<Edit> {
    snapshot.selected()?;
    let Snapshot { text, selection } = *snapshot;
    if !region::is_prose(text, selection.start) {
        return None;
    }
    let list = whole_list(text, lines::line_at(text, selection.start))?;
    let mut changes = Changes::new(text);
    let mut scan = code_before(text, list.first()?.start);
    let mut nesting = Nesting::default();
    // For each depth the marker of its last item.
    let mut last: Vec<Option<Marker>> = Vec::new();
    for line in list {
        let code = scan.line(line.of(text));
        let shape = Shape::of(text, line);
        if lines::is_blank(text, Span::new(shape.quote.end, line.end)) {
            continue;
        }
        if matches!(code, CodeLine::Inside | CodeLine::Close) {
            // Code may stand less far in than the item that it belongs to.
            let level = nesting.levels.last().filter(|level| shape.column >= level.old);
            move_to(&mut changes, &shape, level.map_or(shape.column, |level| level.new + shape.column - level.old));
            continue;
        }
        let column = nesting.enter(shape.column);
        let content = nesting.levels.last().map_or(0, |level| level.old);
        move_to(&mut changes, &shape, column);
        let depth = nesting.levels.len();
        last.truncate(depth + 1);
        // Four columns further in than the words of an item stands code.
        let Some(item) = shape.item.filter(|_| shape.column < content + 4) else { continue };
        last.resize(depth + 1, None);
        let (marker, width) = match (item.marker, last.get(depth).copied().flatten()) {
            (Marker::Number(_, mark), Some(Marker::Number(before, same))) if mark == same => {
                let number = (before + 1).min(999_999_999);
                let digits = item.digits(text);
                let new = number.to_string();
                let width = (item.width + new.len()).saturating_sub(digits.len());
                changes.replace(digits, new);
                (Marker::Number(number, mark), width)
            }
            (marker, _) => (marker, item.width),
        };
        if let Some(last) = last.last_mut() {
            *last = Some(marker);
        }
        nesting.levels.push(ListLevel { old: shape.column + item.width, new: column + width });
    }
    changes.edit_with(selection)
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn numbers_count_from_the_first_one_on() {
        check(
            renumber_list,
            &[
                ("1. a\n1. é|\n7. c", "1. a\n2. é|\n3. c"),
                ("3. a|\n9. b\n\nwords\n1. c\n1. d", "3. a|\n4. b\n\nwords\n1. c\n1. d"),
                ("8. a\n8. b|\n8. c\n   more\n\n   - d", "8. a\n9. b|\n10. c\n    more\n\n    - d"),
                ("1. a\n   1. b\n   1. c|\n1. d\n   5. e\n   5. f", "1. a\n   1. b\n   2. c|\n2. d\n   5. e\n   6. f"),
                ("> 1. a\n> 1. b|", "> 1. a\n> 2. b|"),
                ("- a|\n  1. b\n  1. c", "- a|\n  1. b\n  2. c"),
                ("1. a\n   ```\n   1. x\n   1. y\n   ```\n1. b|", "1. a\n   ```\n   1. x\n   1. y\n   ```\n2. b|"),
            ],
        );
        declines(renumber_list, &["1. a|\n2. b", "words|", "- a|\n- b", "```\n1. a|\n1. b\n```"]);
    }
}
