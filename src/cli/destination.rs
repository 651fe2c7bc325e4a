//! The folder that a site is written to. In: paths below it and what is to stand there. Out: files, and the list of those
//! that were written, by which the next build takes away what the site has no more. Neighbours: `build.rs` writes.
//!
//! The list is a file in the folder itself: each destination has its own, it is gone with the folder, and Jekyll, which
//! removes what it did not write, takes it away when it builds there. Only files are deleted that the list names and
//! that are still as they were written; then folders that the list names and that are empty.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, FileTimes, Metadata};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// The name of the list in the destination.
pub(super) const LIST: &str = ".apercu-build";
/// The first line of the list.
const TITLE: &str = "Written by apercu build";

/// Why nothing is written to a place.
const LINK: &str = "a link leads out of the destination";

/// A folder that a site is written to.
#[derive(Debug)]
pub(super) struct OutputFolder {
    root: PathBuf,
    /// What the last build has written, by its path.
    before: BTreeMap<String, FileMark>,
    /// What this build has written. Several threads write.
    written: Mutex<BTreeMap<String, FileMark>>,
    /// The folders that are known to be there, and to be no links.
    folders: Mutex<BTreeSet<String>>,
}

/// What a file was when it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileMark {
    /// A folder that was made.
    Folder,
    /// A text: its length in bytes, and the hash of them.
    Text(u64, u64),
    /// A copy: its length in bytes, and the time of the last change, which is that of its source, in nanoseconds since
    /// 1970-01-01T00:00:00Z.
    Copy(u64, u64),
}

impl OutputFolder {
    /// The folder at `path`, which is made where there is none.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        let root = fs::canonicalize(path)?;
        let list = root.join(LIST);
        let own = fs::symlink_metadata(&list).is_ok_and(|found| found.is_file());
        let before = if own {
            fs::read_to_string(&list).ok().as_deref().map_or_else(BTreeMap::new, read_list)
        } else {
            BTreeMap::new()
        };
        Ok(Self { root, before, written: Mutex::default(), folders: Mutex::default() })
    }

    /// The folder, without links.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Deletes what the last build has written and this one does not write: `keeps` says which files it writes.
    pub(super) fn clean(&self, keeps: &BTreeSet<String>) {
        let is_gone =
            |(path, mark): &(&String, &FileMark)| **mark == FileMark::Folder || !keeps.contains(path.as_str());
        let gone = self.before.iter().filter(is_gone);
        let mut folders = Vec::new();
        for (path, mark) in gone {
            let Some(target) = self.inside(path) else { continue };
            match mark {
                // The last ones lie in the first ones.
                FileMark::Folder => folders.push(target),
                mark if FileMark::of(&target, mark) == Some(*mark) => drop(fs::remove_file(target)),
                _ => {}
            }
        }
        for folder in folders.iter().rev() {
            // A folder that is not empty stays.
            drop(fs::remove_dir(folder));
        }
    }

    /// Writes a text.
    pub(super) fn write(&self, path: &str, text: &[u8]) -> Result<(), String> {
        let target = self.make_place(path)?;
        fs::write(&target, text).map_err(|error| error.to_string())?;
        lock(&self.written).insert(below(path), FileMark::of_text(text));
        Ok(())
    }

    /// Copies the file at `from`, with the time of its last change, as Jekyll does (static_file.rb, `copy_file`). A copy
    /// that the last build made, and that is as it was, stays.
    pub(super) fn copy(&self, path: &str, from: &Path) -> Result<(), String> {
        let target = self.make_place(path)?;
        let told = |error: io::Error| error.to_string();
        let source = fs::metadata(from).map_err(told)?;
        let mark = FileMark::of_copy(&source);
        let stands = self.before.get(&below(path)) == Some(&mark);
        if !stands || fs::metadata(&target).ok().as_ref().map(FileMark::of_copy) != Some(mark) {
            fs::copy(from, &target).map_err(told)?;
            if let Ok(modified) = source.modified() {
                // Without it the next build copies again, and nothing else is lost.
                drop(
                    File::options()
                        .write(true)
                        .open(&target)
                        .and_then(|file| file.set_times(FileTimes::new().set_modified(modified))),
                );
            }
        }
        lock(&self.written).insert(below(path), mark);
        Ok(())
    }

    /// Writes the list.
    pub(super) fn finish(self) -> Result<(), String> {
        let target = self.root.join(LIST);
        if fs::symlink_metadata(&target).is_ok_and(|found| !found.is_file()) {
            return Err("this is no file".to_owned());
        }
        let mut folders: BTreeMap<String, FileMark> =
            self.before.into_iter().filter(|(_, mark)| *mark == FileMark::Folder).collect();
        folders.retain(|path, _| self.root.join(path).is_dir());
        folders.extend(self.written.into_inner().unwrap_or_else(PoisonError::into_inner));
        fs::write(target, write_list(&folders)).map_err(|error| error.to_string())
    }

    /// Where a path lies; `None` where a part of it is a link, or leads out of the folder.
    fn inside(&self, path: &str) -> Option<PathBuf> {
        let relative = Path::new(path);
        let mut target = self.root.clone();
        for part in relative.components() {
            let Component::Normal(part) = part else { return None };
            target.push(part);
            if fs::symlink_metadata(&target).ok()?.file_type().is_symlink() {
                return None;
            }
        }
        (target != self.root).then_some(target)
    }

    /// Makes the folder of a file, and tells where the file lies: never outside of the destination.
    fn make_place(&self, path: &str) -> Result<PathBuf, String> {
        let path = below(path);
        let relative = Path::new(&path);
        if path.is_empty() || !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err("the path leads out of the destination".to_owned());
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if !folder.is_empty() && !lock(&self.folders).contains(folder) {
            self.make_folder(folder)?;
        }
        let target = self.root.join(relative);
        match fs::symlink_metadata(&target) {
            Ok(found) if found.file_type().is_symlink() => Err(LINK.to_owned()),
            _ => Ok(target),
        }
    }

    /// Makes a folder and those around it.
    fn make_folder(&self, folder: &str) -> Result<(), String> {
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        for path in ends.filter_map(|end| folder.get(..end)) {
            let target = self.root.join(path);
            match fs::symlink_metadata(&target) {
                Ok(found) if found.file_type().is_symlink() => return Err(LINK.to_owned()),
                Ok(_) => {}
                Err(_) => match fs::create_dir(&target) {
                    Ok(()) => drop(lock(&self.written).insert(path.to_owned(), FileMark::Folder)),
                    // Another thread was faster.
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                    Err(error) => return Err(error.to_string()),
                },
            }
            lock(&self.folders).insert(path.to_owned());
        }
        Ok(())
    }
}

impl FileMark {
    fn of_text(text: &[u8]) -> Self {
        Self::Text(length(text.len()), hash(text))
    }

    fn of_copy(found: &Metadata) -> Self {
        Self::Copy(found.len(), found.modified().map_or(0, nanoseconds))
    }

    /// What the file at `path` is now, as `like` tells it.
    fn of(path: &Path, like: &Self) -> Option<Self> {
        let found = fs::symlink_metadata(path).ok().filter(Metadata::is_file)?;
        match like {
            Self::Folder => None,
            Self::Text(length, _) if *length != found.len() => None,
            Self::Text(..) => Some(Self::of_text(&fs::read(path).ok()?)),
            Self::Copy(..) => Some(Self::of_copy(&found)),
        }
    }
}

/// What is locked is whole between two calls, whatever a thread that failed has done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A path of the site without the slash that it may begin with.
fn below(path: &str) -> String {
    path.trim_start_matches('/').to_owned()
}

fn length(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

/// FNV-1a: the same in each version of this program.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

/// One line for each file: a letter, length, hash or time, path. A path with a line break is left out: nothing is lost by
/// that but the deletion of the file.
fn write_list(marks: &BTreeMap<String, FileMark>) -> String {
    let line = |(path, mark): (&String, &FileMark)| match mark {
        FileMark::Folder => format!("d 0 0 {path}\n"),
        FileMark::Text(length, hash) => format!("t {length} {hash:x} {path}\n"),
        FileMark::Copy(length, time) => format!("c {length} {time:x} {path}\n"),
    };
    let lines = marks.iter().filter(|(path, _)| !path.contains(['\n', '\r'])).map(line);
    std::iter::once([TITLE, "\n"].concat()).chain(lines).collect()
}

/// The list of another program, or a damaged one, is empty: then nothing is deleted.
fn read_list(text: &str) -> BTreeMap<String, FileMark> {
    let mut lines = text.lines();
    if lines.next() != Some(TITLE) {
        return BTreeMap::new();
    }
    let mark = |line: &str| {
        let mut parts = line.splitn(4, ' ');
        let (kind, first, second, path) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let (first, second) = (first.parse().ok()?, u64::from_str_radix(second, 16).ok()?);
        let mark = match kind {
            "d" => FileMark::Folder,
            "t" => FileMark::Text(first, second),
            "c" => FileMark::Copy(first, second),
            _ => return None,
        };
        Some((path.to_owned(), mark))
    };
    lines.filter_map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeps(paths: &[&str]) -> BTreeSet<String> {
        paths.iter().map(|path| (*path).to_owned()).collect()
    }

    /// One build that writes these files, with their paths as texts.
    fn build(root: &Path, paths: &[&str]) -> OutputFolder {
        let destination = OutputFolder::open(root).expect("a folder");
        destination.clean(&keeps(paths));
        for path in paths {
            destination.write(path, path.as_bytes()).expect("it is written");
        }
        destination
    }

    #[test]
    fn what_the_site_has_no_more_is_deleted() {
        let place = tempfile::tempdir().expect("a folder");
        let root = place.path().join("out");
        build(&root, &["a.html", "b/c/d.html", "b/e.html", "f/g.html"]).finish().expect("a list");
        fs::write(root.join("f/own.txt"), "theirs").expect("a file");
        build(&root, &["a.html", "b/e.html"]).finish().expect("a list");
        assert!(root.join("a.html").is_file() && root.join("b/e.html").is_file());
        assert!(!root.join("b/c").exists() && !root.join("f/g.html").exists());
        assert!(root.join("f/own.txt").is_file());
        // A file in the place of a folder, and the other way round.
        build(&root, &["a.html/index.html", "b"]).finish().expect("a list");
        assert!(root.join("a.html/index.html").is_file() && root.join("b").is_file());
    }

    #[test]
    fn what_somebody_else_wrote_stays() {
        let place = tempfile::tempdir().expect("a folder");
        let root = place.path();
        fs::write(root.join("before.html"), "theirs").expect("a file");
        build(root, &["a.html", "b.html"]).finish().expect("a list");
        fs::write(root.join("b.html"), "b.htmL").expect("a file");
        build(root, &[]).finish().expect("a list");
        assert!(root.join("before.html").is_file() && root.join("b.html").is_file() && !root.join("a.html").exists());
        fs::write(root.join(LIST), "something else\nt 6 0 b.html\n").expect("a file");
        build(root, &[]).finish().expect("a list");
        assert!(root.join("b.html").is_file());
    }

    #[cfg(unix)]
    #[test]
    fn nothing_outside_is_deleted_or_written() {
        use std::os::unix::fs::symlink;

        let place = tempfile::tempdir().expect("a folder");
        let (root, outside) = (place.path().join("out"), place.path().join("outside"));
        fs::create_dir_all(&outside).expect("a folder");
        build(&root, &["in/a.html", "b.html"]).finish().expect("a list");
        fs::rename(root.join("in/a.html"), outside.join("a.html")).expect("it moves");
        fs::remove_dir(root.join("in")).expect("it is empty");
        symlink(&outside, root.join("in")).expect("a link");
        let text = fs::read_to_string(root.join(LIST)).expect("a list");
        fs::write(outside.join("secret"), "b.html").expect("a file");
        let mark = text.lines().find_map(|line| line.strip_suffix(" b.html")).expect("it is in the list").to_owned();
        fs::write(root.join(LIST), [&text, &mark, " ../outside/secret\n", &mark, " /etc/passwd\n"].concat())
            .expect("a list");
        let destination = build(&root, &[]);
        assert!(outside.join("a.html").is_file() && outside.join("secret").is_file() && !root.join("b.html").exists());
        for path in ["in/x.html", "../outside/x.html", "a/../../outside/x.html", ""] {
            assert!(destination.write(path, b"x").is_err(), "{path}");
        }
        assert!(!outside.join("x.html").exists());
    }

    #[test]
    fn a_copy_has_the_time_of_its_source_and_is_made_once() {
        let place = tempfile::tempdir().expect("a folder");
        let (root, from) = (place.path().join("out"), place.path().join("from.png"));
        fs::write(&from, "picture").expect("a file");
        let build = || {
            let destination = OutputFolder::open(&root).expect("a folder");
            destination.clean(&keeps(&["a.png"]));
            destination.copy("a.png", &from).expect("it is copied");
            destination.finish().expect("a list");
            fs::metadata(root.join("a.png")).and_then(|found| found.modified()).expect("a time")
        };
        assert_eq!(build(), fs::metadata(&from).and_then(|found| found.modified()).expect("a time"));
        let first = fs::metadata(root.join("a.png")).expect("a file");
        assert_eq!(FileMark::of_copy(&first), FileMark::of_copy(&fs::metadata(&from).expect("a file")));
        build();
        fs::write(&from, "another picture").expect("a file");
        build();
        assert_eq!(fs::read_to_string(root.join("a.png")).expect("a copy"), "another picture");
    }
}
