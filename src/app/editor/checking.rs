//! The checks, and everything else that waits for a pause in typing. In: texts that were shown, what the checks find
//! in them. Out: problems at their places, marks. Neighbours: `desk.rs` tells of texts, `app/findings.rs` moves findings.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use crate::app::browser::dom::sleep;
use crate::app::browser::guard::guarded;
use crate::app::editor::desk::Desk;
use crate::app::state::{Action, Problem};
use crate::checks::{Review, merged};
use crate::markdown::Options;
use crate::text::{Diagnostic, Severity};
use crate::view::findings::moved;

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
    pub(crate) findings: RefCell<Vec<Diagnostic>>,
    /// The problems as the reducer knows them.
    told: RefCell<Rc<[Problem]>>,
    /// Tags of other posts.
    pub(crate) known_tags: RefCell<Rc<[String]>>,
    /// Whether somebody has written something.
    pub(crate) typed: Cell<bool>,
    /// Whether what runs the checks is on its way, and whether it was told that it did not arrive.
    loading: Cell<bool>,
    told_missing: Cell<bool>,
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
    pub(crate) fn tell_problems(&self, problems: &Rc<[Problem]>, places: bool) {
        if self.checking.must_tell(problems) || (places && *self.checking.told.borrow() != *problems) {
            *self.checking.told.borrow_mut() = Rc::clone(problems);
            self.dispatch.dispatch(Action::Problems(Rc::clone(problems)));
            if let Some(owner) = self.owner() {
                owner.diagnosed();
            }
        }
    }

    /// The text was shown: what need not be done in its frame is done when typing pauses.
    pub(crate) fn pause_soon(self: &Rc<Self>) {
        let desk = Rc::downgrade(self);
        let pause = Timeout::new(PAUSE, move || {
            if let Some(desk) = desk.upgrade() {
                desk.on_pause();
            }
        });
        *self.checking.pause.borrow_mut() = Some(pause);
    }

    pub(crate) fn on_pause(self: &Rc<Self>) {
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
        let Some(tools) = self.tools.get() else {
            self.tools.asked_for_liquid.set(false);
            if self.checking.typed.get() || owner.wants_checks() {
                self.load_checks();
            }
            return;
        };
        let (text, settings, off) = (self.text(), self.settings(), owner.dismissed());
        let Some(post) = self.session.borrow().post().cloned() else { return };
        let known_tags = Rc::clone(&self.checking.known_tags.borrow());
        let checked = guarded(move || {
            let options = Options::of_site(&settings);
            let (post, text, settings) = (&post, &*text, &*settings);
            (tools.check)(&Review { post, text, settings, options: &options, known_tags: &known_tags, off: &off })
        });
        let Ok(findings) = checked else {
            self.tools_stopped();
            return;
        };
        let all = merged(self.checking.read.borrow().clone(), &findings);
        *self.checking.findings.borrow_mut() = findings;
        self.set_problems(&self.text(), all, true);
    }

    /// Loads what runs the checks, a moment from now. Where it does not arrive, the next pause asks again, and it is told
    /// of once.
    fn load_checks(self: &Rc<Self>) {
        if self.tools.has_stopped() || self.checking.loading.replace(true) {
            return;
        }
        let desk = Rc::clone(self);
        spawn_local(async move {
            sleep(LOAD_AFTER).await;
            let loaded = desk.load_tools().await;
            desk.checking.loading.set(false);
            if loaded.is_ok() {
                desk.on_pause();
            } else if !desk.checking.told_missing.replace(true) {
                desk.tell(
                    "checks",
                    Severity::Warning,
                    "What checks the text could not be loaded. Is the network gone?",
                );
            }
        });
    }
}
