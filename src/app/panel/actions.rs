//! The panel: the line of the status bar, the open tab. In: pauses in typing, and what a person does in the panel. Out:
//! the line, edits of the front matter. Neighbours: `page_controller.rs` calls it; `view/panel/` makes the tokens,
//! `components/panel.rs` draws them, `events.rs` reads events; these come with `app/page_tools.rs`.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlElement, HtmlInputElement};

use crate::app::browser::dom::{document, focus_quietly, now_seconds};
use crate::app::browser::guard::{Stopped, guarded};
use crate::app::editor::host::EditorHost;
use crate::app::page_controller::PageController;
use crate::app::page_tools::loaded_page_tools;
use crate::app::panel::events::{PanelEvent, read_panel_event};
use crate::app::state::Action;
use crate::post::form::{self, FieldAction, FieldChange, Refusal};
use crate::post::jekyll_version::JekyllVersion;
use crate::render::{Renderer, tags_of};
use crate::storage::{Drafts, IndexedDb, read_file};
use crate::text::Severity;
use crate::view::panel::{Content, PanelView, Tab};
use crate::view::publication_view::{self, StatusLine};

/// At most so many other drafts are read for their tags, the last changed first.
const MOST_DRAFTS: usize = 200;

/// A longer draft, in bytes, is not read for its tags.
const LARGEST_DRAFT: usize = 200_000;

impl PageController {
    /// Brings the line of the status bar and the open tab to what is shown.
    pub(crate) fn refresh_panel(self: &Rc<Self>) {
        let renderer = self.editor.renderer.borrow();
        let Some(post) = renderer.site_post() else { return };
        let line = publication_view::line(post, &self.site.settings(), now_seconds()).into();
        drop(renderer);
        let tab = self.panel.shown.borrow().tab;
        let Some(tab) = tab else { return self.show_panel(PanelView { line, ..PanelView::default() }) };
        let Some(tools) = loaded_page_tools() else {
            self.show_panel(PanelView { tab: Some(tab), line, ..PanelView::default() });
            return self.load_panel();
        };
        (tools.show_tab)(self, tab, line);
    }

    /// Shows a tab of the panel, about the post that was rendered last. Its code comes with `page_tools.rs`.
    pub(crate) fn show_tab(self: &Rc<Self>, tab: Tab, line: Rc<StatusLine>) {
        let content = self.panel_content(tab);
        let tokens = self.editor.guarded_with_renderer(move |renderer: &Renderer| {
            let posts = renderer.post().zip(renderer.site_post());
            posts.map(|(post, site_post)| content.tokens(post, site_post))
        });
        match tokens {
            Ok(Some(tokens)) => self.show_panel(PanelView { tab: Some(tab), line, tokens: tokens.into() }),
            Ok(None) => {}
            Err(Stopped) => {
                self.editor.tools_stopped();
                self.choose_tab(None);
            }
        }
    }

    fn show_panel(&self, panel: PanelView) {
        if *self.panel.shown.borrow() != panel {
            *self.panel.shown.borrow_mut() = panel.clone();
            self.editor.dispatch.dispatch(Action::Panel(panel));
        }
    }

    fn panel_content(&self, tab: Tab) -> Content {
        let (text, typed) = (self.editor.text(), self.editor.textarea.text());
        let diagnosed =
            self.editor.diagnostics.from_checks.borrow().iter().map(|diagnostic| diagnostic.code.to_string()).collect();
        Content {
            tab,
            newer_text: (*typed != *text).then(|| typed.into()),
            text,
            now: now_seconds(),
            known_tags: Rc::clone(&self.editor.diagnostics.known_tags.borrow()),
            diagnosed,
            off: self.switched_off_checks(),
            config: self.site.text(),
            settings: self.site.settings(),
            jekyll: self.site.jekyll(),
        }
    }

    /// Loads what makes and draws the panel.
    fn load_panel(self: &Rc<Self>) {
        if self.panel.loading.replace(true) {
            return;
        }
        let page = Rc::clone(self);
        spawn_local(async move {
            let loaded = page.editor.load_tools().await.is_ok() && page.load_page_tools().await.is_ok();
            page.panel.loading.set(false);
            if loaded {
                page.editor.on_pause();
            } else {
                page.choose_tab(None);
                page.editor.tell("panel", Severity::Warning, "The panel could not be loaded. Is the network gone?");
            }
        });
    }

    /// Something was done in the panel.
    pub(crate) fn panel_event(self: &Rc<Self>, event: &Event) {
        let Some(wish) = read_panel_event(event) else { return };
        let page = Rc::clone(self);
        match wish {
            PanelEvent::Show(tab) => self.choose_tab(Tab::of_name(&tab)),
            // A field is changed by leaving it: the focus has to arrive before it can be given back.
            PanelEvent::Change(change) => {
                Timeout::new(0, move || page.change(&change)).forget();
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
            PanelEvent::Jekyll(code) => {
                let chosen = JekyllVersion::of_code(&code);
                if self.open_site.is_open() {
                    self.with_site_tools(Box::new(move |tools, page| (tools.choose_jekyll)(page, chosen)));
                } else {
                    self.set_jekyll(chosen);
                }
            }
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
        let shown = self.panel.shown.borrow().clone();
        if shown.tab == tab {
            return;
        }
        match tab {
            // What the last tab shows stays until this one's is there.
            Some(_) => self.show_panel(PanelView { tab, ..shown }),
            None => {
                self.show_panel(PanelView { line: shown.line, ..PanelView::default() });
                after_drawing(|| focus("show-panel"));
            }
        }
        self.refresh_panel();
        if tab == Some(Tab::FrontMatter) {
            self.with_tools(|tools, page| (tools.gather_tags)(page));
        }
        // The panes have another width.
        self.editor.want_editor_scroll();
    }

    /// Carries out a change of the form in the text; the focus stays where it is.
    fn change(self: &Rc<Self>, change: &FieldChange) {
        let text: Rc<str> = self.editor.textarea.text().into();
        let (whole, wanted) = (Rc::clone(&text), change.clone());
        let Ok(edit) = guarded(move || form::edit(&whole, &wanted)) else { return self.editor.tools_stopped() };
        let is_done = edit.is_ok();
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
        let field = ["field-", &change.key].concat();
        match change.what {
            FieldAction::Set(..) => after_drawing(move || show_default(&field)),
            FieldAction::Create(_) | FieldAction::Drop(_) if is_done => after_drawing(move || focus(&field)),
            _ => {}
        }
    }

    /// Asks the other drafts for their tags.
    pub(crate) fn gather_tags(self: &Rc<Self>) {
        self.panel.asked_for_tags.set(true);
        // A site that is open knows all of its tags.
        let Some(store) = self.draft.store().filter(|_| !self.open_site.is_open()) else { return };
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

/// Runs when the panel has been drawn.
fn after_drawing(run: impl FnOnce() + 'static) {
    Timeout::new(0, run).forget();
}

/// The field with that id shows what the text says: what was not taken does not stay in it.
fn show_default(id: &str) {
    let Some(field) = document().get_element_by_id(id) else { return };
    let field: &HtmlInputElement = field.unchecked_ref();
    if field.type_() == "checkbox" {
        field.set_checked(field.default_checked());
    } else if field.value() != field.default_value() {
        field.set_value(&field.default_value());
    }
}

fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let _ = element.unchecked_ref::<HtmlElement>().focus();
    }
}
