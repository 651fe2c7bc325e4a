//! The desk: a textarea and its preview, kept true to each other. In: events of both, edits, jumps. Out: nodes in the
//! frame, marks beside the text, actions for the reducer; to its owner what only the owner can do.
//! Neighbours: the page's `workbench.rs` and the custom element in `embed/` own one each; `caret.rs`, `checking.rs`,
//! `clicking.rs`, `dialects.rs` and `beside.rs` are its other halves.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo::render::AnimationFrame;
use web_sys::{Document, Event, HtmlIFrameElement, HtmlTextAreaElement, Node};
use yew::UseReducerDispatcher;

use crate::app::browser::dom::{Root, now_seconds};
use crate::app::browser::event_listener::EventListener;
use crate::app::browser::guard::{Stopped, guarded};
use crate::app::editor::caret::Caret;
use crate::app::editor::checking::Checking;
use crate::app::editor::dialects::LoadedTools;
use crate::app::editor::marks::Marks;
use crate::app::editor::mirror::Mirror;
use crate::app::editor::second_preview::Beside;
use crate::app::editor::textarea::Textarea;
use crate::app::preview::frame::{Connection, Preview};
use crate::app::preview::scroll_sync::ScrollSync;
use crate::app::session::{Session, Shown};
use crate::app::state::{Action, Counts, Message, Problem, State, Theme, theme_name};
use crate::commands::{COMMANDS, Snapshot};
use crate::post::site::SiteSettings;
use crate::storage::Dialects;
use crate::text::{Diagnostic, Edit, LineIndex, Severity, Span};

/// What a desk asks of whoever has set it up, and tells them.
pub trait Owner {
    /// The name of the file that the text stands in, where there is one.
    fn file_name(&self) -> Option<String>;
    /// Codes of the checks that are switched off.
    fn dismissed(&self) -> Vec<String>;
    /// Whether what runs the checks should be loaded now. It is not asked again after a yes.
    fn wants_checks(&self) -> bool;
    /// The text has changed, and will be shown in the next frame.
    fn edited(self: Rc<Self>);
    /// The text has been shown: its title, and the name that its file would get.
    fn shown(self: Rc<Self>, title: String, suggested_name: &str);
    /// The problems read otherwise than before.
    fn diagnosed(self: Rc<Self>);
    /// Typing has paused; the checks have run.
    fn paused(self: Rc<Self>);
    /// The caret moved, or the editor was scrolled, without typing.
    fn moved(self: Rc<Self>);
    /// The editor is about to be jumped into, and has to be seen.
    fn show_editor(self: Rc<Self>);
    /// The preview has another document, which is about to be filled.
    fn frame_is_new(self: Rc<Self>);
    /// What the owner wants to hear in a frame's document.
    fn listen_in_frame(self: Rc<Self>, document: &Document) -> Vec<EventListener>;
    /// The preview shows these dialects.
    fn dialects_shown(self: Rc<Self>, dialects: Dialects);
}

/// Textarea, preview, and what lies between them.
pub struct Desk {
    /// Where actions for the reducer go.
    pub dispatch: UseReducerDispatcher<State>,
    pub(crate) root: Root,
    /// The textarea.
    pub textarea: Textarea,
    pub(crate) mirror: Mirror,
    pub(crate) preview: Preview,
    pub(crate) tools: LoadedTools,
    /// The second preview, while two dialects are shown.
    pub(crate) beside: RefCell<Option<Rc<Beside>>>,
    pub(crate) scroll: ScrollSync,
    pub(crate) marks: Marks,
    pub(crate) checking: Checking,
    /// The post as it was shown last.
    pub session: RefCell<Session>,
    pub(crate) settings: RefCell<Rc<SiteSettings>>,
    owner: RefCell<Option<Weak<dyn Owner>>>,
    /// The text last shown, and its problems.
    text: RefCell<Rc<str>>,
    problems: RefCell<Rc<[Problem]>>,
    diagnostics: RefCell<Vec<Diagnostic>>,
    counts: Cell<Counts>,
    theme: Cell<Theme>,
    language: RefCell<Rc<str>>,
    body_only: Cell<bool>,
    pub(crate) caret: Caret,
    /// What the next frame has to do.
    wanted: Cell<Wanted>,
    /// Whether the text has been shown in this frame, and whether it must be shown again as it is.
    started: Cell<bool>,
    /// Whether the text last shown is still the textarea's: nothing was typed since.
    fresh: Cell<bool>,
    /// Whether the textarea holds what is to be shown.
    ready: Cell<bool>,
    stale: Cell<bool>,
    frame: RefCell<Option<AnimationFrame>>,
    /// Whether the engine gives us events from the frame, and what listens there.
    pub(crate) frame_speaks: Cell<bool>,
    pub(crate) in_frame: RefCell<Vec<EventListener>>,
    pub(crate) watching: RefCell<Option<AnimationFrame>>,
    pub(crate) frame_selection: RefCell<Option<(Node, u32)>>,
    pub(crate) shift_held: Cell<bool>,
    apple: Cell<bool>,
}

/// What the next animation frame has to do.
#[derive(Clone, Copy, Default)]
struct Wanted {
    text: bool,
    caret: bool,
    editor_scroll: bool,
}

impl Desk {
    /// Adopts the textarea, and the places for mirror, marks and preview that stand in `root`; `styles` furnish a frame
    /// that has no document of its own. Nothing is shown yet.
    pub fn new(
        dispatch: UseReducerDispatcher<State>,
        root: Root,
        textarea: HtmlTextAreaElement,
        styles: Option<&'static str>,
    ) -> Rc<Self> {
        let frame: HtmlIFrameElement = root.by_id("preview");
        Rc::new(Self {
            dispatch,
            mirror: Mirror::new(&root, textarea.clone()),
            textarea: Textarea::of(textarea),
            preview: Preview::of(frame, styles),
            tools: LoadedTools::default(),
            beside: RefCell::default(),
            scroll: ScrollSync::default(),
            marks: Marks::new(&root),
            root,
            checking: Checking::default(),
            session: RefCell::default(),
            settings: RefCell::default(),
            owner: RefCell::new(None),
            text: RefCell::new("".into()),
            problems: RefCell::new([].into()),
            diagnostics: RefCell::default(),
            counts: Cell::default(),
            theme: Cell::default(),
            language: RefCell::new("en".into()),
            body_only: Cell::new(false),
            caret: Caret::default(),
            wanted: Cell::default(),
            started: Cell::new(false),
            fresh: Cell::new(false),
            ready: Cell::new(false),
            stale: Cell::new(false),
            frame: RefCell::default(),
            frame_speaks: Cell::new(false),
            in_frame: RefCell::default(),
            watching: RefCell::default(),
            frame_selection: RefCell::default(),
            shift_held: Cell::new(false),
            apple: Cell::new(false),
        })
    }

    /// Belongs to `owner` from now on.
    pub fn belong_to(&self, owner: Weak<dyn Owner>) {
        *self.owner.borrow_mut() = Some(owner);
    }

    pub(crate) fn owner(&self) -> Option<Rc<dyn Owner>> {
        self.owner.borrow().as_ref()?.upgrade()
    }

    /// Lets go of everything that holds the desk: nothing is shown any more.
    pub fn close(&self) {
        self.ready.set(false);
        self.frame.borrow_mut().take();
        self.watching.borrow_mut().take();
        self.in_frame.borrow_mut().clear();
        self.checking.stop();
        if let Some(beside) = self.beside.take() {
            beside.remove();
        }
    }

    /// Says something in the corner; a later message with the same key takes its place.
    pub fn tell(&self, key: &'static str, severity: Severity, text: impl Into<Rc<str>>) {
        self.dispatch.dispatch(Action::Tell(Message { key, severity, text: text.into(), offer: None }));
    }

    /// The text as it was last shown.
    pub fn text(&self) -> Rc<str> {
        Rc::clone(&self.text.borrow())
    }

    /// The text as it stands in the textarea, which takes its time to tell: asked for only where something was typed since
    /// the text was last shown.
    pub(crate) fn text_now(&self) -> Rc<str> {
        if self.fresh.get() { self.text() } else { self.textarea.text().into() }
    }

    /// What is wrong with the text as it was last shown, in the order of the text.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.diagnostics.borrow().clone()
    }

    /// Whether the preview has a document to fill.
    pub fn is_connected(&self) -> bool {
        self.preview.is_connected()
    }

    /// Takes hold of the frame, and fills it where it is new.
    pub fn connect(self: &Rc<Self>) -> Connection {
        let connection = self.preview.connect();
        if connection == Connection::New {
            self.preview.set_theme(theme_name(self.theme.get()));
            if let Some(owner) = self.owner() {
                owner.frame_is_new();
            }
            self.listen_in_frame();
            self.show_anew();
        }
        connection
    }

    /// The frame has loaded something. What is not our document was led there, and goes away again.
    pub(crate) fn frame_loaded(self: &Rc<Self>) {
        if self.connect() == Connection::Lost {
            self.preview.reload();
        }
    }

    /// Fills the frame from nothing with the text as it stands.
    pub fn show_anew(self: &Rc<Self>) {
        *self.session.borrow_mut() = self.new_session();
        self.started.set(false);
        self.fresh.set(false);
        self.show_text();
        self.scroll.settle_preview(&self.preview);
    }

    /// Asks for the next frame to show the text.
    pub fn want_text(self: &Rc<Self>) {
        self.want(Wanted { text: true, caret: true, editor_scroll: false });
    }

    /// Asks for the next frame to follow the caret.
    pub(crate) fn want_caret(self: &Rc<Self>) {
        self.want(Wanted { caret: true, ..Wanted::default() });
    }

    /// Whether the next frame follows the caret.
    pub(crate) fn is_caret_wanted(&self) -> bool {
        self.wanted.get().caret
    }

    /// Asks for the next frame to follow the editor's scrolling.
    pub fn want_editor_scroll(self: &Rc<Self>) {
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
        let desk = Rc::downgrade(self);
        *self.frame.borrow_mut() = Some(gloo::render::request_animation_frame(move |_| {
            if let Some(desk) = desk.upgrade() {
                desk.frame.borrow_mut().take();
                desk.on_frame(desk.wanted.take());
            }
        }));
    }

    /// Shows the text again although it has not changed: what it is read with has.
    pub fn show_again(self: &Rc<Self>) {
        self.stale.set(true);
        self.want_text();
    }

    fn on_frame(self: &Rc<Self>, wanted: Wanted) {
        if wanted.text {
            self.show_text();
        }
        if wanted.editor_scroll {
            if let Some(owner) = self.owner() {
                owner.moved();
            }
            self.place_marks();
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
    pub fn show_text(self: &Rc<Self>) {
        let Some(owner) = self.owner().filter(|_| self.ready.get() && self.preview.is_connected()) else { return };
        let new = self.textarea.text();
        let old = self.text();
        self.fresh.set(true);
        if *old == *new && self.started.get() && !self.stale.take() {
            return;
        }
        let known = self.started.replace(true);
        let text: Rc<str> = new.into();
        *self.text.borrow_mut() = Rc::clone(&text);
        let (shown, mut stopped) = self.render(owner.file_name(), &text);
        self.preview.show_header(Rc::clone(&shown.header), shown.body_start);
        self.preview.show_blocks(self.session.borrow().blocks(), &shown.patch, shown.body_start, &shown.map);
        let own_language = self.language.borrow().clone();
        let language = shown.language.as_deref().unwrap_or(&own_language);
        self.preview.set_language(language);
        if let Some(beside) = self.beside.borrow().clone() {
            stopped |= beside.show(shown.header, &text, shown.body_start, language).is_err();
        }
        if stopped {
            self.tools_stopped();
        }
        if shown.wants_liquid {
            self.load_liquid();
        }
        if !known {
            self.count();
        }
        let all = self.checking.follow(known.then_some(&*old), &text, shown.diagnostics);
        self.set_problems(&text, all, false);
        self.pause_soon();
        owner.shown(shown.title, &shown.suggested_name);
    }

    /// Renders the text. Whether the part with Liquid and GitHub's dialect has stopped working on it: then it is rendered
    /// from an empty page, in Jekyll's dialect and without Liquid.
    fn render(&self, file_name: Option<String>, text: &Rc<str>) -> (Shown, bool) {
        let (mut session, now) = (self.session.take(), now_seconds());
        let (name, whole) = (file_name.clone(), Rc::clone(text));
        let outcome = if session.has_tools() {
            guarded(move || {
                let shown = session.update(name.as_deref(), &whole, now);
                (session, shown)
            })
        } else {
            let shown = session.update(name.as_deref(), &whole, now);
            Ok((session, shown))
        };
        let stopped = outcome.is_err();
        let (session, shown) = outcome.unwrap_or_else(|Stopped| {
            self.tools.stop();
            let mut session = self.new_session();
            let shown = session.update(file_name.as_deref(), text, now);
            (session, shown)
        });
        *self.session.borrow_mut() = session;
        (shown, stopped)
    }

    /// Counts the words of the body that is shown.
    pub(crate) fn count(&self) {
        let text = self.text();
        let start = self.session.borrow().post().map_or(0, |post| post.body_span.start);
        let (words, minutes) = Session::count(text.get(start..).unwrap_or(""));
        let counts = Counts { words, minutes };
        if self.counts.replace(counts) != counts {
            self.dispatch.dispatch(Action::Counts(counts));
        }
    }

    /// Knows these problems of `text`; `places` says whether the page has to know where they stand, too.
    pub(crate) fn set_problems(&self, text: &str, diagnostics: Vec<Diagnostic>, places: bool) {
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
    pub(crate) fn draw_marks(&self) {
        let scrolled = f64::from(self.textarea.element.scroll_top());
        let problems = Rc::clone(&self.problems.borrow());
        self.marks.draw(&self.mirror, &self.text(), &problems, scrolled);
    }

    fn place_marks(&self) {
        self.marks.place(&self.mirror, f64::from(self.textarea.element.scroll_top()));
    }

    /// The preview may have been scrolled by a hand.
    pub(crate) fn preview_scrolled(&self) {
        if self.is_ready() && self.scroll.preview_scrolled(&self.textarea, &self.mirror, &self.preview, &self.text()) {
            self.place_marks();
        }
    }

    /// The second preview may have been scrolled by a hand.
    pub(crate) fn beside_scrolled(&self) {
        let Some(beside) = self.beside.borrow().clone() else { return };
        if beside.scroll.preview_scrolled(&self.textarea, &self.mirror, &beside.preview, &self.text()) {
            self.place_marks();
        }
    }

    /// Puts the caret at a span of the text, in view, and gives the editor the focus.
    pub fn jump_to(self: &Rc<Self>, span: Span) {
        if let Some(owner) = self.owner() {
            owner.show_editor();
        }
        let text = self.text();
        self.scroll.show_in_editor(&self.textarea, &self.mirror, &text, span.start);
        self.textarea.focus_quietly();
        self.textarea.select(&text, span);
        self.place_marks();
        self.want_caret();
    }

    /// Carries out an edit of the text as it stands in the textarea.
    pub fn edit(self: &Rc<Self>, text: &str, edit: &Edit) {
        // The browser's own command tells by an input event; what stands in for it does not.
        if !self.textarea.apply(text, edit)
            && let Ok(event) = input_event()
        {
            let _ = self.textarea.element.dispatch_event(&event);
        }
        self.text_changed();
    }

    /// Something was typed, or an edit was carried out.
    pub(crate) fn text_changed(self: &Rc<Self>) {
        self.checking.typed.set(true);
        self.fresh.set(false);
        if let Some(owner) = self.owner() {
            owner.edited();
        }
        self.want_text();
    }

    /// Runs an editing command. Whether it did something.
    pub fn run(self: &Rc<Self>, command: fn(&Snapshot) -> Option<Edit>) -> bool {
        if !self.can_edit() {
            return false;
        }
        let text = self.textarea.text();
        let edit = command(&Snapshot { text: &text, selection: self.textarea.selection(&text) });
        if let Some(edit) = &edit {
            self.edit(&text, edit);
        }
        edit.is_some()
    }

    /// Whether the textarea takes edits: a form's may be read-only, or disabled by itself or by a fieldset.
    pub fn can_edit(&self) -> bool {
        !self.textarea.element.read_only() && !self.textarea.element.matches(":disabled").unwrap_or(false)
    }

    /// Runs the editing command of that id. Whether it did something.
    pub fn run_by_id(self: &Rc<Self>, id: &str) -> bool {
        COMMANDS.iter().find(|command| command.id == id).is_some_and(|command| self.run(command.run))
    }

    /// Mends the problem of that number by its fix. Whether there was one.
    pub fn fix(self: &Rc<Self>, index: usize) -> bool {
        let edit = self.diagnostics.borrow().get(index).and_then(|d| d.fix.as_ref().map(|fix| fix.edit.clone()));
        let text = self.textarea.text();
        // The problems are those of the text last shown; another text may have other spans.
        let Some(edit) = edit.filter(|_| *text == *self.text() && self.can_edit()) else { return false };
        self.scroll.show_in_editor(&self.textarea, &self.mirror, &self.text(), edit.span.start);
        self.edit(&text, &edit);
        true
    }

    /// The next problem after the caret, or the one before it.
    pub fn jump_to_problem(self: &Rc<Self>, forward: bool) {
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

    /// Light, dark, or the system's, in every preview.
    pub fn set_theme(&self, theme: Theme) {
        self.theme.set(theme);
        self.preview.set_theme(theme_name(theme));
        self.preview.adapt();
        if let Some(beside) = &*self.beside.borrow() {
            beside.preview.set_theme(theme_name(theme));
            beside.preview.adapt();
        }
    }

    pub(crate) fn theme(&self) -> Theme {
        self.theme.get()
    }

    /// The site's settings that posts are read with.
    pub fn settings(&self) -> Rc<SiteSettings> {
        Rc::clone(&self.settings.borrow())
    }

    /// Reads posts with these settings from now on, beginning with the next that is shown anew.
    pub fn take_settings(&self, settings: Rc<SiteSettings>) {
        *self.settings.borrow_mut() = settings;
    }

    /// Whether shortcuts are those of an Apple keyboard.
    pub fn apple(&self) -> bool {
        self.apple.get()
    }

    pub(crate) fn set_apple(&self, apple: bool) {
        self.apple.set(apple);
        self.dispatch.dispatch(Action::Apple(apple));
    }

    /// The language of posts that name none.
    pub fn set_language(self: &Rc<Self>, language: &str) {
        *self.language.borrow_mut() = language.into();
        self.show_again();
    }

    /// Whether texts are bodies alone, without front matter.
    pub fn set_body_only(self: &Rc<Self>, body_only: bool) {
        if self.body_only.replace(body_only) != body_only {
            self.show_anew();
        }
    }

    /// Whether texts are bodies alone.
    pub fn is_body_only(&self) -> bool {
        self.body_only.get()
    }

    /// The dialects that the preview shows.
    pub fn dialects(&self) -> Dialects {
        self.tools.shown()
    }

    /// Whether what stands in the textarea is shown.
    pub(crate) fn is_ready(&self) -> bool {
        self.ready.get()
    }

    /// What stands in the textarea now is to be shown.
    pub fn ready(&self) {
        self.ready.set(true);
    }
}

fn input_event() -> Result<Event, wasm_bindgen::JsValue> {
    let options = web_sys::EventInit::new();
    options.set_bubbles(true);
    options.set_composed(true);
    Event::new_with_event_init_dict("input", &options)
}
