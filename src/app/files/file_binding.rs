//! The file that the draft in the editor was opened from or saved to. In: handles, names. Out: the same again.
//! Neighbours: `open_save.rs` opens and saves.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::FileSystemFileHandle;

use crate::app::browser::dom::sleep;

/// The file that the draft in the editor belongs to.
#[derive(Default)]
pub struct FileBinding {
    pub(crate) handle: RefCell<Option<FileSystemFileHandle>>,
    pub(crate) suggested: RefCell<String>,
    pub(crate) shown: RefCell<(String, Option<bool>)>,
    is_written: Rc<Cell<bool>>,
}

/// A file is being written until this is dropped.
pub(crate) struct FileWrite(Rc<Cell<bool>>);

impl Drop for FileWrite {
    fn drop(&mut self) {
        self.0.set(false);
    }
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

    /// Waits until no file is being written: what is written then is known to be saved.
    pub(crate) async fn written(&self) {
        while self.is_written.get() {
            sleep(10).await;
        }
    }

    /// Waits for the turn to write: one file is written at a time, and what becomes of it is noted before the next one.
    pub(crate) async fn begin_write(&self) -> FileWrite {
        self.written().await;
        self.is_written.set(true);
        FileWrite(Rc::clone(&self.is_written))
    }

    pub(crate) fn handle(&self) -> Option<FileSystemFileHandle> {
        self.handle.borrow().clone()
    }
}
