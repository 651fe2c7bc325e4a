//! A folder as a tree. In: paths of files. Out: what lies in a folder, and all files below one, in the order of their
//! names. Neighbours: the other files here ask, as Jekyll asks the disk.

use std::collections::HashMap;

use crate::text::order;

/// An entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FolderEntry {
    pub name: String,
    pub is_folder: bool,
}

/// All folders that hold files. Paths have no slash at either end; the whole folder is the empty path.
#[derive(Clone, Debug, Default)]
pub(super) struct FileTree {
    folders: HashMap<String, Vec<FolderEntry>>,
}

impl FileTree {
    /// The tree of `paths`, which may come in any order. What is no path below the folder is left out.
    pub fn of(mut paths: Vec<String>) -> Self {
        let usable = |path: &String| path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        paths.retain(usable);
        order::sort_by(&mut paths, |one, other| one.split('/').cmp(other.split('/')));
        let mut tree = Self::default();
        tree.folders.insert(String::new(), Vec::new());
        for path in &paths {
            tree.add(path, false);
        }
        tree
    }

    /// Adds an entry, and the folders above it.
    fn add(&mut self, path: &str, is_folder: bool) {
        let (mut path, mut is_folder) = (path, is_folder);
        loop {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let is_known = self.folders.contains_key(folder);
            let entries = self.folders.entry(folder.to_owned()).or_default();
            // Paths come in order, so that an entry that is known is the last one.
            if entries.last().is_none_or(|last| last.name != name) {
                entries.push(FolderEntry { name: name.to_owned(), is_folder });
            }
            if is_known {
                return;
            }
            (path, is_folder) = (folder, true);
        }
    }

    /// What lies in a folder, in the order of the names' bytes.
    pub fn entries(&self, folder: &str) -> &[FolderEntry] {
        self.folders.get(folder).map_or(&[], Vec::as_slice)
    }

    /// Whether there is a file at `path`.
    pub fn is_file(&self, path: &str) -> bool {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        self.entries(folder).iter().any(|entry| entry.name == name && !entry.is_folder)
    }

    /// The paths of all files below `folder`, from there on: each folder's entries in their order, and what lies in a
    /// folder in its place (as Ruby's `Dir.glob`). Without `hidden`, nothing whose name begins with a period, and
    /// nothing below such a folder.
    pub fn below(&self, folder: &str, hidden: bool) -> Vec<String> {
        let mut found = Vec::new();
        // The stack holds paths below `folder`, the next one last.
        let mut open = vec![(String::new(), true)];
        while let Some((path, is_folder)) = open.pop() {
            if !is_folder {
                found.push(path);
                continue;
            }
            let entries = self.entries(&join(folder, &path));
            let seen = entries.iter().filter(|entry| hidden || !entry.name.starts_with('.'));
            open.extend(seen.rev().map(|entry| (join(&path, &entry.name), entry.is_folder)));
        }
        found
    }
}

/// Two parts of a path; either may be empty.
pub(super) fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, name) => [folder, "/", name].concat(),
    }
}

/// Ruby's `File.extname`: from the last period on, unless the name begins with it.
pub(super) fn extension(name: &str) -> &str {
    let start = name.len() - name.trim_start_matches('.').len();
    match name.rfind('.') {
        Some(period) if period >= start => name.get(period..).unwrap_or(""),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(paths: &[&str]) -> FileTree {
        FileTree::of(paths.iter().map(|&path| path.to_owned()).collect())
    }

    #[test]
    fn files_below_a_folder_come_folder_by_folder() {
        let tree = tree(&["b", "a-b", "a/y", "a/x/z", ".git/c", "a/.h", "", "/a", "a/../b"]);
        assert_eq!(tree.below("", false), ["a/x/z", "a/y", "a-b", "b"]);
        assert_eq!(tree.below("a", true), [".h", "x/z", "y"]);
        assert!(tree.is_file("a/x/z") && !tree.is_file("a/x") && !tree.is_file("a/x/z/w"));
    }

    #[test]
    fn a_file_and_a_folder_of_one_name_do_no_harm() {
        let tree = tree(&["a", "a/b"]);
        assert_eq!(tree.below("", true), ["a"]);
    }

    #[test]
    fn extensions_are_those_of_ruby() {
        for (name, expected) in [
            ("a.md", ".md"),
            (".htaccess", ""),
            ("..a", ""),
            ("a.", "."),
            ("a.tar.gz", ".gz"),
            (".a.b", ".b"),
            ("", ""),
        ] {
            assert_eq!(extension(name), expected, "{name}");
        }
    }
}
