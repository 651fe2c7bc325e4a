//! The history of the draft in the editor: versions are taken, listed, restored. In: pauses, saves, what a person wants.
//! Out: stored versions, the comparison with one of them, edits. Neighbours: `storage/history.rs` says which versions
//! stay; `storing.rs` keeps what a large change replaces; `comparison/` shows what differs.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlDialogElement;

use crate::app::browser::dom::{document, now_ms};
use crate::app::components::Intent;
use crate::app::page_controller::PageController;
use crate::app::state::{Action, Compared, OpenDialog};
use crate::storage::{DraftEdit, DraftId, History, OpenedFile, StorageError, Version, VersionClock, VersionReason};
use crate::text::{Edit, Severity, Span};

thread_local! {
    /// The draft in the editor, and when its next version is due.
    static CLOCK: RefCell<(Option<DraftId>, VersionClock, Option<Timeout>)> = RefCell::default();
}

/// Takes a version of the draft in the editor: at once when it was saved, in a pause when the time has come.
pub(crate) fn take_version(page: &Rc<PageController>, reason: VersionReason) {
    let id = page.draft.with_draft(|draft| draft.id);
    if reason == VersionReason::Pause {
        let wait = CLOCK.with_borrow_mut(|(of, clock, _)| {
            if *of != Some(id) {
                (*of, *clock) = (Some(id), VersionClock::default());
            }
            clock.typed(now_ms())
        });
        if wait > 0.0 {
            let later = Rc::clone(page);
            let timer = Timeout::new(wait as u32, move || later.keep_version(id, VersionReason::Pause));
            return CLOCK.with_borrow_mut(|(_, _, old)| *old = Some(timer));
        }
    }
    page.keep_version(id, reason);
}

/// Keeps the text in the editor as a version, then takes that of the file.
pub(crate) fn take_file(page: &Rc<PageController>, file: OpenedFile) {
    let page = Rc::clone(page);
    spawn_local(async move {
        let id = page.draft.with_draft(|draft| draft.id);
        if page.keep_replaced(id).await && page.draft.with_draft(|draft| draft.id == id) {
            page.take_file(file);
        }
    });
}

impl PageController {
    /// Keeps the text of the draft as a version, where that draft is still in the editor: as it was saved, or as it stands.
    fn keep_version(self: &Rc<Self>, id: DraftId, reason: VersionReason) {
        let Some(store) = self.draft.store().filter(|_| self.draft.with_draft(|draft| draft.id == id)) else { return };
        let saved = self.draft.with_draft(|draft| draft.opened.clone()).filter(|_| reason == VersionReason::Saved);
        let text = saved.unwrap_or_else(|| self.editor.text_now());
        CLOCK.with_borrow_mut(|(_, clock, timer)| {
            clock.taken();
            timer.take();
        });
        spawn_local(async move {
            let now = now_ms();
            // Without it the text is still there, as the draft.
            let _ = store.add_versions(id, &[(Version::of(&text, reason, now), text)], now).await;
        });
    }

    /// Keeps the text in the editor, which another one is to replace. Whether that may happen: where the text could not be
    /// kept, the person is told instead.
    async fn keep_replaced(self: &Rc<Self>, id: DraftId) -> bool {
        let Some(store) = self.draft.store() else { return true };
        loop {
            let (text, now) = (self.editor.text_now(), now_ms());
            let version = Version::of(&text, VersionReason::Replaced, now);
            if let Err(error) = store.add_versions(id, &[(version, Rc::clone(&text))], now).await {
                self.editor.tell("storage", Severity::Error, error.message());
                return false;
            }
            // What was typed meanwhile is kept, too.
            if self.editor.text_now() == text {
                return true;
            }
        }
    }

    /// Shows the versions of a draft: of the one in the editor, where no id is given. Another draft is opened first, since
    /// what is restored comes into the editor.
    pub(crate) async fn show_history(self: &Rc<Self>, draft: Option<Rc<str>>) {
        if let Some(id) = draft.and_then(|id| DraftId::decode(&id))
            && self.draft.with_draft(|draft| draft.id != id)
            && !self.open_draft_of(id).await
        {
            return;
        }
        let id = self.draft.with_draft(|draft| draft.id);
        let listed = match self.draft.store() {
            Some(store) => store.versions(id).await,
            None => Err(StorageError::Blocked),
        };
        let versions = match listed {
            Ok(versions) => versions,
            Err(error) => return self.editor.tell("storage", Severity::Error, error.message()),
        };
        if self.editor.load_tools().await.is_err() {
            return self.tell_part_missing();
        }
        let names: Vec<Rc<str>> = versions.iter().map(|version| version.encode().into()).collect();
        let compared = Compared {
            chosen: names.first().cloned().unwrap_or_default(),
            has_file: false,
            drafts: names.into_iter().map(|name| (name, Rc::default())).collect(),
            is_history: true,
        };
        self.editor.dispatch.dispatch(Action::Open(OpenDialog::Compare(compared.into())));
    }

    /// Puts a version in place of the text, as one step of undo. The text is kept as a version before.
    pub(crate) async fn restore_version(self: &Rc<Self>, version: Version) {
        let Some(store) = self.draft.store() else { return };
        let id = self.draft.with_draft(|draft| draft.id);
        let restored = match store.version_text(id, &version).await {
            Ok(Some(text)) => text,
            Ok(None) => {
                return self.editor.tell("history", Severity::Warning, "This version is no longer kept.");
            }
            Err(error) => return self.editor.tell("storage", Severity::Error, error.message()),
        };
        if !self.keep_replaced(id).await || self.draft.with_draft(|draft| draft.id != id) {
            return;
        }
        // Behind an open dialog the editor takes no focus, and without it there is no undo.
        if let Some(dialog) = document().get_element_by_id("compare") {
            dialog.unchecked_into::<HtmlDialogElement>().close();
        }
        self.handle(Intent::CloseDialog);
        let text = self.editor.textarea.text();
        let edit = DraftEdit::between(&text, &restored);
        let span = Span::new(edit.start, edit.start + edit.deleted);
        let selection = Span::at(edit.start + edit.inserted.len());
        self.editor.edit(&text, &Edit { span, text: edit.inserted, selection });
        // The dialog gives the focus back to its button.
        self.editor.textarea.focus_quietly();
        let told = "The earlier version is in the editor. Undo takes it back; the text before is a version, too.";
        self.editor.tell("history", Severity::Note, told);
    }
}
