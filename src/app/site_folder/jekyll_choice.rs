//! Which Jekyll the open site is read as. In: a choice in the panel. Out: the site read again, and all that is shown of it.
//! Neighbours: `open_site.rs` knows what the site's files say; `storage/` keeps the choice.

use std::rc::Rc;

use super::open_site::OpenSite;
use crate::app::page_controller::PageController;
use crate::post::jekyll_version::JekyllVersion;
use crate::storage::{load_jekyll_choices, save_jekyll_choices};

impl PageController {
    /// The site that is open is read as that Jekyll builds it from now on; as its files say where none is chosen.
    pub(crate) fn choose_jekyll(self: &Rc<Self>, chosen: Option<JekyllVersion>) {
        let Some(site) = self.open_site.get() else { return };
        let mut choices = load_jekyll_choices();
        choices.set(&site.name, chosen);
        save_jekyll_choices(&choices);
        self.take_text_into_site();
        site.set_jekyll(chosen);
        self.show_site_anew(&site);
    }

    /// The site was read otherwise: everything that is shown follows.
    pub(crate) fn show_site_anew(self: &Rc<Self>, site: &OpenSite) {
        self.use_site_settings(site);
        if let Some(session) = self.open_site.session() {
            session.followed.take();
        }
        self.follow_in_preview(self.path_in_editor().as_deref());
        self.refresh_side_bar();
    }
}
