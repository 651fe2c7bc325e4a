//! A whole site: files in, documents, pages and what Jekyll makes of them out. In: a `SiteSource`. Out: a `Site`.
//! Neighbours: `post/` below reads one text; `cli/` and the page above open folders.

pub mod index;
pub mod model;
pub mod reader;
pub mod source;
