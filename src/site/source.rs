//! Where a site's files come from. In: a folder, as whoever opened it can read it. Out: names, bytes and times of its
//! files. Neighbours: `reader/` reads a site from a source; the command line and the page each have one of their own.

use std::collections::BTreeMap;
use std::rc::Rc;

/// The files of a folder. Paths are relative to it, with `/` between their parts and none at either end.
pub trait SiteSource {
    /// The paths of all files, in any order.
    fn paths(&self) -> Vec<String>;

    /// The bytes of a file; `None` where there is none, or where it cannot be read any more.
    fn read(&self, path: &str) -> Option<Rc<[u8]>>;

    /// The first `length` bytes of a file, or somewhat more: of a picture no more is needed.
    fn read_start(&self, path: &str, length: usize) -> Option<Rc<[u8]>> {
        let _ = length;
        self.read(path)
    }

    /// When a file was last changed, in seconds since 1970-01-01T00:00:00Z; `None` where that is not known.
    fn modified(&self, path: &str) -> Option<i64>;
}

/// A file in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
struct MemoryFile {
    bytes: Rc<[u8]>,
    modified: Option<i64>,
}

/// A folder in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemorySource {
    files: BTreeMap<String, MemoryFile>,
}

impl MemorySource {
    /// Puts a file in, in the place of one with the same path. `modified` is in seconds since 1970-01-01T00:00:00Z.
    pub fn insert(&mut self, path: &str, bytes: impl Into<Rc<[u8]>>, modified: Option<i64>) {
        self.files.insert(path.to_owned(), MemoryFile { bytes: bytes.into(), modified });
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }
}

impl SiteSource for MemorySource {
    fn paths(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    fn read(&self, path: &str) -> Option<Rc<[u8]>> {
        self.files.get(path).map(|file| file.bytes.clone())
    }

    fn modified(&self, path: &str) -> Option<i64> {
        self.files.get(path)?.modified
    }
}

/// A site's files, and those of its theme below them.
#[derive(Clone, Copy)]
pub struct Sources<'s> {
    /// The site's own files.
    pub site: &'s dyn SiteSource,
    /// The files of the theme's gem.
    pub theme: Option<&'s dyn SiteSource>,
}

impl Sources<'_> {
    /// The bytes of the file at `path`, the site's own before the theme's: for `_includes` and `_sass`.
    pub fn read(&self, path: &str) -> Option<Rc<[u8]>> {
        self.site.read(path).or_else(|| self.theme.and_then(|theme| theme.read(path)))
    }

    /// The source of a file that was read from the site or from its theme; `None` where there is no theme any more.
    pub fn of(&self, from_theme: bool) -> Option<&dyn SiteSource> {
        if from_theme { self.theme } else { Some(self.site) }
    }
}
