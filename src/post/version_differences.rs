//! What another Jekyll than 4.3 does otherwise with one site, in words. In: the texts of its settings, a version. Out:
//! sentences. Neighbours: `jekyll_version.rs` and `github_pages.rs` hold the rules; the panel and the command line tell
//! the sentences.

use serde_yaml::{Mapping, Value};

use super::jekyll_version::JekyllVersion;
use super::permalink::unknown_to_jekyll_3;
use super::site::{SiteSettings, read_configs};
use super::yaml::display;

/// What that Jekyll does otherwise than Jekyll 4.3 with a site of these settings, each in a sentence.
pub fn differences(configs: &[&str], version: JekyllVersion) -> Vec<String> {
    if !version.is_three() {
        return Vec::new();
    }
    let read = |version| read_configs(configs, &Mapping::new(), version);
    let (own, there) = (read(JekyllVersion::Four), read(version));
    let (settings, set) = (&own.settings, &there.settings);
    let is_given = |key: &str| own.mapping.get(key).is_some_and(|value| !value.is_null());
    let mut sentences = of_pages(settings, set, &own.mapping, version);
    let mut say = |sentence: &[&str]| sentences.push(sentence.concat());
    if let Some(name) = unknown_to_jekyll_3(&settings.permalink) {
        say(&["Jekyll 3 knows no `", name, "` for permalinks: the build stops."]);
    }
    if !settings.base().is_empty() {
        say(&["`link` and `post_url` give addresses without `", &settings.base(), "`, the site’s `baseurl`."]);
    }
    let read_there: Vec<&String> = settings.files.exclude.iter().filter(|name| !is_excluded(set, name)).collect();
    if !read_there.is_empty() {
        let names = listed(read_there.into_iter());
        say(&["`exclude` takes the place of Jekyll’s own list, so these are not left out: ", &names, "."]);
    }
    if is_given("theme") {
        say(&["The settings and data of the theme are not read."]);
    }
    if collections(&own.mapping).any(|settings| ["sort_by", "order"].iter().any(|key| settings.get(*key).is_some())) {
        say(&["`sort_by` and `order` of collections do not count."]);
    }
    if is_given("page_excerpts") {
        say(&["Pages have no excerpts: `page_excerpts` does not count."]);
    }
    say(&["`render_with_liquid` does not count, and the filters `find` and `find_exp` are not known."]);
    sentences
}

/// The same for what GitHub Pages sets for every site.
fn of_pages(settings: &SiteSettings, set: &SiteSettings, own: &Mapping, version: JekyllVersion) -> Vec<String> {
    let mut sentences = Vec::new();
    if version != JekyllVersion::GitHubPages {
        return sentences;
    }
    let mut say = |sentence: &[&str]| sentences.push(sentence.concat());
    if set.future && !settings.future {
        say(&["Posts with a later date are published, as the settings have no `future: false`."]);
    }
    let only_in = |one: &SiteSettings, other: &SiteSettings| {
        listed(one.plugins.iter().filter(|name| !other.plugins.contains(name)))
    };
    let (more, fewer) = (only_in(set, settings), only_in(settings, set));
    if !more.is_empty() {
        say(&["These plugins run without being named: ", &more, "."]);
    }
    if !fewer.is_empty() {
        say(&["These plugins are not allowed and do not run: ", &fewer, "."]);
    }
    for (key, value) in [("markdown", "kramdown"), ("highlighter", "rouge")] {
        if let Some(written) = own.get(key).filter(|value| !value.is_null()).map(display)
            && written != value
        {
            say(&["`", key, ": ", &written, "` does not count: it is ", value, "."]);
        }
    }
    sentences
}

/// What is not followed here where a site of these settings is built by that Jekyll, each in a sentence.
pub fn not_followed(configs: &[&str], version: JekyllVersion) -> impl Iterator<Item = &'static str> + use<> {
    let own = read_configs(configs, &Mapping::new(), JekyllVersion::Four).mapping;
    let of_three = OF_JEKYLL_3.iter().filter(move |_| version.is_three());
    let of_pages = OF_GITHUB_PAGES.iter().filter(move |_| version == JekyllVersion::GitHubPages);
    of_three.chain(of_pages).filter(move |(matters, _)| matters(&own)).map(|(_, sentence)| *sentence)
}

/// Whether something matters to a site of these settings, and what it is.
type NotFollowed = (fn(&Mapping) -> bool, &'static str);

const OF_JEKYLL_3: [NotFollowed; 4] = [
    (|_| true, "Jekyll 3 compares texts and numbers otherwise in the filters `where`, `sort` and `group_by` (#6608)."),
    (|_| true, "Jekyll 3 compiles Sass by the older Ruby Sass."),
    (|own| own.contains_key("include"), "Jekyll 3 takes only plain names of files in `include` (#8618)."),
    (
        |own| collections(own).any(|settings| settings.contains_key("permalink")),
        "Jekyll 3 stops at permalinks of other collections than posts that have placeholders of Jekyll 4.",
    ),
];

const OF_GITHUB_PAGES: [NotFollowed; 3] = [
    (
        |own| !own.contains_key("theme") && !own.contains_key("remote_theme"),
        "GitHub Pages gives a site that names no theme the layouts of jekyll-theme-primer.",
    ),
    (
        |own| own.get("markdown").and_then(Value::as_str) == Some("GFM"),
        "GitHub Pages reads `markdown: GFM` as CommonMark.",
    ),
    (|_| true, "GitHub Pages runs jekyll-coffeescript, jekyll-github-metadata and jekyll-remote-theme."),
];

/// The settings of each collection.
fn collections(own: &Mapping) -> impl Iterator<Item = &Mapping> {
    let all = own.get("collections").and_then(Value::as_mapping).into_iter();
    all.flat_map(|all| all.values()).filter_map(Value::as_mapping)
}

/// Whether files of that name are left out: by the list, or because their names begin with a period.
fn is_excluded(settings: &SiteSettings, name: &String) -> bool {
    name.starts_with('.') || settings.files.exclude.contains(name)
}

/// Names with commas between them.
fn listed<'n>(names: impl Iterator<Item = &'n String>) -> String {
    names.map(|name| ["`", name, "`"].concat()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_pages(config: &str) -> String {
        differences(&[config], JekyllVersion::GitHubPages).join("\n")
    }

    #[test]
    fn what_differs_is_told_for_the_site_at_hand() {
        let sentences = differences(&["baseurl: /blog\nexclude: [drafts, Gemfile]\n"], JekyllVersion::Three).join("\n");
        assert!(sentences.contains("without `/blog`"), "{sentences}");
        assert!(sentences.contains("`gemfiles`, `Gemfile.lock`, `node_modules`"), "{sentences}");
        assert!(!sentences.contains("`drafts`") && !sentences.contains("`Gemfile`,"), "{sentences}");
        let plain = differences(&["title: A\n"], JekyllVersion::Three).join("\n");
        for other in ["post_url", "theme", "sort_by", "excerpts", "later date", "permalinks"] {
            assert!(!plain.contains(other), "{other}: {plain}");
        }
        let all = "permalink: /:week/:title\ntheme: minima\npage_excerpts: true\ncollections:\n  a: {sort_by: x}\n";
        let all = differences(&[all], JekyllVersion::Three).join("\n");
        for told in ["knows no `week`", "of the theme", "`sort_by`", "no excerpts"] {
            assert!(all.contains(told), "{told}: {all}");
        }
        assert_eq!(differences(&["baseurl: /blog\n"], JekyllVersion::Four), Vec::<String>::new());
    }

    #[test]
    fn what_github_pages_sets_is_told() {
        let sentences = on_pages("plugins: [jekyll-toc]\nmarkdown: redcarpet\n");
        assert!(sentences.contains("later date are published"), "{sentences}");
        assert!(sentences.contains("`jekyll-relative-links`"), "{sentences}");
        assert!(sentences.contains("do not run: `jekyll-toc`."), "{sentences}");
        assert!(sentences.contains("`markdown: redcarpet` does not count"), "{sentences}");
        assert!(!on_pages("future: false\n").contains("later date"));
    }

    #[test]
    fn what_is_not_followed_is_told_where_it_matters() {
        let told = |config: &str, version| not_followed(&[config], version).collect::<Vec<_>>().join("\n");
        assert!(told("", JekyllVersion::GitHubPages).contains("jekyll-theme-primer"));
        assert!(!told("theme: minima\n", JekyllVersion::GitHubPages).contains("jekyll-theme-primer"));
        assert!(!told("theme: minima\n", JekyllVersion::Three).contains("GitHub Pages"));
        assert!(told("collections: {a: {permalink: /x}}\n", JekyllVersion::Three).contains("other collections"));
        assert_eq!(told("include: [a]\n", JekyllVersion::Four), "");
    }
}
