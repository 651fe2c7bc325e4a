//! Segments: the ranges of a text that inline marks may wrap, without the marks of blocks. In: a text and a place.
//! Out: spans. Neighbours: `wrap.rs`, `code.rs`, `link.rs`.
//!
//! A segment is a paragraph, or one item, one quoted line, one heading: its words without what stands before them.

use super::region::{CodeLine, code_before};
use super::shape::{Shape, is_rule};
use super::{Snapshot, inline, lines};
use crate::text::Span;

/// The role of a line in segments.
enum LineKind {
    /// Words that go on from the line before.
    Plain,
    /// Words that start a segment at this byte, and whether the next line may go on from them.
    Start(usize, bool),
    /// Nothing to wrap.
    None,
}

fn kind(text: &str, line: Span) -> LineKind {
    let shape = Shape::of(text, line);
    let content = shape.content();
    let words = Span::new(content, line.end);
    let rest = words.of(text);
    // A rule, a table's separator, or the line under a heading; a table's row; a fence; an attribute list; a tag
    // around code.
    let marks_only = rest.bytes().all(|b| matches!(b, b'-' | b'=' | b'|' | b':' | b'+' | b' ' | b'\t'));
    let special = ["|", "```", "~~~", "{:"].iter().any(|start| rest.starts_with(start));
    let highlight = rest.starts_with("{%") && rest.contains("highlight");
    if marks_only || special || highlight || is_rule(rest.as_bytes()) {
        return LineKind::None;
    }
    let hashes = inline::run_after(rest, 0, b'#');
    if (1..=6).contains(&hashes) && rest.get(hashes..).is_some_and(|rest| rest.starts_with([' ', '\t'])) {
        return LineKind::Start(lines::trimmed(text, Span::new(content + hashes, line.end)).start, false);
    }
    match shape.item {
        Some(_) => LineKind::Start(content, true),
        None if !shape.quote.is_empty() => LineKind::Start(content, false),
        None => LineKind::Plain,
    }
}

/// The segment that holds byte `at`; where its line has nothing to wrap, the line as it stands; before a line's words,
/// the empty span where they start.
pub(super) fn segment_at(text: &str, at: usize) -> Span {
    let line = lines::line_at(text, at);
    let mut span = line;
    let mut may_go_on = true;
    match kind(text, line) {
        LineKind::None => return line,
        // Before the words there is only the mark.
        LineKind::Start(content, _) if at < content => return Span::at(content),
        LineKind::Start(content, goes_on) => {
            span.start = content;
            may_go_on = goes_on;
        }
        LineKind::Plain => {
            for before in lines::lines_before(text, line) {
                match kind(text, before) {
                    LineKind::Plain => span.start = before.start,
                    LineKind::Start(content, true) => {
                        span.start = content;
                        break;
                    }
                    LineKind::Start(_, false) | LineKind::None => break,
                }
            }
        }
    }
    if may_go_on {
        for after in lines::lines_from(text, line).skip(1) {
            match kind(text, after) {
                LineKind::Plain => span.end = after.end,
                _ => break,
            }
        }
    }
    span
}

/// A part of a segment that is selected, without white space at its edges.
#[derive(Clone, Copy, Debug)]
pub(super) struct SelectedSegment {
    pub(super) segment: Span,
    pub(super) span: Span,
}

/// What of the selection can be wrapped, segment by segment: a selection within one line as it stands; of several lines
/// all words, but no fences, no code inside fences that the selection holds, no tables' rows and rules.
pub(super) fn pieces(snapshot: &Snapshot) -> Vec<SelectedSegment> {
    let Snapshot { text, selection } = *snapshot;
    let first = lines::line_at(text, selection.start);
    if selection.end <= first.end {
        let span = lines::trimmed(text, selection);
        // A selection that starts in the marks before the words is cut to the words.
        let segment = segment_at(text, span.end);
        let span = lines::trimmed(text, Span::new(span.start.max(segment.start), span.end));
        return if span.is_empty() { Vec::new() } else { vec![SelectedSegment { segment, span }] };
    }
    let mut scan = code_before(text, first.start);
    let mut inside = true;
    let mut pieces: Vec<SelectedSegment> = Vec::new();
    for line in lines::lines_from(text, first).take_while(|line| line.start < selection.end) {
        let code = scan.line(line.of(text));
        // Code in which the selection starts counts as words, because it was selected on purpose.
        inside &= code == CodeLine::Inside;
        if code != CodeLine::Outside && !inside {
            continue;
        }
        let (content, starts) = match kind(text, line) {
            LineKind::Plain => (line.start, false),
            LineKind::Start(content, _) => (content, true),
            LineKind::None => continue,
        };
        let span = Span::new(content.max(selection.start), line.end.min(selection.end));
        let span = lines::trimmed(text, span);
        if span.is_empty() {
            continue;
        }
        match pieces.last_mut() {
            Some(last) if !starts && line.start <= last.segment.end => last.span.end = span.end,
            _ => {
                let segment = segment_at(text, content);
                pieces.push(SelectedSegment { segment: Span::new(segment.start, segment.end.max(span.end)), span });
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_what_inline_marks_may_span() {
        let text = "para\ngoes on\n\n- one\n  more\n- two\n> q\n> r\n## Head\nafter\n***\nlast";
        for (at, expected) in [
            ("para", "para\ngoes on"),
            ("goes", "para\ngoes on"),
            ("one", "one\n  more"),
            ("more", "one\n  more"),
            ("two", "two"),
            ("r\n", "r"),
            ("Head", "Head"),
            ("after", "after"),
            ("last", "last"),
        ] {
            let at = text.find(at).expect("a place");
            assert_eq!(segment_at(text, at).of(text), expected);
        }
    }
}
