//! jekyll-optional-front-matter 0.3.2: Markdown without front matter becomes pages. In: files. Out: pages. Neighbours:
//! `generation.rs`. The rules are those of the gem's generator.rb.

use serde_yaml::{Mapping, Value as Yaml};

use super::super::rendering::PageEntry;
use super::generation::{SiteGeneration, is_markdown};
use crate::post::front_matter::is_true;
use crate::post::yaml::display;

/// Files that stay as they are unless the settings include them.
const LEFT_OUT: [&str; 8] = [
    "README",
    "LICENSE",
    "LICENCE",
    "COPYING",
    "CODE_OF_CONDUCT",
    "CONTRIBUTING",
    "ISSUE_TEMPLATE",
    "PULL_REQUEST_TEMPLATE",
];

/// Adds the pages.
pub(super) fn generate(generation: &mut SiteGeneration<'_>) {
    let option = |key: &str| generation.site.config.get("optional_front_matter").and_then(|options| options.get(key));
    let requires = generation.site.config.get("require_front_matter").is_some_and(is_true);
    if option("enabled") == Some(&Yaml::Bool(false)) || requires {
        return;
    }
    let removes = option("remove_originals") == Some(&Yaml::Bool(true));
    let included: Vec<String> = match generation.site.config.get("include") {
        Some(Yaml::Sequence(entries)) => entries.iter().map(display).collect(),
        _ => Vec::new(),
    };
    for index in 0..generation.site.static_files.len() {
        let Some(file) = generation.site.static_files.get(index) else { continue };
        let path = file.relative_path.trim_start_matches('/');
        let is_included = included.iter().any(|entry| entry.trim_matches('/') == path || *entry == file.name);
        let is_left_out = LEFT_OUT.contains(&file.basename.to_uppercase().as_str()) && !is_included;
        if !is_markdown(&generation.site.settings, &file.extension) || is_left_out {
            continue;
        }
        let page = generation.page_of_file(index, Mapping::new());
        generation.pages.extend(page.map(PageEntry::of));
        if removes && let Some(file) = generation.change().static_files.get_mut(index) {
            std::rc::Rc::make_mut(file).written = false;
        }
    }
}
