//! `UnsavedText`: a text that was not stored when its page was left or its program had stopped. In: records that
//! `src/recovery.js` keeps, read by `local/recovery.rs`. Out: the draft that the text becomes. Neighbours: `draft.rs`.

use super::{Draft, DraftId};
use crate::text::Utf16Range;

/// A text that no store of drafts holds, and the draft it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct UnsavedText {
    /// The draft.
    pub id: DraftId,
    /// The revision of the draft that the text is an edit of; 0 for a draft that was never stored.
    pub revision: u64,
    /// The `updated_ms` of the draft as it was put last. Whether that was stored, the page that was left may not know.
    pub put_ms: f64,
    /// The name of the draft's file.
    pub file_name: Option<String>,
    /// The whole text, with `\n` alone.
    pub text: String,
    /// The selection in the editor, in UTF-16 units of `text`.
    pub caret: Utf16Range,
    /// How far the editor was scrolled, in CSS pixels.
    pub editor_scroll: f64,
    /// When it was kept, in milliseconds since 1970.
    pub time_ms: f64,
    /// Whether the program was running then. Otherwise it had stopped, or was not there yet.
    pub running: bool,
}

impl UnsavedText {
    /// Whether the text is an edit of what is stored: of the revision that is known, or of the one after it, where the
    /// same page has put that.
    fn follows(&self, stored: &Draft) -> bool {
        let own = stored.revision == self.revision + 1 && stored.updated_ms == self.put_ms;
        (stored.revision == self.revision || own) && stored.deleted_ms.is_none()
    }

    /// The draft to store, where that changes anything: the stored one with this text, or a draft of its own named
    /// `other` where another tab has stored something else since. Nothing where the text is stored already.
    pub fn onto(self, stored: Option<Draft>, other: DraftId, title: String) -> Option<Draft> {
        let mut draft = match stored {
            Some(stored) if *stored.text == *self.text => return None,
            Some(stored) if self.follows(&stored) => stored,
            Some(_) => Draft::new(other, self.time_ms),
            None => Draft { file_name: self.file_name, ..Draft::new(self.id, self.time_ms) },
        };
        draft.line_ends.follow(&draft.text, &self.text);
        draft.title = title;
        draft.text = self.text.into();
        draft.caret = self.caret;
        draft.editor_scroll = self.editor_scroll;
        draft.updated_ms = self.time_ms;
        Some(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OTHER: DraftId = DraftId(9);

    fn unsaved(revision: u64, text: &str) -> UnsavedText {
        UnsavedText {
            id: DraftId(1),
            revision,
            put_ms: 5.0,
            file_name: Some("a.md".into()),
            text: text.into(),
            caret: Utf16Range::default(),
            editor_scroll: 4.0,
            time_ms: 7.0,
            running: true,
        }
    }

    fn stored(revision: u64, text: &str) -> Draft {
        Draft { revision, text: text.into(), ..Draft::new(DraftId(1), 1.0) }
    }

    /// Id, revision and text of the draft that it becomes.
    fn becomes(unsaved: UnsavedText, stored: Option<Draft>) -> Option<(u64, u64, String)> {
        unsaved.onto(stored, OTHER, "Title".into()).map(|draft| (draft.id.0, draft.revision, draft.text.to_string()))
    }

    #[test]
    fn a_text_goes_onto_the_revision_it_was_written_upon() {
        assert_eq!(becomes(unsaved(3, "new"), Some(stored(3, "old"))), Some((1, 3, "new".into())));
    }

    #[test]
    fn a_text_never_takes_the_place_of_a_newer_one() {
        assert_eq!(becomes(unsaved(3, "new"), Some(stored(4, "newer"))), Some((9, 0, "new".into())));
        let deleted = Draft { deleted_ms: Some(1.0), ..stored(3, "old") };
        assert_eq!(becomes(unsaved(3, "new"), Some(deleted)), Some((9, 0, "new".into())));
    }

    #[test]
    fn a_text_goes_onto_what_its_page_has_put_without_an_answer() {
        let put = |revision| Draft { updated_ms: 5.0, ..stored(revision, "new, in part") };
        assert_eq!(becomes(unsaved(3, "new"), Some(put(4))), Some((1, 4, "new".into())));
        assert_eq!(becomes(unsaved(3, "new"), Some(put(5))), Some((9, 0, "new".into())));
        let deleted = Draft { deleted_ms: Some(6.0), ..put(4) };
        assert_eq!(becomes(unsaved(3, "new"), Some(deleted)), Some((9, 0, "new".into())));
    }

    #[test]
    fn a_text_that_is_stored_already_changes_nothing() {
        assert_eq!(becomes(unsaved(3, "same"), Some(stored(4, "same"))), None);
    }

    #[test]
    fn a_draft_that_was_never_stored_is_made() {
        let draft = unsaved(0, "new").onto(None, OTHER, "Title".into());
        assert_eq!(
            draft,
            Some(Draft {
                file_name: Some("a.md".into()),
                title: "Title".into(),
                text: "new".into(),
                editor_scroll: 4.0,
                ..Draft::new(DraftId(1), 7.0)
            })
        );
    }
}
