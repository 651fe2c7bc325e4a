//! The difference of two texts, by lines first and by words within what changed. In: two texts. Out: pieces that are
//! kept, removed and added. Neighbours: `diff_rows.rs` shows them.

use super::pairs::{Bag, pairs};
use super::sequence::{LINES, Numbers, Step, WORDS, steps, without_blanks};
use super::words::{count, is_blank, is_word, words};

/// How a piece changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It stands in both texts.
    Kept,
    /// It stands in the old text only.
    Removed,
    /// It stands in the new text only.
    Added,
}

/// A range of one text or of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiffPiece<'t> {
    /// How it changed.
    pub kind: ChangeKind,
    /// The text, never empty.
    pub text: &'t str,
}

/// A line counts as another line if less than one word in this many is unchanged.
const ANOTHER: usize = 3;

/// The difference. The pieces that are not added form the old text; those that are not removed form the new text.
pub fn text_diff<'t>(old: &'t str, new: &'t str) -> Vec<DiffPiece<'t>> {
    let (old_lines, new_lines): (Vec<_>, Vec<_>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let mut out = Vec::new();
    let (mut old_rest, mut new_rest) = (old, new);
    for step in numbered(&old_lines, &new_lines, LINES) {
        let old = take(&mut old_rest, &old_lines, &step.old);
        let new = take(&mut new_rest, &new_lines, &step.new);
        if step.same {
            push(&mut out, ChangeKind::Kept, new);
        } else {
            changed(old, new, &mut out);
        }
    }
    out
}

fn numbered<'t>(old: &[&'t str], new: &[&'t str], most: u64) -> Vec<Step> {
    let mut numbers = Numbers::new();
    let mut of = |parts: &[&'t str]| -> Vec<u32> { parts.iter().map(|&part| numbers.of(part)).collect() };
    let (old, new) = (of(old), of(new));
    steps(&old, &new, most)
}

/// The text of the parts of that range, which stand next in `rest`.
fn take<'t>(rest: &mut &'t str, parts: &[&str], range: &std::ops::Range<usize>) -> &'t str {
    let size = parts.get(range.clone()).unwrap_or(&[]).iter().map(|part| part.len()).sum();
    let (taken, behind) = rest.split_at_checked(size).unwrap_or((rest, ""));
    *rest = behind;
    taken
}

fn push<'t>(out: &mut Vec<DiffPiece<'t>>, kind: ChangeKind, text: &'t str) {
    if !text.is_empty() {
        out.push(DiffPiece { kind, text });
    }
}

/// Compares lines that were replaced. Each is compared with its own version, or all at once if that keeps clearly more
/// words (because the line breaks moved).
fn changed<'t>(old: &'t str, new: &'t str, out: &mut Vec<DiffPiece<'t>>) {
    let mut at_once = Vec::new();
    by_words(old, new, &mut at_once);
    let (old_lines, new_lines): (Vec<_>, Vec<_>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    if old_lines.len().min(new_lines.len()) == 0 || old_lines.len().max(new_lines.len()) == 1 {
        out.extend(at_once);
        return;
    }
    let mut numbers = Numbers::new();
    let mut bags = |lines: &[&'t str]| -> Vec<Bag<'static>> {
        let bag = |line: &&'t str| {
            words(line).into_iter().filter(|word| is_word(word)).map(|word| numbers.of(word)).collect()
        };
        lines.iter().map(bag).map(|words| Bag::new("", words)).collect()
    };
    let (old_bags, new_bags) = (bags(&old_lines), bags(&new_lines));
    let mut one_by_one = Vec::new();
    let (mut old_rest, mut new_rest) = (old, new);
    let (mut at_old, mut at_new) = (0, 0);
    for (row, column) in pairs(&old_bags, &new_bags, false) {
        push(&mut one_by_one, ChangeKind::Removed, take(&mut old_rest, &old_lines, &(at_old..row)));
        push(&mut one_by_one, ChangeKind::Added, take(&mut new_rest, &new_lines, &(at_new..column)));
        (at_old, at_new) = (row + 1, column + 1);
        let old = take(&mut old_rest, &old_lines, &(row..at_old));
        by_words(old, take(&mut new_rest, &new_lines, &(column..at_new)), &mut one_by_one);
    }
    push(&mut one_by_one, ChangeKind::Removed, old_rest);
    push(&mut one_by_one, ChangeKind::Added, new_rest);
    let kept = |pieces: &[DiffPiece<'_>]| -> usize {
        pieces.iter().filter(|piece| piece.kind == ChangeKind::Kept).map(|piece| count(piece.text)).sum()
    };
    out.extend(if kept(&at_once) * 4 > kept(&one_by_one) * 5 { at_once } else { one_by_one });
}

/// Two texts word by word.
fn by_words<'t>(old: &'t str, new: &'t str, out: &mut Vec<DiffPiece<'t>>) {
    if old.is_empty() || new.is_empty() {
        push(out, ChangeKind::Removed, old);
        push(out, ChangeKind::Added, new);
        return;
    }
    let (old_words, new_words) = (words(old), words(new));
    let (mut old_rest, mut new_rest) = (old, new);
    for step in tidy(numbered(&old_words, &new_words, WORDS), &old_words, &new_words) {
        let old = take(&mut old_rest, &old_words, &step.old);
        let new = take(&mut new_rest, &new_words, &step.new);
        if step.same {
            push(out, ChangeKind::Kept, new);
        } else {
            push(out, ChangeKind::Removed, old);
            push(out, ChangeKind::Added, new);
        }
    }
}

/// Steps between words, so that a person can read them: from one kept line end to the next, either enough of the words
/// stay, or the whole of it is called another line.
fn tidy(steps: Vec<Step>, old: &[&str], new: &[&str]) -> Vec<Step> {
    let mut out = Vec::with_capacity(steps.len());
    let mut line: Vec<Step> = Vec::new();
    for step in steps {
        if !step.same {
            line.push(step);
            continue;
        }
        let (mut from_old, mut from_new) = (step.old.start, step.new.start);
        for at in step.old.clone() {
            if old.get(at) == Some(&"\n") {
                let at_new = step.new.start + (at - step.old.start);
                line.push(Step { old: from_old..at, new: from_new..at_new, same: true });
                match finish(&mut line, &mut out, old, new) {
                    // In a line that is called another line, the line end counts as changed, too.
                    Some(another) => (another.old.end, another.new.end) = (at + 1, at_new + 1),
                    None => out.push(Step { old: at..at + 1, new: at_new..at_new + 1, same: true }),
                }
                (from_old, from_new) = (at + 1, at_new + 1);
            }
        }
        line.push(Step { old: from_old..step.old.end, new: from_new..step.new.end, same: true });
    }
    finish(&mut line, &mut out, old, new);
    out
}

/// Ends a line of the answer; what it gives is the step of another line, if it is one.
fn finish<'o>(line: &mut Vec<Step>, out: &'o mut Vec<Step>, old: &[&str], new: &[&str]) -> Option<&'o mut Step> {
    let mut line = std::mem::take(line);
    line.retain(|step| !step.old.is_empty() || !step.new.is_empty());
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return None };
    let (all_old, all_new) = (first.old.start..last.old.end, first.new.start..last.new.end);
    let count = |words: &[&str], range: &std::ops::Range<usize>| {
        words.get(range.clone()).unwrap_or(&[]).iter().filter(|word| is_word(word)).count()
    };
    let kept: usize = line.iter().filter(|step| step.same).map(|step| count(old, &step.old)).sum();
    let of = count(old, &all_old).min(count(new, &all_new));
    if kept * ANOTHER < of {
        out.push(Step { old: all_old, new: all_new, same: false });
        return out.last_mut();
    }
    out.extend(without_blanks(line, |at| old.get(at).is_some_and(|word| is_blank(word))));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(old: &str, new: &str) -> String {
        let sign = |piece: &DiffPiece<'_>| match piece.kind {
            ChangeKind::Kept => piece.text.to_owned(),
            ChangeKind::Removed => format!("[-{}-]", piece.text),
            ChangeKind::Added => format!("{{+{}+}}", piece.text),
        };
        text_diff(old, new).iter().map(sign).collect()
    }

    #[test]
    fn words_that_changed_are_told_within_their_line() {
        assert_eq!(
            show("a\nThe old house stands.\n", "a\nThe new house stands.\n"),
            "a\nThe [-old-]{+new+} house stands.\n"
        );
        assert_eq!(show("one two three four five", "one 2 3 four five"), "one [-two three-]{+2 3+} four five");
        assert_eq!(show("title: A post\n", "title: A long post\n"), "title: A {+long +}post\n");
    }

    #[test]
    fn a_line_of_which_hardly_a_word_stays_is_another_line() {
        let (old, new) = ("It was the best of times, they said.\n", "Nobody knows what the weather will bring.\n");
        assert_eq!(show(old, new), format!("[-{old}-]{{+{new}+}}"));
    }

    #[test]
    fn a_new_line_beside_a_changed_one_is_told_apart_from_it() {
        let (old, new) = ("- two bottles of water\n", "- good shoes\n- three bottles of water\n");
        assert_eq!(show(old, new), "{+- good shoes\n+}- [-two-]{+three+} bottles of water\n");
    }

    #[test]
    fn text_that_is_broken_into_other_lines_keeps_its_words() {
        let words: Vec<String> = (0..40).map(|n| format!("word{n}")).collect();
        let broken = |after: usize| words.chunks(after).map(|line| line.join(" ") + "\n").collect::<String>();
        let shown = show(&broken(8), &broken(11));
        assert!(!shown.contains("[-word") && !shown.contains("{+word"), "{shown}");
    }

    #[test]
    fn whole_lines_come_and_go() {
        assert_eq!(show("a\n\nb\n", "a\n\nx\n\nb\n"), "a\n\n{+x\n\n+}b\n");
        assert_eq!(show("a\nb\n", "a\n"), "a\n[-b\n-]");
        assert_eq!(show("", "a\n"), "{+a\n+}");
        assert_eq!(show("a", "a\n"), "a{+\n+}");
    }

    fn check(old: &str, new: &str) -> Result<(), proptest::test_runner::TestCaseError> {
        let all = text_diff(old, new);
        let without = |kind| all.iter().filter(|p| p.kind != kind).map(|p| p.text).collect::<String>();
        proptest::prop_assert_eq!(without(ChangeKind::Added), old);
        proptest::prop_assert_eq!(without(ChangeKind::Removed), new);
        proptest::prop_assert!(all.iter().all(|piece| !piece.text.is_empty()));
        proptest::prop_assert!(old != new || all.iter().all(|piece| piece.kind == ChangeKind::Kept));
        Ok(())
    }

    proptest::proptest! {
        #[test]
        fn the_pieces_are_both_texts(old in proptest::collection::vec("(é|b|c d|, |\n|---\n| )", 0..30), new in proptest::collection::vec("(é|b|c d|, |\n|---\n| )", 0..30)) {
            check(&old.concat(), &new.concat())?;
        }

        #[test]
        fn any_two_texts_have_a_difference(old in "\\PC{0,40}\n?\\PC{0,9}", new in "\\PC{0,40}\n?\\PC{0,9}") {
            check(&old, &new)?;
        }
    }
}
