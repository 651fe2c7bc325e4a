//! `Preferences`: what a person has chosen for the page. In: a stored string. Out: choices with defaults, and the
//! string again. Neighbours: `local/` keeps the string; what cannot be read is a default, never an error.

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ViewMode {
    /// Editor and preview.
    #[default]
    Split,
    /// The editor alone.
    Editor,
    /// The preview alone.
    Preview,
}

/// Which dialects of Markdown the preview shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialects {
    /// Jekyll's: what will be published.
    #[default]
    Jekyll,
    /// GitHub's: what its pages show for the file.
    GitHub,
    /// Both, next to each other.
    Both,
}

impl Dialects {
    /// The names under which they are chosen and kept.
    pub const NAMES: [(Self, &'static str); 3] =
        [(Self::Jekyll, "jekyll"), (Self::GitHub, "github"), (Self::Both, "both")];

    /// The name.
    pub fn name(self) -> &'static str {
        name_of(&Self::NAMES, &self)
    }

    /// Those of that name; Jekyll's where there are none.
    pub fn of_name(name: &str) -> Self {
        of_name(&Self::NAMES, name)
    }
}

const THEMES: [(Theme, &str); 3] = [(Theme::System, "system"), (Theme::Light, "light"), (Theme::Dark, "dark")];
const VIEWS: [(ViewMode, &str); 3] =
    [(ViewMode::Split, "split"), (ViewMode::Editor, "editor"), (ViewMode::Preview, "preview")];

/// The divider stays where both sides can be seen.
const DIVIDER: std::ops::RangeInclusive<f64> = 0.1..=0.9;

/// A person's choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Preferences {
    /// Light or dark.
    pub theme: Theme,
    /// What is shown.
    pub view: ViewMode,
    /// Which dialects.
    pub dialects: Dialects,
    /// The editor's share of the width, between 0.1 and 0.9.
    pub divider: f64,
    /// Codes of the checks whose diagnostics are not shown: `yaml-syntax`.
    pub dismissed: Vec<String>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            view: ViewMode::default(),
            dialects: Dialects::default(),
            divider: 0.5,
            dismissed: Vec::new(),
        }
    }
}

pub(super) fn name_of<T: PartialEq>(names: &[(T, &'static str)], value: &T) -> &'static str {
    names.iter().find(|(v, _)| v == value).map_or("", |(_, name)| name)
}

pub(super) fn of_name<T: Copy + Default>(names: &[(T, &'static str)], name: &str) -> T {
    names.iter().find(|(_, n)| *n == name).map_or(T::default(), |(value, _)| *value)
}

impl Preferences {
    /// One `name=value` for each line.
    pub fn encode(&self) -> String {
        // Thousandths of the width are finer than a screen's pixels.
        let divider = (self.divider * 1000.0).round() as i32;
        let mut lines = [
            "theme=",
            name_of(&THEMES, &self.theme),
            "\nview=",
            name_of(&VIEWS, &self.view),
            "\ndialects=",
            self.dialects.name(),
            "\ndivider=",
            &divider.to_string(),
        ]
        .concat();
        for code in self.dismissed.iter().filter(|code| !code.contains('\n')) {
            lines.push_str("\ndismissed=");
            lines.push_str(code);
        }
        lines
    }

    /// What `encode` wrote; a default for everything that is missing or unknown.
    pub fn decode(text: &str) -> Self {
        let mut preferences = Self::default();
        for (name, value) in text.lines().filter_map(|line| line.split_once('=')) {
            match name {
                "theme" => preferences.theme = of_name(&THEMES, value),
                "view" => preferences.view = of_name(&VIEWS, value),
                "dialects" => preferences.dialects = Dialects::of_name(value),
                "divider" => {
                    if let Ok(thousandths) = value.parse::<i32>() {
                        preferences.divider = (f64::from(thousandths) / 1000.0).clamp(*DIVIDER.start(), *DIVIDER.end());
                    }
                }
                "dismissed" => preferences.dismissed.push(value.to_owned()),
                _ => {}
            }
        }
        preferences
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_come_back() {
        let dismissed = vec!["yaml-syntax".to_owned(), "no-title".to_owned()];
        let chosen = Preferences {
            theme: Theme::Dark,
            view: ViewMode::Preview,
            dialects: Dialects::Both,
            divider: 0.333,
            dismissed,
        };
        assert_eq!(Preferences::decode(&chosen.encode()), chosen);
        assert_eq!(Preferences::decode(&Preferences::default().encode()), Preferences::default());
    }

    #[test]
    fn anything_else_is_a_default() {
        for text in ["", "theme", "theme=blue\nview=\ndivider=wide", "=\n==", "colour=red", "{\"theme\":\"dark\"}"] {
            assert_eq!(Preferences::decode(text), Preferences::default(), "{text}");
        }
        assert_eq!(Preferences::decode("divider=0\ntheme=light").divider, 0.1);
        assert_eq!(Preferences::decode("divider=99999").divider, 0.9);
    }

    #[test]
    fn a_code_cannot_forge_a_line() {
        let forged = Preferences { dismissed: vec!["a\ntheme=dark".into()], ..Preferences::default() };
        assert_eq!(Preferences::decode(&forged.encode()), Preferences::default());
    }
}
