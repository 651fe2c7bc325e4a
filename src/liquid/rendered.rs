//! What Liquid makes of a text. In: output and diagnostics of a run. Out: a text, its source map, diagnostics.
//! Neighbours: `interpreter.rs` runs; `render/` and `site/` go on with it.

use std::borrow::Cow;
use std::rc::Rc;

use super::diagnostics::DiagnosticList;
use super::output::MappedText;
use crate::text::{Diagnostic, Severity, SourceMap, order};

/// A body after Liquid.
#[derive(Clone, Debug)]
pub struct Rendered<'a> {
    /// The text for Markdown; borrowed where there is no Liquid in the body.
    pub text: Cow<'a, str>,
    /// Maps `text` to the body and back, in bytes of either.
    pub map: SourceMap,
    /// What is wrong, and what is worth knowing; spans in bytes of the body, in its order.
    pub diagnostics: Vec<Diagnostic>,
    /// The same of files that the body includes; each with the file's path, and spans in bytes of that file.
    pub included: Vec<(Rc<str>, Diagnostic)>,
}

impl<'a> Rendered<'a> {
    /// A body that Liquid leaves as it is.
    pub fn unchanged(body: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(body),
            map: SourceMap::identity(body.len()),
            diagnostics: Vec::new(),
            included: Vec::new(),
        }
    }

    /// What a run wrote.
    pub(super) fn of(output: MappedText, diagnostics: DiagnosticList<'_>) -> Self {
        let DiagnosticList { mut list, included, .. } = diagnostics;
        order::sort_by_key(&mut list, |found| order::key(found.span.start as u64, found.span.end as u64));
        Self { text: Cow::Owned(output.text), map: output.map, diagnostics: list, included }
    }

    /// What stops Jekyll first, where anything does.
    pub fn stop(&self) -> Option<&Diagnostic> {
        self.diagnostics.iter().find(|found| found.severity == Severity::Error)
    }
}
