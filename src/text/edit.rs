//! `Edit`: one replacement in a text and the selection after it. In: a text. Out: the text with the edit applied.
//! Neighbours: `commands/` returns these, `app/editor/textarea.rs` applies them so that the browser can undo them.

use super::Span;

/// Replace the bytes of `span` by `text`, then select `selection` (bytes of the new text).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes replaced, in the old text.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
    /// The selection afterwards, in bytes of the new text; empty for a caret.
    pub selection: Span,
}

impl Edit {
    /// The text after the edit; where the span does not fit the text, the text unchanged.
    pub fn apply(&self, text: &str) -> String {
        match (text.get(..self.span.start), text.get(self.span.end..)) {
            (Some(before), Some(after)) => [before, &self.text, after].concat(),
            _ => text.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_replaces_its_span_and_nothing_else() {
        let edit = Edit { span: Span::new(1, 3), text: "é".into(), selection: Span::at(3) };
        assert_eq!(edit.apply("abcd"), "aéd");
    }

    #[test]
    fn an_edit_that_does_not_fit_changes_nothing() {
        let edit = Edit { span: Span::new(1, 9), text: "x".into(), selection: Span::at(0) };
        assert_eq!(edit.apply("ab"), "ab");
    }
}
