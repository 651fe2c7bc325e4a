//! Drafts: kept while somebody writes, listed, left. In: the text, what happens to the page. Out: drafts in the store.
//! Neighbours: `storage/`.

pub(crate) mod draft_keeping;
pub(crate) mod draft_list;
pub(crate) mod leaving;
