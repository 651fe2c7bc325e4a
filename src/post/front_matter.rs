//! What Jekyll's keys mean. In: a `YamlDocument`. Out: a `FrontMatter`, lenient about types where Jekyll and its
//! themes are. Neighbours: `yaml/` below, `front_matter_checks.rs` for what is worth a diagnostic, `mod.rs` above.

use serde_yaml::{Mapping, Value};

use super::date::DateTime;
use super::date_text::{self, DateText};
use super::date_yaml;
use super::defaults::{self, UnreadableDefaults, split};
use super::yaml::{Scalar, YamlDocument, YamlEntry, display};
use crate::text::NameIndex;

/// The layout of a post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Not given, or null: the site's defaults decide.
    #[default]
    Unset,
    /// `none` (document.rb, `no_layout?`) or `false`: the post is published without a layout, even if the defaults have
    /// one.
    Bare,
    /// A layout's name.
    Named(String),
}

/// Why a given date is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It is empty: Jekyll stops.
    Empty,
    /// It is no date: Jekyll stops.
    Invalid,
    /// It has no year: Ruby uses the day of the build for the missing parts.
    Partial,
}

/// The front matter of a post; of each key what Jekyll, or nearly every theme, makes of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// `layout`
    pub layout: Layout,
    /// `title`; `None` where Jekyll makes one from the file name: missing, null or false.
    pub title: Option<String>,
    /// `date`, read as Jekyll does; `None` where it is missing, no date, or a date without its year.
    pub date: Option<DateTime>,
    /// What is wrong with `date`, if it is given.
    pub date_error: Option<DateError>,
    /// What `published` says: false and null (an empty value) hide the post, everything else publishes it.
    pub published: bool,
    /// `tag` or `tags`, split and flattened.
    pub tags: Vec<String>,
    /// `categories` and `category` together, without duplicates. A number is there twice: also as a text.
    pub categories: Vec<String>,
    /// `excerpt`; `None` where Jekyll makes one from the body.
    pub excerpt: Option<String>,
    /// `excerpt_separator`; `None` where the site's holds.
    pub excerpt_separator: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `author` or `authors`: names, from a text, a list, or mappings with a `name`.
    pub authors: Vec<String>,
    /// `lang`, a language tag.
    pub lang: Option<String>,
    /// `image`: a path or URL, from a text or a mapping with `path`, `url`, `src` or `feature`.
    pub image: Option<String>,
    /// `permalink`; `None` where the site's holds.
    pub permalink: Option<String>,
    /// `slug`; `None` where the file name's holds.
    pub slug: Option<String>,
    /// `comments`, as Liquid's `if` sees it; `None` where the layout decides.
    pub comments: Option<bool>,
    /// Whether Liquid runs over the body; only `render_with_liquid: false` stops it.
    pub render_with_liquid: bool,
    /// Every key in the order of the text, with its spans.
    pub entries: Vec<YamlEntry>,
    /// Every key and value as YAML has them; empty where the front matter is no mapping.
    pub mapping: Mapping,
}

impl FrontMatter {
    /// The front matter of a post that has none.
    pub fn empty() -> Self {
        Self { published: true, render_with_liquid: true, ..Self::default() }
    }

    /// Reads a document. One that failed, or is no mapping, gives `empty`: Jekyll takes nothing from it either.
    pub fn read(document: YamlDocument) -> Self {
        let Value::Mapping(mapping) = document.value else { return Self::empty() };
        let date = document.entries.iter().rfind(|entry| entry.key == "date");
        let date = date.map(|entry| date_of(entry.scalar.as_ref(), mapping.get("date").unwrap_or(&Value::Null)));
        Self::of(mapping, document.entries, date)
    }

    /// The front matter of the post on a site with these defaults for its path.
    pub(super) fn with_defaults(&self, defaults: Mapping) -> Result<Self, UnreadableDefaults> {
        let default_date = defaults.get("date").map(date_of_default);
        let own = match self.date_error {
            // An empty value leaves the default.
            Some(DateError::Empty) if default_date.is_some() => None,
            Some(error) => Some(Err(error)),
            None => self.date.map(Ok),
        };
        let mapping = defaults::apply(defaults, &self.mapping)?;
        Ok(Self::of(mapping, self.entries.clone(), own.or(default_date)))
    }

    /// Gives the keys their meaning.
    fn of(mapping: Mapping, entries: Vec<YamlEntry>, date: Option<Result<DateTime, DateError>>) -> Self {
        let mut front_matter = Self { entries, ..Self::empty() };
        let get = |key: &str| mapping.get(key);
        let text = |key: &str| get(key).and_then(text_of);
        front_matter.layout = match get("layout") {
            None | Some(Value::Null) => Layout::Unset,
            Some(Value::Bool(false)) => Layout::Bare,
            Some(value) if value == "none" => Layout::Bare,
            Some(value) => Layout::Named(display(value)),
        };
        front_matter.title = text("title");
        match date {
            None => {}
            Some(Ok(date)) => front_matter.date = Some(date),
            Some(Err(error)) => front_matter.date_error = Some(error),
        }
        front_matter.published = get("published").is_none_or(is_true);
        front_matter.tags = tags(&mapping);
        front_matter.categories = categories(&mapping);
        front_matter.excerpt = text("excerpt");
        front_matter.excerpt_separator = text("excerpt_separator");
        front_matter.description = text("description");
        let authors = get("author").filter(|value| is_true(value)).or_else(|| get("authors"));
        front_matter.authors = authors.map(names).unwrap_or_default();
        front_matter.lang = text("lang");
        front_matter.image = get("image").and_then(|value| match value {
            Value::Mapping(image) => {
                ["path", "url", "src", "feature"].iter().find_map(|&key| image.get(key).and_then(text_of))
            }
            value => text_of(value),
        });
        front_matter.permalink = text("permalink");
        front_matter.slug = text("slug");
        front_matter.comments = get("comments").map(is_true);
        front_matter.render_with_liquid = get("render_with_liquid") != Some(&Value::Bool(false));
        front_matter.mapping = mapping;
        front_matter
    }

    /// The entry of a top-level key; of duplicates the last, as Jekyll takes it.
    pub fn entry(&self, key: &str) -> Option<&YamlEntry> {
        self.entries.iter().rfind(|entry| entry.key == key)
    }

    /// The value of a top-level key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.mapping.get(key)
    }
}

/// What Ruby and Liquid take for true: everything but false and null.
pub(crate) fn is_true(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false))
}

/// A value as text, where Ruby's `||=` would keep it.
fn text_of(value: &Value) -> Option<String> {
    is_true(value).then(|| display(value))
}

/// The date of a value: `merge_date!` in document.rb writes the value as text and parses that again (utils.rb,
/// `parse_date`). SafeYAML's own dates keep what they mean; quoted ones are in the site's time.
pub(crate) fn date_of(scalar: Option<&Scalar>, value: &Value) -> Result<DateTime, DateError> {
    let read = |text: &str| match date_text::read(text) {
        DateText::Date(date) => Ok(date),
        DateText::Partial => Err(DateError::Partial),
        DateText::Invalid => Err(DateError::Invalid),
    };
    match (scalar, value) {
        (Some(Scalar::Date(date, _)), _) => Ok(*date),
        (_, Value::Null) => Err(DateError::Empty),
        (_, value) => read(&display(value)),
    }
}

/// The same for a value of the site's defaults. Whether it was in quotes is no longer known: a text in the form of a YAML
/// date counts as one.
pub(crate) fn date_of_default(value: &Value) -> Result<DateTime, DateError> {
    let scalar = match value {
        Value::String(text) => date_yaml::read(text).map(|date| Scalar::Date(date, text.clone())),
        _ => None,
    };
    date_of(scalar.as_ref(), value)
}

/// utils.rb, `pluralized_array_from_hash`: a true singular value hides the plural and is not split; a plural text is
/// split on white space, a list flattened and freed of nulls, anything else ignored.
fn pluralized(mapping: &Mapping, singular: &str, plural: &str) -> Vec<String> {
    let mut out = Vec::new();
    match mapping.get(singular).filter(|value| is_true(value)) {
        Some(value) => flatten(value, &mut out),
        None => match mapping.get(plural) {
            Some(Value::String(text)) => out = split(text),
            Some(list @ Value::Sequence(_)) => flatten(list, &mut out),
            _ => {}
        },
    }
    out
}

fn tags(mapping: &Mapping) -> Vec<String> {
    pluralized(mapping, "tag", "tags")
}

/// document.rb, `populate_categories`: the plural as it is, then the plural and the singular (or the plural again) as
/// texts, each once. A number is not equal to its text, so it comes twice.
fn categories(mapping: &Mapping) -> Vec<String> {
    let mut raw = Vec::new();
    match mapping.get("categories") {
        Some(Value::String(text)) => raw.extend(split(text).into_iter().map(Value::String)),
        Some(Value::Sequence(items)) => raw.clone_from(items),
        _ => {}
    }
    let mut texts: Vec<String> = raw.iter().map(inspected).collect();
    texts.extend(pluralized(mapping, "category", "categories"));
    let mut seen = NameIndex::default();
    raw.extend(texts.into_iter().map(Value::String));
    raw.retain(|category| {
        let kind = if category.is_string() { "text " } else { "" };
        seen.insert(&[kind, &inspected(category)].concat(), 0).is_none()
    });
    raw.iter().map(inspected).collect()
}

/// Ruby's `to_s`: a list or a mapping within the list of categories is written with its brackets.
pub(crate) fn inspected(value: &Value) -> String {
    match value {
        Value::Sequence(items) => {
            let items: Vec<String> = items.iter().map(quoted).collect();
            ["[", &items.join(", "), "]"].concat()
        }
        Value::Mapping(mapping) => {
            let entries = mapping.iter().map(|(key, value)| [&quoted(key), "=>", &quoted(value)].concat());
            ["{", &entries.collect::<Vec<_>>().join(", "), "}"].concat()
        }
        value => display(value),
    }
}

fn quoted(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text:?}"),
        Value::Null => "nil".to_owned(),
        value => inspected(value),
    }
}

// Recursion is bounded: the reader refuses values deeper than its budget.
fn flatten(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::Sequence(items) => items.iter().for_each(|item| flatten(item, out)),
        value => out.push(display(value)),
    }
}

/// Names of authors, from a text, a list, or mappings with a `name`.
fn names(value: &Value) -> Vec<String> {
    let name = |value: &Value| match value {
        Value::Mapping(author) => {
            ["name", "display_name", "login"].iter().find_map(|&key| author.get(key).and_then(text_of))
        }
        value => text_of(value),
    };
    match value {
        Value::Sequence(items) => items.iter().filter_map(name).collect(),
        value => name(value).into_iter().collect(),
    }
}
