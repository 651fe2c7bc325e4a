//! jekyll-last-modified-at 1.3.0: when a file was last changed, as `last_modified_at` of documents and pages, and as a
//! tag. In: the times of files. Out: dates. Neighbours: `generation.rs`. The gem asks git first, where there is one; here
//! the folder tells.

use std::rc::Rc;

use serde_yaml::Value as Yaml;

use super::super::page_view::PageView;
use super::super::reads::SiteList;
use super::super::rendering::SiteItem;
use super::filters::Filters;
use super::generation::SiteGeneration;
use crate::liquid::{TagOutput, Value};
use crate::post::date::DateTime;
use crate::post::front_matter::is_true;
use crate::post::yaml::display;

const KEY: &str = "last_modified_at";
const FORMAT: &str = "%d-%b-%y";

/// Gives all documents and pages their date. What the front matter of a document says holds; that of a page does not.
pub(super) fn generate(generation: &mut SiteGeneration<'_>) {
    let zone = generation.site.settings.zone.clone();
    let source = generation.options.source.clone();
    let time = |path: &str| source.modified(path).map(|seconds| zone.now(seconds));
    for entry in &mut generation.pages {
        if let Some(time) = time(&entry.page.file.path).filter(|_| !entry.page.file.from_theme) {
            let page = Rc::make_mut(&mut entry.page);
            page.data.insert(KEY.into(), Yaml::String(String::new()));
            page.dates.insert(KEY.to_owned(), time);
        }
    }
    for document in &mut generation.change().documents {
        if document.data.contains_key(KEY) {
            continue;
        }
        if let Some(time) = time(&document.file.path) {
            let document = Rc::make_mut(document);
            document.data.insert(KEY.into(), Yaml::String(String::new()));
            document.dates.insert(KEY.to_owned(), time);
        }
    }
}

/// The tag `last_modified_at`, whose markup is a format.
pub(super) fn tag(view: &PageView<'_>, markup: &str) -> TagOutput {
    let rendering = view.rendering;
    rendering.note_list(SiteList::Everything);
    let path = match view.item {
        SiteItem::Document(document) | SiteItem::Excerpt(document) => {
            rendering.site.documents.get(document).map(|document| document.file.path.as_str())
        }
        SiteItem::Page(page) | SiteItem::PageExcerpt(page) => {
            rendering.pages.get(page).map(|entry| entry.page.file.path.as_str())
        }
    };
    let time = path.and_then(|path| rendering.options.source.modified(path));
    let Some(time) = time.map(|seconds| -> DateTime { rendering.site.settings.zone.now(seconds) }) else {
        return TagOutput::Unknown;
    };
    let own = rendering.site.config.get("last-modified-at").and_then(|section| section.get("date-format"));
    let format = match markup.trim() {
        "" => own.filter(|own| is_true(own)).map_or_else(|| FORMAT.to_owned(), display),
        format => format.to_owned(),
    };
    match Filters::of(rendering, view.item).apply("date", &Value::Date(time), &[format.into()]) {
        Ok(date) => TagOutput::Text(date.plain_text()),
        Err(message) => TagOutput::Stops(message),
    }
}
