//! The theme of a site: which one the settings name, and which files of a theme Jekyll reads. In: settings, paths. Out: a
//! `ThemeGem`, yes or no. Neighbours: `reader/` reads a site with its theme; the page looks for the theme by its name.

use serde_yaml::Mapping;

use super::model::ThemeGem;

/// The folders of a theme that Jekyll 4.3 reads (theme.rb, data_reader.rb); everything else in it is left out.
const FOLDERS: [&str; 5] = ["_layouts", "_includes", "_sass", "assets", "_data"];

/// The theme that settings name: a repository (jekyll-remote-theme 0.4.3, munger.rb) before a gem.
pub fn named(settings: &Mapping) -> Option<ThemeGem> {
    let text = |key: &str| settings.get(key)?.as_str().map(|text| text.trim().to_lowercase());
    if let Some((wanted, name)) = text("remote_theme").and_then(repository) {
        return Some(ThemeGem { name, wanted, found: false });
    }
    let name = text("theme").filter(|name| !name.is_empty())?;
    Some(ThemeGem { wanted: name.clone(), name, found: false })
}

/// `owner/name@ref`, and the name in it, of a repository as the settings name it; with `https://` and a host before it,
/// too. `None` where it is named otherwise: then Jekyll goes on without it.
fn repository(text: String) -> Option<(String, String)> {
    let path = match text.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?.1,
        None => &text,
    };
    let (path_only, _) = path.split_once('@').unwrap_or((path, ""));
    let (owner, name) = path_only.split_once('/')?;
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    (is_word(owner) && is_word(name)).then(|| (path.to_owned(), name.to_owned()))
}

/// Whether a file of a theme is one that Jekyll reads. The path is from the theme's folder on.
pub fn has_file(path: &str) -> bool {
    path == "_config.yml" || path.split_once('/').is_some_and(|(folder, _)| FOLDERS.contains(&folder))
}

/// Whether a folder with these files is a theme's rather than a site's: a gem's description lies in it, or it has
/// layouts, and neither settings nor posts.
pub fn is_theme<'p>(paths: impl Iterator<Item = &'p str> + Clone) -> bool {
    let holds = |wanted: fn(&str) -> bool| paths.clone().any(wanted);
    holds(|path| path.ends_with(".gemspec") && !path.contains('/'))
        || (holds(|path| path.starts_with("_layouts/"))
            && !holds(|path| path == "_config.yml" || path.starts_with("_posts/")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::yaml;
    use serde_yaml::Value;

    fn theme(config: &str) -> Option<(String, String)> {
        let Value::Mapping(settings) = yaml::read(config, 0).value else { return None };
        named(&settings).map(|theme| (theme.wanted, theme.name))
    }

    #[test]
    fn settings_name_a_gem_or_a_repository() {
        let both = |wanted: &str, name: &str| Some((wanted.to_owned(), name.to_owned()));
        assert_eq!(theme("theme: Minima \n"), both("minima", "minima"));
        assert_eq!(
            theme("remote_theme: Mmistakes/minimal-mistakes@4.26.2\ntheme: minima\n"),
            both("mmistakes/minimal-mistakes@4.26.2", "minimal-mistakes")
        );
        assert_eq!(theme("remote_theme: https://forge.example/a/b.c\n"), both("a/b.c", "b.c"));
        assert_eq!(theme("remote_theme: no repository\ntheme: minima\n"), both("minima", "minima"));
        for nothing in
            ["title: A\n", "theme: \n", "theme: ''\n", "theme: [minima]\n", "remote_theme: a/b/c\n", "", "- a\n"]
        {
            assert_eq!(theme(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_theme_is_told_from_a_site() {
        let is = |paths: &[&str]| is_theme(paths.iter().copied());
        assert!(is(&["_config.yml", "_posts/a.md", "a.gemspec"]));
        assert!(is(&["_layouts/default.html", "assets/a.css"]));
        assert!(!is(&["_config.yml", "_layouts/default.html"]));
        assert!(!is(&["_posts/2020-01-01-a.md", "_layouts/default.html"]));
        assert!(!is(&["vendor/a.gemspec", "index.html"]));
    }

    #[test]
    fn only_what_jekyll_reads_is_taken() {
        for path in
            ["_layouts/a.html", "_includes/a/b.html", "_sass/a.scss", "assets/a.css", "_data/a.yml", "_config.yml"]
        {
            assert!(has_file(path), "{path}");
        }
        for path in ["README.md", "_posts/a.md", "index.html", "docs/_layouts/a.html", "assets", "_plugins/a.rb"] {
            assert!(!has_file(path), "{path}");
        }
    }
}
