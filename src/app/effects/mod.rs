//! Everything that touches the browser: textarea, mirror, preview frame, scrolling, drafts, files, keys.
//! In: events and intents. Out: changes in the page, actions for the reducer. Neighbours: `page.rs`, `storage/`.

pub mod dom;
pub mod mirror;
pub mod preview;
