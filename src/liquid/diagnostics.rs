//! The diagnostics of Liquid. In: what happened and where. Out: diagnostics for a writer. Neighbours: `parser.rs` and
//! `interpreter.rs` report here.

use super::plugins::PluginNames;
use crate::post::site::{LiquidSettings, SiteSettings};
use crate::text::{Diagnostic, Severity, Span};

/// How many diagnostics one text gets.
const MAX: usize = 100;

/// The diagnostics of a text.
#[derive(Debug, Default)]
pub(super) struct DiagnosticList<'s> {
    pub(super) list: Vec<Diagnostic>,
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
        Self { list: Vec::new(), plugins: PluginNames::of(settings), strict: settings.liquid }
    }

    pub(super) fn add(&mut self, code: &'static str, severity: Severity, span: Span, message: &[&str]) {
        self.push(Diagnostic::new(code, severity, span, message.concat()));
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        // A loop meets the same error in each round.
        let is_same = |other: &&Diagnostic| other.code == diagnostic.code && other.span == diagnostic.span;
        let again = self.list.iter().rev().take(MAX).any(|other| is_same(&other));
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
