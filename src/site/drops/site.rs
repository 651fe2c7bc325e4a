//! `site` (drops/site_drop.rb). In: a rendering, and the item that is rendered. Out: the parts that templates read.
//! Neighbours: `environment.rs` gives it to templates; `index.rs` has the orders.

use std::fmt;
use std::rc::{Rc, Weak};

use super::super::index::PostGroup;
use super::super::model::Site;
use super::super::reads::SiteList;
use super::super::rendering::{SiteItem, SiteRendering};
use super::{CollectionDrop, DocumentDrop, PageDrop, StaticFileDrop, of_mapping};
use crate::liquid::{LiquidDrop, Value};
use crate::post::yaml::display;
use crate::text::order;

/// The parts that every site has, in Jekyll's order.
const METHODS: [&str; 12] = [
    "time",
    "config",
    "data",
    "tags",
    "static_files",
    "collections",
    "posts",
    "categories",
    "pages",
    "html_pages",
    "documents",
    "related_posts",
];

/// A site as Liquid sees it.
struct SiteDrop {
    rendering: Weak<SiteRendering>,
    item: SiteItem,
}

/// `site`, while that item is rendered.
pub(in crate::site) fn site(rendering: &Weak<SiteRendering>, item: SiteItem) -> Value {
    Value::Drop(Rc::new(SiteDrop { rendering: rendering.clone(), item }))
}

/// The lists that a part of the site is made of.
fn lists_of(site: &Site, key: &str) -> &'static [SiteList] {
    match key {
        "posts" | "related_posts" => &[SiteList::Documents],
        "tags" | "categories" => &[SiteList::Documents, SiteList::Groups],
        "pages" | "html_pages" | "archives" => &[SiteList::Pages],
        "static_files" => &[SiteList::StaticFiles],
        "documents" | "collections" => &[SiteList::Documents, SiteList::StaticFiles],
        "data" => &[SiteList::Data],
        _ if site.collections.iter().any(|collection| collection.label == key) => &[SiteList::Documents],
        _ => &[],
    }
}

impl SiteDrop {
    fn groups(&self, groups: Vec<PostGroup>) -> Value {
        let group = |group: PostGroup| (display(&group.name).into(), DocumentDrop::list(&self.rendering, group.posts));
        Value::hash(groups.into_iter().map(group).collect())
    }

    /// The documents and the files of every collection.
    fn documents(&self, rendering: &SiteRendering) -> Value {
        let mut all = Vec::new();
        for collection in &rendering.site.collections {
            all.extend(collection.documents.iter().map(|&document| DocumentDrop::value(&self.rendering, document)));
            all.extend(collection.static_files.iter().map(|&file| StaticFileDrop::value(&self.rendering, file)));
        }
        Value::list(all)
    }
}

impl LiquidDrop for SiteDrop {
    fn get(&self, key: &str) -> Option<Value> {
        let rendering = self.rendering.upgrade()?;
        let site = &rendering.site;
        let this = &self.rendering;
        for list in lists_of(site, key) {
            rendering.note_list(*list);
        }
        if key != "posts"
            && let Some(collection) = site.collections.iter().find(|collection| collection.label == key)
        {
            let ids = collection.documents.iter().copied();
            return Some(rendering.value(&["collection ", key].concat(), || DocumentDrop::list(this, ids)));
        }
        let once = |make: &dyn Fn() -> Value| Some(rendering.value(key, make));
        match key {
            "posts" => once(&|| DocumentDrop::list(this, site.posts().iter().rev().copied())),
            "pages" => {
                let count = rendering.pages_so_far();
                let make = || Value::list((0..count).map(|page| PageDrop::value(this, page)).collect());
                Some(rendering.value(&["pages ", &count.to_string()].concat(), make))
            }
            "html_pages" => once(&|| {
                let is_html = |page: &usize| {
                    let entry = rendering.pages.get(*page);
                    entry.is_some_and(|entry| entry.page.is_html() || entry.page.url.path.ends_with('/'))
                };
                let pages = (0..rendering.pages.len()).filter(is_html);
                Value::list(pages.map(|page| PageDrop::value(this, page)).collect())
            }),
            "static_files" => once(&|| {
                let lists_all = site.settings.version.lists_files_of_collections();
                let files = site.static_files.iter().enumerate();
                let listed = files.filter(|(_, file)| lists_all || file.collection.is_none());
                Value::list(listed.map(|(file, _)| StaticFileDrop::value(this, file)).collect())
            }),
            "tags" => once(&|| self.groups(site.tags())),
            "categories" => once(&|| self.groups(site.categories())),
            "collections" => once(&|| {
                let mut by_label: Vec<usize> = (0..site.collections.len()).collect();
                let label = |&index: &usize| site.collections.get(index).map(|collection| &collection.label);
                order::sort_by(&mut by_label, |one, other| label(one).cmp(&label(other)));
                Value::list(by_label.into_iter().map(|index| CollectionDrop::value(this, index)).collect())
            }),
            "documents" => once(&|| self.documents(&rendering)),
            "data" => once(&|| match site.config.get("data") {
                Some(data) if !matches!(data, serde_yaml::Value::Null | serde_yaml::Value::Bool(false)) => {
                    Value::of_yaml(data)
                }
                _ => of_mapping(&site.data),
            }),
            "time" => Some(Value::Date(site.time)),
            "config" => Some(Value::Nil),
            "related_posts" => Some(match self.item {
                SiteItem::Document(document) => DocumentDrop::list(this, site.related_posts(document)),
                _ => Value::Nil,
            }),
            "github" if !site.config.contains_key("github") && rendering.has_plugin("jekyll-github-metadata") => {
                Some(Value::Unknown)
            }
            "archives" if rendering.has_plugin("jekyll-archives") => once(&|| {
                let is_archive = |page: &usize| rendering.pages.get(*page).is_some_and(|entry| entry.archive.is_some());
                let pages = (0..rendering.pages.len()).filter(is_archive);
                Value::list(pages.map(|page| PageDrop::value(this, page)).collect())
            }),
            _ if site.config.contains_key(key) => Some(rendering.config(key)),
            _ => None,
        }
    }

    fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = METHODS.map(str::to_owned).into();
        let rendering = self.rendering.upgrade();
        for key in rendering.iter().flat_map(|rendering| rendering.site.config.keys()).map(display) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    fn identity(&self) -> (&'static str, usize) {
        ("site", 0)
    }
}

impl fmt::Debug for SiteDrop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SiteDrop")
    }
}
