//! Reads a site as Jekyll does. In: the files of a folder and of a theme, the settings' texts, the time. Out: a `Site`.
//! Neighbours: `source.rs` has the files, `model.rs` what comes out; `post/` reads each text.
//!
//! The order of the steps, and the order of what comes out, are those of Jekyll's `reader.rb`. Jekyll goes through
//! folders in the order in which the disk gives them; here they come by name.

mod config;
mod context;
mod csv;
mod data;
mod document_data;
mod documents;
mod pages;
mod remembered;
mod sort;
mod tree;

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_yaml::{Mapping, Value};

use super::model::{BuildStop, Collection, Document, LayoutFile, Site, SourceFile, StaticFile, ThemeGem};
use super::source::{SiteSource, Sources};
use super::theme;
use crate::post::date_text::{self, DateText};
use crate::post::defaults;
use crate::post::file_name::FileName;
use crate::post::front_matter::{date_of_default, is_true};
use crate::post::jekyll_version::JekyllVersion;
use crate::post::permalink::inside;
use crate::post::site::{self, PERMALINK_PLACEHOLDER, SiteConfigs};
use crate::post::yaml::{self, Scalar, display};
use crate::post::zone::Zone;
use crate::text::{Diagnostic, Severity, order};
use context::SiteReading;
use pages::Place;
pub(super) use pages::{PagePlace, fill, written};
use remembered::DataFiles;
pub use remembered::Remembered;
use tree::{FileTree, FolderEntry, join};

/// A file of settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigText {
    /// Its path, as diagnostics name it.
    pub path: String,
    /// Its text, in YAML.
    pub text: String,
}

/// How a site is to be read.
pub struct ReadOptions<'o> {
    /// The files of settings in their order; without any, the site's own (`own_config`).
    pub configs: Vec<ConfigText>,
    /// What the command line says, over all settings.
    pub overrides: Mapping,
    /// The time of the build, in seconds since 1970-01-01T00:00:00Z, unless the settings have a `time`.
    pub now: i64,
    /// The machine's time zone, unless the settings name one.
    pub zone: Zone,
    /// Gives the zone of a name.
    pub find_zone: &'o dyn Fn(&str) -> Option<Zone>,
    /// The files of the theme's gem, if there are any.
    pub theme: Option<&'o dyn SiteSource>,
    /// Which Jekyll builds the site.
    pub version: JekyllVersion,
}

impl Default for ReadOptions<'_> {
    fn default() -> Self {
        Self {
            configs: Vec::new(),
            overrides: Mapping::new(),
            now: 0,
            zone: Zone::default(),
            find_zone: &Zone::posix,
            theme: None,
            version: JekyllVersion::default(),
        }
    }
}

/// The site's own settings (configuration.rb, `config_files`), if it has any in YAML.
pub fn own_config(source: &dyn SiteSource) -> Option<ConfigText> {
    ["_config.yml", "_config.yaml"].into_iter().find_map(|path| {
        let text = String::from_utf8_lossy(&source.read(path)?).into_owned();
        Some(ConfigText { path: path.to_owned(), text })
    })
}

/// The theme that the site's own settings name.
pub fn named_theme(source: &dyn SiteSource) -> Option<ThemeGem> {
    match yaml::read(&own_config(source)?.text, 0).value {
        Value::Mapping(settings) => theme::named(&settings),
        _ => None,
    }
}

/// Reads a whole site. Any folder gives one.
pub fn read(source: &dyn SiteSource, options: &ReadOptions<'_>) -> Site {
    read_again(source, options, &mut Remembered::default())
}

/// Reads a site that may have been read before: only the files that have changed since are read.
pub fn read_again(source: &dyn SiteSource, options: &ReadOptions<'_>, remembered: &mut Remembered) -> Site {
    let own: Vec<ConfigText>;
    let configs = if options.configs.is_empty() {
        own = own_config(source).into_iter().collect();
        &own
    } else {
        &options.configs
    };
    let texts: Vec<&str> = configs.iter().map(|config| config.text.as_str()).collect();
    let SiteConfigs { mut settings, mapping, entries, diagnostics } =
        site::read_configs(&texts, &options.overrides, options.version);
    settings.find_zone(options.find_zone);
    if settings.timezone.is_none() {
        settings.zone = options.zone.clone();
    }
    let now = match mapping.get("time").filter(|time| is_true(time)) {
        Some(time) => {
            let written = entries.iter().rfind(|entry| entry.key == "time").and_then(|entry| entry.scalar.clone());
            let date = match written {
                Some(Scalar::Date(date, _)) => Some(date),
                Some(Scalar::String(text)) => match date_text::read(&text) {
                    DateText::Date(date) => Some(date),
                    _ => None,
                },
                _ => date_of_default(time).ok(),
            };
            date.map_or(options.now, |date| settings.zone.unix(&date))
        }
        None => options.now,
    };
    let theme = theme::named(&mapping).map(|theme| ThemeGem { found: options.theme.is_some(), ..theme });
    let theme_files = options.theme.filter(|_| theme.as_ref().is_some_and(|theme| theme.found));
    let reads_theme = options.version.reads_settings_of_themes();
    let ignored = mapping.get("ignore_theme_config") == Some(&Value::Bool(true));
    let theme_settings = theme_files.filter(|_| reads_theme && !ignored);
    let theme_settings = theme_settings.and_then(|theme| theme.read("_config.yml")).map(|bytes| {
        match yaml::read(&String::from_utf8_lossy(&bytes), 0).value {
            Value::Mapping(settings) => settings,
            _ => Mapping::new(),
        }
    });
    let config = config::complete(&mapping, theme_settings.as_ref(), &settings.files.exclude);

    let paths = source.paths();
    let folder = settings.files.source.clone();
    let below = |path: String| match folder.as_str() {
        "" => Some(path),
        folder => path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).map(str::to_owned),
    };
    // A template stops Jekyll only at a document that has it.
    let stops_at_once = |found: &Diagnostic| found.severity == Severity::Error && found.code != PERMALINK_PLACEHOLDER;
    let stops = configs.iter().zip(&diagnostics).find_map(|(config, found)| {
        let found = found.iter().find(|found| stops_at_once(found))?;
        Some(BuildStop { path: config.path.clone(), message: found.message.clone() })
    });
    let settings = remembered.begin(settings, &config, now, theme_files.is_some());
    let mut context = SiteReading {
        sources: Sources { site: source, theme: theme_files },
        settings,
        config,
        tree: FileTree::of(paths.into_iter().filter_map(below).collect()),
        now,
        diagnostics: configs
            .iter()
            .zip(diagnostics)
            .flat_map(|(config, found)| found.into_iter().map(|found| (config.path.clone(), found)))
            .collect(),
        stops,
        remembered: std::mem::take(remembered),
    };
    let mut site = Site {
        settings: context.settings.clone(),
        config_dates: context::dates(&entries),
        config: Mapping::new(),
        now,
        time: context.settings.zone.now(now),
        collections: collections(&context.config),
        documents: Vec::new(),
        positions: Vec::new(),
        pages: Vec::new(),
        static_files: Vec::new(),
        layouts: BTreeMap::new(),
        data: Rc::default(),
        theme,
        diagnostics: Vec::new(),
        stops: None,
    };
    read_layouts(&mut context, &mut site);
    read_folders(&mut context, &mut site);
    read_included(&mut context, &mut site);
    sort_files(&mut site);
    read_collections(&mut context, &mut site);
    read_theme(&mut context, &mut site);
    read_data(&mut context, &mut site);
    limit_posts(&mut context, &mut site);
    number_documents(&mut site);
    check_addresses(&mut context, &site);
    context.remembered.end();
    *remembered = context.remembered;
    site.config = context.config;
    site.diagnostics = context.diagnostics;
    site.stops = context.stops;
    site
}

/// The collections that the settings name, without their documents.
fn collections(config: &Mapping) -> Vec<Collection> {
    let Some(Value::Mapping(named)) = config.get("collections") else { return Vec::new() };
    let keeps = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let of_name = |name: &Value| {
        let label: String = display(name).chars().filter(|&c| keeps(c)).collect();
        let metadata = named.get(label.as_str()).and_then(Value::as_mapping).cloned().unwrap_or_default();
        let template = metadata.get("permalink").map(display);
        Collection {
            output: metadata.get("output").is_some_and(is_true),
            url_template: template.unwrap_or_else(|| ["/:collection/:path", pages::permalink_suffix(config)].concat()),
            documents: Vec::new(),
            static_files: Vec::new(),
            label,
            metadata,
        }
    };
    named.keys().map(of_name).collect()
}

/// layout_reader.rb: of two files for one name, the one whose own name comes later.
fn read_layouts(context: &mut SiteReading<'_>, site: &mut Site) {
    let folder = context.folder("layouts_dir");
    for path in context.tree.below(&folder, false) {
        let file = context.file(&join(&folder, &path));
        if let Some(name) = layout_name(context, &path) {
            let layout = read_layout(context, file, &folder, &path);
            site.layouts.insert(name, layout);
        }
    }
    let Some(theme) = context.sources.theme else { return };
    for path in FileTree::of(theme.paths()).below("_layouts", false) {
        let Some(name) = layout_name(context, &path).filter(|name| !site.layouts.contains_key(name)) else { continue };
        let file = SourceFile { path: join("_layouts", &path), from_theme: true };
        let layout = read_layout(context, file, "_layouts", &path);
        site.layouts.insert(name, layout);
    }
}

fn read_layout(context: &mut SiteReading<'_>, file: SourceFile, folder: &str, path: &str) -> Rc<LayoutFile> {
    context.remembered(&file.clone(), true, |context| pages::layout(context, file, folder, path))
}

fn layout_name(context: &SiteReading<'_>, path: &str) -> Option<String> {
    let (stem, _) = path.rsplit_once('.')?;
    let has_period = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    (has_period && context.settings.files.filtered("", path, false).is_none()).then(|| stem.to_owned())
}

/// reader.rb, `read_directories`: posts, then folders, then pages and static files.
fn read_folders(context: &mut SiteReading<'_>, site: &mut Site) {
    enum FolderStep {
        Enter(String),
        Files(String),
    }
    let destination = context.settings.files.destination.clone();
    let source = context.settings.files.source.clone();
    let posts = site.collections.first().cloned();
    let mut open = vec![FolderStep::Enter(String::new())];
    while let Some(task) = open.pop() {
        let (folder, entering) = match task {
            FolderStep::Enter(folder) => (folder, true),
            FolderStep::Files(folder) => (folder, false),
        };
        let taken = |entry: &&FolderEntry| {
            entry.is_folder == entering
                && context.settings.files.filtered(&folder, &entry.name, entry.is_folder).is_none()
        };
        let names: Vec<String> =
            context.tree.entries(&folder).iter().filter(taken).map(|entry| entry.name.clone()).collect();
        if entering {
            read_posts(context, site, posts.as_ref(), &folder);
            open.push(FolderStep::Files(folder.clone()));
            let folders = names.iter().map(|name| join(&folder, name));
            let folders = folders.filter(|path| join(&source, path) != destination);
            open.extend(folders.rev().map(FolderStep::Enter));
        } else {
            for name in names {
                read_file(context, site, &join(&folder, &name));
            }
        }
    }
}

/// A file that is a page or a static file.
fn read_file(context: &mut SiteReading<'_>, site: &mut Site, path: &str) {
    let file = context.file(path);
    if context.has_front_matter(&file) {
        let page = context.remembered(&file.clone(), true, |context| pages::page(context, file, Place::of(path)));
        if page.data.get("published").is_none_or(is_true) || context.settings.unpublished {
            site.pages.push(page);
        }
    } else {
        site.static_files.push(read_static_file(context, file, Place::of(path)));
    }
}

fn read_static_file(context: &mut SiteReading<'_>, file: SourceFile, place: Place<'_>) -> Rc<StaticFile> {
    context.remembered(&file.clone(), false, |context| pages::static_file(context, file, place, None))
}

/// The posts and drafts in a folder (post_reader.rb).
fn read_posts(context: &mut SiteReading<'_>, site: &mut Site, posts: Option<&Collection>, folder: &str) {
    let dir = &context.settings.collections_dir;
    if !dir.is_empty() && !folder.starts_with(dir.as_str()) {
        return;
    }
    let Some(posts) = posts else { return };
    let shown = if context.settings.show_drafts { &["_posts", "_drafts"][..] } else { &["_posts"] };
    for special in shown {
        let base = join(folder, special);
        for entry in context.tree.below(&base, false) {
            let path = join(&base, &entry);
            let is_post = documents::is_post_name(&FileName::read(&path), *special == "_drafts");
            if !is_post || context.settings.files.filtered(&base, &entry, false).is_some() {
                continue;
            }
            if let Some(document) = documents::post(context, posts, &path) {
                add_document(site, 0, document);
            }
        }
    }
}

fn add_document(site: &mut Site, collection: usize, document: Rc<Document>) {
    site.documents.push(document);
    if let Some(collection) = site.collections.get_mut(collection) {
        collection.documents.push(site.documents.len() - 1);
    }
}

/// reader.rb, `read_included_excludes`: files that `include` names by their whole path.
fn read_included(context: &mut SiteReading<'_>, site: &mut Site) {
    for entry in context.settings.files.include.clone() {
        let path = inside(&entry);
        let known = site.pages.iter().any(|page| page.relative_path == path)
            || site.static_files.iter().any(|file| file.relative_path.trim_start_matches('/') == path);
        if !known && context.tree.is_file(&path) {
            read_file(context, site, &path);
        }
    }
}

/// reader.rb, `sort_files!`. Ruby's `sort_by!` is stable where it uses the C library of Linux.
fn sort_files(site: &mut Site) {
    order::sort_by(&mut site.pages, |one, other| one.name.cmp(&other.name));
    order::sort_by(&mut site.static_files, |one, other| one.relative_path.cmp(&other.relative_path));
    order_documents(site, 0);
}

fn order_documents(site: &mut Site, id: usize) {
    let Some(collection) = site.collections.get_mut(id) else { return };
    let mut list = std::mem::take(&mut collection.documents);
    if id == 0 || !site.settings.version.sorts_collections() {
        documents::sort(&Collection { metadata: Mapping::new(), ..collection.clone() }, &site.documents, &mut list);
    } else {
        documents::sort(collection, &site.documents, &mut list);
    }
    collection.documents = list;
}

fn read_collections(context: &mut SiteReading<'_>, site: &mut Site) {
    for id in 0..site.collections.len() {
        let Some(collection) = site.collections.get(id).cloned() else { continue };
        if matches!(collection.label.as_str(), "posts" | "data") {
            continue;
        }
        let (documents, static_files) = documents::collection(context, id, &collection);
        for document in documents {
            add_document(site, id, document);
        }
        let relative = ["_", &collection.label].concat();
        let folder = join(&context.settings.collections_dir, &relative);
        for path in static_files {
            let file = context.file(&join(&folder, &path));
            let (below, name) = path.rsplit_once('/').unwrap_or(("", &path));
            let place = Place { folder: join(&relative, below), name };
            let file = pages::static_file(context, file, place, Some((id, &collection)));
            site.static_files.push(file.into());
            if let Some(collection) = site.collections.get_mut(id) {
                collection.static_files.push(site.static_files.len() - 1);
            }
        }
        order_documents(site, id);
    }
}

/// theme_assets_reader.rb: what the site has itself counts.
fn read_theme(context: &mut SiteReading<'_>, site: &mut Site) {
    let Some(theme) = context.sources.theme else { return };
    for path in FileTree::of(theme.paths()).below("assets", true) {
        let path = join("assets", &path);
        let file = SourceFile { path: path.clone(), from_theme: true };
        let place = Place::of(&path);
        if context.has_front_matter(&file) {
            let folder = place.folder.trim_start_matches('/').to_owned();
            if !site.pages.iter().any(|page| page.relative_path == path) {
                let place = Place { folder, ..place };
                let page = context.remembered(&file.clone(), true, |context| pages::page(context, file, place));
                site.pages.push(page);
            }
        } else if !site.static_files.iter().any(|file| file.relative_path.strip_prefix('/') == Some(&path)) {
            site.static_files.push(read_static_file(context, file, place));
        }
    }
}

fn read_data(context: &mut SiteReading<'_>, site: &mut Site) {
    let list = |tree: &FileTree, folder: &str| -> Vec<(String, bool)> {
        tree.entries(folder).iter().map(|entry| (entry.name.clone(), entry.is_folder)).collect()
    };
    let folder = context.folder("data_dir");
    let source = context.settings.files.source.clone();
    let tree = std::mem::take(&mut context.tree);
    let file = |path: String| SourceFile { path: join(&source, &path), from_theme: false };
    let mut files = DataFiles::new();
    let own = data::read(context, &|folder| list(&tree, folder), &folder, &file, &mut files);
    context.tree = tree;
    let reads_theme = context.settings.version.reads_settings_of_themes();
    let of_theme = context.sources.theme.filter(|_| reads_theme).map(|theme| {
        let tree = FileTree::of(theme.paths());
        let file = |path: String| SourceFile { path, from_theme: true };
        data::read(context, &|folder| list(&tree, folder), "_data", &file, &mut files)
    });
    site.data = context.remembered.data(files, || match of_theme {
        Some(of_theme) => {
            let mut all = of_theme.mapping();
            defaults::merge(&mut all, &own.mapping());
            all
        }
        None => own.mapping(),
    });
}

fn number_documents(site: &mut Site) {
    site.positions = vec![0; site.documents.len()];
    for collection in &site.collections {
        for (position, &id) in collection.documents.iter().enumerate() {
            if let Some(place) = site.positions.get_mut(id) {
                *place = position;
            }
        }
    }
}

/// Jekyll asks for the address of each document that it writes.
fn check_addresses(context: &mut SiteReading<'_>, site: &Site) {
    let documents = site.collections.iter().flat_map(|collection| &collection.documents);
    for document in documents.filter_map(|&id| site.documents.get(id)).filter(|document| document.written) {
        if let Some(error) = &document.url_error {
            context.stop(&document.file, &error.to_string());
        }
    }
}

/// site.rb, `limit_posts!`: the newest stay.
fn limit_posts(context: &mut SiteReading<'_>, site: &mut Site) {
    let limit = context.setting("limit_posts").cloned();
    if limit.as_ref().and_then(Value::as_f64).is_some_and(|limit| limit < 0.0) {
        context.stop(&SourceFile { path: String::new(), from_theme: false }, "`limit_posts` must not be negative.");
    }
    let limit = limit.as_ref().and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
    if let (Some(limit @ 1..), Some(posts)) = (limit, site.collections.first_mut()) {
        let surplus = posts.documents.len().saturating_sub(limit);
        posts.documents.drain(..surplus);
    }
}
