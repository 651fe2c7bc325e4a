//! The sanitizer, the first of two defences: only allowed elements, attributes, addresses and styles are kept.
//! Everything else is left out or replaced by a labelled placeholder. In: tokens of a block. Out: tokens that may go
//! into the page. Neighbours: `html/` and `raw_html/` make what comes in; `block/` keeps what goes out.
//!
//! It works on elements and attributes, never on strings of markup, and never turns them back into text. What it does
//! not know, it leaves out.

mod address;
mod attributes;
mod elements;
mod placeholder;
mod style;
mod whole_page;

pub use attributes::show_kept_pictures;
pub use whole_page::{PageAddresses, sanitize_page};

use super::event::CowStr;
use super::token::Token;
use crate::text::Span;
use elements::ElementRule;

/// How deep elements may nest in the page. Deeper ones are left out, and their content is kept.
pub const MAX_DEPTH: usize = 256;

/// How deep the tokens for one element nest: a placeholder has one element in it.
const DEEPEST_WRITTEN: usize = 2;

/// The meaning of an address without scheme and host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Relative {
    /// A place on the published site, which the preview does not have: images become placeholders, links have no target
    /// and show their address.
    #[default]
    Elsewhere,
    /// A place on the site of the page that the tokens go into. The address is kept.
    Here,
}

/// What the sanitizer has kept.
#[derive(Debug, Default)]
pub struct Sanitized<'a> {
    /// The tokens.
    pub tokens: Vec<Token<'a>>,
    /// Whether elements were left out because they nest too deep.
    pub depth_capped: bool,
}

/// Keeps what is allowed, for a page that does not have the published site (`Relative::Elsewhere`). Elements keep their
/// spans.
pub fn sanitize(tokens: Vec<Token<'_>>) -> Sanitized<'_> {
    sanitize_for(Relative::Elsewhere, tokens)
}

/// Keeps what is allowed, for a page in which relative addresses have that meaning.
pub fn sanitize_for(relative: Relative, tokens: Vec<Token<'_>>) -> Sanitized<'_> {
    let out = Vec::with_capacity(tokens.len());
    let mut filter = Filter { relative, out, open: Vec::new(), depth: 0, skipped: 0, depth_capped: false };
    for token in tokens {
        filter.token(token);
    }
    Sanitized { tokens: filter.out, depth_capped: filter.depth_capped }
}

/// What the `Close` of an open element has to do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OnClose {
    /// The element was kept.
    Kept,
    /// The element was left out, its content was kept.
    Unwrapped,
    /// The element was kept, and `source` is allowed in it.
    Media,
}

struct Filter<'a> {
    relative: Relative,
    out: Vec<Token<'a>>,
    open: Vec<OnClose>,
    /// How many elements are open in the output.
    depth: usize,
    /// How many elements are open inside one that is left out with its content, itself included.
    skipped: usize,
    depth_capped: bool,
}

impl<'a> Filter<'a> {
    fn token(&mut self, token: Token<'a>) {
        match token {
            Token::Open { .. } if self.skipped > 0 => self.skipped += 1,
            Token::Close if self.skipped > 0 => self.skipped -= 1,
            _ if self.skipped > 0 => {}
            Token::Open { name, attributes, span } => self.element(name, attributes, span),
            Token::Close => match self.open.pop() {
                Some(OnClose::Kept | OnClose::Media) => {
                    self.depth -= 1;
                    self.out.push(Token::Close);
                }
                Some(OnClose::Unwrapped) | None => {}
            },
            Token::Text(_) => self.out.push(token),
            Token::Comment(_) => {}
        }
    }

    fn element(&mut self, name: CowStr<'a>, mut attributes: Vec<(CowStr<'a>, CowStr<'a>)>, span: Option<Span>) {
        let verdict = elements::judge(&name);
        if self.depth + DEEPEST_WRITTEN > MAX_DEPTH {
            match verdict {
                ElementRule::Drop | ElementRule::Unwrap => {}
                ElementRule::Keep | ElementRule::Rename(_) | ElementRule::Link => {
                    self.depth_capped = true;
                    return self.open.push(OnClose::Unwrapped);
                }
                // Their content is not shown to readers.
                _ => {
                    self.depth_capped = true;
                    self.skipped = 1;
                    return;
                }
            }
        }
        match verdict {
            ElementRule::Keep => {
                attributes.retain_mut(|(attribute, value)| attributes::allow(&name, attribute, value));
                self.keep(name, attributes, span, OnClose::Kept);
            }
            ElementRule::Rename(name) => {
                attributes.retain_mut(|(attribute, value)| attributes::allow(name, attribute, value));
                self.keep(name.into(), attributes, span, OnClose::Kept);
            }
            ElementRule::Link => {
                let attributes = attributes::of_link(attributes, self.relative);
                self.keep(name, attributes, span, OnClose::Kept);
            }
            ElementRule::Image => match attributes::of_image(attributes, self.relative) {
                Ok(attributes) => self.keep(name, attributes, span, OnClose::Kept),
                Err(attributes) => self.placeholder(&name, &attributes, span),
            },
            ElementRule::Media => match attributes::of_media(&name, attributes, self.relative) {
                Ok(attributes) => self.keep(name, attributes, span, OnClose::Media),
                Err(attributes) => self.placeholder(&name, &attributes, span),
            },
            ElementRule::Source => match attributes::of_media(&name, attributes, self.relative) {
                Ok(attributes) if self.open.last() == Some(&OnClose::Media) => {
                    self.keep(name, attributes, span, OnClose::Kept);
                }
                _ => self.skipped = 1,
            },
            ElementRule::Input => match attributes::of_checkbox(attributes) {
                Ok(attributes) => self.keep(name, attributes, span, OnClose::Kept),
                Err(attributes) => self.placeholder(&name, &attributes, span),
            },
            ElementRule::Placeholder => self.placeholder(&name, &attributes, span),
            ElementRule::Unwrap => self.open.push(OnClose::Unwrapped),
            ElementRule::Drop => self.skipped = 1,
        }
    }

    fn keep(
        &mut self,
        name: CowStr<'a>,
        attributes: Vec<(CowStr<'a>, CowStr<'a>)>,
        span: Option<Span>,
        opened: OnClose,
    ) {
        self.out.push(Token::Open { name, attributes, span });
        self.open.push(opened);
        self.depth += 1;
    }

    /// Adds a placeholder and leaves out the element with its content.
    fn placeholder(&mut self, name: &str, attributes: &[(CowStr<'a>, CowStr<'a>)], span: Option<Span>) {
        placeholder::write(&mut self.out, name, attributes, span);
        self.skipped = 1;
    }
}
