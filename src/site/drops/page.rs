//! A page: for Liquid a mapping of its front matter and a few parts more (convertible.rb, `to_liquid`; page.rb). In: a
//! page's number. Out: the parts that templates read. Neighbours: `page_renderer.rs` renders what they ask for.

use std::fmt;
use std::rc::{Rc, Weak};

use super::super::reads::ALL_FIELDS;
use super::super::rendering::{SiteItem, SiteRendering};
use super::{DocumentDrop, of_data};
use crate::liquid::{LiquidDrop, Value};
use crate::post::defaults;
use crate::post::yaml::display;

/// `ATTRIBUTES_FOR_LIQUID`
const ATTRIBUTES: [&str; 6] = ["content", "dir", "excerpt", "name", "path", "url"];

/// A page as Liquid sees it.
pub(in crate::site) struct PageDrop {
    rendering: Weak<SiteRendering>,
    page: usize,
    /// Whether its content is the one from before it was rendered.
    as_written: bool,
}

impl PageDrop {
    /// The page of that number.
    pub(in crate::site) fn value(rendering: &Weak<SiteRendering>, page: usize) -> Value {
        Value::Drop(Rc::new(Self { rendering: rendering.clone(), page, as_written: false }))
    }

    /// The same with the content that it had before it was rendered.
    pub(in crate::site) fn as_written(rendering: &Weak<SiteRendering>, page: usize) -> Value {
        Value::Drop(Rc::new(Self { rendering: rendering.clone(), page, as_written: true }))
    }

    /// Front matter, and the site's defaults under it.
    fn data(&self, rendering: &SiteRendering) -> Option<Value> {
        let state = rendering.state(SiteItem::Page(self.page))?;
        let page = &rendering.pages.get(self.page)?.page;
        let make = || {
            let mut data = page.defaults.clone();
            defaults::merge(&mut data, &page.data);
            of_data(rendering, &data, &page.dates)
        };
        Some(state.data.get_or_init(make).clone())
    }
}

impl LiquidDrop for PageDrop {
    fn get(&self, key: &str) -> Option<Value> {
        let rendering = self.rendering.upgrade()?;
        let page = &rendering.pages.get(self.page)?.page;
        let item = SiteItem::Page(self.page);
        rendering.note_field(item, key);
        let data = || match self.data(&rendering)? {
            Value::Hash(data) => data.get(key).cloned(),
            _ => None,
        };
        let archive = rendering.pages.get(self.page)?.archive.as_ref();
        Some(match key {
            // An archive has other parts (jekyll-archives, archive.rb).
            "posts" if archive.is_some() => {
                let posts = archive.into_iter().flatten().copied();
                DocumentDrop::list(&self.rendering, posts)
            }
            "content" | "dir" | "excerpt" if archive.is_some() => return data(),
            "content" if self.as_written => {
                rendering.note_read(item);
                rendering.source_text(item).map_or(Value::Nil, Value::from)
            }
            "content" => rendering.content(item).map_or(Value::Nil, Value::Str),
            "dir" => {
                let url = &page.url.path;
                url.rfind('/').and_then(|slash| url.get(..=slash)).unwrap_or("/").into()
            }
            "excerpt" => match data().filter(Value::is_true) {
                Some(Value::Str(text)) => Value::Str(text),
                Some(other) => other,
                None => rendering.excerpt(item).map_or(Value::Nil, Value::Str),
            },
            "name" => page.name.as_str().into(),
            "path" => match data() {
                Some(path) if !path.is_nil() => path,
                _ => page.relative_path.as_str().into(),
            },
            "url" => page.url.path.as_str().into(),
            _ => return data(),
        })
    }

    fn keys(&self) -> Vec<String> {
        let rendering = self.rendering.upgrade();
        if let Some(rendering) = &rendering {
            rendering.note_field(SiteItem::Page(self.page), ALL_FIELDS);
        }
        let data = rendering.as_ref().and_then(|rendering| self.data(rendering));
        let mut keys: Vec<String> = match &data {
            Some(Value::Hash(data)) => data.entries.iter().map(|(key, _)| key.to_string()).collect(),
            _ => Vec::new(),
        };
        for key in ATTRIBUTES {
            if !keys.iter().any(|known| known == key) {
                keys.push(key.to_owned());
            }
        }
        keys
    }

    fn identity(&self) -> (&'static str, usize) {
        ("page", self.page)
    }

    fn is_mapping(&self) -> bool {
        true
    }
}

impl fmt::Debug for PageDrop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PageDrop").field(&self.page).field(&display(&self.as_written.into())).finish()
    }
}
