//! `MemoryDrafts`: a store of drafts that lasts as long as the tab. In: drafts. Out: the same drafts.
//! Neighbours: `indexed_db.rs` is the browser's store; this one is for tests and where the browser denies storage.
//! `memory/` keeps histories and pictures.

mod history;
mod pictures;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::ready;
use std::rc::Rc;

use super::drafts::purge_due;
use super::journal::{Replayed, recovered, replay};
use super::pictures::PictureKey;
use super::{Draft, DraftEdit, DraftId, Drafts, Listing, StorageError, Task, Version};
use crate::text::Utf16Range;

/// A version with its text.
type KeptVersion = (Version, Rc<str>);

/// A draft as a store keeps it.
#[derive(Debug)]
struct Stored {
    /// Everything as it was put last.
    head: Draft,
    /// The whole text as it was put last.
    text: Rc<str>,
    /// The edits since.
    journal: Vec<DraftEdit>,
}

impl Stored {
    fn replayed(&self) -> Replayed {
        replay(self.text.to_string(), self.journal.iter().cloned().map(Some))
    }

    fn draft(&self) -> Draft {
        Draft { text: self.replayed().text.into(), ..self.head.clone() }
    }
}

/// Drafts in memory.
#[derive(Debug, Default)]
pub struct MemoryDrafts {
    drafts: RefCell<BTreeMap<DraftId, Stored>>,
    versions: RefCell<BTreeMap<DraftId, Vec<KeptVersion>>>,
    pictures: RefCell<BTreeMap<PictureKey, Rc<[u8]>>>,
    last_open: Cell<Option<DraftId>>,
    failure: RefCell<Option<StorageError>>,
}

impl MemoryDrafts {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on every task ends with this error and changes nothing, until it is taken back with `None`.
    pub fn fail(&self, failure: Option<StorageError>) {
        *self.failure.borrow_mut() = failure;
    }

    fn task<T: 'static>(&self, work: impl FnOnce() -> Result<T, StorageError>) -> Task<'_, T> {
        let failure = self.failure.borrow().clone();
        Box::pin(ready(match failure {
            Some(error) => Err(error),
            None => work(),
        }))
    }

    fn mark(&self, id: DraftId, deleted_ms: Option<f64>) -> Task<'_, u64> {
        self.task(|| {
            let mut drafts = self.drafts.borrow_mut();
            let head = &mut drafts.get_mut(&id).ok_or(StorageError::Missing)?.head;
            head.revision += 1;
            head.deleted_ms = deleted_ms;
            Ok(head.revision)
        })
    }

    /// Puts a draft whole, or only the edit, where that is possible; with the version that it replaces.
    fn store<'a>(
        &'a self,
        draft: &'a Draft,
        edit: Option<&DraftEdit>,
        expected: u64,
        replaced: Option<&(Version, Rc<str>)>,
    ) -> Task<'a, u64> {
        self.task(|| {
            let mut drafts = self.drafts.borrow_mut();
            if let Some(theirs) = drafts.get(&draft.id)
                && theirs.head.revision != expected
            {
                let theirs = theirs.draft();
                return if theirs.same_content(draft) {
                    Ok(theirs.revision)
                } else {
                    Err(StorageError::Conflict { theirs: Box::new(theirs) })
                };
            }
            if let Some(replaced) = replaced {
                self.versions.borrow_mut().entry(draft.id).or_default().push(replaced.clone());
            }
            let revision = expected + 1;
            let head = Draft { revision, ..draft.clone() };
            match (drafts.get_mut(&draft.id), edit) {
                (Some(stored), Some(edit)) if stored.head.text.len() == edit.length => {
                    stored.head = head;
                    stored.journal.push(edit.clone());
                }
                _ => {
                    let text = Rc::clone(&draft.text);
                    drafts.insert(draft.id, Stored { head, text, journal: Vec::new() });
                }
            }
            Ok(revision)
        })
    }
}

impl Drafts for MemoryDrafts {
    fn list(&self) -> Task<'_, Listing> {
        self.task(|| {
            let drafts = self.drafts.borrow().values().map(|stored| stored.head.summary()).collect();
            let mut listing = Listing { drafts, damaged: Vec::new() };
            listing.sort();
            Ok(listing)
        })
    }

    fn load(&self, id: DraftId) -> Task<'_, Option<Draft>> {
        self.task(|| Ok(self.drafts.borrow().get(&id).map(Stored::draft)))
    }

    fn put_over<'a>(
        &'a self,
        draft: &'a Draft,
        expected: u64,
        replaced: Option<&'a (Version, Rc<str>)>,
    ) -> Task<'a, u64> {
        self.store(draft, None, expected, replaced)
    }

    fn append<'a>(&'a self, draft: &'a Draft, edit: &'a DraftEdit, expected: u64) -> Task<'a, u64> {
        self.store(draft, Some(edit), expected, None)
    }

    fn compact(&self, id: DraftId) -> Task<'_, ()> {
        self.task(|| {
            let mut drafts = self.drafts.borrow_mut();
            let Some(stored) = drafts.get_mut(&id) else { return Ok(()) };
            let Replayed { text, unfitting } = stored.replayed();
            stored.journal.clear();
            stored.text = text.into();
            stored.head.text = Rc::clone(&stored.text);
            if let Some(text) = unfitting {
                let head = Draft { revision: 1, ..recovered(id, &stored.head.title, &text, stored.head.updated_ms) };
                drafts.insert(head.id, Stored { text: Rc::clone(&head.text), head, journal: Vec::new() });
            }
            Ok(())
        })
    }

    fn delete(&self, id: DraftId, now_ms: f64) -> Task<'_, u64> {
        self.mark(id, Some(now_ms))
    }

    fn undelete(&self, id: DraftId) -> Task<'_, u64> {
        self.mark(id, None)
    }

    fn purge(&self, now_ms: f64, days: u32) -> Task<'_, usize> {
        self.task(|| {
            let mut drafts = self.drafts.borrow_mut();
            let before = drafts.len();
            let purged = |stored: &Stored| purge_due(stored.head.deleted_ms, now_ms, days);
            for (id, _) in drafts.iter().filter(|(_, stored)| purged(stored)) {
                self.versions.borrow_mut().remove(id);
                self.pictures.borrow_mut().retain(|key, _| key.draft != *id);
            }
            drafts.retain(|_, stored| !purged(stored));
            Ok(before - drafts.len())
        })
    }

    fn keep_place(&self, id: DraftId, caret: Utf16Range, editor_scroll: f64) -> Task<'_, ()> {
        self.task(|| {
            if let Some(stored) = self.drafts.borrow_mut().get_mut(&id) {
                stored.head.caret = caret;
                stored.head.editor_scroll = editor_scroll;
            }
            Ok(())
        })
    }

    fn last_open(&self) -> Task<'_, Option<DraftId>> {
        self.task(|| Ok(self.last_open.get()))
    }

    fn set_last_open(&self, id: Option<DraftId>) -> Task<'_, ()> {
        self.task(|| {
            self.last_open.set(id);
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::{Held, Saver, SaverStep};
    use crate::text::Utf16Offset;
    use std::task::{Context, Poll, Waker};

    /// A memory task is ready at once.
    pub(super) fn now<T>(mut task: Task<'_, T>) -> Result<T, StorageError> {
        match task.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => result,
            Poll::Pending => Err(StorageError::Other("pending".into())),
        }
    }

    pub(super) fn draft(id: u64, text: &str) -> Draft {
        Draft { text: text.into(), ..Draft::new(DraftId(id), 1.0) }
    }

    #[test]
    fn what_is_put_is_loaded_with_its_new_revision() {
        let store = MemoryDrafts::new();
        let draft = draft(1, "text");
        assert_eq!(now(store.load(draft.id)), Ok(None));
        assert_eq!(now(store.put(&draft, 0)), Ok(1));
        assert_eq!(now(store.load(draft.id)), Ok(Some(Draft { revision: 1, ..draft })));
    }

    #[test]
    fn a_put_that_expects_another_revision_writes_nothing_and_brings_what_is_stored() {
        let store = MemoryDrafts::new();
        let first = draft(1, "first");
        assert_eq!(now(store.put(&first, 0)), Ok(1));
        let stored = Draft { revision: 1, ..first };
        let conflict = Err(StorageError::Conflict { theirs: Box::new(stored.clone()) });
        assert_eq!(now(store.put(&draft(1, "second"), 0)), conflict);
        assert_eq!(now(store.put(&draft(1, "second"), 2)), conflict);
        assert_eq!(now(store.load(stored.id)), Ok(Some(stored)));
        assert_eq!(now(store.put(&draft(1, "second"), 1)), Ok(2));
    }

    #[test]
    fn the_same_content_is_no_conflict() {
        let store = MemoryDrafts::new();
        assert_eq!(now(store.put(&draft(1, "same"), 0)), Ok(1));
        assert_eq!(now(store.put(&draft(1, "same"), 0)), Ok(1));
    }

    #[test]
    fn a_draft_that_was_purged_meanwhile_is_stored_again() {
        let store = MemoryDrafts::new();
        assert_eq!(now(store.put(&draft(1, "a"), 7)), Ok(8));
    }

    #[test]
    fn throwing_away_is_taken_back_until_it_is_purged() {
        const DAY: f64 = 86_400_000.0;
        let store = MemoryDrafts::new();
        for id in [1, 2, 3] {
            assert_eq!(now(store.put(&draft(id, "a"), 0)), Ok(1));
        }
        assert_eq!(now(store.delete(DraftId(1), 10.0)), Ok(2));
        assert_eq!(now(store.delete(DraftId(2), 10.0)), Ok(2));
        assert_eq!(now(store.undelete(DraftId(2))), Ok(3));
        assert_eq!(now(store.delete(DraftId(9), 10.0)), Err(StorageError::Missing));
        assert_eq!(now(store.purge(9.0 + 30.0 * DAY, 30)), Ok(0));
        assert_eq!(now(store.load(DraftId(1))).map(|d| d.and_then(|d| d.deleted_ms)), Ok(Some(10.0)));
        assert_eq!(now(store.purge(10.0 + 30.0 * DAY, 30)), Ok(1));
        assert_eq!(now(store.load(DraftId(1))), Ok(None));
        assert_eq!(now(store.list()).map(|l| l.drafts.len()), Ok(2));
    }

    #[test]
    fn another_tab_learns_by_a_conflict_that_a_draft_was_thrown_away() {
        let store = MemoryDrafts::new();
        assert_eq!(now(store.put(&draft(1, "a"), 0)), Ok(1));
        assert_eq!(now(store.delete(DraftId(1), 10.0)), Ok(2));
        assert!(matches!(now(store.put(&draft(1, "a"), 1)), Err(StorageError::Conflict { .. })));
    }

    #[test]
    fn the_list_has_the_last_changed_first() {
        let store = MemoryDrafts::new();
        for (id, updated_ms) in [(1, 5.0), (2, 9.0), (3, 7.0)] {
            assert_eq!(now(store.put(&Draft { updated_ms, ..draft(id, "é") }, 0)), Ok(1));
        }
        let list = now(store.list()).unwrap_or_default();
        assert_eq!(list.drafts.iter().map(|d| d.id.0).collect::<Vec<_>>(), [2, 3, 1]);
        assert!(list.drafts.iter().all(|d| d.bytes == 2 && d.unsaved));
    }

    #[test]
    fn a_place_is_kept_without_a_new_revision() {
        let store = MemoryDrafts::new();
        assert_eq!(now(store.put(&draft(1, "abc"), 0)), Ok(1));
        let caret = Utf16Range { start: Utf16Offset(1), end: Utf16Offset(2) };
        assert_eq!(now(store.keep_place(DraftId(1), caret, 40.0)), Ok(()));
        assert_eq!(now(store.keep_place(DraftId(2), caret, 40.0)), Ok(()));
        let place = now(store.load(DraftId(1))).map(|d| d.map(|d| (d.revision, d.caret, d.editor_scroll)));
        assert_eq!(place, Ok(Some((1, caret, 40.0))));
    }

    #[test]
    fn the_last_open_draft_is_remembered() {
        let store = MemoryDrafts::new();
        assert_eq!(now(store.last_open()), Ok(None));
        assert_eq!(now(store.set_last_open(Some(DraftId(4)))), Ok(()));
        assert_eq!(now(store.last_open()), Ok(Some(DraftId(4))));
    }

    #[test]
    fn a_failing_store_changes_nothing() {
        let store = MemoryDrafts::new();
        store.fail(Some(StorageError::Full));
        assert_eq!(now(store.put(&draft(1, "a"), 0)), Err(StorageError::Full));
        store.fail(None);
        assert_eq!(now(store.load(DraftId(1))), Ok(None));
    }

    #[test]
    fn a_draft_is_read_with_its_journal() {
        let store = MemoryDrafts::new();
        assert_eq!(now(store.put(&draft(1, "one"), 0)), Ok(1));
        for (old, new, revision) in [("one", "one two", 1), ("one two", "two", 2)] {
            let edit = DraftEdit::between(old, new);
            assert_eq!(now(store.append(&draft(1, new), &edit, revision)), Ok(revision + 1));
        }
        let expected = Ok(Some(Draft { revision: 3, ..draft(1, "two") }));
        assert_eq!(now(store.load(DraftId(1))), expected);
        assert_eq!(now(store.compact(DraftId(1))), Ok(()));
        assert_eq!(now(store.load(DraftId(1))), expected);
        assert_eq!(now(store.list()).map(|list| list.drafts[0].bytes), Ok(3));
    }

    #[test]
    fn an_edit_upon_another_revision_is_a_conflict_and_one_of_nothing_stored_a_whole_put() {
        let store = MemoryDrafts::new();
        let edit = DraftEdit::between("old", "older");
        assert_eq!(now(store.append(&draft(1, "older"), &edit, 4)), Ok(5));
        let edit = DraftEdit::between("older", "old");
        assert!(matches!(now(store.append(&draft(1, "old"), &edit, 4)), Err(StorageError::Conflict { .. })));
        assert_eq!(now(store.load(DraftId(1))).map(|draft| draft.map(|d| d.text)), Ok(Some("older".into())));
    }

    #[test]
    fn what_unfitting_edits_had_inserted_becomes_a_draft_when_the_journal_is_compacted() {
        let store = MemoryDrafts::new();
        assert_eq!(now(store.put(&Draft { title: "Title".into(), ..draft(1, "text") }, 0)), Ok(1));
        if let Some(stored) = store.drafts.borrow_mut().get_mut(&DraftId(1)) {
            stored.journal.push(DraftEdit { start: 0, deleted: 0, inserted: "lost words".into(), length: 99 });
        }
        assert_eq!(now(store.compact(DraftId(1))), Ok(()));
        let list = now(store.list()).unwrap_or_default().drafts;
        assert_eq!(list.len(), 2);
        let lost = list.iter().find(|draft| draft.id != DraftId(1)).map(|draft| (draft.id, draft.title.clone()));
        let Some((id, title)) = lost else { panic!("no draft of the lost words") };
        assert_eq!(title, "Recovered: Title");
        assert_eq!(now(store.load(id)).map(|draft| draft.map(|d| d.text)), Ok(Some("lost words".into())));
        assert_eq!(now(store.load(DraftId(1))).map(|draft| draft.map(|d| d.text)), Ok(Some("text".into())));
    }

    /// The open request of a tab: the store has not answered yet.
    enum Flight {
        Put(Box<Draft>, Option<DraftEdit>),
        Compact,
    }

    /// A tab as the page runs it: its text, what it knows of the store, and one open request.
    struct BrowserTab {
        id: DraftId,
        revision: u64,
        text: Rc<str>,
        stored: Option<Rc<str>>,
        saver: Saver,
        flight: Option<Flight>,
    }

    /// Every text that was ever written, by draft and revision.
    type Written = BTreeMap<(DraftId, u64), Rc<str>>;

    impl BrowserTab {
        fn open(store: &MemoryDrafts, id: DraftId) -> Self {
            let draft = now(store.load(id)).ok().flatten().unwrap_or_else(|| draft(id.0, ""));
            let (revision, text) = (draft.revision, draft.text);
            Self { id, revision, text, stored: None, saver: Saver::new(), flight: None }
        }

        fn begin(&mut self, time: f64) {
            let edits = self.saver.takes_edits();
            match self.saver.poll(time) {
                SaverStep::PutNow => {
                    let draft = Draft { text: Rc::clone(&self.text), ..Draft::new(self.id, 1.0) };
                    let old = self.stored.as_ref().filter(|_| edits);
                    let edit = old.map(|old| DraftEdit::between(old, &self.text));
                    self.flight = Some(Flight::Put(Box::new(draft), edit));
                }
                SaverStep::CompactNow => self.flight = Some(Flight::Compact),
                SaverStep::Idle | SaverStep::WaitUntil(_) => {}
            }
        }

        /// The store does what was begun. A new revision never takes the place of another text.
        fn write(&self, store: &MemoryDrafts, written: &mut Written) -> Result<u64, StorageError> {
            match &self.flight {
                Some(Flight::Put(draft, edit)) => {
                    let result = match edit {
                        Some(edit) => now(store.append(draft, edit, self.revision)),
                        None => now(store.put(draft, self.revision)),
                    };
                    if let Ok(revision) = result {
                        let text = written.entry((draft.id, revision)).or_insert_with(|| Rc::clone(&draft.text));
                        assert_eq!(*text, draft.text, "a text was overwritten");
                    }
                    result
                }
                Some(Flight::Compact) => now(store.compact(self.id)).map(|()| self.revision),
                None => Ok(self.revision),
            }
        }

        /// The tab gets the answer.
        fn end(&mut self, time: f64, result: Result<u64, StorageError>, new_id: &mut u64) {
            let flight = self.flight.take();
            let held = if matches!(flight, Some(Flight::Put(_, Some(_)))) { Held::Edit } else { Held::Whole };
            self.saver.done(time, result.as_ref().map(|_| held));
            match (flight, result) {
                (Some(Flight::Put(draft, _)), Ok(revision)) => {
                    (self.revision, self.stored) = (revision, Some(draft.text));
                }
                // The page goes on under another name.
                (Some(Flight::Put(..)), Err(StorageError::Conflict { .. })) => {
                    *new_id += 1;
                    (self.id, self.revision, self.stored) = (DraftId(*new_id), 0, None);
                    self.saver = Saver::new();
                    self.saver.input(time);
                }
                _ => {}
            }
        }
    }

    proptest::proptest! {
        /// Two tabs type into one draft; they, and the browser, are killed at any moment.
        #[test]
        fn what_was_acknowledged_is_never_lost(
            events in proptest::collection::vec((0_u8..10, 0_usize..2, 0_u32..2500, "[aé]{0,3}", 0_usize..9), 0..120),
        ) {
            let (store, mut written, mut new_id, mut time) = (MemoryDrafts::new(), Written::new(), 1, 0.0);
            let mut tabs = [BrowserTab::open(&store, DraftId(1)), BrowserTab::open(&store, DraftId(1))];
            for (event, which, later, typed, place) in events {
                time += f64::from(later);
                let tab = &mut tabs[which];
                match event {
                    0..=3 => {
                        let place = (0..=place).rev().find(|&at| tab.text.is_char_boundary(at)).unwrap_or(0);
                        let keep = if event == 0 { tab.text.len() } else { place };
                        tab.text = [&tab.text[..place], &typed, &tab.text[keep..]].concat().into();
                        tab.saver.input(time);
                    }
                    4 | 5 => tab.begin(time),
                    6 | 7 if tab.flight.is_some() => {
                        let result = tab.write(&store, &mut written);
                        tab.end(time, result, &mut new_id);
                    }
                    8 if tab.flight.is_some() => tab.end(time, Err(StorageError::Full), &mut new_id),
                    9 => {
                        // The tab is killed: its open request is written or not.
                        if later % 2 == 0 {
                            let _ = tab.write(&store, &mut written);
                        }
                        let (id, revision) = (tab.id, tab.revision);
                        *tab = BrowserTab::open(&store, id);
                        proptest::prop_assert!(tab.revision >= revision);
                    }
                    _ => {}
                }
                for ((id, revision), text) in &written {
                    let stored = now(store.load(*id)).ok().flatten();
                    let (now, found) = stored.map(|draft| (draft.revision, draft.text)).unwrap_or_default();
                    proptest::prop_assert!(now >= *revision);
                    proptest::prop_assert!(now != *revision || found == *text, "{:?} instead of {:?}", found, text);
                }
            }
        }
    }
}
