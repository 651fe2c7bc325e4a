//! The open site: its files, and the site that was read from them. In: a folder's files, texts from the editor. Out: texts,
//! a `Site`. Neighbours: `folder_files.rs` holds the texts; `site/reader/` reads them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use js_sys::Uint8Array;
use serde_yaml::Value;
use web_sys::{File, FileSystemDirectoryHandle, FileSystemFileHandle};

use super::file_list::is_post;
use super::folder_files::FolderFiles;
use crate::app::browser::dom::now_seconds;
use crate::app::browser::time_zone::zone;
use crate::post::jekyll_version::{self, JekyllVersion, VersionChoice};
use crate::post::zone::Zone;
use crate::site::model::Site;
use crate::site::reader::{ReadOptions, Remembered, named_theme, read_again};
use crate::site::source::{MemorySource, SiteSource};
use crate::storage::{DraftId, FolderItem, MovedFile, content_hash, load_moved_files, new_file, save_moved_files};

/// A theme that is not in the site's folder.
pub struct SiteTheme {
    /// What the settings name it.
    pub wanted: String,
    /// Its files.
    pub files: Rc<MemorySource>,
}

/// How long the time for which a site was read stays the time of the build, in seconds.
const LASTS_SECONDS: i64 = 3_600;

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
    theme: RefCell<Option<Rc<SiteTheme>>>,
    /// The files that were renamed.
    moved: RefCell<Vec<MovedFile>>,
    /// Which Jekyll a person chose for it.
    chosen: Cell<Option<JekyllVersion>>,
    /// The revision of the files from which the site was read.
    read_at: Cell<u64>,
    /// What was read of single files, and the time for which that holds, in seconds since 1970-01-01T00:00:00Z.
    remembered: RefCell<Remembered>,
    now: Cell<i64>,
    with_hidden: RefCell<Option<HiddenReading>>,
}

/// The site as it is read with all that Jekyll leaves out by itself.
struct HiddenReading {
    site: Rc<Site>,
    /// The revision of the files from which it was read, and the time for which.
    read_at: u64,
    now: i64,
    remembered: Remembered,
}

/// The options of the command line by which Jekyll takes what it leaves out by itself.
const HIDDEN: [&str; 3] = ["show_drafts", "future", "unpublished"];

impl OpenSite {
    /// The site in these files.
    pub fn of(
        name: String,
        files: Rc<FolderFiles>,
        directory: Option<FileSystemDirectoryHandle>,
        disk: HashMap<String, FolderItem>,
        theme: Option<SiteTheme>,
        chosen: Option<JekyllVersion>,
    ) -> Self {
        let (now, mut remembered) = (now_seconds(), Remembered::keeping());
        let theme = theme.map(Rc::new);
        let version = version_choice(&files, chosen).version();
        let site = read_site(&files, theme.as_deref(), version, &Zone::default(), now, false, &mut remembered);
        let read_at = files.revision().into();
        let (disk, site, theme) = (RefCell::new(disk), RefCell::new(site.into()), RefCell::new(theme));
        let (chosen, remembered, now, with_hidden) = (chosen.into(), remembered.into(), now.into(), RefCell::default());
        let removed = files.removed();
        let mut moved = load_moved_files().of(&name).to_vec();
        moved.retain(|moved| removed.contains(&moved.from));
        let moved = RefCell::new(moved);
        Self { name, files, directory, disk, site, theme, moved, chosen, read_at, remembered, now, with_hidden }
    }

    /// The site as it was read last.
    pub fn site(&self) -> Rc<Site> {
        Rc::clone(&self.site.borrow())
    }

    /// The site as it was read last; for a file that Jekyll leaves out of it (a draft, a post of the future, one that is
    /// not to be published) the site as `--drafts --future --unpublished` has it.
    pub fn site_with(&self, path: &str) -> Rc<Site> {
        let site = self.site();
        let below = site.settings.files.below_source(path);
        let may_be_hidden = is_post(below) || self.files.read(path).is_some_and(|bytes| bytes.starts_with(b"---"));
        if has_item(&site, path) || !may_be_hidden {
            return site;
        }
        let with_hidden = self.read_hidden(&site.settings.zone);
        if has_item(&with_hidden, path) { with_hidden } else { site }
    }

    fn read_hidden(&self, zone: &Zone) -> Rc<Site> {
        let mut last = self.with_hidden.borrow_mut();
        let (read_at, now) = (self.files.revision(), self.now.get());
        if let Some(reading) = last.as_ref().filter(|reading| (reading.read_at, reading.now) == (read_at, now)) {
            return Rc::clone(&reading.site);
        }
        let mut remembered = last.take().map_or_else(Remembered::keeping, |reading| reading.remembered);
        let theme = self.theme.borrow().clone();
        let site = Rc::new(read_site(
            &self.files,
            theme.as_deref(),
            self.jekyll().version(),
            zone,
            now,
            true,
            &mut remembered,
        ));
        *last = Some(HiddenReading { site: Rc::clone(&site), read_at, now, remembered });
        site
    }

    /// Reads the site again, with the texts as they stand now, for the time that it is now: every file is read.
    pub fn read_again(&self) -> Rc<Site> {
        self.now.set(now_seconds());
        self.read()
    }

    fn read(&self) -> Rc<Site> {
        let zone = self.site().settings.zone.clone();
        self.read_at.set(self.files.revision());
        let theme = self.theme.borrow().clone();
        let remembered = &mut self.remembered.borrow_mut();
        let (version, now) = (self.jekyll().version(), self.now.get());
        let site = Rc::new(read_site(&self.files, theme.as_deref(), version, &zone, now, false, remembered));
        *self.site.borrow_mut() = Rc::clone(&site);
        site
    }

    /// Reads the site again where a text was changed since it was read: only the files that have changed are read.
    pub fn read_changes(&self) {
        if now_seconds() - self.now.get() > LASTS_SECONDS {
            self.read_again();
        } else if self.read_at.get() != self.files.revision() {
            self.read();
        }
    }

    /// Which Jekyll the site is read as: what was chosen, and what its files say now.
    pub fn jekyll(&self) -> VersionChoice {
        version_choice(&self.files, self.chosen.get())
    }

    /// Reads the site again as that Jekyll builds it; as its files say where none is chosen.
    pub fn set_jekyll(&self, chosen: Option<JekyllVersion>) {
        self.chosen.set(chosen);
        self.with_hidden.take();
        self.read_again();
    }

    /// The theme that the site is read with, if it is not in the folder.
    pub fn theme(&self) -> Option<Rc<SiteTheme>> {
        let found = self.site.borrow().theme.as_ref().is_some_and(|theme| theme.found);
        self.theme.borrow().clone().filter(|_| found)
    }

    /// The name of the theme that the settings name and that is not here.
    pub fn missing_theme(&self) -> Option<String> {
        self.site.borrow().theme.as_ref().filter(|theme| !theme.found).map(|theme| theme.wanted.clone())
    }

    /// Reads the site again with this theme.
    pub fn set_theme(&self, theme: Option<SiteTheme>) {
        *self.theme.borrow_mut() = theme.map(Rc::new);
        self.with_hidden.take();
        self.read_again();
    }

    /// A file of the theme, for the browser.
    pub fn theme_file(&self, path: &str) -> Option<File> {
        let bytes = self.theme()?.files.read(path)?;
        new_file(&Uint8Array::from(&*bytes), path, 0.0).ok()
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

    /// The file has another path from now on, and is moved in the folder when it is saved. That is kept for another visit.
    pub fn rename(&self, from: &str, to: &str) {
        let hash = self.files.on_disk(from).map(|bytes| content_hash(&bytes));
        self.files.rename(from, to);
        for moved in self.moved.borrow_mut().iter_mut().filter(|moved| moved.to == from) {
            to.clone_into(&mut moved.to);
        }
        if let Some(hash) = hash.filter(|_| self.files.is_text(to)) {
            self.moved.borrow_mut().push(MovedFile { from: from.to_owned(), to: to.to_owned(), hash });
        }
        self.keep_moved();
    }

    /// Takes what was renamed at an earlier visit, and is in the folder as it was then, out of the files again.
    pub fn rename_again(name: &str, files: &FolderFiles) {
        for moved in load_moved_files().of(name) {
            let is_as_it_was = files.on_disk(&moved.from).is_some_and(|bytes| content_hash(&bytes) == moved.hash);
            if is_as_it_was && !files.is_changed(&moved.from) && files.is_text(&moved.to) {
                files.remove(&moved.from);
            }
        }
    }

    /// Where a file that is to be taken out of the folder has its text now, if it was renamed.
    pub fn moved_to(&self, from: &str) -> Option<String> {
        self.moved.borrow().iter().rfind(|moved| moved.from == from).map(|moved| moved.to.clone())
    }

    /// Keeps for another visit which files are renamed and not saved yet.
    pub fn keep_moved(&self) {
        let removed = self.files.removed();
        let mut moved = self.moved.borrow_mut();
        moved.retain(|moved| removed.contains(&moved.from));
        let mut all = load_moved_files();
        all.set(&self.name, moved.clone());
        save_moved_files(&all);
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

/// Which Jekyll builds a site of these files, if that one was chosen.
fn version_choice(files: &FolderFiles, chosen: Option<JekyllVersion>) -> VersionChoice {
    let text = |name: &str| files.read(name).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    VersionChoice { chosen, guess: Some(jekyll_version::guess_of(text)) }
}

/// Reads a site. `last`: the zone that was asked for last, which takes the browser some time to tell.
fn read_site(
    files: &Rc<FolderFiles>,
    theme: Option<&SiteTheme>,
    version: JekyllVersion,
    last: &Zone,
    now: i64,
    with_hidden: bool,
    remembered: &mut Remembered,
) -> Site {
    let find_zone = |name: &str| if last.name() == name { Some(last.clone()) } else { zone(name) };
    let is_wanted = |theme: &&SiteTheme| named_theme(&**files).is_some_and(|named| named.wanted == theme.wanted);
    let theme = theme.filter(is_wanted).map(|theme| &*theme.files as &dyn SiteSource);
    let hidden = HIDDEN.into_iter().filter(|_| with_hidden);
    let overrides = hidden.map(|key| (key.into(), Value::Bool(true))).collect();
    let options = ReadOptions { now, overrides, find_zone: &find_zone, theme, version, ..ReadOptions::default() };
    read_again(&**files, &options, remembered)
}

/// Whether a page or a document of the site is made of the file.
pub fn has_item(site: &Site, path: &str) -> bool {
    site.pages.iter().any(|page| page.file.path == path)
        || site.documents.iter().any(|document| document.file.path == path)
}
