//! From a post's body to sanitized blocks of HTML: dialect → events → tokens → sanitizer → blocks. In: the body, after
//! Liquid, and options. Out: blocks with spans. Neighbours: `post/` and `liquid/` below, `render/` above.

pub mod block;
pub(crate) mod chips;
pub mod event;
mod github;
pub mod html;
pub mod kramdown;
pub mod outline;
pub mod raw_html;
pub mod sanitize;
pub mod token;

use event::{ContentModel, Event, Item, Tag, TagEnd};
pub(crate) use kramdown::{LinkDefinitions, depends_on_other_parts, parse_part};

use crate::code::Highlighting;
pub use crate::post::kramdown_options::KramdownOptions;
use crate::post::site::SiteSettings;
use crate::text::Span;

/// Which Markdown is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// kramdown with GFM input and Jekyll's defaults (jekyll `configuration.rb`): what `jekyll build` publishes.
    #[default]
    Jekyll,
    /// CommonMark with GitHub's extensions.
    GitHub,
}

/// How a body is read and written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The dialect.
    pub dialect: Dialect,
    /// kramdown's own options, for Jekyll's dialect.
    pub kramdown: KramdownOptions,
}

impl Options {
    /// The default options of a dialect.
    pub fn of(dialect: Dialect) -> Self {
        Self { dialect, kramdown: KramdownOptions::default() }
    }

    /// Jekyll's dialect on a site with these settings.
    pub fn of_site(settings: &SiteSettings) -> Self {
        Self { dialect: Dialect::Jekyll, kramdown: settings.markdown.kramdown.clone() }
    }
}

/// The events of a whole body. Spans are bytes of `body`; top-level items come in the order of the source.
pub fn parse<'a>(body: &'a str, options: &Options) -> Vec<Item<'a>> {
    parse_with(body, options).0
}

/// The events of a whole body, and the options after the body had its say (kramdown's `{::options /}`).
pub(crate) fn parse_with<'a>(body: &'a str, options: &Options) -> (Vec<Item<'a>>, Options) {
    let parsed = match options.dialect {
        Dialect::Jekyll => parse_jekyll(body, options),
        Dialect::GitHub => parse_github(body, options),
    };
    (parsed.items, parsed.options)
}

/// A body that was parsed as a whole.
pub(crate) struct ParsedBody<'a> {
    /// Its events.
    pub(crate) items: Vec<Item<'a>>,
    /// The options after the body had its say.
    pub(crate) options: Options,
    /// What its parts have in common, where they can be parsed apart.
    pub(crate) links: Option<LinkDefinitions>,
}

/// A parser of whole bodies in one dialect. Code that uses one dialect does not contain the parser of the other.
pub(crate) type Parse = for<'a> fn(&'a str, &Options) -> ParsedBody<'a>;

/// The parser of GitHub's dialect.
pub(crate) fn parse_github<'a>(body: &'a str, options: &Options) -> ParsedBody<'a> {
    ParsedBody { items: github::parse(body), options: options.clone(), links: None }
}

/// The parser of Jekyll's dialect.
pub(crate) fn parse_jekyll<'a>(body: &'a str, options: &Options) -> ParsedBody<'a> {
    let (items, kramdown, links) = kramdown::parse_with_options(body, &options.kramdown);
    ParsedBody { items, options: Options { dialect: options.dialect, kramdown }, links }
}

/// The HTML of a whole body as it is published, but for the spans in code; **not** sanitized: never put it into a page.
pub fn render_html(body: &str, options: &Options) -> String {
    render_html_with(body, options, &Highlighting::default())
}

/// The "parser" of a body that is HTML and no Markdown: all of it is one block of HTML.
pub(crate) fn parse_html<'a>(body: &'a str, options: &Options) -> ParsedBody<'a> {
    as_one_block(body, Tag::HtmlBlock, Event::Html(body.into()), options)
}

/// The same for a body that browsers show as text.
pub(crate) fn parse_text<'a>(body: &'a str, options: &Options) -> ParsedBody<'a> {
    let pre = Tag::Element { name: "pre".into(), block: true, content: ContentModel::Raw };
    as_one_block(body, pre, Event::Text(body.into()), options)
}

fn as_one_block<'a>(body: &str, tag: Tag<'a>, content: Event<'a>, options: &Options) -> ParsedBody<'a> {
    let span = Span::new(0, body.len());
    let events = [Event::Start(tag, None), content, Event::End(TagEnd)];
    let items = if body.trim().is_empty() { Vec::new() } else { events.map(|event| Item { event, span }).into() };
    ParsedBody { items, options: options.clone(), links: None }
}

/// The HTML of a whole body as it is published, **not** sanitized: the measure of fidelity. Never put it into a page.
pub fn render_html_with(body: &str, options: &Options, highlighting: &Highlighting) -> String {
    let (items, options) = parse_with(body, options);
    token::to_html(&html::write_document(body, &items, &options, highlighting))
}
