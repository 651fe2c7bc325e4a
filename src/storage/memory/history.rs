//! The versions of drafts in memory. In: versions with their texts. Out: the same again. Neighbours: `storage/history.rs`
//! says which of them stay.

use std::rc::Rc;

use super::MemoryDrafts;
use crate::storage::history::{after_adding, sort};
use crate::storage::{DraftId, History, Task, Version};

impl History for MemoryDrafts {
    fn versions(&self, id: DraftId) -> Task<'_, Vec<Version>> {
        self.task(|| {
            let stored = self.versions.borrow();
            let mut versions: Vec<Version> =
                stored.get(&id).into_iter().flatten().map(|(version, _)| *version).collect();
            sort(&mut versions);
            Ok(versions)
        })
    }

    fn version_text<'a>(&'a self, id: DraftId, version: &'a Version) -> Task<'a, Option<Rc<str>>> {
        self.task(|| {
            let stored = self.versions.borrow();
            let of_draft = stored.get(&id).map(Vec::as_slice).unwrap_or_default();
            Ok(of_draft.iter().find(|(known, _)| known == version).map(|(_, text)| Rc::clone(text)))
        })
    }

    fn add_versions<'a>(&'a self, id: DraftId, added: &'a [(Version, Rc<str>)], now_ms: f64) -> Task<'a, ()> {
        self.task(|| {
            let mut stored = self.versions.borrow_mut();
            let of_draft = stored.entry(id).or_default();
            let known: Vec<Version> = of_draft.iter().map(|(version, _)| *version).collect();
            let (written, gone) = after_adding(&known, added, now_ms);
            of_draft.retain(|(version, _)| !gone.contains(version));
            of_draft.extend(written);
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{draft, now};
    use super::*;
    use crate::storage::{Drafts, StorageError, VersionReason};

    fn version(text: &str, time_ms: f64) -> (Version, Rc<str>) {
        (Version::of(text, VersionReason::Change, time_ms), text.into())
    }

    #[test]
    fn the_text_that_a_put_replaces_is_kept_with_it_or_not_at_all() {
        let store = MemoryDrafts::new();
        assert_eq!(now(store.put(&draft(1, "old"), 0)), Ok(1));
        let old = version("old", 5.0);
        store.fail(Some(StorageError::Full));
        assert_eq!(now(store.put_over(&draft(1, "new"), 1, Some(&old))), Err(StorageError::Full));
        store.fail(None);
        assert!(matches!(now(store.put_over(&draft(1, "new"), 7, Some(&old))), Err(StorageError::Conflict { .. })));
        assert_eq!(now(store.versions(DraftId(1))), Ok(Vec::new()));
        assert_eq!(now(store.put_over(&draft(1, "new"), 1, Some(&old))), Ok(2));
        assert_eq!(now(store.versions(DraftId(1))), Ok(vec![old.0]));
        assert_eq!(now(store.version_text(DraftId(1), &old.0)), Ok(Some("old".into())));
    }

    #[test]
    fn a_history_goes_with_its_draft_and_with_no_other() {
        const DAY: f64 = 86_400_000.0;
        let store = MemoryDrafts::new();
        for id in [1, 2] {
            assert_eq!(now(store.put(&draft(id, "text"), 0)), Ok(1));
            let added = [version("one", 1.0), version("two", 2.0)];
            assert_eq!(now(store.add_versions(DraftId(id), &added, 3.0)), Ok(()));
        }
        assert_eq!(now(store.delete(DraftId(1), 0.0)), Ok(2));
        assert_eq!(now(store.undelete(DraftId(1))), Ok(3));
        assert_eq!(now(store.versions(DraftId(1))).map(|versions| versions.len()), Ok(2));
        assert_eq!(now(store.delete(DraftId(1), 0.0)), Ok(4));
        assert_eq!(now(store.purge(31.0 * DAY, 30)), Ok(1));
        assert_eq!(now(store.versions(DraftId(1))), Ok(Vec::new()));
        let times = now(store.versions(DraftId(2))).map(|versions| versions.iter().map(|v| v.time_ms).collect());
        assert_eq!(times, Ok(vec![2.0, 1.0]));
    }
}
