//! Where exactly a scalar value stands: the parser's span may run on over spaces and a comment, and a missing value has
//! a place before its colon. In: the text and the parser's span. Out: quotes included, nothing around them.
//! Neighbours: `build.rs` makes entries.

use super::Style;
use crate::text::Span;

/// The exact span of a scalar that the parser places at `span`, the value of the key at `key`.
pub(super) fn value_span(text: &str, key: Span, span: Span, style: Style) -> Span {
    match style {
        Style::SingleQuoted | Style::DoubleQuoted => quoted(text, span),
        Style::Plain if span.of(text).trim().is_empty() => {
            // An explicit key (`? key`) may have no colon at all.
            let rest = text.get(key.end..).unwrap_or("");
            let value = rest.trim_start().strip_prefix(':');
            Span::at(value.map_or(key.end, |value| text.len() - value.len()))
        }
        Style::Plain => Span::new(span.start, span.start + span.of(text).trim_end().len()),
        Style::Literal | Style::Folded => span,
    }
}

/// From the opening quote to the closing one.
fn quoted(text: &str, span: Span) -> Span {
    let bytes = span.of(text).as_bytes();
    let Some(&quote) = bytes.first().filter(|&&b| b == b'"' || b == b'\'') else { return span };
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 1,
            _ if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 1,
            _ if byte == quote => return Span::new(span.start, span.start + at + 1),
            _ => {}
        }
        at += 1;
    }
    span
}

#[cfg(test)]
mod tests {
    use crate::post::yaml::read;

    fn values(text: &str) -> Vec<&str> {
        read(text, 0).entries.iter().map(|entry| entry.value_span.of(text)).collect()
    }

    #[test]
    fn a_value_s_span_holds_the_value_and_nothing_else() {
        let text = "a: \"x \\\" y\"  # why\nb: 'it''s' # b\nc: plain words  # c\nd: 1\ne:   # nothing\n";
        assert_eq!(values(text), ["\"x \\\" y\"", "'it''s'", "plain words", "1", ""]);
    }

    #[test]
    fn a_list_begins_with_its_first_dash() {
        let text = "a:\n- x\n- y # why\nb: # -\n\n  - x\nc:\n-\n  - x\nd: [x, -y]  # c\ne:\n- b: 1\n";
        assert_eq!(values(text), ["- x\n- y", "- x", "-\n  - x", "[x, -y]", "- b: 1"]);
    }

    #[test]
    fn a_missing_value_stands_directly_behind_its_colon() {
        for text in ["a:\nb: 1\n", "a:", "a:  \n"] {
            assert_eq!(read(text, 0).entries[0].value_span.start, 2, "{text:?}");
        }
    }
}
