//! Caret strings for tests: `"a |b|"` is the text `a b` with `b` selected, one `|` is a caret.
//! Neighbours: the tests of every command.

use super::Snapshot;
use crate::text::{Edit, Span};

/// Splits a caret string into the text and the selection; `mark` stands for the caret.
fn parse(mark: char, marked: &str) -> (String, Span) {
    let places: Vec<usize> = marked.match_indices(mark).map(|(at, _)| at).collect();
    let text = marked.replace(mark, "");
    match places[..] {
        [caret] => (text, Span::at(caret)),
        [start, end] => (text, Span::new(start, end - 1)),
        _ => panic!("one or two {mark} in {marked:?}"),
    }
}

/// The caret string of a text and a selection.
fn show(mark: char, text: &str, selection: Span) -> String {
    let mut marked = text.to_owned();
    if !selection.is_empty() {
        marked.insert(selection.end, mark);
    }
    marked.insert(selection.start, mark);
    marked
}

/// What the command makes of a caret string; `None` where it declines.
pub(super) fn run(command: impl Fn(&Snapshot) -> Option<Edit>, before: &str) -> Option<String> {
    run_with('|', command, before)
}

fn run_with(mark: char, command: impl Fn(&Snapshot) -> Option<Edit>, before: &str) -> Option<String> {
    let (text, selection) = parse(mark, before);
    let edit = command(&Snapshot { text: &text, selection })?;
    Some(show(mark, &edit.apply(&text), edit.selection))
}

/// Checks each `(before, after)`.
#[track_caller]
pub(super) fn check(command: impl Fn(&Snapshot) -> Option<Edit>, cases: &[(&str, &str)]) {
    check_with('|', command, cases);
}

/// Checks that the command declines each of these.
#[track_caller]
pub(super) fn declines(command: impl Fn(&Snapshot) -> Option<Edit>, cases: &[&str]) {
    declines_with('|', command, cases);
}

/// Checks each `(before, after)`, in which `mark` is the caret: a table has `|` of its own.
#[track_caller]
pub(super) fn check_with(mark: char, command: impl Fn(&Snapshot) -> Option<Edit>, cases: &[(&str, &str)]) {
    for (before, after) in cases {
        assert_eq!(run_with(mark, &command, before).as_deref(), Some(*after), "from {before:?}");
    }
}

/// Checks that the command declines each of these, in which `mark` is the caret.
#[track_caller]
pub(super) fn declines_with(mark: char, command: impl Fn(&Snapshot) -> Option<Edit>, cases: &[&str]) {
    for before in cases {
        assert_eq!(run_with(mark, &command, before), None, "from {before:?}");
    }
}
