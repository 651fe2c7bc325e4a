//! The list of drafts: listed, begun, opened, deleted, brought back, renamed. In: what a person wants with a draft.
//! Out: stored drafts, rows for the dialog, messages. Neighbours: `storing.rs` keeps the one in the editor.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

use crate::app::browser::dom::{document, now_ms};
use crate::app::page_controller::PageController;
use crate::app::state::{Action, DraftRow, Message, Offer, OpenDialog};
use crate::storage::{Draft, DraftId, Drafts, Saver, StorageError, random_id};
use crate::text::{Severity, Utf16Offset, Utf16Range};
use crate::view::rename;

/// Deleted drafts are kept so many days.
const KEEP_DELETED_DAYS: u32 = 30;

impl PageController {
    /// Lists the drafts in their dialog.
    pub(crate) fn show_drafts(self: &Rc<Self>) {
        self.keep_now();
        self.list_drafts(true);
    }

    pub(crate) fn list_drafts(self: &Rc<Self>, open: bool) {
        let Some(store) = self.draft.store() else {
            self.editor.tell("storage", Severity::Error, StorageError::Blocked.message());
            return;
        };
        let page = Rc::clone(self);
        spawn_local(async move {
            match store.list().await {
                Ok(listing) => {
                    let rows = listing.drafts.iter().filter(|d| d.deleted_ms.is_none()).map(|d| DraftRow {
                        id: d.id.encode().into(),
                        title: if d.title.is_empty() { "Untitled".into() } else { d.title.as_str().into() },
                        file_name: d.file_name.as_deref().map(Into::into),
                        updated_ms: d.updated_ms,
                        bytes: d.bytes,
                    });
                    let current = page.draft.with_draft(|d| d.id.encode()).into();
                    page.editor.dispatch.dispatch(Action::Drafts { rows: rows.collect(), current: Some(current) });
                    if !listing.damaged.is_empty() {
                        page.editor.tell(
                            "storage",
                            Severity::Warning,
                            "Some drafts are damaged and cannot be listed; the others are whole.",
                        );
                    }
                    if open {
                        page.editor.dispatch.dispatch(Action::Open(OpenDialog::Drafts));
                    }
                }
                Err(error) => page.editor.tell("storage", Severity::Error, error.message()),
            }
        });
    }

    /// Removes drafts that were deleted long ago.
    pub(crate) fn purge(self: &Rc<Self>) {
        let Some(store) = self.draft.store() else { return };
        spawn_local(async move {
            // What is not removed now is removed at another visit.
            let _ = store.purge(now_ms(), KEEP_DELETED_DAYS).await;
        });
    }

    /// An empty post with a head to fill in.
    pub(crate) fn new_draft(self: &Rc<Self>) {
        let mut draft = Draft::new(DraftId(random_id()), now_ms());
        let today = crate::post::date::DateTime::from_unix(
            crate::app::browser::dom::now_seconds(),
            crate::app::browser::dom::zone_minutes(),
        );
        draft.text = format!("---\nlayout: post\ntitle: \ndate: {}\ntags: []\n---\n\n", today.iso_day()).into();
        let caret = Utf16Offset("---\nlayout: post\ntitle: ".len());
        draft.caret = Utf16Range { start: caret, end: caret };
        let page = Rc::clone(self);
        spawn_local(async move {
            if page.settle().await {
                page.show_draft(draft, false);
                page.editor.textarea.focus_quietly();
            }
        });
    }

    /// Opens a stored draft by its id.
    pub(crate) fn open_draft(self: &Rc<Self>, id: &str) {
        let Some(id) = DraftId::decode(id) else { return };
        let page = Rc::clone(self);
        spawn_local(async move {
            if id != page.id_in_editor() {
                page.open_draft_of(id).await;
            } else if page.settle().await {
                // It may have become newer in another tab.
                page.load_draft(id).await;
            }
        });
    }

    /// Opens the stored draft of that id. Whether it is in the editor now.
    pub(crate) async fn open_draft_of(self: &Rc<Self>, id: DraftId) -> bool {
        if id == self.id_in_editor() {
            self.editor.textarea.focus_quietly();
            return true;
        }
        self.load_draft(id).await
    }

    async fn load_draft(self: &Rc<Self>, id: DraftId) -> bool {
        let Some(store) = self.draft.store() else { return false };
        match store.load(id).await {
            Ok(Some(draft)) => {
                // Last of all: what is typed while the other draft is read is stored, too.
                if id != self.id_in_editor() && !self.settle().await {
                    return false;
                }
                self.show_draft(draft, true);
                self.editor.textarea.focus_quietly();
                self.restore_handle(&store, id).await;
                return true;
            }
            Ok(None) => self.editor.tell("storage", Severity::Warning, StorageError::Missing.message()),
            Err(error) => self.editor.tell("storage", Severity::Error, error.message()),
        }
        false
    }

    /// Deletes a draft; a message offers to bring it back.
    pub(crate) fn delete_draft(self: &Rc<Self>, id: &str) {
        let (Some(id), Some(store)) = (DraftId::decode(id), self.draft.store()) else { return };
        let page = Rc::clone(self);
        spawn_local(async move {
            if let Err(error) = store.delete(id, now_ms()).await {
                page.editor.tell("storage", Severity::Error, error.message());
                return;
            }
            page.editor.dispatch.dispatch(Action::Tell(Message {
                key: "deleted",
                severity: Severity::Note,
                text: "The draft was deleted.".into(),
                offer: Some(("Undo", Offer::Undelete(id.encode().into()))),
            }));
            if page.draft.with_draft(|draft| draft.id == id) {
                // The editor goes on with the newest of the others, or with an empty post.
                let next = store
                    .list()
                    .await
                    .ok()
                    .and_then(|listing| listing.drafts.iter().find(|d| d.deleted_ms.is_none()).map(|d| d.id));
                let _ = store.set_last_open(next).await;
                page.abandon();
                match next {
                    Some(next) => page.open_draft(&next.encode()),
                    None => page.new_draft(),
                }
            }
            page.list_drafts(false);
        });
    }

    /// The draft in the editor is not stored again, whatever is still waiting.
    fn abandon(&self) {
        *self.draft.saver.borrow_mut() = Saver::new();
    }

    fn undelete(self: &Rc<Self>, id: &str) {
        let (Some(id), Some(store)) = (DraftId::decode(id), self.draft.store()) else { return };
        let page = Rc::clone(self);
        spawn_local(async move {
            match store.undelete(id).await {
                Ok(_) => page.list_drafts(false),
                Err(error) => page.editor.tell("storage", Severity::Error, error.message()),
            }
        });
    }

    /// Gives a row a field for its title, with the title selected.
    pub(crate) fn begin_rename(&self, id: Rc<str>) {
        self.editor.dispatch.dispatch(Action::Rename(id));
        Timeout::new(0, || {
            if let Some(field) = document().get_element_by_id("new-title") {
                let field: HtmlInputElement = field.unchecked_into();
                let _ = field.focus();
                field.select();
            }
        })
        .forget();
    }

    /// Gives a draft another title, in its front matter where the title stands.
    pub(crate) fn rename_draft(self: &Rc<Self>, id: &str, title: &str) {
        let (Some(id), Some(store)) = (DraftId::decode(id), self.draft.store()) else { return };
        if title.is_empty() {
            return;
        }
        if self.draft.with_draft(|draft| draft.id == id) {
            let text = self.editor.textarea.text();
            if let Some(edit) = rename::edit(&text, title) {
                self.editor.edit(&text, &edit);
            }
        }
        let (page, title) = (Rc::clone(self), title.to_owned());
        spawn_local(async move {
            if page.draft.with_draft(|draft| draft.id != id)
                && let Ok(Some(mut draft)) = store.load(id).await
            {
                if let Some(edit) = rename::edit(&draft.text, &title) {
                    let text = edit.apply(&draft.text);
                    draft.line_ends.follow(&draft.text, &text);
                    draft.text = text.into();
                }
                draft.title = title;
                if let Err(error) = store.put(&draft, draft.revision).await {
                    page.editor.tell("storage", Severity::Error, error.message());
                }
            }
            // The editor's own draft is stored by its input; the list has to show it.
            page.settle().await;
            page.list_drafts(false);
        });
    }

    /// Takes a message's offer.
    pub(crate) fn take(self: &Rc<Self>, offer: Offer) {
        match offer {
            Offer::Undelete(id) => self.undelete(&id),
            Offer::PastePlain => self.editor.paste_plain_instead(),
            Offer::SaveFile => {}
            Offer::LoadStyles => {
                self.editor.dispatch.dispatch(Action::Dismiss("styles"));
                let around = self.editor.around.borrow().clone();
                if let Some(around) = around {
                    around.allow_styles();
                }
            }
            Offer::OpenDraft(id) => self.open_draft(&id),
            Offer::ShrinkPictures | Offer::SaveWithPictures => {
                self.with_draft_tools(|tools, page| (tools.take_offer)(page, offer), Self::tell_part_missing);
            }
            Offer::Reload => {
                let id = self.draft.with_draft(|draft| draft.id.encode());
                self.open_draft(&id);
            }
        }
    }
}
