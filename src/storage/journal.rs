//! `DraftEdit`: one change of a stored text, and how a text is put together again from many. In: two texts, or a text
//! and its journal. Out: the change, or the last text. Neighbours: `drafts.rs` says when a store appends an edit,
//! `memory.rs` and `indexed_db.rs` keep the journal.
//!
//! While a person types, a store gets the edit alone and appends it to the draft's journal: it is small, and the text
//! that is stored already is not touched. Later the store writes the whole text once and removes the journal (it
//! compacts it).

use super::{Draft, DraftId, content_hash};
use crate::text::common_ends;

/// A piece of a text replaced by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftEdit {
    /// Where the piece began, in bytes of the text before.
    pub start: usize,
    /// The length of the piece that went, in bytes.
    pub deleted: usize,
    /// What came in its place.
    pub inserted: String,
    /// The length of the whole text before, in bytes. An edit fits no text of another length.
    pub length: usize,
}

impl DraftEdit {
    /// The smallest edit that makes `old` into `new`.
    pub fn between(old: &str, new: &str) -> Self {
        let (mut before, mut after) = common_ends(old.as_bytes(), new.as_bytes());
        // Characters may share some of their bytes.
        while !(old.is_char_boundary(before) && new.is_char_boundary(before)) {
            before -= 1;
        }
        while !(old.is_char_boundary(old.len() - after) && new.is_char_boundary(new.len() - after)) {
            after -= 1;
        }
        let inserted = new.get(before..new.len() - after).unwrap_or("").to_owned();
        Self { start: before, deleted: old.len() - after - before, inserted, length: old.len() }
    }

    /// The text after the edit; nothing where the edit is not of this text.
    pub fn apply(&self, text: &str) -> Option<String> {
        let end = self.start.checked_add(self.deleted)?;
        let (before, after) = (text.get(..self.start)?, text.get(end..)?);
        (text.len() == self.length).then(|| [before, &self.inserted, after].concat())
    }
}

/// A text with its journal applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// The text after the last edit that fitted.
    pub text: String,
    /// What the edits after that one had inserted.
    pub unfitting: Option<String>,
}

/// Applies a journal, the oldest edit first. `None` is an edit that could not be read.
pub fn replay(text: String, edits: impl IntoIterator<Item = Option<DraftEdit>>) -> Replayed {
    let mut replayed = Replayed { text, unfitting: None };
    for edit in edits {
        let fits = replayed.unfitting.is_none();
        match (fits, edit.as_ref().and_then(|edit| edit.apply(&replayed.text))) {
            (true, Some(text)) => replayed.text = text,
            _ => {
                let inserted = replayed.unfitting.get_or_insert_default();
                inserted.push_str(edit.as_ref().map_or("", |edit| &edit.inserted));
            }
        }
    }
    replayed
}

/// The draft that keeps what unfitting edits had inserted. Its id is always the same for the same text, so that two
/// tabs that find it make one draft.
pub fn recovered(id: DraftId, title: &str, text: &str, time_ms: f64) -> Draft {
    let id = DraftId(content_hash([&id.encode(), text].concat().as_bytes()));
    Draft { title: ["Recovered: ", title].concat(), text: text.into(), ..Draft::new(id, time_ms) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edit(start: usize, deleted: usize, inserted: &str, length: usize) -> DraftEdit {
        DraftEdit { start, deleted, inserted: inserted.into(), length }
    }

    #[test]
    fn an_edit_is_as_small_as_it_can_be() {
        for (old, new, expected) in [
            ("abc", "abxc", edit(2, 0, "x", 3)),
            ("abc", "ac", edit(1, 1, "", 3)),
            ("aaa", "aa", edit(2, 1, "", 3)),
            ("", "a", edit(0, 0, "a", 0)),
            ("a", "a", edit(1, 0, "", 1)),
            // é and è share their first byte, é and ĩ their last.
            ("aéb", "aèb", edit(1, 2, "è", 4)),
            ("aéb", "aĩb", edit(1, 2, "ĩ", 4)),
        ] {
            assert_eq!(DraftEdit::between(old, new), expected, "{old} {new}");
        }
    }

    #[test]
    fn an_edit_of_another_text_is_not_applied() {
        assert_eq!(edit(1, 1, "x", 3).apply("abc").as_deref(), Some("axc"));
        for (edit, text) in [
            (edit(1, 1, "x", 3), "abcd"),
            (edit(1, 3, "x", 3), "abc"),
            (edit(1, usize::MAX, "x", 3), "abc"),
            (edit(1, 1, "x", 3), "aé"),
        ] {
            assert_eq!(edit.apply(text), None, "{edit:?}");
        }
    }

    #[test]
    fn what_follows_an_edit_that_does_not_fit_is_kept_apart() {
        let edits = [Some(edit(0, 0, "b", 1)), Some(edit(0, 0, "lost ", 9)), Some(edit(0, 0, "words", 2)), None];
        let replayed = replay("a".into(), edits);
        assert_eq!(replayed, Replayed { text: "ba".into(), unfitting: Some("lost words".into()) });
        assert_eq!(replay("a".into(), [None]).unfitting.as_deref(), Some(""));
        assert_eq!(replay("a".into(), []).unfitting, None);
    }

    proptest! {
        #[test]
        fn the_edit_between_two_texts_makes_the_one_into_the_other(old in "[aé\n😀]{0,12}", new in "[aéè\n😀]{0,12}") {
            prop_assert_eq!(DraftEdit::between(&old, &new).apply(&old), Some(new));
        }

        #[test]
        fn a_journal_gives_the_last_of_many_texts(texts in prop::collection::vec("[aé\n😀]{0,12}", 1..9)) {
            let edits: Vec<_> = texts.windows(2).map(|pair| Some(DraftEdit::between(&pair[0], &pair[1]))).collect();
            let last = texts.last().cloned().unwrap_or_default();
            prop_assert_eq!(replay(texts[0].clone(), edits), Replayed { text: last, unfitting: None });
        }
    }
}
