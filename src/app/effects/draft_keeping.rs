//! Drafts: every burst of input is put into storage, the last draft comes back, tabs know of each other.
//! In: input, messages of other tabs, what a person wants with a draft. Out: stored drafts, messages, state.
//! Neighbours: `storage/` keeps them, `file_keeping.rs` ties a draft to a file, `workbench.rs` owns this.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::dom::now_ms;
use super::workbench::Workbench;
use crate::app::rename;
use crate::app::state::{Action, Dialog, DraftRow, Message, Offer, Saved, Versions};
use crate::storage::{
    Channel, Draft, DraftId, Drafts, IndexedDb, Kind, Next, SaveState, Saver, StorageError, TabId, Tabs, random_id,
};
use crate::text::{Severity, Utf16Offset, Utf16Range};

/// The text of a first visit.
const WELCOME: &str = include_str!("../../welcome.md");

/// Deleted drafts are kept so many days.
const KEEP_DELETED_DAYS: u32 = 30;

/// Caret and scroll are remembered when they have rested for so many milliseconds.
const PLACE_AFTER: u32 = 40;

/// The key that `rescue.js` keeps a text under when the program has stopped.
const RESCUE_KEY: &str = "apercu-rescue";

/// The draft in the editor and everything about its being stored.
pub struct Keeping {
    draft: RefCell<Draft>,
    saver: RefCell<Saver>,
    timer: RefCell<Option<Timeout>>,
    pub(super) store: RefCell<Option<Rc<IndexedDb>>>,
    tabs: RefCell<Tabs>,
    channel: RefCell<Option<Channel>>,
    shown: RefCell<Saved>,
    /// Text of the other side of a conflict, by draft or from the file.
    theirs: RefCell<Option<Theirs>>,
    told_of_tabs: Cell<bool>,
    place: RefCell<Option<Timeout>>,
}

/// The version that a person may take instead of their own.
pub(super) enum Theirs {
    /// It is stored as that draft.
    Draft(DraftId),
    /// It was read from the file.
    File(crate::storage::OpenedFile),
}

impl Keeping {
    /// An empty draft that is not stored.
    pub fn new() -> Self {
        Self {
            draft: RefCell::new(Draft::new(DraftId(random_id()), now_ms())),
            saver: RefCell::new(Saver::new()),
            timer: RefCell::default(),
            store: RefCell::default(),
            tabs: RefCell::new(Tabs::new(TabId(random_id()))),
            channel: RefCell::default(),
            shown: RefCell::default(),
            theirs: RefCell::default(),
            told_of_tabs: Cell::new(false),
            place: RefCell::default(),
        }
    }

    /// The name of the file that the draft came from or was saved to.
    pub fn file_name(&self) -> Option<String> {
        self.draft.borrow().file_name.clone()
    }

    /// The title under which the draft is listed from its next put on.
    pub fn set_title(&self, title: &str) {
        title.clone_into(&mut self.draft.borrow_mut().title);
    }

    pub(super) fn with_draft<T>(&self, use_it: impl FnOnce(&mut Draft) -> T) -> T {
        use_it(&mut self.draft.borrow_mut())
    }

    fn store(&self) -> Option<Rc<IndexedDb>> {
        self.store.borrow().clone()
    }

    pub(super) fn set_theirs(&self, theirs: Theirs) {
        *self.theirs.borrow_mut() = Some(theirs);
    }

    /// How the text in the editor stands to what is stored.
    pub fn save_state(&self) -> SaveState {
        self.saver.borrow().state(now_ms())
    }

    /// Whether every letter typed is stored, as far as this tab knows.
    pub fn is_safe(&self) -> bool {
        self.save_state() == SaveState::Saved
    }
}

impl Workbench {
    /// Opens the drafts and brings the last one back.
    pub(super) fn open_storage(self: &Rc<Self>) {
        let bench = Rc::clone(self);
        spawn_local(async move {
            match IndexedDb::open(&super::dom::storage_name()).await {
                Ok(store) => {
                    let store = Rc::new(store);
                    *bench.keeping.store.borrow_mut() = Some(Rc::clone(&store));
                    bench.listen_to_tabs();
                    bench.restore(&store).await;
                    let _ = store.purge(now_ms(), KEEP_DELETED_DAYS).await;
                }
                Err(error) => {
                    bench.tell("storage", Severity::Error, error.message());
                    bench.restore_nothing();
                }
            }
        });
    }

    async fn restore(self: &Rc<Self>, store: &Rc<IndexedDb>) {
        if let Some(text) = take_rescued() {
            let mut draft = Draft::new(DraftId(random_id()), now_ms());
            draft.text = text;
            self.show_draft(draft, false);
            self.text_changed();
            self.tell("rescued", Severity::Note, "This is the text as it stood when the page stopped working.");
            return;
        }
        let last = match store.last_open().await {
            Ok(Some(id)) => store.load(id).await,
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        };
        match last {
            Ok(Some(draft)) if draft.deleted_ms.is_none() => {
                if self.was_typed() {
                    // What was typed before the program arrived is a draft of its own.
                    self.restore_nothing();
                    let title: Rc<str> = draft.title.as_str().into();
                    self.dispatch.dispatch(Action::Tell(Message {
                        key: "last-draft",
                        severity: Severity::Note,
                        text: format!("What you typed is a new draft. The last one was “{title}”.").into(),
                        offer: Some(("Open it", Offer::OpenDraft(draft.id.encode().into()))),
                    }));
                } else {
                    let id = draft.id;
                    self.show_draft(draft, true);
                    self.restore_handle(store, id).await;
                }
            }
            Ok(_) => self.restore_nothing(),
            Err(error) => {
                if let StorageError::Corrupt { rescued: Some(text) } = &error {
                    let mut draft = Draft::new(DraftId(random_id()), now_ms());
                    draft.text = text.clone();
                    self.show_draft(draft, false);
                } else {
                    self.restore_nothing();
                }
                self.tell("storage", Severity::Error, error.message());
            }
        }
    }

    /// Begins with what was typed already, or with the welcome.
    fn restore_nothing(self: &Rc<Self>) {
        if self.was_typed() {
            self.ready();
            self.text_changed();
            return;
        }
        let mut draft = Draft::new(DraftId(random_id()), now_ms());
        draft.text = WELCOME.to_owned();
        self.show_draft(draft, false);
    }

    /// Whether something was typed before the program arrived: the textarea stands empty in the page, and
    /// `autocomplete="off"` keeps browsers from restoring what it held before.
    fn was_typed(&self) -> bool {
        !self.textarea.text().is_empty()
    }

    /// Puts a draft into the editor, in place of the one there, which must be settled.
    pub(super) fn show_draft(self: &Rc<Self>, draft: Draft, stored: bool) {
        self.textarea.replace_all(&draft.text);
        self.textarea.select_utf16(draft.caret.start.0, draft.caret.end.0);
        self.textarea.element.set_scroll_top(draft.editor_scroll as i32);
        let (id, revision) = (draft.id, draft.revision);
        *self.keeping.saver.borrow_mut() = Saver::new();
        *self.keeping.draft.borrow_mut() = draft;
        self.file.forget();
        self.keeping.told_of_tabs.set(false);
        for key in ["tabs", "newer", "disk", "last-draft"] {
            self.dispatch.dispatch(Action::Dismiss(key));
        }
        self.show_saved();
        self.ready();
        self.show_anew();
        self.want_editor_scroll();
        self.want_caret();
        if stored {
            self.opened(id, revision);
        }
    }

    /// Tells the other tabs, and remembers for the next visit, which draft is in the editor.
    fn opened(self: &Rc<Self>, id: DraftId, revision: u64) {
        let messages = self.keeping.tabs.borrow_mut().open(Some((id, revision)));
        if let Some(channel) = &*self.keeping.channel.borrow() {
            messages.iter().for_each(|message| channel.send(message));
        }
        if let Some(store) = self.keeping.store() {
            spawn_local(async move {
                // Forgetting this costs the writer one click on the list of drafts.
                let _ = store.set_last_open(Some(id)).await;
            });
        }
    }

    /// Something was typed: it is stored within the tenth of a second.
    pub(super) fn keep_soon(self: &Rc<Self>) {
        self.keeping.saver.borrow_mut().input(now_ms());
        self.poll_saver();
    }

    /// Stores at once what is not stored yet: the page may go away.
    pub(super) fn keep_now(self: &Rc<Self>) {
        self.keeping.saver.borrow_mut().flush();
        self.poll_saver();
    }

    fn poll_saver(self: &Rc<Self>) {
        let now = now_ms();
        let next = self.keeping.saver.borrow_mut().poll(now);
        match next {
            Next::Idle => {
                self.keeping.timer.borrow_mut().take();
            }
            Next::WaitUntil(at) => {
                let bench = Rc::clone(self);
                let wait = (at - now).ceil().clamp(1.0, 60_000.0) as u32;
                *self.keeping.timer.borrow_mut() = Some(Timeout::new(wait, move || bench.poll_saver()));
            }
            Next::PutNow => self.put(),
        }
        self.show_saved();
    }

    /// The draft as it stands in the editor.
    fn current(&self) -> Draft {
        let text = self.textarea.text();
        let (start, end) = self.textarea.selection_utf16();
        self.keeping.with_draft(|draft| {
            if draft.text != text {
                draft.line_ends.follow(&draft.text, &text);
                draft.text = text;
                draft.updated_ms = now_ms();
            }
            draft.caret = Utf16Range { start: Utf16Offset(start), end: Utf16Offset(end) };
            draft.editor_scroll = f64::from(self.textarea.element.scroll_top());
            draft.clone()
        })
    }

    fn put(self: &Rc<Self>) {
        let draft = self.current();
        let store = self.keeping.store();
        let bench = Rc::clone(self);
        spawn_local(async move {
            let result = match &store {
                Some(store) => store.put(&draft, draft.revision).await,
                None => Err(StorageError::Blocked),
            };
            bench.after_put(&draft, result);
        });
    }

    fn after_put(self: &Rc<Self>, draft: &Draft, result: Result<u64, StorageError>) {
        let same = self.keeping.with_draft(|now| now.id == draft.id);
        if same {
            let told = result.as_ref().map(|_| ());
            self.keeping.saver.borrow_mut().done(now_ms(), told);
        }
        match result {
            Ok(revision) if same => {
                self.keeping.with_draft(|now| now.revision = revision);
                self.dispatch.dispatch(Action::Dismiss("storage"));
                let message = self.keeping.tabs.borrow_mut().written(revision);
                match (message, &*self.keeping.channel.borrow()) {
                    (Some(message), Some(channel)) if message.draft == draft.id => channel.send(&message),
                    _ => {}
                }
                if draft.revision == 0 {
                    self.opened(draft.id, revision);
                }
            }
            Ok(_) => {}
            Err(StorageError::Conflict { theirs }) => self.fork(draft, &theirs),
            Err(error) => {
                let offer = Some(("Save to a file", Offer::SaveFile));
                let text = error.message().into();
                self.dispatch.dispatch(Action::Tell(Message {
                    key: "storage",
                    severity: Severity::Error,
                    text,
                    offer,
                }));
            }
        }
        self.poll_saver();
    }

    /// Another tab stored newer text of this draft: this tab's goes on as a draft of its own, and both are offered.
    fn fork(self: &Rc<Self>, mine: &Draft, theirs: &Draft) {
        if self.keeping.with_draft(|draft| draft.id != mine.id) {
            // The draft has left the editor meanwhile: keep the text under a name of its own, quietly.
            let copy = Draft { id: DraftId(random_id()), revision: 0, ..mine.clone() };
            if let Some(store) = self.keeping.store() {
                spawn_local(async move {
                    let _ = store.put(&copy, 0).await;
                });
            }
            return;
        }
        self.keeping.with_draft(|draft| {
            draft.id = DraftId(random_id());
            draft.revision = 0;
        });
        *self.keeping.saver.borrow_mut() = Saver::new();
        self.keep_soon();
        self.dispatch.dispatch(Action::Dismiss("newer"));
        self.keeping.set_theirs(Theirs::Draft(theirs.id));
        self.dispatch.dispatch(Action::Versions(Versions {
            mine: self.textarea.text().into(),
            theirs: theirs.text.as_str().into(),
            theirs_id: theirs.id.encode().into(),
            on_disk: false,
        }));
    }

    /// Of two versions, this tab's.
    pub(super) fn keep_mine(self: &Rc<Self>) {
        if let Some(Theirs::File(file)) = self.keeping.theirs.borrow_mut().take() {
            // The file has been seen as it is; saving writes over it.
            self.keeping.with_draft(|draft| {
                if let Some(saved) = &mut draft.saved {
                    saved.modified_ms = Some(file.modified_ms);
                }
            });
            self.keep_soon();
        }
    }

    /// Of two versions, the other. This tab's stays as a draft where both are drafts.
    pub(super) fn take_theirs(self: &Rc<Self>) {
        let theirs = self.keeping.theirs.borrow_mut().take();
        match theirs {
            Some(Theirs::Draft(id)) => self.open_draft(&id.encode()),
            Some(Theirs::File(file)) => self.take_file(file),
            None => {}
        }
    }

    fn show_saved(&self) {
        let state = match self.keeping.saver.borrow().state(now_ms()) {
            SaveState::Saved if self.keeping.with_draft(|d| d.revision) == 0 => Saved::Untouched,
            SaveState::Saved => Saved::Draft,
            SaveState::Saving | SaveState::Unsaved => Saved::Saving,
            SaveState::Failed(message) => Saved::Failed(message.into()),
        };
        let changed = *self.keeping.shown.borrow() != state;
        if changed {
            *self.keeping.shown.borrow_mut() = state.clone();
            self.dispatch.dispatch(Action::Saved(state));
            self.show_file_name();
        }
    }

    fn listen_to_tabs(self: &Rc<Self>) {
        let bench = Rc::downgrade(self);
        let channel = Channel::open(move |message| {
            let Some(bench) = bench.upgrade() else { return };
            let news = bench.keeping.tabs.borrow_mut().receive(message);
            if let (Some(answer), Some(channel)) = (&news.answer, &*bench.keeping.channel.borrow()) {
                channel.send(answer);
            }
            if message.kind == Kind::Claim && !bench.keeping.told_of_tabs.replace(true) {
                bench.tell(
                    "tabs",
                    Severity::Warning,
                    "This draft is open in another tab as well. Nothing is overwritten: if both change it, you choose.",
                );
            }
            if news.newer.is_some() {
                bench.dispatch.dispatch(Action::Tell(Message {
                    key: "newer",
                    severity: Severity::Warning,
                    text: "This draft was changed in another tab.".into(),
                    offer: Some(("Show the newer text", Offer::Reload)),
                }));
            }
        });
        *self.keeping.channel.borrow_mut() = Some(channel);
    }

    /// Lists the drafts in their dialog.
    pub(super) fn show_drafts(self: &Rc<Self>) {
        self.keep_now();
        self.list_drafts(true);
    }

    fn list_drafts(self: &Rc<Self>, open: bool) {
        let Some(store) = self.keeping.store() else {
            self.tell("storage", Severity::Error, StorageError::Blocked.message());
            return;
        };
        let bench = Rc::clone(self);
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
                    let current = bench.keeping.with_draft(|d| d.id.encode()).into();
                    bench.dispatch.dispatch(Action::Drafts { rows: rows.collect(), current: Some(current) });
                    if !listing.damaged.is_empty() {
                        bench.tell(
                            "storage",
                            Severity::Warning,
                            "Some drafts are damaged and cannot be listed; the others are whole.",
                        );
                    }
                    if open {
                        bench.dispatch.dispatch(Action::Open(Dialog::Drafts));
                    }
                }
                Err(error) => bench.tell("storage", Severity::Error, error.message()),
            }
        });
    }

    /// An empty post with a head to fill in.
    pub(super) fn new_draft(self: &Rc<Self>) {
        let mut draft = Draft::new(DraftId(random_id()), now_ms());
        let today = crate::post::date::DateTime::from_unix(super::dom::now_seconds(), super::dom::zone_minutes());
        draft.text = format!("---\nlayout: post\ntitle: \ndate: {}\ntags: []\n---\n\n", today.iso_day());
        let caret = Utf16Offset("---\nlayout: post\ntitle: ".len());
        draft.caret = Utf16Range { start: caret, end: caret };
        let bench = Rc::clone(self);
        spawn_local(async move {
            if bench.settle().await {
                bench.show_draft(draft, false);
                bench.textarea.focus_quietly();
            }
        });
    }

    /// Opens a stored draft by its id.
    pub(super) fn open_draft(self: &Rc<Self>, id: &str) {
        let (Some(id), Some(store)) = (DraftId::decode(id), self.keeping.store()) else { return };
        let bench = Rc::clone(self);
        spawn_local(async move {
            if !bench.settle().await {
                return;
            }
            match store.load(id).await {
                Ok(Some(draft)) => {
                    bench.show_draft(draft, true);
                    bench.textarea.focus_quietly();
                    bench.restore_handle(&store, id).await;
                }
                Ok(None) => bench.tell("storage", Severity::Warning, StorageError::Missing.message()),
                Err(error) => bench.tell("storage", Severity::Error, error.message()),
            }
        });
    }

    /// Deletes a draft; a message offers to bring it back.
    pub(super) fn delete_draft(self: &Rc<Self>, id: &str) {
        let (Some(id), Some(store)) = (DraftId::decode(id), self.keeping.store()) else { return };
        let bench = Rc::clone(self);
        spawn_local(async move {
            if let Err(error) = store.delete(id, now_ms()).await {
                bench.tell("storage", Severity::Error, error.message());
                return;
            }
            bench.dispatch.dispatch(Action::Tell(Message {
                key: "deleted",
                severity: Severity::Note,
                text: "The draft was deleted.".into(),
                offer: Some(("Undo", Offer::Undelete(id.encode().into()))),
            }));
            if bench.keeping.with_draft(|draft| draft.id == id) {
                // The editor goes on with the newest of the others, or with an empty post.
                let next = store
                    .list()
                    .await
                    .ok()
                    .and_then(|listing| listing.drafts.iter().find(|d| d.deleted_ms.is_none()).map(|d| d.id));
                let _ = store.set_last_open(next).await;
                bench.abandon();
                match next {
                    Some(next) => bench.open_draft(&next.encode()),
                    None => bench.new_draft(),
                }
            }
            bench.list_drafts(false);
        });
    }

    /// The draft in the editor is not stored again, whatever is still waiting.
    fn abandon(&self) {
        *self.keeping.saver.borrow_mut() = Saver::new();
    }

    fn undelete(self: &Rc<Self>, id: &str) {
        let (Some(id), Some(store)) = (DraftId::decode(id), self.keeping.store()) else { return };
        let bench = Rc::clone(self);
        spawn_local(async move {
            match store.undelete(id).await {
                Ok(_) => bench.list_drafts(false),
                Err(error) => bench.tell("storage", Severity::Error, error.message()),
            }
        });
    }

    /// Gives a draft another title, in its front matter where the title stands.
    pub(super) fn rename_draft(self: &Rc<Self>, id: &str, title: &str) {
        let (Some(id), Some(store)) = (DraftId::decode(id), self.keeping.store()) else { return };
        if title.is_empty() {
            return;
        }
        if self.keeping.with_draft(|draft| draft.id == id) {
            let text = self.textarea.text();
            if let Some(edit) = rename::edit(&text, title) {
                self.edit(&text, &edit);
            }
            self.keeping.set_title(title);
        }
        let (bench, title) = (Rc::clone(self), title.to_owned());
        spawn_local(async move {
            if bench.keeping.with_draft(|draft| draft.id != id)
                && let Ok(Some(mut draft)) = store.load(id).await
            {
                if let Some(edit) = rename::edit(&draft.text, &title) {
                    let text = edit.apply(&draft.text);
                    draft.line_ends.follow(&draft.text, &text);
                    draft.text = text;
                }
                draft.title = title;
                if let Err(error) = store.put(&draft, draft.revision).await {
                    bench.tell("storage", Severity::Error, error.message());
                }
            }
            // The editor's own draft is stored by its input; the list has to show it.
            bench.settle().await;
            bench.list_drafts(false);
        });
    }

    /// Takes a message's offer.
    pub(super) fn take(self: &Rc<Self>, offer: Offer) {
        match offer {
            Offer::Undelete(id) => self.undelete(&id),
            Offer::SaveFile => self.save_file(),
            Offer::OpenDraft(id) => self.open_draft(&id),
            Offer::Reload => {
                let id = self.keeping.with_draft(|draft| draft.id.encode());
                self.open_draft(&id);
            }
        }
    }

    /// The tab is shown again: another may have written meanwhile without our hearing it.
    pub(super) fn look_for_newer(self: &Rc<Self>) {
        let Some(store) = self.keeping.store() else { return };
        let (id, revision) = self.keeping.with_draft(|draft| (draft.id, draft.revision));
        if revision == 0 || !self.keeping.is_safe() {
            return;
        }
        let bench = Rc::clone(self);
        spawn_local(async move {
            let Ok(Some(stored)) = store.load(id).await else { return };
            let (now, text) = bench.keeping.with_draft(|draft| (draft.revision, draft.text.clone()));
            if stored.revision > now && stored.text != text && bench.keeping.with_draft(|draft| draft.id == id) {
                bench.dispatch.dispatch(Action::Tell(Message {
                    key: "newer",
                    severity: Severity::Warning,
                    text: "This draft was changed in another tab.".into(),
                    offer: Some(("Show the newer text", Offer::Reload)),
                }));
            }
        });
    }

    /// Remembers caret and scroll when they have rested for a moment.
    pub(super) fn keep_place_soon(self: &Rc<Self>) {
        let bench = Rc::clone(self);
        *self.keeping.place.borrow_mut() = Some(Timeout::new(PLACE_AFTER, move || bench.keep_place()));
    }

    /// Remembers caret and scroll for the next visit.
    pub(super) fn keep_place(self: &Rc<Self>) {
        let Some(store) = self.keeping.store() else { return };
        let draft = self.current();
        if draft.revision > 0 {
            spawn_local(async move {
                let _ = store.keep_place(draft.id, draft.caret, draft.editor_scroll).await;
            });
        }
    }
}

/// The text that was kept when the program stopped, once.
fn take_rescued() -> Option<String> {
    let storage = super::dom::window().local_storage().ok()??;
    let text = storage.get_item(RESCUE_KEY).ok()??;
    let _ = storage.remove_item(RESCUE_KEY);
    (!text.is_empty()).then_some(text)
}
