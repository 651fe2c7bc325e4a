//! The site's settings: kept, read, and given a time zone by the browser. In: the text of a `_config.yml`. Out:
//! settings for everything that is shown. Neighbours: `post/site.rs` reads, `browser/time_zone.rs` asks the browser.

use std::rc::Rc;

use crate::app::page_controller::PageController;
use crate::post::jekyll_version::{JekyllVersion, VersionChoice};
use crate::storage::{load_jekyll_choices, save_jekyll_choices, save_site};

impl PageController {
    /// Takes other settings, stores them, and shows everything again with them.
    pub(crate) fn set_site(self: &Rc<Self>, text: Rc<str>) {
        // Without any settings there is no site that has a Jekyll.
        let is_forgotten = text.is_empty() && !self.open_site.is_open();
        let jekyll = if is_forgotten { VersionChoice::default() } else { self.site.jekyll() };
        self.set_site_and_jekyll(text, jekyll);
    }

    /// The same settings are read as those of a site that another Jekyll builds.
    pub(crate) fn set_jekyll(self: &Rc<Self>, version: Option<JekyllVersion>) {
        let jekyll = VersionChoice { chosen: version, ..self.site.jekyll() };
        self.set_site_and_jekyll(self.site.text(), jekyll);
    }

    /// Takes other settings, and which Jekyll builds their site.
    pub(crate) fn set_site_and_jekyll(self: &Rc<Self>, text: Rc<str>, jekyll: VersionChoice) {
        let is_read = self.site.settings().version == jekyll.version();
        let is_known = self.site.jekyll() == jekyll;
        if is_read && is_known && *self.site.text.borrow() == text {
            return;
        }
        let mut choices = load_jekyll_choices();
        choices.last = jekyll.version();
        save_jekyll_choices(&choices);
        save_site(&text);
        *self.site.jekyll.borrow_mut() = Some(jekyll);
        *self.site.text.borrow_mut() = text;
        self.read_site();
    }

    /// Reads the settings from their text, and shows everything again with them. Its code comes with `page_tools.rs`.
    pub(crate) fn read_site(self: &Rc<Self>) {
        self.site.read();
        self.editor.take_settings(self.site.settings());
        self.editor.show_anew();
        self.refresh_panel();
    }
}
