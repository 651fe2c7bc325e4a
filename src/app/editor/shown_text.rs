//! The text as it was last shown, and what is known of it. In: texts, diagnostics. Out: the same again. Neighbours:
//! `controller.rs` owns it, `show.rs` fills it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::app::state::{Counts, DiagnosticView};
use crate::text::Diagnostic;

/// The text last shown.
pub struct ShownText {
    text: RefCell<Rc<str>>,
    /// Its diagnostics, as the page shows them and as they are.
    pub diagnostic_views: RefCell<Rc<[DiagnosticView]>>,
    /// See `diagnostic_views`.
    pub diagnostics: RefCell<Vec<Diagnostic>>,
    /// Its words and minutes.
    pub counts: Cell<Counts>,
    /// Whether a text has been shown since the preview was empty.
    pub has_begun: Cell<bool>,
    /// Whether it is still the textarea's: nothing was typed since.
    pub is_current: Cell<bool>,
    /// Whether it has to be shown again as it is.
    pub is_stale: Cell<bool>,
    /// Whether the textarea holds what is to be shown.
    pub is_ready: Cell<bool>,
    /// Whether a text is being shown. If it is still so when typing has paused, an exception has ended the program in
    /// the middle.
    pub is_under_way: Cell<bool>,
}

impl Default for ShownText {
    fn default() -> Self {
        Self {
            text: RefCell::new("".into()),
            diagnostic_views: RefCell::new([].into()),
            diagnostics: RefCell::default(),
            counts: Cell::default(),
            has_begun: Cell::new(false),
            is_current: Cell::new(false),
            is_stale: Cell::new(false),
            is_ready: Cell::new(false),
            is_under_way: Cell::new(false),
        }
    }
}

impl ShownText {
    /// The text.
    pub fn text(&self) -> Rc<str> {
        Rc::clone(&self.text.borrow())
    }

    /// Another text is shown.
    pub fn set_text(&self, text: &Rc<str>) {
        *self.text.borrow_mut() = Rc::clone(text);
    }
}
