//! A whole site that is open in the page: its files, what was read from them, what is changed. In: a folder. Out: files
//! for the editor, a site for the preview. Neighbours: `site/` reads it; `page_controller.rs` holds what is open.

pub mod archive;
pub mod file_list;
pub mod file_names;
pub mod folder_files;
pub mod folder_rules;
pub mod new_file;
pub mod renamed_links;

#[cfg(target_arch = "wasm32")]
mod archive_folder;
#[cfg(target_arch = "wasm32")]
mod composing;
#[cfg(target_arch = "wasm32")]
pub mod current_site;
#[cfg(target_arch = "wasm32")]
mod jekyll_choice;
#[cfg(target_arch = "wasm32")]
pub mod open_site;
#[cfg(target_arch = "wasm32")]
mod opening;
#[cfg(target_arch = "wasm32")]
mod renaming;
#[cfg(target_arch = "wasm32")]
mod returning;
#[cfg(target_arch = "wasm32")]
mod saving;
#[cfg(target_arch = "wasm32")]
mod side_bar_host;
#[cfg(target_arch = "wasm32")]
mod site_files_in_editor;
#[cfg(target_arch = "wasm32")]
mod site_pictures;
#[cfg(target_arch = "wasm32")]
mod site_session;
#[cfg(target_arch = "wasm32")]
mod theme;
