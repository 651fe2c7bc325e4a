//! What is read while an item is rendered: fields of documents and pages, lists, files. In: what drops and templates ask
//! for. Out: what to compare. Neighbours: `rendering.rs` keeps one for each item, `recording.rs` notes what is read,
//! `changes.rs` says what has changed.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::item::SiteItem;

/// Every field of an item.
pub(super) const ALL_FIELDS: &str = "*";

/// A list of a site, or what is found by looking through one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum SiteList {
    /// The documents of the collections, in their order.
    Documents,
    /// Tags and categories with their posts.
    Groups,
    /// The pages.
    Pages,
    /// The static files, with all that is known of them.
    StaticFiles,
    /// The data files.
    Data,
    /// The paths of all files.
    Paths,
    /// The addresses of files (`link`, `post_url`).
    Addresses,
    /// All that can change: what is read is not followed.
    Everything,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Reads {
    /// Fields of front matter, and what Jekyll adds to it.
    pub(super) fields: HashMap<SiteItem, Vec<Box<str>>>,
    /// The paths of files, as `SiteRendering::read_file` has them.
    pub(super) files: HashSet<Rc<str>>,
    /// The names of layouts.
    pub(super) layouts: HashSet<Box<str>>,
    pub(super) lists: HashSet<SiteList>,
    /// The items whose content or excerpt was read.
    pub(super) contents: HashSet<SiteItem>,
}

impl Reads {
    pub(super) fn add_field(&mut self, item: SiteItem, key: &str) {
        let keys = self.fields.entry(item).or_default();
        if !keys.iter().any(|known| **known == *key) {
            keys.push(key.into());
        }
    }

    /// Adds what else was read.
    pub(super) fn add(&mut self, other: &Self) {
        for (&item, keys) in &other.fields {
            for key in keys {
                self.add_field(item, key);
            }
        }
        self.files.extend(other.files.iter().cloned());
        self.layouts.extend(other.layouts.iter().cloned());
        self.lists.extend(&other.lists);
        self.contents.extend(&other.contents);
    }
}
