//! The settings of GitHub Pages around those of a site. In: what a site's settings say. Out: what counts there.
//! Neighbours: `site.rs` asks for a site that GitHub Pages builds; `active_plugins.rs` follows the list of plugins.
//!
//! The rules are those of the gem github-pages (lib/github-pages/configuration.rb and plugins.rb): its defaults, under
//! the site's settings, and its overrides, above them. The gem is not packaged, so nothing here was run against it.

use serde_yaml::{Mapping, Value};

use super::yaml::{self, display};
use super::{defaults, front_matter};

/// `DEFAULTS`, and of `PRODUCTION_DEFAULTS` the style of Sass. The theme, jekyll-theme-primer, is not among them: its
/// layouts cannot be had.
const DEFAULTS: &str = "\
future: true
markdown: kramdown
kramdown: {input: GFM, hard_wrap: false, gfm_quirks: paragraph_end}
sass: {style: compressed}
";

/// `OVERRIDES`. The folder of plugins has a name there that no folder has; safe mode says the same.
const OVERRIDES: &str = "\
lsi: false
safe: true
highlighter: rouge
kramdown: {math_engine: mathjax, syntax_highlighter: rouge}
gist: {noscript: false}
";

/// `DEFAULT_PLUGINS`, which a site cannot take off.
const DEFAULT_PLUGINS: [&str; 9] = [
    "jekyll-coffeescript",
    "jekyll-gist",
    "jekyll-github-metadata",
    "jekyll-paginate",
    "jekyll-relative-links",
    "jekyll-optional-front-matter",
    "jekyll-readme-index",
    "jekyll-default-layout",
    "jekyll-titles-from-headings",
];

/// `PLUGIN_WHITELIST`, besides those.
const ALLOWED_PLUGINS: [&str; 8] = [
    "jekyll-feed",
    "jekyll-redirect-from",
    "jekyll-seo-tag",
    "jekyll-sitemap",
    "jekyll-avatar",
    "jemoji",
    "jekyll-mentions",
    "jekyll-include-cache",
];

/// A site's settings as GitHub Pages takes them (`effective_config`).
pub(super) fn effective(own: &Mapping) -> Mapping {
    let mut all = mapping(DEFAULTS);
    defaults::merge(&mut all, own);
    if !own.get("exclude").is_some_and(front_matter::is_true) {
        // Jekyll 3's own list, and one name more.
        let names = super::site_files::EXCLUDED_BY_JEKYLL_3.iter().copied().chain(["CNAME"]);
        all.insert("exclude".into(), list(names));
    }
    defaults::merge(&mut all, &mapping(OVERRIDES));
    all.insert("whitelist".into(), list(DEFAULT_PLUGINS.into_iter().chain(ALLOWED_PLUGINS)));
    all.insert("markdown".into(), "kramdown".into());
    let own_plugins = ["plugins", "gems"].into_iter().filter_map(|key| own.get(key)).filter_map(Value::as_sequence);
    let own_plugins: Vec<String> = own_plugins.flatten().map(display).collect();
    let added = DEFAULT_PLUGINS.into_iter().filter(|gem| !own_plugins.iter().any(|own| own == gem));
    all.insert("plugins".into(), list(own_plugins.iter().map(String::as_str).chain(added)));
    all.remove("gems");
    all
}

/// What the theme that GitHub Pages gives to a site without one requires (jekyll-theme-primer.gemspec).
pub(super) const OF_DEFAULT_THEME: [&str; 2] = ["jekyll-github-metadata", "jekyll-seo-tag"];

fn mapping(text: &str) -> Mapping {
    match yaml::read(text, 0).value {
        Value::Mapping(mapping) => mapping,
        _ => Mapping::new(),
    }
}

fn list<'n>(names: impl Iterator<Item = &'n str>) -> Value {
    Value::Sequence(names.map(Value::from).collect())
}

#[cfg(test)]
mod tests {
    use serde_yaml::Mapping;

    use crate::post::jekyll_version::JekyllVersion;
    use crate::post::site::{self, SiteSettings};

    fn settings(config: &str) -> SiteSettings {
        site::read_configs(&[config], &Mapping::new(), JekyllVersion::GitHubPages).settings
    }

    #[test]
    fn the_sites_settings_stand_between_defaults_and_overrides() {
        let none = settings("");
        assert!(none.future && none.safe);
        assert!(!settings("future: false\nsafe: false\n").future);
        assert!(settings("safe: false\n").safe);
        assert!(settings("markdown: redcarpet\nhighlighter: pygments\n").markdown.stops.is_empty());
    }

    #[test]
    fn plugins_are_on_by_default_and_others_are_not_allowed() {
        let plugins = settings("plugins: [jekyll-feed, jekyll-toc]\n").plugins;
        let has = |gem: &str| plugins.iter().any(|plugin| plugin == gem);
        assert!(has("jekyll-feed") && has("jekyll-relative-links") && has("jekyll-seo-tag"));
        assert!(!has("jekyll-toc") && !has("jekyll-sitemap"));
        // With a theme of its own, that of GitHub Pages brings nothing.
        assert!(!settings("theme: unheard-of\n").plugins.iter().any(|plugin| plugin == "jekyll-seo-tag"));
    }

    #[test]
    fn exclude_takes_the_place_of_the_default_one() {
        let excluded = |config: &str| settings(config).files.exclude;
        assert!(excluded("").contains(&"CNAME".to_owned()));
        assert_eq!(excluded("exclude: [a]\n"), ["a"]);
    }
}
