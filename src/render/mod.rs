//! The pipeline: the only place where reading, Liquid, Markdown and diagnostics meet. In: a `Request`, and what stays
//! the same from text to text (`RenderOptions`, `Engines`). Out: a `RenderedPost`. Neighbours: `post/`, `liquid/`,
//! `markdown/` and `checks/` do the steps. The page, the custom element, `render()` for JavaScript and the command line
//! call only this.
//!
//! A `Renderer` is used once, or again for each change of a text. It then does only what the change makes necessary.

mod body;
mod engines;
mod names;
mod renderer;

use std::rc::Rc;

pub use body::BodyRenderer;
pub use engines::{Checks, Engines, GitHub, Liquid};
pub use names::{ListedPost, listed, title_of};
pub use renderer::{RenderedPost, Renderer};

use crate::code::Highlighting;
use crate::markdown::sanitize::Relative;
use crate::markdown::{self, Dialect};
use crate::post;
use crate::post::site::SiteSettings;

/// A text to render.
#[derive(Clone, Copy, Debug)]
pub struct Request<'t> {
    /// The name of its file, or its path from the site's folder. A post without one is read as if it had the suggested
    /// name.
    pub file_name: Option<&'t str>,
    /// The text.
    pub text: &'t str,
    /// The time of the build, in seconds since 1970-01-01T00:00:00Z.
    pub now: i64,
    /// Whether the checks run, and with what.
    pub checks: Option<CheckOptions<'t>>,
}

/// What the checks need besides the post.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckOptions<'t> {
    /// Tags of other posts.
    pub known_tags: &'t [String],
    /// Codes of the checks that are switched off.
    pub off: &'t [String],
}

/// What stays the same from text to text.
#[derive(Clone, Debug, Default)]
pub struct RenderOptions {
    /// The site's settings.
    pub settings: Rc<SiteSettings>,
    /// Which Markdown is read. Liquid runs in Jekyll's dialect only.
    pub dialect: Dialect,
    /// Whether texts are bodies alone, without front matter.
    pub body_only: bool,
    /// What addresses without a host lead to.
    pub relative: Relative,
    /// What gives code its runs.
    pub highlighting: Highlighting,
}

impl RenderOptions {
    /// Jekyll's dialect on a site with these settings.
    pub fn of_site(settings: &Rc<SiteSettings>) -> Self {
        Self { settings: Rc::clone(settings), ..Self::default() }
    }
}

/// The tags of the post of that text.
pub fn tags_of(text: &str) -> Vec<String> {
    post::read("", text).front_matter.tags
}

/// The HTML of a piece of Markdown on that site, as Jekyll's converter writes it: **not** sanitized. Liquid does not
/// run. Never put it into a page.
pub fn convert(source: &str, settings: &SiteSettings, highlighting: &Highlighting) -> String {
    if settings.markdown.reads_html {
        return source.to_owned();
    }
    markdown::render_html_with(source, &markdown::Options::of_site(settings), highlighting)
}
