//! A renderer that lives in the companion module. In: a body, and how to call the module. Out: patches and blocks like
//! those of a `BlockStore`. Neighbours: `blocks.rs` reads the answers; `app/effects/companion.rs` makes the call.

use super::Twin;
use crate::markdown::block::{Block, Patch};
use crate::text::Diagnostic;

/// Renders a body in the module; `true` asks it to forget the last one. `None` where the module does not answer.
pub type Call = Box<dyn Fn(&str, bool) -> Option<Vec<u8>>>;

/// A renderer behind a call.
pub struct Remote {
    twin: Twin,
    call: Call,
    known: bool,
}

impl Remote {
    /// A renderer that has seen no text.
    pub fn new(call: Call) -> Self {
        Self { twin: Twin::default(), call, known: false }
    }

    /// Takes a new body; the way from the old blocks to the new ones. `None` where the module has stopped working.
    pub fn update(&mut self, body: &str) -> Option<Patch> {
        let patch = (self.call)(body, !self.known).and_then(|bytes| self.twin.apply(&bytes));
        // An answer that does not fit the blocks here: both sides begin anew, once.
        let patch = match patch {
            None if self.known => (self.call)(body, true).and_then(|bytes| self.twin.apply(&bytes)),
            patch => patch,
        };
        self.known = patch.is_some();
        patch
    }

    /// The blocks of the last body.
    pub fn blocks(&self) -> &[Block] {
        self.twin.blocks()
    }

    /// What of the last body is not shown in full, in bytes of the body.
    pub fn notices(&self) -> &[Diagnostic] {
        self.twin.notices()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;

    use super::*;
    use crate::companion::encode_update;
    use crate::markdown::block::BlockStore;
    use crate::markdown::{Dialect, Options};

    fn call(store: &Rc<RefCell<BlockStore>>, works: &Rc<Cell<bool>>) -> Call {
        let (store, works) = (Rc::clone(store), Rc::clone(works));
        Box::new(move |body, anew| {
            let mut store = store.borrow_mut();
            if anew {
                *store = BlockStore::new();
            }
            let patch = store.update(body, &Options::of(Dialect::GitHub));
            works.get().then(|| encode_update(&store, &patch))
        })
    }

    #[test]
    fn a_module_that_was_asked_by_another_begins_anew() {
        let (store, works) = (Rc::default(), Rc::new(Cell::new(true)));
        let mut remote = Remote::new(call(&store, &works));
        assert!(remote.update("a\n\nb\n").is_some());
        store.borrow_mut().update("x\n\ny\n\nz\n\nb\n", &Options::of(Dialect::GitHub));
        assert!(remote.update("a\n\nb\n\nc\n").is_some());
        assert_eq!(remote.blocks().len(), 3);
    }

    #[test]
    fn a_module_that_stopped_is_told_of() {
        let (store, works) = (Rc::default(), Rc::new(Cell::new(true)));
        let mut remote = Remote::new(call(&store, &works));
        assert!(remote.update("a\n").is_some());
        works.set(false);
        assert_eq!(remote.update("b\n"), None);
    }
}
