//! The sites that files belong to. In: paths and arguments. Out: where a file lies in its site, the site's settings,
//! and which diagnostics the site wants to have reported. Neighbours: `post_file.rs` opens files, `policy.rs` reads
//! which diagnostics are reported.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use walkdir::WalkDir;

use super::policy::{self, Policy};
use super::post_file::{read, shown};
use super::tables::languages;
use super::{Arguments, Failure, Subcommand, zoneinfo};
use crate::code::{self, Highlighting};
use crate::liquid::AroundChips;
use crate::post::jekyll_version::{self, JekyllVersion, VersionGuess};
use crate::post::site::{self, SiteSettings};
use crate::render::{Engines, RenderOptions, Renderer};
use crate::text::{Diagnostic, Severity, Span};

/// The names of a site's settings, in Jekyll's order (configuration.rb, `config_files`).
pub(super) const CONFIG_NAMES: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

/// Where a file lies in its site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SitePath {
    /// The path from the folder of the settings on, with `/` between its parts; empty for a text without a name.
    pub path: String,
    /// Which of the sites that are known.
    site: usize,
}

/// What is known of a folder: its site, and the path of the folder in it.
#[derive(Clone, Debug)]
struct KnownFolder {
    site: usize,
    /// With `/` after each part.
    path: String,
}

/// A site's settings.
#[derive(Debug, Default)]
pub struct KnownSite {
    /// The settings; Jekyll's own where the site has none.
    pub settings: Rc<SiteSettings>,
    /// What its files say of the Jekyll that builds it, where the arguments do not say it.
    pub guess: VersionGuess,
    /// Which diagnostics of its posts are reported.
    pub(super) policy: Policy,
    configs: Vec<Config>,
}

/// One file of settings, or of the versions of gems.
#[derive(Debug)]
struct Config {
    path: PathBuf,
    text: String,
    diagnostics: Vec<Diagnostic>,
}

/// The sites of all files, each read once.
#[derive(Debug)]
pub struct Sites {
    /// What all of them give code its colours by.
    highlighting: Highlighting,
    folders: HashMap<PathBuf, KnownFolder>,
    /// By the files that a site's settings and policy are read from.
    known: HashMap<(Vec<PathBuf>, Option<PathBuf>), usize>,
    sites: Vec<KnownSite>,
    none: KnownSite,
}

impl Default for Sites {
    fn default() -> Self {
        let highlighting = Highlighting::with(Rc::new(AroundChips(languages())));
        Self {
            highlighting,
            folders: HashMap::new(),
            known: HashMap::new(),
            sites: Vec::new(),
            none: KnownSite::default(),
        }
    }
}

impl Sites {
    /// Where the file at `path` lies. Reads the settings of its site, if that has not been done.
    pub(super) fn place(&mut self, arguments: &Arguments, path: &Path) -> Result<SitePath, Failure> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !self.folders.contains_key(folder) {
            let known = self.meet(arguments, folder)?;
            self.folders.insert(folder.to_owned(), known);
        }
        let known = self.folders.get(folder);
        Ok(known.map(|known| SitePath { path: [&*known.path, &name].concat(), site: known.site }).unwrap_or_default())
    }

    /// The site of a file.
    pub fn of(&self, place: &SitePath) -> &KnownSite {
        self.sites.get(place.site).unwrap_or(&self.none)
    }

    /// A renderer for posts of the site of a file.
    pub fn renderer(&self, place: &SitePath) -> Renderer {
        let highlighting = self.highlighting.clone();
        let options = RenderOptions { highlighting, ..RenderOptions::of_site(&self.of(place).settings) };
        Renderer::new(&options, Engines::all())
    }

    /// Policy, path, text and diagnostics of every file of settings that was read, in the order of their paths.
    pub(super) fn diagnostics(&self) -> Vec<(&Policy, String, &str, &[Diagnostic])> {
        let configs = self.sites.iter().flat_map(|site| site.configs.iter().map(move |config| (&site.policy, config)));
        let mut all: Vec<_> = configs
            .map(|(policy, config)| (policy, shown(&config.path), &*config.text, &*config.diagnostics))
            .collect();
        all.sort_by(|one, other| one.1.cmp(&other.1));
        all
    }

    /// As which Jekyll builds them sites were read because of their files, where it is another than Jekyll 4.3: notes.
    pub(super) fn notes(&self) -> String {
        let mut notes: Vec<String> = Vec::new();
        for site in self.sites.iter().filter(|site| site.guess.version != JekyllVersion::default()) {
            let folder = site.configs.first().and_then(|config| config.path.parent()).map(shown).unwrap_or_default();
            let folder = if folder.is_empty() { ".".to_owned() } else { folder };
            let (name, reason) = (site.guess.version.name(), site.guess.reason.as_deref().unwrap_or_default());
            let other = JekyllVersion::default();
            let note = [
                "note: ",
                &folder,
                ": read as ",
                name,
                " builds it; ",
                reason,
                ": --jekyll ",
                other.code(),
                " reads it as ",
                other.name(),
                "\n",
            ];
            notes.push(note.concat());
        }
        notes.sort();
        notes.concat()
    }

    /// Finds the site of a folder.
    fn meet(&mut self, arguments: &Arguments, folder: &Path) -> Result<KnownFolder, Failure> {
        let full = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let found = full
            .ancestors()
            .find_map(|above| CONFIG_NAMES.iter().map(|name| above.join(name)).find(|config| config.is_file()));
        let folder_of = |path: &Path| {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            std::fs::canonicalize(folder).ok()
        };
        let named = arguments.configs.first().and_then(|path| folder_of(path));
        let roots = [named, found.as_deref().and_then(folder_of), std::env::current_dir().ok()];
        let below = roots.into_iter().flatten().find_map(|root| full.strip_prefix(root).ok());
        // A file without a site: its path starts at the folder above `_posts`.
        let relative = below.map(Path::to_owned).unwrap_or_else(|| {
            let parts: Vec<Component<'_>> = full.components().collect();
            let special =
                parts.iter().rposition(|part| matches!(part.as_os_str().to_str(), Some("_posts" | "_drafts")));
            parts.into_iter().skip(special.unwrap_or(usize::MAX)).collect::<PathBuf>()
        });
        let parts = relative.components().map(|part| part.as_os_str().to_string_lossy().into_owned() + "/");
        let configs = match (arguments.configs.is_empty(), arguments.find_config) {
            (false, _) => arguments.configs.clone(),
            (true, true) => found.into_iter().collect(),
            (true, false) => Vec::new(),
        };
        let policy = full.ancestors().map(|above| above.join(policy::FILE)).find(|path| path.is_file());
        let path = parts.collect();
        let key = (configs, policy);
        let site = match self.known.get(&key) {
            Some(site) => *site,
            None => {
                // What builds or renders does it as Jekyll 4.3 does, unless it is told otherwise.
                let guesses = matches!(arguments.command, Subcommand::Check | Subcommand::Show);
                let version = arguments.version.or_else(|| (!guesses).then(JekyllVersion::default));
                self.sites.push(KnownSite::read(&key.0, key.1.as_deref(), version)?);
                self.known.insert(key, self.sites.len() - 1);
                self.sites.len() - 1
            }
        };
        Ok(KnownFolder { site, path })
    }
}

impl KnownSite {
    fn read(configs: &[PathBuf], policy: Option<&Path>, version: Option<JekyllVersion>) -> Result<Self, Failure> {
        // What cannot be read says nothing.
        let of_gems = |name: &str| read(&configs.first()?.with_file_name(name)).ok();
        let guess = if version.is_some() { VersionGuess::default() } else { jekyll_version::guess_of(of_gems) };
        let mut texts = Vec::new();
        let mut read_as = Vec::new();
        for path in configs {
            let text = read(path)?;
            read_as.push(if is_toml(path) { policy::toml_as_yaml(path, &text)? } else { text.clone() });
            texts.push(text);
        }
        let texts_as_yaml: Vec<&str> = read_as.iter().map(String::as_str).collect();
        let (mut settings, diagnostics) = site::read_all(&texts_as_yaml, version.unwrap_or(guess.version));
        settings.find_zone(zoneinfo::find);
        let folder = configs.first().and_then(|path| path.parent()).map(|folder| folder.join(&settings.files.source));
        let folder = folder.filter(|_| !settings.safe);
        settings.registered = folder.map(|folder| registered(&folder.join("_plugins"))).unwrap_or_default();
        let mut configs: Vec<Config> = configs
            .iter()
            .zip(texts)
            .zip(diagnostics)
            .map(|((path, text), mut diagnostics)| {
                // TOML is read as YAML of the same values, so the positions of the diagnostics are not those of the
                // file.
                for diagnostic in diagnostics.iter_mut().filter(|_| is_toml(path)) {
                    diagnostic.span = Span::at(0);
                }
                Config { path: path.clone(), text, diagnostics }
            })
            .collect();
        if let (Some(name), Some(config)) = (settings.unknown_zone(), configs.last_mut()) {
            config.diagnostics.push(unknown_zone(&config.text, name));
        }
        let policy = Policy::read(policy, configs.iter().map(|config| &*config.path).zip(&read_as))?;
        // What cannot be read says nothing of the versions of gems.
        let lock = configs.first().map(|config| config.path.with_file_name("Gemfile.lock"));
        if let Some((path, text)) = lock.and_then(|path| Some((path.clone(), read(&path).ok()?))) {
            let diagnostics = code::of_later_rouge(&text).into_iter().collect();
            configs.push(Config { path, text, diagnostics });
        }
        Ok(Self { settings: settings.into(), guess, policy, configs })
    }
}

/// The names that the Ruby files of a folder register with Liquid, as tags or as filters: the first text after
/// `register_tag`, and the methods of modules given to `register_filter`.
fn registered(plugins: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let files = WalkDir::new(plugins).sort_by_file_name().into_iter().filter_map(Result::ok);
    for file in files.filter(|file| file.path().extension().is_some_and(|extension| extension == "rb")) {
        let Ok(text) = read(file.path()) else { continue };
        let filters = text.contains("register_filter");
        for line in text.lines().map(str::trim_start) {
            if let Some((_, rest)) = line.split_once("register_tag") {
                let rest = rest.trim_start_matches(['(', ' ', '\'', '"', ':']);
                names.push(word(rest));
            } else if let Some(rest) = line.strip_prefix("def ").filter(|_| filters) {
                names.push(word(rest));
            }
        }
    }
    names
}

/// The name that a text begins with.
fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

pub(super) fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// The C library treats an unknown name as UTC.
fn unknown_zone(text: &str, name: &str) -> Diagnostic {
    let line = text.match_indices("timezone").find(|(at, _)| *at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n'));
    let start = line.map_or(0, |(at, _)| at);
    let end = text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| start + length);
    let message = ["This machine knows no time zone called `", name, "`; all dates are then in UTC."].concat();
    Diagnostic::new("config-timezone", Severity::Warning, Span::new(start, end), message)
}
