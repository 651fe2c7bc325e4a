//! The fixes that the page offers as buttons, made in files. In: a file and its diagnostics. Out: the text with the
//! fixes, or the difference. Neighbours: `check.rs` asks and writes; the checks give the fixes.

use similar::TextDiff;

use super::File;
use crate::text::{Diagnostic, Edit};

/// How often fixes are made. A fix may lead to a diagnostic with another fix; if that goes on for longer, the fixes
/// undo each other.
const ROUNDS: usize = 10;

/// The text of the file after all fixes of the diagnostics that `reported` gives, and the fixes that follow from them.
pub(super) fn fixed(file: &File, reported: impl Fn(&File) -> Vec<Diagnostic>) -> String {
    let mut file = file.clone();
    for _ in 0..ROUNDS {
        let fixes = reported(&file).into_iter().filter_map(|diagnostic| diagnostic.fix).map(|fix| fix.edit);
        let text = applied(&file.text, fixes.collect());
        if text == file.text {
            break;
        }
        file.text = text;
    }
    file.text
}

/// The text after all edits. Their spans are of the text before; of two that overlap the first is made.
fn applied(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        if edit.span.start < at {
            continue;
        }
        let (Some(before), true) = (text.get(at..edit.span.start), text.is_char_boundary(edit.span.end)) else {
            continue;
        };
        out.push_str(before);
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// What changes, as a patch that `git apply` takes; empty where nothing does.
pub(super) fn diff(path: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let (from, to) = (["a/", path].concat(), ["b/", path].concat());
    TextDiff::from_lines(old, new).unified_diff().header(&from, &to).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { span: Span::new(start, end), text: text.to_owned(), selection: Span::at(0) }
    }

    #[test]
    fn edits_of_one_text_are_made_together_and_never_over_each_other() {
        assert_eq!(applied("abcd", vec![edit(3, 4, "D"), edit(0, 1, "A")]), "AbcD");
        assert_eq!(applied("abcd", vec![edit(0, 2, "x"), edit(1, 3, "y")]), "xcd");
        assert_eq!(applied("ab", vec![edit(1, 1, "-"), edit(1, 1, "+")]), "a-+b");
        assert_eq!(applied("é", vec![edit(0, 1, "x")]), "é");
        assert_eq!(applied("ab", vec![edit(1, 9, "x")]), "ab");
    }
}
