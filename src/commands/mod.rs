//! Editing commands: a snapshot of text and selection in, an edit out. Neighbours: `text/`; `app/` applies edits.
//!
//! Each command is `fn(&Snapshot) -> Option<Edit>`; `None` means that there is nothing to do here, so that the
//! browser's own behaviour follows (a plain newline, Tab to the next control). [`COMMANDS`] lists them all,
//! [`FUNCTIONS`] has what they do.

mod bold;
mod changes;
mod code;
mod code_block;
mod enter;
mod functions;
mod heading;
mod image;
mod indent;
mod inline;
mod italic;
mod lines;
mod link;
mod list;
mod quote;
mod region;
mod segment;
mod shape;
mod shortcut;
mod siblings;
mod snapshot;
mod strikethrough;
mod table;
mod wrap;

#[cfg(test)]
mod caret;
#[cfg(test)]
mod properties;

pub use bold::bold;
pub use code::code;
pub use code_block::code_block;
pub use enter::enter;
pub use functions::{CommandFunction, FUNCTIONS, Functions, common};
pub use heading::{heading_2, heading_3};
pub use image::image;
pub use indent::{indent, outdent};
pub use italic::italic;
pub use link::{address_start, link, paste_link};
pub use list::{bulleted_list, numbered_list, task_list};
pub use quote::quote;
pub use shortcut::Shortcut;
pub use snapshot::Snapshot;
pub use strikethrough::strikethrough;
pub use table::{COMMANDS, Command, Group, find};
