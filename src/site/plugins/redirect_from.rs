//! jekyll-redirect-from 0.16.0: pages at old addresses that lead to new ones (`redirect_from`), documents that only lead
//! elsewhere (`redirect_to`), and a list of all as JSON. In: documents and pages. Out: pages, a layout. Neighbours:
//! `generation.rs`. The rules are those of the gem's generator.rb and redirect_page.rb.

use std::rc::Rc;

use serde_yaml::{Mapping, Value as Yaml};

use super::super::model::{FileText, LayoutFile, Page, SourceFile};
use super::super::rendering::PageEntry;
use super::generation::{SiteGeneration, mapping, text};
use crate::liquid::{Value, absolute_url};
use crate::post::excerpt::Excerpt;
use crate::post::front_matter::is_true;
use crate::post::yaml::display;
use crate::text::Span;

/// The name of the layout, which a site may have of its own.
const LAYOUT: &str = "redirect";

/// What the layout writes, around the address.
const AROUND_TARGET: [&str; 5] = [
    concat!(
        "<!DOCTYPE html>\n<html lang=\"en-US\">\n  <meta charset=\"utf-8\">\n",
        "  <title>Redirecting&hellip;</title>\n  <link rel=\"canonical\" href=\"",
    ),
    "\">\n  <script>location=\"",
    "\"</script>\n  <meta http-equiv=\"refresh\" content=\"0; url=",
    "\">\n  <meta name=\"robots\" content=\"noindex\">\n  <h1>Redirecting&hellip;</h1>\n  <a href=\"",
    "\">Click here if you are not redirected.</a>\n</html>\n",
];

/// What may lead elsewhere.
#[derive(Clone, Copy)]
enum RedirectSource {
    Document(usize),
    Page(usize),
}

/// Adds the pages, and changes what only leads elsewhere.
pub(super) fn generate(generation: &mut SiteGeneration<'_>) {
    generation.change().layouts.entry(LAYOUT.to_owned()).or_insert_with(|| layout().into());
    let documents = generation.site.collections.iter().flat_map(|collection| collection.documents.iter().copied());
    let is_written = |&document: &usize| generation.site.documents.get(document).is_some_and(|found| found.written);
    let documents: Vec<RedirectSource> = documents.filter(is_written).map(RedirectSource::Document).collect();
    let pages = (0..generation.pages.len()).map(RedirectSource::Page);
    let mut redirects: Vec<(Rc<str>, Value)> = Vec::new();
    let mut remember = |from: &str, to: &str| match redirects.iter_mut().find(|(known, _)| &**known == from) {
        Some((_, known)) => *known = to.into(),
        None => redirects.push((from.into(), to.into())),
    };
    for source in documents.into_iter().chain(pages) {
        let Some((url, from, to)) = read(generation, source) else { continue };
        for from in from {
            let data = data(generation, &from, &url);
            remember(&slashed(&from), &target(&data));
            let page: Page = generation.page("redirect.html", data);
            generation.pages.push(PageEntry::of(page));
        }
        if let Some(to) = to {
            let data = data(generation, &url, &to);
            remember(&slashed(&url), &target(&data));
            lead_away(generation, source, &data);
        }
    }
    let wants_list = generation.site.config.get("redirect_from").and_then(|section| section.get("json"));
    if wants_list != Some(&Yaml::Bool(false)) && !generation.has_file("redirects.json") {
        let mut page = generation.page("redirects.json", mapping([("layout", Yaml::Null)]));
        page.source = text(Value::hash(redirects).json_text());
        generation.pages.push(PageEntry::of(page));
    }
}

/// The address of a source, the addresses that lead to it, and the one that it leads to.
fn read(generation: &SiteGeneration<'_>, source: RedirectSource) -> Option<(String, Vec<String>, Option<String>)> {
    let (url, from, to) = match source {
        RedirectSource::Document(document) => {
            let document = generation.site.documents.get(document)?;
            (&document.url.path, document.get("redirect_from"), document.get("redirect_to"))
        }
        RedirectSource::Page(page) => {
            let page = &generation.pages.get(page)?.page;
            (&page.url.path, page.get("redirect_from"), page.get("redirect_to"))
        }
    };
    let list = |value: Option<&Yaml>| -> Vec<Yaml> {
        let all = match value {
            Some(Yaml::Sequence(items)) => items.clone(),
            other => other.cloned().into_iter().collect(),
        };
        all.into_iter().filter(|item| !item.is_null()).collect()
    };
    let to = list(to).first().filter(|to| is_true(to)).map(display);
    Some((url.clone(), list(from).iter().map(display).collect(), to))
}

fn slashed(path: &str) -> String {
    if path.is_empty() || path.starts_with('/') { path.to_owned() } else { ["/", path].concat() }
}

/// The data of a page that leads from one address to another.
fn data(generation: &SiteGeneration<'_>, from: &str, to: &str) -> Mapping {
    let from = slashed(from);
    let has_scheme = to.starts_with("http://") || to.starts_with("https://");
    let to = if has_scheme { to.to_owned() } else { absolute_url(to, &generation.site.settings) };
    mapping([
        ("sitemap", false.into()),
        ("layout", LAYOUT.into()),
        ("permalink", from.as_str().into()),
        ("redirect", Yaml::Mapping(mapping([("from", from.into()), ("to", to.into())]))),
    ])
}

fn target(data: &Mapping) -> String {
    data.get("redirect").and_then(|redirect| redirect.get("to")).map(display).unwrap_or_default()
}

/// Makes a document or a page one that only leads elsewhere. Its excerpt stays.
fn lead_away(generation: &mut SiteGeneration<'_>, source: RedirectSource, data: &Mapping) {
    let (own, text, excerpt) = match source {
        RedirectSource::Document(document) => match generation.change().documents.get_mut(document) {
            Some(document) => {
                let document = Rc::make_mut(document);
                (&mut document.data, document.source.as_mut(), &mut document.excerpt)
            }
            None => return,
        },
        RedirectSource::Page(page) => match generation.pages.get_mut(page) {
            Some(entry) => {
                let page = Rc::make_mut(&mut entry.page);
                (&mut page.data, Some(&mut page.source), &mut page.excerpt)
            }
            None => return,
        },
    };
    own.extend(data.clone());
    if let Some(text) = text {
        let added = excerpt.as_ref().map(|excerpt| excerpt.markdown(text.body()));
        *excerpt = added.map(|added| Excerpt { length: 0, added });
        *text = FileText { body: Span::at(text.text.len()), ..text.clone() };
    }
}

/// The layout of the pages that lead elsewhere.
fn layout() -> LayoutFile {
    LayoutFile {
        file: SourceFile { path: "_layouts/redirect.html".to_owned(), from_theme: false },
        relative_path: "_layouts/redirect.html".to_owned(),
        name: "redirect.html".to_owned(),
        extension: ".html".to_owned(),
        source: text(AROUND_TARGET.join("{{ page.redirect.to }}")),
        data: Mapping::new(),
        dates: Default::default(),
    }
}
