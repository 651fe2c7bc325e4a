//! Wrapping a selection in a mark and taking the mark off again. In: a snapshot and the mark. Out: an edit.
//! Neighbours: `bold.rs`, `italic.rs`, `strikethrough.rs` name the marks; `segment.rs`, `inline.rs` read the text.

use super::changes::{Bias, Changes};
use super::inline::{Delimiter, Pair, delimiter_pairs, is_escaped, run_after, run_before};
use super::segment::{SelectedSegment, pieces, segment_at};
use super::{Snapshot, lines};
use crate::text::{Edit, Span, is_letter_mark_or_digit};

/// Wraps the selection, each paragraph of it, or the word under the caret in the first of `delimiters`; where all of it
/// is wrapped in one of them, or stands inside one, takes that one off. With nothing to wrap, a caret gets an empty
/// pair.
pub(super) fn toggle(snapshot: &Snapshot, delimiters: &[Delimiter]) -> Option<Edit> {
    snapshot.selected()?;
    let Snapshot { text, selection } = *snapshot;
    let first = *delimiters.first()?;
    if selection.is_empty() {
        return toggle_at_caret(text, selection.start, delimiters, first);
    }
    let pieces: Vec<SelectedSegment> = pieces(snapshot)
        .into_iter()
        .map(|piece| SelectedSegment { span: without_split_escapes(text, piece.span), ..piece })
        .filter(|piece| piece.span.of(text).bytes().any(|b| delimiters.iter().all(|d| d.mark != b)))
        .collect();
    let (start, end) = (pieces.first()?.span.start, pieces.last()?.span.end);
    let wrapped: Vec<Option<Pair>> =
        pieces.iter().map(|piece| wrapped(text, piece.segment, piece.span, delimiters)).collect();
    let mut changes = Changes::new(text);
    let off = wrapped.iter().all(Option::is_some);
    for (piece, pair) in pieces.iter().zip(&wrapped) {
        match pair {
            Some(pair) if off => unwrap(&mut changes, *pair),
            Some(_) => {}
            None => wrap(&mut changes, piece, delimiters, first),
        }
    }
    let selection = Span::new(changes.position(start, Bias::After), changes.position(end, Bias::Before));
    changes.edit(selection)
}

fn toggle_at_caret(text: &str, caret: usize, delimiters: &[Delimiter], first: Delimiter) -> Option<Edit> {
    let mut changes = Changes::new(text);
    let segment = segment_at(text, caret);
    let word = word_at(text, caret).map(|word| without_split_escapes(text, word));
    if let Some(pair) = wrapped(text, segment, word.unwrap_or(Span::at(caret)), delimiters) {
        unwrap(&mut changes, pair);
        let caret = changes.position(caret, Bias::Before);
        return changes.edit(Span::at(caret));
    }
    let Some(word) = word else {
        // Directly behind a backslash the first mark would be escaped.
        if is_escaped(text, caret) {
            return None;
        }
        let mark = first.text();
        changes.insert(caret, mark.repeat(2));
        return changes.edit(Span::at(caret + mark.len()));
    };
    wrap(&mut changes, &SelectedSegment { segment, span: word }, delimiters, first);
    let bias = if caret == word.end { Bias::Before } else { Bias::After };
    let caret = changes.position(caret, bias);
    changes.edit(Span::at(caret))
}

/// The marks around a span: directly before and after it, at its own edges, or further away.
fn wrapped(text: &str, segment: Span, span: Span, delimiters: &[Delimiter]) -> Option<Pair> {
    let Span { start, end } = span;
    for delimiter in delimiters {
        let &Delimiter { mark, width } = delimiter;
        let run = run_before(text, start, mark).min(run_after(text, end, mark));
        if delimiter.is_in(run) {
            return Some(Pair { open: Span::new(start - width, start), close: Span::new(end, end + width) });
        }
    }
    for delimiter in delimiters {
        let mark = delimiter.mark;
        let before = start - run_before(text, start, mark);
        let inner = start + run_after(text, start, mark);
        let inner_end = end - run_before(text, end, mark).min(end - start);
        let after = end + run_after(text, end, mark);
        let pairs = delimiter_pairs(segment.of(text), *delimiter).into_iter().map(|pair| pair.shifted(segment.start));
        for pair in pairs {
            let at_edges = before <= pair.open.start
                && pair.open.end <= inner
                && inner_end <= pair.close.start
                && pair.close.end <= after;
            if at_edges || pair.encloses(span) {
                return Some(pair);
            }
        }
    }
    None
}

fn unwrap(changes: &mut Changes, pair: Pair) {
    changes.delete(pair.open);
    changes.delete(pair.close);
}

/// Wraps a piece; marks of the same kind inside it go, since they would close the new one.
fn wrap(changes: &mut Changes, piece: &SelectedSegment, delimiters: &[Delimiter], first: Delimiter) {
    let SelectedSegment { segment, span } = *piece;
    changes.insert(span.start, first.text());
    for delimiter in delimiters {
        let pairs = delimiter_pairs(segment.of(changes.text()), *delimiter);
        for pair in pairs.into_iter().map(|pair| pair.shifted(segment.start)) {
            if span.start <= pair.open.start && pair.close.end <= span.end {
                unwrap(changes, pair);
            }
        }
    }
    changes.insert(span.end, first.text());
}

/// The span with no backslash parted from what it escapes, and no white space at its edges.
fn without_split_escapes(text: &str, span: Span) -> Span {
    let mut span = Span::new(span.start - usize::from(is_escaped(text, span.start)), span.end);
    while !span.is_empty() && is_escaped(text, span.end) {
        match text.get(span.end..).and_then(|rest| rest.chars().next()) {
            Some(next) if !next.is_whitespace() => span.end += next.len_utf8(),
            _ => span = lines::trimmed(text, Span::new(span.start, span.end - 1)),
        }
    }
    span
}

/// The word that the byte lies in or at the edge of: letters, digits, marks, and what joins them. In scripts written
/// without spaces, no word is found this way.
pub(super) fn word_at(text: &str, at: usize) -> Option<Span> {
    let line = lines::line_at(text, at);
    let after = Span::new(at, line.end).of(text);
    let before = Span::new(line.start, at).of(text);
    let end = at + reach(after.chars(), before.chars().next_back());
    let start = at - reach(before.chars().rev(), after.chars().next());
    (start < end).then_some(Span::new(start, end))
}

/// How many bytes of the characters belong to a word that `last` stands next to.
fn reach(chars: impl Iterator<Item = char> + Clone, mut last: Option<char>) -> usize {
    let mut chars = chars;
    let mut length = 0;
    while let Some(char) = chars.next() {
        let joins = matches!(char, '\'' | '’' | '-' | '_')
            && last.is_some_and(is_word)
            && chars.clone().next().is_some_and(is_word);
        if !is_word(char) && !joins {
            break;
        }
        length += char.len_utf8();
        last = Some(char);
    }
    length
}

fn is_word(char: char) -> bool {
    // Kana, Han and Thai to Burmese and Khmer are written without spaces between words.
    let unspaced = matches!(u32::from(char),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF
        | 0x2_0000..=0x3_FFFF);
    if unspaced {
        return false;
    }
    char.is_alphanumeric() || is_letter_mark_or_digit(char)
}
