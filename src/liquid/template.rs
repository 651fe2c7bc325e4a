//! A template that owns its text: a layout, an include, a page of a site. In: a text. Out: a template, and what it
//! gives. Neighbours: `parser.rs` and `interpreter.rs` do the work; `site/` keeps templates by their files.

use std::rc::Rc;

use super::context::Context;
use super::diagnostics::DiagnosticList;
use super::syntax_tree::TemplateNode;
use super::{Rendered, finish, interpreter, parser};
use crate::post::site::SiteSettings;
use crate::text::Diagnostic;

/// A parsed template.
#[derive(Debug)]
pub struct Template {
    path: Rc<str>,
    text: Rc<str>,
    nodes: Vec<TemplateNode>,
    /// What is wrong with its syntax; spans in bytes of its text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Template {
    /// Parses the text of the file at `path`, on a site with these settings.
    pub fn parse(path: &str, text: Rc<str>, settings: &SiteSettings) -> Self {
        let mut diagnostics = DiagnosticList::new(settings);
        let nodes = parser::parse(&text, &mut diagnostics);
        Self { path: path.into(), text, nodes, diagnostics: diagnostics.list }
    }

    /// Where its text comes from, from the site's folder on.
    pub fn path(&self) -> &Rc<str> {
        &self.path
    }

    /// Its text.
    pub fn text(&self) -> &Rc<str> {
        &self.text
    }

    pub(super) fn nodes(&self) -> &[TemplateNode] {
        &self.nodes
    }

    /// Runs it. The diagnostics are those of its syntax and of the run.
    pub fn render(&self, context: &Context<'_>) -> Rendered<'static> {
        let mut diagnostics = DiagnosticList::new(context.settings);
        diagnostics.list.clone_from(&self.diagnostics);
        finish(interpreter::run(&self.text, &self.nodes, context, diagnostics))
    }
}
