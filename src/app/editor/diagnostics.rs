//! The diagnostics of the text that is shown: those of reading, which come with each key, and those of the checks,
//! which come when typing pauses and move with the text meanwhile. In: both. Out: all of them. Neighbours: `checks.rs`
//! fills it, `view/moved_diagnostics.rs` moves diagnostics.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;

use crate::app::state::DiagnosticView;
use crate::checks::merged;
use crate::text::Diagnostic;
use crate::view::moved_diagnostics::moved;

/// The diagnostics of the text that is shown, and when they are brought to it.
#[derive(Default)]
pub struct EditorDiagnostics {
    /// Those of reading it.
    pub(crate) from_reading: RefCell<Vec<Diagnostic>>,
    /// Those of the checks, moved with the text since they ran.
    pub(crate) from_checks: RefCell<Vec<Diagnostic>>,
    /// All of them, as they were last given to the reducer.
    pub(crate) dispatched: RefCell<Rc<[DiagnosticView]>>,
    /// Tags of other posts.
    pub(crate) known_tags: RefCell<Rc<[String]>>,
    /// Whether a person has written something.
    pub(crate) typed: Cell<bool>,
    /// Whether the part that runs the checks is being loaded, and whether the person was told that this failed.
    pub(crate) loading: Cell<bool>,
    pub(crate) told_missing: Cell<bool>,
    pub(crate) pause: RefCell<Option<Timeout>>,
    /// When the text was last shown, in milliseconds since 1970.
    pub(crate) shown_at: Cell<f64>,
}

impl EditorDiagnostics {
    /// The text that is shown changed, and reading it gave `from_reading`. Returns all diagnostics.
    pub fn follow(&self, old: Option<&str>, new: &str, from_reading: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let from_checks = old.map(|old| moved(&self.from_checks.borrow(), old, new)).unwrap_or_default();
        let all = merged(from_reading.clone(), &from_checks);
        *self.from_checks.borrow_mut() = from_checks;
        *self.from_reading.borrow_mut() = from_reading;
        all
    }

    /// Waits for no pause any more.
    pub fn stop(&self) {
        self.pause.borrow_mut().take();
    }

    /// Whether the page must show these now rather than in the next pause: where only the places differ, it can wait.
    pub fn must_dispatch(&self, diagnostics: &Rc<[DiagnosticView]>) -> bool {
        let shown = self.dispatched.borrow();
        let same = |(one, other): (&DiagnosticView, &DiagnosticView)| {
            (one.severity, &one.message, &one.fix) == (other.severity, &other.message, &other.fix)
        };
        shown.len() != diagnostics.len() || !shown.iter().zip(diagnostics.iter()).all(same)
    }
}
