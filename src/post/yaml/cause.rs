//! What a syntax error is about. Neighbours: `scanner.rs` and `events.rs` find the errors, `syntax_error.rs` explains
//! them.

/// What a syntax error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// A control character.
    ControlCharacter,
    /// The name of an anchor or alias.
    Name,
    /// A tab where none may stand.
    Tab,
    /// An unknown escape in double quotes; its place is the opening quote.
    Escape,
    /// Something follows the closing quote.
    AfterQuote,
    /// A quote is not closed; its place is the opening quote.
    Quote,
    /// A line that is not `key: value`.
    NoKey,
    /// A colon makes a key where none is expected.
    Colon,
    /// Between brackets, a colon stands directly before another sign.
    FlowColon,
    /// Between brackets, an item begins with what cannot begin one.
    FlowItem,
    /// The first line of `|` or `>`.
    BlockScalar,
    /// The indentation of a line fits none above.
    Indentation,
    /// Something else.
    Other,
}

/// What cannot be read.
#[derive(Debug)]
pub(super) struct SyntaxError {
    /// Where, in bytes of the YAML text.
    pub at: usize,
    /// What it is about.
    pub cause: Cause,
    /// libyaml's own words.
    pub message: &'static str,
}

impl SyntaxError {
    pub fn new(at: usize, cause: Cause, message: &'static str) -> Self {
        Self { at, cause, message }
    }
}
