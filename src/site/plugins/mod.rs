//! The plugins that GitHub Pages and Debian carry, by the rules of their gems. In: a site, tags, filters. Out: pages
//! that they add, texts that their tags write. Neighbours: `rendering.rs` has the pages, `environment.rs` the tags. Each
//! file has one plugin.

mod archives;
mod avatar;
mod default_layout;
mod emoji;
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
use crate::text::{Diagnostic, LoadedLater, Severity, Span, order};
pub use emoji::{names as emoji_names, with_pictures as emoji_pictures};
use generation::SiteGeneration;
pub(super) use source_maps::line as source_map_line;

/// A page that a plugin adds cannot be written.
const PLUGIN_STOPS: &str = "site-plugin";

/// What a plugin does before anything is rendered.
struct Generator {
    gem: &'static str,
    /// Those with a higher one come first.
    priority: i8,
    /// Nothing for a rare one: see `rare_generator`.
    run: Option<PluginGenerator>,
}

const NORMAL: i8 = 0;
const LOW: i8 = -10;
const LOWEST: i8 = -100;
/// The gems that are known besides those of `GENERATORS`: their tags, their filters, what they change of a finished page;
/// and those whose work is done without them.
const OTHER_GEMS: [&str; 12] = [
    "github-pages",
    "jemoji",
    "jekyll-avatar",
    "jekyll-gist",
    "jekyll-include-cache",
    "jekyll-mentions",
    "jekyll-sass-converter",
    "jekyll-seo-tag",
    "jekyll-toc",
    "jekyll-watch",
    "kramdown-parser-gfm",
    "rouge",
];

/// What happens while Jekyll reads.
const FIRST: i8 = i8::MAX;

const GENERATORS: [Generator; 11] = [
    Generator { gem: "jekyll-archives", priority: NORMAL, run: None },
    Generator { gem: "jekyll-default-layout", priority: LOWEST, run: None },
    Generator { gem: "jekyll-feed", priority: LOWEST, run: Some(feed::generate) },
    Generator { gem: "jekyll-last-modified-at", priority: FIRST, run: None },
    Generator { gem: "jekyll-optional-front-matter", priority: NORMAL, run: None },
    Generator { gem: "jekyll-paginate", priority: LOWEST, run: Some(paginate::generate) },
    Generator { gem: "jekyll-readme-index", priority: LOW, run: None },
    Generator { gem: "jekyll-redirect-from", priority: NORMAL, run: None },
    Generator { gem: "jekyll-relative-links", priority: LOWEST, run: None },
    Generator { gem: "jekyll-sitemap", priority: LOWEST, run: Some(sitemap::generate) },
    Generator { gem: "jekyll-titles-from-headings", priority: LOWEST, run: None },
];

/// The pages of a site: its own, and those that the site's plugins make (their generators), in Jekyll's order: by their
/// priority, then as the plugins are loaded. Plugins may change the site, too.
pub(super) fn pages(site: Rc<Site>, options: &RenderingOptions) -> (Rc<Site>, Vec<PageEntry>) {
    let of_gem = |gem: &String| GENERATORS.iter().find(|generator| generator.gem == gem);
    let mut generators: Vec<&Generator> = site.settings.plugins.iter().filter_map(of_gem).collect();
    order::sort_by(&mut generators, |one, other| other.priority.cmp(&one.priority));
    let pages = site.pages.iter().cloned().map(PageEntry::of).collect();
    let mut generation = SiteGeneration { site, options, pages, paths: OnceCell::new() };
    for generator in generators {
        let rare = || RARE.get(|| rare_generator).and_then(|rare| rare(generator.gem));
        if let Some(run) = generator.run.or_else(rare) {
            run(&mut generation);
        }
    }
    source_maps::generate(&mut generation);
    (generation.site, generation.pages)
}

/// What a plugin does before anything is rendered.
type PluginGenerator = fn(&mut SiteGeneration<'_>);

/// What plugins do that few sites have: a program in parts loads it when a site has one.
static RARE: LoadedLater<fn(&str) -> Option<PluginGenerator>> = LoadedLater::not_loaded();

/// From now on the plugins are there that few sites have.
pub fn know_rare_plugins() {
    RARE.set(rare_generator);
}

/// What a plugin that few sites have does; `None` for any other gem.
fn rare_generator(gem: &str) -> Option<PluginGenerator> {
    let run: PluginGenerator = match gem {
        "jekyll-archives" => archives::generate,
        "jekyll-default-layout" => default_layout::generate,
        "jekyll-last-modified-at" => last_modified_at::generate,
        "jekyll-optional-front-matter" => optional_front_matter::generate,
        "jekyll-readme-index" => readme_index::generate,
        "jekyll-redirect-from" => redirect_from::generate,
        "jekyll-relative-links" => relative_links::generate,
        "jekyll-titles-from-headings" => titles_from_headings::generate,
        _ => return None,
    };
    Some(run)
}

/// Whether `rare_generator` has something for one of the plugins of a site.
pub fn has_rare_plugin(site: &Site) -> bool {
    let is_rare = |gem: &String| GENERATORS.iter().any(|generator| generator.gem == gem && generator.run.is_none());
    site.settings.plugins.iter().any(is_rare)
}

/// Whether what a gem does is known here.
pub(super) fn is_known(gem: &str) -> bool {
    GENERATORS.iter().any(|generator| generator.gem == gem) || OTHER_GEMS.contains(&gem)
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
    rendering.has_plugin("jekyll-mentions") || rendering.has_plugin("jemoji")
}

/// A finished page as plugins change it, in the order in which Jekyll loads them.
pub(super) fn output(rendering: &SiteRendering, item: SiteItem, html: Rc<str>) -> Rc<str> {
    let mut html = html;
    for gem in &rendering.site.settings.plugins {
        let changed = match gem.as_str() {
            "jekyll-mentions" => mentions::linked(rendering, item, &html),
            "jemoji" => rendering.options.emoji.and_then(|pictures| pictures(rendering, item, &html)),
            _ => None,
        };
        if let Some(changed) = changed {
            html = changed.into();
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_plugin_has_one_generator() {
        for Generator { gem, run, .. } in GENERATORS {
            assert!(run.is_some() != rare_generator(gem).is_some(), "{gem}");
        }
    }
}
