//! A whole site: files in, documents, pages and what Jekyll makes of them out. In: a `SiteSource`. Out: a `Site`, and its
//! `SiteRendering`. Neighbours: `post/`, `liquid/`, `render/` below; `cli/` and the page above open folders.

pub mod build;
pub mod changed_block;
mod changes;
pub mod css_addresses;
mod doctor;
mod drops;
mod environment;
pub mod index;
mod item;
mod links;
pub mod model;
pub mod page_files;
mod page_renderer;
pub mod page_shell;
pub mod page_source;
pub mod page_tokens;
mod page_view;
mod pager;
mod plugins;
pub mod reader;
mod reads;
mod recording;
pub mod rendering;
pub mod sass;
#[cfg(not(target_arch = "wasm32"))]
pub mod shared_contents;
pub mod source;
pub mod theme;

use std::rc::Rc;

use model::Site;
pub use plugins::{emoji_names, emoji_pictures, has_rare_plugin, know_rare_plugins};
use rendering::{RenderingOptions, SiteRendering};

/// The rendering of a site, in which nothing is rendered yet. Plugins have added their pages.
pub fn render(site: impl Into<Rc<Site>>, options: RenderingOptions) -> Rc<SiteRendering> {
    let (site, pages) = plugins::pages(site.into(), &options);
    SiteRendering::of(site, pages, options)
}

/// The rendering of a site that was rendered before, and that has been read again: what was made of nothing that has
/// changed is taken out of `before`.
pub fn render_again(before: &SiteRendering, site: impl Into<Rc<Site>>, options: RenderingOptions) -> Rc<SiteRendering> {
    let rendering = render(site, options);
    rendering.take_over(before);
    rendering
}
