//! jekyll-paginate 1.1.0: an `index.html` that is written once for each part of the posts. In: the posts. Out: pages
//! with pagers. Neighbours: `pager.rs`, `generation.rs`. The rules are those of the gem's pagination.rb and pager.rb.

use serde_yaml::Value as Yaml;

use super::super::model::Page;
use super::super::pager::Pager;
use super::super::reader::PagePlace;
use super::super::rendering::PageEntry;
use super::generation::{SiteGeneration, text};
use crate::post::defaults;
use crate::post::front_matter::is_true;
use crate::post::yaml::display;

/// Gives the first page its pager, and adds the others.
pub(super) fn generate(generation: &mut SiteGeneration<'_>) {
    let per_page = match generation.site.config.get("paginate") {
        Some(Yaml::Number(number)) => number.as_f64().map_or(0, |number| number as usize),
        Some(Yaml::String(text)) => text.trim().parse().unwrap_or(0),
        _ => 0,
    };
    // Of no posts a page, Jekyll stops.
    if per_page == 0 {
        return;
    }
    let format = generation.site.config.get("paginate_path").map_or_else(|| "/page:num".to_owned(), display);
    let format = if format.starts_with('/') { format } else { ["/", &format].concat() };
    let Some(first) = first_page(generation, &format) else { return };
    let site = &generation.site;
    let is_shown = |&post: &usize| !site.documents.get(post).and_then(|post| post.get("hidden")).is_some_and(is_true);
    let posts: Vec<usize> = site.posts().iter().rev().copied().filter(is_shown).collect();
    let total_pages = posts.len().div_ceil(per_page);
    let Some(template) = generation.pages.get(first).map(|entry| entry.page.clone()) else { return };
    let path = |page: usize| match page {
        0 => None,
        1 => Some(template.url.path.clone()),
        page if page > total_pages => None,
        page => Some(format.replacen(":num", &page.to_string(), 1)),
    };
    for (index, part) in posts.chunks(per_page).enumerate() {
        let page = index + 1;
        let pager = Pager {
            page,
            per_page,
            total_posts: posts.len(),
            total_pages,
            posts: part.to_vec(),
            previous_path: path(index),
            next_path: path(page + 1),
        };
        if page == 1 {
            if let Some(entry) = generation.pages.get_mut(first) {
                entry.pager = Some(pager);
            }
        } else {
            let copy = copy(generation, &template, &path(page).unwrap_or_default());
            generation.pages.push(PageEntry { pager: Some(pager), ..PageEntry::of(copy) });
        }
    }
}

/// The page that is written for each part: an `index.html` in a folder above the address of the others, of several the
/// one with the longest path.
fn first_page(generation: &SiteGeneration<'_>, format: &str) -> Option<usize> {
    let folders = format.trim_start_matches('/');
    let folder = folders.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut best: Option<(usize, usize)> = None;
    for (index, entry) in generation.pages.iter().enumerate() {
        let page = &entry.page;
        let path = page.data.get("path").map_or_else(|| page.relative_path.clone(), display);
        let path = path.trim_start_matches('/');
        let own = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_above =
            own.is_empty() || folder == own || folder.strip_prefix(own).is_some_and(|rest| rest.starts_with('/'));
        let length = path.chars().count();
        if page.name == "index.html" && is_above && best.is_none_or(|(longest, _)| length > longest) {
            best = Some((length, index));
        }
    }
    best.map(|(_, index)| index)
}

/// The template once more, at another address. Jekyll reads it anew, from the folder of its address.
fn copy(generation: &SiteGeneration<'_>, template: &Page, folder: &str) -> Page {
    let url = &template.url.path;
    let read_from = url.rfind('/').and_then(|slash| url.get(..slash)).unwrap_or("").trim_start_matches('/');
    let path = if read_from.is_empty() { template.name.clone() } else { [read_from, "/", &template.name].concat() };
    let mut page = Page::clone(template);
    if path != template.relative_path {
        let other = generation.site.pages.iter().find(|page| page.relative_path == path);
        page.source = other.map_or_else(|| text(String::new()), |other| other.source.clone());
        page.data = other.map(|other| other.data.clone()).unwrap_or_default();
        page.dates = other.map(|other| other.dates.clone()).unwrap_or_default();
        let settings = &generation.site.settings;
        let defaults = defaults::of_path(&settings.defaults, &path, Some("pages"), &settings.collections_dir);
        page.defaults = defaults.unwrap_or_default();
        page.file.path = generation.in_source(&path);
        page.relative_path = path;
    }
    let permalink = page.get("permalink").filter(|permalink| is_true(permalink)).map(display);
    let place = PagePlace { folder, basename: &page.basename, extension: &page.extension };
    let (url, output_ext) = place.address(permalink.as_deref(), &generation.site.settings, &generation.site.config);
    if let Ok(url) = url {
        (page.url, page.output_ext) = (url, output_ext);
    }
    page
}
