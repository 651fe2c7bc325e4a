//! Which plugins run on a site: the one answer to it. In: the site's settings. Out: names of gems, in the order in which
//! Jekyll loads them. Neighbours: `site.rs` asks when it reads the settings; tags, filters and generators go by its
//! answer, `SiteSettings::plugins`. The rules are those of Jekyll's plugin_manager.rb (`require_theme_deps`,
//! `require_gems`, `plugin_allowed?`).

use serde_yaml::{Mapping, Value};

use super::front_matter::is_true;
use super::github_pages;
use super::jekyll_version::JekyllVersion;
use super::yaml::display;

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

/// The plugins of a site with these settings: those that its theme requires, then those that the settings name. In safe
/// mode only those that the settings allow. GitHub Pages gives a theme to a site that names none.
pub(super) fn names(settings: &Mapping, version: JekyllVersion) -> Vec<String> {
    let theme = settings.get("theme").and_then(Value::as_str).map(|name| name.trim().to_lowercase());
    let of_theme = OF_THEMES.iter().filter(|(name, _)| theme.as_deref() == Some(*name)).flat_map(|(_, gems)| *gems);
    let has_default_theme = version == JekyllVersion::GitHubPages && !settings.contains_key("theme");
    let of_default: &[&str] = if has_default_theme { &github_pages::OF_DEFAULT_THEME } else { &[] };
    let lists = ["plugins", "gems"].into_iter().filter_map(|key| settings.get(key)).filter_map(Value::as_sequence);
    let mut names: Vec<String> = Vec::new();
    for name in of_theme.chain(of_default).map(|gem| (*gem).to_owned()).chain(lists.flatten().map(display)) {
        if !names.contains(&name) && is_allowed(settings, &name) {
            names.push(name);
        }
    }
    names
}

/// Whether the settings ask for safe mode, in which no plugin runs that they do not allow.
pub(super) fn is_safe(settings: &Mapping) -> bool {
    settings.get("safe").is_some_and(is_true)
}

fn is_allowed(settings: &Mapping, name: &str) -> bool {
    let listed = |list: &Value| match list {
        Value::Sequence(items) => items.iter().any(|item| display(item) == name),
        item => display(item) == name,
    };
    !is_safe(settings) || settings.get("whitelist").is_some_and(listed)
}

#[cfg(test)]
mod tests {
    use crate::post::site;

    #[test]
    fn a_themes_gem_brings_plugins_that_the_settings_do_not_name() {
        let plugins = |config: &str| site::read(config).settings.plugins;
        assert_eq!(
            plugins("theme: Minima\nplugins: [jekyll-feed, jekyll-toc]\n"),
            ["jekyll-feed", "jekyll-seo-tag", "jekyll-toc"]
        );
        assert_eq!(plugins("theme: unheard-of\ngems: [jekyll-gist]\n"), ["jekyll-gist"]);
    }

    #[test]
    fn safe_mode_takes_away_what_is_not_allowed() {
        let config = "theme: minima\nplugins: [jekyll-gist, jekyll-toc]\nwhitelist: [jekyll-gist, jekyll-feed]\n";
        let plugins = |safe: &str| site::read(&[config, safe].concat()).settings.plugins;
        assert_eq!(plugins("safe: true\n"), ["jekyll-feed", "jekyll-gist"]);
        assert_eq!(plugins("safe: false\n").len(), 4);
    }
}
