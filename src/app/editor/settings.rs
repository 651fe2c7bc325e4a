//! How an editor reads and shows texts. In: what the page or the element says. Out: the same again. Neighbours:
//! `controller.rs` owns it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::app::state::Theme;
use crate::post::site::SiteSettings;

/// The settings of one editor.
pub struct EditorSettings {
    /// The site that posts are read on.
    pub site: RefCell<Rc<SiteSettings>>,
    /// Light, dark, or the system's.
    pub theme: Cell<Theme>,
    /// The language of posts that name none.
    pub language: RefCell<Rc<str>>,
    /// Whether texts are bodies alone, without front matter.
    pub body_only: Cell<bool>,
    /// Whether shortcuts are those of an Apple keyboard.
    pub apple: Cell<bool>,
}

impl Default for EditorSettings {
    fn default() -> Self {
        Self {
            site: RefCell::default(),
            theme: Cell::default(),
            language: RefCell::new("en".into()),
            body_only: Cell::new(false),
            apple: Cell::new(false),
        }
    }
}
