//! What Jekyll's tag `highlight` and kramdown's code have in common. In: code and the name of its language. Out: elements
//! and text as Rouge's formatters write them. Neighbours: `highlight/` reads the code; `liquid/` and `markdown/` write.

mod formatter;
mod highlighting;
mod html_cache;
pub mod names;
mod rouge_version;

pub use formatter::{CodeSink, LineNumbering, lines, spans, table};
pub use highlighting::{Highlighter, Highlighting, Outcome};
pub use html_cache::{CodeHtml, CodeLayout};
pub use rouge_version::{gem_version, of_later_rouge};

use crate::text::{Diagnostic, Severity, Span};

/// What is told of code at `span` that takes too long to be read.
pub fn over_budget(span: Span) -> Diagnostic {
    Diagnostic::new(
        "code-not-highlighted",
        Severity::Note,
        span,
        "Code in this block takes too long to be highlighted here, so it stays plain.",
    )
}
