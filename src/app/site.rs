//! The site's settings: kept, read, and given a time zone by the browser. In: the text of a `_config.yml`. Out:
//! settings for everything that is shown. Neighbours: `post/site.rs` reads, `zone.rs` asks the browser.

use std::cell::RefCell;
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

    /// Takes what was kept.
    pub fn load(&self) {
        let text = load_site();
        if !text.is_empty() {
            self.read(text.into());
        }
    }

    fn read(&self, text: Rc<str>) {
        let mut settings = site::read(&text).settings;
        let zone = settings.unknown_zone().and_then(|name| {
            let last = self.settings();
            if last.zone.name() == name { Some(last.zone.clone()) } else { zone(name) }
        });
        if let Some(zone) = zone {
            settings.zone = zone;
        }
        *self.settings.borrow_mut() = Rc::new(settings);
        *self.text.borrow_mut() = text;
    }
}

impl Workbench {
    /// Takes other settings, keeps them, and shows everything anew with them.
    pub(crate) fn set_site(self: &Rc<Self>, text: Rc<str>) {
        if *self.site.text.borrow() == text {
            return;
        }
        save_site(&text);
        self.site.read(text);
        self.take_settings(self.site.settings());
        self.show_anew();
        self.refresh_panel();
    }
}
