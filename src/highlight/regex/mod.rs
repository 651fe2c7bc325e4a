//! Regular expressions as Ruby has them (Onigmo), for the part that Rouge uses. In: an expression and its flags, then
//! text. Out: whether the text matches from its start, how far, and the groups. Neighbours: `../tables.rs` makes the
//! expressions of a table, `../interpreter.rs` matches them.
//!
//! Nothing is seen before the start of the text: `^`, `\b` and lookbehind behave there as at the start of a file, as
//! they do in Ruby's StringScanner. `\w`, `\d`, `\s` and `\h` are ASCII; `\b`, `[[:alpha:]]` and `\p{…}` are Unicode.

mod ascii_set;
mod bracket;
mod char_set;
mod class;
mod escape;
mod matcher;
mod parser;
mod program;
mod properties;
mod syntax_tree;

pub(in crate::highlight) use matcher::Matcher;
pub(in crate::highlight) use properties::Properties;

use class::Class;
use program::{FirstBytes, Instruction};

/// The flags of an expression.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flags {
    /// `i`: case does not count.
    pub(super) ignore_case: bool,
    /// `x`: white space and comments are left out.
    pub(super) extended: bool,
    /// `m`: a dot matches a line feed, too.
    pub(super) multi_line: bool,
}

impl Flags {
    /// From letters, as `im`.
    pub(super) fn from_letters(letters: &str) -> Self {
        Self { ignore_case: letters.contains('i'), extended: letters.contains('x'), multi_line: letters.contains('m') }
    }
}

/// An expression that can be matched.
#[derive(Debug)]
pub(super) struct Regex {
    program: Vec<Instruction>,
    classes: Vec<Class>,
    /// Whether a character belongs to a word, for `\b`.
    word: Class,
    /// Two for each group, from the whole match on, then one for each repeat that may match nothing.
    slots: usize,
    first: FirstBytes,
}

impl Regex {
    /// Nothing if the expression is none, or uses what Rouge 3.30.0 never does.
    pub(super) fn new(source: &str, flags: Flags, properties: &Properties) -> Option<Self> {
        let parsed = parser::parse(source, flags, properties)?;
        let word = Class::new(properties.get("word")?.clone(), None);
        program::compile(parsed, word)
    }

    /// Whether a match can begin with this byte.
    #[inline(always)]
    pub(super) fn may_begin_with(&self, byte: u8) -> bool {
        self.first.has(byte)
    }
}

#[cfg(test)]
mod tests;
