//! The part of the program with Liquid, GitHub's dialect and more, once it is there; and the dialects that are shown.
//! In: the part. Out: the same again. Neighbours: `dialects.rs` loads it.

use std::cell::Cell;

use super::pasting::LastPaste;
use crate::app::tools::Tools;
use crate::commands::Functions;
use crate::storage::Dialects;

/// The part of the program with Liquid, GitHub's dialect, checks and more, once it is there; and the dialects shown.
#[derive(Default)]
pub struct LoadedTools {
    pub(crate) tools: Cell<Option<&'static Tools>>,
    /// What the editing commands do. They stay when the part has stopped.
    pub(crate) commands: Cell<Option<&'static Functions>>,
    /// Whether a text needs functions that only the part has: names of characters, options.
    pub(crate) lacks_functions: Cell<bool>,
    /// Whether a text has asked for it since typing last paused: a part that does not arrive is not asked for at each
    /// key.
    pub(crate) asked_for_text: Cell<bool>,
    /// What gives code its colours.
    pub(crate) colours: Cell<Arrival>,
    /// What was pasted last as Markdown, until the text changes.
    pub(crate) last_paste: Cell<Option<Box<LastPaste>>>,
    pub(crate) has_stopped: Cell<bool>,
    pub(crate) shown: Cell<Dialects>,
    /// The dialects that were chosen last: what they need may still be on its way.
    pub(crate) chosen: Cell<Dialects>,
}

/// Whether something that the text needs is on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Arrival {
    #[default]
    NotAsked,
    UnderWay,
    /// It did not arrive since typing last paused.
    Failed,
}

impl LoadedTools {
    /// The part, where it is there and works.
    pub(crate) fn get(&self) -> Option<&'static Tools> {
        self.tools.get()
    }

    /// The dialects that are shown.
    pub fn shown(&self) -> Dialects {
        self.shown.get()
    }

    /// Whether it has stopped, and no person has chosen something that needs it since.
    pub(crate) fn has_stopped(&self) -> bool {
        self.has_stopped.get()
    }

    /// The part has stopped in the middle of its work: it is not called until a person chooses something that needs it.
    pub(crate) fn stop(&self) {
        self.tools.set(None);
        self.has_stopped.set(true);
        self.shown.set(Dialects::Jekyll);
        self.chosen.set(Dialects::Jekyll);
    }
}
