//! Lines around a position, found without looking at the rest of the text. In: a text and a byte. Out: spans of lines.
//! Neighbours: all commands that work on lines. A line's span leaves its `\n` out.

use crate::text::Span;

/// The line that holds byte `at`.
pub(super) fn line_at(text: &str, at: usize) -> Span {
    let at = at.min(text.len());
    let (before, after) = text.as_bytes().split_at(at);
    let start = before.iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
    let end = after.iter().position(|&b| b == b'\n').map_or(text.len(), |i| at + i);
    Span::new(start, end)
}

/// The line after `line`.
pub(super) fn next_line(text: &str, line: Span) -> Option<Span> {
    (line.end < text.len()).then(|| line_at(text, line.end + 1))
}

/// The line before `line`.
pub(super) fn previous_line(text: &str, line: Span) -> Option<Span> {
    line.start.checked_sub(1).map(|end| line_at(text, end))
}

/// `line` and those after it.
pub(super) fn lines_from(text: &str, line: Span) -> impl Iterator<Item = Span> {
    std::iter::successors(Some(line), move |line| next_line(text, *line))
}

/// The lines before `line`, the nearest first.
pub(super) fn lines_before(text: &str, line: Span) -> impl Iterator<Item = Span> {
    std::iter::successors(previous_line(text, line), move |line| previous_line(text, *line))
}

/// Whether the span holds nothing but white space.
pub(super) fn is_blank(text: &str, span: Span) -> bool {
    span.of(text).trim().is_empty()
}

/// The span without the white space at its edges; empty at its end where there is nothing else.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let start = span.end - inner.trim_start().len();
    Span::new(start, start + inner.trim().len())
}
