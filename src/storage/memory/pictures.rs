//! The pictures of drafts in memory. In: paths and bytes. Out: the same again. Neighbours: `storage/pictures.rs` says what
//! a store does with them.

use std::rc::Rc;

use super::MemoryDrafts;
use crate::storage::Task;
use crate::storage::pictures::{PictureKey, Pictures};

impl Pictures for MemoryDrafts {
    fn pictures(&self) -> Task<'_, Vec<PictureKey>> {
        self.task(|| Ok(self.pictures.borrow().keys().cloned().collect()))
    }

    fn picture<'a>(&'a self, key: &'a PictureKey) -> Task<'a, Option<Rc<[u8]>>> {
        self.task(|| Ok(self.pictures.borrow().get(key).cloned()))
    }

    fn keep_picture<'a>(&'a self, key: &'a PictureKey, bytes: &'a [u8]) -> Task<'a, ()> {
        self.task(|| {
            self.pictures.borrow_mut().insert(key.clone(), bytes.into());
            Ok(())
        })
    }

    fn forget_picture<'a>(&'a self, key: &'a PictureKey) -> Task<'a, ()> {
        self.task(|| {
            self.pictures.borrow_mut().remove(key);
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{draft, now};
    use super::*;
    use crate::storage::pictures::move_pictures;
    use crate::storage::{DraftId, Drafts};

    #[test]
    fn pictures_go_with_their_draft() {
        let store = MemoryDrafts::new();
        let key = |id, path: &str| PictureKey { draft: DraftId(id), path: path.to_owned() };
        let (first, second, moved) = (key(1, "a/x.png"), key(2, "a/y.png"), key(2, "a/x.png"));
        for (id, kept) in [(1, &first), (2, &second)] {
            assert_eq!(now(store.put(&draft(id, "a"), 0)), Ok(1));
            assert_eq!(now(store.keep_picture(kept, &[1, 2])), Ok(()));
        }
        assert_eq!(now(Box::pin(move_pictures(&store, DraftId(1), DraftId(2)))), Ok(()));
        assert_eq!(now(store.pictures()), Ok(vec![moved.clone(), second.clone()]));
        assert_eq!(now(store.picture(&moved)), Ok(Some([1, 2][..].into())));
        assert_eq!(now(store.forget_picture(&moved)), Ok(()));
        assert_eq!(now(store.picture(&moved)), Ok(None));
        assert_eq!(now(store.delete(DraftId(2), 0.0)), Ok(2));
        assert_eq!(now(store.pictures()), Ok(vec![second]));
        assert_eq!(now(store.purge(f64::MAX, 1)), Ok(1));
        assert_eq!(now(store.pictures()), Ok(Vec::new()));
    }
}
