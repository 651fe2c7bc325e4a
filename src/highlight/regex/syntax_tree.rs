//! What an expression says. Neighbours: `parser.rs` makes it, `program.rs` turns it into instructions.

/// A part of an expression.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Char(char),
    /// A character of a class, by its number.
    Class(usize),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    /// A group that captures, by its number from 1 on.
    Group(usize, Box<Node>),
    Repeat {
        node: Box<Node>,
        least: usize,
        /// `None`: without an end.
        most: Option<usize>,
        kind: RepeatKind,
    },
    Assertion(Assertion),
    /// Lookahead or lookbehind.
    Look {
        behind: bool,
        negative: bool,
        node: Box<Node>,
    },
    Atomic(Box<Node>),
    /// What a group has matched, once more.
    BackReference {
        group: usize,
        ignore_case: bool,
    },
}

/// Which number of repeats is tried first, and whether others are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RepeatKind {
    Greedy,
    Lazy,
    /// As many as there are, and no fewer later.
    Possessive,
}

/// What must hold at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Assertion {
    LineStart,
    LineEnd,
    TextStart,
    TextEnd,
    /// At the end, or before a line feed that ends the text.
    LastLineEnd,
    WordBoundary,
    NoWordBoundary,
}
