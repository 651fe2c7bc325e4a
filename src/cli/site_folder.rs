//! A folder on disk as the source of a site. In: a path. Out: names, bytes and times of its files. Neighbours:
//! `build.rs` opens it; `site/source.rs` says what is asked.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::UNIX_EPOCH;

use walkdir::WalkDir;

use crate::site::source::SiteSource;

/// Folders that are no part of any site, wherever they lie.
const NEVER_ENTERED: [&str; 4] = [".git", "node_modules", ".jekyll-cache", ".sass-cache"];

/// A folder on disk. Links that lead out of it are not followed.
#[derive(Debug)]
pub struct SiteFolder {
    root: PathBuf,
    /// The folder that the site is written to, which is no part of it.
    destination: Option<PathBuf>,
}

impl SiteFolder {
    /// The folder at `root`. `destination` is left out where it lies in it.
    pub fn open(root: &Path, destination: Option<&Path>) -> std::io::Result<Self> {
        let root = fs::canonicalize(root)?;
        Ok(Self { root, destination: destination.and_then(|path| fs::canonicalize(path).ok()) })
    }

    /// Where a file of the folder lies; `None` where a link leads out of the folder.
    pub fn locate(&self, path: &str) -> Option<PathBuf> {
        let full = fs::canonicalize(self.root.join(path)).ok()?;
        full.starts_with(&self.root).then_some(full)
    }

    fn enters(&self, path: &Path) -> bool {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
        !NEVER_ENTERED.contains(&name) && self.destination.as_deref() != Some(path)
    }
}

impl SiteSource for SiteFolder {
    fn paths(&self) -> Vec<String> {
        let walk = WalkDir::new(&self.root).follow_links(false).into_iter();
        let entries = walk.filter_entry(|entry| entry.depth() == 0 || self.enters(entry.path())).filter_map(Result::ok);
        let mut paths = Vec::new();
        for entry in entries {
            let kind = entry.file_type();
            let is_file = kind.is_file() || kind.is_symlink() && entry.path().is_file();
            let Some(path) = entry.path().strip_prefix(&self.root).ok().filter(|_| is_file) else { continue };
            // Names that are no UTF-8 have no place in a site of texts.
            let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
            let Some(path) = parts.map(|parts| parts.join("/")) else { continue };
            if !kind.is_symlink() || self.locate(&path).is_some() {
                paths.push(path);
            }
        }
        paths
    }

    fn read(&self, path: &str) -> Option<Rc<[u8]>> {
        fs::read(self.locate(path)?).ok().map(Into::into)
    }

    fn modified(&self, path: &str) -> Option<i64> {
        let time = fs::metadata(self.locate(path)?).ok()?.modified().ok()?;
        i64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()
    }
}
