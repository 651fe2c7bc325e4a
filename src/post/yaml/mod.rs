//! YAML as Jekyll reads it. In: the text of a front matter. Out: a `YamlDocument`: the value, its top-level entries
//! with spans, and diagnostics. Neighbours: `front_matter.rs` gives the entries their meaning.

mod build;
mod cause;
mod cursor;
mod display;
mod events;
mod line;
pub mod scalar;
mod scanner;
mod syntax_error;

use serde_yaml::Value;

pub use display::display;
pub(super) use line::{quote_end, quoted};
pub use scalar::Scalar;
pub use scanner::Style;

pub use build::TOO_LARGE;
use build::{Halt, MAX_NODES};

use crate::text::{Diagnostic, Span};

/// One key of the front matter and its value; spans in bytes of the whole text.
#[derive(Clone, Debug, PartialEq)]
pub struct YamlEntry {
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
    /// Whether a later entry of the same key takes this one's place.
    pub shadowed: bool,
}

/// The content of one YAML text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct YamlDocument {
    /// The value; `Null` where the text is empty or could not be read.
    pub value: Value,
    /// The top-level entries in the order of the text; of duplicates all but the last are `shadowed`.
    pub entries: Vec<YamlEntry>,
    /// Whether Jekyll could not read the text (or we would not): then there are no entries.
    pub failed: bool,
    /// What is wrong, and what is worth knowing.
    pub diagnostics: Vec<Diagnostic>,
}

impl YamlEntry {
    /// Moves the spans `by` bytes on.
    pub(super) fn shift(&mut self, by: usize) {
        for span in [&mut self.key_span, &mut self.value_span, &mut self.span] {
            *span = span.shifted(by);
        }
    }
}

/// How many values a file of data may have.
const MAX_DATA_NODES: usize = 2_000_000;

/// Reads the YAML text that begins at byte `base` of the whole text. Linear, and bounded in depth, nodes and copies.
pub fn read(text: &str, base: usize) -> YamlDocument {
    read_within(text, base, MAX_NODES)
}

/// Reads a file that is YAML alone, which may be longer than a front matter.
pub fn read_data(text: &str) -> YamlDocument {
    read_within(text, 0, MAX_DATA_NODES)
}

fn read_within(text: &str, base: usize, max_nodes: usize) -> YamlDocument {
    let mut document = match build::build(text, max_nodes) {
        Ok(built) => {
            let mut document = YamlDocument {
                value: built.value,
                entries: built.entries,
                failed: false,
                diagnostics: built.diagnostics,
            };
            close_entries(&mut document.entries, text);
            document
        }
        Err(Halt::Other(diagnostic)) => {
            YamlDocument { failed: true, diagnostics: vec![*diagnostic], ..YamlDocument::default() }
        }
        Err(Halt::Syntax(error, context)) => YamlDocument {
            failed: true,
            diagnostics: vec![syntax_error::explain(text, &error, &context, &mistake_after)],
            ..YamlDocument::default()
        },
    };
    document.entries.iter_mut().for_each(|entry| entry.shift(base));
    document.diagnostics = document.diagnostics.into_iter().map(|diagnostic| diagnostic.shifted(base)).collect();
    document
}

/// Whether reading `text` still fails, and where: fixes are offered only if they remove an error.
fn mistake_after(text: &str) -> Option<usize> {
    match build::build(text, MAX_NODES) {
        Ok(_) => None,
        Err(Halt::Syntax(error, _)) => Some(error.at),
        Err(Halt::Other(diagnostic)) => Some(diagnostic.span.start),
    }
}

/// Widens the span of each entry from the beginning of its line to the beginning of the next entry's line, so that
/// the comments after an entry belong to it.
fn close_entries(entries: &mut [YamlEntry], text: &str) {
    let mut end = text.len();
    for index in (0..entries.len()).rev() {
        let (before, rest) = entries.split_at_mut(index);
        let Some(entry) = rest.first_mut() else { continue };
        let key = entry.key_span.start;
        // In a mapping in braces several entries share a line; only what lies between two entries is looked at.
        let from = before.last().map_or(0, |previous| previous.value_span.end.max(previous.key_span.end));
        let gap = text.get(from..key).unwrap_or("");
        let line = gap.rfind('\n').map(|newline| from + newline + 1);
        let line = line.or(if from == 0 { Some(0) } else { None });
        let own = line.filter(|&line| text.get(line..key).is_some_and(|indent| indent.trim().is_empty()));
        let start = own.unwrap_or(key);
        entry.span = Span::new(start, end.max(start));
        end = start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
