//! The versions of drafts in the browser's database. In: versions with their texts. Out: the same again. Neighbours:
//! `storage/history.rs` says which of them stay.
//!
//! All that is known of a version without its text is its key, so that a list of versions loads no texts.

use std::rc::Rc;

use js_sys::Array;

use super::{IndexedDb, VERSIONS};
use crate::storage::history::{after_adding, sort};
use crate::storage::transaction::{answer, put, remove, store};
use crate::storage::{DraftId, History, StorageError, Task, Version, record};

impl IndexedDb {
    async fn list_versions(&self, id: DraftId) -> Result<Vec<Version>, StorageError> {
        let all = store(&self.read(&[VERSIONS]).await?, VERSIONS)?.get_all_keys_with_key(&record::keys_of(id)?);
        let mut versions: Vec<Version> =
            Array::from(&answer(&all).await?).iter().filter_map(|key| record::version(&key)).collect();
        sort(&mut versions);
        Ok(versions)
    }

    async fn text_of_version(&self, id: DraftId, version: &Version) -> Result<Option<Rc<str>>, StorageError> {
        let text = store(&self.read(&[VERSIONS]).await?, VERSIONS)?.get(&record::version_key(id, version));
        Ok(record::text_of(&answer(&text).await?).map(Into::into))
    }

    async fn write_versions(&self, id: DraftId, added: &[(Version, Rc<str>)], now_ms: f64) -> Result<(), StorageError> {
        let write = self.write(&[VERSIONS]).await?;
        let versions = store(&write.transaction, VERSIONS)?;
        let stored = answer(&versions.get_all_keys_with_key(&record::keys_of(id)?)).await?;
        let stored: Vec<Version> = Array::from(&stored).iter().filter_map(|key| record::version(&key)).collect();
        let (written, gone) = after_adding(&stored, added, now_ms);
        for (version, text) in &written {
            put(&versions, &record::text(text), Some(&record::version_key(id, version)))?;
        }
        for version in &gone {
            remove(&versions, &record::version_key(id, version))?;
        }
        write.finish().await
    }
}

impl History for IndexedDb {
    fn versions(&self, id: DraftId) -> Task<'_, Vec<Version>> {
        Box::pin(self.list_versions(id))
    }

    fn version_text<'a>(&'a self, id: DraftId, version: &'a Version) -> Task<'a, Option<Rc<str>>> {
        Box::pin(self.text_of_version(id, version))
    }

    fn add_versions<'a>(&'a self, id: DraftId, added: &'a [(Version, Rc<str>)], now_ms: f64) -> Task<'a, ()> {
        Box::pin(self.write_versions(id, added, now_ms))
    }
}
