//! jekyll-default-layout 0.1.5: Markdown without a layout gets `home`, `page`, `post` or `default`, whichever the site
//! has. In: pages and posts. Out: their data. Neighbours: `generation.rs`. The rules are those of the gem's generator.rb.

use std::rc::Rc;

use serde_yaml::Value as Yaml;

use super::generation::SiteGeneration;

/// Gives layouts to those that have none.
pub(super) fn generate(generation: &mut SiteGeneration<'_>) {
    let layouts = &generation.site.layouts;
    let first = |names: [&str; 2]| {
        let found = names.into_iter().find(|name| layouts.contains_key(*name));
        found.map_or(Yaml::Null, Yaml::from)
    };
    let (home, page, post) =
        (layouts.contains_key("home").then(|| "home".into()), first(["page", "default"]), first(["post", "default"]));
    let settings = generation.site.settings.clone();
    let is_markdown = |extension: &str| super::generation::is_markdown(&settings, extension);
    for entry in &mut generation.pages {
        if is_markdown(&entry.page.extension) && entry.page.get("layout").is_none() {
            let home = home.clone().filter(|_| entry.page.url.path == "/");
            Rc::make_mut(&mut entry.page).data.insert("layout".into(), home.unwrap_or_else(|| page.clone()));
        }
    }
    for id in generation.site.posts().to_vec() {
        let lacks = |found: &Rc<crate::site::model::Document>| {
            is_markdown(&found.extension) && !found.data.contains_key("layout")
        };
        if generation.site.documents.get(id).is_some_and(lacks)
            && let Some(document) = generation.change().documents.get_mut(id)
        {
            Rc::make_mut(document).data.insert("layout".into(), post.clone());
        }
    }
}
