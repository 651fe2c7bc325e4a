//! What the next animation frame has to do. In: requests. Out: one frame for all of them. Neighbours: `controller.rs`.

use std::cell::{Cell, RefCell};

use gloo::render::AnimationFrame;

/// What was asked for.
#[derive(Clone, Copy, Default)]
pub struct Requested {
    /// The text is shown.
    pub text: bool,
    /// The caret is followed.
    pub caret: bool,
    /// The editor's scrolling is followed.
    pub editor_scroll: bool,
}

/// The requests for the next frame.
#[derive(Default)]
pub struct FrameRequest {
    requested: Cell<Requested>,
    frame: RefCell<Option<AnimationFrame>>,
}

impl FrameRequest {
    /// What is asked for so far.
    pub fn requested(&self) -> Requested {
        self.requested.get()
    }

    /// Adds to it. Whether a frame has to be asked for.
    pub fn add(&self, more: Requested) -> bool {
        let known = self.requested.get();
        self.requested.set(Requested {
            text: known.text || more.text,
            caret: known.caret || more.caret,
            editor_scroll: known.editor_scroll || more.editor_scroll,
        });
        self.frame.borrow().is_none()
    }

    /// The frame that will answer.
    pub fn set_frame(&self, frame: AnimationFrame) {
        *self.frame.borrow_mut() = Some(frame);
    }

    /// The frame has come: takes what it has to do.
    pub fn take(&self) -> Requested {
        self.frame.borrow_mut().take();
        self.requested.take()
    }

    /// No frame is waited for any more.
    pub fn cancel(&self) {
        self.frame.borrow_mut().take();
    }
}
