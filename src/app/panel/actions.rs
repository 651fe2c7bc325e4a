//! The panel: the line of the status bar, the open tab. In: pauses in typing, and what a person does in the panel. Out:
//! the line, edits of the front matter. Neighbours: `page_controller.rs` calls it; `app/panel/` has the tokens,
//! `nodes.rs` draws them, `events.rs` reads events; both come with `app/tools.rs`.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlElement, HtmlInputElement};

use crate::app::browser::dom::{by_id, document, element, focus_quietly, now_seconds};
use crate::app::browser::event_listener::EventListener;
use crate::app::browser::event_listener::on_event;
use crate::app::browser::guard::guarded;
use crate::app::editor::host::EditorHost;
use crate::app::page_controller::PageController;
use crate::app::panel::events::PanelEvent;
use crate::app::state::Action;
use crate::post::form::{Change, Refusal};
use crate::render::{Renderer, tags_of};
use crate::storage::{Drafts, IndexedDb, read_file};
use crate::text::Severity;
use crate::view::panel::{Content, Panel, Tab};
use crate::view::publication_view;

/// At most so many other drafts are read for their tags, the last changed first.
const MOST_DRAFTS: usize = 200;

/// A longer draft, in bytes, is not read for its tags.
const LARGEST_DRAFT: usize = 200_000;

fn host() -> HtmlElement {
    by_id("panel-host")
}

impl PageController {
    /// Brings the line of the status bar and the open tab to what is shown.
    pub(crate) fn refresh_panel(self: &Rc<Self>) {
        let renderer = self.editor.renderer.borrow();
        let Some(post) = renderer.site_post() else { return };
        let line = publication_view::line(post, &self.site.settings(), now_seconds()).into();
        drop(renderer);
        let tab = self.panel.shown.borrow().tab;
        self.show_panel(Panel { tab, line });
        if let Some(tab) = tab {
            self.draw_panel(tab);
        }
    }

    fn show_panel(&self, panel: Panel) {
        if *self.panel.shown.borrow() != panel {
            *self.panel.shown.borrow_mut() = panel.clone();
            self.editor.dispatch.dispatch(Action::Panel(panel));
        }
    }

    fn draw_panel(self: &Rc<Self>, tab: Tab) {
        let Some(tools) = self.editor.tools.get() else {
            self.load_panel();
            return;
        };
        let (text, typed) = (self.editor.text(), self.editor.textarea.text());
        let diagnosed =
            self.editor.diagnostics.from_checks.borrow().iter().map(|diagnostic| diagnostic.code.to_string()).collect();
        let content = Content {
            tab,
            newer_text: (*typed != *text).then(|| typed.into()),
            text,
            now: now_seconds(),
            known_tags: Rc::clone(&self.editor.diagnostics.known_tags.borrow()),
            diagnosed,
            off: self.switched_off_checks(),
            config: self.site.text(),
            settings: self.site.settings(),
        };
        let draw = move |renderer: &Renderer| (tools.draw_panel)(&host(), &content, renderer);
        let drawn = self.panel.changed(|| self.editor.guarded_with_renderer(draw));
        if drawn.is_err() {
            self.editor.tools_stopped();
            self.choose_tab(None);
        } else if self.panel.wants_focus.take() && !self.editor.textarea.is_focused() {
            focus(&["tab-", tab.name()].concat());
        }
    }

    /// Loads what draws the panel; it says so where it would stand.
    fn load_panel(self: &Rc<Self>) {
        if host().first_child().is_none() {
            let panel = element("aside", "");
            panel.set_id("panel");
            let _ = panel.set_attribute("aria-label", "About the post");
            let _ = panel.set_attribute("aria-busy", "true");
            panel.set_text_content(Some("Loading…"));
            let _ = host().append_child(&panel);
        }
        if self.panel.loading.replace(true) {
            return;
        }
        let page = Rc::clone(self);
        spawn_local(async move {
            let loaded = page.editor.load_tools().await;
            page.panel.loading.set(false);
            if loaded.is_ok() {
                page.editor.on_pause();
            } else {
                page.choose_tab(None);
                page.editor.tell("panel", Severity::Warning, "The panel could not be loaded. Is the network gone?");
            }
        });
    }

    /// Listens to everything in the panel.
    pub(crate) fn listen_to_panel(self: &Rc<Self>) -> impl Iterator<Item = EventListener> {
        ["click", "change", "keydown", "focusout"].into_iter().map(|name| on_event(self, &host(), name, panel_event))
    }

    /// Something was done in the panel.
    pub(crate) fn panel_event(self: &Rc<Self>, event: &Event) {
        let Some(tools) = self.editor.tools.get() else { return };
        let copy = event.clone();
        let Ok(wish) = guarded(move || (tools.read_panel_event)(&copy)) else { return self.editor.tools_stopped() };
        let Some(wish) = wish else { return };
        let page = Rc::clone(self);
        match wish {
            PanelEvent::Show(tab) => self.choose_tab(Tab::of_name(&tab)),
            // A field is changed by leaving it: the focus has to arrive before it can be given back.
            PanelEvent::Change(change) => {
                Timeout::new(0, move || page.change(change)).forget();
            }
            PanelEvent::Check(on, code) => {
                self.remember(|preferences| {
                    preferences.dismissed.retain(|known| *known != code);
                    if !on {
                        preferences.dismissed.push(code);
                    }
                });
                self.editor.on_pause();
            }
            PanelEvent::Site(text) => self.set_site(text.into()),
            PanelEvent::SiteFile => {
                let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
                let Some(file) = field.and_then(|field| field.files()?.get(0)) else { return };
                spawn_local(async move {
                    match read_file(&file).await {
                        Ok(file) => page.set_site(file.text.into()),
                        Err(error) => page.editor.tell("site", Severity::Error, error.message()),
                    }
                });
            }
        }
    }

    /// Opens a tab, or closes the panel.
    pub(crate) fn choose_tab(self: &Rc<Self>, tab: Option<Tab>) {
        let Panel { tab: before, line } = self.panel.shown.borrow().clone();
        if before == tab {
            return;
        }
        self.panel.wants_focus.set(before.is_none());
        self.show_panel(Panel { tab, line });
        if tab.is_none() {
            self.panel.changed(|| host().set_text_content(None));
            Timeout::new(0, || focus("show-panel")).forget();
        }
        self.refresh_panel();
        if tab == Some(Tab::FrontMatter) {
            self.with_tools(|tools, page| (tools.gather_tags)(page));
        }
        // The panes have another width.
        self.editor.want_editor_scroll();
    }

    /// Carries out a change of the form in the text; the focus stays where it is.
    fn change(self: &Rc<Self>, change: Change) {
        let Some(tools) = self.editor.tools.get() else { return };
        let text: Rc<str> = self.editor.textarea.text().into();
        let whole = Rc::clone(&text);
        let Ok(edit) = guarded(move || (tools.edit_of_form)(&whole, &change)) else {
            return self.editor.tools_stopped();
        };
        match edit {
            Ok(edit) => {
                let focused = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
                self.editor.edit(&text, &edit);
                if let Some(focused) = focused.filter(|element| element.id() != "editor") {
                    focus_quietly(&focused);
                }
            }
            Err(Refusal::Same) => {}
            Err(Refusal::Impossible) => {
                self.editor.tell(
                    "form",
                    Severity::Warning,
                    "That cannot be written into the front matter as it stands.",
                );
            }
        }
        self.refresh_panel();
    }

    /// Asks the other drafts for their tags.
    pub(crate) fn gather_tags(self: &Rc<Self>) {
        let Some(store) = self.draft.store() else { return };
        self.panel.asked_for_tags.set(true);
        let page = Rc::clone(self);
        spawn_local(async move {
            let tags: Rc<[String]> = page.tags_in(&store).await.into();
            if *page.editor.diagnostics.known_tags.borrow() != tags {
                *page.editor.diagnostics.known_tags.borrow_mut() = tags;
                page.editor.on_pause();
            }
        });
    }

    async fn tags_in(&self, store: &IndexedDb) -> Vec<String> {
        let current = self.draft.with_draft(|draft| draft.id);
        let mut tags: Vec<String> = Vec::new();
        let Ok(listing) = store.list().await else { return tags };
        let others = listing
            .drafts
            .iter()
            .filter(|draft| draft.deleted_ms.is_none() && draft.id != current && draft.bytes <= LARGEST_DRAFT);
        for draft in others.take(MOST_DRAFTS) {
            let Ok(Some(draft)) = store.load(draft.id).await else { continue };
            for tag in tags_of(&draft.text) {
                if !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
        }
        tags
    }
}

fn panel_event(page: &Rc<PageController>, event: &Event) {
    if page.panel.changing.get() {
        return;
    }
    // An event does not wait: what asks is in the panel, which the same part has drawn.
    let event = event.clone();
    page.with_tools(move |tools, page| (tools.panel_event)(page, &event));
}

fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let _ = element.unchecked_ref::<HtmlElement>().focus();
    }
}
