//! Which plugins run. In: the settings of a site. Out: names of gems, in the order in which Jekyll loads them.
//! Neighbours: `mod.rs` asks. The rules are those of Jekyll's plugin_manager.rb.

use serde_yaml::Value;

use super::super::model::Site;
use crate::post::yaml::display;

/// What the gems of themes require, which Jekyll loads too: facts of their gemspecs.
const OF_THEMES: [(&str, &[&str]); 12] = [
    ("minima", &["jekyll-feed", "jekyll-seo-tag"]),
    (
        "minimal-mistakes-jekyll",
        &["jekyll-paginate", "jekyll-sitemap", "jekyll-gist", "jekyll-feed", "jekyll-include-cache"],
    ),
    ("just-the-docs", &["jekyll-seo-tag", "jekyll-include-cache"]),
    (
        "jekyll-theme-chirpy",
        &["jekyll-paginate", "jekyll-seo-tag", "jekyll-archives", "jekyll-sitemap", "jekyll-include-cache"],
    ),
    ("beautiful-jekyll-theme", &["jekyll-paginate", "jekyll-sitemap"]),
    ("no-style-please", &["jekyll-feed", "jekyll-seo-tag"]),
    ("jekyll-theme-cayman", &["jekyll-seo-tag"]),
    ("jekyll-theme-minimal", &["jekyll-seo-tag"]),
    ("jekyll-theme-slate", &["jekyll-seo-tag"]),
    ("jekyll-theme-architect", &["jekyll-seo-tag"]),
    ("jekyll-theme-hacker", &["jekyll-seo-tag"]),
    ("jekyll-theme-primer", &["jekyll-seo-tag"]),
];

/// The plugins of a site: those that its theme requires, and those that its settings name. In safe mode only those
/// that the settings allow.
pub(super) fn names(site: &Site) -> Vec<String> {
    let theme = site.theme.as_ref().map_or("", |theme| theme.name.as_str());
    let of_theme = OF_THEMES.iter().filter(|(name, _)| *name == theme).flat_map(|(_, gems)| *gems);
    let mut names: Vec<String> = Vec::new();
    for name in of_theme.copied().chain(site.settings.plugins.iter().map(String::as_str)) {
        if !names.iter().any(|known| known == name) && is_allowed(site, name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn is_allowed(site: &Site, name: &str) -> bool {
    let is_safe = !matches!(site.config.get("safe"), None | Some(Value::Null | Value::Bool(false)));
    let listed = |list: &Value| match list {
        Value::Sequence(items) => items.iter().any(|item| display(item) == name),
        item => display(item) == name,
    };
    !is_safe || site.config.get("whitelist").is_some_and(listed)
}
