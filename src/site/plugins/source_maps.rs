//! The pages that Jekyll's converter of Sass adds while it renders: one with a source map after each page of Sass. In:
//! pages. Out: pages that later templates see in `site.pages`. Neighbours: `drops/site.rs` knows which of them are there
//! already. The maps themselves are not written, for the compiler makes none; style sheets name them all the same, as
//! Jekyll's do. The rules are those of jekyll-sass-converter 2.2.0, source_map_page.rb.

use super::super::rendering::{PageEntry, SiteItem, SiteRendering};
use super::generation::{SiteGeneration, text};
use crate::post::front_matter::is_true;
use crate::post::yaml::display;
use crate::site::model::Page;
use crate::site::reader::PagePlace;

/// What names the source map at the end of a style sheet: empty where Jekyll makes none, and for an empty text.
pub(crate) fn line(rendering: &SiteRendering, item: SiteItem, text: &str) -> String {
    let SiteItem::Page(page) = item else { return String::new() };
    let map = rendering.pages.iter().find(|entry| entry.appears_after == Some(page)).filter(|_| !text.is_empty());
    map.map_or(String::new(), |map| ["\n/*# sourceMappingURL=", &map.page.name, " */"].concat())
}

/// Adds the pages at the end of all others.
pub(super) fn generate(generation: &mut SiteGeneration<'_>) {
    let option = generation.site.config.get("sass").and_then(|sass| sass.get("sourcemap")).map(display);
    let is_wanted = match option.as_deref().map(|option| option.trim_start_matches(':')) {
        Some("never") => false,
        Some("development") => generation.options.environment == "development",
        _ => true,
    };
    for index in 0..generation.pages.len() {
        let Some(entry) = generation.pages.get(index).filter(|_| is_wanted) else { continue };
        let page = &entry.page;
        if !page.extension.eq_ignore_ascii_case(".scss") && !page.extension.eq_ignore_ascii_case(".sass") {
            continue;
        }
        let url = &page.url.path;
        let folder = url.rfind('/').and_then(|slash| url.get(..slash)).unwrap_or("").to_owned();
        let basename = [&page.basename, ".css"].concat();
        let name = [&basename, ".map"].concat();
        let mut map = Page::clone(page);
        let permalink = page.get("permalink").filter(|permalink| is_true(permalink)).map(display);
        let place = PagePlace { folder: &folder, basename: &basename, extension: ".map" };
        let (url, output_ext) = place.address(permalink.as_deref(), &generation.site.settings, &generation.site.config);
        let Ok(url) = url else { continue };
        map.relative_path = [&folder, "/", &name].concat().trim_start_matches('/').to_owned();
        map.extension = ".map".to_owned();
        map.source = text(String::new());
        (map.name, map.basename, map.folder, map.url, map.output_ext) = (name, basename, folder, url, output_ext);
        generation.pages.push(PageEntry { appears_after: Some(index), ..PageEntry::of(map) });
    }
}
