//! The file that the draft in the editor was opened from or saved to. In: handles, names. Out: the same again.
//! Neighbours: `open_save.rs` opens and saves.

use std::cell::RefCell;
use web_sys::FileSystemFileHandle;

/// The file that the draft in the editor belongs to.
#[derive(Default)]
pub struct FileBinding {
    pub(crate) handle: RefCell<Option<FileSystemFileHandle>>,
    pub(crate) suggested: RefCell<String>,
    pub(crate) shown: RefCell<(String, Option<bool>)>,
}

impl FileBinding {
    /// Another draft is in the editor: its file is another one.
    pub fn forget(&self) {
        self.handle.borrow_mut().take();
    }

    /// The name for a file of this post, should it have none yet. Whether it is another one than before.
    pub fn set_suggested(&self, name: &str) -> bool {
        let mut suggested = self.suggested.borrow_mut();
        let changed = *suggested != name;
        if changed {
            name.clone_into(&mut suggested);
        }
        changed
    }

    pub(crate) fn handle(&self) -> Option<FileSystemFileHandle> {
        self.handle.borrow().clone()
    }
}
