//! Positions and changes in a text: spans, offsets, lines, edits, diagnostics. In: strings. Out: typed positions.
//! Neighbours: everything above imports this layer; it imports nothing of ours.

mod case;
mod cjk;
mod diagnostic;
mod edit;
mod float;
mod line_ends;
mod line_index;
mod loaded_later;
mod name_map;
mod near;
pub(crate) mod order;
mod source_map;
mod span;
mod word;

pub(crate) use case::{downcase, upcase};
pub(crate) use cjk::{is_cjk, is_hangul};
pub use diagnostic::{Diagnostic, Fix, Severity};
pub use edit::Edit;
pub(crate) use float::{float_digits, parse_float};
pub use line_ends::{LineEnd, LineEnds};
pub use line_index::{LineColumn, LineIndex, changed_lines, common_ends};
pub use loaded_later::{LoadedLater, lacked_functions};
pub(crate) use name_map::{NameIndex, NameMap};
pub(crate) use near::is_near;
pub use source_map::SourceMap;
pub use span::{Span, Utf16Index, Utf16Offset, Utf16Range, byte_offset, utf16_offset};
pub(crate) use word::{is_letter_mark_or_digit, is_word};
