//! A site's settings, as far as they matter to one post. In: the text of a `_config.yml`. Out: `SiteSettings` and
//! diagnostics. Neighbours: `site_checks.rs` for what is wrong in it, `active_plugins.rs`, `defaults.rs`, `zone.rs`,
//! `mod.rs`.
//!
//! The keys and their defaults are those of Jekyll's `configuration.rb`; a null leaves the default there.

use serde_yaml::{Mapping, Value};

use super::active_plugins;
use super::defaults::{self, DefaultSet, DefaultsDate};
use super::file_name::FileName;
use super::front_matter::is_true;
use super::github_pages;
use super::jekyll_version::JekyllVersion;
use super::kramdown_section::{self, MarkdownSettings};
use super::site_checks;
pub use super::site_checks::PERMALINK_PLACEHOLDER;
use super::site_files::SiteFiles;
use super::yaml::{self, YamlEntry, display};
use super::zone::Zone;
use crate::text::{Diagnostic, Severity, order};

/// Which mistakes stop Jekyll that it otherwise passes over (Jekyll's `liquid_renderer.rb` and `renderer.rb`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LiquidSettings {
    /// `error_mode: strict`: what only Liquid's older, lax parser reads.
    pub strict_syntax: bool,
    /// `strict_filters`: filters that do not exist.
    pub strict_filters: bool,
    /// `strict_variables`: variables that do not exist.
    pub strict_variables: bool,
}

impl LiquidSettings {
    fn read(settings: &Mapping) -> Self {
        let get = |name: &str| settings.get("liquid").and_then(Value::as_mapping).and_then(|section| section.get(name));
        Self {
            strict_syntax: get("error_mode") == Some(&"strict".into()),
            strict_filters: get("strict_filters").is_some_and(is_true),
            strict_variables: get("strict_variables").is_some_and(is_true),
        }
    }
}

/// What the body of a post is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BodyFormat {
    /// Markdown, which Jekyll converts.
    #[default]
    Markdown,
    /// HTML, which stays as it is.
    Html,
    /// Anything else, which stays as it is, in a file that browsers show as text.
    Text,
}

/// What of a site's settings matters to a single post; the defaults are Jekyll's (configuration.rb).
#[derive(Clone, Debug, PartialEq)]
pub struct SiteSettings {
    /// Which Jekyll builds the site.
    pub version: JekyllVersion,
    /// Whether there are settings of a site; without them, what it gives to posts is unknown.
    pub given: bool,
    /// `future`: whether posts with a later date are published.
    pub future: bool,
    /// Whether the site itself says so; if not, GitHub Pages decides otherwise than Jekyll.
    pub future_given: bool,
    /// `unpublished`: whether posts with `published: false` are published.
    pub unpublished: bool,
    /// `show_drafts`: whether files in `_drafts` are read.
    pub show_drafts: bool,
    /// `strict_front_matter`: whether front matter that cannot be read stops the build.
    pub strict_front_matter: bool,
    /// The name in `timezone`; without one Jekyll takes the zone of the machine that builds.
    pub timezone: Option<String>,
    /// The site's time zone. The offsets of a name come from elsewhere: see `unknown_zone`.
    pub zone: Zone,
    /// `permalink`, or that of the collection of posts: a style's name or a template.
    pub permalink: String,
    /// `excerpt_separator`; empty for no excerpts.
    pub excerpt_separator: String,
    /// `collections_dir`: the folder in which `_posts` lies; empty for the site's own.
    pub collections_dir: String,
    /// Which files are read: `source`, `include`, `exclude`, `collections`.
    pub files: SiteFiles,
    /// The names of the gems that run as plugins: those of `plugins` (`gems` is the key's older name) and those that
    /// the theme requires; in safe mode, those that are allowed.
    pub plugins: Vec<String>,
    /// `safe`: whether the site's own plugins do not run, and of the others only those that are allowed.
    pub safe: bool,
    /// The tags and filters that the site's own plugins register; what cannot be read from the settings.
    pub registered: Vec<String>,
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `author`: the name, from a text or a mapping.
    pub author: Option<String>,
    /// `url`: scheme and host, as it is written; null where it is not given.
    pub url: Value,
    /// `baseurl`: the path below the host, as it is written; null where it is not given.
    pub baseurl: Value,
    /// `lang`, a language tag.
    pub lang: Option<String>,
    /// `markdown_ext`: the extensions of Markdown files, with commas between them.
    pub markdown_ext: String,
    /// `markdown`, `highlighter` and `kramdown`: how Markdown is read.
    pub markdown: MarkdownSettings,
    /// `liquid`: which mistakes in Liquid stop Jekyll.
    pub liquid: LiquidSettings,
    /// The names of all settings that are given.
    pub keys: Vec<String>,
    /// Why Jekyll stops at these settings, whatever the post.
    pub stops: Option<String>,
    /// `defaults`, in the order of the file.
    pub defaults: Vec<DefaultSet>,
    /// A date among them that keeps Jekyll from reading posts.
    pub defaults_date: Option<DefaultsDate>,
}

impl Default for SiteSettings {
    fn default() -> Self {
        Self {
            version: JekyllVersion::default(),
            given: false,
            future: false,
            future_given: false,
            unpublished: false,
            show_drafts: false,
            strict_front_matter: false,
            timezone: None,
            zone: Zone::default(),
            permalink: "date".to_owned(),
            excerpt_separator: "\n\n".to_owned(),
            collections_dir: String::new(),
            files: SiteFiles::default(),
            plugins: Vec::new(),
            safe: false,
            registered: Vec::new(),
            title: None,
            description: None,
            author: None,
            url: Value::Null,
            baseurl: Value::Null,
            lang: None,
            markdown_ext: "markdown,mkdown,mkdn,mkd,md".to_owned(),
            markdown: MarkdownSettings::default(),
            liquid: LiquidSettings::default(),
            keys: Vec::new(),
            stops: None,
            defaults: Vec::new(),
            defaults_date: None,
        }
    }
}

impl SiteSettings {
    /// The settings that GitHub Pages sets for every site: posts with a later date are published there.
    pub fn github_pages() -> Self {
        Self::default().on_github_pages()
    }

    /// The same site built by GitHub Pages, whose own settings come before Jekyll's and after the site's.
    pub fn on_github_pages(&self) -> Self {
        let version = JekyllVersion::GitHubPages;
        let mut settings = Self { version, future: self.future || !self.future_given, ..self.clone() };
        settings.markdown.stops.retain(|stop| !stop.replaced_on_github_pages);
        settings
    }

    /// The name of a time zone whose offsets are still to be looked up; until then `zone` is UTC.
    pub fn unknown_zone(&self) -> Option<&str> {
        self.timezone.as_deref().filter(|name| *name != self.zone.name())
    }

    /// Gives a time zone that is only named its offsets: `find` gives the zone of a name.
    pub fn find_zone(&mut self, find: impl FnOnce(&str) -> Option<Zone>) {
        if let Some(zone) = self.unknown_zone().and_then(find) {
            self.zone = zone;
        }
    }

    /// What the body of a file is. Jekyll reads no file without an extension; its name is being written, and it is taken
    /// for Markdown.
    pub fn format_of(&self, file_name: &FileName) -> BodyFormat {
        let extension = file_name.extension.strip_prefix('.').unwrap_or("");
        if extension.is_empty() || self.is_markdown_extension(extension) {
            if self.markdown.reads_html { BodyFormat::Html } else { BodyFormat::Markdown }
        } else if ["html", "htm", "xhtml"].iter().any(|known| known.eq_ignore_ascii_case(extension)) {
            BodyFormat::Html
        } else {
            BodyFormat::Text
        }
    }

    /// Whether Jekyll converts a file as Markdown.
    pub fn is_markdown(&self, file_name: &FileName) -> bool {
        file_name.extension.strip_prefix('.').is_some_and(|extension| self.is_markdown_extension(extension))
    }

    /// Whether files with that extension, without its dot, are Markdown. Case does not count.
    pub fn is_markdown_extension(&self, extension: &str) -> bool {
        self.markdown_ext.split(',').any(|known| known.eq_ignore_ascii_case(extension) && !known.is_empty())
    }

    /// The extension of a new post, without its dot.
    pub fn new_extension(&self) -> &str {
        let first = self.markdown_ext.split(',').find(|known| !known.is_empty());
        first.filter(|_| !self.is_markdown_extension("md")).unwrap_or("md")
    }

    /// `baseurl` as `relative_url` puts it before a path (Jekyll's filters/url_filters.rb): with a slash before it, and
    /// without one at its end.
    pub fn base(&self) -> String {
        let base = display(&self.baseurl);
        let base = base.strip_suffix('/').unwrap_or(&base);
        [if base.is_empty() || base.starts_with('/') { "" } else { "/" }, base].concat()
    }

    /// The address of a path of the site, with `url` and `baseurl` before it; the path alone where neither is set.
    pub fn absolute(&self, path: &str) -> String {
        [&display(&self.url), &self.base(), path].concat()
    }
}

/// A `_config.yml` as Jekyll reads it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteConfig {
    /// The settings; the defaults where the text cannot be read.
    pub settings: SiteSettings,
    /// What is wrong, and what is worth knowing, in the order of the text. Jekyll stops at errors.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the text of a `_config.yml`. Any text gives settings.
pub fn read(text: &str) -> SiteConfig {
    let (settings, diagnostics) = read_all(&[text], JekyllVersion::default());
    SiteConfig { settings, diagnostics: diagnostics.into_iter().flatten().collect() }
}

/// Several texts of settings, read together.
#[derive(Clone, Debug, Default)]
pub struct SiteConfigs {
    /// What of them matters to one text.
    pub settings: SiteSettings,
    /// All keys, without Jekyll's defaults.
    pub mapping: Mapping,
    /// The entries of all texts, in their order; spans are those of each text.
    pub entries: Vec<YamlEntry>,
    /// The diagnostics of each text.
    pub diagnostics: Vec<Vec<Diagnostic>>,
}

/// Reads several texts together, as `read_configs`, for a site that is built by that Jekyll. The diagnostics are those of each text.
pub fn read_all(texts: &[&str], version: JekyllVersion) -> (SiteSettings, Vec<Vec<Diagnostic>>) {
    let SiteConfigs { settings, diagnostics, .. } = read_configs(texts, &Mapping::new(), version);
    (settings, diagnostics)
}

/// Reads several texts together, the keys of a later one over those of an earlier (`jekyll build --config a.yml,b.yml`;
/// configuration.rb, `read_config_files`), and `overrides` over all of them: what the command line says. GitHub Pages has
/// settings of its own around them.
pub fn read_configs(texts: &[&str], overrides: &Mapping, version: JekyllVersion) -> SiteConfigs {
    super::know_settings();
    let mut merged = Mapping::new();
    let mut documents = Vec::new();
    for text in texts {
        let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        let document = yaml::read(text.get(start..).unwrap_or(""), start);
        if let Value::Mapping(mapping) = &document.value {
            defaults::merge(&mut merged, mapping);
        }
        documents.push(document);
    }
    defaults::merge(&mut merged, overrides);
    let future_given = merged.get("future").is_some_and(|future| !future.is_null());
    if version == JekyllVersion::GitHubPages {
        merged = github_pages::effective(&merged);
    }
    let mut settings = settings(&merged, &texts.concat(), version);
    settings.future_given = future_given;
    let mut stops = None;
    let diagnostics = documents.iter_mut().zip(texts).map(|(document, text)| {
        let mut diagnostics = std::mem::take(&mut document.diagnostics);
        diagnostics.extend(site_checks::of(text, document, &settings));
        let error = diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
        stops = stops.take().or_else(|| Some(["Jekyll stops at the site's settings. ", &error?.message].concat()));
        diagnostics.extend(site_checks::of_markdown(text, document, &settings.markdown));
        order::sort_by_key(&mut diagnostics, |diagnostic| diagnostic.span.order());
        diagnostics
    });
    let diagnostics = diagnostics.collect();
    settings.stops = stops;
    let entries = documents.into_iter().flat_map(|document| document.entries).collect();
    SiteConfigs { settings, mapping: merged, entries, diagnostics }
}

/// Reads the text of a `_config.yml` of a site that is built by that Jekyll, with the offsets of a time zone that the
/// text only names: `find` gives the zone of a name.
pub fn read_with_zones(text: &str, version: JekyllVersion, find: impl FnOnce(&str) -> Option<Zone>) -> SiteConfig {
    let (mut settings, diagnostics) = read_all(&[text], version);
    settings.find_zone(find);
    SiteConfig { settings, diagnostics: diagnostics.into_iter().flatten().collect() }
}

fn settings(mapping: &Mapping, source: &str, version: JekyllVersion) -> SiteSettings {
    let defaults = SiteSettings::default();
    let sets: Vec<DefaultSet> = match mapping.get("defaults") {
        Some(Value::Sequence(sets)) => sets.iter().filter_map(default_set).collect(),
        _ => Vec::new(),
    };
    let get = |key: &str| mapping.get(key).filter(|value| !value.is_null());
    let is = |key: &str| get(key).is_some_and(is_true);
    let text = |key: &str| get(key).filter(|value| is_true(value)).map(display);
    let timezone = text("timezone");
    let written = |key: &str| mapping.get(key).cloned().unwrap_or_default();
    SiteSettings {
        version,
        given: !source.trim().is_empty(),
        future: is("future"),
        future_given: false,
        unpublished: is("unpublished"),
        show_drafts: is("show_drafts"),
        strict_front_matter: is("strict_front_matter"),
        zone: timezone.as_deref().and_then(Zone::posix).unwrap_or_default(),
        timezone,
        permalink: posts_permalink(mapping).or_else(|| text("permalink")).unwrap_or(defaults.permalink),
        // Jekyll takes even `false` for its name.
        excerpt_separator: get("excerpt_separator").map_or(defaults.excerpt_separator, |value| match value {
            Value::Bool(false) => "false".to_owned(),
            value => display(value),
        }),
        collections_dir: text("collections_dir").unwrap_or_default().trim_matches('/').to_owned(),
        files: SiteFiles::read(mapping, version),
        plugins: active_plugins::names(mapping, version),
        safe: active_plugins::is_safe(mapping),
        registered: Vec::new(),
        title: text("title"),
        description: text("description"),
        author: get("author").and_then(|value| match value {
            Value::Mapping(author) => author.get("name").map(display),
            value => Some(display(value)),
        }),
        url: written("url"),
        baseurl: written("baseurl"),
        lang: text("lang"),
        markdown_ext: get("markdown_ext").map_or(defaults.markdown_ext, display),
        markdown: kramdown_section::read(mapping),
        liquid: LiquidSettings::read(mapping),
        keys: mapping.keys().map(display).collect(),
        stops: None,
        defaults_date: sets.iter().find_map(|set| DefaultsDate::of(&set.values, source)),
        defaults: sets,
    }
}

/// `collections.posts.permalink` comes before `permalink`, and is never the name of a style: with a slash before it, it
/// cannot be taken for one.
fn posts_permalink(mapping: &Mapping) -> Option<String> {
    let own = mapping.get("collections")?.as_mapping()?.get("posts")?.as_mapping()?.get("permalink")?;
    is_true(own).then(|| ["/", display(own).trim_start_matches('/')].concat())
}

/// An entry of `defaults`; `None` for one that Jekyll leaves out because it has no mapping of values.
pub(super) fn default_set(set: &Value) -> Option<DefaultSet> {
    let set = set.as_mapping()?;
    let values = set.get("values")?.as_mapping()?.clone();
    let scope = set.get("scope").and_then(Value::as_mapping);
    let part = |key: &str| scope.and_then(|scope| scope.get(key));
    let kind = part("type").map(|kind| match display(kind).as_str() {
        // The names of Jekyll 1 are still known.
        "page" => "pages".to_owned(),
        "post" => "posts".to_owned(),
        "draft" => "drafts".to_owned(),
        kind => kind.to_owned(),
    });
    let path = part("path").and_then(Value::as_str).unwrap_or("").to_owned();
    Some(DefaultSet { path, kind, scoped: scope.is_some(), values })
}
