//! An editor: textarea and preview, kept true to each other. In: events and edits. Out: nodes, actions. Neighbours:
//! `preview/` has the frame; the page and the custom element own one each.

pub(crate) mod caret;
pub(crate) mod checks;
pub(crate) mod colours;
pub(crate) mod controller;
pub(crate) mod diagnostics;
pub(crate) mod dialects;
pub(crate) mod divider;
pub(crate) mod edits;
pub(crate) mod follow_caret;
pub(crate) mod frame_request;
pub(crate) mod host;
pub(crate) mod listeners;
pub(crate) mod loaded_tools;
pub(crate) mod marks;
pub(crate) mod mirror;
pub(crate) mod page_around;
pub mod pasting;
pub(crate) mod preview_events;
pub(crate) mod preview_frame;
pub(crate) mod second_preview;
pub(crate) mod settings;
pub(crate) mod show;
pub(crate) mod shown_text;
pub(crate) mod textarea;
