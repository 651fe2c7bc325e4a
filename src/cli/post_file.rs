//! Files and the sites they belong to. In: paths and arguments. Out: a text, the path Jekyll knows it by, a renderer
//! for its site. Neighbours: the commands; `post/site.rs` reads the settings, `render/` renders.

use std::collections::HashMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use super::zoneinfo;
use super::{Arguments, Failure};
use crate::post::date_text::{self, DateText};
use crate::post::site::{self, SiteConfig, SiteSettings};
use crate::render::{CheckOptions, Engines, RenderOptions, Renderer, Request};
use crate::text::{Diagnostic, Severity, Span};

/// A post's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path as the arguments write it.
    pub shown: String,
    /// The path from the site's folder on, with `/` between its parts.
    pub path: String,
    /// The text, byte order mark included.
    pub text: String,
    /// The site's settings, if they lie in a file.
    pub config: Option<PathBuf>,
}

/// The settings of the sites of all files, each read once.
#[derive(Debug, Default)]
pub struct Sites {
    known: HashMap<PathBuf, Known>,
    none: Rc<SiteSettings>,
}

#[derive(Debug, Default)]
struct Known {
    text: String,
    settings: Rc<SiteSettings>,
    diagnostics: Vec<Diagnostic>,
}

impl File {
    /// The post at that time, in seconds since 1970, with all checks. One post at a time knows nothing of the tags of
    /// others.
    pub fn request(&self, now: i64) -> Request<'_> {
        Request { file_name: Some(&self.path), text: &self.text, now, checks: Some(CheckOptions::default()) }
    }
}

/// The time of the build in seconds since 1970: what `--now` says, or the clock.
pub(super) fn now(arguments: &Arguments) -> Result<i64, Failure> {
    let Some(text) = &arguments.now else {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        return Ok(since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX)));
    };
    match date_text::read(text) {
        DateText::Date(date) => Ok(date.unix(0)),
        _ => Err(Failure([text, " is no date"].concat())),
    }
}

/// Reads `path` and finds its site.
pub(super) fn open(arguments: &Arguments, path: &Path) -> Result<File, Failure> {
    let shown = path.to_string_lossy().into_owned();
    let text = read(path)?;
    let full =
        fs::canonicalize(path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))
            .map(|folder| folder.join(path.file_name().unwrap_or_default()))
            .unwrap_or_else(|_| path.to_owned());
    let folder = |path: &Path| {
        fs::canonicalize(path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))).ok()
    };
    let found = full.ancestors().skip(1).map(|folder| folder.join("_config.yml")).find(|config| config.is_file());
    let named = arguments.config.as_deref().and_then(folder);
    let roots = [named, found.as_deref().and_then(folder), std::env::current_dir().ok()];
    let below = roots.into_iter().flatten().find_map(|root| full.strip_prefix(root).ok());
    // A file without a site: its path starts at the folder above `_posts`.
    let relative = below.map(Path::to_owned).unwrap_or_else(|| {
        let parts: Vec<Component<'_>> = full.components().collect();
        let special = parts.iter().rposition(|part| matches!(part.as_os_str().to_str(), Some("_posts" | "_drafts")));
        parts.into_iter().skip(special.unwrap_or(usize::MAX)).collect::<PathBuf>()
    });
    let mut parts: Vec<String> =
        relative.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    if parts.is_empty() {
        parts.extend(path.file_name().map(|name| name.to_string_lossy().into_owned()));
    }
    let config = arguments.config.clone().or(found.filter(|_| arguments.find_config));
    Ok(File { shown, path: parts.join("/"), text, config })
}

fn read(path: &Path) -> Result<String, Failure> {
    let shown = path.to_string_lossy();
    let bytes = fs::read(path).map_err(|error| Failure([&*shown, ": ", &error.to_string()].concat()))?;
    String::from_utf8(bytes)
        .map_err(|_| Failure([&*shown, ": this is not UTF-8, and Jekyll leaves the file out"].concat()))
}

impl Sites {
    /// Reads the settings that `file` belongs to, if that has not been done.
    pub(super) fn meet(&mut self, file: &File) -> Result<(), Failure> {
        let Some(path) = &file.config else { return Ok(()) };
        if !self.known.contains_key(path) {
            let text = read(path)?;
            let SiteConfig { settings, mut diagnostics } = site::read_with_zones(&text, zoneinfo::find);
            if let Some(name) = settings.unknown_zone() {
                diagnostics.push(unknown_zone(&text, name));
            }
            self.known.insert(path.clone(), Known { text, settings: settings.into(), diagnostics });
        }
        Ok(())
    }

    /// The settings of the site of `file`; Jekyll's own where it has none, or was not met.
    pub fn settings(&self, file: &File) -> &Rc<SiteSettings> {
        let known = file.config.as_ref().and_then(|path| self.known.get(path));
        known.map_or(&self.none, |known| &known.settings)
    }

    /// A renderer for posts of the site of `file`.
    pub fn renderer(&self, file: &File) -> Renderer {
        Renderer::new(&RenderOptions::of_site(self.settings(file)), Engines::all())
    }

    /// Path, text and diagnostics of every file of settings that was read, in the order of their paths.
    pub(super) fn diagnostics(&self) -> Vec<(String, &str, &[Diagnostic])> {
        let mut all: Vec<_> = self
            .known
            .iter()
            .map(|(path, known)| {
                (path.to_string_lossy().into_owned(), known.text.as_str(), known.diagnostics.as_slice())
            })
            .collect();
        all.sort_by(|one, other| one.0.cmp(&other.0));
        all
    }
}

/// The C library treats an unknown name as UTC.
fn unknown_zone(text: &str, name: &str) -> Diagnostic {
    let line = text.match_indices("timezone").find(|(at, _)| *at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n'));
    let start = line.map_or(0, |(at, _)| at);
    let end = text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| start + length);
    let message = ["This machine knows no time zone called `", name, "`; all dates are then in UTC."].concat();
    Diagnostic::new("config-timezone", Severity::Warning, Span::new(start, end), message)
}
