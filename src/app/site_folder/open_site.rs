//! The open site: its files, and the site that was read from them. In: a folder's files, texts from the editor. Out: texts,
//! a `Site`. Neighbours: `folder_files.rs` holds the texts; `site/reader/` reads them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use web_sys::{File, FileSystemDirectoryHandle, FileSystemFileHandle};

use super::folder_files::FolderFiles;
use crate::app::browser::dom::now_seconds;
use crate::app::browser::time_zone::zone;
use crate::post::zone::Zone;
use crate::site::model::Site;
use crate::site::reader::{ReadOptions, read};
use crate::site::source::SiteSource;
use crate::storage::{DraftId, FolderItem, content_hash};

/// A site that is open.
pub struct OpenSite {
    /// The name of its folder.
    pub name: String,
    /// Its files, with the texts as they stand now: the source that `site/` reads.
    pub files: Rc<FolderFiles>,
    /// The folder itself, where the browser can write into it.
    pub directory: Option<FileSystemDirectoryHandle>,
    disk: RefCell<HashMap<String, FolderItem>>,
    site: RefCell<Rc<Site>>,
    /// The revision of the files from which the site was read.
    read_at: Cell<u64>,
}

impl OpenSite {
    /// The site in these files.
    pub fn of(
        name: String,
        files: Rc<FolderFiles>,
        directory: Option<FileSystemDirectoryHandle>,
        disk: HashMap<String, FolderItem>,
    ) -> Self {
        let site = read_site(&files, &Zone::default());
        let read_at = files.revision().into();
        Self { name, files, directory, disk: RefCell::new(disk), site: RefCell::new(site.into()), read_at }
    }

    /// The site as it was read last.
    pub fn site(&self) -> Rc<Site> {
        Rc::clone(&self.site.borrow())
    }

    /// Reads the site again, with the texts as they stand now.
    pub fn read_again(&self) -> Rc<Site> {
        let zone = self.site().settings.zone.clone();
        self.read_at.set(self.files.revision());
        let site = Rc::new(read_site(&self.files, &zone));
        *self.site.borrow_mut() = Rc::clone(&site);
        site
    }

    /// Reads the site again where a text was changed since it was read.
    pub fn read_changes(&self) {
        if self.read_at.get() != self.files.revision() {
            self.read_again();
        }
    }

    /// The paths of all files, by name.
    pub fn paths(&self) -> Vec<String> {
        self.files.paths()
    }

    /// The text of a file as it stands now, line ends and byte order mark as the file has them. `None` where there is no
    /// such file, or none in UTF-8.
    pub fn text(&self, path: &str) -> Option<String> {
        String::from_utf8(self.files.read(path)?.to_vec()).ok()
    }

    /// The editor holds this text (with `\n` alone) for the file now. The site is not read again by that.
    pub fn set_text(&self, path: &str, text: &str) {
        self.files.set_text(path, text);
    }

    /// The file itself, as it is on the disk: for pictures, fonts and everything else whose bytes are not held.
    pub async fn file(&self, path: &str) -> Option<File> {
        let known = self.disk.borrow().get(path).cloned()?;
        known.file().await.ok()
    }

    /// The handle of a file, where the browser can write it.
    pub fn handle(&self, path: &str) -> Option<FileSystemFileHandle> {
        self.disk.borrow().get(path)?.handle().cloned()
    }

    /// The browser gives this for the file from now on, or nothing any more.
    pub fn set_item(&self, path: &str, file: Option<FolderItem>) {
        let mut disk = self.disk.borrow_mut();
        match file {
            Some(file) => disk.insert(path.to_owned(), file),
            None => disk.remove(path),
        };
    }

    /// The name under which the draft of a file is stored.
    pub fn draft_id(&self, path: &str) -> DraftId {
        Self::draft_id_in(&self.name, path)
    }

    /// The name under which the draft of a file in the folder of that name is stored: always the same, so that what was
    /// written is found again when the folder is opened again.
    pub fn draft_id_in(folder: &str, path: &str) -> DraftId {
        DraftId(content_hash(["site\n", folder, "\n", path].concat().as_bytes()))
    }
}

/// Reads a site. `last`: the zone that was asked for last, which takes the browser some time to tell.
fn read_site(files: &Rc<FolderFiles>, last: &Zone) -> Site {
    let find_zone = |name: &str| if last.name() == name { Some(last.clone()) } else { zone(name) };
    read(&**files, &ReadOptions { now: now_seconds(), find_zone: &find_zone, ..ReadOptions::default() })
}
