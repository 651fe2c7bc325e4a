//! What the page knows of the site that is open, before the part that can do something with it has been loaded. In: an
//! open site. Out: the same again. Neighbours: `page_controller.rs` has it; `open_site.rs` is what is open.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use super::open_site::OpenSite;

/// The site that is open, if one is.
#[derive(Default)]
pub struct CurrentSite {
    /// An `OpenSite`. As anything, so that what it consists of comes with the part `site`.
    open: RefCell<Option<Rc<dyn Any>>>,
}

impl CurrentSite {
    /// The site. To be called in the part `site` only: it brings the code for sites along.
    pub fn get(&self) -> Option<Rc<OpenSite>> {
        self.open.borrow().clone()?.downcast().ok()
    }

    /// Whether one is open.
    pub fn is_open(&self) -> bool {
        self.open.borrow().is_some()
    }

    /// Another site is open now, or none.
    pub fn set(&self, site: Option<Rc<OpenSite>>) {
        *self.open.borrow_mut() = site.map(|site| site as Rc<dyn Any>);
    }
}
