//! The pictures of drafts: files that a writer has pasted or dropped, each kept with its draft under the path that it will
//! have. In: bytes. Out: the same bytes. Neighbours: `indexed_db/pictures.rs` and `memory.rs` keep them; `drafts.rs` removes
//! them with their draft; `writing/pictures.rs` names them.

use std::rc::Rc;

use super::{DraftId, Task};

/// Names a kept picture.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PictureKey {
    /// The draft that it is kept with.
    pub draft: DraftId,
    /// The path that it will have in the site's folder: `assets/images/photo.png`.
    pub path: String,
}

/// Whether a path stays in the folder that it is taken from.
pub fn is_inside(path: &str) -> bool {
    let is_name =
        |part: &str| !matches!(part, "" | "." | "..") && !part.contains(|c: char| c.is_control() || c == '\\');
    path.split('/').all(is_name)
}

/// A store of pictures. A task that succeeds has written. A task that fails has written nothing.
pub trait Pictures {
    /// The names of all that are kept, in their order.
    fn pictures(&self) -> Task<'_, Vec<PictureKey>>;

    /// The bytes of a picture.
    fn picture<'a>(&'a self, key: &'a PictureKey) -> Task<'a, Option<Rc<[u8]>>>;

    /// Keeps a picture, in place of one of the same name.
    fn keep_picture<'a>(&'a self, key: &'a PictureKey, bytes: &'a [u8]) -> Task<'a, ()>;

    /// Removes a picture.
    fn forget_picture<'a>(&'a self, key: &'a PictureKey) -> Task<'a, ()>;
}

/// Gives the pictures of a draft to another one, as its file gets another name.
pub async fn move_pictures(store: &dyn Pictures, from: DraftId, to: DraftId) -> Result<(), super::StorageError> {
    for old in store.pictures().await?.into_iter().filter(|key| key.draft == from) {
        if let Some(bytes) = store.picture(&old).await? {
            store.keep_picture(&PictureKey { draft: to, path: old.path.clone() }, &bytes).await?;
        }
        store.forget_picture(&old).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_its_folder() {
        assert!(is_inside("assets/images/a b.png") && is_inside("a.png"));
        for path in ["", "/a.png", "a//b.png", "../a.png", "a/../b.png", "a/.", "a\\b.png", "a\nb.png"] {
            assert!(!is_inside(path), "{path:?}");
        }
    }
}
