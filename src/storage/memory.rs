//! `Memory`: a store of drafts that lasts as long as the tab. In: drafts. Out: the same drafts.
//! Neighbours: the twin of `indexed_db.rs`, for tests and where the browser denies storage.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::ready;

use super::drafts::purge_due;
use super::{Draft, DraftId, Drafts, Listing, StorageError, Task};
use crate::text::Utf16Range;

/// Drafts in memory.
#[derive(Debug, Default)]
pub struct Memory {
    drafts: RefCell<BTreeMap<DraftId, Draft>>,
    last_open: Cell<Option<DraftId>>,
    failure: RefCell<Option<StorageError>>,
}

impl Memory {
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
            let draft = drafts.get_mut(&id).ok_or(StorageError::Missing)?;
            draft.revision += 1;
            draft.deleted_ms = deleted_ms;
            Ok(draft.revision)
        })
    }
}

impl Drafts for Memory {
    fn list(&self) -> Task<'_, Listing> {
        self.task(|| {
            let drafts = self.drafts.borrow().values().map(Draft::summary).collect();
            let mut listing = Listing { drafts, damaged: Vec::new() };
            listing.sort();
            Ok(listing)
        })
    }

    fn load(&self, id: DraftId) -> Task<'_, Option<Draft>> {
        self.task(|| Ok(self.drafts.borrow().get(&id).cloned()))
    }

    fn put<'a>(&'a self, draft: &'a Draft, expected: u64) -> Task<'a, u64> {
        self.task(|| {
            let mut drafts = self.drafts.borrow_mut();
            if let Some(theirs) = drafts.get(&draft.id)
                && theirs.revision != expected
            {
                let same = theirs.same_content(draft);
                return if same {
                    Ok(theirs.revision)
                } else {
                    Err(StorageError::Conflict { theirs: Box::new(theirs.clone()) })
                };
            }
            let revision = expected + 1;
            drafts.insert(draft.id, Draft { revision, ..draft.clone() });
            Ok(revision)
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
            drafts.retain(|_, draft| !purge_due(draft.deleted_ms, now_ms, days));
            Ok(before - drafts.len())
        })
    }

    fn keep_place(&self, id: DraftId, caret: Utf16Range, editor_scroll: f64) -> Task<'_, ()> {
        self.task(|| {
            if let Some(draft) = self.drafts.borrow_mut().get_mut(&id) {
                draft.caret = caret;
                draft.editor_scroll = editor_scroll;
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
    use crate::text::Utf16Offset;
    use std::task::{Context, Poll, Waker};

    /// A memory task is ready at once.
    fn now<T>(mut task: Task<'_, T>) -> Result<T, StorageError> {
        match task.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => result,
            Poll::Pending => Err(StorageError::Other("pending".into())),
        }
    }

    fn draft(id: u64, text: &str) -> Draft {
        Draft { text: text.into(), ..Draft::new(DraftId(id), 1.0) }
    }

    #[test]
    fn what_is_put_is_loaded_with_its_new_revision() {
        let store = Memory::new();
        let draft = draft(1, "text");
        assert_eq!(now(store.load(draft.id)), Ok(None));
        assert_eq!(now(store.put(&draft, 0)), Ok(1));
        assert_eq!(now(store.load(draft.id)), Ok(Some(Draft { revision: 1, ..draft })));
    }

    #[test]
    fn a_put_that_expects_another_revision_writes_nothing_and_brings_what_is_stored() {
        let store = Memory::new();
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
        let store = Memory::new();
        assert_eq!(now(store.put(&draft(1, "same"), 0)), Ok(1));
        assert_eq!(now(store.put(&draft(1, "same"), 0)), Ok(1));
    }

    #[test]
    fn a_draft_that_was_purged_meanwhile_is_stored_again() {
        let store = Memory::new();
        assert_eq!(now(store.put(&draft(1, "a"), 7)), Ok(8));
    }

    #[test]
    fn throwing_away_is_taken_back_until_it_is_purged() {
        const DAY: f64 = 86_400_000.0;
        let store = Memory::new();
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
        let store = Memory::new();
        assert_eq!(now(store.put(&draft(1, "a"), 0)), Ok(1));
        assert_eq!(now(store.delete(DraftId(1), 10.0)), Ok(2));
        assert!(matches!(now(store.put(&draft(1, "a"), 1)), Err(StorageError::Conflict { .. })));
    }

    #[test]
    fn the_list_has_the_last_changed_first() {
        let store = Memory::new();
        for (id, updated_ms) in [(1, 5.0), (2, 9.0), (3, 7.0)] {
            assert_eq!(now(store.put(&Draft { updated_ms, ..draft(id, "é") }, 0)), Ok(1));
        }
        let list = now(store.list()).unwrap_or_default();
        assert_eq!(list.drafts.iter().map(|d| d.id.0).collect::<Vec<_>>(), [2, 3, 1]);
        assert!(list.drafts.iter().all(|d| d.bytes == 2 && d.unsaved));
    }

    #[test]
    fn a_place_is_kept_without_a_new_revision() {
        let store = Memory::new();
        assert_eq!(now(store.put(&draft(1, "abc"), 0)), Ok(1));
        let caret = Utf16Range { start: Utf16Offset(1), end: Utf16Offset(2) };
        assert_eq!(now(store.keep_place(DraftId(1), caret, 40.0)), Ok(()));
        assert_eq!(now(store.keep_place(DraftId(2), caret, 40.0)), Ok(()));
        let place = now(store.load(DraftId(1))).map(|d| d.map(|d| (d.revision, d.caret, d.editor_scroll)));
        assert_eq!(place, Ok(Some((1, caret, 40.0))));
    }

    #[test]
    fn the_last_open_draft_is_remembered() {
        let store = Memory::new();
        assert_eq!(now(store.last_open()), Ok(None));
        assert_eq!(now(store.set_last_open(Some(DraftId(4)))), Ok(()));
        assert_eq!(now(store.last_open()), Ok(Some(DraftId(4))));
    }

    #[test]
    fn a_failing_store_changes_nothing() {
        let store = Memory::new();
        store.fail(Some(StorageError::Full));
        assert_eq!(now(store.put(&draft(1, "a"), 0)), Err(StorageError::Full));
        store.fail(None);
        assert_eq!(now(store.load(DraftId(1))), Ok(None));
    }
}
