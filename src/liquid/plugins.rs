//! Which tags and filters plugins add. In: the names of a site's plugins, and what its own plugins register. Out:
//! whether a tag or a filter is known. Neighbours: `parser.rs` and `interpreter.rs` ask before they report one.
//!
//! The table holds the plugins that GitHub Pages runs and Debian packages, and those that blogs use most; the names are
//! those that each plugin registers with Liquid.

use crate::post::site::SiteSettings;

/// A plugin: the gem, its tags (of a block only the first tag), its filters.
type Plugin = (&'static str, &'static [&'static str], &'static [&'static str]);

const PLUGINS: &[Plugin] = &[
    ("github-pages", &["avatar", "feed_meta", "gist", "github_edit_link", "include_cached", "seo"], &GITHUB_FILTERS),
    ("jekyll-asciidoc", &[], &["asciidocify", "tocify_asciidoc"]),
    ("jekyll-avatar", &["avatar"], &[]),
    ("jekyll-details", &["details"], &[]),
    ("jekyll-email-protect", &[], &["encode_email"]),
    ("jekyll-emoji", &[], &["emojify"]),
    ("jekyll-feed", &["feed_meta"], &[]),
    ("jekyll-figure", &["figure"], &[]),
    ("jekyll-gist", &["gist"], &[]),
    ("jekyll-github-metadata", &["github_edit_link"], &[]),
    ("jekyll-include-cache", &["include_cached"], &[]),
    ("jekyll-katex", &["katex", "katexmm"], &[]),
    ("jekyll-last-modified-at", &["last_modified_at"], &[]),
    ("jekyll-mentions", &[], &["mentionify"]),
    ("jekyll-octicons", &["octicon"], &[]),
    ("jekyll-picture-tag", &["picture"], &[]),
    ("jekyll-polyglot", &["i18n_headers", "static_href"], &[]),
    ("jekyll-relative-links", &[], &["rellinks"]),
    ("jekyll-responsive-image", &["responsive_image", "responsive_image_block"], &[]),
    ("jekyll-scholar", &["bibliography", "bibliography_count", "cite", "cite_details", "quote", "reference"], &[]),
    ("jekyll-seo-tag", &["seo"], &[]),
    ("jekyll-spotify", &["spotify"], &[]),
    ("jekyll-tabs", &["tab", "tabs"], &[]),
    ("jekyll-time-to-read", &[], &["reading_time"]),
    ("jekyll-toc", &["toc"], &["inject_anchors", "toc", "toc_only"]),
    ("jekyll-twitter-plugin", &["twitter"], &[]),
    ("jekyll-youtube", &["youtube"], &[]),
    ("jemoji", &[], &["emojify"]),
    ("liquid-md5", &[], &["md5"]),
    ("liquid_reading_time", &[], &["reading_time"]),
];

/// The filters of the plugins of GitHub Pages.
const GITHUB_FILTERS: [&str; 3] = ["emojify", "mentionify", "rellinks"];

/// The names that a site's plugins add.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PluginNames<'a> {
    settings: Option<&'a SiteSettings>,
}

impl<'a> PluginNames<'a> {
    /// The names on a site with these settings.
    pub(super) fn of(settings: &'a SiteSettings) -> Self {
        Self { settings: Some(settings) }
    }

    /// The site's settings; Jekyll's own where there are none.
    pub(super) fn settings(&self) -> &'a SiteSettings {
        static NONE: std::sync::LazyLock<SiteSettings> = std::sync::LazyLock::new(SiteSettings::default);
        self.settings.unwrap_or(&NONE)
    }

    /// Whether a plugin has the tag, or the block that the tag ends.
    pub(super) fn has_tag(&self, name: &str) -> bool {
        let opening = name.strip_prefix("end").unwrap_or(name);
        [name, opening].into_iter().any(|name| self.has(name, |plugin| plugin.1))
    }

    /// Whether a plugin has the filter.
    pub(super) fn has_filter(&self, name: &str) -> bool {
        self.has(name, |plugin| plugin.2)
    }

    fn has(&self, name: &str, names: impl Fn(&Plugin) -> &'static [&'static str]) -> bool {
        let Some(settings) = self.settings else { return false };
        let of_gem = |gem: &String| PLUGINS.iter().any(|plugin| plugin.0 == gem && names(plugin).contains(&name));
        settings.plugins.iter().any(of_gem) || settings.registered.iter().any(|registered| registered == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::site;

    #[test]
    fn a_name_is_known_if_its_plugin_is_named_or_the_site_registers_it() {
        let mut settings = site::read("plugins: [jekyll-gist, jemoji]\ngems: [jekyll-tabs]\n").settings;
        settings.registered.push("shout".to_owned());
        let names = PluginNames::of(&settings);
        assert!(
            names.has_tag("gist") && names.has_tag("endtabs") && names.has_tag("shout") && names.has_tag("endshout")
        );
        assert!(names.has_filter("emojify") && names.has_filter("shout"));
        assert!(!names.has_tag("seo") && !names.has_tag("emojify") && !names.has_filter("toc"));
        assert!(!PluginNames::default().has_tag("gist"));
    }
}
