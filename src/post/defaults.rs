//! Front matter defaults: what a site's `defaults` give to a file. In: the sets of `_config.yml`, the file's path and type,
//! its front matter. Out: one mapping. Neighbours: `site.rs` reads the sets, `path_glob.rs` matches paths with stars,
//! `mod.rs` applies them.
//!
//! The rules are those of Jekyll's `frontmatter_defaults.rb`, and of `merge_data!` in `document.rb`.

use serde_yaml::{Mapping, Value};

use super::date::DateKind;
use super::date_text::{self, DateText};
use super::date_yaml;
use super::path_glob;

/// One entry of `defaults`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DefaultSet {
    /// `scope.path` as it is written; empty for every path.
    pub path: String,
    /// `scope.type` in Jekyll's plural form; `None` where the scope has none and holds for every type.
    pub kind: Option<String>,
    /// Whether there is a scope at all: a set without one takes part in no comparison.
    pub scoped: bool,
    /// `values`
    pub values: Mapping,
}

/// A `date` among the defaults that keeps Jekyll from reading posts. It looks at the dates of all sets before it asks
/// which of them hold for a post (frontmatter_defaults.rb, `ensure_time!`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultsDate {
    /// A date of YAML, a number, a list or nothing: Ruby's `Time.parse` accepts only texts. Jekyll reads no post.
    NoText,
    /// A text that is no date: the build stops.
    Invalid,
}

impl DefaultsDate {
    /// The fault of the `date` in one set's values, which are written in `text`.
    pub(super) fn of(values: &Mapping, text: &str) -> Option<Self> {
        let Value::String(date) = values.get("date")? else { return Some(Self::NoText) };
        match date_yaml::read(date) {
            Some(read) if read.kind != DateKind::Day => None,
            Some(_) => is_bare(text, date).then_some(Self::NoText),
            None => (date_text::read(date) == DateText::Invalid).then_some(Self::Invalid),
        }
    }
}

/// Whether `date` stands in `text` after its key without quotes: a value no longer says how it was written.
fn is_bare(text: &str, date: &str) -> bool {
    let values = text.match_indices("date:").map(|(at, key)| text.get(at + key.len()..).unwrap_or(""));
    values.into_iter().any(|rest| rest.trim_start().starts_with(date))
}

/// Jekyll gives up on a file because of its defaults: their categories are neither a text nor a list, or a set without a
/// scope holds for the file after one with a scope (`has_precedence?`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreadableDefaults;

impl DefaultSet {
    /// Whether the set holds for a file of the type `kind` at `path`, relative to the site. Drafts are posts for Jekyll:
    /// a set for the type `drafts` holds for nothing.
    fn holds_for(&self, path: &str, kind: Option<&str>, collections_dir: &str) -> bool {
        if self.kind.is_some() && self.kind.as_deref() != kind {
            return false;
        }
        if self.path.is_empty() {
            return true;
        }
        let path = path.strip_prefix('/').unwrap_or(path);
        if self.path.contains('*') {
            // A document's path begins in the folder of the collections.
            let in_collection = kind.is_some_and(|kind| kind != "pages");
            if collections_dir.is_empty() || !in_collection {
                return path_glob::covers(&self.path, path);
            }
            return path_glob::covers(&self.path, &[collections_dir, "/", path].concat());
        }
        let below = self.path.strip_prefix(collections_dir).and_then(|rest| rest.strip_prefix('/'));
        let own = below.filter(|_| !collections_dir.is_empty()).unwrap_or(&self.path);
        path.starts_with(own)
    }

    /// What decides between two sets: the length of the path without a slash around it, then whether a type is given.
    fn rank(&self) -> (usize, bool) {
        let path = match self.path.strip_prefix('/') {
            Some(path) => path.strip_suffix('/').filter(|rest| !rest.ends_with('/')).unwrap_or(path),
            None => &self.path,
        };
        (path.chars().count(), self.kind.is_some())
    }
}

/// All that `sets` give to the file at `path` (relative to the site; for documents, without the collections' folder).
/// `kind` is the label of a document's collection, `pages` for a page, and nothing for a static file.
pub fn of_path(
    sets: &[DefaultSet],
    path: &str,
    kind: Option<&str>,
    collections_dir: &str,
) -> Result<Mapping, UnreadableDefaults> {
    let mut merged = Mapping::new();
    let mut highest: Option<(usize, bool)> = None;
    for set in sets.iter().filter(|set| set.holds_for(path, kind, collections_dir)) {
        if highest.is_some() && !set.scoped {
            return Err(UnreadableDefaults);
        }
        let rank = set.rank();
        // Of equal paths the later set wins, unless only the earlier one names a type.
        if highest.is_none_or(|highest| rank.0 > highest.0 || rank.0 == highest.0 && (rank.1 || !highest.1)) {
            merge(&mut merged, &set.values);
            highest = set.scoped.then_some(rank);
        } else {
            let higher = std::mem::replace(&mut merged, set.values.clone());
            merge(&mut merged, &higher);
        }
    }
    Ok(merged)
}

/// The front matter `own` over `defaults`: null leaves the default, mappings are merged, lists replaced, and the
/// categories of both are kept.
pub fn apply(mut defaults: Mapping, own: &Mapping) -> Result<Mapping, UnreadableDefaults> {
    let mut categories = category_list(&defaults)?;
    categories.extend(category_list(own)?);
    // Duplicates are removed when the front matter is read.
    merge(&mut defaults, own);
    if !categories.is_empty() {
        defaults.insert("categories".into(), Value::Sequence(categories));
    }
    Ok(defaults)
}

/// document.rb, `merge_categories!`: a text is split, a list taken, anything else but null refused.
fn category_list(mapping: &Mapping) -> Result<Vec<Value>, UnreadableDefaults> {
    match mapping.get("categories") {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(split(text).into_iter().map(Value::String).collect()),
        Some(Value::Sequence(items)) => Ok(items.clone()),
        Some(_) => Err(UnreadableDefaults),
    }
}

/// Ruby's `String#split`: on runs of ASCII white space, none at the ends.
pub(crate) fn split(text: &str) -> Vec<String> {
    let space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0B' | '\x0C' | '\0');
    text.split(space).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// utils.rb, `deep_merge_hashes!`. Nesting is bounded by the reader's budget.
pub(crate) fn merge(target: &mut Mapping, over: &Mapping) {
    for (key, value) in over {
        match (target.get_mut(key), value) {
            (Some(_), Value::Null) => {}
            (Some(Value::Mapping(old)), Value::Mapping(new)) => merge(old, new),
            (Some(old), new) => old.clone_from(new),
            (None, new) => {
                target.insert(key.clone(), new.clone());
            }
        }
    }
}
