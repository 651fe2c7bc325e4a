//! Going away: the page is led elsewhere while something is not stored yet. In: the browser's `pagehide` and `pageshow`.
//! Out: the text, kept where writing needs no answer, and brought into the drafts on the next visit.
//! Neighbours: `draft_keeping.rs` stores while the page stays; `rescue.js` is for a program that has stopped.
//!
//! A page that the browser may bring back is frozen at once. A transaction of IndexedDB that is frozen with it never
//! ends, and in WebKit the next visit waits for it for ever. localStorage is written before the handler returns.

use std::rc::Rc;

use super::dom::{now_ms, storage_name, window};
use super::workbench::Workbench;
use crate::app::session::title_of;
use crate::storage::{Draft, DraftId, Drafts, IndexedDb, SaveState, Saver, random_id};
use crate::text::{Utf16Offset, Utf16Range};

/// What was kept by a page that went away.
struct Kept {
    id: DraftId,
    /// The revision that it was written upon; 0 for a draft that was never stored.
    revision: u64,
    caret: usize,
    file_name: Option<String>,
    text: String,
}

impl Kept {
    fn encode(&self) -> String {
        let name = self.file_name.as_deref().unwrap_or("").replace('\n', " ");
        [&self.revision.to_string(), "\n", &self.caret.to_string(), "\n", &name, "\n", &self.text].concat()
    }

    fn decode(id: DraftId, code: &str) -> Option<Self> {
        let mut parts = code.splitn(4, '\n');
        let (revision, caret) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let file_name = parts.next().filter(|name| !name.is_empty()).map(str::to_owned);
        Some(Self { id, revision, caret, file_name, text: parts.next()?.to_owned() })
    }

    /// The draft that it becomes: the stored one with the newer text, or one of its own where there is none, or where
    /// another tab has written meanwhile.
    fn onto(self, stored: Option<Draft>) -> Draft {
        let mut draft = match stored {
            Some(stored) if stored.revision == self.revision => stored,
            Some(_) => Draft::new(DraftId(random_id()), now_ms()),
            None => Draft { file_name: self.file_name.clone(), ..Draft::new(self.id, now_ms()) },
        };
        draft.line_ends.follow(&draft.text, &self.text);
        draft.title = title_of(&self.text);
        draft.text = self.text;
        draft.caret = Utf16Range { start: Utf16Offset(self.caret), end: Utf16Offset(self.caret) };
        draft.updated_ms = now_ms();
        draft
    }
}

fn prefix() -> String {
    [&storage_name(), "-leaving-"].concat()
}

impl Workbench {
    /// The page goes away; `frozen` where the browser may bring it back as it is.
    pub(super) fn leave(self: &Rc<Self>, frozen: bool) {
        if frozen && self.keep_aside() {
            self.keeping.leaving.set(true);
        } else {
            self.keep_now();
            self.keeping.leaving.set(true);
        }
    }

    /// The page is back as it was.
    pub(super) fn come_back(self: &Rc<Self>) {
        if !self.keeping.leaving.replace(false) {
            return;
        }
        let id = self.keeping.with_draft(|draft| draft.id);
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = storage.remove_item(&[&prefix(), &*id.encode()].concat());
        }
        self.keep_now();
        self.look_for_newer();
    }

    /// Keeps what is not stored without waiting for an answer. Whether that was possible, or nothing needed it.
    fn keep_aside(&self) -> bool {
        if self.keeping.save_state() == SaveState::Saved {
            return true;
        }
        let Ok(Some(storage)) = window().local_storage() else { return false };
        let kept = self.keeping.with_draft(|draft| Kept {
            id: draft.id,
            revision: draft.revision,
            caret: self.textarea.selection_utf16().0,
            file_name: draft.file_name.clone(),
            text: self.textarea.text(),
        });
        storage.set_item(&[&prefix(), &*kept.id.encode()].concat(), &kept.encode()).is_ok()
    }
}

/// Brings what was kept aside into the drafts.
pub(super) async fn bring_in(store: &IndexedDb) {
    let Ok(Some(storage)) = window().local_storage() else { return };
    let prefix = prefix();
    let keys: Vec<String> = (0..storage.length().unwrap_or(0))
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter(|key| key.starts_with(&prefix))
        .collect();
    for key in keys {
        let kept = key.strip_prefix(&*prefix).and_then(DraftId::decode).and_then(|id| {
            let code = storage.get_item(&key).ok().flatten()?;
            Kept::decode(id, &code)
        });
        if let Some(kept) = kept {
            let Ok(stored) = store.load(kept.id).await else { continue };
            // Another page may have brought it in while this one waited.
            if stored.as_ref().is_none_or(|stored| stored.text != kept.text) {
                let draft = kept.onto(stored);
                if store.put(&draft, draft.revision).await.is_err() {
                    continue;
                }
                let _ = store.set_last_open(Some(draft.id)).await;
            }
        }
        let _ = storage.remove_item(&key);
    }
}

impl Workbench {
    /// The drafts have not answered for long: one can write, and is told.
    pub(super) fn give_up_waiting(self: &Rc<Self>) {
        *self.keeping.saver.borrow_mut() = Saver::new();
        self.restore_early();
        self.tell(
            "storage",
            crate::text::Severity::Warning,
            "The drafts in this browser do not answer. You can write and save to a file; reload the page to try again.",
        );
    }
}
