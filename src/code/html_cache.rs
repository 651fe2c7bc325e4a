//! The HTML of code as it was written before, so that a key elsewhere in a text does not write it again. In: code, and how
//! it is written. Out: its HTML and source map. Neighbours: `highlighting.rs` holds it; `liquid/highlight.rs` asks and
//! writes.

use std::rc::Rc;

use crate::highlight::Run;
use crate::text::SourceMap;

/// What the HTML of code depends on besides the code.
#[derive(Clone, Debug)]
pub struct CodeLayout {
    /// The runs.
    pub runs: Rc<[Run]>,
    /// Whether the lines are numbered.
    pub line_numbers: bool,
    /// The numbers of marked lines, from 1.
    pub marked: Option<Vec<usize>>,
    /// From the start of the code to the end of what it stands in, in bytes of the body.
    pub source_length: usize,
}

impl CodeLayout {
    /// Whether code is written the same; its runs are the same if they are shared.
    pub(super) fn is(&self, other: &Self) -> bool {
        let Self { runs, line_numbers, marked, source_length } = self;
        Rc::ptr_eq(runs, &other.runs)
            && (*line_numbers, *source_length) == (other.line_numbers, other.source_length)
            && *marked == other.marked
    }
}

/// Code as HTML.
#[derive(Debug)]
pub struct CodeHtml {
    /// How it is written.
    pub layout: CodeLayout,
    /// Where the code started in the body when it was written, in bytes.
    pub start: usize,
    /// The HTML.
    pub html: String,
    /// Maps the HTML to the body as it was then.
    pub map: SourceMap,
}
