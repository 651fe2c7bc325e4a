//! Drafts and files behind traits, each in memory and in the browser. In: what a person writes. Out: the
//! same again after a reload, a crash or in another tab. Neighbours: `app/drafts/` calls it; `text/` below.
//!
//! | file | what it holds |
//! |---|---|
//! | `draft.rs` | a draft, its summary, its identity |
//! | `drafts.rs` | the trait of a store of drafts |
//! | `everything.rs` | all drafts with their histories, and the settings, as the files of one archive |
//! | `history.rs` | the earlier versions of a draft, and which of them stay |
//! | `pictures.rs` | the pictures of drafts |
//! | `journal.rs` | an edit of a stored text, and a text put together again from edits |
//! | `error.rs` | what can go wrong, each with a sentence for a writer |
//! | `memory.rs` | a store in memory: for tests, and where the browser denies storage |
//! | `saver.rs` | when to put: a state machine without a clock of its own |
//! | `tabs.rs` | what tabs tell each other about a draft |
//! | `preferences.rs` | theme, view, divider, dismissed checks |
//! | `preview_settings.rs`, `site_permissions.rs`, `writing_settings.rs` | how the preview is seen, what the pages of each site may do, how a person writes |
//! | `jekyll_choices.rs` | which Jekyll each site is read as |
//! | `moved_files.rs` | the files of open sites that are renamed and not saved yet |
//! | `decode.rs`, `file_error.rs` | a file's bytes to text, or why not |
//! | `indexed_db.rs`, `transaction.rs`, `record.rs` | the browser's store of drafts, wasm32 only |
//! | `recovery.rs` | a text that was not stored, and the draft that it becomes |
//! | `names.rs` | the names of all that is kept, by the page's path |
//! | `archive.rs`, `packed.rs` | which files an archive holds; the browser unpacks them |
//! | `channel.rs`, `files.rs`, `folder.rs`, `local/`, `js.rs` | the rest of the browser, wasm32 only |

pub mod archive;
mod decode;
mod draft;
mod drafts;
mod error;
pub mod everything;
mod file_error;
mod history;
mod jekyll_choices;
mod journal;
mod memory;
mod moved_files;
#[cfg(any(target_arch = "wasm32", test))]
mod names;
pub mod pictures;
mod preferences;
mod preview_settings;
mod recovery;
mod saver;
mod site_permissions;
mod tabs;
mod writing_settings;

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
mod packed;
#[cfg(target_arch = "wasm32")]
mod record;
#[cfg(target_arch = "wasm32")]
mod transaction;

pub use decode::{DecodeError, FILE_LIMIT, Looks, decode, download_name};
pub use draft::{Draft, DraftId, DraftSummary, FileVersion, content_hash};
pub use drafts::{Drafts, Listing, Task};
pub use error::StorageError;
pub use file_error::FileError;
pub use history::{History, Version, VersionClock, VersionReason};
pub use jekyll_choices::JekyllChoices;
pub use journal::{DraftEdit, Replayed, recovered, replay};
pub use memory::MemoryDrafts;
pub use moved_files::{MovedFile, MovedFiles};
pub use preferences::{Dialects, Preferences, Theme, ViewMode};
pub use preview_settings::{PreviewSettings, PreviewWidth, ShownAs};
pub use recovery::UnsavedText;
pub use saver::{Held, SaveState, Saver, SaverStep};
pub use site_permissions::{SitePermission, SitePermissions};
pub use tabs::{MessageKind, News, TabId, TabMessage, Tabs};
pub use writing_settings::{FocusedPart, WritingFont, WritingSettings, begins_at_start, wants_suggestions};

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
    read_files, remove_file, unpacked_files,
};
#[cfg(target_arch = "wasm32")]
pub use indexed_db::IndexedDb;
#[cfg(target_arch = "wasm32")]
pub use local::{
    UnsavedRecord, is_unsaved_text_kept, load_folder_name, load_jekyll_choices, load_moved_files, load_picture_folder,
    load_preferences, load_preview_settings, load_recent, load_repository, load_settings, load_shortcuts, load_site,
    load_site_permissions, load_writing_settings, load_writing_text, random_id, save_folder_name, save_jekyll_choices,
    save_moved_files, save_new_settings, save_picture_folder, save_preferences, save_preview_settings, save_recent,
    save_repository, save_shortcuts, save_site, save_site_permissions, save_writing_settings,
};
#[cfg(target_arch = "wasm32")]
pub use packed::{PackedFolder, media_type, new_file, with_media_type};
