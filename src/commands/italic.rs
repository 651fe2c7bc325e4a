//! Italic: `*emphasis*`. In: a snapshot. Out: an edit. Neighbours: `wrap.rs` does the work; `table.rs` lists it.

use super::inline::Delimiter;
use super::{Snapshot, wrap};
use crate::text::Edit;

/// Makes the selection or the word under the caret italic, or no longer italic. Writes `*`, which works within words
/// too; takes `_` off as well.
pub fn italic(snapshot: &Snapshot) -> Option<Edit> {
    wrap::toggle(snapshot, &[Delimiter { mark: b'*', width: 1 }, Delimiter { mark: b'_', width: 1 }])
}

#[cfg(test)]
mod tests {
    use super::super::caret::check;
    use super::*;

    #[test]
    fn it_wraps_and_unwraps() {
        check(
            italic,
            &[
                ("a |b|", "a *|b|*"),
                ("a *|b|*", "a |b|"),
                ("a |*b*|", "a |b|"),
                ("_|a|_", "|a|"),
                ("wo|rd", "*wo|rd*"),
                ("a | b", "a *|* b"),
                ("a *|* b", "a | b"),
            ],
        );
    }

    #[test]
    fn bold_is_not_mistaken_for_italic() {
        check(
            italic,
            &[
                ("**|a|**", "***|a|***"),
                ("***|a|***", "**|a|**"),
                ("**a |b| c**", "**a *|b|* c**"),
                ("|2 * 3|", "*|2 * 3|*"),
                ("|- a|\n", "- *|a|*\n"),
                ("\\*|a|*", "\\**|a|**"),
            ],
        );
    }

    #[test]
    fn a_name_with_underscores_stays_whole() {
        check(italic, &[("snake_|case_name", "*snake_|case_name*")]);
    }
}
