//! Other hosts that a page of the site names: asked for once, and kept for the site. In: addresses, answers. Out: those that
//! may be loaded. Neighbours: `storage/` keeps the answers; `site_page.rs` shows the page.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use gloo::timers::callback::Timeout;

use super::SitePage;
use crate::app::page_with_scripts::elsewhere;
use crate::app::state::{Action, Message, Offer};
use crate::storage::{SitePermission, load_site_permissions, save_site_permissions};
use crate::text::Severity;

/// How long after a page is shown its pictures are known, in milliseconds.
const ASK_AFTER_MS: u32 = 100;

/// The other hosts that a page names, and whether it may load something from them.
#[derive(Default)]
pub(super) struct OtherHosts {
    pub(super) permission: RefCell<SitePermission>,
    pub(super) named: RefCell<BTreeSet<String>>,
    /// How many of them the bar has been told of.
    pub(super) told: Cell<usize>,
    pub(super) asking: RefCell<Option<Timeout>>,
}

impl OtherHosts {
    /// The full address of what lies on another host, if it may be loaded.
    pub(super) fn address(&self, address: &str) -> Option<String> {
        let (full, host) = elsewhere(address)?;
        let allowed = self.permission.borrow().hosts.contains(&host);
        self.named.borrow_mut().insert(host);
        allowed.then_some(full)
    }
}

impl SitePage {
    /// Asks whether what other hosts have may be loaded, once for each site and host.
    fn ask_for_hosts(&self) {
        let mut permission = self.hosts.permission.borrow_mut();
        let named = self.hosts.named.borrow();
        let unknown: Vec<String> = named.iter().filter(|host| permission.is_unknown(host)).cloned().collect();
        let Some(page) = self.page.upgrade() else { return };
        if unknown.is_empty() {
            drop((permission, named));
            return page.refresh_preview_bar();
        }
        permission.refused.extend(unknown);
        let hosts: Vec<&str> = permission.refused.iter().map(String::as_str).collect();
        let text = [
            "The site's page takes styles, pictures, fonts or scripts from ",
            &hosts.join(", "),
            ". They are not loaded.",
        ];
        let offer = Some(("Load them", Offer::LoadStyles));
        let message = Message { key: "styles", severity: Severity::Note, text: text.concat().into(), offer };
        page.editor.dispatch.dispatch(Action::Tell(message));
        keep_permission(&self.open.name, &permission);
        drop((permission, named));
        page.refresh_preview_bar();
        page.refresh_side_bar();
    }

    /// Asks when the page has been shown: its pictures are known then. The bar above the preview is told, too.
    pub(super) fn ask_soon(&self) {
        let named = self.hosts.named.borrow().len();
        if self.hosts.told.replace(named) != named {
            let this = self.this.clone();
            *self.hosts.asking.borrow_mut() = Some(Timeout::new(ASK_AFTER_MS, move || {
                if let Some(page) = this.upgrade() {
                    page.ask_for_hosts();
                }
            }));
        }
    }

    /// The person allows what other hosts have, or not any more.
    pub(super) fn answer_for_hosts(&self, allowed: bool) {
        self.hosts.permission.borrow_mut().answer(allowed);
        keep_permission(&self.open.name, &self.hosts.permission.borrow());
        self.rendered.borrow_mut().forget_page();
        if let Some(page) = self.page.upgrade() {
            page.editor.show_anew();
            page.refresh_preview_bar();
            page.refresh_side_bar();
        }
    }
}

/// Keeps what the pages of a site may do.
pub(super) fn keep_permission(folder: &str, permission: &SitePermission) {
    let mut all = load_site_permissions();
    all.set(folder, permission.clone());
    save_site_permissions(&all);
}
