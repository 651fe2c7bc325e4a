//! HTML written in the text, read in the spirit of the HTML Standard: characters → tags → a tree that always nests.
//! In: source text and elements of the writer. Out: tokens. Neighbours: `html/` feeds it, `sanitize/` judges the result.

mod entity;
mod implied;
mod tokenizer;
mod tree;

pub use entity::{decode, named};
pub(crate) use implied::is_raw_text;
pub(crate) use tokenizer::{Markup, Tokenizer};
pub(crate) use tree::Tree;
