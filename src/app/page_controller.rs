//! The page around its editor: what a person asks for is carried out, preferences are kept. In: intents, events of the
//! editor. Out: changes of the page, actions for the reducer. Neighbours: `editor/controller.rs` has textarea and
//! preview; `page_listeners.rs`, `page_tools.rs`, `site.rs` and the folders `drafts/`, `files/`, `panel/` and
//! `comparison/` hold the rest of its functions, by what they are about.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::Reflect;
use web_sys::{DataTransfer, Document, HtmlElement};
use yew::prelude::*;

use crate::app::browser::dom::{Root, by_id, document};
use crate::app::browser::event_listener::EventListener;
use crate::app::comparison::open_comparison::ComparisonState;
use crate::app::components::Intent;
use crate::app::drafts::current_draft::CurrentDraft;
use crate::app::editor::controller::EditorController;
use crate::app::editor::divider;
use crate::app::editor::host::{EditorEvent, EditorHost};
use crate::app::files::file_binding::FileBinding;
use crate::app::panel::panel_state::PanelState;
use crate::app::site_folder::current_site::CurrentSite;
use crate::app::site_state::SiteState;
use crate::app::state::{Action, Dialects, Offer, State, Theme, next_theme, theme_name};
use crate::app::writing::writing_wish::WritingWish;
use crate::storage::{
    Preferences, begins_at_start, load_folder_name, load_preferences, load_writing_text, save_preferences,
};

/// What is done after another theme has been chosen.
type ThemeFollower = fn(&Rc<PageController>);

/// What is told of what happens in the editor.
type EditorFollower = fn(&Rc<PageController>, &EditorEvent);

/// The page. There is one; it lives as long as the document.
pub struct PageController {
    pub(crate) editor: Rc<EditorController>,
    pub(crate) comparison: ComparisonState,
    pub(crate) draft: CurrentDraft,
    pub(crate) file: FileBinding,
    pub(crate) panel: PanelState,
    pub(crate) site: SiteState,
    /// The folder that is open, if one is.
    pub(crate) open_site: CurrentSite,
    /// The title that the window's title was made from.
    title: RefCell<String>,
    preferences: RefCell<Preferences>,
    system_is_dark: Cell<bool>,
    /// What is called after another theme has been chosen, once the part `tools` has been loaded.
    pub(crate) theme_follower: Cell<Option<ThemeFollower>>,
    /// What is told of everything that happens in the editor, once a part that wants to know has been loaded.
    followers: RefCell<Vec<EditorFollower>>,
    listeners: RefCell<Vec<EventListener>>,
}

impl PageController {
    /// Adopts the page. Nothing is shown yet.
    pub fn new(dispatch: UseReducerDispatcher<State>) -> Rc<Self> {
        let page = Rc::new(Self {
            editor: EditorController::new(dispatch, Root::page(), by_id("editor"), None),
            comparison: ComparisonState::default(),
            draft: CurrentDraft::new(),
            file: FileBinding::default(),
            panel: PanelState::default(),
            site: SiteState::default(),
            open_site: CurrentSite::default(),
            title: RefCell::default(),
            preferences: RefCell::new(load_preferences()),
            system_is_dark: Cell::new(false),
            theme_follower: Cell::default(),
            followers: RefCell::default(),
            listeners: RefCell::default(),
        });
        let host: Weak<Self> = Rc::downgrade(&page);
        page.editor.set_host(host);
        page
    }

    /// Shows the person's preferences, listens, and opens the last draft.
    pub fn start(self: &Rc<Self>) {
        let preferences = self.preferences.borrow().clone();
        self.editor.dispatch.dispatch(Action::Show(preferences.view));
        self.editor.dispatch.dispatch(Action::Theme(preferences.theme));
        divider::set(&Root::page(), preferences.divider * 100.0);
        self.apply_theme();
        let mut listeners = crate::app::editor::listeners::listen_to_editor(&self.editor);
        listeners.extend(self.listen_to_page());
        self.listeners.borrow_mut().extend(listeners);
        self.editor.connect();
        self.open_storage();
        if self.site.load() {
            self.with_tools(|_, _| ());
        }
        if load_folder_name().is_some() {
            self.with_site_tools(Box::new(|tools, page| (tools.come_back)(page)));
        }
        if begins_at_start(&load_writing_text()) {
            self.write_with(WritingWish::Begin);
        }
        if preferences.dialects != Dialects::Jekyll {
            self.editor.choose_dialects(preferences.dialects);
        }
    }

    /// Carries out what a person wants.
    pub fn handle(self: &Rc<Self>, intent: Intent) {
        match intent {
            Intent::Save => self.save_file(),
            Intent::New => self.new_draft(),
            Intent::CloseDialog => self.close_dialog(),
            Intent::SwitchTheme => {
                let theme = next_theme(self.preferences.borrow().theme, self.system_is_dark.get());
                self.choose_theme(theme);
            }
            Intent::Show(view) => {
                self.editor.dispatch.dispatch(Action::Show(view));
                if !self.is_narrow() {
                    self.remember(|preferences| preferences.view = view);
                }
                self.editor.show_caret_soon();
            }
            Intent::ShowDialects(dialects) => self.editor.choose_dialects(dialects),
            Intent::Command("image") => self.write_with(WritingWish::Image),
            Intent::Command(id) => {
                self.editor.run_by_id(id);
            }
            Intent::JumpTo(span) => self.editor.jump_to(span),
            Intent::Fix(index) => {
                self.editor.fix(index);
            }
            Intent::ToggleDiagnostics => self.editor.dispatch.dispatch(Action::ToggleDiagnostics),
            Intent::Dismiss(key) => self.editor.dispatch.dispatch(Action::Dismiss(key)),
            Intent::Take(key, Offer::SaveFile) => {
                self.editor.dispatch.dispatch(Action::Dismiss(key));
                self.save_file();
            }
            Intent::ShowPanel(tab) => self.choose_tab(tab),
            Intent::ShowOutline => self.write_with(WritingWish::SwitchOutline),
            Intent::ShowSite => {
                self.editor.dispatch.dispatch(Action::Close);
                self.with_site_tools(Box::new(|tools, page| (tools.switch_side_bar)(page)));
            }
            Intent::Open
            | Intent::ShowDrafts
            | Intent::Compare(_)
            | Intent::ShowHelp
            | Intent::Take(..)
            | Intent::OpenDraft(_)
            | Intent::BeginRename(_)
            | Intent::RenameDraft(..)
            | Intent::DeleteDraft(_)
            | Intent::ForPart(_)
            | Intent::KeepMine
            | Intent::TakeTheirs
            | Intent::PanelEvent(_)
            | Intent::ComparisonEvent(_) => {
                if let Intent::Take(key, _) = &intent {
                    self.editor.dispatch.dispatch(Action::Dismiss(key));
                }
                if matches!(intent, Intent::OpenDraft(_) | Intent::KeepMine | Intent::TakeTheirs) {
                    self.close_dialog();
                }
                self.with_tools(move |tools, page| (tools.carry_out)(page, intent));
            }
        }
    }

    fn close_dialog(&self) {
        self.editor.dispatch.dispatch(Action::Close);
        self.comparison.close();
        self.editor.textarea.focus_quietly();
    }

    fn choose_theme(self: &Rc<Self>, theme: Theme) {
        self.remember(|preferences| preferences.theme = theme);
        self.editor.dispatch.dispatch(Action::Theme(theme));
        self.apply_theme();
        if let Some(follow) = self.theme_follower.get() {
            follow(self);
        }
    }

    fn apply_theme(&self) {
        let chosen = self.preferences.borrow().theme;
        let theme = theme_name(chosen);
        if let Some(root) = document().document_element() {
            let _ = match theme {
                Some(theme) => root.set_attribute("data-theme", theme),
                None => root.remove_attribute("data-theme"),
            };
        }
        self.editor.set_theme(chosen);
    }

    pub(crate) fn set_system_is_dark(&self, dark: bool) {
        self.system_is_dark.set(dark);
        self.editor.dispatch.dispatch(Action::SystemIsDark(dark));
    }

    /// Tells `follower` of everything that happens in the editor from now on; once, however often this is asked.
    pub(crate) fn follow_editor(&self, follower: EditorFollower) {
        let mut followers = self.followers.borrow_mut();
        if !followers.iter().any(|known| std::ptr::fn_addr_eq(*known, follower)) {
            followers.push(follower);
        }
    }

    pub(crate) fn remember(&self, change: impl FnOnce(&mut Preferences)) {
        let mut preferences = self.preferences.borrow_mut();
        change(&mut preferences);
        save_preferences(&preferences);
    }

    /// Marks the page as running: what stands in the textarea now is the draft.
    pub(crate) fn begin(&self) {
        let _ = Reflect::delete_property(&self.editor.textarea.element, &"restored".into());
        self.tell_recovery();
        self.editor.ready();
        if let Some(body) = document().body() {
            let _ = body.set_attribute("data-ready", "true");
        }
    }

    /// The title of the post as it stands in the textarea, where that is shown already.
    pub(crate) fn shown_title(&self) -> Option<String> {
        self.editor.shows_text_now().then(|| self.title.borrow().clone())
    }

    /// For `recovery.js`: the name under which it would save the text.
    pub(crate) fn note_file_name(&self, name: &str) {
        let body: Option<HtmlElement> = document().body();
        if let Some(body) = body {
            let _ = body.set_attribute("data-file-name", name);
        }
    }
}

impl EditorHost for PageController {
    fn file_name(&self) -> Option<String> {
        self.draft.file_name()
    }

    fn switched_off_checks(&self) -> Vec<String> {
        self.preferences.borrow().dismissed.clone()
    }

    fn wants_checks(&self) -> bool {
        !self.open_site.shows_text_only() && self.draft.with_draft(|draft| draft.revision > 0 || draft.saved.is_some())
    }

    fn take_pasted_files(self: Rc<Self>, data: &DataTransfer) -> bool {
        self.take_files(data, &["text/plain", "text/html"])
    }

    fn reveal_editor(self: Rc<Self>) {
        if self.is_narrow() {
            self.editor.dispatch.dispatch(Action::Show(crate::app::state::View::Editor));
            self.choose_tab(None);
        }
    }

    fn listen_in_preview(self: Rc<Self>, document: &Document) -> Vec<EventListener> {
        self.listen_in_preview_document(document)
    }

    fn editor_event(self: Rc<Self>, event: EditorEvent) {
        let followers = self.followers.borrow().clone();
        for follow in followers {
            follow(&self, &event);
        }
        match event {
            // What is typed before the drafts have answered is looked at when they have.
            EditorEvent::Edited if self.editor.is_ready() => self.keep_soon(),
            EditorEvent::Shown { title, suggested_name } => {
                if self.file.set_suggested(&suggested_name) {
                    self.show_file_name();
                }
                if *self.title.borrow() != title {
                    document().set_title(&format!("{title} – Aperçu"));
                    *self.title.borrow_mut() = title;
                }
            }
            EditorEvent::Paused => {
                self.refresh_panel();
                if let Some(tools) = self.loaded_site_tools() {
                    (tools.pause)(&self);
                }
                // The checks are there as soon as somebody writes.
                if self.editor.tools.get().is_some() && self.draft.store().is_some() {
                    self.with_tools(|tools, page| (tools.pause)(page));
                }
            }
            EditorEvent::Moved => self.keep_place_soon(),
            EditorEvent::DialectsShown(dialects) => {
                self.remember(|preferences| preferences.dialects = dialects);
                if let Some(tools) = self.loaded_site_tools() {
                    (tools.pause)(&self);
                }
            }
            EditorEvent::Edited | EditorEvent::Diagnosed => {}
        }
    }
}
