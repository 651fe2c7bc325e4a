//! Drafts: every burst of input is put into storage, the last draft comes back, tabs know of each other.
//! In: input, messages of other tabs, what a person wants with a draft. Out: stored drafts, messages, state.
//! Neighbours: `storage/` keeps them, `draft_list.rs` lists and opens them, `file_keeping.rs` ties one to a file.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use crate::app::browser::dom::{now_ms, sleep};
use crate::app::drafts::leaving::Recovered;
use crate::app::state::{Action, Message, Offer, Saved, Versions};
use crate::app::workbench::Workbench;
use crate::render::title_of;
use crate::storage::{
    Channel, Draft, DraftEdit, DraftId, Drafts, Held, IndexedDb, Kind, Next, SaveState, Saver, StorageError, TabId,
    Tabs, random_id,
};
use crate::text::{Severity, Utf16Offset, Utf16Range};

/// The text of a first visit.
pub(crate) const WELCOME: &str = include_str!("../../welcome.md");

/// Caret and scroll are remembered when they have rested for so many milliseconds.
const PLACE_AFTER: u32 = 40;

/// A draft's place is held for so many milliseconds after it was shown.
const HOLD_FOR: i32 = 30;

/// A choice between two versions is asked for when nothing was typed for so many milliseconds.
const CHOICE_AFTER: f64 = 700.0;

/// Drafts that have not come back within so many milliseconds are not waited for.
const ANSWER_WITHIN: u32 = 6_000;

/// An edit that inserts more bytes than this is stored with the whole text.
const LARGEST_EDIT: usize = 4_096;

/// That a draft is being saved is shown when it takes so many milliseconds.
const SAVING_AFTER: u32 = 400;

/// The draft in the editor and everything about its being stored.
pub struct Keeping {
    draft: RefCell<Draft>,
    pub(crate) saver: RefCell<Saver>,
    timer: RefCell<Option<Timeout>>,
    store: RefCell<Option<Rc<IndexedDb>>>,
    tabs: RefCell<Tabs>,
    channel: RefCell<Option<Channel>>,
    saved: RefCell<Saved>,
    saving_shown: RefCell<Option<Timeout>>,
    /// The text that this tab has stored last under the draft's revision: what the next edit is made from. Nothing before
    /// the first put, which writes the whole text.
    stored: RefCell<Option<Rc<str>>>,
    /// Text of the other side of a conflict, by draft or from the file.
    theirs: RefCell<Option<Theirs>>,
    told_of_tabs: Cell<bool>,
    /// When something was typed last.
    last_input: Cell<f64>,
    /// Whether the page is being left: nothing is asked of the store any more.
    pub(crate) leaving: Cell<bool>,
    place: RefCell<Option<Timeout>>,
}

/// The version that a person may take instead of their own.
pub(crate) enum Theirs {
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
            saved: RefCell::default(),
            saving_shown: RefCell::default(),
            stored: RefCell::default(),
            theirs: RefCell::default(),
            told_of_tabs: Cell::new(false),
            last_input: Cell::new(0.0),
            leaving: Cell::new(false),
            place: RefCell::default(),
        }
    }

    /// The name of the file that the draft came from or was saved to.
    pub fn file_name(&self) -> Option<String> {
        self.draft.borrow().file_name.clone()
    }

    pub(crate) fn with_draft<T>(&self, use_it: impl FnOnce(&mut Draft) -> T) -> T {
        use_it(&mut self.draft.borrow_mut())
    }

    pub(crate) fn store(&self) -> Option<Rc<IndexedDb>> {
        self.store.borrow().clone()
    }

    pub(crate) fn set_theirs(&self, theirs: Theirs) {
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
    pub(crate) fn open_storage(self: &Rc<Self>) {
        let bench = Rc::clone(self);
        spawn_local(async move {
            match IndexedDb::open_here().await {
                Ok(store) => {
                    let store = Rc::new(store);
                    *bench.keeping.store.borrow_mut() = Some(Rc::clone(&store));
                    bench.listen_to_tabs();
                    let waiting = {
                        let bench = Rc::clone(&bench);
                        Timeout::new(ANSWER_WITHIN, move || bench.give_up_waiting())
                    };
                    let recovered = crate::app::drafts::leaving::recover(&store).await;
                    bench.restore(&store, recovered, waiting).await;
                }
                Err(error) => {
                    bench.tell("storage", Severity::Error, error.message());
                    bench.restore_early();
                }
            }
        });
    }

    async fn restore(self: &Rc<Self>, store: &Rc<IndexedDb>, recovered: Recovered, waiting: Timeout) {
        if let (Some(unstored), false) = (recovered.unstored, self.is_ready() || self.was_typed()) {
            // It cannot be stored: it is shown, and kept for the next visit.
            waiting.cancel();
            self.show_draft(new_draft(&unstored.text), false);
            self.text_changed();
            return;
        }
        let last = match store.last_open().await {
            Ok(Some(id)) => store.load(id).await,
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        };
        waiting.cancel();
        // The drafts have answered after all, but were not waited for: somebody writes.
        if self.is_ready() {
            return;
        }
        match last {
            Ok(Some(draft)) if draft.deleted_ms.is_none() => {
                if self.was_typed() && !self.stands(&draft) {
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
                    if recovered.draft == Some(id) {
                        let text = "This is the text as it stood when the page stopped working, or was left before it was there.";
                        self.tell("recovered", Severity::Note, text);
                    }
                    self.restore_handle(store, id).await;
                }
            }
            Ok(_) => self.restore_nothing(),
            Err(error) => {
                match &error {
                    StorageError::Corrupt { rescued: Some(text) } if self.was_typed() => {
                        keep_text(store, text).await;
                        self.restore_early();
                    }
                    StorageError::Corrupt { rescued: Some(text) } => self.show_draft(new_draft(text), false),
                    _ => self.restore_early(),
                }
                self.tell("storage", Severity::Error, error.message());
            }
        }
    }

    /// The text that `recovery.js` has put into the editor, from when the page was left.
    fn restored(&self) -> String {
        let restored = js_sys::Reflect::get(&self.textarea.element, &"restored".into());
        restored.ok().and_then(|restored| restored.as_string()).unwrap_or_default()
    }

    /// Whether `recovery.js` has put this draft's text into the editor.
    fn stands(&self, draft: &Draft) -> bool {
        !draft.text.is_empty() && *draft.text == *self.restored()
    }

    /// Begins with what stands in the editor already, where the drafts cannot be had, or else with the welcome.
    pub(crate) fn restore_early(self: &Rc<Self>) {
        let text = self.textarea.text();
        if text.is_empty() || text == WELCOME {
            self.restore_nothing();
        } else {
            self.begin();
            self.text_changed();
        }
    }

    /// Begins with what was typed already, or with the welcome.
    fn restore_nothing(self: &Rc<Self>) {
        if self.was_typed() {
            self.begin();
            self.text_changed();
            return;
        }
        self.show_draft(new_draft(WELCOME), false);
    }

    /// Whether something was typed before the program arrived: the textarea stands empty in the page but for what
    /// `recovery.js` puts there, and `autocomplete="off"` keeps browsers from restoring what it held before.
    fn was_typed(&self) -> bool {
        self.textarea.text() != self.restored()
    }

    /// Puts a draft into the editor, in place of the one there, which must be settled.
    pub(crate) fn show_draft(self: &Rc<Self>, draft: Draft, stored: bool) {
        // What stands there already stays as it is, with what was typed into it and where the caret has gone meanwhile.
        let stands = self.stands(&draft);
        if !stands {
            self.textarea.replace_all(&draft.text);
            self.textarea.select_utf16(draft.caret.start.0, draft.caret.end.0);
            self.textarea.element.set_scroll_top(draft.editor_scroll as i32);
            self.hold_place(draft.editor_scroll);
        }
        let typed = stands && self.was_typed();
        let (id, revision) = (draft.id, draft.revision);
        *self.keeping.saver.borrow_mut() = Saver::new();
        self.keeping.stored.take();
        *self.keeping.draft.borrow_mut() = draft;
        self.file.forget();
        self.keeping.told_of_tabs.set(false);
        for key in ["tabs", "newer", "disk", "last-draft"] {
            self.dispatch.dispatch(Action::Dismiss(key));
        }
        self.show_saved();
        self.begin();
        self.show_anew();
        self.show_file_name();
        self.want_editor_scroll();
        self.want_caret();
        if stored {
            self.opened(id, revision);
        }
        if typed {
            self.text_changed();
        }
    }

    /// Puts the editor to that place once more: Firefox brings a selection into view some time after it was made.
    fn hold_place(self: &Rc<Self>, scrolled: f64) {
        let bench = Rc::clone(self);
        let selection = self.textarea.selection_utf16();
        spawn_local(async move {
            sleep(HOLD_FOR).await;
            // Whoever types or goes elsewhere meanwhile is followed.
            if bench.textarea.selection_utf16() == selection {
                bench.textarea.element.set_scroll_top(scrolled as i32);
            }
        });
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
    pub(crate) fn keep_soon(self: &Rc<Self>) {
        self.keeping.last_input.set(now_ms());
        self.keeping.saver.borrow_mut().input(now_ms());
        self.poll_saver();
    }

    /// Stores at once what is not stored yet: the page may go away.
    pub(crate) fn keep_now(self: &Rc<Self>) {
        // Of a program that has stopped, `recovery.js` knows the newer text.
        if self.keeping.leaving.get() || crate::app::drafts::leaving::has_stopped() {
            return;
        }
        self.keeping.saver.borrow_mut().flush();
        self.poll_saver();
    }

    fn poll_saver(self: &Rc<Self>) {
        if self.keeping.leaving.get() {
            return;
        }
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
            Next::CompactNow => self.compact(),
        }
        self.show_saved();
    }

    /// The draft as it stands in the editor.
    fn current(&self) -> Draft {
        let text = self.text_now();
        let (start, end) = self.known_selection().unwrap_or_else(|| self.textarea.selection_utf16());
        self.keeping.with_draft(|draft| {
            if draft.text != text {
                draft.line_ends.follow(&draft.text, &text);
                draft.text = text;
                draft.updated_ms = now_ms();
                draft.title = self.shown_title().unwrap_or_default();
            }
            if draft.title.is_empty() {
                draft.title = title_of(&draft.text);
            }
            draft.caret = Utf16Range { start: Utf16Offset(start), end: Utf16Offset(end) };
            draft.editor_scroll = f64::from(self.textarea.element.scroll_top());
            draft.clone()
        })
    }

    /// The edit that leads from the stored text to the draft's, where it is enough to store that.
    fn edit_to_store(&self, draft: &Draft) -> Option<DraftEdit> {
        let stored = self.keeping.stored.borrow().clone()?;
        if stored == draft.text || !self.keeping.saver.borrow().takes_edits() {
            return None;
        }
        Some(DraftEdit::between(&stored, &draft.text)).filter(|edit| edit.inserted.len() <= LARGEST_EDIT)
    }

    fn put(self: &Rc<Self>) {
        let draft = self.current();
        let edit = self.edit_to_store(&draft);
        let store = self.keeping.store();
        let bench = Rc::clone(self);
        spawn_local(async move {
            let result = match (&store, &edit) {
                (Some(store), Some(edit)) => store.append(&draft, edit, draft.revision).await,
                (Some(store), None) => store.put(&draft, draft.revision).await,
                (None, _) => Err(StorageError::Blocked),
            };
            let held = if edit.is_some() { Held::Edit } else { Held::Whole };
            bench.after_put(&draft, held, result);
        });
    }

    /// Has the store write the whole text in place of the journal of edits.
    fn compact(self: &Rc<Self>) {
        let Some(store) = self.keeping.store() else { return };
        let id = self.keeping.with_draft(|draft| draft.id);
        let bench = Rc::clone(self);
        spawn_local(async move {
            let result = store.compact(id).await;
            if bench.keeping.with_draft(|draft| draft.id == id) {
                bench.keeping.saver.borrow_mut().done(now_ms(), result.as_ref().map(|()| Held::Whole));
            }
            bench.poll_saver();
        });
    }

    fn after_put(self: &Rc<Self>, draft: &Draft, held: Held, result: Result<u64, StorageError>) {
        let same = self.keeping.with_draft(|now| now.id == draft.id);
        if same {
            let told = result.as_ref().map(|_| held);
            self.keeping.saver.borrow_mut().done(now_ms(), told);
        }
        match result {
            Ok(revision) if same => {
                self.keeping.with_draft(|now| now.revision = revision);
                *self.keeping.stored.borrow_mut() = Some(Rc::clone(&draft.text));
                self.tell_recovery();
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
        self.keeping.stored.take();
        self.tell_recovery();
        let id = self.keeping.with_draft(|draft| draft.id);
        *self.keeping.saver.borrow_mut() = Saver::new();
        self.keep_soon();
        self.dispatch.dispatch(Action::Dismiss("newer"));
        self.keeping.set_theirs(Theirs::Draft(theirs.id));
        let (text, theirs_id): (Rc<str>, Rc<str>) = (Rc::clone(&theirs.text), theirs.id.encode().into());
        let bench = Rc::clone(self);
        spawn_local(async move {
            // A dialog that opens under typing hands would take the next letter for a choice.
            while now_ms() - bench.keeping.last_input.get() < CHOICE_AFTER {
                crate::app::browser::dom::sleep(100).await;
            }
            if bench.keeping.with_draft(|draft| draft.id == id) {
                let mine = bench.textarea.text().into();
                let versions = Versions { mine, theirs: text, theirs_id, on_disk: false };
                bench.with_tools(|_, bench| bench.dispatch.dispatch(Action::Versions(versions)));
            }
        });
    }

    /// Of two versions, this tab's.
    pub(crate) fn keep_mine(self: &Rc<Self>) {
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
    pub(crate) fn take_theirs(self: &Rc<Self>) {
        let theirs = self.keeping.theirs.borrow_mut().take();
        match theirs {
            Some(Theirs::Draft(id)) => self.open_draft(&id.encode()),
            Some(Theirs::File(file)) => self.take_file(file),
            None => {}
        }
    }

    /// Shows how the text stands to the stored draft: at once as a property of the body (an attribute would
    /// cost a frame), and to the person, unless it
    /// is but on its way, for then it arrives within a few frames, and drawing the bar twice for each key costs more than
    /// all the rest.
    fn show_saved(self: &Rc<Self>) {
        let state = match self.keeping.saver.borrow().state(now_ms()) {
            SaveState::Saved if self.keeping.with_draft(|d| d.revision) == 0 => Saved::Untouched,
            SaveState::Saved => Saved::Draft,
            SaveState::Saving | SaveState::Unsaved => Saved::Saving,
            SaveState::Failed(message) => Saved::Failed(message.into()),
        };
        let changed = *self.keeping.saved.borrow() != state;
        if !changed {
            return;
        }
        let (name, waits) = match &state {
            Saved::Untouched => ("untouched", 0),
            Saved::Draft => ("saved", 0),
            Saved::Saving => ("saving", SAVING_AFTER),
            Saved::Failed(_) => ("failed", 0),
        };
        if let Some(body) = crate::app::browser::dom::document().body() {
            let _ = js_sys::Reflect::set(&body, &"saved".into(), &name.into());
        }
        *self.keeping.saved.borrow_mut() = state;
        if waits == 0 {
            self.keeping.saving_shown.borrow_mut().take();
            self.tell_saved();
        } else {
            let bench = Rc::clone(self);
            *self.keeping.saving_shown.borrow_mut() = Some(Timeout::new(waits, move || bench.tell_saved()));
        }
    }

    fn tell_saved(&self) {
        self.dispatch.dispatch(Action::Saved(self.keeping.saved.borrow().clone()));
        self.show_file_name();
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
                bench.tell_of_newer();
            }
        });
        *self.keeping.channel.borrow_mut() = Some(channel);
    }

    fn tell_of_newer(&self) {
        self.dispatch.dispatch(Action::Tell(Message {
            key: "newer",
            severity: Severity::Warning,
            text: "This draft was changed in another tab.".into(),
            offer: Some(("Show the newer text", Offer::Reload)),
        }));
    }

    /// The tab is shown again: another may have written meanwhile without our hearing it.
    pub(crate) fn look_for_newer(self: &Rc<Self>) {
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
                bench.tell_of_newer();
            }
        });
    }

    /// Remembers caret and scroll when they have rested for a moment.
    pub(crate) fn keep_place_soon(self: &Rc<Self>) {
        let bench = Rc::clone(self);
        *self.keeping.place.borrow_mut() = Some(Timeout::new(PLACE_AFTER, move || bench.keep_place()));
    }

    /// Remembers caret and scroll for the next visit.
    pub(crate) fn keep_place(self: &Rc<Self>) {
        if self.keeping.leaving.get() {
            return;
        }
        let Some(store) = self.keeping.store() else { return };
        let draft = self.current();
        if draft.revision > 0 {
            spawn_local(async move {
                let _ = store.keep_place(draft.id, draft.caret, draft.editor_scroll).await;
            });
        }
    }
}

/// A draft of that text, not stored yet.
fn new_draft(text: &str) -> Draft {
    let mut draft = Draft::new(DraftId(random_id()), now_ms());
    draft.text = text.into();
    draft
}

/// Stores a text as a draft of its own, the last one.
async fn keep_text(store: &IndexedDb, text: &str) -> Option<DraftId> {
    let mut draft = new_draft(text);
    draft.title = title_of(text);
    store.put(&draft, draft.revision).await.ok()?;
    let _ = store.set_last_open(Some(draft.id)).await;
    Some(draft.id)
}
