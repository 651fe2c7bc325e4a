//! A site's settings, as far as they matter to one post. In: the text of a `_config.yml`. Out: `SiteSettings` and
//! diagnostics. Neighbours: `site_checks.rs` for what is wrong in it, `defaults.rs`, `zone.rs`, `mod.rs`.
//!
//! The keys and their defaults are those of Jekyll's `configuration.rb`; a null leaves the default there.

use serde_yaml::{Mapping, Value};

use super::defaults::{self, DefaultSet, DefaultsDate};
use super::front_matter::is_true;
use super::site_checks;
use super::site_files::SiteFiles;
use super::yaml::{self, display};
use super::zone::Zone;
use crate::text::{Diagnostic, order};

/// What of a site's settings matters to a single post; the defaults are Jekyll's (configuration.rb).
#[derive(Clone, Debug, PartialEq)]
pub struct SiteSettings {
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
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `author`: the name, from a text or a mapping.
    pub author: Option<String>,
    /// `url`: scheme and host, without a slash at its end.
    pub url: String,
    /// `baseurl`: the path below the host, without a slash at its end.
    pub baseurl: String,
    /// `lang`, a language tag.
    pub lang: Option<String>,
    /// The section `kramdown`: names and values as kramdown's own options are written in a text.
    pub kramdown: Vec<(String, String)>,
    /// `defaults`, in the order of the file.
    pub defaults: Vec<DefaultSet>,
    /// A date among them that keeps Jekyll from reading posts.
    pub defaults_date: Option<DefaultsDate>,
}

impl Default for SiteSettings {
    fn default() -> Self {
        Self {
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
            title: None,
            description: None,
            author: None,
            url: String::new(),
            baseurl: String::new(),
            lang: None,
            kramdown: Vec::new(),
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
        Self { future: self.future || !self.future_given, ..self.clone() }
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

    /// The address of a path of the site, with `url` and `baseurl` before it; the path alone where neither is set.
    pub fn absolute(&self, path: &str) -> String {
        [&self.url, &self.baseurl, path].concat()
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
    let (settings, diagnostics) = read_all(&[text]);
    SiteConfig { settings, diagnostics: diagnostics.into_iter().flatten().collect() }
}

/// Reads several texts together, the keys of a later one over those of an earlier (`jekyll build --config a.yml,b.yml`;
/// configuration.rb, `read_config_files`). The diagnostics are those of each text.
pub fn read_all(texts: &[&str]) -> (SiteSettings, Vec<Vec<Diagnostic>>) {
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
    let settings = settings(&merged, &texts.concat());
    let diagnostics = documents.iter_mut().zip(texts).map(|(document, text)| {
        let mut diagnostics = std::mem::take(&mut document.diagnostics);
        diagnostics.extend(site_checks::of(text, document, &settings));
        order::sort_by_key(&mut diagnostics, |diagnostic| diagnostic.span.order());
        diagnostics
    });
    let diagnostics = diagnostics.collect();
    (settings, diagnostics)
}

/// The same, with the offsets of a time zone that the text only names: `find` gives the zone of a name.
pub fn read_with_zones(text: &str, find: impl FnOnce(&str) -> Option<Zone>) -> SiteConfig {
    let mut config = read(text);
    config.settings.find_zone(find);
    config
}

fn settings(mapping: &Mapping, source: &str) -> SiteSettings {
    let defaults = SiteSettings::default();
    let sets: Vec<DefaultSet> = match mapping.get("defaults") {
        Some(Value::Sequence(sets)) => sets.iter().filter_map(default_set).collect(),
        _ => Vec::new(),
    };
    let get = |key: &str| mapping.get(key).filter(|value| !value.is_null());
    let is = |key: &str| get(key).is_some_and(is_true);
    let text = |key: &str| get(key).filter(|value| is_true(value)).map(display);
    let timezone = text("timezone");
    let without_slash = |key: &str| text(key).unwrap_or_default().trim_end_matches('/').to_owned();
    let baseurl = without_slash("baseurl");
    SiteSettings {
        future: is("future"),
        future_given: get("future").is_some(),
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
        files: SiteFiles::read(mapping),
        title: text("title"),
        description: text("description"),
        author: get("author").and_then(|value| match value {
            Value::Mapping(author) => author.get("name").map(display),
            value => Some(display(value)),
        }),
        url: without_slash("url"),
        baseurl: if baseurl.is_empty() || baseurl.starts_with('/') { baseurl } else { ["/", &baseurl].concat() },
        lang: text("lang"),
        kramdown: get("kramdown").and_then(Value::as_mapping).map(kramdown).unwrap_or_default(),
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

/// kramdown's `Options.parse`, which takes a value of another type for its text.
fn kramdown(section: &Mapping) -> Vec<(String, String)> {
    // Jekyll's own values for these are kept where the section says null.
    let kept = ["auto_ids", "toc_levels", "entity_output", "smart_quotes", "input", "hard_wrap", "footnote_nr"];
    let options = section.iter().map(|(name, value)| (display(name), value));
    options
        .filter(|(name, value)| !(value.is_null() && kept.contains(&name.as_str())))
        .map(|(name, value)| {
            let text = match value {
                Value::Sequence(items) => items.iter().map(display).collect::<Vec<_>>().join(","),
                value => display(value),
            };
            let text = match name.as_str() {
                "auto_ids" | "hard_wrap" | "parse_block_html" | "parse_span_html" | "transliterated_header_ids" => {
                    let off = text.is_empty() || text.trim().eq_ignore_ascii_case("false");
                    if off { "false" } else { "true" }.to_owned()
                }
                _ => text,
            };
            (name, text)
        })
        .collect()
}
