//! Which files of a site Jekyll reads. In: the settings of a `_config.yml`, a path. Out: whether Jekyll reads the file
//! there, and why not. Neighbours: `site.rs` keeps the rules, `publishing.rs` and the command line ask, `path_glob.rs`
//! matches patterns.
//!
//! The rules are those of Jekyll's `entry_filter.rb`, `reader.rb` and `readers/post_reader.rb`; the defaults those of
//! its `configuration.rb`.

use serde_yaml::{Mapping, Value};

use super::front_matter::is_true;
use super::jekyll_version::JekyllVersion;
use super::path_glob;
use super::yaml::display;

/// What Jekyll leaves out unless `include` names it (configuration.rb, `DEFAULT_EXCLUDES`).
const DEFAULT_EXCLUDES: [&str; 10] = [
    ".sass-cache",
    ".jekyll-cache",
    "gemfiles",
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
];

/// What Jekyll 3 leaves out where the settings have no `exclude` (configuration.rb, `DEFAULTS`).
pub(super) const EXCLUDED_BY_JEKYLL_3: [&str; 7] =
    ["Gemfile", "Gemfile.lock", "node_modules", "vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/"];

/// The settings that say which files are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFiles {
    /// `source`: the folder with the site's files, from the folder of the settings on; empty for that folder itself.
    pub source: String,
    /// `destination`: the folder that the build writes to, as `source`.
    pub destination: String,
    /// `include`: patterns of names that are read although they begin with `_` or `.`, or are excluded.
    pub include: Vec<String>,
    /// `exclude`, and what Jekyll adds to it: patterns of paths.
    pub exclude: Vec<String>,
    /// The names of `collections`, without `posts`.
    pub collections: Vec<String>,
}

impl Default for SiteFiles {
    fn default() -> Self {
        Self {
            source: String::new(),
            destination: "_site".to_owned(),
            include: vec![".htaccess".to_owned()],
            exclude: DEFAULT_EXCLUDES.map(str::to_owned).into(),
            collections: Vec::new(),
        }
    }
}

/// Why Jekyll does not read a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftOut<'a> {
    /// A file or folder on the path has a name that begins with `_`, `.`, `#` or `~`.
    Hidden(&'a str),
    /// The name ends with `~` or with a period.
    Backup,
    /// The pattern of `exclude` that covers the file, or a folder above it.
    Excluded(&'a str),
    /// The file is not in the folder that `collections_dir` names.
    OutsideCollections,
}

impl SiteFiles {
    /// Reads the settings of a site that is built by that Jekyll.
    pub(super) fn read(settings: &Mapping, version: JekyllVersion) -> Self {
        let mut defaults = Self::default();
        if !version.keeps_excluding() {
            let replaced = settings.get("exclude").is_some_and(|own| !own.is_null());
            let names: &[&str] = if replaced { &[] } else { &EXCLUDED_BY_JEKYLL_3 };
            defaults.exclude = names.iter().map(|&name| name.to_owned()).collect();
        }
        let get = |key: &str| settings.get(key).filter(|value| !value.is_null());
        let texts = |value: &Value| -> Vec<String> {
            let items = value.as_sequence().map(Vec::as_slice).unwrap_or(&[]);
            items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let mut exclude: Vec<String> = Vec::new();
        for pattern in get("exclude").map(texts).unwrap_or_default().into_iter().chain(defaults.exclude) {
            if !exclude.contains(&pattern) {
                exclude.push(pattern);
            }
        }
        let mut collections: Vec<String> = match get("collections") {
            Some(Value::Mapping(collections)) => collections.keys().map(display).collect(),
            Some(Value::Sequence(names)) => names.iter().map(display).collect(),
            _ => Vec::new(),
        };
        collections.retain(|name| name != "posts");
        let folder = |key: &str| get(key).filter(|value| is_true(value)).map(display).map(|path| inner(&path));
        Self {
            source: folder("source").unwrap_or_default(),
            destination: folder("destination").unwrap_or(defaults.destination),
            include: get("include").map(texts).unwrap_or(defaults.include),
            exclude,
            collections,
        }
    }

    /// The path from the folder `source` on, for one from the folder of the settings on.
    pub fn below_source<'p>(&self, path: &'p str) -> &'p str {
        let below = path.strip_prefix(&*self.source).and_then(|rest| rest.strip_prefix('/'));
        below.filter(|_| !self.source.is_empty()).unwrap_or(path)
    }

    /// Why Jekyll does not read the file at `path`, from the folder `source` on, with `/` between its parts; `None` if
    /// it reads the file: as a post or a draft where a folder `_posts` or `_drafts` is on the path, as a document of a
    /// collection in the collection's folder, else as a page or a file of the site. The form of a post's own name is
    /// not checked here.
    pub fn left_out<'a>(&'a self, path: &'a str, collections_dir: &str) -> Option<LeftOut<'a>> {
        let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        let (name, folders) = parts.split_last()?;
        let special = folders.iter().position(|folder| matches!(*folder, "_posts" | "_drafts"));
        let inner: Vec<&str> = collections_dir.split('/').filter(|part| !part.is_empty()).collect();
        let collection = || {
            let label = folders.get(inner.len())?.strip_prefix('_')?;
            let known = folders.starts_with(&inner) && self.collections.iter().any(|name| name == label);
            known.then_some(inner.len())
        };
        // The folder whose files are read all at once, at any depth.
        let (root, above) = match special {
            Some(at) => (Some(at), folders.get(..at).unwrap_or_default()),
            None => match collection() {
                Some(at) => (Some(at), &[][..]),
                None => (None, folders),
            },
        };
        for (at, folder) in above.iter().enumerate() {
            let base = parts.get(..at).unwrap_or_default().join("/");
            if let Some(reason) = self.filtered(&base, folder, true) {
                return Some(reason);
            }
        }
        let Some(root) = root else {
            let base = folders.join("/");
            return self.filtered(&base, name, false);
        };
        if special.is_some() && !above.join("/").starts_with(&inner.join("/")) {
            return Some(LeftOut::OutsideCollections);
        }
        let below = parts.get(root + 1..).unwrap_or_default();
        // `Dir.glob` finds hidden files only where it is asked to, as for collections.
        if let Some(hidden) = below.iter().find(|part| part.starts_with('.')).filter(|_| special.is_some()) {
            return Some(LeftOut::Hidden(hidden));
        }
        // A collection's patterns begin at its own folder (collection.rb, `entry_filter`).
        let start = if special.is_some() { 0 } else { root };
        let base = parts.get(start..=root).unwrap_or_default().join("/");
        self.filtered(&base, path.get(path.len() - below.join("/").len()..).unwrap_or(name), false)
    }

    /// Why Jekyll leaves out the entry `entry` of the folder `base`: a name, or a path in it, where Jekyll looks at all
    /// files of a folder at once. Both are relative to the source (`EntryFilter#filter`).
    pub(crate) fn filtered<'a>(&'a self, base: &str, entry: &'a str, is_folder: bool) -> Option<LeftOut<'a>> {
        if entry.ends_with('.') {
            return Some(LeftOut::Backup);
        }
        let name = entry.rsplit_once('/').map_or(entry, |(_, name)| name);
        let included =
            self.include.iter().any(|pattern| covers(pattern, entry, is_folder) || covers(pattern, name, is_folder));
        if included {
            return None;
        }
        let path = if base.is_empty() { entry.to_owned() } else { [base, "/", entry].concat() };
        let excluded = self.exclude.iter().filter(|pattern| !self.include.contains(pattern));
        if let Some(pattern) = excluded.into_iter().find(|pattern| covers(pattern, &path, is_folder)) {
            return Some(LeftOut::Excluded(pattern));
        }
        if let Some(hidden) = [entry, name].into_iter().find(|name| name.starts_with(['.', '_', '#', '~'])) {
            return Some(LeftOut::Hidden(hidden.split('/').next().unwrap_or(hidden)));
        }
        entry.ends_with('~').then_some(LeftOut::Backup)
    }
}

impl LeftOut<'_> {
    /// The reason in a sentence.
    pub fn reason(&self) -> String {
        match self {
            Self::Hidden(name) => {
                ["Jekyll reads no file or folder whose name begins with `_`, `.`, `#` or `~`: `", name, "`."].concat()
            }
            Self::Backup => "The name ends as that of a backup file: Jekyll leaves the file out.".to_owned(),
            Self::Excluded(pattern) if DEFAULT_EXCLUDES.contains(pattern) => {
                ["Jekyll leaves `", pattern, "` out, unless the site's settings name it in `include`."].concat()
            }
            Self::Excluded(pattern) => ["The site's settings leave it out: `exclude` names `", pattern, "`."].concat(),
            Self::OutsideCollections => {
                "The file is not in the folder that the site's settings name in `collections_dir`: Jekyll reads posts \
                 only there."
                    .to_owned()
            }
        }
    }
}

/// A folder without needless parts. One above the settings, or anywhere on the machine, is not known here: it is empty.
fn inner(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    if path.starts_with('/') || parts.contains(&"..") { String::new() } else { parts.join("/") }
}

/// `EntryFilter#glob_include?` for one pattern; both from the site's folder on.
fn covers(pattern: &str, entry: &str, is_folder: bool) -> bool {
    let pattern = pattern.trim_start_matches('/');
    entry.starts_with(pattern)
        || is_folder && pattern.strip_suffix('/') == Some(entry)
        // Without these a pattern matches itself alone.
        || pattern.contains(['*', '?', '[', '\\']) && path_glob::matches_text(pattern, entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::site;

    fn left_out(config: &str, path: &str) -> String {
        let settings = site::read(config).settings;
        match settings.files.left_out(path, &settings.collections_dir) {
            None => "read".to_owned(),
            Some(LeftOut::Hidden(name)) => ["hidden ", name].concat(),
            Some(LeftOut::Backup) => "backup".to_owned(),
            Some(LeftOut::Excluded(pattern)) => ["excluded ", pattern].concat(),
            Some(LeftOut::OutsideCollections) => "outside".to_owned(),
        }
    }

    #[test]
    fn names_that_jekyll_passes_over() {
        for (path, expected) in [
            ("_posts/2020-01-02-a.md", "read"),
            ("blog/_posts/deep/2020-01-02-a.md", "read"),
            ("_old/_posts/2020-01-02-a.md", "hidden _old"),
            (".old/_posts/2020-01-02-a.md", "hidden .old"),
            ("_posts/.2020-01-02-a.md.swp", "hidden .2020-01-02-a.md.swp"),
            ("_posts/_off/2020-01-02-a.md", "hidden _off"),
            ("_posts/deep/_off/2020-01-02-a.md", "read"),
            ("_posts/#2020-01-02-a.md#", "hidden #2020-01-02-a.md#"),
            ("_posts/2020-01-02-a.md~", "backup"),
            ("_posts/2020-01-02-a.", "backup"),
            ("vendor/bundle/x/_posts/2020-01-02-a.md", "excluded vendor/bundle/"),
            ("vendor/_posts/2020-01-02-a.md", "read"),
            ("node_modules/x/_posts/2020-01-02-a.md", "excluded node_modules"),
            ("about.md", "read"),
            ("_layouts/post.html", "hidden _layouts"),
        ] {
            assert_eq!(left_out("", path), expected, "{path}");
        }
    }

    #[test]
    fn settings_have_a_say() {
        let post = "_posts/2020-01-02-a.md";
        assert_eq!(left_out("exclude: ['_posts/2020-*']", post), "excluded _posts/2020-*");
        assert_eq!(left_out("exclude: ['_posts/2020-*']\ninclude: ['2020-01-02-a.md']", post), "read");
        assert_eq!(left_out("exclude: [drafts]", "vendor/bundle/x/_posts/2020-01-02-a.md"), "excluded vendor/bundle/");
        assert_eq!(left_out("include: ['vendor/bundle/']", "vendor/bundle/_posts/2020-01-02-a.md"), "read");
        assert_eq!(left_out("include: [_old]", "_old/_posts/2020-01-02-a.md"), "read");
        assert_eq!(left_out("collections_dir: my", post), "outside");
        assert_eq!(left_out("collections_dir: my", "my/_posts/2020-01-02-a.md"), "read");
        assert_eq!(left_out("collections: [recipes]", "_recipes/a.md"), "read");
        assert_eq!(left_out("collections: {recipes: {output: true}}", "_recipes/deep/_a.md"), "hidden _a.md");
    }

    #[test]
    fn paths_begin_at_the_source() {
        let settings = site::read("source: ./src/").settings;
        assert_eq!(settings.files.below_source("src/_posts/2020-01-02-a.md"), "_posts/2020-01-02-a.md");
        assert_eq!(settings.files.below_source("_posts/2020-01-02-a.md"), "_posts/2020-01-02-a.md");
        assert_eq!(site::read("source: ../x").settings.files.source, "");
    }
}
