//! Strikethrough: `~~deleted~~`, which kramdown's GFM reader, Jekyll's default, knows. In: a snapshot. Out: an edit.
//! Neighbours: `wrap.rs` does the work; `table.rs` lists it.

use super::inline::Delimiter;
use super::{Snapshot, wrap};
use crate::text::Edit;

/// Strikes the selection or the word under the caret through, or no longer.
pub fn strikethrough(snapshot: &Snapshot) -> Option<Edit> {
    wrap::toggle(snapshot, &[Delimiter { mark: b'~', width: 2 }])
}

#[cfg(test)]
mod tests {
    use super::super::caret::check;
    use super::*;

    #[test]
    fn it_wraps_and_unwraps() {
        check(
            strikethrough,
            &[
                ("a |b|", "a ~~|b|~~"),
                ("a ~~|b|~~", "a |b|"),
                ("|~~b~~|", "|b|"),
                ("~~a wo|rd~~", "a wo|rd"),
                ("| ", "~~|~~ "),
            ],
        );
    }
}
