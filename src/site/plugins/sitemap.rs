//! jekyll-sitemap 1.4.0: `sitemap.xml`, which lists documents, pages and files, and a `robots.txt` that points to it,
//! unless the site has its own. In: all that the site writes. Out: two pages. Neighbours: `filters.rs`,
//! `generation.rs`. The rules are those of the gem's jekyll-sitemap.rb.

use serde_yaml::Value as Yaml;

use super::super::drops;
use super::super::rendering::{SiteItem, SiteRendering};
use super::filters::{Filters, or_default, part};
use super::generation::{SiteGeneration, mapping};
use super::report;
use crate::liquid::Value;

/// The extensions of the files that are listed.
const LISTED: [&str; 4] = [".htm", ".html", ".xhtml", ".pdf"];

/// Adds the two pages.
pub(super) fn generate(generation: &mut SiteGeneration<'_>) {
    let (has_map, has_robots) = (generation.has_url("/sitemap.xml"), generation.has_url("/robots.txt"));
    if !has_map {
        let style = generation.has_url("/sitemap.xsl");
        let page = generation.page("sitemap.xml", mapping([("layout", Yaml::Null), ("xsl", style.into())]));
        generation.add_written(page, write);
    }
    if !has_robots {
        let page = generation.page("robots.txt", mapping([("layout", Yaml::Null)]));
        generation.add_written(page, write_robots);
    }
}

fn write_robots(rendering: &SiteRendering, page: usize) -> String {
    let url = Filters::of(rendering, SiteItem::Page(page)).text(&["absolute_url"], &"sitemap.xml".into());
    url.map_or_else(|message| report(rendering, page, message), |url| ["Sitemap: ", &url, "\n"].concat())
}

fn write(rendering: &SiteRendering, page: usize) -> String {
    entries(rendering, page).unwrap_or_else(|message| report(rendering, page, message))
}

fn entries(rendering: &SiteRendering, page: usize) -> Result<String, String> {
    let filters = Filters::of(rendering, SiteItem::Page(page));
    let site = drops::site(&rendering.this, SiteItem::Page(page));
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    if part(&drops::PageDrop::value(&rendering.this, page), "xsl").is_true() {
        let style = filters.text(&["absolute_url"], &"/sitemap.xsl".into())?;
        out.push_str(&["<?xml-stylesheet type=\"text/xsl\" href=\"", &style, "\"?>\n"].concat());
    }
    out.push_str("<urlset xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"");
    out.push_str("http://www.sitemaps.org/schemas/sitemap/0.9 ");
    out.push_str("http://www.sitemaps.org/schemas/sitemap/0.9/sitemap.xsd\" ");
    out.push_str("xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let mut entry = |url: &Value, changed: &Value| -> Result<(), String> {
        let url = url.plain_text().replace("/index.html", "/");
        let url = filters.text(&["absolute_url", "xml_escape"], &url.into())?;
        out.push_str(&["<url>\n<loc>", &url, "</loc>\n"].concat());
        if changed.is_true() {
            let changed = filters.text(&["date_to_xmlschema"], changed)?;
            out.push_str(&["<lastmod>", &changed, "</lastmod>\n"].concat());
        }
        out.push_str("</url>\n");
        Ok(())
    };
    let is_listed = |item: &&Value| !matches!(part(item, "sitemap"), Value::Bool(false));
    for collection in items(&part(&site, "collections")) {
        if matches!(part(&collection, "output"), Value::Bool(false)) {
            continue;
        }
        for document in items(&part(&collection, "docs")).iter().filter(is_listed) {
            let changed = or_default(part(document, "last_modified_at"), || part(document, "date"));
            entry(&part(document, "url"), &changed)?;
        }
    }
    for page in items(&part(&site, "html_pages")).iter().filter(is_listed) {
        let url = part(page, "url");
        if url.plain_text() != "/404.html" {
            entry(&url, &part(page, "last_modified_at"))?;
        }
    }
    for file in items(&part(&site, "static_files")).iter().filter(is_listed) {
        let (name, extension) = (part(file, "name").plain_text(), part(file, "extname").plain_text());
        if LISTED.contains(&extension.as_str()) && name != "404.html" {
            entry(&part(file, "path"), &part(file, "modified_time"))?;
        }
    }
    Ok(out + "</urlset>\n")
}

fn items(value: &Value) -> Vec<Value> {
    match value {
        Value::List(list) => list.items.clone(),
        _ => Vec::new(),
    }
}
