//! Files to look at. In: the arguments. Out: each file's text, the path that Jekyll knows it by, its site. Neighbours:
//! the commands; `sites.rs` reads the settings, `post/site_files.rs` knows which files Jekyll reads.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::sites::{SitePath, Sites};
use super::{Arguments, Failure};
use crate::post::file_name::{FileDate, FileName, special_folder};
use crate::post::site::SiteSettings;
use crate::render::{CheckOptions, Request};

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path as the arguments write it; for standard input the name that was given, or `-`.
    pub shown: String,
    /// Where to write it; `None` for standard input.
    pub target: Option<PathBuf>,
    /// The text, byte order mark included.
    pub text: String,
    /// Where it lies in its site.
    pub place: SitePath,
}

/// The files that the arguments name.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// Those that could be read, each once.
    pub(super) files: Vec<File>,
    /// Those that could not.
    pub(super) failures: Vec<Failure>,
    /// How many files are no posts and no pages for Jekyll: pictures, swap files, data.
    pub(super) passed_over: usize,
}

impl File {
    /// The post at that time, in seconds since 1970, with all checks. The tags of other posts are not known here.
    pub fn request(&self, now: i64) -> Request<'_> {
        let file_name = Some(&*self.place.path).filter(|path| !path.is_empty());
        Request { file_name, text: &self.text, now, checks: Some(CheckOptions::default()) }
    }
}

/// The time of the build in seconds since 1970: what `--now` says, or the clock.
pub(super) fn now(arguments: &Arguments) -> i64 {
    arguments.now.unwrap_or_else(|| {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    })
}

/// Reads all files that are named, and those below the folders that are named.
pub(super) fn open_all(arguments: &Arguments, sites: &mut Sites) -> Files {
    let mut found = Files::default();
    for path in &arguments.files {
        if path.as_os_str() == "-" {
            match standard_input(arguments, sites) {
                Ok(file) => found.files.push(file),
                Err(failure) => found.failures.push(failure),
            }
        } else if path.is_dir() {
            walk(arguments, path, sites, &mut found);
        } else {
            take(arguments, path, sites, &mut found);
        }
    }
    found.failures.dedup();
    found
}

/// Reads the one file that is named.
pub(super) fn open_one(arguments: &Arguments, sites: &mut Sites) -> Result<File, Failure> {
    let path = arguments.files.first().ok_or_else(|| Failure("no file is named".to_owned()))?;
    if path.as_os_str() == "-" {
        return standard_input(arguments, sites);
    }
    if path.is_dir() {
        return Err(Failure([&*path.to_string_lossy(), ": this is a folder; name one file in it"].concat()));
    }
    let place = named(sites.place(arguments, path)?, sites);
    let text = read(path)?;
    Ok(File { shown: shown(path), target: Some(path.to_owned()), text, place })
}

/// The text on standard input, under the name that is given for it.
fn standard_input(arguments: &Arguments, sites: &mut Sites) -> Result<File, Failure> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| failure(Path::new("-"), &error))?;
    let text = String::from_utf8(bytes).map_err(|_| Failure("-: this is not UTF-8".to_owned()))?;
    let name = arguments.file_name.as_deref();
    let mut place = sites.place(arguments, Path::new(name.unwrap_or("-")))?;
    if name.is_none() {
        place.path.clear();
    }
    Ok(File { shown: name.unwrap_or("-").to_owned(), target: None, text, place })
}

/// Adds the file at `path`, unless it is no text.
fn take(arguments: &Arguments, path: &Path, sites: &mut Sites, found: &mut Files) {
    let name = FileName::read(&shown(path));
    let is_page = is_page(&name, &SiteSettings::default());
    let is_data = |place: &SitePath| !name.extension.is_empty() && FileName::read(&place.path).is_passed_over();
    match sites.place(arguments, path).and_then(|place| Ok((place, read(path)?))) {
        Ok((place, text)) if !is_page && (text.contains('\0') || is_data(&place)) => found.passed_over += 1,
        Ok((place, text)) => {
            found.files.push(File {
                shown: shown(path),
                target: Some(path.to_owned()),
                text,
                place: named(place, sites),
            });
        }
        // A file that is no text, and whose name does not say that it is one, is no mistake: a picture, a swap file.
        Err(_) if !is_page && path.is_file() => found.passed_over += 1,
        Err(failure) => found.failures.push(failure),
    }
}

/// A file in the top folder of a site whose name is not a post's is a page: `./about.md`. A bare name would be a post's.
fn named(mut place: SitePath, sites: &Sites) -> SitePath {
    let is_page = !place.path.contains('/') && FileName::read(&place.path).date == FileDate::None;
    if is_page && sites.of(&place).settings.given {
        place.path.insert_str(0, "./");
    }
    place
}

/// Adds the posts, the drafts, the documents of collections and the pages below `folder`.
fn walk(arguments: &Arguments, folder: &Path, sites: &mut Sites, found: &mut Files) {
    let mut entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                match error.io_error() {
                    Some(error) => found.failures.push(failure(&path, error)),
                    // A link to a folder above it. The files there are read already.
                    None => found.passed_over += 1,
                }
                continue;
            }
        };
        // For a folder, the path of a file in it tells whether Jekyll reads the folder.
        let path = entry.path();
        let is_folder = entry.file_type().is_dir();
        let probe = if is_folder { path.join("x") } else { path.to_owned() };
        let place = match sites.place(arguments, &probe) {
            Ok(place) => place,
            Err(failure) => {
                found.failures.push(failure);
                return;
            }
        };
        let settings = &sites.of(&place).settings;
        let source = &settings.files.source;
        let inner = settings.files.below_source(&place.path);
        if !source.is_empty() && inner.len() == place.path.len() {
            // This folder is not the one that Jekyll reads, but that one may be inside of it.
            let leads_there = place.path.strip_suffix("x").is_some_and(|path| [source, "/"].concat().starts_with(path));
            if is_folder && !leads_there {
                entries.skip_current_dir();
            }
            found.passed_over += usize::from(!is_folder);
            continue;
        }
        let among_posts = special_folder(inner).is_some();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let left_out = settings.files.left_out(inner, &settings.collections_dir).is_some();
        if is_folder {
            let destination = &settings.files.destination;
            let is_output = place.path.strip_suffix("/x") == Some(destination.as_str());
            if entry.depth() > 0 && (is_output || if among_posts { hidden } else { left_out }) {
                entries.skip_current_dir();
            }
            continue;
        }
        let name = FileName::read(inner);
        let is_post = among_posts && !name.extension.is_empty();
        let wanted = !left_out && (is_post || !among_posts && is_page(&name, settings) && has_front_matter(path));
        if wanted {
            take(arguments, path, sites, found);
        } else {
            found.passed_over += 1;
        }
    }
}

/// Markdown or HTML.
fn is_page(name: &FileName, settings: &SiteSettings) -> bool {
    settings.is_markdown(name) || [".html", ".htm"].iter().any(|known| known.eq_ignore_ascii_case(&name.extension))
}

/// Whether a file begins with front matter, as Jekyll asks before it takes it for a page (utils.rb,
/// `has_yaml_header?`).
fn has_front_matter(path: &Path) -> bool {
    let mut start = [0; 8];
    let Ok(mut file) = fs::File::open(path) else { return false };
    let length = file.read(&mut start).unwrap_or(0);
    let start = start.get(..length).unwrap_or_default();
    let start = start.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(start);
    start.strip_prefix(b"---").is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_whitespace))
}

/// A path as it is printed: what lies below `.` begins without it.
pub(super) fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).to_string_lossy().into_owned()
}

pub(super) fn read(path: &Path) -> Result<String, Failure> {
    let bytes = fs::read(path).map_err(|error| failure(path, &error))?;
    String::from_utf8(bytes)
        .map_err(|_| Failure([&*shown(path), ": this is not UTF-8, and Jekyll leaves the file out"].concat()))
}

/// Why a file cannot be read or written, in words.
pub(super) fn failure(path: &Path, error: &io::Error) -> Failure {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "the system does not let this program read or write it".to_owned(),
        io::ErrorKind::IsADirectory => "this is a folder".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    };
    Failure([&*shown(path), ": ", &reason].concat())
}
