//! The files of an open folder: the bytes of every text, as the folder has it and as it stands now. In: what was read,
//! what is written in the editor. Out: a `SiteSource`, and which files are changed. Neighbours: `open_site.rs` holds it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::site::source::SiteSource;
use crate::text::LineEnds;

/// What is known of a file.
enum FolderFile {
    /// A text. The folder may have another, or none yet.
    Text { now: Rc<[u8]>, on_disk: Option<Rc<[u8]>>, modified_ms: Option<f64> },
    /// A file whose bytes are not held: a picture, a text that is too long. `added_for`: the file that a picture was put
    /// into, while the folder does not have it yet.
    Other { modified_ms: Option<f64>, added_for: Option<Rc<str>> },
    /// A file that the folder has, and that is to be taken out of it.
    Removed { on_disk: Rc<[u8]>, modified_ms: Option<f64> },
}

/// The files of a folder, by their paths from it on.
#[derive(Default)]
pub struct FolderFiles {
    files: RefCell<BTreeMap<String, FolderFile>>,
    revision: Cell<u64>,
}

impl FolderFiles {
    /// Counts the changes of what the source gives.
    pub fn revision(&self) -> u64 {
        self.revision.get()
    }

    fn change(&self, path: &str, file: FolderFile) {
        self.files.borrow_mut().insert(path.to_owned(), file);
        self.revision.set(self.revision.get() + 1);
    }

    /// A text was read from the folder, at first or again. `modified_ms`: milliseconds since 1970. What is written in
    /// the page, and not saved yet, stays.
    pub fn read_text(&self, path: &str, bytes: Vec<u8>, modified_ms: Option<f64>) {
        let bytes: Rc<[u8]> = bytes.into();
        let unsaved = match self.files.borrow().get(path) {
            Some(FolderFile::Text { now, on_disk, .. }) if on_disk.as_ref() != Some(now) => Some(now.clone()),
            _ => None,
        };
        let now = unsaved.unwrap_or_else(|| bytes.clone());
        self.change(path, FolderFile::Text { now, on_disk: Some(bytes), modified_ms });
    }

    /// The folder has a file whose bytes are not held.
    pub fn found_other(&self, path: &str, modified_ms: Option<f64>) {
        self.change(path, FolderFile::Other { modified_ms, added_for: None });
    }

    /// A picture was put into the file at `owner`, and is to come into the folder with it. Nothing happens where the folder
    /// has a file of that path.
    pub fn add_picture(&self, path: &str, owner: &str) {
        let is_free = self.files.borrow().get(path).is_none_or(is_added);
        if is_free {
            self.change(path, FolderFile::Other { modified_ms: None, added_for: Some(owner.into()) });
        }
    }

    /// The pictures that the folder does not have yet, each with the file that it was put into.
    pub fn added_pictures(&self) -> Vec<(String, Rc<str>)> {
        let files = self.files.borrow();
        let added = files.iter().filter_map(|(path, file)| match file {
            FolderFile::Other { added_for, .. } => Some((path.clone(), added_for.clone()?)),
            _ => None,
        });
        added.collect()
    }

    /// Whether it is a picture that the folder does not have yet.
    pub fn is_added(&self, path: &str) -> bool {
        self.files.borrow().get(path).is_some_and(is_added)
    }

    /// The folder does not have the file any more. What is not saved yet stays, as a new file.
    pub fn vanished(&self, path: &str) {
        let unsaved = match self.files.borrow().get(path) {
            Some(FolderFile::Text { now, on_disk, .. }) if on_disk.as_ref() != Some(now) => Some(now.clone()),
            _ => None,
        };
        match unsaved {
            Some(now) => self.change(path, FolderFile::Text { now, on_disk: None, modified_ms: None }),
            None => {
                self.files.borrow_mut().remove(path);
                self.revision.set(self.revision.get() + 1);
            }
        }
    }

    /// The file holds this text from now on; one that there is not yet is made. The text is an editor's, with `\n`
    /// alone: the file keeps its own line ends and its byte order mark.
    pub fn set_text(&self, path: &str, text: &str) {
        let (now, on_disk, modified_ms) = match self.files.borrow().get(path) {
            Some(FolderFile::Text { now, on_disk, modified_ms }) => (Some(now.clone()), on_disk.clone(), *modified_ms),
            Some(FolderFile::Removed { on_disk, modified_ms }) => (None, Some(on_disk.clone()), *modified_ms),
            Some(FolderFile::Other { .. }) | None => (None, None, None),
        };
        let bytes = joined(text, now.as_deref().or(on_disk.as_deref()));
        if now.as_deref() != Some(&*bytes) {
            self.change(path, FolderFile::Text { now: bytes, on_disk, modified_ms });
        }
    }

    /// The file is to be taken out of the folder.
    pub fn remove(&self, path: &str) {
        let known = self.files.borrow_mut().remove(path);
        match known {
            Some(FolderFile::Text { on_disk: Some(on_disk), modified_ms, .. }) => {
                self.change(path, FolderFile::Removed { on_disk, modified_ms });
            }
            _ => self.revision.set(self.revision.get() + 1),
        }
    }

    /// A text has another path from now on, and is to be moved in the folder: the bytes stay as they are. Nothing happens
    /// where there is no such text, or where the other path has a file.
    pub fn rename(&self, from: &str, to: &str) {
        let Some(now) = self.read(from) else { return };
        let (on_disk, modified_ms) = match self.files.borrow().get(to) {
            Some(FolderFile::Removed { on_disk, modified_ms }) => (Some(on_disk.clone()), *modified_ms),
            Some(_) => return,
            None => (None, None),
        };
        self.change(to, FolderFile::Text { now, on_disk, modified_ms });
        self.remove(from);
        for file in self.files.borrow_mut().values_mut() {
            if let FolderFile::Other { added_for: Some(owner), .. } = file
                && **owner == *from
            {
                *owner = to.into();
            }
        }
    }

    /// The folder has the file as it stands now. `modified_ms`: when it was written, in milliseconds since 1970.
    pub fn saved(&self, path: &str, modified_ms: Option<f64>) {
        let mut files = self.files.borrow_mut();
        match files.get_mut(path) {
            Some(FolderFile::Text { now, on_disk, modified_ms: known }) => {
                *on_disk = Some(now.clone());
                *known = modified_ms;
            }
            Some(FolderFile::Other { modified_ms: known, added_for }) => {
                *known = modified_ms;
                *added_for = None;
            }
            Some(FolderFile::Removed { .. }) => {
                files.remove(path);
            }
            _ => {}
        }
    }

    /// The bytes that the folder has; `None` where it has no such text.
    pub fn on_disk(&self, path: &str) -> Option<Rc<[u8]>> {
        match self.files.borrow().get(path)? {
            FolderFile::Text { on_disk, .. } => on_disk.clone(),
            FolderFile::Removed { on_disk, .. } => Some(on_disk.clone()),
            FolderFile::Other { .. } => None,
        }
    }

    /// When the file was last changed in the folder, in milliseconds since 1970, where that is known.
    pub fn modified_ms(&self, path: &str) -> Option<f64> {
        match self.files.borrow().get(path)? {
            FolderFile::Text { modified_ms, .. }
            | FolderFile::Other { modified_ms, .. }
            | FolderFile::Removed { modified_ms, .. } => *modified_ms,
        }
    }

    /// Whether it is a text whose bytes are held.
    pub fn is_text(&self, path: &str) -> bool {
        matches!(self.files.borrow().get(path), Some(FolderFile::Text { .. }))
    }

    /// Whether the file stands otherwise than in the folder.
    pub fn is_changed(&self, path: &str) -> bool {
        self.files.borrow().get(path).is_some_and(differs)
    }

    /// The texts that stand otherwise than in the folder, or that it does not have yet.
    pub fn changed(&self) -> Vec<String> {
        let files = self.files.borrow();
        let texts = files.iter().filter(|(_, file)| matches!(file, FolderFile::Text { .. }) && differs(file));
        texts.map(|(path, _)| path.clone()).collect()
    }

    /// The files that are to be taken out of the folder.
    pub fn removed(&self) -> Vec<String> {
        let files = self.files.borrow();
        let removed = files.iter().filter(|(_, file)| matches!(file, FolderFile::Removed { .. }));
        removed.map(|(path, _)| path.clone()).collect()
    }
}

impl SiteSource for FolderFiles {
    fn paths(&self) -> Vec<String> {
        let files = self.files.borrow();
        let there = files.iter().filter(|(_, file)| !matches!(file, FolderFile::Removed { .. }));
        there.map(|(path, _)| path.clone()).collect()
    }

    fn read(&self, path: &str) -> Option<Rc<[u8]>> {
        match self.files.borrow().get(path)? {
            FolderFile::Text { now, .. } => Some(now.clone()),
            _ => None,
        }
    }

    fn modified(&self, path: &str) -> Option<i64> {
        self.modified_ms(path).map(|milliseconds| (milliseconds / 1000.0).floor() as i64)
    }
}

fn differs(file: &FolderFile) -> bool {
    match file {
        FolderFile::Text { now, on_disk, .. } => on_disk.as_ref() != Some(now),
        FolderFile::Removed { .. } => true,
        FolderFile::Other { added_for, .. } => added_for.is_some(),
    }
}

fn is_added(file: &FolderFile) -> bool {
    matches!(file, FolderFile::Other { added_for: Some(_), .. })
}

/// The bytes of a file that held `before` and holds this text now.
fn joined(text: &str, before: Option<&[u8]>) -> Rc<[u8]> {
    let plain = |bytes: &[u8]| !bytes.contains(&b'\r') && !bytes.starts_with("\u{FEFF}".as_bytes());
    match before.filter(|bytes| !plain(bytes)).and_then(|bytes| std::str::from_utf8(bytes).ok()) {
        Some(before) => {
            let (mut ends, old) = LineEnds::split(before);
            ends.follow(&old, text);
            ends.join(text).into_bytes().into()
        }
        None => text.as_bytes().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> FolderFiles {
        let files = FolderFiles::default();
        files.read_text("a.md", b"one\r\ntwo\r\n".to_vec(), Some(1_500.0));
        files.read_text("b.md", b"b\n".to_vec(), None);
        files.found_other("picture.png", Some(2_000.0));
        files
    }

    #[test]
    fn a_file_keeps_its_line_ends() {
        let files = folder();
        files.set_text("a.md", "one\ntwo\n");
        assert!(files.changed().is_empty());
        files.set_text("a.md", "one\nand\ntwo\n");
        assert_eq!(files.read("a.md").as_deref(), Some(&b"one\r\nand\r\ntwo\r\n"[..]));
        assert_eq!(files.changed(), ["a.md"]);
        files.set_text("a.md", "one\ntwo\n");
        assert!(files.changed().is_empty(), "what was taken back is no change");
    }

    #[test]
    fn what_is_saved_is_no_change_any_more() {
        let files = folder();
        files.set_text("b.md", "c\n");
        files.set_text("new.md", "new\n");
        files.remove("a.md");
        assert_eq!((files.changed(), files.removed()), (vec!["b.md".into(), "new.md".into()], vec!["a.md".into()]));
        assert_eq!(files.paths(), ["b.md", "new.md", "picture.png"]);
        for path in ["a.md", "b.md", "new.md"] {
            files.saved(path, Some(3_000.0));
        }
        assert!(files.changed().is_empty() && files.removed().is_empty());
        assert_eq!((files.modified("b.md"), files.on_disk("a.md")), (Some(3), None));
    }

    #[test]
    fn what_another_program_writes_takes_no_unsaved_text_away() {
        let files = folder();
        files.set_text("b.md", "mine\n");
        files.read_text("b.md", b"theirs\n".to_vec(), Some(9_000.0));
        files.read_text("a.md", b"theirs\n".to_vec(), Some(9_000.0));
        assert_eq!(files.read("b.md").as_deref(), Some(&b"mine\n"[..]));
        assert_eq!(files.read("a.md").as_deref(), Some(&b"theirs\n"[..]));
        files.vanished("b.md");
        files.vanished("a.md");
        assert_eq!((files.paths(), files.changed()), (vec!["b.md".into(), "picture.png".into()], vec!["b.md".into()]));
    }

    #[test]
    fn a_renamed_file_keeps_its_bytes_and_may_be_named_back() {
        let files = folder();
        files.rename("b.md", "picture.png");
        files.rename("b.md", "a.md");
        assert!(files.changed().is_empty(), "never over another file");
        files.rename("a.md", "c.md");
        assert_eq!(files.read("c.md").as_deref(), Some(&b"one\r\ntwo\r\n"[..]));
        assert_eq!((files.changed(), files.removed()), (vec!["c.md".into()], vec!["a.md".into()]));
        files.rename("c.md", "a.md");
        assert!(files.changed().is_empty() && files.removed().is_empty());
    }

    #[test]
    fn a_picture_comes_with_the_file_that_it_was_put_into() {
        let files = folder();
        let added =
            || files.added_pictures().into_iter().map(|(path, owner)| (path, owner.to_string())).collect::<Vec<_>>();
        files.add_picture("picture.png", "b.md");
        assert!(added().is_empty(), "the folder has such a file");
        files.add_picture("new.png", "b.md");
        files.rename("b.md", "c.md");
        assert_eq!(added(), [("new.png".to_owned(), "c.md".to_owned())]);
        assert_eq!(files.paths(), ["a.md", "c.md", "new.png", "picture.png"]);
        assert_eq!((files.changed(), files.is_added("new.png")), (vec!["c.md".into()], true));
        files.saved("new.png", Some(5.0));
        assert_eq!((added(), files.modified_ms("new.png")), (Vec::new(), Some(5.0)));
    }

    #[test]
    fn a_new_file_that_is_removed_leaves_nothing() {
        let files = folder();
        files.set_text("new.md", "new\n");
        files.remove("new.md");
        assert!(files.removed().is_empty() && files.changed().is_empty());
        files.remove("b.md");
        files.set_text("b.md", "b\n");
        assert!(files.removed().is_empty() && files.changed().is_empty(), "it is back as it was");
    }
}
