//! The open comparison: its dialog's frame, and what is shown in it. In: the lists of `compare::compare`. Out: nodes.
//! Neighbours: `actions.rs` opens and fills it.

use crate::app::browser::event_listener::EventListener;
use crate::app::components::ComparisonNodes;
use crate::app::preview::frame::PreviewFrame;
use crate::compare::Lists;
use crate::markdown::block::{Block, Patch};
use crate::markdown::token::Token;
use crate::text::SourceMap;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// So many pixels are left above the first difference.
const ABOVE: f64 = 90.0;

/// What a reader can see of a difference in the preview.
const MARKS: &str = ":is(.apercu-ins, .apercu-del):not([hidden]), .apercu-changed";

/// The open comparison.
#[derive(Default)]
pub struct ComparisonState {
    pub(crate) open: RefCell<Option<Rc<OpenComparison>>>,
    /// Counts what was asked for: an answer to an older question is not shown.
    pub(crate) turn: Cell<u32>,
}

impl ComparisonState {
    /// Lets go of everything.
    pub(crate) fn close(&self) {
        self.next_turn();
        self.open.take();
    }

    pub(crate) fn next_turn(&self) -> u32 {
        self.turn.set(self.turn.get() + 1);
        self.turn.get()
    }
}

/// The dialog's nodes and frame, and what is shown: a block for each of the lists of `compare::compare`.
pub struct OpenComparison {
    pub(crate) nodes: ComparisonNodes,
    pub(crate) preview: PreviewFrame,
    pub(crate) lists: RefCell<Lists>,
    pub(crate) listeners: RefCell<Vec<EventListener>>,
}

impl OpenComparison {
    pub(crate) fn fill(&self) {
        let lists = self.lists.borrow();
        let blocks = as_blocks(lists.get(3..).unwrap_or(&[]));
        self.preview.show_header(lists.get(2).map_or(&[][..], Vec::as_slice).into(), 0);
        self.preview.show_blocks(&blocks, &Patch::default(), 0, &Rc::new(SourceMap::identity(usize::MAX)));
        let first = self.preview.with_document(|document, _| document.query_selector(MARKS).ok().flatten()).flatten();
        if let Some((first, scroll)) = first.zip(self.preview.scroll()) {
            self.preview.scroll_to(first.get_bounding_client_rect().top() + scroll.0 - ABOVE);
        }
    }
}

/// A block for each list, as the preview shows them.
fn as_blocks(lists: &[Vec<Token<'static>>]) -> Vec<Block> {
    let block = |(index, tokens): (usize, &Vec<Token<'static>>)| Block {
        id: index as u64,
        span: Default::default(),
        fingerprint: index as u64,
        tokens: tokens.as_slice().into(),
        is_footnotes: false,
        is_cut: false,
        outcome: Default::default(),
        dependencies: Default::default(),
    };
    lists.iter().enumerate().map(block).collect()
}
