//! Aperçu in other people's pages: what the package `apercu` is made of, beside the scripts in this folder. In: a post as
//! read. Out: what a host's JavaScript sees. Neighbours: `companion/` and `app/` do the work.

pub mod values;
