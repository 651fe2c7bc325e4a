//! The diagnostics of Liquid. In: what happened and where. Out: diagnostics for a writer. Neighbours: `parser.rs` and
//! `interpreter.rs` report here.

use std::rc::Rc;

use super::plugins::PluginNames;
use crate::post::site::{LiquidSettings, SiteSettings};
use crate::text::{Diagnostic, Severity, Span};

/// How many diagnostics one text gets.
const MAX: usize = 100;

/// The diagnostics of a text.
#[derive(Debug, Default)]
pub(super) struct DiagnosticList<'s> {
    pub(super) list: Vec<Diagnostic>,
    /// Those of included files, each with its file's path.
    pub(super) included: Vec<(Rc<str>, Diagnostic)>,
    /// The included file that runs, and the tag of the body that brought it.
    pub(super) inside: Option<(Rc<str>, Span)>,
    /// The names that plugins add. They are not reported.
    pub(super) plugins: PluginNames<'s>,
    /// Which mistakes stop the build that are otherwise passed over.
    pub(super) strict: LiquidSettings,
}

/// Jekyll stops the build at it.
pub(super) const SYNTAX: &str = "liquid-syntax";
/// A block or a tag that does not end.
pub(super) const UNCLOSED: &str = "liquid-unclosed";
/// A tag that only a plugin can have.
pub(super) const UNKNOWN_TAG: &str = "liquid-unknown-tag";
/// A filter that only a plugin can have.
pub(super) const UNKNOWN_FILTER: &str = "liquid-unknown-filter";
/// Something fails while the template runs.
pub(super) const ERROR: &str = "liquid-error";
/// The template needs more work than the budget allows.
pub(super) const TOO_MUCH: &str = "liquid-too-much";

impl<'s> DiagnosticList<'s> {
    pub(super) fn new(settings: &'s SiteSettings) -> Self {
        Self {
            list: Vec::new(),
            included: Vec::new(),
            inside: None,
            plugins: PluginNames::of(settings),
            strict: settings.liquid,
        }
    }

    pub(super) fn add(&mut self, code: &'static str, severity: Severity, span: Span, message: &[&str]) {
        self.push(Diagnostic::new(code, severity, span, message.concat()));
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        let Some((path, tag)) = self.inside.clone() else { return self.push_own(diagnostic) };
        if diagnostic.severity == Severity::Error {
            let message = ["In `", &*path, "`: ", &diagnostic.message].concat();
            self.push_own(Diagnostic::new(ERROR, Severity::Error, tag, message));
        }
        let again = self.included.iter().rev().take(MAX).any(|(of, other)| *of == path && same(other, &diagnostic));
        if self.included.len() < MAX && !again {
            self.included.push((path, diagnostic));
        }
    }

    fn push_own(&mut self, diagnostic: Diagnostic) {
        // A loop meets the same error in each round.
        let again = self.list.iter().rev().take(MAX).any(|other| same(other, &diagnostic));
        if self.list.len() < MAX && !again {
            self.list.push(diagnostic);
        }
    }

    /// Something that stops the build.
    pub(super) fn stops(&mut self, code: &'static str, span: Span, message: &[&str]) {
        let message = [message, &[" Jekyll stops the build here."]].concat();
        self.add(code, Severity::Error, span, &message);
    }
}

fn same(one: &Diagnostic, other: &Diagnostic) -> bool {
    one.code == other.code && one.span == other.span
}
