//! Drafts: every burst of input is put into storage, the last draft comes back, tabs know of each other.
//! In: input, messages of other tabs, what a person wants with a draft. Out: stored drafts, messages, state.
//! Neighbours: `storage/` keeps them, `list.rs` lists and opens them, `open_save.rs` ties one to a file.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use crate::app::browser::dom::{now_ms, sleep};
use crate::app::drafts::current_draft::OtherVersion;
use crate::app::drafts::leaving::Recovered;
use crate::app::page_controller::PageController;
use crate::app::state::{Action, Message, Offer, Saved, Versions};
use crate::render::title_of;
use crate::storage::{
    Channel, Draft, DraftEdit, DraftId, Drafts, Held, IndexedDb, MessageKind, SaveState, Saver, SaverStep,
    StorageError, Version, VersionReason, random_id,
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

/// An edit that inserts or deletes more bytes than this is a large change: the whole text is stored, and the one before it
/// becomes a version.
const LARGEST_EDIT: usize = 500;

/// That a draft is being saved is shown when it takes so many milliseconds.
const SAVING_AFTER: u32 = 400;

impl PageController {
    /// Opens the drafts and brings the last one back.
    pub(crate) fn open_storage(self: &Rc<Self>) {
        let page = Rc::clone(self);
        spawn_local(async move {
            match IndexedDb::open_here().await {
                Ok(store) => {
                    let store = Rc::new(store);
                    *page.draft.store.borrow_mut() = Some(Rc::clone(&store));
                    page.listen_to_tabs();
                    let waiting = {
                        let page = Rc::clone(&page);
                        Timeout::new(ANSWER_WITHIN, move || page.give_up_waiting())
                    };
                    let recovered = crate::app::drafts::leaving::recover(&store).await;
                    page.restore(&store, recovered, waiting).await;
                }
                Err(error) => {
                    page.editor.tell("storage", Severity::Error, error.message());
                    page.restore_early();
                }
            }
        });
    }

    async fn restore(self: &Rc<Self>, store: &Rc<IndexedDb>, recovered: Recovered, waiting: Timeout) {
        if let (Some(unstored), false) = (recovered.unstored, self.editor.is_ready() || self.was_typed()) {
            // It cannot be stored: it is shown, and kept for the next visit.
            waiting.cancel();
            self.show_draft(new_draft(&unstored.text), false);
            self.editor.text_changed();
            return;
        }
        let last = match store.last_open().await {
            Ok(Some(id)) => store.load(id).await,
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        };
        waiting.cancel();
        // The drafts have answered after all, but were not waited for: a person is writing.
        if self.editor.is_ready() {
            return;
        }
        match last {
            Ok(Some(draft)) if draft.deleted_ms.is_none() => {
                if self.was_typed() && !self.stands(&draft) {
                    // What was typed before the program arrived is a draft of its own.
                    self.restore_nothing();
                    let title: Rc<str> = draft.title.as_str().into();
                    self.editor.dispatch.dispatch(Action::Tell(Message {
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
                        self.editor.tell("recovered", Severity::Note, text);
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
                self.editor.tell("storage", Severity::Error, error.message());
            }
        }
    }

    /// The text that `recovery.js` has put into the editor, from when the page was left.
    fn restored(&self) -> String {
        let restored = js_sys::Reflect::get(&self.editor.textarea.element, &"restored".into());
        restored.ok().and_then(|restored| restored.as_string()).unwrap_or_default()
    }

    /// Whether `recovery.js` has put this draft's text into the editor.
    fn stands(&self, draft: &Draft) -> bool {
        !draft.text.is_empty() && *draft.text == *self.restored()
    }

    /// Begins with what stands in the editor already, where the drafts cannot be had, or else with the welcome.
    pub(crate) fn restore_early(self: &Rc<Self>) {
        let text = self.editor.textarea.text();
        if text.is_empty() || text == WELCOME {
            self.restore_nothing();
        } else {
            self.begin();
            self.editor.text_changed();
        }
    }

    /// Begins with what was typed already, or with the welcome.
    fn restore_nothing(self: &Rc<Self>) {
        if self.was_typed() {
            self.begin();
            self.editor.text_changed();
            return;
        }
        self.show_draft(new_draft(WELCOME), false);
    }

    /// Whether something was typed before the program arrived: the textarea stands empty in the page but for what
    /// `recovery.js` puts there, and `autocomplete="off"` keeps browsers from restoring what it held before.
    fn was_typed(&self) -> bool {
        self.editor.textarea.text() != self.restored()
    }

    /// Puts a draft into the editor, in place of the one there, which must be settled.
    pub(crate) fn show_draft(self: &Rc<Self>, draft: Draft, stored: bool) {
        // What stands there already stays as it is, with what was typed into it and where the caret has gone meanwhile.
        let stands = self.stands(&draft);
        if !stands {
            self.editor.textarea.replace_all(&draft.text);
            self.editor.textarea.select_utf16(draft.caret.start.0, draft.caret.end.0);
            self.editor.textarea.element.set_scroll_top(draft.editor_scroll as i32);
            self.hold_place(draft.editor_scroll);
        }
        let typed = stands && self.was_typed();
        let (id, revision) = (draft.id, draft.revision);
        *self.draft.saver.borrow_mut() = Saver::new();
        self.draft.stored.take();
        *self.draft.loaded.borrow_mut() = (revision > 0).then(|| Rc::clone(&draft.text));
        *self.draft.draft.borrow_mut() = draft;
        self.file.forget();
        self.draft.told_of_tabs.set(false);
        for key in ["tabs", "newer", "disk", "last-draft"] {
            self.editor.dispatch.dispatch(Action::Dismiss(key));
        }
        self.show_saved();
        self.begin();
        self.editor.show_anew();
        self.show_file_name();
        self.editor.want_editor_scroll();
        self.editor.want_caret();
        if stored {
            self.opened(id, revision);
        }
        if typed {
            self.editor.text_changed();
        }
    }

    /// Puts the editor to that place once more: Firefox brings a selection into view some time after it was made.
    fn hold_place(self: &Rc<Self>, scrolled: f64) {
        let page = Rc::clone(self);
        let selection = self.editor.textarea.selection_utf16();
        spawn_local(async move {
            sleep(HOLD_FOR).await;
            // A person who types or moves the caret meanwhile is not scrolled back.
            if page.editor.textarea.selection_utf16() == selection {
                page.editor.textarea.element.set_scroll_top(scrolled as i32);
            }
        });
    }

    /// Tells the other tabs, and remembers for the next visit, which draft is in the editor.
    fn opened(self: &Rc<Self>, id: DraftId, revision: u64) {
        let messages = self.draft.tabs.borrow_mut().open(Some((id, revision)));
        if let Some(channel) = &*self.draft.channel.borrow() {
            messages.iter().for_each(|message| channel.send(message));
        }
        if let Some(store) = self.draft.store() {
            spawn_local(async move {
                // Forgetting this costs the writer one click on the list of drafts.
                let _ = store.set_last_open(Some(id)).await;
            });
        }
    }

    /// Something was typed: it is stored within the tenth of a second.
    pub(crate) fn keep_soon(self: &Rc<Self>) {
        self.draft.last_input.set(now_ms());
        self.draft.saver.borrow_mut().input(now_ms());
        self.poll_saver();
    }

    /// Stores at once what is not stored yet: the page may go away.
    pub(crate) fn keep_now(self: &Rc<Self>) {
        // Of a program that has stopped, `recovery.js` knows the newer text.
        if self.draft.leaving.get() || crate::app::drafts::leaving::has_stopped() {
            return;
        }
        self.draft.saver.borrow_mut().flush();
        self.poll_saver();
    }

    fn poll_saver(self: &Rc<Self>) {
        if self.draft.leaving.get() {
            return;
        }
        let now = now_ms();
        let next = self.draft.saver.borrow_mut().poll(now);
        match next {
            SaverStep::Idle => {
                self.draft.timer.borrow_mut().take();
            }
            SaverStep::WaitUntil(at) => {
                let page = Rc::clone(self);
                let wait = (at - now).ceil().clamp(1.0, 60_000.0) as u32;
                *self.draft.timer.borrow_mut() = Some(Timeout::new(wait, move || page.poll_saver()));
            }
            SaverStep::PutNow => self.put(),
            SaverStep::CompactNow => self.compact(),
        }
        self.show_saved();
    }

    /// The draft as it stands in the editor.
    fn current(&self) -> Draft {
        let text = self.editor.text_now();
        let (start, end) = self.editor.known_selection().unwrap_or_else(|| self.editor.textarea.selection_utf16());
        self.draft.with_draft(|draft| {
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
            draft.editor_scroll = f64::from(self.editor.textarea.element.scroll_top());
            draft.clone()
        })
    }

    /// The edit that leads from the stored text to the draft's, where it is enough to store that; else the text that the
    /// draft's replaces, where that is worth a version.
    fn how_to_put(&self, draft: &Draft) -> (Option<DraftEdit>, Option<(Version, Rc<str>)>) {
        let (stored, loaded) = (self.draft.stored.borrow().clone(), self.draft.loaded.borrow().clone());
        let reason = if loaded.is_some() { VersionReason::Opened } else { VersionReason::Change };
        let Some(before) = loaded.or(stored).filter(|before| *before != draft.text) else { return (None, None) };
        if reason == VersionReason::Change {
            let edit = DraftEdit::between(&before, &draft.text);
            // Half of a short text is much of it.
            if edit.inserted.len() <= LARGEST_EDIT && edit.deleted <= (edit.length / 2).clamp(50, LARGEST_EDIT) {
                return (Some(edit).filter(|_| self.draft.saver.borrow().takes_edits()), None);
            }
        }
        (None, Some((Version::of(&before, reason, now_ms()), before)))
    }

    fn put(self: &Rc<Self>) {
        let draft = self.current();
        self.tell_recovery();
        let (edit, replaced) = self.how_to_put(&draft);
        let store = self.draft.store();
        let page = Rc::clone(self);
        spawn_local(async move {
            let result = match (&store, &edit) {
                (Some(store), Some(edit)) => store.append(&draft, edit, draft.revision).await,
                (Some(store), None) => store.put_over(&draft, draft.revision, replaced.as_ref()).await,
                (None, _) => Err(StorageError::Blocked),
            };
            let held = if edit.is_some() { Held::Edit } else { Held::Whole };
            page.after_put(&draft, held, result);
        });
    }

    /// Has the store write the whole text in place of the journal of edits.
    fn compact(self: &Rc<Self>) {
        let Some(store) = self.draft.store() else { return };
        let id = self.draft.with_draft(|draft| draft.id);
        let page = Rc::clone(self);
        spawn_local(async move {
            let result = store.compact(id).await;
            if page.draft.with_draft(|draft| draft.id == id) {
                page.draft.saver.borrow_mut().done(now_ms(), result.as_ref().map(|()| Held::Whole));
            }
            page.poll_saver();
        });
    }

    fn after_put(self: &Rc<Self>, draft: &Draft, held: Held, result: Result<u64, StorageError>) {
        let same = self.draft.with_draft(|now| now.id == draft.id);
        if same {
            let told = result.as_ref().map(|_| held);
            self.draft.saver.borrow_mut().done(now_ms(), told);
        }
        match result {
            Ok(revision) if same => {
                self.draft.with_draft(|now| now.revision = revision);
                *self.draft.stored.borrow_mut() = Some(Rc::clone(&draft.text));
                self.draft.loaded.borrow_mut().take_if(|loaded| *loaded != draft.text);
                self.tell_recovery();
                self.editor.dispatch.dispatch(Action::Dismiss("storage"));
                let message = self.draft.tabs.borrow_mut().written(revision);
                match (message, &*self.draft.channel.borrow()) {
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
                self.editor.dispatch.dispatch(Action::Tell(Message {
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
        if self.draft.with_draft(|draft| draft.id != mine.id) {
            // The draft has left the editor meanwhile: keep the text under a name of its own, quietly.
            let copy = Draft { id: DraftId(random_id()), revision: 0, ..mine.clone() };
            if let Some(store) = self.draft.store() {
                spawn_local(async move {
                    let _ = store.put(&copy, 0).await;
                });
            }
            return;
        }
        self.draft.with_draft(|draft| {
            draft.id = DraftId(random_id());
            draft.revision = 0;
        });
        self.draft.stored.take();
        self.draft.loaded.take();
        self.tell_recovery();
        let id = self.draft.with_draft(|draft| draft.id);
        *self.draft.saver.borrow_mut() = Saver::new();
        self.keep_soon();
        self.editor.dispatch.dispatch(Action::Dismiss("newer"));
        self.draft.set_theirs(OtherVersion::Draft(theirs.id));
        let (text, theirs_id): (Rc<str>, Rc<str>) = (Rc::clone(&theirs.text), theirs.id.encode().into());
        let page = Rc::clone(self);
        spawn_local(async move {
            // A dialog that opens while a person types would take the next letter for a choice.
            while now_ms() - page.draft.last_input.get() < CHOICE_AFTER {
                crate::app::browser::dom::sleep(100).await;
            }
            if page.draft.with_draft(|draft| draft.id == id) {
                let mine = page.editor.textarea.text().into();
                let versions = Versions { mine, theirs: text, theirs_id, on_disk: false };
                page.with_tools(|_, page| page.editor.dispatch.dispatch(Action::Versions(versions)));
            }
        });
    }

    /// Of two versions, this tab's.
    pub(crate) fn keep_mine(self: &Rc<Self>) {
        if let Some(OtherVersion::File(file)) = self.draft.theirs.borrow_mut().take() {
            // The file has been seen as it is; saving writes over it.
            self.draft.with_draft(|draft| {
                if let Some(saved) = &mut draft.saved {
                    saved.modified_ms = Some(file.modified_ms);
                }
            });
            self.keep_soon();
        }
    }

    /// Of two versions, the other. This tab's stays as a draft where both are drafts.
    pub(crate) fn take_theirs(self: &Rc<Self>) {
        let theirs = self.draft.theirs.borrow_mut().take();
        match theirs {
            Some(OtherVersion::Draft(id)) => self.open_draft(&id.encode()),
            Some(OtherVersion::File(file)) => {
                self.with_draft_tools(|tools, page| (tools.take_file)(page, file), Self::tell_part_missing);
            }
            None => {}
        }
    }

    /// Shows how the text stands to the stored draft: at once as a property of the body (an attribute would cost a
    /// frame), and to the person, but not while it is being stored: that takes a few frames only, and drawing the bar
    /// twice for each key costs more than all the rest.
    fn show_saved(self: &Rc<Self>) {
        let state = match self.draft.saver.borrow().state(now_ms()) {
            SaveState::Saved if self.draft.with_draft(|d| d.revision) == 0 => Saved::Untouched,
            SaveState::Saved => Saved::Draft,
            SaveState::Saving | SaveState::Unsaved => Saved::Saving,
            SaveState::Failed(message) => Saved::Failed(message.into()),
        };
        let changed = *self.draft.saved.borrow() != state;
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
        *self.draft.saved.borrow_mut() = state;
        if waits == 0 {
            self.draft.saving_shown.borrow_mut().take();
            self.tell_saved();
        } else {
            let page = Rc::clone(self);
            *self.draft.saving_shown.borrow_mut() = Some(Timeout::new(waits, move || page.tell_saved()));
        }
    }

    fn tell_saved(&self) {
        self.editor.dispatch.dispatch(Action::Saved(self.draft.saved.borrow().clone()));
        self.show_file_name();
    }

    fn listen_to_tabs(self: &Rc<Self>) {
        let page = Rc::downgrade(self);
        let channel = Channel::open(move |message| {
            let Some(page) = page.upgrade() else { return };
            let news = page.draft.tabs.borrow_mut().receive(message);
            if let (Some(answer), Some(channel)) = (&news.answer, &*page.draft.channel.borrow()) {
                channel.send(answer);
            }
            if message.kind == MessageKind::Claim && !page.draft.told_of_tabs.replace(true) {
                page.editor.tell(
                    "tabs",
                    Severity::Warning,
                    "This draft is open in another tab as well. Nothing is overwritten: if both change it, you choose.",
                );
            }
            if news.newer.is_some() {
                page.tell_of_newer();
            }
        });
        *self.draft.channel.borrow_mut() = Some(channel);
    }

    fn tell_of_newer(&self) {
        self.editor.dispatch.dispatch(Action::Tell(Message {
            key: "newer",
            severity: Severity::Warning,
            text: "This draft was changed in another tab.".into(),
            offer: Some(("Show the newer text", Offer::Reload)),
        }));
    }

    /// The tab is shown again: another tab may have stored text meanwhile, and its message was missed.
    pub(crate) fn look_for_newer(self: &Rc<Self>) {
        let Some(store) = self.draft.store() else { return };
        let (id, revision) = self.draft.with_draft(|draft| (draft.id, draft.revision));
        if revision == 0 || !self.draft.is_safe() {
            return;
        }
        let page = Rc::clone(self);
        spawn_local(async move {
            let Ok(Some(stored)) = store.load(id).await else { return };
            let (now, text) = page.draft.with_draft(|draft| (draft.revision, draft.text.clone()));
            if stored.revision > now && stored.text != text && page.draft.with_draft(|draft| draft.id == id) {
                page.tell_of_newer();
            }
        });
    }

    /// Remembers caret and scroll when they have rested for a moment.
    pub(crate) fn keep_place_soon(self: &Rc<Self>) {
        let page = Rc::clone(self);
        *self.draft.place.borrow_mut() = Some(Timeout::new(PLACE_AFTER, move || page.keep_place()));
    }

    /// Remembers caret and scroll for the next visit.
    pub(crate) fn keep_place(self: &Rc<Self>) {
        if self.draft.leaving.get() {
            return;
        }
        let Some(store) = self.draft.store() else { return };
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
