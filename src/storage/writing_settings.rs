//! `WritingSettings`: how a person wants to write. In: a stored string. Out: choices with defaults, and the string again.
//! Neighbours: `local/` keeps the string; `preferences.rs` has what the first view needs.

/// A person's choices for writing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WritingSettings {
    /// Whether the outline is seen.
    pub outline: bool,
    /// So many words are to be written; zero for no goal.
    pub goal: usize,
}

/// The line that says that the outline is seen.
const OUTLINE: &str = "outline=on";

impl WritingSettings {
    /// One `name=value` for each line; nothing for the defaults.
    pub fn encode(self) -> String {
        let mut lines = Vec::new();
        if self.outline {
            lines.push(OUTLINE.to_owned());
        }
        if self.goal > 0 {
            lines.push(["goal=", &self.goal.to_string()].concat());
        }
        lines.join("\n")
    }

    /// What `encode` wrote; a default for everything that is missing or unknown.
    pub fn decode(text: &str) -> Self {
        let mut settings = Self { outline: wants_outline(text), ..Self::default() };
        for line in text.lines() {
            if let Some(goal) = line.strip_prefix("goal=") {
                settings.goal = goal.parse().unwrap_or_default();
            }
        }
        settings
    }
}

/// Whether the outline is seen, in a string that `encode` wrote. For the first load, which reads nothing else of it.
pub fn wants_outline(text: &str) -> bool {
    text.contains(OUTLINE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_come_back() {
        for settings in [WritingSettings { outline: true, goal: 1_200 }, WritingSettings::default()] {
            assert_eq!(WritingSettings::decode(&settings.encode()), settings);
        }
    }

    #[test]
    fn anything_else_is_a_default() {
        for text in ["", "outline", "outline=\ngoal=many", "goal=-1", "=\n=="] {
            assert_eq!(WritingSettings::decode(text), WritingSettings::default(), "{text}");
        }
    }
}
