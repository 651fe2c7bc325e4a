//! The section `sass` of a site's settings. In: all settings. Out: what of them the converter uses. Neighbours: `mod.rs`
//! asks. The rules are those of jekyll-sass-converter 2.2.0.

use serde_yaml::{Mapping, Value};

use crate::post::front_matter::is_true;
use crate::post::yaml::display;

/// How CSS is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SassStyle {
    /// As `Expanded`, with closing braces at the end of a line.
    Nested,
    /// A line for each declaration.
    Expanded,
    /// A line for each rule.
    #[default]
    Compact,
    /// As short as possible.
    Compressed,
}

/// What the converter uses of a site's settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SassSettings {
    /// `style`
    pub(super) style: SassStyle,
    /// `load_paths`, and `sass_dir` last; patterns of paths.
    pub(super) load_paths: Vec<String>,
    /// `add_charset`, and whether the stylesheet is to name its charset in compressed style.
    pub(super) add_charset: bool,
}

impl SassSettings {
    /// The settings of a site with this `site.config`.
    pub(super) fn of(config: &Mapping) -> Self {
        let empty = Mapping::new();
        let section = config.get("sass").and_then(Value::as_mapping).unwrap_or(&empty);
        let embedded = section.get("implementation") == Some(&"sass-embedded".into());
        let default = if embedded { SassStyle::Expanded } else { SassStyle::Compact };
        let style = section.get("style").map(display).unwrap_or_default();
        let mut load_paths: Vec<String> = match section.get("load_paths") {
            Some(Value::Sequence(paths)) => paths.iter().map(display).collect(),
            Some(Value::Null) | None => Vec::new(),
            Some(path) => vec![display(path)],
        };
        let folder = section.get("sass_dir").map(display).filter(|folder| !folder.is_empty());
        load_paths.push(folder.unwrap_or_else(|| "_sass".to_owned()));
        Self {
            style: match style.strip_prefix(':').unwrap_or(&style) {
                "nested" => SassStyle::Nested,
                "expanded" => SassStyle::Expanded,
                "compact" => SassStyle::Compact,
                "compressed" => SassStyle::Compressed,
                _ => default,
            },
            load_paths,
            add_charset: section.get("add_charset").is_some_and(is_true),
        }
    }
}
