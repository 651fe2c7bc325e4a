//! Liquid for a single post: what Jekyll runs over a body before Markdown. In: a body and a post. Out: the text for
//! kramdown, the source map, and diagnostics. Neighbours: `text/` and `post/` below; `markdown/` above makes chips
//! visible.
//!
//! The language is that of Liquid 4 and 5 as Jekyll sets it up; the names are theirs. What one
//! post alone cannot know (includes, other posts, data, plugins) stands in the text as a chip.

mod around_chips;
mod budget;
mod by_expression;
pub mod chip;
mod condition;
mod context;
mod diagnostics;
mod drop;
mod environment;
mod expression;
mod filters;
mod highlight;
mod include;
mod interpreter;
mod lexer;
mod links;
mod loops;
mod output;
mod parser;
mod plugins;
mod post_environment;
mod strftime;
mod syntax_tree;
mod tag_markup;
mod template;
mod tokens;
mod value;
mod value_text;

use std::borrow::Cow;
use std::rc::Rc;

pub use around_chips::AroundChips;
pub use context::{Context, Markdown};
pub use drop::LiquidDrop;
pub use environment::{Environment, IncludeFrom, Included, TagOutput};
pub use filters::names as filter_names;
pub use template::Template;
pub use value::{Hash, List, Loop, Value};

use crate::code::Highlighting;
use crate::post::Post;
use crate::post::publishing::SiteSettings;
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

    /// What stops Jekyll first, where anything does.
    pub fn stop(&self) -> Option<&Diagnostic> {
        self.diagnostics.iter().find(|found| found.severity == Severity::Error)
    }
}

/// Whether there is any Liquid in a body. Fast: one search.
pub fn is_in(body: &str) -> bool {
    tokens::opening(body.as_bytes(), 0).is_some()
}

/// Runs Liquid over a body. A body without `{{` and `{%` stays as it is, after one search.
pub fn render<'a>(body: &'a str, context: &Context<'_>) -> Rendered<'a> {
    if !is_in(body) {
        return Rendered::unchanged(body);
    }
    let mut diagnostics = diagnostics::DiagnosticList::new(context.settings);
    let nodes = parser::parse(body, &mut diagnostics);
    finish(interpreter::run(body, &nodes, context, diagnostics))
}

fn finish((output, diagnostics): (output::MappedText, diagnostics::DiagnosticList<'_>)) -> Rendered<'static> {
    let diagnostics::DiagnosticList { mut list, included, .. } = diagnostics;
    order::sort_by_key(&mut list, |found| order::key(found.span.start as u64, found.span.end as u64));
    Rendered { text: Cow::Owned(output.text), map: output.map, diagnostics: list, included }
}

/// The same for the body of a post on its site (`Post::on_site`), which may switch Liquid off
/// (`render_with_liquid: false`). `now` is in seconds since 1970-01-01T00:00:00Z.
pub fn of_post<'a>(
    text: &'a str,
    site_post: &Post,
    settings: &SiteSettings,
    now: i64,
    highlighting: &Highlighting,
    markdown: Markdown,
) -> Rendered<'a> {
    let body = site_post.body_span.of(text);
    if site_post.front_matter.render_with_liquid {
        let context = Context {
            highlighting: highlighting.clone(),
            markdown: Some(markdown),
            ..Context::new(site_post, settings, now)
        };
        render(body, &context)
    } else {
        Rendered::unchanged(body)
    }
}
