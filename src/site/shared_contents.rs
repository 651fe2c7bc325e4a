//! The contents that threads have rendered of one site. In: what one thread has converted. Out: the same for the others,
//! which render other pages of the same site. Neighbours: `rendering.rs` asks and gives; the command line makes the
//! threads. Natively only: in the browser there is one thread.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// Contents by their items. Each rendering of a site by which threads build it holds the same one.
#[derive(Debug)]
pub struct SharedContents<Item>(Mutex<HashMap<Item, Arc<str>>>);

impl<Item> Default for SharedContents<Item> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<Item: Eq + Hash> SharedContents<Item> {
    /// The content of an item, if a thread has rendered it.
    pub(super) fn get(&self, item: Item) -> Option<Arc<str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&item).cloned()
    }

    /// Keeps the content of an item. All threads come to the same one.
    pub(super) fn set(&self, item: Item, content: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(item, content.into());
    }
}
