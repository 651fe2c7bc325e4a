//! Two versions of a post compared: their texts word by word, and their previews. In: texts and the tokens of both
//! previews. Out: tokens to show. Knows no browser, never fails. Neighbours: `markdown/` gives the previews' tokens,
//! `app/tools.rs` calls this, so that only that part of the program contains it.
//!
//! | file | what it holds |
//! |---|---|
//! | `sequence.rs` | what two lists of numbers have in common: the one place that knows the diff library |
//! | `words.rs` | a text as words, spaces and marks |
//! | `text_diff.rs` | the difference of two texts: kept, removed, added |
//! | `diff_rows.rs` | that difference line by line, with numbers, long unchanged ranges folded |
//! | `token_tree.rs` | tokens as a tree whose equal parts have equal numbers |
//! | `pairs.rs` | which elements of two lists are versions of each other |
//! | `preview_diff.rs` | the difference of two previews, with `ins` and `del` in it |

mod diff_rows;
mod pairs;
mod preview_diff;
mod sequence;
mod text_diff;
mod token_tree;
mod words;

pub use diff_rows::{DiffRow, rows};
pub use preview_diff::preview_diff;
pub use text_diff::{ChangeKind, DiffPiece, text_diff};

use crate::markdown::token::Token;

/// The styles of the marks in the preview.
const STYLES: &str = include_str!("../../styles/compare-preview.css");

/// The lists of tokens that `compare` gives: a sentence on the difference, the rows of the texts, the header of the
/// post, then the blocks of its body, and the styles of the marks in it.
pub type Lists = Vec<Vec<Token<'static>>>;

/// A preview: the tokens of its header, then those of each block.
pub type PreviewTokens<'t> = [Vec<Token<'t>>];

/// Compares two texts and their previews.
pub fn compare(old: &str, new: &str, old_preview: &PreviewTokens<'_>, new_preview: &PreviewTokens<'_>) -> Lists {
    let pieces = text_diff(old, new);
    let (shown, preview_differs) = preview_diff(old_preview, new_preview);
    let mut lists =
        vec![vec![Token::Text(sentence(&pieces, preview_differs).into())], diff_rows::tokens(&rows(&pieces))];
    lists.extend(shown);
    // The frame's policy allows styles within it; last, so that no block's place changes by it.
    let style = Token::Open { name: "style".into(), attributes: Vec::new(), span: None };
    lists.push(vec![style, Token::Text(STYLES.into()), Token::Close]);
    lists
}

/// Says in words how much differs.
fn sentence(pieces: &[DiffPiece<'_>], preview_differs: bool) -> String {
    if pieces.iter().all(|piece| piece.kind == ChangeKind::Kept) {
        return "There is no difference.".to_owned();
    }
    let count = |kind| -> usize {
        pieces.iter().filter(|piece| piece.kind == kind).map(|piece| words::count(piece.text)).sum()
    };
    let mut out = match (count(ChangeKind::Added), count(ChangeKind::Removed)) {
        (0, 0) => "Only spaces, line ends or punctuation differ.".to_owned(),
        (added, removed) => {
            let unit = if added == 1 { " word" } else { " words" };
            [&added.to_string(), unit, " added, ", &removed.to_string(), " removed."].concat()
        }
    };
    if !preview_differs {
        out.push_str(" The preview looks the same.");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_counts_words_and_says_when_there_is_nothing_to_see() {
        let say = |old: &str, new: &str| sentence(&text_diff(old, new), true);
        assert_eq!(say("a b", "a b"), "There is no difference.");
        assert_eq!(say("one two three four", "one two 2 three four"), "1 word added, 0 removed.");
        assert_eq!(say("one two three four\n", "one five six three four\n"), "2 words added, 1 removed.");
        assert_eq!(say("one two\n", "one two \n"), "Only spaces, line ends or punctuation differ.");
        assert!(sentence(&text_diff("a *b*", "a _b_"), false).ends_with(" The preview looks the same."));
    }
}
