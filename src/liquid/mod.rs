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
mod environment;
mod expression;
mod filters;
mod highlight;
mod include;
mod include_markup;
mod interpreter;
mod lexer;
mod links;
mod loops;
mod output;
mod parser;
mod plugins;
mod post_environment;
mod rendered;
mod strftime;
mod syntax_tree;
mod tag_markup;
mod template;
mod tokens;
mod value;
mod value_text;
mod variable_use;

pub use around_chips::AroundChips;
pub use context::{Context, Markdown};
pub use environment::{Environment, Included, TagOutput, TagRun};
pub use filters::{absolute_url, apply as apply_filter, below_base, form_encode, names as filter_names, strip_html};
pub use rendered::Rendered;
pub use syntax_tree::{IncludeFrom, Template};
pub use value::{Hash, LiquidDrop, List, Loop, Value};
pub use variable_use::VariableUse;

use crate::code::Highlighting;
use crate::post::Post;
use crate::post::publishing::SiteSettings;

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
    let (output, diagnostics) = interpreter::run(body, &nodes, context, diagnostics);
    Rendered::of(output, diagnostics)
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
