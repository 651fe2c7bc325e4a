//! What the page knows of the site that is open, before the part that can do something with it has been loaded. In: an
//! open site. Out: the same again. Neighbours: `page_controller.rs` has it; `site_session.rs` is in it.

use std::any::Any;
use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use super::open_site::OpenSite;
use super::site_session::SiteSession;

/// The site that is open, if one is.
#[derive(Default)]
pub struct CurrentSite {
    /// A `SiteSession`. As anything, so that what it consists of comes with the part `site`.
    session: OnceCell<Rc<dyn Any>>,
    open: Cell<bool>,
    text_only: Cell<bool>,
}

impl CurrentSite {
    /// Everything about it. To be called in the part `site` only: it brings the code for sites along.
    pub fn session(&self) -> Option<Rc<SiteSession>> {
        Rc::clone(self.session.get_or_init(|| Rc::new(SiteSession::default()))).downcast().ok()
    }

    /// The site. To be called in the part `site` only.
    pub fn get(&self) -> Option<Rc<OpenSite>> {
        self.session()?.open.borrow().clone()
    }

    /// Another site is open now, or none. To be called in the part `site` only.
    pub fn set(&self, site: Option<Rc<OpenSite>>) {
        self.open.set(site.is_some());
        if let Some(session) = self.session() {
            *session.open.borrow_mut() = site;
        }
    }

    /// Whether one is open.
    pub fn is_open(&self) -> bool {
        self.open.get()
    }

    /// Whether the file in the editor is neither a post nor a page: a layout, a style, data.
    pub fn shows_text_only(&self) -> bool {
        self.text_only.get()
    }

    pub(crate) fn set_text_only(&self, text_only: bool) -> bool {
        self.text_only.replace(text_only) != text_only
    }
}
