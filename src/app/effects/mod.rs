//! Everything that touches the browser: textarea, mirror, preview frame, scrolling, drafts, files, keys.
//! In: events and intents. Out: changes in the page, actions for the reducer. Neighbours: `page.rs`, `storage/`.

mod beside;
mod caret;
mod checking;
mod clicking;
mod comparing;
mod desk;
mod dialects;
mod divider;
mod dom;
mod draft_keeping;
mod draft_list;
mod event_listener;
mod file_keeping;
mod first;
mod furnish;
mod guard;
mod leaving;
mod listeners;
mod marks;
mod mirror;
mod panel;
mod panel_events;
mod panel_nodes;
mod panic;
mod preview;
mod scroll;
mod site;
mod textarea;
mod workbench;
mod zone;

pub use desk::{Desk, Owner};
pub use divider::{listen as listen_to_divider, set as set_divider};
pub use dom::{Root, by_id, document, made, now_seconds, sleep, style_sheet, window};
pub use event_listener::EventListener;
pub use first::{end_first, show_first};
pub use furnish::empty;
pub use listeners::{hear, listen_to_editor};
pub use panel_events::PanelEvent;
pub(crate) use panel_events::read_panel_event;
pub(crate) use panel_nodes::{draw_panel, edit_of_form, style_page};
pub use panic::install_panic_hook;
pub use workbench::Workbench;
pub use zone::zone;
