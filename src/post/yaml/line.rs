//! One line of YAML, split into key and value. In: a text and a position. Out: a `YamlLine`. And how to quote a value.
//! Neighbours: `syntax_error.rs`, which explains lines that the parser could not read.

use crate::text::Span;

/// A line, split without the grammar of YAML; all positions in bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct YamlLine {
    /// Where the line begins.
    pub start: usize,
    /// Where the next line begins; past the last line, the end of the text.
    pub next: usize,
    /// The line without white space around it.
    pub shown: Span,
    /// What stands before the first colon that is followed by white space; empty where there is none.
    pub key: Span,
    /// What stands after that colon, or after the dashes of list items, without white space and without a comment.
    pub value: Span,
}

impl YamlLine {
    /// The line that holds byte `at`.
    pub fn at(text: &str, at: usize) -> Self {
        let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        let rest = text.get(start..).unwrap_or("");
        let (length, next) = match rest.find('\n') {
            Some(newline) => (newline, newline + 1),
            None => (rest.len(), rest.len()),
        };
        let whole = Span::new(start, start + length);
        let shown = trimmed(text, whole);
        let mut value = shown;
        while let Some(item) = value.of(text).strip_prefix("- ") {
            value = trimmed(text, Span::new(value.end - item.len(), value.end));
        }
        let mut key = Span::at(value.start);
        if let Some(colon) = colon(value.of(text)) {
            key = trimmed(text, Span::new(value.start, value.start + colon));
            value = trimmed(text, Span::new(value.start + colon + 1, value.end));
        }
        if let Some(comment) = value.of(text).find(" # ") {
            value = trimmed(text, Span::new(value.start, value.start + comment));
        }
        Self { start, next: start + next, shown, key, value }
    }
}

/// The first colon that ends a key: white space or the end of the line follows it. A line that begins with a quote or a
/// bracket has no key here: almost nobody writes such keys.
fn colon(text: &str) -> Option<usize> {
    if text.starts_with(['"', '\'', '[', '{']) {
        return None;
    }
    text.match_indices(':')
        .map(|(at, _)| at)
        .find(|&at| text.as_bytes().get(at + 1).is_none_or(|next| matches!(next, b' ' | b'\t')))
}

fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start_matches([' ', '\t', '\r']).len());
    Span::new(start, start + inner.trim_matches([' ', '\t', '\r']).len())
}

/// One past the quote that closes the quoted scalar opening at `at`; the end of the text where none does.
pub(in crate::post) fn quote_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let Some(&quote) = bytes.get(at) else { return text.len() };
    let mut at = at + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 1,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            _ if byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// A text as a quoted scalar: in double quotes where nothing needs an escape there, in single quotes where that does
/// it, else in double quotes with escapes.
pub(in crate::post) fn quoted(text: &str) -> String {
    if !text.contains(['"', '\\']) {
        ["\"", text, "\""].concat()
    } else if !text.contains('\'') {
        ["'", text, "'"].concat()
    } else {
        ["\"", &text.replace('\\', "\\\\").replace('"', "\\\""), "\""].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (&str, &str) {
        let line = YamlLine::at(text, 0);
        (line.key.of(text), line.value.of(text))
    }

    #[test]
    fn key_and_value() {
        assert_eq!(parts("title: Docker: the conf  # note\r\nx"), ("title", "Docker: the conf"));
        assert_eq!(parts("  - - name:\tAda"), ("name", "Ada"));
        assert_eq!(parts("- @team"), ("", "@team"));
        assert_eq!(parts("empty:"), ("empty", ""));
        assert_eq!(parts("url:http://a.b"), ("", "url:http://a.b"));
        assert_eq!(parts("title: C# tips #1"), ("title", "C# tips #1"));
        assert_eq!(parts(""), ("", ""));
    }

    #[test]
    fn a_closing_quote_is_found_past_escapes() {
        assert_eq!(quote_end("'it''s' x'", 0), 7);
        assert_eq!(quote_end("\"a\\\"b\" c", 0), 6);
        assert_eq!(quote_end("\"a\\", 0), 3);
        assert_eq!(quote_end("", 0), 0);
    }

    #[test]
    fn quotes_are_chosen_by_content() {
        assert_eq!(quoted("l'été"), "\"l'été\"");
        assert_eq!(quoted("a \"b\""), "'a \"b\"'");
        assert_eq!(quoted("l'\"été\" \\"), "\"l'\\\"été\\\" \\\\\"");
    }
}
