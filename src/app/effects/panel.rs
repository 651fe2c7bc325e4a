//! The panel: the line of the status bar, the open tab. In: pauses in typing, and what a person does in the panel. Out:
//! the panel's content, edits of the front matter. Neighbours: `workbench.rs` calls it, `post/form.rs` and
//! `app/publication_view.rs` know what to say.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, HtmlInputElement};

use super::desk::Owner;
use super::dom::{document, focus_quietly, now_seconds};
use super::workbench::Workbench;
use crate::app::components::PanelIntent;
use crate::app::panel::{CheckRow, Content, Panel, Tab};
use crate::app::publication_view;
use crate::app::state::Action;
use crate::checks::TITLES;
use crate::post::form::{self, Change, Refusal, What};
use crate::post::publication;
use crate::storage::{Drafts, IndexedDb, read_file};
use crate::text::Severity;

/// What is said where the module that makes edits cannot be loaded.
const FORM_MISSING: &str =
    "What edits the front matter could not be loaded. Is the network gone? The text can be edited.";

/// So many other drafts are asked for their tags, the last changed first, …
const MOST_DRAFTS: usize = 200;

/// … if they have at most so many bytes.
const LARGEST_DRAFT: usize = 200_000;

/// The panel.
#[derive(Default)]
pub struct PanelSide {
    pub(super) shown: RefCell<Panel>,
    pub(super) asked_for_tags: Cell<bool>,
}

impl Workbench {
    /// Brings the line of the status bar and the open tab to what is shown.
    pub(super) fn refresh_panel(&self) {
        let session = self.session.borrow();
        let Some(post) = session.post() else { return };
        let (settings, now) = (self.site.settings(), now_seconds());
        let mut panel = self.panel.shown.borrow().clone();
        panel.line = publication_view::line(post, &settings, now).into();
        panel.content = match panel.tab {
            None => Content::None,
            Some(Tab::Publication) => {
                let known = publication::of(post, &self.text(), &settings, now);
                Content::Publication(publication_view::of(&known, &settings, session.options()).into())
            }
            Some(Tab::FrontMatter) => Content::FrontMatter(
                form::of(&self.textarea.text()).into(),
                Rc::clone(&self.checking.known_tags.borrow()),
            ),
            Some(Tab::Checks) => Content::Checks(self.check_rows()),
            Some(Tab::Site) => Content::Site(self.site.view().into()),
        };
        drop(session);
        self.show_panel(panel);
    }

    fn show_panel(&self, panel: Panel) {
        if *self.panel.shown.borrow() != panel {
            *self.panel.shown.borrow_mut() = panel.clone();
            self.dispatch.dispatch(Action::Panel(panel));
        }
    }

    fn check_rows(&self) -> Rc<[CheckRow]> {
        let off = self.dismissed();
        let findings = self.checking.findings.borrow();
        let rows = TITLES.iter().map(|&(code, title)| CheckRow {
            code,
            title,
            on: !off.iter().any(|off| off == code),
            found: findings.iter().filter(|found| found.code == code).count(),
        });
        rows.collect()
    }

    /// Does what a person wants of the panel.
    pub(super) fn handle_panel(self: &Rc<Self>, intent: PanelIntent) {
        match intent {
            PanelIntent::Show(tab) => self.choose_tab(tab),
            PanelIntent::Change(change) => {
                // A field is changed by leaving it: the focus has to arrive before it can be given back.
                let bench = Rc::clone(self);
                Timeout::new(0, move || bench.change(change)).forget();
            }
            PanelIntent::Check(code, on) => {
                self.remember(|preferences| {
                    preferences.dismissed.retain(|known| *known != code);
                    if !on {
                        preferences.dismissed.push(code);
                    }
                });
                self.on_pause();
            }
            PanelIntent::Site(text) => self.set_site(text.into()),
            PanelIntent::SiteFile(file) => {
                let bench = Rc::clone(self);
                spawn_local(async move {
                    match read_file(&file).await {
                        Ok(file) => bench.set_site(file.text.into()),
                        Err(error) => bench.tell("site", Severity::Error, error.message()),
                    }
                });
            }
        }
    }

    /// Opens a tab, or closes the panel.
    pub(super) fn choose_tab(self: &Rc<Self>, tab: Option<Tab>) {
        let before = self.panel.shown.borrow().tab;
        if before == tab {
            return;
        }
        self.panel.shown.borrow_mut().tab = tab;
        self.refresh_panel();
        let panel = self.panel.shown.borrow().clone();
        self.dispatch.dispatch(Action::Panel(panel));
        match (before, tab) {
            (None, Some(tab)) => focus_soon(["tab-", tab.name()].concat()),
            (Some(_), None) => focus_soon("show-panel".to_owned()),
            _ => {}
        }
        if tab == Some(Tab::FrontMatter) {
            self.gather_tags();
            // What makes edits should be there when it is needed; where that fails, the edit says so.
            let bench = Rc::clone(self);
            spawn_local(async move { drop(bench.load_companion().await) });
        }
        // The panes have another width.
        self.want_editor_scroll();
    }

    /// Carries out a change of the form in the text; the focus stays where it is.
    fn change(self: &Rc<Self>, change: Change) {
        if !self.companion.is_there() {
            let bench = Rc::clone(self);
            spawn_local(async move {
                match bench.load_companion().await {
                    Ok(()) => bench.change(change),
                    Err(_) => bench.tell("form", Severity::Warning, FORM_MISSING),
                }
            });
            return;
        }
        let text = self.textarea.text();
        let Some(edit) = self.companion.change(&text, &change) else {
            self.companion_stopped();
            return;
        };
        match edit {
            Ok(edit) => {
                let focused = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
                self.edit(&text, &edit);
                if let Some(focused) = focused.filter(|element| element.id() != "editor") {
                    focus_quietly(&focused);
                }
                if matches!(change.what, What::Create(_) | What::Drop(_)) {
                    focus_soon(["field-", &change.key].concat());
                }
            }
            Err(Refusal::Same) => {}
            Err(Refusal::Impossible) => {
                self.tell("form", Severity::Warning, "That cannot be written into the front matter as it stands.");
            }
        }
        self.refresh_panel();
        // What was not taken does not stay in the field.
        let shown = self.panel.shown.borrow();
        if let (Content::FrontMatter(form, _), What::Set(..)) = (&shown.content, &change.what)
            && let Some(field) = form.fields.iter().find(|field| field.key == change.key)
            && let Some(element) = document().get_element_by_id(&["field-", &change.key].concat())
        {
            let element: &HtmlInputElement = element.unchecked_ref();
            if element.value() != field.value && element.type_() != "checkbox" {
                element.set_value(&field.value);
            }
        }
    }

    /// Asks the other drafts for their tags.
    pub(super) fn gather_tags(self: &Rc<Self>) {
        let Some(store) = self.keeping.store() else { return };
        self.panel.asked_for_tags.set(true);
        let bench = Rc::clone(self);
        spawn_local(async move {
            let tags: Rc<[String]> = bench.tags_in(&store).await.into();
            if *bench.checking.known_tags.borrow() != tags {
                *bench.checking.known_tags.borrow_mut() = tags;
                bench.on_pause();
            }
        });
    }

    async fn tags_in(&self, store: &IndexedDb) -> Vec<String> {
        let current = self.keeping.with_draft(|draft| draft.id);
        let mut tags: Vec<String> = Vec::new();
        let Ok(listing) = store.list().await else { return tags };
        let others = listing
            .drafts
            .iter()
            .filter(|draft| draft.deleted_ms.is_none() && draft.id != current && draft.bytes <= LARGEST_DRAFT);
        for draft in others.take(MOST_DRAFTS) {
            let Ok(Some(draft)) = store.load(draft.id).await else { continue };
            for tag in form::tags_of(&draft.text) {
                if !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
        }
        tags
    }
}

/// Gives an element the focus as soon as it has been drawn.
fn focus_soon(id: String) {
    let focus = move || {
        if let Some(element) = document().get_element_by_id(&id) {
            let _ = element.unchecked_ref::<HtmlElement>().focus();
        }
    };
    Timeout::new(0, focus).forget();
}
