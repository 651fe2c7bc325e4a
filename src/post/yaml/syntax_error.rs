//! Syntax errors in a writer's words. In: the parser's complaint and the text. Out: one diagnostic, with a fix where
//! one is safe. Neighbours: `events.rs` makes the complaints, `build.rs` passes them on.

use super::events::{CONTROL_CHARACTER, NAME, SyntaxError};
use crate::text::{Diagnostic, Severity, Span};

/// Explains `error`; `bracket` is the innermost `[` or `{` that is still open. Positions in bytes of `text`.
pub(super) fn explain(text: &str, error: &SyntaxError, bracket: Option<usize>) -> Diagnostic {
    let _ = (bracket, CONTROL_CHARACTER, NAME);
    let at = floor_boundary(text, error.at);
    let length = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let message = ["The front matter is not valid YAML here: ", &error.complaint, "."].concat();
    Diagnostic::new("yaml-syntax", Severity::Error, Span::new(at, at + length), message)
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
