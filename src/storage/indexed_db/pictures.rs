//! The pictures of drafts in the browser's database. In: bytes. Out: the same again. Neighbours: `storage/pictures.rs` says
//! what this does.
//!
//! They are kept as bytes and not as blobs: WebKit keeps no blobs in a private window.

use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::{IndexedDb, PICTURES};
use crate::storage::pictures::{PictureKey, Pictures};
use crate::storage::transaction::{answer, put, remove, store};
use crate::storage::{DraftId, StorageError, Task};

/// The name of a picture: the draft's id and the path.
fn name(key: &PictureKey) -> JsValue {
    Array::of2(&key.draft.encode().into(), &key.path.as_str().into()).into()
}

/// The key of a name that `name` made.
fn key(name: &JsValue) -> Option<PictureKey> {
    let name: &Array = name.dyn_ref()?;
    Some(PictureKey { draft: DraftId::decode(&name.get(0).as_string()?)?, path: name.get(1).as_string()? })
}

impl IndexedDb {
    async fn list_pictures(&self) -> Result<Vec<PictureKey>, StorageError> {
        let names = answer(&store(&self.read(&[PICTURES]).await?, PICTURES)?.get_all_keys()).await?;
        Ok(Array::from(&names).iter().filter_map(|name| key(&name)).collect())
    }

    async fn picture_bytes(&self, key: &PictureKey) -> Result<Option<Rc<[u8]>>, StorageError> {
        let stored = answer(&store(&self.read(&[PICTURES]).await?, PICTURES)?.get(&name(key))).await?;
        Ok(stored.dyn_ref().map(|bytes: &Uint8Array| bytes.to_vec().into()))
    }

    async fn put_picture(&self, key: &PictureKey, bytes: &[u8]) -> Result<(), StorageError> {
        let write = self.write(&[PICTURES]).await?;
        put(&store(&write.transaction, PICTURES)?, &Uint8Array::from(bytes), Some(&name(key)))?;
        write.finish().await
    }

    async fn remove_picture(&self, key: &PictureKey) -> Result<(), StorageError> {
        let write = self.write(&[PICTURES]).await?;
        remove(&store(&write.transaction, PICTURES)?, &name(key))?;
        write.finish().await
    }
}

impl Pictures for IndexedDb {
    fn pictures(&self) -> Task<'_, Vec<PictureKey>> {
        Box::pin(self.list_pictures())
    }

    fn picture<'a>(&'a self, key: &'a PictureKey) -> Task<'a, Option<Rc<[u8]>>> {
        Box::pin(self.picture_bytes(key))
    }

    fn keep_picture<'a>(&'a self, key: &'a PictureKey, bytes: &'a [u8]) -> Task<'a, ()> {
        Box::pin(self.put_picture(key, bytes))
    }

    fn forget_picture<'a>(&'a self, key: &'a PictureKey) -> Task<'a, ()> {
        Box::pin(self.remove_picture(key))
    }
}
