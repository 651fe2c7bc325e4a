//! The plugins that GitHub Pages and Debian carry, by the rules of their gems. In: a site, tags, filters. Out: pages
//! that they add, texts that their tags write. Neighbours: `rendering.rs` has the pages, `environment.rs` the tags. Each
//! file has one plugin.

use super::model::Site;
use super::page_view::PageView;
use super::rendering::PageEntry;
use crate::liquid::{TagOutput, Value};

/// The pages of a site: its own, and those that the site's plugins make (their generators), in Jekyll's order.
pub(super) fn pages(site: &Site) -> Vec<PageEntry> {
    site.pages.iter().cloned().map(PageEntry::of).collect()
}

/// What a tag of a plugin writes; `None` for a tag that is not known here.
pub(super) fn tag(_view: &PageView<'_>, _name: &str, _markup: &str) -> Option<TagOutput> {
    None
}

/// What a filter of a plugin gives, or one of Jekyll's that needs the site; `None` for one that is not known here.
pub(super) fn filter(
    view: &PageView<'_>,
    name: &str,
    input: &Value,
    _arguments: &[Value],
) -> Option<Result<Value, String>> {
    match name {
        "scssify" | "sassify" => {
            let sass = view.rendering.options.sass?;
            let text = input.plain_text();
            Some(sass(view.rendering, &text, name == "sassify").map(Value::from))
        }
        _ => None,
    }
}
