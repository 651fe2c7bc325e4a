//! An editor: a textarea and its preview, kept true to each other. In: events of both, edits, jumps. Out: nodes in the
//! frame, marks beside the text, actions for the reducer; to its host what only the host can do.
//! Neighbours: the page and the custom element own one each. `show.rs`, `edits.rs`, `follow_caret.rs`, `checks.rs`,
//! `dialects.rs` and `preview_frame.rs` hold the rest of its functions, by what they are about.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::Function;
use web_sys::{HtmlIFrameElement, HtmlTextAreaElement};
use yew::UseReducerDispatcher;

use super::caret::Caret;
use super::diagnostics::EditorDiagnostics;
use super::frame_request::{FrameRequest, Requested};
use super::host::EditorHost;
use super::loaded_tools::LoadedTools;
use super::marks::Marks;
use super::mirror::Mirror;
use super::page_around::PageAround;
use super::preview_events::PreviewEvents;
use super::second_preview::SecondPreview;
use super::settings::EditorSettings;
use super::shown_text::ShownText;
use super::textarea::Textarea;
use crate::app::browser::dom::Root;
use crate::app::preview::frame::PreviewFrame;
use crate::app::preview::scroll_sync::ScrollSync;
use crate::app::state::{Action, Message, State, Theme, theme_name};
use crate::code::Highlighting;
use crate::post::site::SiteSettings;
use crate::render::Renderer;
use crate::storage::Dialects;
use crate::text::{Diagnostic, Severity};

/// Textarea, preview, and what lies between them.
pub struct EditorController {
    /// Where actions for the reducer go.
    pub dispatch: UseReducerDispatcher<State>,
    pub(crate) root: Root,
    host: RefCell<Option<Weak<dyn EditorHost>>>,
    /// The textarea.
    pub textarea: Textarea,
    pub(crate) mirror: Mirror,
    pub(crate) marks: Marks,
    pub(crate) caret: Caret,
    /// Whether Shift was held at the last key.
    pub(crate) shift_held: Cell<bool>,
    /// Whether the last key asked for plain text to be pasted. Firefox offers HTML all the same.
    pub(crate) wants_plain: Cell<bool>,
    pub(crate) preview: PreviewFrame,
    pub(crate) preview_events: PreviewEvents,
    pub(crate) scroll: ScrollSync,
    /// The page around the post, while a whole site is open and shown.
    pub(crate) around: RefCell<Option<Rc<dyn PageAround>>>,
    /// The second preview, while two dialects are shown.
    pub(crate) second_preview: RefCell<Option<Rc<SecondPreview>>>,
    pub(crate) tools: LoadedTools,
    pub(crate) diagnostics: EditorDiagnostics,
    pub(crate) settings: EditorSettings,
    /// What gives code its runs.
    pub(crate) highlighting: Highlighting,
    /// What renders the post, with all that it keeps of the text shown last.
    pub renderer: RefCell<Renderer>,
    pub(crate) shown: ShownText,
    frame_request: FrameRequest,
}

impl EditorController {
    /// Adopts the textarea, and the places for mirror, marks and preview that stand in `root`; `fill` fills a frame
    /// that has no document of its own. Nothing is shown yet.
    pub fn new(
        dispatch: UseReducerDispatcher<State>,
        root: Root,
        textarea: HtmlTextAreaElement,
        fill: Option<Function>,
    ) -> Rc<Self> {
        let frame: HtmlIFrameElement = root.by_id("preview");
        Rc::new(Self {
            dispatch,
            host: RefCell::new(None),
            mirror: Mirror::new(&root, textarea.clone()),
            textarea: Textarea::of(textarea),
            marks: Marks::new(&root),
            caret: Caret::default(),
            shift_held: Cell::new(false),
            wants_plain: Cell::new(false),
            preview: PreviewFrame::of(frame, fill),
            preview_events: PreviewEvents::default(),
            scroll: ScrollSync::default(),
            around: RefCell::default(),
            second_preview: RefCell::default(),
            tools: LoadedTools::default(),
            diagnostics: EditorDiagnostics::default(),
            settings: EditorSettings::default(),
            highlighting: Highlighting::default(),
            renderer: RefCell::default(),
            shown: ShownText::default(),
            frame_request: FrameRequest::default(),
            root,
        })
    }

    /// Stands in `host` from now on.
    pub fn set_host(&self, host: Weak<dyn EditorHost>) {
        *self.host.borrow_mut() = Some(host);
    }

    pub(crate) fn host(&self) -> Option<Rc<dyn EditorHost>> {
        self.host.borrow().as_ref()?.upgrade()
    }

    /// Lets go of everything that holds the editor: nothing is shown any more.
    pub fn close(&self) {
        self.shown.is_ready.set(false);
        self.frame_request.cancel();
        self.preview_events.stop();
        self.diagnostics.stop();
        if let Some(second) = self.second_preview.take() {
            second.remove();
        }
    }

    /// Says something in the corner; a later message with the same key takes its place.
    pub fn tell(&self, key: &'static str, severity: Severity, text: impl Into<Rc<str>>) {
        self.dispatch.dispatch(Action::Tell(Message { key, severity, text: text.into(), offer: None }));
    }

    /// The text as it was last shown.
    pub fn text(&self) -> Rc<str> {
        self.shown.text()
    }

    /// The text as it stands in the textarea, which takes its time to tell: asked for only where something was typed
    /// since the text was last shown.
    pub(crate) fn text_now(&self) -> Rc<str> {
        if self.shown.is_current.get() { self.text() } else { self.textarea.text().into() }
    }

    /// Whether what is shown is of the text that stands in the textarea.
    pub(crate) fn shows_text_now(&self) -> bool {
        self.shown.is_current.get()
    }

    /// What is wrong with the text as it was last shown, in the order of the text.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.shown.diagnostics.borrow().clone()
    }

    /// Whether the preview has a document to fill.
    pub fn is_connected(&self) -> bool {
        self.preview.is_connected()
    }

    /// Asks for the next frame to show the text.
    pub fn want_text(self: &Rc<Self>) {
        self.want(Requested { text: true, caret: true, editor_scroll: false });
    }

    /// Asks for the next frame to follow the caret.
    pub(crate) fn want_caret(self: &Rc<Self>) {
        self.want(Requested { caret: true, ..Requested::default() });
    }

    /// Whether the next frame follows the caret.
    pub(crate) fn is_caret_wanted(&self) -> bool {
        self.frame_request.requested().caret
    }

    /// Asks for the next frame to follow the editor's scrolling.
    pub fn want_editor_scroll(self: &Rc<Self>) {
        self.want(Requested { editor_scroll: true, ..Requested::default() });
    }

    fn want(self: &Rc<Self>, more: Requested) {
        if !self.frame_request.add(more) {
            return;
        }
        let editor = Rc::downgrade(self);
        self.frame_request.set_frame(gloo::render::request_animation_frame(move |_| {
            if let Some(editor) = editor.upgrade() {
                editor.on_frame(editor.frame_request.take());
            }
        }));
    }

    /// The site's settings that posts are read with.
    pub fn settings(&self) -> Rc<SiteSettings> {
        Rc::clone(&self.settings.site.borrow())
    }

    /// Reads posts with these settings from now on, beginning with the next that is shown again.
    pub fn take_settings(&self, settings: Rc<SiteSettings>) {
        *self.settings.site.borrow_mut() = settings;
    }

    pub(crate) fn theme(&self) -> Theme {
        self.settings.theme.get()
    }

    /// Light, dark, or the system's, in every preview.
    pub fn set_theme(&self, theme: Theme) {
        self.settings.theme.set(theme);
        self.preview.set_theme(theme_name(theme));
        if let Some(second) = &*self.second_preview.borrow() {
            second.preview.set_theme(theme_name(theme));
        }
    }

    /// Whether shortcuts are those of an Apple keyboard.
    pub fn apple(&self) -> bool {
        self.settings.apple.get()
    }

    pub(crate) fn set_apple(&self, apple: bool) {
        self.settings.apple.set(apple);
        self.dispatch.dispatch(Action::Apple(apple));
    }

    /// The language of posts that name none.
    pub fn set_language(self: &Rc<Self>, language: &str) {
        *self.settings.language.borrow_mut() = language.into();
        self.show_again();
    }

    /// Whether texts are bodies alone, without front matter.
    pub fn set_body_only(self: &Rc<Self>, body_only: bool) {
        if self.settings.body_only.replace(body_only) != body_only {
            self.show_anew();
        }
    }

    /// Whether texts are bodies alone.
    pub fn is_body_only(&self) -> bool {
        self.settings.body_only.get()
    }

    /// The dialects that the preview shows.
    pub fn dialects(&self) -> Dialects {
        self.tools.shown()
    }

    /// Whether what stands in the textarea is shown.
    pub(crate) fn is_ready(&self) -> bool {
        self.shown.is_ready.get()
    }

    /// What stands in the textarea now is to be shown.
    pub fn ready(&self) {
        self.shown.is_ready.set(true);
    }
}
