//! Showing the text: the preview, the counts and the diagnostics are brought to what stands in the textarea. In: the
//! textarea's text. Out: nodes in the frame, actions for the reducer. Neighbours: `controller.rs`; `src/render/`
//! renders.

use std::rc::Rc;

use super::controller::EditorController;
use super::frame_request::Requested;
use super::host::EditorEvent;
use crate::app::browser::dom::now_seconds;
use crate::app::browser::guard::{Stopped, guarded};
use crate::app::preview::frame::Connection;
use crate::app::shown::Shown;
use crate::app::state::{Action, Counts, DiagnosticView, theme_name};
use crate::render::Renderer;
use crate::text::lacked_functions;
use crate::text::{Diagnostic, LineIndex};
use crate::view::words;

impl EditorController {
    /// Takes hold of the frame, and fills it where it is new.
    pub fn connect(self: &Rc<Self>) -> Connection {
        let connection = self.preview.connect();
        if connection == Connection::New {
            self.preview.set_theme(theme_name(self.settings.theme.get()));
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
        *self.renderer.borrow_mut() = self.new_renderer();
        self.shown.has_begun.set(false);
        self.shown.is_current.set(false);
        self.show_text();
        self.scroll.settle_preview(&self.preview);
    }

    /// Shows the text again although it has not changed: what it is read with has.
    pub fn show_again(self: &Rc<Self>) {
        self.shown.is_stale.set(true);
        self.want_text();
    }

    pub(crate) fn on_frame(self: &Rc<Self>, wanted: Requested) {
        if wanted.text {
            self.show_text();
        }
        if wanted.editor_scroll {
            if let Some(host) = self.host() {
                host.editor_event(EditorEvent::Moved);
            }
            self.place_marks();
            self.scroll.editor_scrolled(&self.textarea, &self.mirror, &self.preview, &self.text());
            if let Some(second) = &*self.second_preview.borrow() {
                second.scroll.editor_scrolled(&self.textarea, &self.mirror, &second.preview, &self.text());
            }
        }
        if wanted.caret {
            self.follow_caret(wanted.text);
        }
    }

    /// Brings the preview, the counts and the diagnostics to the text in the textarea.
    pub fn show_text(self: &Rc<Self>) {
        let Some(host) = self.host().filter(|_| self.shown.is_ready.get() && self.preview.is_connected()) else {
            return;
        };
        let new = self.textarea.text();
        let old = self.text();
        self.shown.is_current.set(true);
        if *old == *new && self.shown.has_begun.get() && !self.shown.is_stale.take() {
            return;
        }
        self.shown.is_under_way.set(true);
        self.pause_soon();
        let known = self.shown.has_begun.replace(true);
        let text: Rc<str> = new.into();
        self.shown.set_text(&text);
        let (shown, mut stopped) = self.render(host.file_name(), &text);
        let around = self.around.borrow().clone();
        let has_blocks = around.is_none_or(|around| around.show(&self.preview, &text, shown.body_start));
        if has_blocks {
            self.preview.show_header(Rc::clone(&shown.header), shown.body_start);
            self.preview.show_blocks(self.renderer.borrow().blocks(), &shown.patch, shown.body_start, &shown.map);
        }
        let own_language = self.settings.language.borrow().clone();
        let language = shown.language.as_deref().unwrap_or(&own_language);
        self.preview.set_language(language);
        if let Some(second) = self.second_preview.borrow().clone() {
            stopped |= second.show(shown.header, &text, shown.body_start, language).is_err();
        }
        if stopped {
            self.tools_stopped();
        }
        if lacked_functions() {
            self.tools.lacks_functions.set(true);
        }
        if shown.wants_liquid || self.tools.lacks_functions.get() {
            self.load_for_text(shown.wants_liquid);
        }
        self.load_colours();
        if !known {
            self.count();
        }
        let all = self.diagnostics.follow(known.then_some(&*old), &text, shown.diagnostics);
        self.set_diagnostics(&text, all, false);
        self.shown.is_under_way.set(false);
        host.editor_event(EditorEvent::Shown { title: shown.title, suggested_name: shown.suggested_name });
    }

    /// Renders the text. Whether the part with Liquid and GitHub's dialect has stopped working on it: then it is
    /// rendered from an empty page, in Jekyll's dialect and without Liquid.
    fn render(&self, file_name: Option<String>, text: &Rc<str>) -> (Shown, bool) {
        let now = now_seconds();
        let show = move |mut renderer: Renderer, name: Option<&str>, text: &str| {
            let shown = Shown::of(&mut renderer, name, text, now);
            (renderer, shown)
        };
        let renderer = self.renderer.take();
        let (name, whole) = (file_name.clone(), Rc::clone(text));
        let outcome = if renderer.has_engines() {
            guarded(move || show(renderer, name.as_deref(), &whole))
        } else {
            Ok(show(renderer, name.as_deref(), &whole))
        };
        let stopped = outcome.is_err();
        let (renderer, shown) = outcome.unwrap_or_else(|Stopped| {
            self.tools.stop();
            self.highlighting.stop();
            show(self.new_renderer(), file_name.as_deref(), text)
        });
        *self.renderer.borrow_mut() = renderer;
        (shown, stopped)
    }

    /// Counts the words of the body that is shown.
    pub(crate) fn count(&self) {
        let text = self.text();
        let start = self.renderer.borrow().post().map_or(0, |post| post.body_span.start);
        let words = words::count(text.get(start..).unwrap_or(""));
        let counts = Counts { words, minutes: words::minutes(words) };
        if self.shown.counts.replace(counts) != counts {
            self.dispatch.dispatch(Action::Counts(counts));
        }
    }

    /// Keeps and shows the diagnostics of `text`; with `places` the page shows them also where only their places
    /// changed.
    pub(crate) fn set_diagnostics(&self, text: &str, diagnostics: Vec<Diagnostic>, places: bool) {
        if diagnostics.is_empty() && self.shown.diagnostic_views.borrow().is_empty() {
            return;
        }
        let lines = LineIndex::new(text);
        let view = |d: &Diagnostic| DiagnosticView {
            severity: d.severity,
            message: d.message.as_str().into(),
            span: d.span,
            at: lines.line_column(text, d.span.start),
            fix: d.fix.as_ref().map(|fix| fix.label.as_str().into()),
        };
        let views: Rc<[DiagnosticView]> = diagnostics.iter().map(view).collect();
        *self.shown.diagnostics.borrow_mut() = diagnostics;
        *self.shown.diagnostic_views.borrow_mut() = Rc::clone(&views);
        self.dispatch_diagnostics(&views, places);
    }

    /// Draws the marks beside the text.
    pub(crate) fn draw_marks(&self) {
        let scrolled = f64::from(self.textarea.element.scroll_top());
        let views = Rc::clone(&self.shown.diagnostic_views.borrow());
        self.marks.draw(&self.mirror, &self.text(), &views, scrolled);
    }

    pub(crate) fn place_marks(&self) {
        self.marks.place(&self.mirror, f64::from(self.textarea.element.scroll_top()));
    }
}
