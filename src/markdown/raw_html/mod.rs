//! Parses HTML in the text by a short form of the HTML Standard's rules: characters → tags → a tree that always nests.
//! In: source text and elements of the writer. Out: tokens. Neighbours: `html/` calls it, `sanitize/` filters the
//! result.

mod entity;
mod implied;
mod reader;
mod tokenizer;
mod tree;

pub use entity::{decode, know_all_names, named};
pub(crate) use implied::{ends_paragraph, is_raw_text};
pub(crate) use reader::NOWHERE;
pub(crate) use tokenizer::{AttributeReader, Markup, Tokenizer};
pub(crate) use tree::TreeBuilder;

use super::token::Token;

/// The tokens of a piece of HTML on its own, not sanitized; spans are bytes of the piece.
pub fn parse(html: &str) -> Vec<Token<'_>> {
    let mut tree = TreeBuilder::new();
    tree.raw(html.into(), &[(0, 0)]);
    tree.finish()
}
