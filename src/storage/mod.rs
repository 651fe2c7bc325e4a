//! Drafts and files behind traits, each in memory and in the browser. In: what a person writes. Out: the
//! same again after a reload, a crash or in another tab. Neighbours: `app/drafts/` calls it; `text/` below.
//!
//! | file | what it holds |
//! |---|---|
//! | `draft.rs` | a draft, its summary, its identity |
//! | `drafts.rs` | the trait of a store of drafts |
//! | `journal.rs` | an edit of a stored text, and a text put together again from edits |
//! | `error.rs` | what can go wrong, each with a sentence for a writer |
//! | `memory.rs` | a store in memory: for tests, and where the browser denies storage |
//! | `saver.rs` | when to put: a state machine without a clock of its own |
//! | `tabs.rs` | what tabs tell each other about a draft |
//! | `preferences.rs` | theme, view, divider, dismissed checks |
//! | `decode.rs`, `file_error.rs` | a file's bytes to text, or why not |
//! | `indexed_db.rs`, `transaction.rs`, `record.rs` | the browser's store of drafts, wasm32 only |
//! | `recovery.rs` | a text that was not stored, and the draft that it becomes |
//! | `names.rs` | the names of all that is kept, by the page's path |
//! | `channel.rs`, `files.rs`, `folder.rs`, `local/`, `js.rs` | the rest of the browser, wasm32 only |

mod decode;
mod draft;
mod drafts;
mod error;
mod file_error;
mod journal;
mod memory;
#[cfg(any(target_arch = "wasm32", test))]
mod names;
mod preferences;
mod recovery;
mod saver;
mod tabs;

#[cfg(target_arch = "wasm32")]
mod channel;
#[cfg(target_arch = "wasm32")]
mod files;
#[cfg(target_arch = "wasm32")]
mod folder;
#[cfg(target_arch = "wasm32")]
mod indexed_db;
#[cfg(target_arch = "wasm32")]
mod js;
#[cfg(target_arch = "wasm32")]
mod local;
#[cfg(target_arch = "wasm32")]
mod record;
#[cfg(target_arch = "wasm32")]
mod transaction;

pub use decode::{DecodeError, FILE_LIMIT, Looks, decode, download_name};
pub use draft::{Draft, DraftId, DraftSummary, FileVersion, content_hash};
pub use drafts::{Drafts, Listing, Task};
pub use error::StorageError;
pub use file_error::FileError;
pub use journal::{DraftEdit, Replayed, recovered, replay};
pub use memory::MemoryDrafts;
pub use preferences::{Dialects, Preferences, Theme, ViewMode};
pub use recovery::UnsavedText;
pub use saver::{Held, SaveState, Saver, SaverStep};
pub use tabs::{MessageKind, News, TabId, TabMessage, Tabs};

#[cfg(target_arch = "wasm32")]
pub use channel::Channel;
#[cfg(target_arch = "wasm32")]
pub use files::{
    OpenedFile, Permission, can_write_files, choose_save, download, download_as, dropped_handle, last_modified,
    open_file, permission, read_file, read_handle, write_file,
};
#[cfg(target_arch = "wasm32")]
pub use folder::{
    DroppedFolder, FolderForm, FolderItem, ReadFile, can_write_folders, choose_folder, create_file, dropped_folder,
    read_files, remove_file,
};
#[cfg(target_arch = "wasm32")]
pub use indexed_db::IndexedDb;
#[cfg(target_arch = "wasm32")]
pub use local::{
    UnsavedRecord, is_unsaved_text_kept, load_folder_name, load_preferences, load_site, random_id, save_folder_name,
    save_preferences, save_site,
};
