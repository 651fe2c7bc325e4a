//! Caret strings for tests: `"a |b|"` is the text `a b` with `b` selected, one `|` is a caret.
//! Neighbours: the tests of every command.

use super::Snapshot;
use crate::text::{Edit, Span};

/// Splits a caret string into the text and the selection.
pub(super) fn parse(marked: &str) -> (String, Span) {
    let places: Vec<usize> = marked.match_indices('|').map(|(at, _)| at).collect();
    let text = marked.replace('|', "");
    match places[..] {
        [caret] => (text, Span::at(caret)),
        [start, end] => (text, Span::new(start, end - 1)),
        _ => panic!("one or two | in {marked:?}"),
    }
}

/// The caret string of a text and a selection.
fn show(text: &str, selection: Span) -> String {
    let mut marked = text.to_owned();
    if !selection.is_empty() {
        marked.insert(selection.end, '|');
    }
    marked.insert(selection.start, '|');
    marked
}

/// What the command makes of a caret string; `None` where it declines.
pub(super) fn run(command: impl Fn(&Snapshot) -> Option<Edit>, before: &str) -> Option<String> {
    let (text, selection) = parse(before);
    let edit = command(&Snapshot { text: &text, selection })?;
    Some(show(&edit.apply(&text), edit.selection))
}

/// Checks each `(before, after)`.
#[track_caller]
pub(super) fn check(command: impl Fn(&Snapshot) -> Option<Edit>, cases: &[(&str, &str)]) {
    for (before, after) in cases {
        assert_eq!(run(&command, before).as_deref(), Some(*after), "from {before:?}");
    }
}

/// Checks that the command declines each of these.
#[track_caller]
pub(super) fn declines(command: impl Fn(&Snapshot) -> Option<Edit>, cases: &[&str]) {
    for before in cases {
        assert_eq!(run(&command, before), None, "from {before:?}");
    }
}
