//! Where the caret was last, so that a browser is asked for it as seldom as possible. In: what events tell. Out: the
//! same again. Neighbours: `follow_caret.rs` fills it.

use std::cell::{Cell, RefCell};

use gloo::timers::callback::Timeout;

use crate::text::LineColumn;

/// Where the caret was last. To ask a browser for the selection takes time that grows with the text, twice as much as
/// everything else that a key asks for: typing is followed by what its events tell.
#[derive(Default)]
pub struct Caret {
    /// The selection in UTF-16 units, as it was last followed.
    pub(crate) selection: Cell<(usize, usize)>,
    /// Where typing has brought the caret since, in UTF-16 units.
    pub(crate) typed: Cell<Option<usize>>,
    /// When something was typed last, on the clock of events.
    pub(crate) typed_at: Cell<f64>,
    /// What the status bar says.
    pub(crate) position: Cell<Option<LineColumn>>,
    /// When an event last reported a change of the selection, on the clock of events.
    pub(crate) told: Cell<Option<f64>>,
    /// The next look at where its block stands in the previews.
    pub(crate) after_layout: RefCell<Option<Timeout>>,
}
