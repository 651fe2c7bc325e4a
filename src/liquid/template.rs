//! Parses and runs a template that owns its text. In: a text. Out: a template, and what it gives. Neighbours:
//! `syntax_tree.rs` has the type; `parser.rs` and `interpreter.rs` do the work; `site/` keeps templates by their files.

use std::rc::Rc;

use super::context::Context;
use super::diagnostics::DiagnosticList;
use super::rendered::Rendered;
use super::syntax_tree::Template;
use super::{interpreter, parser};
use crate::post::site::SiteSettings;

impl Template {
    /// Parses the text of the file at `path`, on a site with these settings.
    pub fn parse(path: &str, text: Rc<str>, settings: &SiteSettings) -> Self {
        parser::template(path, text, settings)
    }

    /// Where its text comes from, from the site's folder on.
    pub fn path(&self) -> &Rc<str> {
        &self.path
    }

    /// Its text.
    pub fn text(&self) -> &Rc<str> {
        &self.text
    }

    /// Runs it. The diagnostics are those of its syntax and of the run.
    pub fn render(&self, context: &Context<'_>) -> Rendered<'static> {
        let mut diagnostics = DiagnosticList::new(context.settings);
        diagnostics.list.clone_from(&self.diagnostics);
        let (output, diagnostics) = interpreter::run(&self.text, &self.nodes, context, diagnostics);
        Rendered::of(output, diagnostics)
    }
}
