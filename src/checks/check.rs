//! The description that every check has. In: nothing. Out: `Check`, one constant in the file of each check.
//! Neighbours: `mod.rs` lists them all; the panel and `docs/checks.md` show their titles.

use super::Checked;
use crate::text::{Diagnostic, Severity, Span};

/// One check.
pub struct Check {
    /// The code of every diagnostic that it gives, unique: what a setting calls it.
    pub code: &'static str,
    /// Its name in the list of checks.
    pub title: &'static str,
    /// Why it is worth telling, in one sentence, with code in backticks.
    pub reason: &'static str,
    /// The severity of its diagnostics; a single one may be less severe.
    pub severity: Severity,
    /// Whether a diagnostic of it may bring a fix.
    pub fixable: bool,
    /// Runs the check.
    pub run: fn(&Checked<'_>) -> Vec<Diagnostic>,
}

impl Check {
    /// A diagnostic of this check at `span`, in bytes of the whole text.
    pub(super) fn diagnostic(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.code, self.severity, span, message)
    }
}
