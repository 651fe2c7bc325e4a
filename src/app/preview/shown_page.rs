//! A page of a site for the frame, and what is shown of it. In: nothing. Out: types. Neighbours: `page.rs` shows it,
//! `frame.rs` holds it.

use std::rc::Rc;

use web_sys::Element;

use super::shown_block::ShownBlock;
use crate::markdown::token::Token;

/// A style sheet in the frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrameStyle {
    /// Its text.
    Text {
        /// For which media it is; empty for all.
        media: String,
        /// CSS, whose addresses may be loaded.
        css: Rc<str>,
    },
    /// One of another host.
    Address {
        /// For which media it is; empty for all.
        media: String,
        /// Where it is loaded from.
        address: String,
    },
}

/// A page for the frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FramePage {
    /// The attributes of `html`.
    pub root: Vec<(String, String)>,
    /// The attributes of `body`.
    pub body: Vec<(String, String)>,
    /// The style sheets in their order.
    pub styles: Vec<FrameStyle>,
    /// What stands in `body`; sanitized.
    pub tokens: Rc<[Token<'static>]>,
    /// Which of the tokens marks the place of the content. Without one, the tokens are the whole page.
    pub content: Option<usize>,
}

/// A page that is shown.
pub(super) struct ShownPage {
    pub(super) page: Rc<FramePage>,
    pub(super) body: ShownBlock,
    pub(super) styles: Vec<Element>,
}
