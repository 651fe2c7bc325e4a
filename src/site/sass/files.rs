//! The files that Sass of a site sees. In: names of imports. Out: paths and texts, made ready for grass. Neighbours:
//! `source.rs` asks which file an import names; grass reads by way of `Fs`.
//!
//! A name is looked up as libsass 3.6 does (file.cpp, `resolve_includes`): in the folder of the file that imports, then in
//! each load path; as it is, as a partial, with each extension, as an index. A stylesheet itself counts as one in the
//! site's source, wherever it lies (jekyll-sass-converter gives sassc no more than its name).

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use grass_compiler::{Fs, InputSyntax};

use super::source::{self, Fractions, ImportedFile};
use crate::post::path_glob;
use crate::site::rendering::{SassError, SiteRendering};

/// What the paths of the site's files begin with here, and those of its theme.
const SITE: &str = "/site";
const THEME: &str = "/theme";

/// What libsass adds to a name.
const EXTENSIONS: [&str; 3] = [".scss", ".sass", ".css"];

/// The files that Sass of one site sees.
pub(super) struct SassFiles<'r> {
    /// The folder that the stylesheet itself counts as a file of.
    root: String,
    load_paths: Vec<PathBuf>,
    /// Gives the bytes of a file.
    read: &'r dyn Fn(&str) -> Option<Rc<[u8]>>,
    /// The files that were read.
    known: RefCell<BTreeMap<String, Option<Rc<[u8]>>>>,
    /// Lines that were added to a text that is indented: the lines of what grass got, zero-based.
    added: RefCell<BTreeMap<String, Vec<usize>>>,
    /// The fractions of all texts.
    fractions: RefCell<Fractions>,
    /// Why a file that exists was not handed out.
    refused: RefCell<Option<SassError>>,
}

impl std::fmt::Debug for SassFiles<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SassFiles").field("load_paths", &self.load_paths).finish_non_exhaustive()
    }
}

impl<'r> SassFiles<'r> {
    pub(super) fn new(root: String, load_paths: Vec<PathBuf>, read: &'r dyn Fn(&str) -> Option<Rc<[u8]>>) -> Self {
        Self {
            root,
            load_paths,
            read,
            known: RefCell::default(),
            added: RefCell::default(),
            fractions: RefCell::default(),
            refused: RefCell::default(),
        }
    }

    /// Where imports are looked for.
    pub(super) fn load_paths(&self) -> &[PathBuf] {
        &self.load_paths
    }

    /// The fractions of the texts that were read.
    pub(super) fn fractions(&self) -> Fractions {
        self.fractions.take()
    }

    /// Why grass could not read a file.
    pub(super) fn refused(&self) -> Option<SassError> {
        self.refused.take()
    }

    /// The file of the site, `None` for the stylesheet itself, and the line there of a line of what grass got.
    pub(super) fn original(&self, name: &str, line: usize) -> (Option<String>, usize) {
        let key = if name == "stdin" { "" } else { name };
        let added = self.added.borrow();
        let before = added.get(key).map_or(0, |added| added.iter().filter(|&&at| at <= line).count());
        let path = [SITE, THEME].iter().find_map(|root| name.strip_prefix(root)?.strip_prefix('/'));
        (path.map(str::to_owned), line.saturating_sub(before))
    }

    /// The text of the file at `path` (empty for the stylesheet itself) as grass is to read it. An error has a line,
    /// zero-based, and a reason.
    pub(super) fn prepare(&self, text: &str, path: &str, syntax: InputSyntax) -> Result<String, (usize, String)> {
        let folder = path.rsplit_once('/').map_or(self.root.as_str(), |(folder, _)| folder);
        let find = |name: &str| self.find(folder, name);
        match syntax {
            InputSyntax::Css => source::prepare(text, false, &find, &mut self.fractions.borrow_mut()),
            InputSyntax::Sass => {
                let (text, added) = source::prepare_indented(text, &find)?;
                self.added.borrow_mut().insert(path.to_owned(), added);
                Ok(text)
            }
            _ => source::prepare(text, true, &find, &mut self.fractions.borrow_mut()),
        }
    }

    /// Which file `name` is, in a file of `folder`.
    fn find(&self, folder: &str, name: &str) -> ImportedFile {
        let load_paths = self.load_paths.iter().filter_map(|path| path.to_str());
        for base in std::iter::once(folder).chain(load_paths) {
            let Some(full) = clean(&[base, "/", name].concat()) else { continue };
            let mut found = self.candidates(&full);
            match (found.len(), found.pop()) {
                (1, Some(path)) => return ImportedFile::Found(path),
                (_, Some(path)) => {
                    found.push(path);
                    return ImportedFile::Ambiguous(found);
                }
                (_, None) => {}
            }
        }
        ImportedFile::Missing
    }

    /// The files that `path` may mean.
    fn candidates(&self, path: &str) -> Vec<String> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let partial = [folder, "/_", name].concat();
        let mut names = vec![path.to_owned(), partial.clone()];
        names.extend(EXTENSIONS.iter().map(|extension| [&partial, *extension].concat()));
        names.extend(EXTENSIONS.iter().map(|extension| [path, *extension].concat()));
        let is_file = |name: &String| self.bytes(name).is_some();
        let found: Vec<String> = names.into_iter().filter(is_file).collect();
        if !found.is_empty() {
            return found;
        }
        let index = |prefix: &'static str| EXTENSIONS.map(|extension| [path, "/", prefix, "index", extension].concat());
        index("_").into_iter().chain(index("")).filter(is_file).collect()
    }

    /// The bytes of a file.
    fn bytes(&self, path: &str) -> Option<Rc<[u8]>> {
        if let Some(known) = self.known.borrow().get(path) {
            return known.clone();
        }
        let bytes = (self.read)(path);
        self.known.borrow_mut().insert(path.to_owned(), bytes.clone());
        bytes
    }

    /// The path of `Fs` as a text; one that does not begin with a slash is of the site.
    fn full(path: &Path) -> Option<String> {
        let path = path.to_str()?;
        clean(&if path.starts_with('/') { path.to_owned() } else { [SITE, "/", path].concat() })
    }

    /// Notes why a file is not handed out. What grass gets in its place makes it stop: it does not expect a file that it
    /// has found to be unreadable.
    fn refuse(&self, path: &str, line: usize, message: &str) -> Vec<u8> {
        let (path, line) = self.original(path, line);
        self.refused.replace(Some(SassError { path, line, message: ["Sass stops here: ", message].concat() }));
        b"@error \"\"".to_vec()
    }
}

impl Fs for SassFiles<'_> {
    fn is_dir(&self, path: &Path) -> bool {
        let Some(path) = Self::full(path) else { return false };
        ["/_index", "/index"]
            .iter()
            .any(|index| EXTENSIONS.iter().any(|extension| self.bytes(&[&path, *index, *extension].concat()).is_some()))
    }

    fn is_file(&self, path: &Path) -> bool {
        Self::full(path).is_some_and(|path| self.bytes(source::without_mark(&path)).is_some())
    }

    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        let missing = || Error::from(ErrorKind::NotFound);
        let path = Self::full(path).ok_or_else(missing)?;
        let path = source::without_mark(&path);
        let bytes = self.bytes(path).ok_or_else(missing)?;
        let Ok(text) = str::from_utf8(&bytes) else { return Ok(self.refuse(path, 0, "this file is no UTF-8.")) };
        let syntax = match path.rsplit('.').next() {
            Some("sass") => InputSyntax::Sass,
            Some("css") => InputSyntax::Css,
            _ => InputSyntax::Scss,
        };
        let prepared = self.prepare(text, path, syntax).map(String::into_bytes);
        Ok(prepared.unwrap_or_else(|(line, message)| self.refuse(path, line, &message)))
    }

    fn canonicalize(&self, path: &Path) -> std::io::Result<PathBuf> {
        let full = Self::full(path).ok_or_else(|| Error::from(ErrorKind::NotFound))?;
        Ok(source::without_mark(&full).into())
    }
}

/// The site's source, as a folder of `Fs`.
pub(super) fn root(rendering: &SiteRendering) -> String {
    let source = rendering.site.settings.files.source.as_str();
    if source.is_empty() { SITE.to_owned() } else { [SITE, "/", source].concat() }
}

/// The bytes of a file of the site or of its theme, by its path of `Fs`.
pub(super) fn read(rendering: &SiteRendering, path: &str) -> Option<Rc<[u8]>> {
    match below(SITE, path) {
        Some(path) => rendering.read_file(path, false),
        None => rendering.read_file(below(THEME, path)?, true),
    }
}

/// The folders that these patterns mean, and that of the theme.
pub(super) fn load_paths(rendering: &SiteRendering, patterns: &[String]) -> Vec<PathBuf> {
    let root = root(rendering);
    let mut load_paths: Vec<String> = Vec::new();
    for pattern in patterns {
        let Some(pattern) = clean(&[&root, "/", pattern.trim_start_matches('/')].concat()) else { continue };
        if pattern.contains(['*', '?', '[']) {
            load_paths.extend(folders(rendering).into_iter().filter(|folder| matches(&pattern, folder)));
        } else {
            load_paths.push(pattern);
        }
    }
    if rendering.options.theme.is_some() {
        load_paths.push([THEME, "/_sass"].concat());
    }
    let mut seen = BTreeSet::new();
    load_paths.into_iter().filter(|path| seen.insert(path.clone())).map(PathBuf::from).collect()
}

/// What comes after the folder `root` in a path.
fn below<'p>(root: &str, path: &'p str) -> Option<&'p str> {
    path.strip_prefix(root)?.strip_prefix('/')
}

/// A path without `.` and `..`; `None` where it leads out of the site or the theme.
fn clean(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.len() > 1 => {
                parts.pop();
            }
            ".." => return None,
            part => parts.push(part),
        }
    }
    Some(parts.iter().flat_map(|part| ["/", part]).collect())
}

/// Whether a path matches a pattern, part by part.
fn matches(pattern: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    pattern.split('/').all(|pattern| parts.next().is_some_and(|part| path_glob::matches_text(pattern, part)))
        && parts.next().is_none()
}

/// The folders of the site's source.
fn folders(rendering: &SiteRendering) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for path in rendering.paths() {
        let mut rest = path.as_str();
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if !folders.insert([SITE, "/", folder].concat()) {
                break;
            }
            rest = folder;
        }
    }
    folders
}
