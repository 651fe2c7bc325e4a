//! The panel as it is shown: the open tab, and what is being loaded. In: choices. Out: the same again. Neighbours:
//! `actions.rs` shows it.

use crate::view::panel::PanelView;
use std::cell::{Cell, RefCell};

/// The panel.
#[derive(Default)]
pub struct PanelState {
    pub(crate) shown: RefCell<PanelView>,
    pub(crate) asked_for_tags: Cell<bool>,
    /// Whether the part that draws the panel is being loaded.
    pub(crate) loading: Cell<bool>,
}
