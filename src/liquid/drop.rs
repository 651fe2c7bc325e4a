//! Values that are computed when a template asks for them (Liquid's drop.rb, Jekyll's drops/drop.rb). In: a key. Out: a
//! value. Neighbours: `value.rs` holds them; `site/drops/` implements them.

use std::cmp::Ordering;
use std::fmt::Debug;

use super::value::Value;

/// A value with parts that are computed when they are read. Drops may lead to one another in circles.
pub trait LiquidDrop: Debug {
    /// The part of that name; `None` where there is none.
    fn get(&self, key: &str) -> Option<Value>;

    /// The names of its parts, in Jekyll's order.
    fn keys(&self) -> Vec<String>;

    /// What the drop stands for: a kind, and a number among those of its kind. Two drops are equal if these are.
    fn identity(&self) -> (&'static str, usize);

    /// Whether Ruby has a mapping here, which an output writes with all of its parts; else an output writes what `text`
    /// says.
    fn is_mapping(&self) -> bool {
        false
    }

    /// What an output writes.
    fn text(&self) -> String {
        String::new()
    }

    /// Ruby's `<=>`; `None` where the drops have no order.
    fn order(&self, _other: &dyn LiquidDrop) -> Option<Ordering> {
        None
    }

    /// The names of parts that are left out of JSON from the third level on (drops/document_drop.rb,
    /// `collapse_document`).
    fn left_out_below(&self) -> &'static [&'static str] {
        &[]
    }
}
