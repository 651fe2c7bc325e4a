//! The preview's frame. In: blocks and patches. Out: nodes in the frame, heights and sources of places in it.
//! Neighbours: `editor/`.

pub(crate) mod frame;
pub(crate) mod initial;
pub(crate) mod links;
pub(crate) mod page;
pub(crate) mod scroll_sync;
pub(crate) mod shown_block;
pub(crate) mod shown_page;
