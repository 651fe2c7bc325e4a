//! What stands around the content of a page. In: an item. Out: the page with a mark in the place of its content, where
//! the layouts only write the content out; else the whole page. Neighbours: `page_renderer.rs` runs the layouts; the page
//! in the browser keeps the shell while the content changes.

use std::rc::Rc;

use super::plugins;
use super::rendering::{SiteItem, SiteRendering, Stage};
use crate::liquid::{Template, VariableUse};

/// Stands in a shell where the content stands in the page: an HTML comment that no text contains by chance.
pub const CONTENT_PLACE: &str = "<!--\u{10FF02}apercu-content-->";

/// A page without its content, or with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageShell {
    /// HTML, **not** sanitized: never put it into a page as it is. What is not known stands in it as chips.
    pub html: Rc<str>,
    /// Whether `CONTENT_PLACE` stands once in `html` and everything else stays the same whatever the content is. If not,
    /// `html` is the whole page.
    pub is_apart: bool,
    /// The excerpt of the page, where something around the content shows it.
    excerpt: Option<Rc<str>>,
}

impl SiteRendering {
    /// The page of an item around its content.
    pub fn shell(&self, item: SiteItem) -> PageShell {
        let whole = || PageShell { html: self.output(item), is_apart: false, excerpt: None };
        let Some(state) = self.state(item) else { return whole() };
        if state.busy.get() || plugins::change_output(self) {
            return whole();
        }
        state.has_read.borrow_mut().remove(&item);
        self.content_use.set(VariableUse::Unused);
        let run = || self.in_layouts(item, CONTENT_PLACE.into());
        let html = self.while_rendering(item, state, Stage::Layout, run);
        let is_apart = self.content_use.get() <= VariableUse::Written
            && !state.has_read.borrow().contains(&item)
            && html.matches(CONTENT_PLACE).count() == 1;
        if !is_apart {
            return whole();
        }
        let reads_excerpt = state.has_read.borrow().contains(&item.excerpt());
        let excerpt = if reads_excerpt { self.excerpt(item) } else { None };
        PageShell { html, is_apart, excerpt }
    }

    /// Whether a shell that was made before `set_body` is still that of the page.
    pub fn stands(&self, item: SiteItem, shell: &PageShell) -> bool {
        shell.is_apart && (shell.excerpt.is_none() || shell.excerpt == self.excerpt(item))
    }

    /// How a template uses `content`, looked at once.
    pub(super) fn use_of_content(&self, template: &Rc<Template>) -> VariableUse {
        if let Some(known) = self.content_uses.borrow().get(&**template.path()) {
            return *known;
        }
        let found = template.use_of("content");
        self.content_uses.borrow_mut().insert(template.path().to_string(), found);
        found
    }
}
