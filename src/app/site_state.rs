//! The settings of the person's site, and the text that they stand in. In: the text of a `_config.yml`. Out: settings.
//! Neighbours: `site.rs` takes others; `post/site.rs` reads, `browser/time_zone.rs` asks the browser.

use crate::app::browser::time_zone::zone;
use crate::post::jekyll_version::VersionChoice;
use crate::post::site::{self, SiteSettings};
use crate::storage::{load_jekyll_choices, load_site};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The settings of the person's site.
#[derive(Default)]
pub struct SiteState {
    pub(crate) text: RefCell<Rc<str>>,
    pub(crate) settings: RefCell<Rc<SiteSettings>>,
    /// Which Jekyll they are read as; `None` before the settings that were kept have been read.
    pub(crate) jekyll: RefCell<Option<VersionChoice>>,
    /// Whether the settings are not those of the text yet.
    pub(crate) unread: Cell<bool>,
}

impl SiteState {
    /// The settings.
    pub fn settings(&self) -> Rc<SiteSettings> {
        Rc::clone(&self.settings.borrow())
    }

    /// The text that they stand in.
    pub fn text(&self) -> Rc<str> {
        Rc::clone(&self.text.borrow())
    }

    /// Takes the text that was stored. Whether there is one.
    pub fn load(&self) -> bool {
        *self.text.borrow_mut() = load_site().into();
        self.unread.set(!self.text.borrow().is_empty());
        self.is_unread()
    }

    /// Whether the settings have not been read from the text yet.
    pub fn is_unread(&self) -> bool {
        self.unread.get()
    }

    /// Which Jekyll the settings are read as: at first what they were read as at the last visit.
    pub fn jekyll(&self) -> VersionChoice {
        let known = || VersionChoice { chosen: Some(load_jekyll_choices().last), guess: None };
        self.jekyll.borrow_mut().get_or_insert_with(known).clone()
    }

    pub(crate) fn read(&self) {
        let last = self.settings();
        let known = |name: &str| if last.zone.name() == name { Some(last.zone.clone()) } else { zone(name) };
        let settings = site::read_with_zones(&self.text(), self.jekyll().version(), known).settings;
        self.unread.set(false);
        *self.settings.borrow_mut() = Rc::new(settings);
    }
}
