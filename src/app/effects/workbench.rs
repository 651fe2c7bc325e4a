//! The workbench: owns everything that stands between the page and its state, and carries out what a person wants.
//! In: intents and events. Out: the preview kept true to the text, actions for the reducer.
//! Neighbours: `listeners.rs` calls it, `draft_keeping.rs` and `file_keeping.rs` are its other halves.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::render::AnimationFrame;
use web_sys::{HtmlElement, Node};
use yew::prelude::*;

use super::beside::Beside;
use super::companion::Companion;
use super::comparing::Comparing;
use super::divider;
use super::dom::{by_id, document, now_seconds, window};
use super::draft_keeping::Keeping;
use super::file_keeping::FileSide;
use super::marks::Marks;
use super::mirror::Mirror;
use super::panel::PanelSide;
use super::preview::{Connection, Preview};
use super::scroll::ScrollSync;
use super::site::Site;
use super::textarea::Textarea;
use crate::app::components::Intent;
use crate::app::session::Session;
use crate::app::state::{Action, Counts, Dialects, Dialog, Message, Problem, State, Theme, next_theme, theme_name};
use crate::commands::{COMMANDS, Snapshot};
use crate::storage::{Preferences, load_preferences, save_preferences};
use crate::text::{Diagnostic, Edit, LineIndex, Severity, Span};

/// Everything with a life of its own. One for each page; lives as long as the page.
pub struct Workbench {
    pub(super) dispatch: UseReducerDispatcher<State>,
    pub(super) textarea: Textarea,
    pub(super) mirror: Mirror,
    pub(super) preview: Preview,
    pub(super) companion: Companion,
    /// The second preview, while two dialects are shown.
    pub(super) beside: RefCell<Option<Rc<Beside>>>,
    pub(super) comparing: Comparing,
    pub(super) scroll: ScrollSync,
    pub(super) marks: Marks,
    pub(super) keeping: Keeping,
    pub(super) file: FileSide,
    pub(super) panel: PanelSide,
    pub(super) site: Site,
    pub(super) session: RefCell<Session>,
    /// The text last shown, and its problems.
    text: RefCell<Rc<str>>,
    problems: RefCell<Rc<[Problem]>>,
    diagnostics: RefCell<Vec<Diagnostic>>,
    counts: Cell<Counts>,
    /// The title that the window's title was made from.
    title: RefCell<String>,
    preferences: RefCell<Preferences>,
    system_is_dark: Cell<bool>,
    caret: Cell<(usize, usize)>,
    /// What the next frame has to do.
    wanted: Cell<Wanted>,
    /// Whether the text has been shown in this frame, and whether it must be shown again as it is.
    started: Cell<bool>,
    /// Whether the textarea holds a draft: before, there is nothing to show.
    ready: Cell<bool>,
    stale: Cell<bool>,
    frame: RefCell<Option<AnimationFrame>>,
    /// Whether the engine gives us events from the frame, and what listens there.
    pub(super) frame_speaks: Cell<bool>,
    pub(super) in_frame: RefCell<Vec<EventListener>>,
    pub(super) watching: RefCell<Option<AnimationFrame>>,
    pub(super) frame_selection: RefCell<Option<(Node, u32)>>,
    pub(super) shift_held: Cell<bool>,
    apple: Cell<bool>,
    listeners: RefCell<Vec<EventListener>>,
}

/// What the next animation frame has to do.
#[derive(Clone, Copy, Default)]
struct Wanted {
    text: bool,
    caret: bool,
    editor_scroll: bool,
}

impl Workbench {
    /// Adopts the page. Nothing is shown yet.
    pub fn new(dispatch: UseReducerDispatcher<State>) -> Rc<Self> {
        Rc::new(Self {
            dispatch,
            textarea: Textarea::new(),
            mirror: Mirror::new(),
            preview: Preview::of(by_id("preview")),
            companion: Companion::default(),
            beside: RefCell::default(),
            comparing: Comparing::default(),
            scroll: ScrollSync::default(),
            marks: Marks::new(),
            keeping: Keeping::new(),
            file: FileSide::default(),
            panel: PanelSide::default(),
            site: Site::default(),
            session: RefCell::default(),
            text: RefCell::new("".into()),
            problems: RefCell::new([].into()),
            diagnostics: RefCell::default(),
            counts: Cell::default(),
            title: RefCell::default(),
            preferences: RefCell::new(load_preferences()),
            system_is_dark: Cell::new(false),
            caret: Cell::default(),
            wanted: Cell::default(),
            started: Cell::new(false),
            ready: Cell::new(false),
            stale: Cell::new(false),
            frame: RefCell::default(),
            frame_speaks: Cell::new(false),
            in_frame: RefCell::default(),
            watching: RefCell::default(),
            frame_selection: RefCell::default(),
            shift_held: Cell::new(false),
            apple: Cell::new(false),
            listeners: RefCell::default(),
        })
    }

    /// Shows the person's preferences, listens, and opens the last draft.
    pub fn start(self: &Rc<Self>) {
        let preferences = self.preferences.borrow().clone();
        self.dispatch.dispatch(Action::Show(preferences.view));
        self.dispatch.dispatch(Action::Theme(preferences.theme));
        divider::set(preferences.divider * 100.0);
        self.apply_theme();
        self.site.load();
        let listeners = super::listeners::listen(self);
        self.listeners.borrow_mut().extend(listeners);
        self.connect();
        self.open_storage();
        if preferences.dialects != Dialects::Jekyll {
            self.choose_dialects(preferences.dialects);
        }
    }

    pub(super) fn tell(&self, key: &'static str, severity: Severity, text: impl Into<Rc<str>>) {
        self.dispatch.dispatch(Action::Tell(Message { key, severity, text: text.into(), offer: None }));
    }

    /// The text as it was last shown.
    pub(super) fn text(&self) -> Rc<str> {
        Rc::clone(&self.text.borrow())
    }

    /// Takes hold of the frame, and fills it where it is new.
    pub(super) fn connect(self: &Rc<Self>) -> Connection {
        let connection = self.preview.connect();
        if connection == Connection::New {
            self.preview.set_theme(theme_name(self.preferences.borrow().theme));
            super::listeners::listen_in_frame(self);
            self.show_anew();
        }
        connection
    }

    /// The frame has loaded something. What is not our document was led there, and goes away again.
    pub(super) fn frame_loaded(self: &Rc<Self>) {
        if self.connect() == Connection::Lost {
            self.preview.reload();
        }
    }

    /// Fills the frame from nothing with the text as it stands.
    pub(super) fn show_anew(self: &Rc<Self>) {
        *self.session.borrow_mut() = self.new_session();
        self.started.set(false);
        self.show_text();
    }

    /// Asks for the next frame to show the text.
    pub(super) fn want_text(self: &Rc<Self>) {
        self.want(Wanted { text: true, caret: true, editor_scroll: false });
    }

    /// Asks for the next frame to follow the caret.
    pub(super) fn want_caret(self: &Rc<Self>) {
        self.want(Wanted { caret: true, ..Wanted::default() });
    }

    /// The selection may have changed. What a key moved has mostly been followed already, and a frame costs.
    pub(super) fn selection_changed(self: &Rc<Self>) {
        if self.textarea.selection_utf16() != self.caret.get() {
            self.want_caret();
        }
    }

    /// Asks for the next frame to follow the editor's scrolling.
    pub(super) fn want_editor_scroll(self: &Rc<Self>) {
        self.want(Wanted { editor_scroll: true, ..Wanted::default() });
    }

    fn want(self: &Rc<Self>, more: Wanted) {
        let wanted = self.wanted.get();
        self.wanted.set(Wanted {
            text: wanted.text || more.text,
            caret: wanted.caret || more.caret,
            editor_scroll: wanted.editor_scroll || more.editor_scroll,
        });
        if self.frame.borrow().is_some() {
            return;
        }
        let bench = Rc::clone(self);
        *self.frame.borrow_mut() = Some(gloo::render::request_animation_frame(move |_| {
            bench.frame.borrow_mut().take();
            bench.on_frame(bench.wanted.take());
        }));
    }

    /// Shows the text again although it has not changed: what it is read with has.
    pub(super) fn show_again(self: &Rc<Self>) {
        self.stale.set(true);
        self.want_text();
    }

    fn on_frame(self: &Rc<Self>, wanted: Wanted) {
        if wanted.text {
            self.show_text();
        }
        if wanted.editor_scroll {
            self.keep_place_soon();
            self.marks.place(&self.mirror, f64::from(self.textarea.element.scroll_top()));
            self.scroll.editor_scrolled(&self.textarea, &self.mirror, &self.preview, &self.text());
            if let Some(beside) = &*self.beside.borrow() {
                beside.scroll.editor_scrolled(&self.textarea, &self.mirror, &beside.preview, &self.text());
            }
        }
        if wanted.caret {
            self.follow_caret(wanted.text);
        }
    }

    /// Brings the preview, the counts and the problems to the text in the textarea.
    fn show_text(self: &Rc<Self>) {
        let new = self.textarea.text();
        let old = self.text();
        if !self.ready.get()
            || !self.preview.is_connected()
            || (*old == *new && self.started.get() && !self.stale.take())
        {
            return;
        }
        let known = self.started.replace(true);
        let text: Rc<str> = new.into();
        *self.text.borrow_mut() = Rc::clone(&text);
        let file_name = self.keeping.file_name();
        let mut session = self.session.borrow_mut();
        let shown = session.update(file_name.as_deref(), &text, now_seconds());
        self.preview.show_header(Rc::clone(&shown.header), shown.body_start);
        self.preview.show_blocks(session.blocks(), &shown.patch, shown.body_start, &shown.map);
        drop(session);
        let language = shown.language.as_deref().unwrap_or("en");
        self.preview.set_language(language);
        let body = text.get(shown.body_start..).unwrap_or("");
        let beside = self.beside.borrow().clone();
        if shown.stopped || beside.is_some_and(|beside| !beside.show(shown.header, body, shown.body_start, language)) {
            self.companion_stopped();
        }
        if shown.wants_liquid {
            self.load_liquid();
        }
        let (words, minutes) = Session::count(body);
        self.set_counts(Counts { words, minutes, ..self.counts.get() });
        let all = self.panel.follow(known.then_some(&*old), &text, shown.diagnostics);
        self.set_problems(&text, all, false);
        self.pause_soon();
        if self.file.set_suggested(&shown.suggested_name) {
            self.show_file_name();
        }
        if *self.title.borrow() != shown.title {
            document().set_title(&format!("{} – Aperçu", shown.title));
            *self.title.borrow_mut() = shown.title;
        }
    }

    fn set_counts(&self, counts: Counts) {
        if self.counts.replace(counts) != counts {
            self.dispatch.dispatch(Action::Counts(counts));
        }
    }

    /// Knows these problems of `text`; `places` says whether the page has to know where they stand, too.
    pub(super) fn set_problems(&self, text: &str, diagnostics: Vec<Diagnostic>, places: bool) {
        if diagnostics.is_empty() && self.problems.borrow().is_empty() {
            return;
        }
        let lines = LineIndex::new(text);
        let problem = |d: &Diagnostic| Problem {
            severity: d.severity,
            message: d.message.as_str().into(),
            span: d.span,
            at: lines.line_column(text, d.span.start),
            fix: d.fix.as_ref().map(|fix| fix.label.as_str().into()),
        };
        let problems: Rc<[Problem]> = diagnostics.iter().map(problem).collect();
        *self.diagnostics.borrow_mut() = diagnostics;
        *self.problems.borrow_mut() = Rc::clone(&problems);
        self.tell_problems(&problems, places);
    }

    /// Draws the marks beside the text.
    pub(super) fn draw_marks(&self) {
        let scrolled = f64::from(self.textarea.element.scroll_top());
        let problems = Rc::clone(&self.problems.borrow());
        self.marks.draw(&self.mirror, &self.text(), &problems, scrolled);
    }

    /// Line and column, and the caret's block in view. After typing the textarea may have scrolled by itself.
    fn follow_caret(self: &Rc<Self>, typed: bool) {
        let caret = self.textarea.selection_utf16();
        if self.caret.replace(caret) == caret && !typed {
            return;
        }
        if !typed {
            self.keep_place_soon();
        }
        let text = self.text();
        let selection = self.textarea.selection(&text);
        let before = text.get(..selection.end).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|&b| b == b'\n').count() + 1;
        let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
        self.set_counts(Counts { caret: crate::text::LineColumn { line, column }, ..self.counts.get() });
        if !self.textarea.is_focused() {
            return;
        }
        self.show_place(selection.end);
    }

    /// Brings a place of the text into view in every preview.
    fn show_place(&self, offset: usize) {
        self.scroll.show_in_preview(&self.preview, offset);
        self.scroll.settle(&self.textarea, &self.preview);
        if let Some(beside) = &*self.beside.borrow() {
            beside.scroll.show_in_preview(&beside.preview, offset);
            beside.scroll.settle(&self.textarea, &beside.preview);
        }
    }

    /// A pane that was hidden had no heights: once it is there, it shows the caret's place.
    pub(super) fn show_caret_soon(self: &Rc<Self>) {
        let bench = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            super::dom::sleep(0).await;
            let text = bench.text();
            let caret = bench.textarea.selection(&text).end;
            bench.show_place(caret);
        });
    }

    /// The preview may have been scrolled by a hand.
    pub(super) fn preview_scrolled(&self) {
        if self.scroll.preview_scrolled(&self.textarea, &self.mirror, &self.preview, &self.text()) {
            self.marks.place(&self.mirror, f64::from(self.textarea.element.scroll_top()));
        }
    }

    /// Puts the caret at a span of the text, in view, and gives the editor the focus.
    pub(super) fn jump_to(self: &Rc<Self>, span: Span) {
        if self.is_narrow() {
            self.dispatch.dispatch(Action::Show(crate::app::state::View::Editor));
            self.choose_tab(None);
        }
        let text = self.text();
        self.scroll.show_in_editor(&self.textarea, &self.mirror, &text, span.start);
        self.textarea.focus_quietly();
        self.textarea.select(&text, span);
        self.marks.place(&self.mirror, f64::from(self.textarea.element.scroll_top()));
        self.want_caret();
    }

    /// Carries out an edit of the text as it stands in the textarea.
    pub(super) fn edit(self: &Rc<Self>, text: &str, edit: &Edit) {
        self.textarea.apply(text, edit);
        // `execCommand` tells by an input event; the fallback does not.
        self.text_changed();
    }

    /// Something was typed, or an edit was carried out.
    pub(super) fn text_changed(self: &Rc<Self>) {
        self.panel.typed.set(true);
        self.keep_soon();
        self.want_text();
    }

    /// Runs an editing command. Whether it did something.
    pub(super) fn run(self: &Rc<Self>, command: fn(&Snapshot) -> Option<Edit>) -> bool {
        let text = self.textarea.text();
        let edit = command(&Snapshot { text: &text, selection: self.textarea.selection(&text) });
        if let Some(edit) = &edit {
            self.edit(&text, edit);
        }
        edit.is_some()
    }

    /// Carries out what a person wants.
    pub fn handle(self: &Rc<Self>, intent: Intent) {
        match intent {
            Intent::Open => self.open_file(),
            Intent::Save => self.save_file(),
            Intent::New => self.new_draft(),
            Intent::ShowDrafts => self.show_drafts(),
            Intent::Compare(draft) => self.compare(draft),
            Intent::ShowHelp => self.dispatch.dispatch(Action::Open(Dialog::Help)),
            Intent::CloseDialog => self.close_dialog(),
            Intent::SwitchTheme => {
                let theme = next_theme(self.preferences.borrow().theme, self.system_is_dark.get());
                self.set_theme(theme);
            }
            Intent::Show(view) => {
                self.dispatch.dispatch(Action::Show(view));
                if !self.is_narrow() {
                    self.remember(|preferences| preferences.view = view);
                }
                self.show_caret_soon();
            }
            Intent::ShowDialects(dialects) => self.choose_dialects(dialects),
            Intent::Command(id) => {
                if let Some(command) = COMMANDS.iter().find(|command| command.id == id) {
                    self.run(command.run);
                }
            }
            Intent::JumpTo(span) => self.jump_to(span),
            Intent::Fix(index) => self.fix(index),
            Intent::ToggleProblems => self.dispatch.dispatch(Action::ToggleProblems),
            Intent::Dismiss(key) => self.dispatch.dispatch(Action::Dismiss(key)),
            Intent::Take(key, offer) => {
                self.dispatch.dispatch(Action::Dismiss(key));
                self.take(offer);
            }
            Intent::OpenDraft(id) => {
                self.close_dialog();
                self.open_draft(&id);
            }
            Intent::BeginRename(id) => self.dispatch.dispatch(Action::Rename(id)),
            Intent::RenameDraft(id, title) => self.rename_draft(&id, &title),
            Intent::DeleteDraft(id) => self.delete_draft(&id),
            Intent::KeepMine => {
                self.close_dialog();
                self.keep_mine();
            }
            Intent::Panel(intent) => self.handle_panel(intent),
            Intent::TakeTheirs => {
                self.close_dialog();
                self.take_theirs();
            }
        }
    }

    fn fix(self: &Rc<Self>, index: usize) {
        let edit = self.diagnostics.borrow().get(index).and_then(|d| d.fix.as_ref().map(|fix| fix.edit.clone()));
        let text = self.textarea.text();
        // The problems are those of the text last shown; another text may have other spans.
        if let Some(edit) = edit.filter(|_| *text == *self.text()) {
            self.scroll.show_in_editor(&self.textarea, &self.mirror, &self.text(), edit.span.start);
            self.edit(&text, &edit);
        }
    }

    /// The next problem after the caret, or the one before it.
    pub(super) fn jump_to_problem(self: &Rc<Self>, forward: bool) {
        let text = self.text();
        let caret = self.textarea.selection(&text);
        let problems = Rc::clone(&self.problems.borrow());
        let next = if forward {
            problems.iter().find(|p| p.span.start > caret.start).or_else(|| problems.first())
        } else {
            problems.iter().rev().find(|p| p.span.start < caret.start).or_else(|| problems.last())
        };
        if let Some(problem) = next {
            self.jump_to(problem.span);
        }
    }

    fn close_dialog(&self) {
        self.dispatch.dispatch(Action::Close);
        self.comparing.close();
        self.textarea.focus_quietly();
    }

    fn set_theme(&self, theme: Theme) {
        self.remember(|preferences| preferences.theme = theme);
        self.dispatch.dispatch(Action::Theme(theme));
        self.apply_theme();
    }

    fn apply_theme(&self) {
        let theme = theme_name(self.preferences.borrow().theme);
        if let Some(root) = document().document_element() {
            let _ = match theme {
                Some(theme) => root.set_attribute("data-theme", theme),
                None => root.remove_attribute("data-theme"),
            };
        }
        self.preview.set_theme(theme);
        if let Some(beside) = &*self.beside.borrow() {
            beside.preview.set_theme(theme);
        }
    }

    pub(super) fn theme(&self) -> Theme {
        self.preferences.borrow().theme
    }

    /// Codes of the checks that are switched off.
    pub(super) fn dismissed(&self) -> Vec<String> {
        self.preferences.borrow().dismissed.clone()
    }

    /// Whether shortcuts are those of an Apple keyboard.
    pub(super) fn apple(&self) -> bool {
        self.apple.get()
    }

    pub(super) fn set_apple(&self, apple: bool) {
        self.apple.set(apple);
        self.dispatch.dispatch(Action::Apple(apple));
    }

    pub(super) fn set_system_is_dark(&self, dark: bool) {
        self.system_is_dark.set(dark);
        self.dispatch.dispatch(Action::SystemIsDark(dark));
    }

    pub(super) fn remember(&self, change: impl FnOnce(&mut Preferences)) {
        let mut preferences = self.preferences.borrow_mut();
        change(&mut preferences);
        save_preferences(&preferences);
    }

    pub(super) fn is_narrow(&self) -> bool {
        window().match_media(super::listeners::NARROW).ok().flatten().is_some_and(|query| query.matches())
    }

    /// Marks the page as running: what stands in the textarea now is the draft.
    pub(super) fn ready(&self) {
        self.ready.set(true);
        if let Some(body) = document().body() {
            let _ = body.set_attribute("data-ready", "true");
        }
    }

    /// For `rescue.js`: the name under which it would save the text.
    pub(super) fn note_file_name(&self, name: &str) {
        let body: Option<HtmlElement> = document().body();
        if let Some(body) = body {
            let _ = body.set_attribute("data-file-name", name);
        }
    }
}
