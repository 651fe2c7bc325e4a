//! `Diagnostic`: what is wrong (or worth knowing), where, and how to fix it. In: nothing. Out: values.
//! Neighbours: `post/`, `markdown/` and `checks/` make them; `app/` shows them.

use std::borrow::Cow;

use super::{Edit, Span};

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing has to be done.
    Note,
    /// Jekyll goes on, but probably not with what the writer meant.
    Warning,
    /// Jekyll stops, or drops what is written here.
    Error,
}

impl Severity {
    /// The severity of that name.
    pub fn of(name: &str) -> Option<Self> {
        [Self::Note, Self::Warning, Self::Error].into_iter().find(|severity| severity.name() == name)
    }

    /// Its name in attributes and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// An edit that safely removes what a diagnostic reports. The page offers it as a button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The label of the button, an imperative: "Quote the title".
    pub label: String,
    /// The edit.
    pub edit: Edit,
}

/// Something worth telling about a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable, kebab-case name of the kind of diagnostic: `yaml-syntax`, `front-matter-unclosed`.
    pub code: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// Where, in bytes of the whole text.
    pub span: Span,
    /// One or two sentences that a writer understands.
    pub message: String,
    /// The fix, if there is a safe one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// The same diagnostic in a text that has `by` more bytes before it.
    pub fn shifted(mut self, by: usize) -> Self {
        self.span = self.span.shifted(by);
        if let Some(fix) = &mut self.fix {
            fix.edit.span = fix.edit.span.shifted(by);
            fix.edit.selection = fix.edit.selection.shifted(by);
        }
        self
    }

    /// A diagnostic without a fix.
    pub fn new(code: &'static str, severity: Severity, span: Span, message: impl Into<String>) -> Self {
        Self { code: Cow::Borrowed(code), severity, span, message: message.into(), fix: None }
    }
}
