//! Spans of Markdown within a segment of a text: code, emphasis, links. In: the segment. Out: where their marks lie, in
//! bytes of the segment. Neighbours: `wrap.rs`, `code.rs`, `link.rs`; `segment.rs` finds the segment.
//!
//! Approximate on purpose: enough to know what a writer's selection stands in, in one pass, never quadratic.

use crate::text::{Span, order};

/// A span between an opening and a closing mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) open: Span,
    pub(super) close: Span,
}

impl Pair {
    /// From the opening mark's start to the closing mark's end.
    pub(super) fn whole(self) -> Span {
        Span::new(self.open.start, self.close.end)
    }

    /// Whether the span lies between the marks.
    pub(super) fn encloses(self, span: Span) -> bool {
        self.open.end <= span.start && span.end <= self.close.start
    }

    /// The pair with its positions counted from `by` bytes earlier.
    pub(super) fn shifted(self, by: usize) -> Self {
        Self { open: self.open.shifted(by), close: self.close.shifted(by) }
    }
}

/// How many of `mark` stand directly before byte `at`; one behind a backslash does not count.
pub(super) fn run_before(text: &str, at: usize, mark: u8) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let run = before.iter().rev().take_while(|&&b| b == mark).count();
    if run > 0 && is_escaped(text, at - run) { run - 1 } else { run }
}

/// How many of `mark` stand from byte `at` on.
pub(super) fn run_after(text: &str, at: usize, mark: u8) -> usize {
    text.as_bytes().iter().skip(at).take_while(|&&b| b == mark).count()
}

/// Whether an odd number of backslashes stands before byte `at`.
pub(super) fn is_escaped(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    before.iter().rev().take_while(|&&b| b == b'\\').count() % 2 == 1
}

/// Code spans: a run of backticks and the next one of the same length.
pub(super) fn code_spans(segment: &str) -> Vec<Pair> {
    let bytes = segment.as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(|rest| rest.iter().position(|&b| b == b'`')) {
        at += next;
        let run = run_after(segment, at, b'`');
        runs.push(Span::new(at, at + run));
        at += run;
    }
    let mut by_length: Vec<(usize, usize)> = runs.iter().map(|run| (run.len(), run.start)).collect();
    order::sort_by_key(&mut by_length, |&(length, start)| order::key(length as u64, start as u64));
    let mut pairs: Vec<Pair> = Vec::new();
    for &run in &runs {
        if pairs.last().is_some_and(|last| run.start < last.close.end) {
            continue;
        }
        let open = Span::new(run.start + usize::from(is_escaped(segment, run.start)), run.end);
        let next = by_length.partition_point(|&run| run < (open.len(), open.end));
        if let (false, Some(&(length, close))) = (open.is_empty(), by_length.get(next))
            && length == open.len()
        {
            pairs.push(Pair { open, close: Span::new(close, close + length) });
        }
    }
    pairs
}

/// A mark that is the same on both sides, like `**`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Delimiter {
    /// The character, ASCII.
    pub(super) mark: u8,
    /// How often it stands on each side: 1 or 2.
    pub(super) width: usize,
}

impl Delimiter {
    /// Whether a run of `length` marks holds this delimiter: of `***`, one is emphasis and two are strong.
    pub(super) fn is_in(self, length: usize) -> bool {
        match (self.mark, self.width) {
            (b'~', width) => length == width,
            (_, 1) => length % 2 == 1,
            (_, width) => length >= width,
        }
    }

    /// The delimiter as text.
    pub(super) fn text(self) -> String {
        char::from(self.mark).to_string().repeat(self.width)
    }
}

/// Pairs of a delimiter, none inside another. Code is skipped, and so are escaped marks, marks with white space on
/// both sides, and `_` within a word.
pub(super) fn delimiter_pairs(segment: &str, delimiter: Delimiter) -> Vec<Pair> {
    let bytes = segment.as_bytes();
    let codes = code_spans(segment);
    let mut codes = codes.iter().map(|code| code.whole()).peekable();
    let mut pairs = Vec::new();
    let mut open: Option<Span> = None;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let Some(code) = codes.next_if(|code| code.start <= at) {
            at = at.max(code.end);
            continue;
        }
        if byte != delimiter.mark {
            let escapes = byte == b'\\' && bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation);
            at += 1 + usize::from(escapes);
            continue;
        }
        let run = run_after(segment, at, delimiter.mark);
        let before = segment.get(..at).and_then(|text| text.chars().next_back()).unwrap_or(' ');
        let after = segment.get(at + run..).and_then(|text| text.chars().next()).unwrap_or(' ');
        let within_word = delimiter.mark == b'_' && before.is_alphanumeric() && after.is_alphanumeric();
        if delimiter.is_in(run) && !within_word {
            match open {
                Some(opened) if !before.is_whitespace() => {
                    pairs.push(Pair { open: opened, close: Span::new(at, at + delimiter.width) });
                    open = None;
                }
                _ if !after.is_whitespace() => open = Some(Span::new(at + run - delimiter.width, at + run)),
                _ => {}
            }
        }
        at += run;
    }
    pairs
}

/// An inline link or image: `[text](destination)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct InlineLink {
    /// With all its marks.
    pub(super) whole: Span,
    /// Between the brackets.
    pub(super) text: Span,
    /// Whether it starts with `!`.
    pub(super) image: bool,
}

/// The inline links and images of a segment, inner ones before outer ones. Code and escaped brackets are skipped.
pub(super) fn links(segment: &str) -> Vec<InlineLink> {
    let bytes = segment.as_bytes();
    let codes = code_spans(segment);
    let mut codes = codes.iter().map(|code| code.whole()).peekable();
    let mut brackets: Vec<usize> = Vec::new();
    // Open parentheses, with the link's brackets where they follow such.
    let mut parentheses: Vec<Option<Span>> = Vec::new();
    let mut links = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let Some(code) = codes.next_if(|code| code.start <= at) {
            at = at.max(code.end);
            continue;
        }
        match byte {
            b'\\' => at += 1,
            b'[' => brackets.push(at),
            b']' => {
                let open = brackets.pop();
                if bytes.get(at + 1) == Some(&b'(') {
                    parentheses.push(open.map(|open| Span::new(open, at + 1)));
                    at += 1;
                }
            }
            b'(' => parentheses.push(None),
            b')' => {
                if let Some(Some(text)) = parentheses.pop() {
                    let image = text.start > 0 && bytes.get(text.start - 1) == Some(&b'!');
                    let whole = Span::new(text.start - usize::from(image), at + 1);
                    links.push(InlineLink { whole, text: Span::new(text.start + 1, text.end - 1), image });
                }
            }
            _ => {}
        }
        at += 1;
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wholes(text: &str, pairs: &[Pair]) -> Vec<String> {
        pairs.iter().map(|pair| pair.whole().of(text).to_owned()).collect()
    }

    #[test]
    fn code_spans_close_with_a_run_of_the_same_length() {
        for (text, expected) in [
            ("a `b` c", vec!["`b`"]),
            ("`` a ` b `` `c`", vec!["`` a ` b ``", "`c`"]),
            ("``` a `b`", vec!["`b`"]),
            ("\\`a`b`", vec!["`b`"]),
            ("`a", vec![]),
        ] {
            assert_eq!(wholes(text, &code_spans(text)), expected, "{text}");
        }
    }

    #[test]
    fn delimiters_pair_outside_code_and_escapes() {
        let (strong, emphasis) = (Delimiter { mark: b'*', width: 2 }, Delimiter { mark: b'*', width: 1 });
        let underscore = Delimiter { mark: b'_', width: 1 };
        for (text, delimiter, expected) in [
            ("**a** b **é**", strong, vec!["**a**", "**é**"]),
            ("***a***", strong, vec!["**a**"]),
            ("***a***", emphasis, vec!["*a*"]),
            ("**a**", emphasis, vec![]),
            ("2 * 3 * 4", emphasis, vec![]),
            ("\\*a *b*", emphasis, vec!["*b*"]),
            ("`*a` *b*", emphasis, vec!["*b*"]),
            ("snake_case_name", underscore, vec![]),
            ("_a_", underscore, vec!["_a_"]),
        ] {
            let pairs = delimiter_pairs(text, delimiter);
            let shown: Vec<_> = wholes(text, &pairs).iter().map(|w| w.trim_matches('*').to_owned()).collect();
            let wanted: Vec<_> = expected.iter().map(|w| w.trim_matches('*').to_owned()).collect();
            assert_eq!(shown, wanted, "{text}");
            assert!(pairs.iter().all(|p| p.open.len() == delimiter.width && p.close.len() == delimiter.width));
        }
    }

    #[test]
    fn links_and_images_are_found_with_balanced_marks() {
        let text = "a [b [c] d](e_(f)) ![g](h) [i] (j) `[k](l)` \\[m](n)";
        let found: Vec<_> = links(text).iter().map(|l| (l.whole.of(text), l.text.of(text), l.image)).collect();
        assert_eq!(found, [("[b [c] d](e_(f))", "b [c] d", false), ("![g](h)", "g", true)]);
    }
}
