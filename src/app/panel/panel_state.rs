//! The panel as it is shown: the open tab, and what is on its way. In: choices. Out: the same again. Neighbours:
//! `actions.rs` shows it.

use crate::view::panel::PanelView;
use std::cell::{Cell, RefCell};

/// The panel.
#[derive(Default)]
pub struct PanelState {
    pub(crate) shown: RefCell<PanelView>,
    pub(crate) asked_for_tags: Cell<bool>,
    /// Whether what draws the panel is on its way.
    pub(crate) loading: Cell<bool>,
}
