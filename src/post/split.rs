//! Front matter and body. In: the whole text. Out: a `Split`, spans only. Neighbours: `yaml/` reads the front matter,
//! `markdown/` the body, `mod.rs` turns a missing or unclosed front matter into a diagnostic.
//!
//! The rule is the regular expression of Jekyll's `document.rb`, written as code:
//! `\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)` over a text whose byte order mark has been taken off (`utils.rb`).

use crate::text::Span;

/// What stands at the beginning of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitKind {
    /// Front matter, opened and closed.
    Present,
    /// The first line opens front matter, and no line closes it: Jekyll sees none and publishes everything as text.
    Unclosed,
    /// No front matter.
    Missing,
    /// Nothing but white space.
    EmptyText,
    /// None was looked for: the text is a body alone.
    BodyOnly,
}

/// The parts of a text; all spans in bytes of the whole text, on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// What was found.
    pub kind: SplitKind,
    /// The front matter with both its lines of dashes and the blank lines after it that Jekyll removes; empty at the
    /// beginning of the body where there is none.
    pub front_matter: Span,
    /// What the YAML reader gets, as in Jekyll: from the opening dashes to the beginning of the closing line.
    pub document: Span,
    /// The lines between the dashes.
    pub yaml: Span,
    /// The rest of the text: what Liquid and the Markdown converter get. Always ends where the text ends.
    pub body: Span,
}

/// Splits `text` in one linear scan, without reading the YAML.
pub fn split(text: &str) -> Split {
    let without = |kind| Split { kind, ..body_only(text) };
    let Span { start, end } = body_only(text).body;
    let bytes = text.as_bytes();
    let Some((first_line, mut line)) = opening(bytes, start) else {
        let blank = bytes.iter().skip(start).all(|&b| is_space(b));
        return without(if blank { SplitKind::EmptyText } else { SplitKind::Missing });
    };
    loop {
        if let Some(body) = closing(bytes, line) {
            return Split {
                kind: SplitKind::Present,
                front_matter: Span::new(start, body),
                document: Span::new(start, line),
                yaml: Span::new(first_line.min(line), line),
                body: Span::new(body, end),
            };
        }
        match bytes.iter().skip(line).position(|&b| b == b'\n') {
            Some(length) => line += length + 1,
            None => return without(SplitKind::Unclosed),
        }
    }
}

/// A text that is all body, also if it begins like front matter. Only a byte order mark is not part of it.
pub fn body_only(text: &str) -> Split {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let none = Span::at(start);
    Split {
        kind: SplitKind::BodyOnly,
        front_matter: none,
        document: none,
        yaml: none,
        body: Span::new(start, text.len()),
    }
}

/// What Ruby's `\s` matches.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C)
}

/// The opening line at `start`: where the line after it begins, and where the first line begins that could close the
/// front matter (all blank lines lie between the two).
fn opening(bytes: &[u8], start: usize) -> Option<(usize, usize)> {
    let dashes = start + 3;
    if bytes.get(start..dashes)? != b"---" {
        return None;
    }
    let (first, last) = breaks(bytes, dashes);
    Some((first? + 1, last? + 1))
}

/// Where the body begins if the line at `line` closes the front matter.
fn closing(bytes: &[u8], line: usize) -> Option<usize> {
    let after = line + 3;
    if !matches!(bytes.get(line..after)?, b"---" | b"...") {
        return None;
    }
    let space = bytes.iter().skip(after).take_while(|&&b| is_space(b)).count();
    if after + space == bytes.len() {
        return Some(bytes.len());
    }
    breaks(bytes, after).1.map(|last| last + 1)
}

/// The first and the last `\n` in the run of white space that begins at `from`.
fn breaks(bytes: &[u8], from: usize) -> (Option<usize>, Option<usize>) {
    let (mut first, mut last) = (None, None);
    for (at, &byte) in bytes.iter().enumerate().skip(from).take_while(|&(_, &b)| is_space(b)) {
        if byte == b'\n' {
            first = first.or(Some(at));
            last = Some(at);
        }
    }
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (SplitKind, &str, &str) {
        let split = split(text);
        (split.kind, split.yaml.of(text), split.body.of(text))
    }

    #[test]
    fn dashes_or_dots_close_and_blank_lines_after_them_are_eaten() {
        assert_eq!(parts("---\na: b\n---\n\n \nBody"), (SplitKind::Present, "a: b\n", "Body"));
        assert_eq!(parts("---\na: b\n...\n  Body"), (SplitKind::Present, "a: b\n", "  Body"));
        assert_eq!(parts("---  \r\na: b\r\n---\t\r\n\r\nBody\r\n"), (SplitKind::Present, "a: b\r\n", "Body\r\n"));
        assert_eq!(parts("---\n---\n"), (SplitKind::Present, "", ""));
        assert_eq!(parts("---\n\n---  "), (SplitKind::Present, "\n", ""));
        assert_eq!(parts("\u{FEFF}---\na: b\n---\nBody"), (SplitKind::Present, "a: b\n", "Body"));
    }

    #[test]
    fn a_line_that_only_begins_with_dashes_does_not_close() {
        assert_eq!(parts("---\na: b\n--- c\n----\n---\nBody"), (SplitKind::Present, "a: b\n--- c\n----\n", "Body"));
        assert_eq!(parts("---\na: b\n ---\n"), (SplitKind::Unclosed, "", "---\na: b\n ---\n"));
    }

    #[test]
    fn what_is_no_front_matter_is_all_body() {
        assert_eq!(parts("Body"), (SplitKind::Missing, "", "Body"));
        assert_eq!(parts("\n---\na: b\n---\n").0, SplitKind::Missing);
        assert_eq!(parts("--- a\n---\n").0, SplitKind::Missing);
        assert_eq!(parts("---\r---\r").0, SplitKind::Missing);
        assert_eq!(parts(" \n\t\n"), (SplitKind::EmptyText, "", " \n\t\n"));
        assert_eq!(parts(""), (SplitKind::EmptyText, "", ""));
    }

    #[test]
    fn the_document_begins_with_its_dashes() {
        let text = "\u{FEFF}---\n\n\na: b\n---\nBody";
        let split = split(text);
        assert_eq!(split.document.of(text), "---\n\n\na: b\n");
        assert_eq!(split.yaml.of(text), "\n\na: b\n");
        assert_eq!(split.front_matter.of(text), "---\n\n\na: b\n---\n");
    }
}
