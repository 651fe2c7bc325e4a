//! What earlier versions of the page kept, under other names. In: localStorage. Out: the same for this version, once.
//! Neighbours: `mod.rs` takes choices and settings over, `recovery.rs` takes texts over.

use web_sys::Storage;

use super::{name, random_id};
use crate::storage::{DraftId, UnsavedText};
use crate::text::{Utf16Offset, Utf16Range};

/// Names that all copies of the page on one host shared.
pub(super) const PREFERENCES: &str = "apercu.preferences";
pub(super) const SITE: &str = "apercu.site";
const RESCUED: &str = "apercu-rescue";
/// The page as it was left, with its preview.
const PAGE: &str = "-page";
/// A text that was not stored when the page was left; then the id of its draft.
const LEAVING: &str = "-leaving-";

/// Removes values that this version and later ones do not read.
pub(super) fn remove_unused(storage: &Storage) {
    let _ = storage.remove_item(&name(PAGE));
}

/// The text that an earlier version kept under `key`, where that is a name of such a text.
pub(super) fn unsaved_text(storage: &Storage, key: &str) -> Option<UnsavedText> {
    let leaving = key.strip_prefix(&name(LEAVING)).and_then(DraftId::decode);
    if key != RESCUED && leaving.is_none() {
        return None;
    }
    let value = storage.get_item(key).ok()??;
    let unsaved = UnsavedText {
        id: leaving.unwrap_or_else(|| DraftId(random_id())),
        revision: 0,
        put_ms: 0.0,
        file_name: None,
        text: String::new(),
        caret: Utf16Range::default(),
        editor_scroll: 0.0,
        time_ms: js_sys::Date::now(),
        running: leaving.is_some(),
    };
    let unsaved = if leaving.is_none() {
        UnsavedText { text: value, ..unsaved }
    } else {
        // Revision, caret, file name, text: each on a line, but for the text.
        let mut parts = value.splitn(4, '\n');
        let (revision, caret) = (parts.next()?.parse().ok()?, Utf16Offset(parts.next()?.parse().ok()?));
        let file_name = parts.next().filter(|name| !name.is_empty()).map(str::to_owned);
        let text = parts.next()?.to_owned();
        UnsavedText { revision, caret: Utf16Range { start: caret, end: caret }, file_name, text, ..unsaved }
    };
    Some(unsaved).filter(|unsaved| !unsaved.text.is_empty())
}
