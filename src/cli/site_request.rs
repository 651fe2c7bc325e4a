//! A whole site, as the arguments name it. In: arguments, folders. Out: a `Site` and its rendering. Neighbours: `build.rs`,
//! `render.rs` and `doctor.rs` ask; `site_folder.rs` is a folder, `theme_gem.rs` finds the files of a theme.
//!
//! A request can be shared by threads, and each of them opens the site for itself: what is rendered is not shared.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde_yaml::{Mapping, Value};

use super::site_folder::SiteFolder;
use super::sites::{CONFIG_NAMES, is_toml};
use super::tables::languages;
use super::{Arguments, Failure, policy, post_file, theme_gem, zoneinfo};
use crate::code::Highlighting;
use crate::liquid::AroundChips;
use crate::post::jekyll_version::JekyllVersion;
use crate::post::site as settings;
use crate::post::zone::Zone;
use crate::site::model::Site;
use crate::site::reader::{self, ConfigText, ReadOptions};
use crate::site::rendering::{RenderingOptions, SiteRendering};
use crate::site::sass;
use crate::site::source::SiteSource;

/// What is asked for.
#[derive(Debug)]
pub(super) struct SiteRequest {
    folder: PathBuf,
    /// The folder that the site is written to, which is no part of it.
    destination: PathBuf,
    /// The folder of the theme's files.
    theme: Option<PathBuf>,
    configs: Vec<ConfigText>,
    overrides: Mapping,
    now: i64,
    zone: Zone,
    environment: String,
    version: JekyllVersion,
}

/// The folders of a site.
pub(super) struct SiteOnDisk {
    /// The site's own.
    pub(super) source: Rc<SiteFolder>,
    /// Its theme's.
    pub(super) theme: Option<Rc<SiteFolder>>,
}

impl SiteRequest {
    /// The site in `folder`, with what the arguments say.
    pub(super) fn new(arguments: &Arguments, folder: &Path) -> Result<Self, Failure> {
        let mut configs = Vec::new();
        for path in &arguments.configs {
            configs.push(config(path, path.file_name().map_or(Path::new(""), Path::new))?);
        }
        if configs.is_empty() {
            if let Some(name) =
                CONFIG_NAMES.into_iter().find(|name| arguments.find_config && folder.join(name).is_file())
            {
                configs.push(config(&folder.join(name), Path::new(name))?);
            } else {
                // Jekyll's own settings; without any text the reader looks for a file.
                configs.push(ConfigText::default());
            }
        }
        let overrides: Mapping = arguments.overrides.iter().map(|key| ((*key).into(), Value::Bool(true))).collect();
        let texts: Vec<&str> = configs.iter().map(|config| config.text.as_str()).collect();
        let version = arguments.version.unwrap_or_default();
        let known = settings::read_configs(&texts, &overrides, version);
        let theme = match (&arguments.theme, known.mapping.get("theme").and_then(Value::as_str)) {
            (Some(path), _) => Some(path.clone()),
            (None, Some(name)) => theme_gem::find(folder, name),
            (None, None) => None,
        };
        let zone = std::env::var("TZ").ok().and_then(|name| zoneinfo::find(&name).or_else(|| Zone::posix(&name)));
        Ok(Self {
            destination: arguments
                .destination
                .clone()
                .unwrap_or_else(|| folder.join(&known.settings.files.destination)),
            folder: folder.to_owned(),
            theme,
            configs,
            overrides,
            now: post_file::now(arguments),
            zone: zone.unwrap_or_default(),
            environment: std::env::var("JEKYLL_ENV").unwrap_or_else(|_| "development".to_owned()),
            version,
        })
    }

    /// The folder that the site is written to.
    pub(super) fn destination(&self) -> &Path {
        &self.destination
    }

    /// The paths and texts of the settings.
    pub(super) fn configs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.configs.iter().map(|config| (&*config.path, &*config.text))
    }

    /// Opens the folders.
    pub(super) fn open(&self) -> Result<SiteOnDisk, Failure> {
        let opened = |path: &Path, destination: Option<&Path>| {
            SiteFolder::open(path, destination).map(Rc::new).map_err(|error| post_file::failure(path, &error))
        };
        let theme = self.theme.as_deref().map(|path| opened(path, None)).transpose()?;
        Ok(SiteOnDisk { source: opened(&self.folder, Some(&self.destination))?, theme })
    }

    /// Reads the site.
    pub(super) fn read(&self, disk: &SiteOnDisk) -> Site {
        let options = ReadOptions {
            configs: self.configs.clone(),
            overrides: self.overrides.clone(),
            now: self.now,
            zone: self.zone.clone(),
            find_zone: &zoneinfo::find,
            theme: disk.theme.as_deref().map(|theme| theme as &dyn SiteSource),
            version: self.version,
        };
        reader::read(&*disk.source, &options)
    }

    /// The rendering of the site, in which nothing is rendered yet.
    pub(super) fn rendering(&self, disk: &SiteOnDisk, site: Site) -> Rc<SiteRendering> {
        let options = RenderingOptions {
            source: disk.source.clone(),
            theme: disk.theme.clone().map(|theme| theme as Rc<dyn SiteSource>),
            highlighting: Highlighting::with(Rc::new(AroundChips(languages()))),
            environment: self.environment.clone(),
            clock: self.now,
            sass: Some(sass::convert),
            emoji: Some(crate::site::emoji_pictures),
        };
        crate::site::render(site, options)
    }
}

impl SiteOnDisk {
    /// The text of a file of the site or of its theme, as a diagnostic names it; empty where it cannot be read.
    pub(super) fn text(&self, path: &str) -> String {
        let bytes = self.source.read(path).or_else(|| self.theme.as_ref()?.read(path));
        bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// Where a file lies that is copied.
    pub(super) fn locate(&self, path: &str, from_theme: bool) -> Option<PathBuf> {
        let folder = if from_theme { self.theme.as_deref() } else { Some(&*self.source) };
        folder.and_then(|folder| folder.locate(path))
    }
}

/// A file of settings.
fn config(path: &Path, name: &Path) -> Result<ConfigText, Failure> {
    let text = fs::read(path).map_err(|error| post_file::failure(path, &error))?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let text = if is_toml(path) { policy::toml_as_yaml(path, &text)? } else { text };
    Ok(ConfigText { path: name.to_string_lossy().into_owned(), text })
}
