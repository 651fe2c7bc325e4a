//! Aperçu in other people's pages: what the package `apercu` is made of, beside the scripts in this folder. In: a post as
//! read, elements of a page. Out: what a host's JavaScript sees, a desk in a shadow tree. Neighbours: `companion/` and
//! `app/` do the work.

mod bench;
mod chrome;
mod furniture;
pub mod values;

pub use bench::Editor;
