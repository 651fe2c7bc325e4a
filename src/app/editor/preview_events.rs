//! What listens in the preview's frame. In: listeners. Out: the same again. Neighbours: `preview_frame.rs` fills it.

use std::cell::{Cell, RefCell};

use gloo::render::AnimationFrame;
use web_sys::Node;

use crate::app::browser::event_listener::EventListener;

/// The listeners in the frame; where the engine sends no events from it, what is known of the frame instead.
#[derive(Default)]
pub struct PreviewEvents {
    /// Whether the engine sends events from the frame. WebKit sends none from a frame without scripts.
    pub(crate) are_sent: Cell<bool>,
    pub(crate) listeners: RefCell<Vec<EventListener>>,
    /// The next look at the frame.
    pub(crate) watching: RefCell<Option<AnimationFrame>>,
    /// The selection at the last look.
    pub(crate) selection: RefCell<Option<(Node, u32)>>,
}

impl PreviewEvents {
    /// Listens and looks no more.
    pub fn stop(&self) {
        self.watching.borrow_mut().take();
        self.listeners.borrow_mut().clear();
    }
}
