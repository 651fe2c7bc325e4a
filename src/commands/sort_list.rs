//! The items of a list by their words. In: a snapshot. Out: an edit. Neighbours: `siblings.rs` and `whole_list.rs` find
//! the items.

use super::changes::Changes;
use super::region::{CodeLine, code_before};
use super::shape::{Marker, Shape};
use super::siblings::owner;
use super::whole_list::whole_list;
use super::{Snapshot, lines, region};
use crate::text::{Edit, Span, downcase};

/// An item with all that stands in it.
struct SortedItem {
    /// Its first line.
    line: Span,
    /// From its first line to the last one that is not blank.
    whole: Span,
    shape: Shape,
    key: String,
}

/// Sorts the items next to the one at the caret by their words, in any case of letters, each with what stands in it. A
/// numbered list keeps its numbers where they stand.
pub fn sort_list(snapshot: &Snapshot) -> Option<Edit> {
    snapshot.selected()?;
    let Snapshot { text, selection } = *snapshot;
    if !region::is_prose(text, selection.start) {
        return None;
    }
    let line = lines::line_at(text, selection.start);
    let (at, shape) = owner(text, line)?;
    let items = siblings(text, &whole_list(text, line)?, at, &shape);
    if !items.iter().any(|item| item.line == at) {
        return None;
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|one, other| items.get(*one).map(|item| &item.key).cmp(&items.get(*other).map(|item| &item.key)));
    let mut changes = Changes::new(text);
    let mut caret = selection.start;
    let mut moved = 0_isize;
    for (place, from) in items.iter().zip(&order) {
        let item = items.get(*from)?;
        let (new, first_line) = written(text, item, place)?;
        if item.line == at {
            // The caret keeps its distance to the end of the item's first line.
            let back = item.line.end.saturating_sub(selection.start);
            let back = back.min(item.line.end.saturating_sub(item.shape.content()));
            caret = place.whole.start.saturating_add_signed(moved) + first_line - back;
        }
        moved += new.len().cast_signed() - place.whole.len().cast_signed();
        changes.replace(place.whole, new);
    }
    changes.edit(Span::at(caret))
}

/// The items in a row at the column of the item at `at`, marked alike.
fn siblings(text: &str, list: &[Span], at: Span, shape: &Shape) -> Vec<SortedItem> {
    let kind = |marker| match marker {
        Marker::Bullet(bullet) => bullet,
        Marker::Number(_, mark) => mark,
    };
    let wanted = shape.item.map(|item| kind(item.marker));
    let mut items: Vec<SortedItem> = Vec::new();
    let mut found = false;
    let mut scan = code_before(text, list.first().map_or(0, |line| line.start));
    for line in list {
        let code = matches!(scan.line(line.of(text)), CodeLine::Inside | CodeLine::Close);
        let this = Shape::of(text, *line);
        if lines::is_blank(text, Span::new(this.quote.end, line.end)) {
            continue;
        }
        let is_sibling = !code && this.column == shape.column && this.item.map(|item| kind(item.marker)) == wanted;
        if is_sibling {
            found |= *line == at;
            let key = downcase(Span::new(this.content(), line.end).of(text).trim());
            items.push(SortedItem { line: *line, whole: *line, shape: this, key });
        } else if this.column > shape.column || code {
            if let Some(last) = items.last_mut() {
                last.whole.end = line.end;
            }
        } else if found {
            break;
        } else {
            items.clear();
        }
    }
    items
}

/// The item with the number of the item that stood in its new place, and the length of its first line, in bytes.
fn written(text: &str, item: &SortedItem, place: &SortedItem) -> Option<(String, usize)> {
    let (from, to) = (item.shape.item?, place.shape.item?);
    let (old, new) = match from.marker {
        Marker::Bullet(_) => (Span::at(from.span.start), ""),
        Marker::Number(..) => (from.digits(text), to.digits(text).of(text)),
    };
    let before = Span::new(item.whole.start, old.start).of(text);
    let first = [before, new, Span::new(old.end, item.line.end).of(text)].concat();
    let by = new.len().cast_signed() - old.len().cast_signed();
    let mut written = first.clone();
    for line in lines::lines_from(text, item.line).skip(1).take_while(|line| line.end <= item.whole.end) {
        let shape = Shape::of(text, line);
        written.push('\n');
        // Code may stand less far in than the item.
        if by == 0 || shape.column <= item.shape.column || lines::is_blank(text, Span::new(shape.quote.end, line.end)) {
            written.push_str(line.of(text));
        } else {
            written.push_str(shape.quote.of(text));
            written.push_str(&" ".repeat(shape.column.saturating_add_signed(by).max(item.shape.column + 1)));
            written.push_str(Span::new(shape.body, line.end).of(text));
        }
    }
    Some((written, first.len()))
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn items_move_with_what_stands_in_them() {
        check(
            sort_list,
            &[
                ("- c|\n- a\n- B", "- a\n- B\n- c|"),
                ("- b\n  - z\n  - y\n\n- a|", "- a|\n\n- b\n  - z\n  - y"),
                ("- b\n  - z\n  - y|\n- a", "- b\n  - y|\n  - z\n- a"),
                ("1. b|\n2. a", "1. a\n2. b|"),
                ("9. b|\n   more\n10. a", "9. a\n10. b|\n    more"),
                ("- [ ] b\n- [x] a|", "- [x] a|\n- [ ] b"),
                ("> - b|\n> - a", "> - a\n> - b|"),
            ],
        );
        declines(sort_list, &["- a|\n- b", "words|", "```\n- b|\n- a\n```", "---\nx:\n- b|\n- a\n---\n"]);
    }
}
