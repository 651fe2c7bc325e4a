//! Aperçu in other people's pages: what the package `apercu` is made of, beside the scripts in this folder. In: a post
//! as read, elements of a page. Out: what a host's JavaScript sees, an editor in a shadow tree. Neighbours: `app/` does
//! the work, `main.rs` exports what is here.

mod bars;
mod controller;
mod handle;
mod render;
pub mod values;

pub use controller::mount;
pub use handle::Handle;
pub use render::render;
