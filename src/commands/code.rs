//! Inline code. In: a snapshot. Out: an edit. Neighbours: `segment.rs`, `inline.rs`; `code_block.rs` for whole lines.

use super::changes::{Bias, Changes};
use super::inline::{Pair, code_spans, is_escaped, run_after, run_before};
use super::segment::{SelectedSegment, pieces, segment_at};
use super::{Snapshot, lines, wrap};
use crate::text::{Edit, Span};

/// Makes the selection or the word under the caret code, or no longer code. The fence is longer than any run of
/// backticks in it, with a space inside where a backtick stands at an edge, as CommonMark and kramdown both read it.
/// Declines over several paragraphs or items: that is a block of code.
pub fn code(snapshot: &Snapshot) -> Option<Edit> {
    snapshot.selected()?;
    let Snapshot { text, selection } = *snapshot;
    let piece = if selection.is_empty() {
        let span = wrap::word_at(text, selection.start).unwrap_or(selection);
        SelectedSegment { segment: segment_at(text, selection.start), span }
    } else {
        match pieces(snapshot)[..] {
            [piece] => piece,
            _ => return None,
        }
    };
    let span = piece.span;
    let mut changes = Changes::new(text);
    if let Some(pair) = around(text, &piece) {
        changes.delete(pair.open);
        changes.delete(pair.close);
    } else {
        // Backticks next to the new fences would become part of them; a backslash before would escape the first.
        if is_escaped(text, span.start) || run_before(text, span.start, b'`') + run_after(text, span.end, b'`') > 0 {
            return None;
        }
        let inner = span.of(text);
        let fence = "`".repeat(1 + if inner.contains('`') { longest_run(inner) } else { 0 });
        let space = if inner.starts_with('`') || inner.ends_with('`') { " " } else { "" };
        if span.is_empty() {
            changes.insert(span.start, "``");
            return changes.edit(Span::at(span.start + 1));
        }
        changes.insert(span.start, [&fence, space].concat());
        changes.insert(span.end, [space, &fence].concat());
    }
    let selection = if selection.is_empty() {
        let caret = selection.start;
        Span::at(changes.position(caret, if caret == span.end { Bias::Before } else { Bias::After }))
    } else {
        Span::new(changes.position(span.start, Bias::After), changes.position(span.end, Bias::Before))
    };
    changes.edit(selection)
}

/// The fences around a piece, with the space that belongs to them.
fn around(text: &str, piece: &SelectedSegment) -> Option<Pair> {
    let SelectedSegment { segment, span } = *piece;
    let inner = span.of(text);
    // Directly around it, perhaps with one space between.
    for space in [0, 1] {
        let start = span.start.checked_sub(space).filter(|&start| start >= segment.start);
        let Some(start) = start else { continue };
        let end = span.end + space;
        let spaces = [Span::new(start, span.start), Span::new(span.end, end)];
        if end > segment.end || spaces.iter().any(|s| !s.is_empty() && s.of(text) != " ") {
            continue;
        }
        let run = run_before(text, start, b'`');
        let free = !inner.contains('`') || longest_run(inner) < run;
        if run > 0 && run == run_after(text, end, b'`') && free && (space == 0 || run > 1) {
            return Some(Pair { open: Span::new(start - run, span.start), close: Span::new(span.end, end + run) });
        }
    }
    let pair = code_spans(segment.of(text))
        .into_iter()
        .map(|pair| pair.shifted(segment.start))
        .find(|pair| pair.encloses(span) || pair.whole() == span)?;
    // One space inside each longer fence belongs to it.
    let content = Span::new(pair.open.end, pair.close.start);
    let words = content.of(text);
    let padded = pair.open.len() > 1 && words.len() > 2 && words.starts_with(' ') && words.ends_with(' ');
    let pad = usize::from(padded && !lines::is_blank(text, content));
    Some(Pair {
        open: Span::new(pair.open.start, pair.open.end + pad),
        close: Span::new(pair.close.start - pad, pair.close.end),
    })
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn it_wraps_and_unwraps() {
        check(
            code,
            &[
                ("a |b|", "a `|b|`"),
                ("a `|b|`", "a |b|"),
                ("a |`b`|", "a |b|"),
                ("a `b |c| d`", "a b |c| d"),
                ("a| é |b", "a `|é|` b"),
                ("wo|rd", "`wo|rd`"),
                ("`two wo|rds`", "two wo|rds"),
                ("a | b", "a `|` b"),
                ("a `|` b", "a | b"),
                ("- |a|", "- `|a|`"),
                ("|- a|", "- `|a|`"),
            ],
        );
    }

    #[test]
    fn the_fence_is_longer_than_any_run_inside() {
        check(
            code,
            &[
                ("|a `b` c|", "``|a `b` c|``"),
                ("|a ``b c|", "```|a ``b c|```"),
                ("|a `b`|", "`` |a `b`| ``"),
                ("`` |`a b`| ``", "|`a b`|"),
                ("``|a `b` c|``", "|a `b` c|"),
            ],
        );
    }

    #[test]
    fn several_blocks_are_left_alone() {
        declines(code, &["|a\n\nb|", "|- a\n- b|", "a| |b", "`|a|", "|a|``"]);
    }
}
