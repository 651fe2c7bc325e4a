//! The item that is being rendered, as tags and filters of plugins see it. In: a rendering and an item. Out: values of
//! `page` and `site`. Neighbours: `environment.rs` has one; `plugins/` read it.

use std::cell::OnceCell;

use super::drops::{self, DocumentDrop, PageDrop};
use super::rendering::{SiteItem, SiteRendering};
use crate::liquid::Value;

/// The item that is being rendered.
pub(super) struct PageView<'r> {
    pub(super) rendering: &'r SiteRendering,
    pub(super) item: SiteItem,
    page: OnceCell<Value>,
    site: OnceCell<Value>,
}

impl<'r> PageView<'r> {
    pub(super) fn new(rendering: &'r SiteRendering, item: SiteItem) -> Self {
        Self { rendering, item, page: OnceCell::new(), site: OnceCell::new() }
    }

    /// `page`
    pub(super) fn page(&self) -> Value {
        let this = &self.rendering.this;
        let make = || match self.item {
            SiteItem::Document(document) => DocumentDrop::value(this, document),
            SiteItem::Excerpt(document) => DocumentDrop::excerpt(this, document),
            // Jekyll makes the mapping of a page before it renders it.
            SiteItem::Page(page) | SiteItem::PageExcerpt(page) => PageDrop::as_written(this, page),
        };
        self.page.get_or_init(make).clone()
    }

    /// `site`
    pub(super) fn site(&self) -> Value {
        self.site.get_or_init(|| drops::site(&self.rendering.this, self.item)).clone()
    }

    /// `paginator`
    pub(super) fn paginator(&self) -> Value {
        match self.item {
            SiteItem::Page(page) => drops::paginator(self.rendering, page),
            _ => Value::Nil,
        }
    }
}
