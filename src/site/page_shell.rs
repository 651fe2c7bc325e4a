//! What stands around the content of a page. In: an item. Out: the page with a mark in the place of its content, where
//! the layouts only write the content out; else the whole page. Neighbours: `page_renderer.rs` runs the layouts; the page
//! in the browser keeps the shell while the content changes.

use std::rc::Rc;

use super::plugins;
use super::rendering::{PageShell, SiteItem, SiteRendering, Stage};
use crate::liquid::{Template, VariableUse};

/// Stands in a shell where the content stands in the page: an HTML comment that no text contains by chance.
pub const CONTENT_PLACE: &str = "<!--\u{10FF02}apercu-content-->";

/// A content of so few bytes may stand in a page by chance.
const MIN_CONTENT: usize = 16;

impl SiteRendering {
    /// The page of an item around its content.
    pub fn shell(&self, item: SiteItem) -> PageShell {
        let Some(state) = self.state(item) else { return PageShell::default() };
        let whole = || {
            let html = self.output(item);
            let content = state.content.get().filter(|content| content.len() > MIN_CONTENT);
            let found = content.filter(|content| html.matches(&**content).count() == 1);
            let placed = found.map(|content| html.replacen(&*content, CONTENT_PLACE, 1).into());
            PageShell { html, is_apart: false, placed, excerpt: None }
        };
        if state.busy.get() || plugins::change_output(self) {
            return whole();
        }
        if let Some(known) = state.shell.borrow().as_ref().filter(|known| self.stands(item, known)) {
            return known.clone();
        }
        state.reads.borrow_mut().contents.remove(&item);
        self.content_use.set(VariableUse::Unused);
        let run = || self.in_layouts(item, CONTENT_PLACE.into());
        let html = self.while_rendering(item, state, Stage::Layout, run);
        let is_apart = self.content_use.get() <= VariableUse::Written
            && !state.reads.borrow().contents.contains(&item)
            && html.matches(CONTENT_PLACE).count() == 1;
        if !is_apart {
            return whole();
        }
        let reads_excerpt = state.reads.borrow().contents.contains(&item.excerpt());
        let excerpt = if reads_excerpt { self.excerpt(item) } else { None };
        let shell = PageShell { placed: Some(Rc::clone(&html)), html, is_apart, excerpt };
        state.shell.replace(Some(shell.clone()));
        shell
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
