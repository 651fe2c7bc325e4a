//! Code in the colours that Jekyll gives it. In: the name of a language and code. Out: the runs of one class that Rouge
//! 3.30.0 gives. Neighbours: `markdown/` and `liquid/` ask for fences and highlight tags; `scripts/rouge-tables.rb` makes
//! the tables at build time.

mod cache;
mod evaluate;
mod hooks;
mod interpreter;
mod languages;
mod names;
mod operations;
mod output;
mod regex;
mod tables;
mod token_class;
mod tree;

pub(crate) use cache::Cache;
pub use languages::{Highlighted, Languages, Lexer, Run};

#[cfg(test)]
mod tests;
