//! The site's settings: kept, read, and given a time zone by the browser. In: the text of a `_config.yml`. Out:
//! settings for everything that is shown. Neighbours: `post/site.rs` reads, `browser/time_zone.rs` asks the browser.

use std::rc::Rc;

use crate::app::page_controller::PageController;
use crate::storage::save_site;

impl PageController {
    /// Takes other settings, stores them, and shows everything again with them.
    pub(crate) fn set_site(self: &Rc<Self>, text: Rc<str>) {
        if *self.site.text.borrow() == text {
            return;
        }
        save_site(&text);
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
