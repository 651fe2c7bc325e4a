//! Leaving: the page goes away while something is not stored yet. In: the browser's `pagehide` and `pageshow`,
//! texts that were not stored. Out: the texts as drafts, on the next visit. Neighbours: `src/recovery.js` keeps such
//! texts, `storing.rs` stores while the page stays.
//!
//! A page that the browser may bring back is frozen at once. A transaction of IndexedDB that is frozen with it never
//! ends, and in WebKit the next visit waits for it for ever. So nothing is put when such a page is left, and what is
//! being read or written is taken back: `src/recovery.js` has written the text to localStorage, which needs no answer.

use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::app::browser::dom::document;
use crate::app::page_controller::PageController;
use crate::render::title_of;
use crate::storage::{DraftId, Drafts, IndexedDb, Saver, UnsavedRecord, UnsavedText, is_unsaved_text_kept, random_id};

/// What has become of the unsaved texts.
#[derive(Default)]
pub(crate) struct Recovered {
    /// The draft of the last text from before the program was there or after it had stopped.
    pub(crate) draft: Option<DraftId>,
    /// A text that could not be stored. It stays kept.
    pub(crate) unstored: Option<UnsavedText>,
}

impl PageController {
    /// The page goes away; `frozen` where the browser may bring it back as it is.
    pub(crate) fn leave(self: &Rc<Self>, frozen: bool) {
        let id = self.draft.with_draft(|draft| draft.id);
        if !frozen || !(self.draft.is_safe() || is_unsaved_text_kept(id)) {
            self.keep_now();
        } else if let Some(store) = self.draft.store() {
            store.interrupt();
        }
        self.draft.leaving.set(true);
    }

    /// The page is back as it was.
    pub(crate) fn come_back(self: &Rc<Self>) {
        if !self.draft.leaving.replace(false) {
            return;
        }
        self.keep_now();
        self.look_for_newer();
    }

    /// Tells `src/recovery.js` which draft the text in the editor belongs to.
    pub(crate) fn tell_recovery(&self) {
        let (id, revision, put_ms, file_name) =
            self.draft.with_draft(|draft| (draft.id, draft.revision, draft.updated_ms, draft.file_name.clone()));
        let told = js_sys::Object::new();
        let file_name = file_name.map_or(JsValue::UNDEFINED, JsValue::from);
        for (name, value) in [
            ("id", id.encode().into()),
            ("revision", (revision as f64).into()),
            ("put", put_ms.into()),
            ("fileName", file_name),
        ] {
            let _ = Reflect::set(&told, &name.into(), &value);
        }
        let _ = Reflect::set(&self.editor.textarea.element, &"draft".into(), &told);
    }

    /// The drafts have not answered for long: one can write, and is told.
    pub(crate) fn give_up_waiting(self: &Rc<Self>) {
        *self.draft.saver.borrow_mut() = Saver::new();
        self.restore_early();
        self.editor.tell(
            "storage",
            crate::text::Severity::Warning,
            "The drafts in this browser do not answer. You can write and save to a file; reload the page to try again.",
        );
    }
}

/// Whether `recovery.js` has found that the program stopped.
pub(crate) fn has_stopped() -> bool {
    document().body().is_some_and(|body| body.has_attribute("data-failed"))
}

/// Stores the texts that were kept because they could not be stored.
pub(crate) async fn recover(store: &IndexedDb) -> Recovered {
    let mut recovered = Recovered::default();
    for record in UnsavedRecord::all() {
        let unsaved = record.unsaved.clone();
        let running = unsaved.running;
        let Ok(stored) = store.load(unsaved.id).await else {
            recovered.unstored = Some(unsaved);
            continue;
        };
        let title = title_of(&unsaved.text);
        // Another tab may have stored it while this one waited.
        if let Some(draft) = unsaved.onto(stored, DraftId(random_id()), title) {
            if store.put(&draft, draft.revision).await.is_err() {
                recovered.unstored = Some(record.unsaved);
                continue;
            }
            let _ = store.set_last_open(Some(draft.id)).await;
            recovered.draft = if running { None } else { Some(draft.id) };
        }
        record.forget();
    }
    recovered
}
