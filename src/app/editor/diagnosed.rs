//! The diagnostics of the text that is shown: those of reading, which come with each key, and those of the checks, which
//! come when typing pauses and move with the text meanwhile. In: both. Out: all of them. Neighbours: `checks.rs` fills it,
//! `view/moved_diagnostics.rs` moves diagnostics.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;

use crate::app::state::Problem;
use crate::checks::merged;
use crate::text::Diagnostic;
use crate::view::moved_diagnostics::moved;

/// What was found in the text that is shown.
#[derive(Default)]
pub struct Diagnosed {
    /// What was found while reading it.
    pub(crate) read: RefCell<Vec<Diagnostic>>,
    /// What the checks found, at its places in it.
    pub(crate) findings: RefCell<Vec<Diagnostic>>,
    /// The problems as the reducer knows them.
    pub(crate) told: RefCell<Rc<[Problem]>>,
    /// Tags of other posts.
    pub(crate) known_tags: RefCell<Rc<[String]>>,
    /// Whether somebody has written something.
    pub(crate) typed: Cell<bool>,
    /// Whether what runs the checks is on its way, and whether it was told that it did not arrive.
    pub(crate) loading: Cell<bool>,
    pub(crate) told_missing: Cell<bool>,
    pub(crate) pause: RefCell<Option<Timeout>>,
    /// When the text was last shown, in milliseconds since 1970.
    pub(crate) shown_at: Cell<f64>,
}

impl Diagnosed {
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
    pub fn must_tell(&self, problems: &Rc<[Problem]>) -> bool {
        let told = self.told.borrow();
        let same = |(one, other): (&Problem, &Problem)| {
            (one.severity, &one.message, &one.fix) == (other.severity, &other.message, &other.fix)
        };
        told.len() != problems.len() || !told.iter().zip(problems.iter()).all(same)
    }
}
