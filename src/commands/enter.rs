//! Enter: goes on with lists, tasks and quotes, and ends them on an empty line. In: a snapshot. Out: an edit, or `None`
//! if the browser inserts a plain newline. Neighbours: `shape.rs` reads the line, `indent.rs` moves an empty inner item
//! out.

use super::changes::Changes;
use super::indent::outdent;
use super::shape::{ListItem, Marker, Shape};
use super::siblings::{next_number, owner, renumber};
use super::{Snapshot, lines, region};
use crate::text::{Edit, Span};

/// How many items one line may start; a line of nothing but markers would else be read over and over.
const MAX_ITEMS: usize = 32;

/// The innermost thing that a line goes on with.
#[derive(Clone, Copy)]
enum Inner {
    /// The quote marks.
    Quote(Span),
    /// The item, and the shape it was read with.
    Item(Shape, ListItem),
}

/// What stands before a line's words.
struct LineMarks {
    /// What the next line starts with to stay in everything but the innermost.
    outer: String,
    inner: Inner,
    /// Where the words start.
    content: usize,
    /// Whether an item starts on this line outside the innermost mark.
    nested: bool,
}

/// What Enter does: a new item, task or quoted line; on an empty one, its end; within an item, a line that stays in it.
/// `None` in code, in the front matter, over several lines, and wherever there is nothing to go on with.
pub fn enter(snapshot: &Snapshot) -> Option<Edit> {
    snapshot.selected()?;
    let Snapshot { text, selection } = *snapshot;
    let line = lines::line_at(text, selection.start);
    if selection.end > line.end {
        return None;
    }
    let Some(marks) = marks(text, line) else { return within_item(snapshot, line) };
    if selection.start < marks.content || !region::is_prose(text, selection.start) {
        return None;
    }
    if lines::is_blank(text, Span::new(marks.content, line.end)) {
        return leave(snapshot, line, &marks);
    }
    let mut changes = Changes::new(text);
    let mut new = ["\n", &marks.outer].concat();
    match marks.inner {
        Inner::Quote(quote) => new.push_str(quote.of(text)),
        Inner::Item(shape, item) => {
            let marker = item.span.of(text);
            match item.marker {
                Marker::Bullet(_) => new.push_str(marker),
                Marker::Number(value, delimiter) => {
                    let next = if marks.nested { value + 1 } else { next_number(text, line, &shape, value) };
                    new.push_str(&next.to_string());
                    new.push(delimiter);
                    new.push_str(marker.trim_start_matches(|c: char| c.is_ascii_digit() || c == delimiter));
                    if next != value && !marks.nested {
                        renumber(text, lines::next_line(text, line), shape.column, next, next + 1, &mut changes);
                    }
                }
            }
            if item.task.is_some() {
                new.push_str("[ ] ");
            }
        }
    }
    let rest = Span::new(selection.end, line.end).of(text);
    let space = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let caret = selection.start + new.len();
    changes.replace(Span::new(selection.start, selection.end + space), new);
    changes.edit(Span::at(caret))
}

/// Reads the quote marks and list markers of a line; `None` where it has none.
fn marks(text: &str, line: Span) -> Option<LineMarks> {
    let mut outer = String::new();
    let mut inner: Option<Inner> = None;
    let mut at = line.start;
    let mut items = 0;
    loop {
        let shape = Shape::of(text, Span::new(at, line.end));
        if !shape.quote.is_empty() {
            outer.push_str(&inner.map_or(String::new(), |inner| continued(text, inner)));
            inner = Some(Inner::Quote(shape.quote));
            at = shape.quote.end;
        }
        let Some(item) = shape.item.filter(|_| items < MAX_ITEMS) else { break };
        outer.push_str(&inner.map_or(String::new(), |inner| continued(text, inner)));
        outer.push_str(shape.indentation().of(text));
        inner = Some(Inner::Item(shape, item));
        items += 1;
        at = item.content();
    }
    let nested = match inner? {
        Inner::Item(..) => items > 1,
        Inner::Quote(_) => items > 0,
    };
    Some(LineMarks { outer, inner: inner?, content: at, nested })
}

/// What keeps the next line in a quote or an item.
fn continued(text: &str, inner: Inner) -> String {
    match inner {
        Inner::Quote(quote) => quote.of(text).to_owned(),
        Inner::Item(_, item) => " ".repeat(item.width),
    }
}

/// Ends what an empty line stands in: an inner item becomes one of the list around it; else the mark goes, and a blank
/// line comes, without which kramdown would take the next words into what has just ended.
fn leave(snapshot: &Snapshot, line: Span, marks: &LineMarks) -> Option<Edit> {
    let text = snapshot.text;
    let mut changes = Changes::new(text);
    let outer = match marks.inner {
        Inner::Item(_, item) if marks.nested => {
            changes.delete(Span::new(item.span.start, line.end));
            return changes.edit(Span::at(item.span.start));
        }
        Inner::Quote(quote) if marks.nested => {
            changes.delete(Span::new(quote.start, line.end));
            return changes.edit(Span::at(quote.start));
        }
        Inner::Item(shape, _) => {
            if shape.column > 0
                && let Some(edit) = outdent(snapshot)
            {
                return Some(edit);
            }
            shape.quote.of(text).to_owned()
        }
        Inner::Quote(quote) => {
            let quote = quote.of(text);
            let outer = quote.rfind('>').and_then(|at| quote.get(..at)).unwrap_or("");
            if outer.contains('>') { outer.to_owned() } else { String::new() }
        }
    };
    let blank_before = lines::previous_line(text, line)
        .is_none_or(|before| before.of(text).trim_start_matches([' ', '\t', '>']).is_empty());
    let new = if blank_before { outer } else { [outer.trim_end(), "\n", &outer].concat() };
    let caret = line.start + new.len();
    changes.replace(line, new);
    changes.edit(Span::at(caret))
}

/// Within an item's further lines: a newline and the same indentation, so that the next line stays in the item.
fn within_item(snapshot: &Snapshot, line: Span) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let shape = Shape::of(text, line);
    if selection.start < shape.body || owner(text, line).is_none() || !region::is_prose(text, selection.start) {
        return None;
    }
    let new = ["\n", shape.indentation().of(text)].concat();
    let caret = selection.start + new.len();
    let mut changes = Changes::new(text);
    changes.replace(selection, new);
    changes.edit(Span::at(caret))
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn lists_tasks_and_quotes_go_on() {
        check(
            enter,
            &[
                ("- é|", "- é\n- |"),
                ("* a|\nb", "* a\n* |\nb"),
                ("- a|b", "- a\n- |b"),
                ("- a| b", "- a\n- |b"),
                ("- |a", "- \n- |a"),
                ("- a|b|c", "- a\n- |c"),
                ("-   a|", "-   a\n-   |"),
                ("  - a|b", "  - a\n  - |b"),
                ("- [x] a|", "- [x] a\n- [ ] |"),
                ("> a|", "> a\n> |"),
                ("> > a|", "> > a\n> > |"),
                ("> - a|", "> - a\n> - |"),
                ("- > a|", "- > a\n  > |"),
                ("- - a|", "- - a\n  - |"),
            ],
        );
    }

    #[test]
    fn numbers_count_on_and_those_after_make_room() {
        check(
            enter,
            &[
                ("1. a|", "1. a\n2. |"),
                ("9. a|", "9. a\n10. |"),
                ("3) a|b", "3) a\n4) |b"),
                ("1. a|\n2. b\n3. c\n\nx", "1. a\n2. |\n3. b\n4. c\n\nx"),
                ("1. a|\n   - x\n2. b", "1. a\n2. |\n   - x\n3. b"),
                ("1. a|\n2. b\n7. c", "1. a\n2. |\n3. b\n7. c"),
                ("1. a\n1. b|\n1. c", "1. a\n1. b\n1. |\n1. c"),
                ("8. a|\n9. b\n   more", "8. a\n9. |\n9. b\n   more"),
                ("8. a|\n9. b\n10. c", "8. a\n9. |\n10. b\n11. c"),
            ],
        );
    }

    #[test]
    fn an_empty_item_ends_the_list() {
        check(
            enter,
            &[
                ("- a\n- |", "- a\n\n|"),
                ("- a\n\n- |\nb", "- a\n\n|\nb"),
                ("- |", "|"),
                ("- a\n- [ ] |", "- a\n\n|"),
                ("9. a\n10. |", "9. a\n\n|"),
                ("- a\n  - b\n  - |", "- a\n  - b\n- |"),
                ("1. a\n   - |", "1. a\n2. |"),
                ("> - a\n> - |", "> - a\n>\n> |"),
                ("> a\n> |", "> a\n\n|"),
                ("> a\n>\n> |", "> a\n>\n|"),
                ("> > a\n> > |", "> > a\n>\n> |"),
                ("- - |", "- |"),
            ],
        );
    }

    #[test]
    fn further_lines_of_an_item_stay_in_it() {
        check(enter, &[("- a\n  b|", "- a\n  b\n  |"), ("1. a\n\n   b|c", "1. a\n\n   b\n   |c")]);
    }

    #[test]
    fn elsewhere_a_newline_is_a_newline() {
        declines(
            enter,
            &[
                "a|",
                "|",
                "|- a",
                "-| a",
                "    a|",
                "- - -|",
                "---|",
                "-a|",
                "**a** b|",
                "- a|\n- b|",
                "---\ntags:\n  - a|\n---\n",
                "---\ntags:\n- a|",
                "```\n- a|\n```",
                "- b\n\n  ```\n  - a|\n",
                "- ```js|",
                "{% highlight text %}\n- a|\n{% endhighlight %}",
                "- a\n  |",
            ],
        );
    }
}
