//! The checks, and everything else that waits for a pause in typing. In: texts that were shown. Out: diagnostics at
//! their places, marks. Neighbours: `show.rs` tells of texts, `diagnostics.rs` keeps what is found.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::controller::EditorController;
use super::host::EditorEvent;
use crate::app::browser::dom::{now_ms, sleep};
use crate::app::browser::guard::{Stopped, guarded};
use crate::app::browser::panic::tell_stopped;
use crate::app::state::{Action, DiagnosticView};
use crate::checks::merged;
use crate::render::{CheckOptions, Renderer};
use crate::text::Severity;

/// After so many milliseconds without input the checks run, and marks are drawn.
const PAUSE: u32 = 200;

/// So many milliseconds after a person began to write, what runs the checks is loaded.
const LOAD_AFTER: i32 = 1_500;

impl EditorController {
    /// Gives diagnostics to the reducer where they differ in more than their places, or with `places` where they differ
    /// at all.
    pub(crate) fn dispatch_diagnostics(&self, diagnostics: &Rc<[DiagnosticView]>, places: bool) {
        if self.diagnostics.must_dispatch(diagnostics)
            || (places && *self.diagnostics.dispatched.borrow() != *diagnostics)
        {
            *self.diagnostics.dispatched.borrow_mut() = Rc::clone(diagnostics);
            self.dispatch.dispatch(Action::Diagnostics(Rc::clone(diagnostics)));
            if let Some(host) = self.host() {
                host.editor_event(EditorEvent::Diagnosed);
            }
        }
    }

    /// The text was shown: what need not be done in its frame is done when typing pauses.
    pub(crate) fn pause_soon(self: &Rc<Self>) {
        self.diagnostics.shown_at.set(now_ms());
        // One timer for a whole burst of keys: to set a new one for each key costs more than to wait once more.
        if self.diagnostics.pause.borrow().is_none() {
            self.wait_for_pause(PAUSE);
        }
    }

    fn wait_for_pause(self: &Rc<Self>, milliseconds: u32) {
        let editor = Rc::downgrade(self);
        let pause = Timeout::new(milliseconds, move || {
            let Some(editor) = editor.upgrade() else { return };
            let left = f64::from(PAUSE) - (now_ms() - editor.diagnostics.shown_at.get());
            if left > 1.0 && left <= f64::from(PAUSE) {
                editor.wait_for_pause(left as u32);
            } else {
                editor.diagnostics.pause.borrow_mut().take();
                editor.on_pause();
            }
        });
        *self.diagnostics.pause.borrow_mut() = Some(pause);
    }

    pub(crate) fn on_pause(self: &Rc<Self>) {
        if self.shown.is_under_way.get() {
            return tell_stopped();
        }
        self.ask_again_for_colours();
        self.look_for_selection();
        self.count();
        self.check();
        self.draw_marks();
        if let Some(host) = self.host() {
            host.editor_event(EditorEvent::Paused);
        }
    }

    /// Runs the checks on the text that is shown. What runs them is loaded when a person has written for a moment.
    fn check(self: &Rc<Self>) {
        let Some(host) = self.host() else { return };
        if self.tools.get().is_none() {
            self.tools.asked_for_text.set(false);
            if self.diagnostics.typed.get() || host.wants_checks() {
                self.load_checks();
            }
            return;
        }
        let (text, off) = (self.text(), host.switched_off_checks());
        let known_tags = Rc::clone(&self.diagnostics.known_tags.borrow());
        let checked = self.guarded_with_renderer(move |renderer| {
            renderer.check(&text, &CheckOptions { known_tags: &known_tags, off: &off })
        });
        let Ok(diagnostics) = checked else {
            self.tools_stopped();
            return;
        };
        let Some(diagnostics) = diagnostics else { return };
        let all = merged(self.diagnostics.from_reading.borrow().clone(), &diagnostics);
        *self.diagnostics.from_checks.borrow_mut() = diagnostics;
        self.set_diagnostics(&self.text(), all, true);
    }

    /// Calls a function that was loaded later, with the renderer. After a panic in it the renderer is a new one.
    pub(crate) fn guarded_with_renderer<T: 'static>(
        &self,
        call: impl FnOnce(&Renderer) -> T + 'static,
    ) -> Result<T, Stopped> {
        let renderer = self.renderer.take();
        let outcome = guarded(move || {
            let answer = call(&renderer);
            (renderer, answer)
        });
        let (renderer, answer) = match outcome {
            Ok((renderer, answer)) => (renderer, Ok(answer)),
            Err(Stopped) => (self.new_renderer(), Err(Stopped)),
        };
        *self.renderer.borrow_mut() = renderer;
        answer
    }

    /// Loads what runs the checks, a moment from now. Where it does not arrive, the next pause asks again, and it is
    /// told of once.
    fn load_checks(self: &Rc<Self>) {
        if self.tools.has_stopped() || self.diagnostics.loading.replace(true) {
            return;
        }
        let editor = Rc::clone(self);
        spawn_local(async move {
            sleep(LOAD_AFTER).await;
            let loaded = editor.load_tools().await;
            editor.diagnostics.loading.set(false);
            if loaded.is_ok() {
                editor.on_pause();
            } else if !editor.diagnostics.told_missing.replace(true) {
                editor.tell(
                    "checks",
                    Severity::Warning,
                    "What checks the text could not be loaded. Is the network gone?",
                );
            }
        });
    }
}
