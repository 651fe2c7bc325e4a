//! The panel beside the preview. In: the open tab. Out: its nodes, what a person wants in it. Neighbours:
//! `view/panel/`.

pub(crate) mod actions;
pub(crate) mod events;
pub(crate) mod panel_state;
