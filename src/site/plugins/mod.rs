//! The plugins that GitHub Pages and Debian carry, by the rules of their gems. In: a site, tags, filters. Out: pages
//! that they add, texts that their tags write. Neighbours: `rendering.rs` has the pages, `environment.rs` the tags. Each
//! file has one plugin.

mod active;
mod archives;
mod avatar;
mod default_layout;
mod feed;
mod filters;
mod generation;
mod gist;
mod html;
mod last_modified_at;
mod mentions;
mod optional_front_matter;
mod paginate;
mod readme_index;
mod redirect_from;
mod relative_links;
mod seo_tag;
mod sitemap;
mod source_maps;
mod titles_from_headings;
mod toc;

use std::cell::OnceCell;
use std::rc::Rc;

use super::model::Site;
use super::page_view::PageView;
use super::rendering::{PageEntry, RenderingOptions, SiteItem, SiteRendering};
use crate::liquid::{TagOutput, TagRun, Value};
use crate::text::{Diagnostic, Severity, Span};
use generation::SiteGeneration;

/// A page that a plugin adds cannot be written.
const PLUGIN_STOPS: &str = "site-plugin";

/// What a plugin does before anything is rendered.
struct Generator {
    gem: &'static str,
    /// Those with a higher one come first.
    priority: i8,
    run: fn(&mut SiteGeneration<'_>),
}

const NORMAL: i8 = 0;
const LOW: i8 = -10;
const LOWEST: i8 = -100;
/// What happens while Jekyll reads.
const FIRST: i8 = i8::MAX;

const GENERATORS: [Generator; 11] = [
    Generator { gem: "jekyll-archives", priority: NORMAL, run: archives::generate },
    Generator { gem: "jekyll-default-layout", priority: LOWEST, run: default_layout::generate },
    Generator { gem: "jekyll-feed", priority: LOWEST, run: feed::generate },
    Generator { gem: "jekyll-last-modified-at", priority: FIRST, run: last_modified_at::generate },
    Generator { gem: "jekyll-optional-front-matter", priority: NORMAL, run: optional_front_matter::generate },
    Generator { gem: "jekyll-paginate", priority: LOWEST, run: paginate::generate },
    Generator { gem: "jekyll-readme-index", priority: LOW, run: readme_index::generate },
    Generator { gem: "jekyll-redirect-from", priority: NORMAL, run: redirect_from::generate },
    Generator { gem: "jekyll-relative-links", priority: LOWEST, run: relative_links::generate },
    Generator { gem: "jekyll-sitemap", priority: LOWEST, run: sitemap::generate },
    Generator { gem: "jekyll-titles-from-headings", priority: LOWEST, run: titles_from_headings::generate },
];

/// The pages of a site: its own, and those that the site's plugins make (their generators), in Jekyll's order: by their
/// priority, then as the plugins are loaded. Plugins may change the site, too.
pub(super) fn pages(mut site: Rc<Site>, options: &RenderingOptions) -> (Rc<Site>, Vec<PageEntry>) {
    let active = active::names(&site);
    let mut generators: Vec<&Generator> =
        active.iter().filter_map(|gem| GENERATORS.iter().find(|generator| generator.gem == gem)).collect();
    generators.sort_by_key(|generator| -generator.priority);
    if site.settings.plugins != active {
        Rc::make_mut(&mut Rc::make_mut(&mut site).settings).plugins = active;
    }
    let pages = site.pages.iter().cloned().map(PageEntry::of).collect();
    let mut generation = SiteGeneration { site, options, pages, paths: OnceCell::new() };
    for generator in generators {
        (generator.run)(&mut generation);
    }
    source_maps::generate(&mut generation);
    (generation.site, generation.pages)
}

/// Tells that a page of a plugin cannot be written; what is written instead.
fn report(rendering: &SiteRendering, page: usize, message: String) -> String {
    if let Some(entry) = rendering.pages.get(page) {
        let path: Rc<str> = entry.page.relative_path.as_str().into();
        rendering.add_problem(&path, Diagnostic::new(PLUGIN_STOPS, Severity::Error, Span::at(0), message));
    }
    String::new()
}

/// Whether plugins change finished pages.
pub(super) fn change_output(rendering: &SiteRendering) -> bool {
    rendering.has_plugin("jekyll-mentions")
}

/// A finished page as plugins change it.
pub(super) fn output(rendering: &SiteRendering, item: SiteItem, html: Rc<str>) -> Rc<str> {
    if rendering.has_plugin("jekyll-mentions")
        && let Some(linked) = mentions::linked(rendering, item, &html)
    {
        return linked.into();
    }
    html
}

/// What a tag of a plugin writes; `None` for a tag that is not known here.
pub(super) fn tag(view: &PageView<'_>, name: &str, markup: &str, run: &mut dyn TagRun) -> Option<TagOutput> {
    let has = |gem| view.rendering.has_plugin(gem);
    match name {
        "avatar" if has("jekyll-avatar") => Some(avatar::tag(markup, run)),
        "gist" if has("jekyll-gist") => Some(gist::tag(markup, run)),
        "last_modified_at" if has("jekyll-last-modified-at") => Some(last_modified_at::tag(view, markup)),
        "toc" if has("jekyll-toc") => Some(TagOutput::Text(toc::tag(view))),
        "feed_meta" if has("jekyll-feed") => Some(feed::meta(view)),
        "seo" if has("jekyll-seo-tag") => Some(seo_tag::tag(view, markup)),
        _ => None,
    }
}

/// What a filter of a plugin gives, or one of Jekyll's that needs the site; `None` for one that is not known here.
pub(super) fn filter(
    view: &PageView<'_>,
    name: &str,
    input: &Value,
    _arguments: &[Value],
) -> Option<Result<Value, String>> {
    let wanted = match name {
        "toc" => Some(toc::Wanted::Both),
        "toc_only" => Some(toc::Wanted::Table),
        "inject_anchors" => Some(toc::Wanted::Anchors),
        _ => None,
    };
    if let Some(wanted) = wanted.filter(|_| view.rendering.has_plugin("jekyll-toc")) {
        return Some(Ok(toc::filter(view, wanted, &input.plain_text()).into()));
    }
    match name {
        "scssify" | "sassify" => {
            let sass = view.rendering.options.sass?;
            let text = input.plain_text();
            Some(sass(view.rendering, &text, name == "sassify").map(Value::from).map_err(|error| error.message))
        }
        _ => None,
    }
}
