//! What holds for every command on every text. In: random texts rich in marks and wide characters. Out: checks.
//! Neighbours: `table.rs` and `more_commands.rs`, which list the commands.

use proptest::prelude::*;

use super::line_block::LineBlock;
use super::{
    COMMANDS, FUNCTIONS, MORE_COMMANDS, MORE_FUNCTIONS, Snapshot, bold, code, delete_lines, duplicate_lines,
    heading_down, heading_up, italic, lines, lines_down, lines_up, paste_link, renumber_list, sort_list, surround,
};
use crate::post::date::DateTime;
use crate::text::{Edit, Span};

const PARTS: &[&str] = &[
    "a",
    "b c",
    " ",
    "  ",
    "\n",
    "\n\n",
    "*",
    "**",
    "***",
    "_",
    "__",
    "~~",
    "`",
    "``",
    "```",
    "\n```\n",
    "~~~\n",
    "[",
    "]",
    "](",
    "(",
    ")",
    "!",
    "- ",
    "\n- ",
    "\n  - ",
    "* ",
    "+ ",
    "1. ",
    "\n9. ",
    "\n10. ",
    "\n   1. ",
    "[ ] ",
    "[x] ",
    "> ",
    "\n> ",
    ">",
    "#",
    "## ",
    "\n---\n",
    "---\n",
    "===",
    "\t",
    "|",
    "é",
    "漢字",
    "😀",
    "e\u{301}",
    "\\",
    "{% highlight x %}\n",
    "{% endhighlight %}\n",
    "{:",
    "<a ",
    "https://a.example",
    "\u{a0}",
    "\u{2028}",
    "999999999. ",
    "\r",
    "\n| a | b\n",
    "|--|\n",
    "[^1]",
    "\n[^1]: ",
    "a,\"b",
    "{:toc}",
    "\n===\n",
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PARTS), 0..24).prop_map(|parts| parts.concat())
}

/// Lines of lists, quotes and what stands in them.
fn list() -> impl Strategy<Value = String> {
    const INDENTS: &[&str] = &["", "", "  ", "   ", "    ", "> ", ">   ", "\t"];
    const MARKERS: &[&str] = &["- ", "* ", "1. ", "2. ", "9. ", "10. ", "- [ ] ", "", "> "];
    const WORDS: &[&str] = &["a", "é b", "*c*", "", "漢"];
    let line = (proptest::sample::select(INDENTS), proptest::sample::select(MARKERS), proptest::sample::select(WORDS));
    proptest::collection::vec(line.prop_map(|(indent, marker, word)| [indent, marker, word, "\n"].concat()), 1..10)
        .prop_map(|lines| lines.concat())
}

/// A text and a selection on character boundaries.
fn snapshot() -> impl Strategy<Value = (String, Span)> {
    (prop_oneof![text(), list()], any::<proptest::sample::Index>(), any::<proptest::sample::Index>(), any::<bool>())
        .prop_map(|(text, one, other, caret)| {
            let boundaries: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
            let one = *one.get(&boundaries);
            let other = if caret { one } else { *other.get(&boundaries) };
            (text, Span::new(one.min(other), one.max(other)))
        })
}

/// The letters of a text but `x`, which may be a task's state.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic() && *c != 'x').collect()
}

/// The same in the order of the alphabet.
fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = letters(text).chars().collect();
    letters.sort_unstable();
    letters
}

/// Checks that the edit fits the text, changes something, and changes nothing that it need not.
fn check(text: &str, edit: &Edit) -> Result<(), TestCaseError> {
    let Edit { span, text: new, selection } = edit;
    prop_assert!(span.start <= span.end && text.get(span.start..span.end).is_some(), "the span fits");
    let after = edit.apply(text);
    prop_assert_eq!(after.len() + span.len(), text.len() + new.len());
    prop_assert!(
        after.get(selection.start..selection.end).is_some(),
        "the selection fits: {:?} in {:?}",
        selection,
        after
    );
    let old = span.of(text);
    prop_assert!(old != new, "something changes");
    let same = |a: Option<char>, b: Option<char>| a.is_some() && a == b;
    prop_assert!(!same(old.chars().next(), new.chars().next()), "nothing at the start stays");
    prop_assert!(!same(old.chars().next_back(), new.chars().next_back()), "nothing at the end stays");
    Ok(())
}

/// The ids of all commands.
fn ids() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().chain(MORE_COMMANDS).map(|command| command.id)
}

/// What the command of that id does.
fn run(id: &str, snapshot: &Snapshot) -> Option<Edit> {
    match (FUNCTIONS.by_id)(id) {
        Some(run) => run(snapshot),
        None => (MORE_FUNCTIONS.run)(id, snapshot, || DateTime::from_unix(1_772_701_624, 60)),
    }
}

/// Whether the edit moves the caret and nothing else, which these commands may do.
fn only_moves(id: &str, edit: &Edit) -> bool {
    ["footnote", "next-cell", "previous-cell"].contains(&id) && edit.span.is_empty() && edit.text.is_empty()
}

/// The selection after an edit, with the text that it is in.
fn after<'a>(text: &'a str, edit: &Edit) -> Snapshot<'a> {
    Snapshot { text, selection: edit.selection }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn every_edit_fits_and_is_minimal((text, selection) in snapshot()) {
        let snapshot = Snapshot { text: &text, selection };
        for id in ids() {
            if let Some(edit) = run(id, &snapshot) {
                if only_moves(id, &edit) {
                    prop_assert!(text.get(edit.selection.start..edit.selection.end).is_some(), "{}", id);
                } else {
                    check(&text, &edit)?;
                }
            }
        }
        if let Some(edit) = surround(&snapshot, '(') {
            check(&text, &edit)?;
        }
        if let Some(edit) = paste_link(&snapshot, "https://a.example/(b|c") {
            check(&text, &edit)?;
        }
    }

    #[test]
    fn words_are_never_lost((text, selection) in snapshot()) {
        for id in ids() {
            // These write or remove words on purpose: addresses, languages, tags, whole lines and cells.
            const WRITES: &[&str] = &[
                "link", "image", "code-block", "duplicate-lines", "delete-lines", "delete-row", "delete-column",
                "make-table", "post-url", "link-tag", "include-tag", "excerpt-separator", "table-of-contents",
                "attribute-list", "date-now",
            ];
            if WRITES.contains(&id) || (id == "continue" && !selection.is_empty()) {
                continue;
            }
            if let Some(edit) = run(id, &Snapshot { text: &text, selection }) {
                let after = edit.apply(&text);
                if ["lines-up", "lines-down", "sort-list"].contains(&id) {
                    prop_assert_eq!(sorted(&after), sorted(&text), "{} made {:?}", id, after);
                } else {
                    prop_assert_eq!(letters(&after), letters(&text), "{} made {:?}", id, after);
                }
            }
        }
    }

    #[test]
    fn commands_for_lines_leave_all_other_lines_alone((text, selection) in snapshot()) {
        let snapshot = Snapshot { text: &text, selection };
        let first = lines::line_at(&text, selection.start);
        let last = lines::line_at(&text, selection.end);
        let from = lines::previous_line(&text, first).unwrap_or(first).start;
        let to = lines::next_line(&text, last).unwrap_or(last).end;
        for id in ["lines-up", "lines-down", "duplicate-lines", "delete-lines", "join-lines", "heading-up", "heading-down", "toggle-task"] {
            if let Some(edit) = run(id, &snapshot) {
                prop_assert!(from <= edit.span.start && edit.span.end <= to, "{}: {:?}", id, edit);
            }
        }
    }

    #[test]
    fn lines_that_went_up_come_down_again((mut text, selection) in snapshot()) {
        text.push('\n');
        let snapshot = Snapshot { text: &text, selection };
        let Some(edit) = lines_up(&snapshot) else { return Ok(()) };
        let up = edit.apply(&text);
        // A line of hyphens that comes first opens a front matter.
        if up.starts_with("---") {
            return Ok(());
        }
        let down = lines_down(&after(&up, &edit));
        let back = down.as_ref().map(|down| (down.apply(&up), down.selection));
        prop_assert_eq!(back, Some((text.clone(), selection)));
    }

    #[test]
    fn lines_written_twice_and_deleted_once_are_there((text, selection) in snapshot()) {
        let snapshot = Snapshot { text: &text, selection };
        let Some(edit) = duplicate_lines(&snapshot) else { return Ok(()) };
        let twice = edit.apply(&text);
        let once = delete_lines(&after(&twice, &edit)).map(|edit| edit.apply(&twice));
        prop_assert_eq!(once.as_deref(), Some(text.as_str()));
        prop_assert!(LineBlock::of(&snapshot).is_some());
    }

    #[test]
    fn headings_that_went_down_go_up_again((text, selection) in snapshot()) {
        let Some(edit) = heading_down(&Snapshot { text: &text, selection }) else { return Ok(()) };
        let down = edit.apply(&text);
        // A heading that had a line under it is written otherwise from the third level on.
        if down.lines().count() != text.lines().count() || down.contains("---") || down.contains("===") {
            return Ok(());
        }
        let up = heading_up(&after(&down, &edit)).map(|edit| edit.apply(&down));
        prop_assert_eq!(up.as_deref(), Some(text.as_str()));
    }

    #[test]
    fn a_list_in_order_stays_as_it_is((text, selection) in snapshot()) {
        for command in [renumber_list, sort_list] {
            if let Some(edit) = command(&Snapshot { text: &text, selection }) {
                let ordered = edit.apply(&text);
                prop_assert_eq!(command(&after(&ordered, &edit)), None, "{:?}", ordered);
            }
        }
    }

    #[test]
    fn a_selection_that_does_not_fit_is_left_alone(text in text(), start in 0_usize..80, end in 0_usize..80) {
        let snapshot = Snapshot { text: &text, selection: Span { start, end } };
        if text.get(start..end).is_none() {
            for id in ids() {
                prop_assert_eq!(run(id, &snapshot), None);
            }
        }
    }

    #[test]
    fn wrapping_twice_gives_the_text_back((text, selection) in snapshot()) {
        for (command, mark) in [(bold as fn(&Snapshot) -> Option<Edit>, "**"), (italic, "*"), (code, "`")] {
            let Some(edit) = command(&Snapshot { text: &text, selection }) else { continue };
            let after = edit.apply(&text);
            let inside = edit.selection.of(&after).to_owned();
            // The first application wrapped one range and changed nothing inside it.
            if edit.text != [mark, &inside, mark].concat() || edit.span.of(&text) != inside {
                continue;
            }
            let back = command(&Snapshot { text: &after, selection: edit.selection }).map(|edit| edit.apply(&after));
            prop_assert_eq!(back.as_deref(), Some(text.as_str()));
        }
    }
}
