//! What holds for every command on every text. In: random texts rich in marks and wide characters. Out: checks.
//! Neighbours: `table.rs`, which lists the commands.

use proptest::prelude::*;

use super::{COMMANDS, CommandFunction, FUNCTIONS, Snapshot, bold, code, italic, paste_link};
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

/// Each command with its id.
fn runs() -> impl Iterator<Item = (&'static str, CommandFunction)> {
    COMMANDS.iter().filter_map(|command| Some((command.id, (FUNCTIONS.by_id)(command.id)?)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn every_edit_fits_and_is_minimal((text, selection) in snapshot()) {
        let snapshot = Snapshot { text: &text, selection };
        for (_, run) in runs() {
            if let Some(edit) = run(&snapshot) {
                check(&text, &edit)?;
            }
        }
        if let Some(edit) = paste_link(&snapshot, "https://a.example/(b|c") {
            check(&text, &edit)?;
        }
    }

    #[test]
    fn words_are_never_lost((text, selection) in snapshot()) {
        for (id, run) in runs() {
            // These write or remove words on purpose: addresses and languages.
            if ["link", "image", "code-block"].contains(&id) || (id == "continue" && !selection.is_empty()) {
                continue;
            }
            if let Some(edit) = run(&Snapshot { text: &text, selection }) {
                let after = edit.apply(&text);
                prop_assert_eq!(letters(&after), letters(&text), "{} made {:?}", id, after);
            }
        }
    }

    #[test]
    fn a_selection_that_does_not_fit_is_left_alone(text in text(), start in 0_usize..80, end in 0_usize..80) {
        let snapshot = Snapshot { text: &text, selection: Span { start, end } };
        if text.get(start..end).is_none() {
            for (_, run) in runs() {
                prop_assert_eq!(run(&snapshot), None);
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
