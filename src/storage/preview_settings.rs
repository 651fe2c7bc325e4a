//! `PreviewSettings`: how a person wants to see the preview. In: a stored string. Out: choices with defaults, and the
//! string again. Neighbours: `local/` keeps the string; `preferences.rs` has what the first view needs.

use super::Theme;
use super::preferences::{name_of, of_name};

/// What is shown of a post while a site is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShownAs {
    /// The page that the site publishes.
    #[default]
    Page,
    /// The post without its layout.
    Post,
}

/// How wide the preview is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PreviewWidth {
    /// As wide as there is room.
    #[default]
    Full,
    /// A phone.
    Phone,
    /// A tablet.
    Tablet,
    /// The window of a desktop.
    Desktop,
}

impl PreviewWidth {
    /// All of them, with the names under which they are chosen and kept.
    pub const NAMES: [(Self, &'static str); 4] =
        [(Self::Full, "full"), (Self::Phone, "phone"), (Self::Tablet, "tablet"), (Self::Desktop, "desktop")];

    /// The name.
    pub fn name(self) -> &'static str {
        name_of(&Self::NAMES, &self)
    }

    /// The width in CSS pixels, where it is a fixed one.
    pub fn pixels(self) -> Option<f64> {
        match self {
            Self::Full => None,
            Self::Phone => Some(390.0),
            Self::Tablet => Some(768.0),
            Self::Desktop => Some(1280.0),
        }
    }
}

const SHOWN: [(ShownAs, &str); 2] = [(ShownAs::Page, "page"), (ShownAs::Post, "post")];
const SCHEMES: [(Theme, &str); 3] = [(Theme::System, "page"), (Theme::Light, "light"), (Theme::Dark, "dark")];

/// A person's choices for the preview.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PreviewSettings {
    /// What is shown while a site is open.
    pub shown: ShownAs,
    /// How wide it is.
    pub width: PreviewWidth,
    /// Light or dark; `System` for the same as the page around it.
    pub scheme: Theme,
}

impl PreviewSettings {
    /// One `name=value` for each line.
    pub fn encode(&self) -> String {
        [
            "shown=",
            name_of(&SHOWN, &self.shown),
            "\nwidth=",
            self.width.name(),
            "\nscheme=",
            name_of(&SCHEMES, &self.scheme),
        ]
        .concat()
    }

    /// What `encode` wrote; a default for everything that is missing or unknown.
    pub fn decode(text: &str) -> Self {
        let mut settings = Self::default();
        for (name, value) in text.lines().filter_map(|line| line.split_once('=')) {
            match name {
                "shown" => settings.shown = of_name(&SHOWN, value),
                "width" => settings.width = of_name(&PreviewWidth::NAMES, value),
                "scheme" => settings.scheme = of_name(&SCHEMES, value),
                _ => {}
            }
        }
        settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_come_back() {
        let chosen = PreviewSettings { shown: ShownAs::Post, width: PreviewWidth::Tablet, scheme: Theme::Dark };
        assert_eq!(PreviewSettings::decode(&chosen.encode()), chosen);
    }

    #[test]
    fn anything_else_is_a_default() {
        for text in ["", "width", "width=wide\nshown=\nscheme=blue", "=\n=="] {
            assert_eq!(PreviewSettings::decode(text), PreviewSettings::default(), "{text}");
        }
    }
}
