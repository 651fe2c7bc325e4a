//! The records of texts that were not stored, see `src/recovery.js`. In: localStorage. Out: `UnsavedText`s, each with
//! the name of its record. Neighbours: `../recovery.rs` makes drafts of them, `app/drafts/leaving.rs` stores those.

use js_sys::JSON;
use wasm_bindgen::JsValue;
use web_sys::Storage;

use super::{name, storage};
use crate::storage::js::{get, get_count, get_number, get_string};
use crate::storage::names::UNSAVED;
use crate::storage::{DraftId, UnsavedText};
use crate::text::{Utf16Offset, Utf16Range, order};

/// A text that was not stored, and the name of the record that keeps it.
pub struct UnsavedRecord {
    name: String,
    /// The text.
    pub unsaved: UnsavedText,
}

impl UnsavedRecord {
    /// All that are kept for this page, the last one last.
    pub fn all() -> Vec<Self> {
        let Some(storage) = storage() else { return Vec::new() };
        super::earlier::remove_unused(&storage);
        let names: Vec<String> =
            (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok().flatten()).collect();
        let mut records: Vec<Self> = names.into_iter().filter_map(|name| read(&storage, name)).collect();
        order::sort_by_key(&mut records, |record| u128::from(record.unsaved.time_ms.max(0.0) as u64));
        records
    }

    /// Removes the record: its text is stored.
    pub fn forget(self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&self.name);
        }
    }
}

/// Whether a record keeps the text of that draft.
pub fn is_unsaved_text_kept(id: DraftId) -> bool {
    let name = name(&[UNSAVED, &id.encode()].concat());
    storage().is_some_and(|storage| storage.get_item(&name).is_ok_and(|record| record.is_some()))
}

fn read(storage: &Storage, name: String) -> Option<UnsavedRecord> {
    let id = name.strip_prefix(&super::name(UNSAVED)).and_then(DraftId::decode);
    let unsaved = match id {
        Some(id) => decode(id, &storage.get_item(&name).ok()??),
        None => super::earlier::unsaved_text(storage, &name),
    };
    Some(UnsavedRecord { name, unsaved: unsaved? })
}

fn decode(id: DraftId, record: &str) -> Option<UnsavedText> {
    let record = JSON::parse(record).ok()?;
    let offset = |name| Utf16Offset(get_count(&record, name).and_then(|n| usize::try_from(n).ok()).unwrap_or(0));
    Some(UnsavedText {
        id,
        // Without one the text becomes a draft of its own, or one that is not stored yet.
        revision: get_count(&record, "revision").unwrap_or(0),
        put_ms: get_number(&record, "put").unwrap_or(0.0),
        file_name: get_string(&record, "fileName"),
        text: get_string(&record, "text").filter(|text| !text.is_empty())?,
        caret: Utf16Range { start: offset("start"), end: offset("end") },
        editor_scroll: get_number(&record, "top").unwrap_or(0.0),
        time_ms: get_number(&record, "time").unwrap_or(0.0),
        running: get(&record, "running") == JsValue::TRUE,
    })
}
