//! A folder on disk as the source of a site. In: a path. Out: names, bytes and times of its files. Neighbours:
//! `build.rs` opens it; `site/source.rs` says what is asked.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use crate::site::source::SiteSource;

/// Folders that are no part of any site, wherever they lie.
const NEVER_ENTERED: [&str; 4] = [".git", "node_modules", ".jekyll-cache", ".sass-cache"];

/// A folder on disk. Links that lead out of it are not followed, as in Jekyll's safe mode.
#[derive(Debug)]
pub struct SiteFolder {
    root: PathBuf,
    /// The folder that the site is written to, which is no part of it.
    destination: Option<PathBuf>,
    /// What `paths` has left out, and why.
    left_out: RefCell<Vec<(String, &'static str)>>,
}

impl SiteFolder {
    /// The folder at `root`. `destination` is left out where it lies in it.
    pub fn open(root: &Path, destination: Option<&Path>) -> std::io::Result<Self> {
        let root = fs::canonicalize(root)?;
        let destination = destination.and_then(|path| fs::canonicalize(path).ok());
        Ok(Self { root, destination, left_out: RefCell::default() })
    }

    /// The folder, without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a file of the folder lies; `None` where a link leads out of the folder.
    pub fn locate(&self, path: &str) -> Option<PathBuf> {
        let full = fs::canonicalize(self.root.join(path)).ok()?;
        full.starts_with(&self.root).then_some(full)
    }

    /// The files and folders that are no part of the site though they lie in its folder, as `paths` has found them last:
    /// their paths, and the reason in a sentence.
    pub fn left_out(&self) -> Vec<(String, &'static str)> {
        self.left_out.borrow().clone()
    }

    fn leave_out(&self, path: &Path, reason: &'static str) {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        self.left_out.borrow_mut().push((path.to_string_lossy().into_owned(), reason));
    }

    fn enters(&self, entry: &DirEntry) -> bool {
        let name = entry.file_name().to_str().unwrap_or("");
        let skipped = NEVER_ENTERED.contains(&name) || self.destination.as_deref() == Some(entry.path());
        if entry.path_is_symlink() && !fs::canonicalize(entry.path()).is_ok_and(|to| to.starts_with(&self.root)) {
            self.leave_out(entry.path(), "This link leads out of the site's folder, or nowhere: it is not followed.");
            return false;
        }
        !(entry.file_type().is_dir() && skipped)
    }
}

impl SiteSource for SiteFolder {
    fn paths(&self) -> Vec<String> {
        self.left_out.borrow_mut().clear();
        let walk = WalkDir::new(&self.root).follow_links(true).into_iter();
        let entries = walk.filter_entry(|entry| entry.depth() == 0 || self.enters(entry));
        let mut paths = Vec::new();
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let reason = match error.io_error().map(std::io::Error::kind) {
                        // A link that leads to a folder around it: what lies there is read already.
                        None | Some(ErrorKind::NotFound) => continue,
                        Some(_) => "The system does not let this program read it.",
                    };
                    self.leave_out(error.path().unwrap_or(&self.root), reason);
                    continue;
                }
            };
            let path = entry.path().strip_prefix(&self.root).unwrap_or(entry.path());
            let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
            match parts {
                _ if !entry.file_type().is_file() => {}
                Some(parts) => paths.push(parts.join("/")),
                // Names that are no UTF-8 have no place in a site of texts.
                None => self.leave_out(entry.path(), "The name is no UTF-8, and the file is not read."),
            }
        }
        paths
    }

    fn read(&self, path: &str) -> Option<Rc<[u8]>> {
        fs::read(self.locate(path)?).ok().map(Into::into)
    }

    fn read_start(&self, path: &str, length: usize) -> Option<Rc<[u8]>> {
        let mut start = Vec::new();
        let file = File::open(self.locate(path)?).ok()?;
        file.take(u64::try_from(length).unwrap_or(u64::MAX)).read_to_end(&mut start).ok()?;
        Some(start.into())
    }

    fn modified(&self, path: &str) -> Option<i64> {
        let time = fs::metadata(self.locate(path)?).ok()?.modified().ok()?;
        i64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn nothing_outside_of_the_folder_is_read() {
        let place = tempfile::tempdir().expect("a folder");
        let root = place.path().join("site");
        for folder in ["site/a", "site/public", "site/.git", "site/b/node_modules", "outside"] {
            fs::create_dir_all(place.path().join(folder)).expect("a folder");
        }
        for file in ["a/x", "public/y", ".git/config", "b/node_modules/z.js", "b/w", "../outside/secret"] {
            fs::write(root.join(file), "text").expect("a file");
        }
        symlink("../outside", root.join("out")).expect("a link");
        symlink("../outside/secret", root.join("secret")).expect("a link");
        symlink("a/x", root.join("inner")).expect("a link");
        symlink("a", root.join("twice")).expect("a link");
        symlink(".", root.join("a/loop")).expect("a link");
        symlink("nowhere", root.join("broken")).expect("a link");
        let folder = SiteFolder::open(&root, Some(&root.join("public"))).expect("a folder");
        let mut paths = folder.paths();
        paths.sort();
        assert_eq!(paths, ["a/x", "b/w", "inner", "twice/x"]);
        for path in ["secret", "out/secret", "../outside/secret", "a/../../outside/secret", "/etc/passwd", "broken"] {
            assert_eq!(folder.read(path), None, "{path}");
            assert_eq!(folder.read_start(path, 2), None, "{path}");
        }
        assert_eq!(folder.read_start("inner", 2).as_deref(), Some(&b"te"[..]));
        assert_eq!(folder.read("twice/x").as_deref(), Some(&b"text"[..]));
        assert!(folder.modified("a/x").is_some());
    }
}
