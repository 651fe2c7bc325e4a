//! The panel and everything that waits for a pause in typing: checks, marks, the line of the status bar, the open tab.
//! In: pauses, and what a person does in the panel. Out: problems, the panel's content, edits of the front matter.
//! Neighbours: `workbench.rs` calls it, `app/review.rs`, `post/form.rs` and `app/publication_view.rs` know what to say.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, HtmlInputElement};

use super::dom::{document, focus_quietly, now_seconds, sleep};
use super::workbench::Workbench;
use crate::app::components::PanelIntent;
use crate::app::findings::moved;
use crate::app::panel::{CheckRow, Content, Panel, Tab};
use crate::app::publication_view;
use crate::app::state::{Action, Problem};
use crate::checks::{TITLES, merged};
use crate::post::form::{self, Change, Refusal, What};
use crate::post::publication;
use crate::storage::{Drafts, IndexedDb, read_file};
use crate::text::{Diagnostic, Severity};

/// After so many milliseconds without input the checks run, and marks and panel are drawn.
const PAUSE: u32 = 200;

/// So many milliseconds after somebody began to write, what runs the checks is loaded.
const LOAD_AFTER: i32 = 1_500;

/// What is said where the module that makes edits cannot be loaded.
const FORM_MISSING: &str =
    "What edits the front matter could not be loaded. Is the network gone? The text can be edited.";

/// So many other drafts are asked for their tags, the last changed first, …
const MOST_DRAFTS: usize = 200;

/// … if they have at most so many bytes.
const LARGEST_DRAFT: usize = 200_000;

/// The panel, and what the checks found.
#[derive(Default)]
pub struct PanelSide {
    shown: RefCell<Panel>,
    /// What was found while reading the text that is shown.
    read: RefCell<Vec<Diagnostic>>,
    /// What the checks found, at its places in the text that is shown.
    findings: RefCell<Vec<Diagnostic>>,
    /// The problems as the page shows them.
    told: RefCell<Rc<[Problem]>>,
    known_tags: RefCell<Rc<[String]>>,
    asked_for_tags: Cell<bool>,
    /// Whether somebody has written something.
    pub(super) typed: Cell<bool>,
    /// Whether what runs the checks was asked for: it is not asked for again and again where that fails.
    asked_for_checks: Cell<bool>,
    pause: RefCell<Option<Timeout>>,
}

impl PanelSide {
    /// The text that is shown changed, and something else was found while reading it. Gives everything that is known.
    pub fn follow(&self, old: Option<&str>, new: &str, read: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let findings = old.map(|old| moved(&self.findings.borrow(), old, new)).unwrap_or_default();
        let all = merged(read.clone(), &findings);
        *self.findings.borrow_mut() = findings;
        *self.read.borrow_mut() = read;
        all
    }

    /// Whether the page, which shows the last problems that were told, has to be told of these now rather than in the
    /// next pause: places alone can wait.
    fn must_tell(&self, problems: &Rc<[Problem]>) -> bool {
        let told = self.told.borrow();
        let same = |(one, other): (&Problem, &Problem)| {
            (one.severity, &one.message, &one.fix) == (other.severity, &other.message, &other.fix)
        };
        told.len() != problems.len() || !told.iter().zip(problems.iter()).all(same)
    }
}

impl Workbench {
    /// Tells the page of problems: at once where they read otherwise, and of places with `places`.
    pub(super) fn tell_problems(&self, problems: &Rc<[Problem]>, places: bool) {
        if self.panel.must_tell(problems) || (places && *self.panel.told.borrow() != *problems) {
            *self.panel.told.borrow_mut() = Rc::clone(problems);
            self.dispatch.dispatch(Action::Problems(Rc::clone(problems)));
        }
    }

    /// The text was shown: what need not be done in its frame is done when typing pauses.
    pub(super) fn pause_soon(self: &Rc<Self>) {
        let bench = Rc::clone(self);
        *self.panel.pause.borrow_mut() = Some(Timeout::new(PAUSE, move || bench.on_pause()));
    }

    fn on_pause(self: &Rc<Self>) {
        self.check();
        self.draw_marks();
        self.refresh_panel();
        if !self.panel.asked_for_tags.get() {
            self.gather_tags();
        }
    }

    /// Runs the checks on the text that is shown. What runs them is loaded when somebody has written for a moment.
    fn check(self: &Rc<Self>) {
        if !self.companion.is_there() {
            let theirs = self.keeping.with_draft(|draft| draft.revision > 0 || draft.saved.is_some());
            let wanted = theirs || self.panel.typed.get() || self.panel.shown.borrow().tab == Some(Tab::Checks);
            if wanted && !self.panel.asked_for_checks.replace(true) {
                let bench = Rc::clone(self);
                spawn_local(async move {
                    sleep(LOAD_AFTER).await;
                    match bench.load_companion().await {
                        Ok(()) => bench.on_pause(),
                        Err(_) => bench.tell(
                            "checks",
                            Severity::Warning,
                            "What checks the text could not be loaded. Is the network gone?",
                        ),
                    }
                });
            }
            return;
        }
        let text = self.text();
        let session = self.session.borrow();
        let Some(name) = session.post().map(|post| post.file_name.site_path()) else { return };
        drop(session);
        let tags = Rc::clone(&self.panel.known_tags.borrow());
        let Some(findings) = self.companion.check(&name, &text, &tags, &self.dismissed()) else {
            self.companion_stopped();
            return;
        };
        let all = merged(self.panel.read.borrow().clone(), &findings);
        *self.panel.findings.borrow_mut() = findings;
        self.set_problems(&text, all, true);
    }

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
            Some(Tab::FrontMatter) => {
                Content::FrontMatter(form::of(&self.textarea.text()).into(), Rc::clone(&self.panel.known_tags.borrow()))
            }
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
        let findings = self.panel.findings.borrow();
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
    fn gather_tags(self: &Rc<Self>) {
        let Some(store) = self.keeping.store() else { return };
        self.panel.asked_for_tags.set(true);
        let bench = Rc::clone(self);
        spawn_local(async move {
            let tags: Rc<[String]> = bench.tags_in(&store).await.into();
            if *bench.panel.known_tags.borrow() != tags {
                *bench.panel.known_tags.borrow_mut() = tags;
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
