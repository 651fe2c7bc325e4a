//! A selection put between a pair of marks. In: a snapshot and the character that was typed. Out: an edit, or `None`:
//! then the character takes the place of the selection. Neighbours: `region.rs` finds the front matter.

use super::changes::Changes;
use super::{Snapshot, region};
use crate::text::Edit;

/// The pairs: what is typed, what stands behind the selection then, and whether it means something in YAML.
const PAIRS: &[(char, &str, bool)] = &[
    ('*', "*", false),
    ('_', "_", false),
    ('`', "`", false),
    ('~', "~", false),
    ('(', ")", true),
    ('[', "]", true),
    ('{', "}", true),
    ('"', "\"", true),
    ('\'', "'", true),
    ('“', "”", true),
    ('‘', "’", true),
    ('«', "»", true),
    ('„', "“", true),
];

/// Puts the selection between `typed` and the character that closes it. The same words stay selected, so that the same
/// key twice writes `**`.
pub fn surround(snapshot: &Snapshot, typed: char) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let (open, close, yaml) = *PAIRS.iter().find(|(open, ..)| *open == typed)?;
    if snapshot.selected()?.is_empty() || (!yaml && selection.start < region::front_matter_end(text)) {
        return None;
    }
    let mut changes = Changes::new(text);
    changes.insert(selection.start, open);
    changes.insert(selection.end, close);
    changes.edit(selection.shifted(open.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn the_first_load_knows_the_signs() {
        assert!(PAIRS.iter().all(|(sign, ..)| crate::commands::may_surround(*sign)));
    }

    #[test]
    fn the_words_stay_selected_between_the_marks() {
        check(|s| surround(s, '*'), &[("a |é| b", "a *|é|* b"), ("a *|é|* b", "a **|é|** b")]);
        check(|s| surround(s, '«'), &[("|a\nb|", "«|a\nb|»")]);
        check(|s| surround(s, '"'), &[("---\nt: |a|\n---\n", "---\nt: \"|a|\"\n---\n")]);
        declines(|s| surround(s, '('), &["a|"]);
        declines(|s| surround(s, 'x'), &["|a|"]);
        declines(|s| surround(s, '*'), &["---\nt: |a|\n---\n"]);
    }
}
