//! What Jekyll makes of a document's front matter. In: the path, the site's defaults, the front matter. Out: one mapping,
//! and which of its keys are dates. Neighbours: `documents.rs` asks.
//!
//! The rules are those of Jekyll's `document.rb`: `categories_from_path`, `merge_data!`, `populate_title`,
//! `populate_categories`, `populate_tags`.

use serde_yaml::{Mapping, Value};

use super::context;
use crate::post::date::DateTime;
use crate::post::date_text::{self, DateText};
use crate::post::defaults;
use crate::post::file_name::FileName;
use crate::post::front_matter::{DateError, FrontMatter, date_of_default, inspected, is_true};
use crate::post::publishing::SiteSettings;
use crate::post::slug;
use crate::post::yaml::YamlEntry;
use crate::site::model::Dates;

/// The data of a document while it is read.
#[derive(Debug, Default)]
pub(super) struct DocumentData {
    pub data: Mapping,
    pub dates: Dates,
}

/// Why front matter or defaults cannot become data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DataError {
    /// Front matter, or defaults, that Jekyll cannot read, or whose categories are neither a text nor a list. It goes on
    /// without them.
    Unreadable,
    /// A date that is none. Jekyll stops.
    Date,
}

/// What dates are read by: the site's settings, and the time of the build on the site's clock.
pub(super) type Clock<'c> = (&'c SiteSettings, DateTime);

impl DocumentData {
    /// What the path says: whether it is a draft, and the folders above `_posts` as categories.
    pub fn of_path(label: &str, relative_path: &str, draft: bool) -> Self {
        let special = if draft { "_drafts".to_owned() } else { ["_", label].concat() };
        let above = relative_path.find(&special).and_then(|at| relative_path.get(..at)).unwrap_or("");
        let folders = above.split('/').filter(|part| !part.is_empty()).map(Value::from);
        let mut data = Mapping::new();
        data.insert("draft".into(), draft.into());
        data.insert("categories".into(), folders.collect());
        Self { data, dates: Dates::new() }
    }

    /// A file that is YAML alone: nothing is added to what it says.
    pub fn of_yaml(value: Value, entries: &[YamlEntry]) -> Self {
        match value {
            Value::Mapping(data) => Self { data, dates: context::dates(entries) },
            _ => Self::default(),
        }
    }

    /// Puts the site's defaults in.
    pub fn merge_defaults(&mut self, defaults: &Mapping, clock: Clock<'_>) -> Result<(), DataError> {
        let date = defaults.get("date").filter(|date| !date.is_null()).map(date_of_default);
        self.merge(defaults, date, clock)
    }

    /// Puts the front matter in.
    pub fn merge_front_matter(&mut self, own: &FrontMatter, clock: Clock<'_>) -> Result<(), DataError> {
        let date = match own.date_error {
            Some(DateError::Empty) => None,
            Some(error) => Some(Err(error)),
            None => own.date.map(Ok),
        };
        self.merge(&own.mapping, date, clock)?;
        for (key, date) in context::dates(&own.entries).into_iter().filter(|(key, _)| key != "date") {
            self.dates.insert(key, date);
        }
        Ok(())
    }

    /// `merge_data!`. `date` is what the value of `date` means, if there is one that is not null.
    fn merge(
        &mut self,
        other: &Mapping,
        date: Option<Result<DateTime, DateError>>,
        clock: Clock<'_>,
    ) -> Result<(), DataError> {
        let categories = match other.get("categories") {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(defaults::split(text).into_iter().map(Value::String).collect()),
            Some(Value::Sequence(items)) => Some(items.clone()),
            Some(_) => return Err(DataError::Unreadable),
        };
        let categories = categories.map(|more: Vec<Value>| self.with_categories(more));
        defaults::merge(&mut self.data, other);
        if let Some(categories) = categories {
            self.data.insert("categories".into(), categories);
        }
        match date {
            Some(Ok(date)) => self.set_date(&date, clock.0),
            // What a date lacks is taken from the day of the build.
            Some(Err(DateError::Partial)) => self.set_date(&clock.1, clock.0),
            Some(Err(_)) => return Err(DataError::Date),
            None if self.data.get("date").is_some_and(Value::is_null) => return Err(DataError::Date),
            None => {}
        }
        Ok(())
    }

    fn set_date(&mut self, date: &DateTime, settings: &SiteSettings) {
        let date = settings.zone.on_site(date);
        self.data.insert("date".into(), written(&date).into());
        self.dates.insert("date".to_owned(), date);
    }

    /// The categories that are there, and of `more` those that are not, each once (`merge_categories!`).
    fn with_categories(&self, more: Vec<Value>) -> Value {
        let mut all: Vec<Value> = Vec::new();
        let own = self.data.get("categories").and_then(Value::as_sequence).cloned().unwrap_or_default();
        for category in own.into_iter().chain(more) {
            if !all.contains(&category) {
                all.push(category);
            }
        }
        all.into()
    }

    /// What Jekyll adds to a document that it could read.
    pub fn populate(&mut self, relative_path: &str, name: &FileName, clock: Clock<'_>) -> Result<(), DataError> {
        let (day, slug, extension) = name_parts(relative_path, name);
        if let Some(day) = day {
            let (settings, built) = clock;
            let own = self.dates.get("date");
            if own.is_none_or(|own| settings.zone.unix(own) == settings.zone.unix(&built)) {
                match date_text::read(day) {
                    DateText::Date(date) => self.set_date(&date, settings),
                    _ => return Err(DataError::Date),
                }
            }
        }
        let slug = slug.trim_end_matches('.');
        self.set_default("title", slug::titleize(slug).into());
        self.set_default("slug", slug.into());
        self.set_default("ext", extension.map_or(Value::Null, Value::from));
        self.populate_categories();
        let tags = self.pluralized("tag", "tags");
        self.dates.remove("tags");
        self.data.insert("tags".into(), tags.into());
        Ok(())
    }

    /// `populate_categories`. A number is not equal to its text, so it is there twice.
    fn populate_categories(&mut self) {
        let mut texts = self.data.get("categories").and_then(Value::as_sequence).cloned().unwrap_or_default();
        texts.extend(self.pluralized("category", "categories"));
        let texts = texts.iter().map(|category| Value::String(inspected(category))).collect();
        let all = self.with_categories(texts);
        self.data.insert("categories".into(), all);
    }

    /// Ruby's `data[key] ||= value`.
    fn set_default(&mut self, key: &str, value: Value) {
        if !self.data.get(key).is_some_and(is_true) {
            self.data.insert(key.into(), value);
        }
    }

    /// utils.rb, `pluralized_array_from_hash`, and flattened.
    fn pluralized(&self, singular: &str, plural: &str) -> Vec<Value> {
        let mut out = Vec::new();
        match self.data.get(singular).filter(|value| is_true(value)) {
            Some(value) => flatten(value, &mut out),
            None if self.dates.contains_key(plural) => {}
            None => match self.data.get(plural) {
                Some(Value::String(text)) => out = defaults::split(text).into_iter().map(Value::String).collect(),
                Some(list @ Value::Sequence(_)) => flatten(list, &mut out),
                _ => {}
            },
        }
        out
    }
}

// Recursion is bounded: the reader of YAML refuses values deeper than its budget.
fn flatten(value: &Value, out: &mut Vec<Value>) {
    match value {
        Value::Null => {}
        Value::Sequence(items) => items.iter().for_each(|item| flatten(item, out)),
        value => out.push(value.clone()),
    }
}

/// A date as Ruby writes a `Time`.
pub(super) fn written(date: &DateTime) -> String {
    DateTime { kind: crate::post::date::DateKind::Time, ..*date }.for_front_matter()
}

/// Date, slug and extension in a path, as `DATE_FILENAME_MATCHER` and `DATELESS_FILENAME_MATCHER` find them. A period in
/// a folder's name counts where the file's own name has none.
fn name_parts<'p>(path: &'p str, name: &'p FileName) -> (Option<&'p str>, &'p str, Option<&'p str>) {
    let Some(period) = path.rfind('.').filter(|period| period + 1 < path.len()) else {
        return (None, &name.stem, None);
    };
    let (before, extension) = path.split_at(period);
    let last = before.rsplit('/').next().unwrap_or(before);
    match crate::post::file_name::dated(last) {
        Some((date, slug)) => (Some(date), slug, Some(extension)),
        None => (None, last, Some(extension)),
    }
}
