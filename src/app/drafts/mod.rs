//! Drafts: stored while a person writes, listed, left. In: the text, what happens to the page. Out: drafts in the
//! store. Neighbours: `storage/`.

pub(crate) mod archive;
pub(crate) mod current_draft;
pub(crate) mod history;
pub(crate) mod leaving;
pub(crate) mod list;
pub(crate) mod pictures;
pub(crate) mod storing;
