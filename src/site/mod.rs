//! A whole site: files in, documents, pages and what Jekyll makes of them out. In: a `SiteSource`. Out: a `Site`, and its
//! `SiteRendering`. Neighbours: `post/`, `liquid/`, `render/` below; `cli/` and the page above open folders.

pub mod build;
pub mod css_addresses;
mod drops;
mod environment;
pub mod index;
mod links;
pub mod model;
pub mod page_files;
mod page_renderer;
pub mod page_shell;
pub mod page_tokens;
mod page_view;
mod pager;
mod plugins;
pub mod reader;
pub mod rendering;
pub mod sass;
pub mod source;

use std::rc::Rc;

use model::Site;
use rendering::{RenderingOptions, SiteRendering};

/// The rendering of a site, in which nothing is rendered yet. Plugins have added their pages.
pub fn render(site: impl Into<Rc<Site>>, options: RenderingOptions) -> Rc<SiteRendering> {
    let (site, pages) = plugins::pages(site.into(), &options);
    SiteRendering::of(site, pages, options)
}
