//! `IndexedDb`: drafts that outlive the tab, the browser and a crash. In: drafts. Out: drafts, summaries, errors.
//! Neighbours: `drafts.rs` says what it does, `record.rs` what a record looks like, `transaction.rs` how one is
//! written.
//!
//! Heads and texts lie in two object stores, so that a list loads no texts; journals, earlier versions, pictures and file handles in others.
//! Every change is one transaction with `durability: 'strict'` and is acknowledged by its `complete` event, not by a
//! request's success: Chromium reports a full disk only when it commits, as an abort.

mod history;
mod pictures;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FileSystemDirectoryHandle, FileSystemFileHandle, IdbDatabase, IdbOpenDbRequest, IdbTransaction};

use super::drafts::purge_due;
use super::journal::{recovered, replay};
use super::js::{get, promise, set, storage_error, window};
use super::local::name;
use super::names::DATABASE;
use super::transaction::{Write, answer, put, remove, store};
use super::{Draft, DraftEdit, DraftId, Drafts, Listing, Replayed, StorageError, Task, Version, record};
use crate::text::Utf16Range;

/// The version of the object stores; raise it with a step in `upgrade`.
const VERSION: u32 = 4;
/// Heads by id: `{id, revision, title, …}`, see `record.rs`.
const HEADS: &str = "heads";
/// Texts by id, and the texts of files as they were last read or written, see `record::opened_key`.
const TEXTS: &str = "texts";
/// The journals: edits of the texts by id and revision, see `record::edit_key`.
const EDITS: &str = "edits";
/// The texts of earlier versions by id, time and what else is known of them, see `record::version_key`.
const VERSIONS: &str = "versions";
/// The bytes of the pictures of drafts, by id and path.
const PICTURES: &str = "pictures";
/// `FileSystemFileHandle`s by id.
const HANDLES: &str = "handles";
/// Single values by name.
const NOTES: &str = "notes";
const LAST_OPEN: &str = "lastOpen";
/// The `FileSystemDirectoryHandle` of the open site.
const FOLDER: &str = "folder";
/// The files of themes that a person gave: what their names begin with.
const THEME: &str = "theme ";

/// A browser that does not answer within this time is treated as one without storage.
const OPEN_TIMEOUT_MS: i32 = 10_000;

/// The browser's database of drafts.
pub struct IndexedDb {
    name: String,
    /// Closed by the browser when a newer version of the page upgrades it, or site data is cleared; then opened again.
    database: RefCell<Option<IdbDatabase>>,
    /// The transactions that may not have ended.
    begun: RefCell<Vec<IdbTransaction>>,
}

impl IndexedDb {
    /// Opens the database of this page, as `open` does.
    pub async fn open_here() -> Result<Self, StorageError> {
        Self::open(&name(DATABASE)).await
    }

    /// Opens the database of that name, making or upgrading it. `Blocked` where the browser gives no storage,
    /// `Outdated` where a newer version of the page has upgraded it.
    pub async fn open(name: &str) -> Result<Self, StorageError> {
        let database = RefCell::new(Some(connect(name).await?));
        Ok(Self { name: name.to_owned(), database, begun: RefCell::default() })
    }

    /// Takes back what is being read or written, and closes the connection. The next transaction opens it anew.
    pub fn interrupt(&self) {
        for transaction in self.begun.take() {
            // Fails where it has ended.
            let _ = transaction.abort();
        }
        if let Some(database) = self.database.take() {
            database.close();
        }
    }

    /// Starts a transaction over these stores; once more on a new connection where the old one was closed.
    async fn begin(&self, stores: &[&str], mode: &str) -> Result<IdbTransaction, StorageError> {
        let known = self.database.borrow().clone();
        if let Some(database) = known {
            match transaction(&database, stores, mode) {
                Err(error) if get(&error, "name") == "InvalidStateError" => {}
                result => return self.noted(result),
            }
        }
        let database = connect(&self.name).await?;
        let result = transaction(&database, stores, mode);
        *self.database.borrow_mut() = Some(database);
        self.noted(result)
    }

    fn noted(&self, begun: Result<IdbTransaction, JsValue>) -> Result<IdbTransaction, StorageError> {
        let begun = begun.map_err(|error| storage_error(&error))?;
        let mut all = self.begun.borrow_mut();
        // One that has ended is said to have ended, whatever store it is asked for.
        all.retain(|other| other.object_store("").is_err_and(|error| get(&error, "name") == "NotFoundError"));
        all.push(begun.clone());
        Ok(begun)
    }

    async fn read(&self, stores: &[&str]) -> Result<IdbTransaction, StorageError> {
        self.begin(stores, "readonly").await
    }

    async fn write(&self, stores: &[&str]) -> Result<Write, StorageError> {
        self.begin(stores, "readwrite").await.map(Write::new)
    }

    async fn list_heads(&self) -> Result<Listing, StorageError> {
        let mut listing = Listing::default();
        let all = answer(&store(&self.read(&[HEADS]).await?, HEADS)?.get_all()).await;
        let heads = match all {
            Ok(heads) => Array::from(&heads),
            // If the browser cannot read one record, the request for all of them fails. So each is read alone.
            Err(_) => self.heads_one_by_one(&mut listing).await?,
        };
        for head in heads.iter() {
            match (record::summary(&head), record::id(&head)) {
                (Some(summary), _) => listing.drafts.push(summary),
                (None, Some(id)) => listing.damaged.push(id),
                (None, None) => {}
            }
        }
        listing.sort();
        Ok(listing)
    }

    async fn heads_one_by_one(&self, listing: &mut Listing) -> Result<Array, StorageError> {
        let keys = answer(&store(&self.read(&[HEADS]).await?, HEADS)?.get_all_keys()).await?;
        let heads = Array::new();
        for key in Array::from(&keys).iter() {
            match answer(&store(&self.read(&[HEADS]).await?, HEADS)?.get(&key)).await {
                Ok(head) => {
                    heads.push(&head);
                }
                Err(_) => listing.damaged.extend(key.as_string().and_then(|key| DraftId::decode(&key))),
            }
        }
        Ok(heads)
    }

    async fn load_draft(&self, id: DraftId) -> Result<Option<Draft>, StorageError> {
        match self.read_draft(id).await? {
            (draft, false) => Ok(draft),
            // Edits that do not fit are first stored as a draft of their own.
            (_, true) => {
                self.compact_journal(id).await?;
                Ok(self.read_draft(id).await?.0)
            }
        }
    }

    /// The draft, and whether its journal has an edit that does not fit.
    async fn read_draft(&self, id: DraftId) -> Result<(Option<Draft>, bool), StorageError> {
        let key = JsValue::from(id.encode());
        let tx = self.read(&[HEADS, TEXTS, EDITS]).await?;
        let (heads, texts) = (store(&tx, HEADS)?, store(&tx, TEXTS)?);
        let (head, text, opened) =
            (answer(&heads.get(&key)), answer(&texts.get(&key)), answer(&texts.get(&record::opened_key(id))));
        let edits = answer(&store(&tx, EDITS)?.get_all_with_key(&record::keys_of(id)?));
        // All requests are made before the first is awaited: a transaction ends when it has no open request.
        let (head, text) = (head.await?, record::text_of(&text.await?));
        // A draft is complete without the text of its file.
        let opened = record::text_of(&opened.await.unwrap_or_default());
        let Some(text) = text else {
            return if head.is_undefined() { Ok((None, false)) } else { Err(StorageError::Corrupt { rescued: None }) };
        };
        let Ok(edits) = edits.await else { return Err(StorageError::Corrupt { rescued: Some(text) }) };
        let Replayed { text, unfitting } = replay(text, record::edits(&edits));
        if unfitting.is_some() && !head.is_undefined() {
            return Ok((None, true));
        }
        let rescued = Some(text.clone());
        let draft = record::draft(&head, text, opened).ok_or(StorageError::Corrupt { rescued })?;
        Ok((Some(draft), false))
    }

    /// The puts are asked for together with the reading of the stored revision, and taken back where it is not the
    /// expected one: a put costs one turn of the event loop less, which counts when the page is being closed.
    async fn put_draft(
        &self,
        draft: &Draft,
        expected: u64,
        replaced: Option<&(Version, Rc<str>)>,
    ) -> Result<u64, StorageError> {
        let key = JsValue::from(draft.id.encode());
        let revision = expected + 1;
        let write = self.write(&[HEADS, TEXTS, EDITS, VERSIONS]).await?;
        if let Some((version, text)) = replaced {
            let name = record::version_key(draft.id, version);
            put(&store(&write.transaction, VERSIONS)?, &record::text(text), Some(&name))?;
        }
        let heads = store(&write.transaction, HEADS)?;
        let stored = answer(&heads.get(&key));
        put(&heads, &record::head(draft, revision), None)?;
        put(&store(&write.transaction, TEXTS)?, &record::text(&draft.text), Some(&key))?;
        remove(&store(&write.transaction, EDITS)?, &record::keys_of(draft.id)?)?;
        let stored = stored.await?;
        if stored.is_undefined() || record::revision(&stored) == Some(expected) {
            // Written when the file was opened or saved, not with every key.
            if let Some(opened) = record::opened_anew(draft, &stored) {
                put(&store(&write.transaction, TEXTS)?, &record::text(opened), Some(&record::opened_key(draft.id)))?;
            }
            write.finish().await?;
            return Ok(revision);
        }
        write.cancel();
        match self.load_draft(draft.id).await? {
            Some(theirs) if theirs.same_content(draft) => Ok(theirs.revision),
            Some(theirs) => Err(StorageError::Conflict { theirs: Box::new(theirs) }),
            // The draft was purged between the two reads. The next try stores it again.
            None => Err(StorageError::Other("it was removed at the same moment".to_owned())),
        }
    }

    async fn append_edit(&self, draft: &Draft, edit: &DraftEdit, expected: u64) -> Result<u64, StorageError> {
        let revision = expected + 1;
        let write = self.write(&[HEADS, EDITS]).await?;
        let heads = store(&write.transaction, HEADS)?;
        let stored = answer(&heads.get(&JsValue::from(draft.id.encode())));
        put(&heads, &record::head(draft, revision), None)?;
        let key = record::edit_key(draft.id, revision);
        put(&store(&write.transaction, EDITS)?, &record::edit(edit), Some(&key))?;
        let stored = stored.await?;
        let fits = record::revision(&stored) == Some(expected) && record::bytes(&stored) == Some(edit.length);
        if fits && record::opened_anew(draft, &stored).is_none() {
            write.finish().await?;
            return Ok(revision);
        }
        write.cancel();
        // It is not stored, another tab has stored it, or more than its text has changed.
        self.put_draft(draft, expected, None).await
    }

    async fn compact_journal(&self, id: DraftId) -> Result<(), StorageError> {
        let key = JsValue::from(id.encode());
        let write = self.write(&[HEADS, TEXTS, EDITS]).await?;
        let (heads, texts) = (store(&write.transaction, HEADS)?, store(&write.transaction, TEXTS)?);
        let edits = store(&write.transaction, EDITS)?;
        let keys = record::keys_of(id)?;
        let (head, text, journal) =
            (answer(&heads.get(&key)), answer(&texts.get(&key)), answer(&edits.get_all_with_key(&keys)));
        let (head, text, journal) = (head.await?, text.await?, record::edits(&journal.await?));
        let (false, Some(text)) = (journal.is_empty() || head.is_undefined(), record::text_of(&text)) else {
            write.cancel();
            return Ok(());
        };
        let Replayed { text, unfitting } = replay(text, journal);
        put(&texts, &record::text(&text), Some(&key))?;
        remove(&edits, &keys)?;
        if let Some(lost) = unfitting {
            record::set_text(&head, &text);
            put(&heads, &head, None)?;
            let (title, time_ms) = record::title_and_time(&head);
            let draft = recovered(id, &title, &lost, time_ms);
            if !lost.is_empty() {
                put(&heads, &record::head(&draft, 1), None)?;
                put(&texts, &record::text(&lost), Some(&JsValue::from(draft.id.encode())))?;
            }
        }
        write.finish().await
    }

    async fn mark(&self, id: DraftId, deleted_ms: Option<f64>) -> Result<u64, StorageError> {
        let write = self.write(&[HEADS]).await?;
        let heads = store(&write.transaction, HEADS)?;
        let head = answer(&heads.get(&JsValue::from(id.encode()))).await?;
        if head.is_undefined() {
            return Err(StorageError::Missing);
        }
        let revision = record::count_up(&head).ok_or(StorageError::Corrupt { rescued: None })?;
        record::set_deleted(&head, deleted_ms);
        put(&heads, &head, None)?;
        write.finish().await?;
        Ok(revision)
    }

    async fn purge_old(&self, now_ms: f64, days: u32) -> Result<usize, StorageError> {
        let due: Vec<DraftId> = self
            .list_heads()
            .await?
            .drafts
            .iter()
            .filter_map(|d| purge_due(d.deleted_ms, now_ms, days).then_some(d.id))
            .collect();
        let mut purged = 0;
        for id in due {
            let key = JsValue::from(id.encode());
            let write = self.write(&[HEADS, TEXTS, EDITS, VERSIONS, PICTURES, HANDLES]).await?;
            let head = answer(&store(&write.transaction, HEADS)?.get(&key)).await?;
            // Another tab may have taken it back since.
            if !purge_due(record::deleted(&head), now_ms, days) {
                continue;
            }
            for name in [HEADS, TEXTS, HANDLES] {
                remove(&store(&write.transaction, name)?, &key)?;
            }
            remove(&store(&write.transaction, TEXTS)?, &record::opened_key(id))?;
            for name in [EDITS, VERSIONS, PICTURES] {
                remove(&store(&write.transaction, name)?, &record::keys_of(id)?)?;
            }
            write.finish().await?;
            purged += 1;
        }
        Ok(purged)
    }

    async fn keep_place_of(&self, id: DraftId, caret: Utf16Range, editor_scroll: f64) -> Result<(), StorageError> {
        let write = self.write(&[HEADS]).await?;
        let heads = store(&write.transaction, HEADS)?;
        let head = answer(&heads.get(&JsValue::from(id.encode()))).await?;
        if head.is_undefined() {
            return Ok(());
        }
        record::set_place(&head, caret, editor_scroll);
        put(&heads, &head, None)?;
        write.finish().await
    }

    async fn one(&self, from: &str, key: &str) -> Result<JsValue, StorageError> {
        answer(&store(&self.read(&[from]).await?, from)?.get(&JsValue::from_str(key))).await
    }

    /// Stores a value under a key, or removes it where the value is undefined.
    async fn set_one(&self, to: &str, key: &str, value: &JsValue) -> Result<(), StorageError> {
        let key = JsValue::from_str(key);
        let write = self.write(&[to]).await?;
        let target = store(&write.transaction, to)?;
        if value.is_undefined() {
            remove(&target, &key)?;
        } else {
            put(&target, value, Some(&key))?;
        }
        write.finish().await
    }

    /// Stores the handle of a draft's file (or removes it), so that a return visit can ask for permission again.
    pub async fn keep_handle(&self, id: DraftId, handle: Option<&FileSystemFileHandle>) -> Result<(), StorageError> {
        let value = handle.map_or(JsValue::UNDEFINED, |handle| handle.clone().into());
        self.set_one(HANDLES, &id.encode(), &value).await
    }

    /// The handle of a draft's file.
    pub async fn handle(&self, id: DraftId) -> Result<Option<FileSystemFileHandle>, StorageError> {
        Ok(self.one(HANDLES, &id.encode()).await?.dyn_into().ok())
    }

    /// Stores the handle of the open site's folder (or removes it), so that a return visit can ask for permission again.
    pub async fn keep_folder(&self, handle: Option<&FileSystemDirectoryHandle>) -> Result<(), StorageError> {
        let value = handle.map_or(JsValue::UNDEFINED, |handle| handle.clone().into());
        self.set_one(NOTES, FOLDER, &value).await
    }

    /// The handle of the folder that was open at the last visit.
    pub async fn folder(&self) -> Result<Option<FileSystemDirectoryHandle>, StorageError> {
        Ok(self.one(NOTES, FOLDER).await?.dyn_into().ok())
    }

    /// Stores the files of a theme (or removes them), by the name that settings have for it.
    pub async fn keep_theme(&self, name: &str, files: &JsValue) -> Result<(), StorageError> {
        self.set_one(NOTES, &[THEME, name].concat(), files).await
    }

    /// The files of a theme as they were stored; undefined where there are none.
    pub async fn theme(&self, name: &str) -> Result<JsValue, StorageError> {
        self.one(NOTES, &[THEME, name].concat()).await
    }

    /// The names of the themes that are stored.
    pub async fn theme_names(&self) -> Result<Vec<String>, StorageError> {
        let names = Array::from(&answer(&store(&self.read(&[NOTES]).await?, NOTES)?.get_all_keys()).await?);
        let name = |key: JsValue| Some(key.as_string()?.strip_prefix(THEME)?.to_owned());
        Ok(names.iter().filter_map(name).collect())
    }
}

impl Drop for IndexedDb {
    fn drop(&mut self) {
        if let Some(database) = self.database.borrow_mut().take() {
            database.close();
        }
    }
}

impl Drafts for IndexedDb {
    fn list(&self) -> Task<'_, Listing> {
        Box::pin(self.list_heads())
    }

    fn load(&self, id: DraftId) -> Task<'_, Option<Draft>> {
        Box::pin(self.load_draft(id))
    }

    fn put_over<'a>(
        &'a self,
        draft: &'a Draft,
        expected: u64,
        replaced: Option<&'a (Version, Rc<str>)>,
    ) -> Task<'a, u64> {
        Box::pin(self.put_draft(draft, expected, replaced))
    }

    fn append<'a>(&'a self, draft: &'a Draft, edit: &'a DraftEdit, expected: u64) -> Task<'a, u64> {
        Box::pin(self.append_edit(draft, edit, expected))
    }

    fn compact(&self, id: DraftId) -> Task<'_, ()> {
        Box::pin(self.compact_journal(id))
    }

    fn delete(&self, id: DraftId, now_ms: f64) -> Task<'_, u64> {
        Box::pin(self.mark(id, Some(now_ms)))
    }

    fn undelete(&self, id: DraftId) -> Task<'_, u64> {
        Box::pin(self.mark(id, None))
    }

    fn purge(&self, now_ms: f64, days: u32) -> Task<'_, usize> {
        Box::pin(self.purge_old(now_ms, days))
    }

    fn keep_place(&self, id: DraftId, caret: Utf16Range, editor_scroll: f64) -> Task<'_, ()> {
        Box::pin(self.keep_place_of(id, caret, editor_scroll))
    }

    fn last_open(&self) -> Task<'_, Option<DraftId>> {
        Box::pin(async { Ok(self.one(NOTES, LAST_OPEN).await?.as_string().and_then(|id| DraftId::decode(&id))) })
    }

    fn set_last_open(&self, id: Option<DraftId>) -> Task<'_, ()> {
        Box::pin(async move {
            let value = id.map_or(JsValue::UNDEFINED, |id| id.encode().into());
            self.set_one(NOTES, LAST_OPEN, &value).await
        })
    }
}

/// A transaction that, when it writes, is on the disk before it is complete; browsers that do not know the option
/// ignore it. By its name, because web-sys has no binding that takes options.
fn transaction(database: &IdbDatabase, stores: &[&str], mode: &str) -> Result<IdbTransaction, JsValue> {
    let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
    let options = js_sys::Object::new();
    set(&options, "durability", "strict");
    super::js::call(database, "transaction", &[names.into(), mode.into(), options.into()])?.dyn_into()
}

/// Opens a connection that closes when another tab wants to upgrade or remove the database.
async fn connect(name: &str) -> Result<IdbDatabase, StorageError> {
    // The getter throws, or gives nothing, where storage is denied.
    let factory = window()?.indexed_db().ok().flatten().ok_or(StorageError::Blocked)?;
    let request = factory.open_with_u32(name, VERSION).map_err(|_| StorageError::Blocked)?;
    let opened = promise(|resolve, reject| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(reject));
    });
    let upgrade = promise(|resolve, _| request.set_onupgradeneeded(Some(resolve)));
    let window = window()?;
    let timer = promise(|_, reject| {
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(reject, OPEN_TIMEOUT_MS);
    });
    let first = Promise::race(&Array::of3(&opened, &upgrade, &timer));
    JsFuture::from(first).await.map_err(|_| refused(&request))?;
    if request.transaction().is_some() {
        upgrade_stores(&request).map_err(|error| storage_error(&error))?;
        JsFuture::from(Promise::race(&Array::of2(&opened, &timer))).await.map_err(|_| refused(&request))?;
    }
    let database: IdbDatabase = request.result().ok().and_then(|r| r.dyn_into().ok()).ok_or(StorageError::Blocked)?;
    let close: Option<js_sys::Function> = get(&database, "close").dyn_into().ok();
    if let Some(close) = close {
        database.set_onversionchange(Some(&close.bind0(&database)));
    }
    Ok(database)
}

/// Why the database was not opened: what the browser says, or, where it says nothing, that there is no storage.
fn refused(request: &IdbOpenDbRequest) -> StorageError {
    match request.error() {
        Ok(Some(error)) => match storage_error(&error) {
            // A damaged profile, a private window of an older browser: there is no storage.
            StorageError::Other(_) => StorageError::Blocked,
            error => error,
        },
        _ => StorageError::Blocked,
    }
}

/// Brings the object stores from any older version to this one, within the request's upgrade transaction.
fn upgrade_stores(request: &IdbOpenDbRequest) -> Result<(), JsValue> {
    let database: IdbDatabase = request.result()?.dyn_into()?;
    let names = database.object_store_names();
    // Version 1 had no journals, version 2 no versions of drafts, version 3 no pictures. What is there stays as it is.
    for name in [HEADS, TEXTS, EDITS, VERSIONS, PICTURES, HANDLES, NOTES] {
        if names.contains(name) {
            continue;
        }
        if name == HEADS {
            let parameters = web_sys::IdbObjectStoreParameters::new();
            parameters.set_key_path(&JsValue::from_str("id"));
            database.create_object_store_with_optional_parameters(name, &parameters)?;
        } else {
            database.create_object_store(name)?;
        }
    }
    Ok(())
}
