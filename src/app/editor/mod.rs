//! An editor: textarea and preview, kept true to each other. In: events and edits. Out: nodes, actions. Neighbours:
//! `preview/` has the frame; the page and the custom element own one each.

pub(crate) mod caret;
pub(crate) mod checking;
pub(crate) mod clicking;
pub(crate) mod desk;
pub(crate) mod dialects;
pub(crate) mod divider;
pub(crate) mod listeners;
pub(crate) mod marks;
pub(crate) mod mirror;
pub(crate) mod second_preview;
pub(crate) mod textarea;
