//! `Draft` as a record of IndexedDB: a head of plain fields and, apart from it, the text. In: drafts. Out: JavaScript
//! values and back; a head that is not ours is nothing. Neighbours: `indexed_db.rs` stores the values.

use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbKeyRange;

use super::draft::{decode_hex, encode_hex};
use super::js::{get, get_count, get_number, get_string, set, storage_error};
use super::{Draft, DraftEdit, DraftId, DraftSummary, FileVersion, StorageError, Version, VersionReason};
use crate::text::{LineEnds, Utf16Offset, Utf16Range};

/// The head of a draft under a revision: everything but the text.
pub(super) fn head(draft: &Draft, revision: u64) -> JsValue {
    let head = Object::new();
    set(&head, "id", draft.id.encode());
    set(&head, "revision", revision as f64);
    set(&head, "title", draft.title.as_str());
    if let Some(name) = &draft.file_name {
        set(&head, "fileName", name.as_str());
    }
    set(&head, "lineEnds", draft.line_ends.encode());
    if let Some(saved) = draft.saved {
        set(&head, "savedHash", encode_hex(saved.hash));
        if let Some(modified) = saved.modified_ms {
            set(&head, "savedModified", modified);
        }
        set(&head, "opened", draft.opened.is_some());
    }
    set_place(&head, draft.caret, draft.editor_scroll);
    set(&head, "created", draft.created_ms);
    set(&head, "updated", draft.updated_ms);
    set_deleted(&head, draft.deleted_ms);
    set(&head, "bytes", draft.text.len() as f64);
    set(&head, "unsaved", draft.unsaved());
    head.into()
}

/// The name beside the draft's own under which the text of its file is stored.
pub(super) fn opened_key(id: DraftId) -> JsValue {
    [&id.encode(), ":opened"].concat().into()
}

/// The text of the draft's file, where it is not the one that belongs to the stored head already.
pub(super) fn opened_anew<'d>(draft: &'d Draft, stored: &JsValue) -> Option<&'d str> {
    let saved = draft.saved.map(|saved| encode_hex(saved.hash));
    let known = get_string(stored, "savedHash") == saved && get(stored, "opened") == true;
    draft.opened.as_deref().filter(|_| !known)
}

/// The name of an edit in the journal: the draft's id and the revision that the edit makes.
pub(super) fn edit_key(id: DraftId, revision: u64) -> JsValue {
    Array::of2(&id.encode().into(), &JsValue::from_f64(revision as f64)).into()
}

/// The name of a version: the draft's id, when it was taken, and all that is known of it without its text.
pub(super) fn version_key(id: DraftId, version: &Version) -> JsValue {
    let key = Array::of2(&id.encode().into(), &version.time_ms.into());
    key.push(&f64::from(version.reason as u8).into());
    key.push(&JsValue::from_f64(version.bytes as f64));
    key.push(&encode_hex(version.hash).into());
    key.into()
}

/// The version of a name that `version_key` made.
pub(super) fn version(key: &JsValue) -> Option<Version> {
    let key: &Array = key.dyn_ref()?;
    Some(Version {
        time_ms: key.get(1).as_f64()?,
        reason: VersionReason::of_number(key.get(2).as_f64()?),
        bytes: key.get(3).as_f64()? as usize,
        hash: decode_hex(&key.get(4).as_string()?)?,
    })
}

/// The names of all edits of a draft, of all its versions, or of all its pictures.
pub(super) fn keys_of(id: DraftId) -> Result<JsValue, StorageError> {
    // An array is greater than every number.
    let last = Array::of2(&id.encode().into(), &Array::new());
    IdbKeyRange::bound(&edit_key(id, 0), &last).map(Into::into).map_err(|error| storage_error(&error))
}

/// An edit of the journal.
pub(super) fn edit(edit: &DraftEdit) -> JsValue {
    let value = Object::new();
    set(&value, "start", edit.start as f64);
    set(&value, "deleted", edit.deleted as f64);
    set(&value, "inserted", edit.inserted.as_str());
    set(&value, "length", edit.length as f64);
    value.into()
}

/// The edits of a journal, in the order of their revisions; nothing for one that is not ours.
pub(super) fn edits(values: &JsValue) -> Vec<Option<DraftEdit>> {
    let edit = |value: JsValue| {
        let count = |name| usize::try_from(get_count(&value, name)?).ok();
        let (start, deleted, length) = (count("start")?, count("deleted")?, count("length")?);
        Some(DraftEdit { start, deleted, inserted: get_string(&value, "inserted")?, length })
    };
    values.dyn_ref().map(|values: &Array| values.iter().map(edit).collect()).unwrap_or_default()
}

/// Changes a head to be of another text, with `\n` at the end of each line.
pub(super) fn set_text(head: &JsValue, text: &str) {
    set(head, "bytes", text.len() as f64);
    set(head, "lineEnds", LineEnds::default().encode());
}

/// The length of a head's text, in bytes.
pub(super) fn bytes(head: &JsValue) -> Option<usize> {
    usize::try_from(get_count(head, "bytes")?).ok()
}

/// The title of a head, and when its text last changed.
pub(super) fn title_and_time(head: &JsValue) -> (String, f64) {
    (get_string(head, "title").unwrap_or_default(), get_number(head, "updated").unwrap_or(0.0))
}

/// A text as bytes of UTF-8, not as a string: Chromium stores and reads 1 MB of them in 10 ms where the string takes 16
/// (ASCII: 5 ms and 11), and up to 20 KB, where posts are, there is no difference.
pub(super) fn text(text: &str) -> JsValue {
    Uint8Array::from(text.as_bytes()).into()
}

/// The text that `text` made; nothing where the value is something else.
pub(super) fn text_of(value: &JsValue) -> Option<String> {
    let bytes: &Uint8Array = value.dyn_ref()?;
    String::from_utf8(bytes.to_vec()).ok()
}

/// Changes caret and scroll of a head.
pub(super) fn set_place(head: &JsValue, caret: Utf16Range, editor_scroll: f64) {
    set(head, "caretStart", caret.start.0 as f64);
    set(head, "caretEnd", caret.end.0 as f64);
    set(head, "scroll", editor_scroll);
}

/// Marks a head as thrown away, or takes the mark off.
pub(super) fn set_deleted(head: &JsValue, deleted_ms: Option<f64>) {
    set(head, "deleted", deleted_ms.map_or(JsValue::UNDEFINED, JsValue::from_f64));
}

/// Counts a head's revision up; the new one, or nothing where there was none to read.
pub(super) fn count_up(head: &JsValue) -> Option<u64> {
    let revision = revision(head)? + 1;
    set(head, "revision", revision as f64);
    Some(revision)
}

/// The revision of a head.
pub(super) fn revision(head: &JsValue) -> Option<u64> {
    get_count(head, "revision")
}

/// When a head's draft was thrown away.
pub(super) fn deleted(head: &JsValue) -> Option<f64> {
    get_number(head, "deleted")
}

/// The name of a head's draft.
pub(super) fn id(head: &JsValue) -> Option<DraftId> {
    DraftId::decode(&get_string(head, "id")?)
}

/// What a list shows of a head.
pub(super) fn summary(head: &JsValue) -> Option<DraftSummary> {
    Some(DraftSummary {
        id: id(head)?,
        revision: revision(head)?,
        title: get_string(head, "title")?,
        file_name: get_string(head, "fileName"),
        bytes: bytes(head)?,
        unsaved: get(head, "unsaved").as_bool()?,
        created_ms: get_number(head, "created")?,
        updated_ms: get_number(head, "updated")?,
        deleted_ms: deleted(head),
    })
}

/// The draft of a head, a text and the text of its file.
pub(super) fn draft(head: &JsValue, text: String, opened: Option<String>) -> Option<Draft> {
    let breaks = text.bytes().filter(|&byte| byte == b'\n').count();
    let offset = |name| Some(Utf16Offset(usize::try_from(get_count(head, name)?).ok()?));
    let saved_hash = get_string(head, "savedHash").and_then(|hash| decode_hex(&hash));
    Some(Draft {
        id: id(head)?,
        revision: revision(head)?,
        file_name: get_string(head, "fileName"),
        title: get_string(head, "title")?,
        line_ends: LineEnds::decode(&get_string(head, "lineEnds")?, breaks)?,
        text: text.into(),
        saved: saved_hash.map(|hash| FileVersion { hash, modified_ms: get_number(head, "savedModified") }),
        opened: opened.map(Into::into),
        caret: Utf16Range { start: offset("caretStart")?, end: offset("caretEnd")? },
        editor_scroll: get_number(head, "scroll")?,
        created_ms: get_number(head, "created")?,
        updated_ms: get_number(head, "updated")?,
        deleted_ms: deleted(head),
    })
}
