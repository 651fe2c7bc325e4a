//! The page: state, what touches the browser, components. In: what a person does. Out: what they see. Neighbours:
//! `view/` says what is shown; every folder here owns its state.

pub mod shown;
pub mod state;

#[cfg(target_arch = "wasm32")]
pub(crate) mod browser;
#[cfg(target_arch = "wasm32")]
pub mod colours;
#[cfg(target_arch = "wasm32")]
mod comparison;
#[cfg(any(target_arch = "wasm32", feature = "prerender"))]
pub mod components;
#[cfg(target_arch = "wasm32")]
mod draft_tools;
#[cfg(any(target_arch = "wasm32", feature = "prerender"))]
pub(crate) mod draft_wish;
#[cfg(target_arch = "wasm32")]
mod drafts;
#[cfg(target_arch = "wasm32")]
pub(crate) mod editor;
#[cfg(target_arch = "wasm32")]
mod files;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod page_controller;
#[cfg(target_arch = "wasm32")]
mod page_listeners;
#[cfg(target_arch = "wasm32")]
mod page_tools;
#[cfg(target_arch = "wasm32")]
mod page_with_scripts;
#[cfg(target_arch = "wasm32")]
mod panel;
#[cfg(all(not(target_arch = "wasm32"), feature = "prerender"))]
mod prerender;
#[cfg(target_arch = "wasm32")]
pub(crate) mod preview;
#[cfg(target_arch = "wasm32")]
mod preview_bar;
#[cfg(target_arch = "wasm32")]
mod site;
pub mod site_folder;
#[cfg(target_arch = "wasm32")]
pub mod site_page;
#[cfg(target_arch = "wasm32")]
mod site_parts;
#[cfg(target_arch = "wasm32")]
mod site_state;
#[cfg(target_arch = "wasm32")]
mod site_tools;
#[cfg(target_arch = "wasm32")]
pub mod tools;
#[cfg(target_arch = "wasm32")]
mod writing;

#[cfg(target_arch = "wasm32")]
pub use page::start;
#[cfg(all(not(target_arch = "wasm32"), feature = "prerender"))]
pub use prerender::prerender;
#[cfg(target_arch = "wasm32")]
pub use preview::initial::InitialPreview;
