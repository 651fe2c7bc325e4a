//! The panel as it is shown: the open tab, and what is on its way. In: choices. Out: the same again. Neighbours:
//! `actions.rs` shows it.

use crate::view::panel::Panel;
use std::cell::{Cell, RefCell};

/// The panel.
#[derive(Default)]
pub struct PanelState {
    pub(crate) shown: RefCell<Panel>,
    pub(crate) asked_for_tags: Cell<bool>,
    /// Whether what draws the panel is on its way.
    pub(crate) loading: Cell<bool>,
    /// Whether the open tab gets the focus when it is drawn.
    pub(crate) wants_focus: Cell<bool>,
    /// Whether its nodes are being changed: what they tell meanwhile is no person's doing.
    pub(crate) changing: Cell<bool>,
}

impl PanelState {
    /// What a change of the nodes answers.
    pub(crate) fn changed<T>(&self, change: impl FnOnce() -> T) -> T {
        let outer = self.changing.replace(true);
        let answer = change();
        self.changing.set(outer);
        answer
    }
}
