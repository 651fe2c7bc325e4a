//! jekyll-readme-index 0.3.0: the README of a folder without an index is its index. In: files and pages. Out: pages.
//! Neighbours: `generation.rs`. The rules are those of the gem's generator.rb.

use serde_yaml::Value as Yaml;

use super::super::rendering::PageEntry;
use super::generation::{SiteGeneration, is_markdown, mapping};

/// Adds the pages.
pub(super) fn generate(generation: &mut SiteGeneration<'_>) {
    let option = |key: &str| generation.site.config.get("readme_index").and_then(|options| options.get(key));
    let is = |key: &str, value: bool| option(key) == Some(&Yaml::Bool(value));
    let (removes, with_front_matter) = (is("remove_originals", true), is("with_frontmatter", true));
    if is("enabled", false) {
        return;
    }
    for index in 0..generation.site.static_files.len() {
        let Some(file) = generation.site.static_files.get(index) else { continue };
        let is_readme = is_readme(generation, &file.basename, &file.extension, &file.name);
        let Some(folder) = folder(&file.url.path).filter(|_| is_readme) else { continue };
        if has_index(generation, &folder) {
            continue;
        }
        let page = generation.page_of_file(index, mapping([("permalink", folder.into())]));
        generation.pages.extend(page.map(PageEntry::of));
        if removes && let Some(file) = generation.change().static_files.get_mut(index) {
            std::rc::Rc::make_mut(file).written = false;
        }
    }
    for index in 0..generation.pages.len() {
        let Some(entry) = generation.pages.get(index).filter(|_| with_front_matter) else { continue };
        let page = &entry.page;
        let is_readme = is_readme(generation, &page.basename, &page.extension, &page.name);
        let Some(folder) = folder(&page.url.path).filter(|_| is_readme) else { continue };
        if !has_index(generation, &folder) {
            generation.move_page(index, &folder);
        }
    }
}

fn is_readme(generation: &SiteGeneration<'_>, basename: &str, extension: &str, name: &str) -> bool {
    let bare = [basename, extension].concat() == name && basename.eq_ignore_ascii_case("readme");
    bare && is_markdown(&generation.site.settings, extension)
}

/// The folder of an address, with a slash at its end.
fn folder(url: &str) -> Option<String> {
    url.trim_end_matches('/').rsplit_once('/').map(|(folder, _)| [folder, "/"].concat())
}

fn has_index(generation: &SiteGeneration<'_>, folder: &str) -> bool {
    let is_index = |url: &str| {
        let rest = url.to_lowercase();
        let rest = rest.strip_prefix(&folder.to_lowercase());
        matches!(rest, Some("" | "index.htm" | "index.html" | "index.xhtml" | "index.xml"))
    };
    generation.pages.iter().any(|entry| is_index(&entry.page.url.path))
        || generation.site.static_files.iter().any(|file| is_index(&file.url.path))
}
