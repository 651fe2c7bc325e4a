//! Lines that libyaml lets begin further left than our parser does. In: a syntax error. Out: patches for `source.rs`.
//! Neighbours: `build.rs`, which asks at a syntax error.

use super::cause::Cause;
use super::events::SyntaxError;
use super::line::quote_end;
use super::source::Patch;

/// The patches that answer `error`; none where libyaml refuses the line, too. `needed` is the column in which a line
/// must begin to belong to the current value.
pub(super) fn find(text: &str, error: &SyntaxError, needed: usize) -> Vec<Patch> {
    match error.cause {
        Cause::QuotedIndentation | Cause::TabIndentation => quoted(text, error.at, needed),
        Cause::FlowIndentation => flow(text, error.at, needed),
        _ => Vec::new(),
    }
}

/// The lines of the quoted scalar that opens at `at`.
fn quoted(text: &str, at: usize, needed: usize) -> Vec<Patch> {
    if !text.get(at..).is_some_and(|rest| rest.starts_with(['"', '\''])) {
        return Vec::new();
    }
    let scalar = text.get(at..quote_end(text, at)).unwrap_or("");
    scalar.match_indices('\n').filter_map(|(newline, _)| patch(text.as_bytes(), at + newline + 1, needed)).collect()
}

/// The line in brackets that holds `at`.
fn flow(text: &str, at: usize, needed: usize) -> Vec<Patch> {
    let line = text.get(..at).unwrap_or("").rfind('\n').map_or(0, |newline| newline + 1);
    patch(text.as_bytes(), line, needed).into_iter().collect()
}

/// A patch for the line that begins at `line`, if it is not blank and begins too far left.
fn patch(bytes: &[u8], line: usize, needed: usize) -> Option<Patch> {
    let spaces = bytes.iter().skip(line).take_while(|&&b| b == b' ').count();
    let blank = matches!(bytes.get(line + spaces), None | Some(b'\n' | b'\r'));
    let width = needed.checked_sub(spaces).filter(|&width| width > 0 && !blank)?;
    Some(Patch { at: line, width })
}
