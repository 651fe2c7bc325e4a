//! The page: state, effects, components. In: what a person does. Out: what they see. Neighbours: every layer below.

pub mod findings;
pub mod header;
pub mod panel;
pub mod publication_view;
pub mod rename;
pub mod scroll_map;
pub mod session;
pub mod state;
pub mod token_diff;
pub mod words;

#[cfg(target_arch = "wasm32")]
pub(crate) mod components;
#[cfg(target_arch = "wasm32")]
pub(crate) mod effects;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
pub mod tools;
#[cfg(target_arch = "wasm32")]
pub use effects::{show_first, zone};
#[cfg(target_arch = "wasm32")]
pub use page::start;
