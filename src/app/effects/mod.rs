//! Everything that touches the browser: textarea, mirror, preview frame, scrolling, drafts, files, keys.
//! In: events and intents. Out: changes in the page, actions for the reducer. Neighbours: `page.rs`, `storage/`.

mod beside;
mod companion;
mod comparing;
mod divider;
mod dom;
mod draft_keeping;
mod draft_list;
mod file_keeping;
mod frame;
mod leaving;
mod listeners;
mod marks;
mod mirror;
mod panel;
mod panic;
mod preview;
mod scroll;
mod site;
mod textarea;
mod workbench;

pub use dom::by_id;
pub use panic::install_panic_hook;
pub use workbench::Workbench;
