//! The site's settings: kept, read, and given a time zone by the browser. In: the text of a `_config.yml`. Out:
//! settings for everything that is shown. Neighbours: `post/site.rs` reads, `zone.rs` asks the browser.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::app::browser::time_zone::zone;
use crate::app::workbench::Workbench;
use crate::post::site::{self, SiteSettings};
use crate::storage::{load_site, save_site};

/// The settings of the person's site.
#[derive(Default)]
pub struct Site {
    text: RefCell<Rc<str>>,
    settings: RefCell<Rc<SiteSettings>>,
    /// Whether the settings are not those of the text yet.
    unread: Cell<bool>,
}

impl Site {
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

    fn read(&self) {
        let last = self.settings();
        let known = |name: &str| if last.zone.name() == name { Some(last.zone.clone()) } else { zone(name) };
        let settings = site::read_with_zones(&self.text(), known).settings;
        self.unread.set(false);
        *self.settings.borrow_mut() = Rc::new(settings);
    }
}

impl Workbench {
    /// Takes other settings, stores them, and shows everything anew with them.
    pub(crate) fn set_site(self: &Rc<Self>, text: Rc<str>) {
        if *self.site.text.borrow() == text {
            return;
        }
        save_site(&text);
        *self.site.text.borrow_mut() = text;
        self.read_site();
    }

    /// Reads the settings from their text, and shows everything anew with them. Its code comes with `page_tools.rs`.
    pub(crate) fn read_site(self: &Rc<Self>) {
        self.site.read();
        self.take_settings(self.site.settings());
        self.show_anew();
        self.refresh_panel();
    }
}
