//! Editing commands: a snapshot of text and selection in, an edit out. Neighbours: `text/`; `app/` applies edits.
//!
//! Each command is `fn(&Snapshot) -> Option<Edit>`; `None` means that there is nothing to do here, so that the
//! browser's own behaviour follows (a plain newline, Tab to the next control). An edit that changes no byte only moves the
//! selection. [`COMMANDS`] lists those with a button, [`MORE_COMMANDS`] all others, [`ALL_FUNCTIONS`] has what they do.

mod bold;
mod changes;
mod code;
mod code_block;
mod date_now;
mod delete_lines;
mod duplicate_lines;
mod enter;
mod footnote;
mod functions;
mod heading;
mod heading_level;
mod image;
mod indent;
mod inline;
mod italic;
mod jekyll_block;
mod jekyll_tag;
mod join_lines;
mod line_block;
mod lines;
mod link;
mod link_form;
mod list;
mod markdown_table;
mod more_commands;
mod move_lines;
mod nesting;
mod own_shortcuts;
mod paste_place;
mod quote;
mod region;
mod renumber;
mod segment;
mod shape;
mod shortcut;
mod siblings;
mod snapshot;
mod sort_list;
mod strikethrough;
mod surround;
mod table;
mod toggle_task;
mod whole_list;
mod wrap;

#[cfg(test)]
mod caret;
#[cfg(test)]
mod properties;

pub use bold::bold;
pub use code::code;
pub use code_block::{code_block, code_block_in};
pub use date_now::date_now;
pub use delete_lines::delete_lines;
pub use duplicate_lines::duplicate_lines;
pub use enter::enter;
pub use footnote::footnote;
pub use functions::{ALL_FUNCTIONS, CommandFunction, FUNCTIONS, Functions, common};
pub use heading::{heading_2, heading_3};
pub use heading_level::{heading_down, heading_up};
pub use image::image;
pub use indent::{indent, outdent};
pub use italic::italic;
pub use jekyll_block::{attribute_list, excerpt_separator, table_of_contents};
pub use jekyll_tag::{include_tag, link_tag, post_url};
pub use join_lines::join_lines;
pub use link::{address_start, link, paste_link};
pub use link_form::{LinkFields, LinkKind, link_fields, write_link};
pub use list::{bulleted_list, numbered_list, task_list};
pub use markdown_table::{
    align_center, align_left, align_right, delete_column, delete_row, make_table, may_be_table, new_column, new_row,
    next_cell, previous_cell, table_of_values, tidy_table,
};
pub use more_commands::{LocalClock, MORE_COMMANDS, MORE_FUNCTIONS, MoreFunctions, may_be_shortcut, may_surround};
pub use move_lines::{lines_down, lines_up};
pub use own_shortcuts::{Chord, Meaning, NoShortcut, OwnShortcuts};
pub use paste_place::{continuation, takes_markdown};
pub use quote::quote;
pub use renumber::renumber_list;
pub use shortcut::Shortcut;
pub use snapshot::Snapshot;
pub use sort_list::sort_list;
pub use strikethrough::strikethrough;
pub use surround::surround;
pub use table::{COMMANDS, Command, Group, find};
pub use toggle_task::toggle_task;
