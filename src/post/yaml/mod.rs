//! YAML as Jekyll reads it. In: the text of a front matter. Out: a `Document`: the value, its top-level entries with
//! spans, and findings. Neighbours: `front_matter.rs` gives the entries their meaning.

mod build;
mod display;
mod events;
pub mod scalar;
mod syntax_error;

use serde_yaml::Value;

pub use display::display;
pub use events::Style;
pub use scalar::Scalar;

use crate::text::{Diagnostic, Span};

/// One key of the front matter and its value; spans in bytes of the whole text.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key as text.
    pub key: String,
    /// The key, quotes included.
    pub key_span: Span,
    /// The value, quotes and brackets included; empty, after the colon, where there is none.
    pub value_span: Span,
    /// The whole entry: from the beginning of its line to the beginning of the next entry's line, or to the end of
    /// the front matter; comments after the value belong to it.
    pub span: Span,
    /// How the value was written; `None` for sequences, mappings and aliases.
    pub style: Option<Style>,
    /// What SafeYAML makes of the value; `None` for sequences, mappings and aliases.
    pub scalar: Option<Scalar>,
}

/// What one YAML text says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The value; `Null` where the text is empty or could not be read.
    pub value: Value,
    /// The top-level entries in the order of the text; of duplicates only the last.
    pub entries: Vec<Entry>,
    /// Whether Jekyll could not read the text (or we would not): then there are no entries.
    pub failed: bool,
    /// What is wrong, and what is worth knowing.
    pub diagnostics: Vec<Diagnostic>,
}

impl Entry {
    /// Moves the spans `by` bytes on.
    pub(super) fn shift(&mut self, by: usize) {
        for span in [&mut self.key_span, &mut self.value_span, &mut self.span] {
            *span = span.shifted(by);
        }
    }
}

/// The same diagnostic, `by` bytes further on.
pub(super) fn shifted(mut diagnostic: Diagnostic, by: usize) -> Diagnostic {
    diagnostic.span = diagnostic.span.shifted(by);
    if let Some(fix) = &mut diagnostic.fix {
        fix.edit.span = fix.edit.span.shifted(by);
        fix.edit.selection = fix.edit.selection.shifted(by);
    }
    diagnostic
}

/// Reads the YAML text that begins at byte `base` of the whole text. Linear, and bounded in depth, nodes and copies.
pub fn read(text: &str, base: usize) -> Document {
    let mut document = build::build(text);
    document.entries.iter_mut().for_each(|entry| entry.shift(base));
    document.diagnostics = document.diagnostics.into_iter().map(|diagnostic| shifted(diagnostic, base)).collect();
    document
}
