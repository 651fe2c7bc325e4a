//! The checks, and everything else that waits for a pause in typing. In: texts that were shown, findings of the companion
//! module. Out: problems at their places, marks. Neighbours: `desk.rs` tells of texts, `app/findings.rs` moves findings.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::desk::Desk;
use super::dom::sleep;
use crate::app::findings::moved;
use crate::app::state::{Action, Problem};
use crate::checks::merged;
use crate::text::{Diagnostic, Severity};

/// After so many milliseconds without input the checks run, and marks are drawn.
const PAUSE: u32 = 200;

/// So many milliseconds after somebody began to write, what runs the checks is loaded.
const LOAD_AFTER: i32 = 1_500;

/// What was found in the text that is shown.
#[derive(Default)]
pub struct Checking {
    /// What was found while reading it.
    read: RefCell<Vec<Diagnostic>>,
    /// What the checks found, at its places in it.
    pub(super) findings: RefCell<Vec<Diagnostic>>,
    /// The problems as the reducer knows them.
    told: RefCell<Rc<[Problem]>>,
    /// Tags of other posts.
    pub(super) known_tags: RefCell<Rc<[String]>>,
    /// Whether somebody has written something.
    pub(super) typed: Cell<bool>,
    /// Whether what runs the checks was asked for: it is not asked for again and again where that fails.
    asked: Cell<bool>,
    pause: RefCell<Option<Timeout>>,
}

impl Checking {
    /// The text that is shown changed, and something else was found while reading it. Gives everything that is known.
    pub fn follow(&self, old: Option<&str>, new: &str, read: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let findings = old.map(|old| moved(&self.findings.borrow(), old, new)).unwrap_or_default();
        let all = merged(read.clone(), &findings);
        *self.findings.borrow_mut() = findings;
        *self.read.borrow_mut() = read;
        all
    }

    /// Waits for no pause any more.
    pub fn stop(&self) {
        self.pause.borrow_mut().take();
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

impl Desk {
    /// Tells of problems: at once where they read otherwise, and of places with `places`.
    pub(super) fn tell_problems(&self, problems: &Rc<[Problem]>, places: bool) {
        if self.checking.must_tell(problems) || (places && *self.checking.told.borrow() != *problems) {
            *self.checking.told.borrow_mut() = Rc::clone(problems);
            self.dispatch.dispatch(Action::Problems(Rc::clone(problems)));
            if let Some(owner) = self.owner() {
                owner.diagnosed();
            }
        }
    }

    /// The text was shown: what need not be done in its frame is done when typing pauses.
    pub(super) fn pause_soon(self: &Rc<Self>) {
        let desk = Rc::downgrade(self);
        let pause = Timeout::new(PAUSE, move || {
            if let Some(desk) = desk.upgrade() {
                desk.on_pause();
            }
        });
        *self.checking.pause.borrow_mut() = Some(pause);
    }

    pub(super) fn on_pause(self: &Rc<Self>) {
        self.look_for_selection();
        self.count();
        self.check();
        self.draw_marks();
        if let Some(owner) = self.owner() {
            owner.paused();
        }
    }

    /// Runs the checks on the text that is shown. What runs them is loaded when somebody has written for a moment.
    fn check(self: &Rc<Self>) {
        let Some(owner) = self.owner() else { return };
        if !self.companion.is_there() {
            if (self.checking.typed.get() || owner.wants_checks()) && !self.checking.asked.replace(true) {
                let desk = Rc::clone(self);
                spawn_local(async move {
                    sleep(LOAD_AFTER).await;
                    match desk.load_companion().await {
                        Ok(()) => desk.on_pause(),
                        Err(_) => desk.tell(
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
        let tags = Rc::clone(&self.checking.known_tags.borrow());
        let found = self.companion.check(&name, &text, &tags, &owner.dismissed(), self.is_body_only());
        let Some(findings) = found else {
            self.companion_stopped();
            return;
        };
        let all = merged(self.checking.read.borrow().clone(), &findings);
        *self.checking.findings.borrow_mut() = findings;
        self.set_problems(&text, all, true);
    }
}
