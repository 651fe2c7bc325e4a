//! What a person wants to see of the open site in the preview. In: choices in the bar above it. Out: the page with or without
//! its scripts, the post alone. Neighbours: `preview_bar/` has the bar; `site_page.rs` shows the page.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::other_hosts::keep_permission;
use super::{SitePage, follow};
use crate::app::components::{PreviewWish, ShownChoice, SitePreviewView};
use crate::app::page_controller::PageController;
use crate::app::page_with_scripts::{ScriptedEvent, ScriptsFrame};
use crate::app::state::Action;
use crate::storage::{Dialects, ShownAs, load_preview_settings, load_site_permissions, save_preview_settings};
use crate::text::Severity;

/// What the person wants to see of a page.
#[derive(Clone, Default)]
pub(super) struct PageChoice {
    /// The post without its page.
    pub(super) alone: bool,
    /// The frame for the page with its scripts.
    pub(super) scripts: Option<Rc<ScriptsFrame>>,
}

thread_local! {
    /// The page that is shown, and the frame with its scripts.
    pub(super) static SHOWN: RefCell<Weak<SitePage>> = const { RefCell::new(Weak::new()) };
    pub(super) static SCRIPTS: RefCell<Option<Rc<ScriptsFrame>>> = const { RefCell::new(None) };
}

/// The page that is shown.
fn shown_page() -> Option<Rc<SitePage>> {
    SHOWN.with_borrow(Weak::upgrade)
}

/// What is to be seen of the page of the file at `path`.
pub(super) fn wanted(page: &Rc<PageController>, path: Option<&str>) -> PageChoice {
    let Some(open) = page.open_site.get().filter(|_| path.is_some()) else { return PageChoice::default() };
    if load_preview_settings().shown == ShownAs::Post {
        return PageChoice { alone: true, scripts: None };
    }
    let is_running = RUNNING.with_borrow(|name| name.as_ref() == Some(&open.name));
    let runs = is_running || load_site_permissions().of(&open.name).scripts;
    if !runs || page.editor.dialects() == Dialects::Both {
        return PageChoice::default();
    }
    let scripts = SCRIPTS.with_borrow(Clone::clone).or_else(|| scripts_frame(page));
    PageChoice { alone: false, scripts }
}

/// A frame for pages with scripts. The build gives its document the name of the other with an addition.
fn scripts_frame(page: &Rc<PageController>) -> Option<Rc<ScriptsFrame>> {
    let site = page.editor.preview.frame.get_attribute("data-site")?;
    let address = [site.strip_suffix(".html")?, "-with-scripts.html"].concat();
    let page = Rc::downgrade(page);
    Some(ScriptsFrame::new(address, move |event| {
        let Some((page, shown)) = page.upgrade().zip(shown_page()) else { return };
        match event {
            ScriptedEvent::Loaded => {
                RUNNING.set(Some(shown.open.name.clone()));
                shown.keep_scripts(true);
            }
            ScriptedEvent::Link(address) => shown.open_written_link(&address),
            ScriptedEvent::NotLoaded => {
                stop_scripts(&page, "Is the network gone? The page with its scripts could not be loaded.")
            }
            ScriptedEvent::Left => stop_scripts(&page, "The scripts of the page led it elsewhere."),
            ScriptedEvent::TookFocus => stop_scripts(&page, "The scripts of the page took the focus from the editor."),
        }
    }))
}

thread_local! {
    /// The folder of the site whose scripts run: what is kept of it says so only when they have come to an end.
    static RUNNING: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The scripts did what they may not do.
fn stop_scripts(page: &Rc<PageController>, what: &str) {
    run_scripts(page, false);
    page.editor.tell("scripts", Severity::Warning, [what, " It is shown without them."].concat());
}

/// The pages of the site run their scripts from now on, or not any more.
fn run_scripts(page: &Rc<PageController>, run: bool) {
    let Some(open) = page.open_site.get() else { return };
    RUNNING.set(run.then(|| open.name.clone()));
    let mut permission = load_site_permissions().of(&open.name);
    permission.scripts = run;
    keep_permission(&open.name, &permission);
    follow(page, page.path_in_editor().as_deref());
    page.refresh_side_bar();
}

/// What the bar above the preview shows of the site.
pub fn preview_view(page: &Rc<PageController>) -> Option<SitePreviewView> {
    let open = page.open_site.get()?;
    let shown = match page.editor.dialects() {
        Dialects::GitHub => ShownChoice::GitHub,
        Dialects::Both => ShownChoice::Both,
        Dialects::Jekyll if load_preview_settings().shown == ShownAs::Post => ShownChoice::Post,
        Dialects::Jekyll => ShownChoice::Page,
    };
    let permission = load_site_permissions().of(&open.name);
    let named = shown_page().map(|page| page.hosts.named.borrow().clone()).unwrap_or_default();
    let hosts: Vec<String> = named.iter().filter(|host| !permission.is_unknown(host)).cloned().collect();
    let hosts_allowed = !hosts.is_empty() && hosts.iter().all(|host| permission.hosts.contains(host));
    let scripts = SCRIPTS.with_borrow(Option::is_some);
    Some(SitePreviewView { shown, hosts: hosts.join(", ").into(), hosts_allowed, scripts })
}

/// Does what the person wants of the page in the preview.
pub fn carry_out_for_preview(page: &Rc<PageController>, wish: PreviewWish) {
    match wish {
        PreviewWish::Show(choice) => {
            let mut settings = load_preview_settings();
            if matches!(choice, ShownChoice::Page | ShownChoice::Post) {
                settings.shown = if choice == ShownChoice::Post { ShownAs::Post } else { ShownAs::Page };
                save_preview_settings(&settings);
            }
            let dialects = match choice {
                ShownChoice::Page | ShownChoice::Post => Dialects::Jekyll,
                ShownChoice::GitHub => Dialects::GitHub,
                ShownChoice::Both => Dialects::Both,
            };
            let is_shown = dialects == page.editor.dialects();
            if !is_shown || dialects != page.editor.tools.chosen.get() {
                page.editor.choose_dialects(dialects);
            }
            if is_shown {
                follow(page, page.path_in_editor().as_deref());
            }
        }
        PreviewWish::AllowHosts(allowed) => {
            if let Some(shown) = shown_page() {
                page.editor.dispatch.dispatch(Action::Dismiss("styles"));
                shown.answer_for_hosts(allowed);
            }
        }
        PreviewWish::RunScripts(run) => run_scripts(page, run),
        PreviewWish::Width(_) | PreviewWish::SwitchScheme | PreviewWish::Print | PreviewWish::Share => {}
    }
}

/// Prints the page with its scripts. Whether it is shown with them.
pub fn print_with_scripts() -> bool {
    let scripts = SCRIPTS.with_borrow(Clone::clone);
    if let Some(scripts) = &scripts {
        scripts.print();
    }
    scripts.is_some()
}
