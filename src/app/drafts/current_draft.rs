//! The draft in the editor, and how it stands to what is stored. In: drafts, what the store says. Out: the same again.
//! Neighbours: `storing.rs` stores it, `list.rs` opens others.

use crate::app::browser::dom::now_ms;
use crate::app::state::Saved;
use crate::storage::{Channel, Draft, DraftId, IndexedDb, SaveState, Saver, TabId, Tabs, random_id};
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The draft in the editor and everything about its being stored.
pub struct CurrentDraft {
    pub(crate) draft: RefCell<Draft>,
    pub(crate) saver: RefCell<Saver>,
    pub(crate) timer: RefCell<Option<Timeout>>,
    pub(crate) store: RefCell<Option<Rc<IndexedDb>>>,
    pub(crate) tabs: RefCell<Tabs>,
    pub(crate) channel: RefCell<Option<Channel>>,
    pub(crate) saved: RefCell<Saved>,
    pub(crate) saving_shown: RefCell<Option<Timeout>>,
    /// The text that this tab has stored last under the draft's revision: what the next edit is made from. Nothing
    /// before the first put, which writes the whole text.
    pub(crate) stored: RefCell<Option<Rc<str>>>,
    /// The text of the draft as it was opened, until something is put over it.
    pub(crate) loaded: RefCell<Option<Rc<str>>>,
    /// Text of the other side of a conflict, by draft or from the file.
    pub(crate) theirs: RefCell<Option<OtherVersion>>,
    pub(crate) told_of_tabs: Cell<bool>,
    /// When something was typed last.
    pub(crate) last_input: Cell<f64>,
    /// Whether the page is being left: nothing is asked of the store any more.
    pub(crate) leaving: Cell<bool>,
    pub(crate) place: RefCell<Option<Timeout>>,
}

/// The version that a person may take instead of their own.
pub(crate) enum OtherVersion {
    /// It is stored as that draft.
    Draft(DraftId),
    /// It was read from the file.
    File(crate::storage::OpenedFile),
}

impl CurrentDraft {
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
            loaded: RefCell::default(),
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

    pub(crate) fn set_theirs(&self, theirs: OtherVersion) {
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
