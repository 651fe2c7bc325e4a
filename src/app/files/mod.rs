//! Files: opened, saved, watched. In: what a person wants. Out: the text, bytes on disk. Neighbours:
//! `storage/files.rs`.

pub(crate) mod file_binding;
pub(crate) mod open_save;
pub(crate) mod sharing;
