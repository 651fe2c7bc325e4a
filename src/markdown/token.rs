//! HTML as a flat list of tokens: what the writer produces, the sanitizer filters, the page turns into DOM nodes, and
//! `to_html` turns into a string. In: nothing. Out: types and `to_html`. Neighbours: `html/`, `sanitize/`, `block.rs`.

use super::event::CowStr;
use crate::text::Span;

/// A piece of HTML. Elements nest: every `Open` has its `Close`.
#[derive(Clone, Debug, PartialEq)]
pub enum Token<'a> {
    /// An element opens. Void elements (`br`, `img`, `hr`, …) are followed by their `Close` at once.
    Open {
        /// The name, in lower case for HTML.
        name: CowStr<'a>,
        /// Name and value in the order of the output, values not escaped.
        attributes: Vec<(CowStr<'a>, CowStr<'a>)>,
        /// The source in bytes of the body, where one is known.
        span: Option<Span>,
    },
    /// The element that opened last closes.
    Close,
    /// Text, not escaped.
    Text(CowStr<'a>),
    /// A comment's content.
    Comment(CowStr<'a>),
}
