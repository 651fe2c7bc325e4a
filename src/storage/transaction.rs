//! One transaction of IndexedDB: its stores, the answers to its requests, its end. In: transactions. Out: values,
//! errors. Neighbours: `indexed_db.rs` says what is read and written.

use std::future::Future;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbObjectStore, IdbRequest, IdbTransaction};

use super::StorageError;
use super::js::{promise, storage_error};

/// A writing transaction that is taken back when it is dropped before it is finished.
pub(super) struct Write {
    pub(super) transaction: IdbTransaction,
    open: bool,
}

impl Write {
    pub(super) fn new(transaction: IdbTransaction) -> Self {
        Self { transaction, open: true }
    }

    /// Waits until everything is written. To be called before the transaction ends: before an answer, or directly after
    /// it.
    pub(super) async fn finish(mut self) -> Result<(), StorageError> {
        self.open = false;
        let end = promise(|resolve, reject| {
            self.transaction.set_oncomplete(Some(resolve));
            self.transaction.set_onabort(Some(reject));
        });
        match JsFuture::from(end).await {
            Ok(_) => Ok(()),
            Err(_) => Err(aborted(&self.transaction)),
        }
    }

    /// Takes everything back.
    pub(super) fn cancel(self) {
        drop(self);
    }
}

impl Drop for Write {
    fn drop(&mut self) {
        if self.open {
            // Fails where it is aborted already.
            let _ = self.transaction.abort();
        }
    }
}

/// Why a transaction was aborted; it has no error where the browser closed the database.
fn aborted(transaction: &IdbTransaction) -> StorageError {
    match transaction.error() {
        Some(error) => storage_error(&error),
        None => StorageError::Other("the write was interrupted".to_owned()),
    }
}

/// An object store of a transaction.
pub(super) fn store(transaction: &IdbTransaction, name: &str) -> Result<IdbObjectStore, StorageError> {
    transaction.object_store(name).map_err(|error| storage_error(&error))
}

/// Asks for a value to be written; whether it was, `Write::finish` tells.
pub(super) fn put(store: &IdbObjectStore, value: &JsValue, key: Option<&JsValue>) -> Result<(), StorageError> {
    let request = match key {
        Some(key) => store.put_with_key(value, key),
        None => store.put(value),
    };
    request.map(|_| ()).map_err(|error| storage_error(&error))
}

/// Asks for the value of a key, or those of a range of keys, to be removed.
pub(super) fn remove(store: &IdbObjectStore, key: &JsValue) -> Result<(), StorageError> {
    store.delete(key).map(|_| ()).map_err(|error| storage_error(&error))
}

/// The answer to a request. It listens from the call on, not from the first poll.
pub(super) fn answer(
    request: &Result<IdbRequest, JsValue>,
) -> impl Future<Output = Result<JsValue, StorageError>> + use<> {
    let request = request.clone().map_err(|error| storage_error(&error));
    let end = request.as_ref().ok().map(|request| {
        JsFuture::from(promise(|resolve, reject| {
            request.set_onsuccess(Some(resolve));
            request.set_onerror(Some(reject));
        }))
    });
    async move {
        let request = request?;
        let Some(end) = end else { return Ok(JsValue::UNDEFINED) };
        match end.await {
            Ok(_) => request.result().map_err(|error| storage_error(&error)),
            // Where the whole transaction was aborted the request only knows that, and the transaction knows why.
            Err(_) => Err(match (request.transaction().and_then(|tx| tx.error()), request.error()) {
                (Some(error), _) | (None, Ok(Some(error))) => storage_error(&error),
                _ => StorageError::Other("the request was interrupted".to_owned()),
            }),
        }
    }
}
