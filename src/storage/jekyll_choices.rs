//! `JekyllChoices`: which Jekyll the page reads sites as. In: a stored string. Out: answers, and the string again.
//! Neighbours: `local/` keeps the string; the page keeps what a person chose for the site in each folder.

use crate::post::jekyll_version::JekyllVersion;

/// The choices of a person, and what the last settings were read as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JekyllChoices {
    /// What the settings that are kept were read as.
    pub last: JekyllVersion,
    chosen: Vec<(String, JekyllVersion)>,
}

impl JekyllChoices {
    /// What was chosen for the site in the folder of that name.
    pub fn of(&self, folder: &str) -> Option<JekyllVersion> {
        self.chosen.iter().find(|(name, _)| name == folder).map(|(_, version)| *version)
    }

    /// Keeps the choice for a site in place of its last one; without one it is forgotten.
    pub fn set(&mut self, folder: &str, version: Option<JekyllVersion>) {
        self.chosen.retain(|(name, _)| name != folder);
        // A name with a line end could pass for other lines: it is not kept.
        if let Some(version) = version.filter(|_| !folder.contains(['\n', '\r'])) {
            self.chosen.push((folder.to_owned(), version));
        }
    }

    /// One `code=folder` on each line, the first without a folder for the last settings; empty where nothing is chosen.
    pub fn encode(&self) -> String {
        if *self == Self::default() {
            return String::new();
        }
        let chosen = self.chosen.iter().map(|(folder, version)| [version.code(), "=", folder, "\n"].concat());
        [self.last.code().to_owned(), "\n".to_owned()].into_iter().chain(chosen).collect()
    }

    /// What `encode` wrote; what is unknown is not chosen.
    pub fn decode(text: &str) -> Self {
        let mut lines = text.lines();
        let last = lines.next().and_then(JekyllVersion::of_code).unwrap_or_default();
        let chosen = lines.filter_map(|line| {
            let (code, folder) = line.split_once('=')?;
            Some((folder.to_owned(), JekyllVersion::of_code(code)?))
        });
        Self { last, chosen: chosen.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_come_back_for_their_site_alone() {
        let mut all = JekyllChoices { last: JekyllVersion::Three, ..Default::default() };
        all.set("blog", Some(JekyllVersion::GitHubPages));
        all.set("a=b", Some(JekyllVersion::Four));
        let again = JekyllChoices::decode(&all.encode());
        assert_eq!(again, all);
        assert_eq!((again.of("blog"), again.of("other")), (Some(JekyllVersion::GitHubPages), None));
        all.set("blog", None);
        assert_eq!((all.of("blog"), all.of("a=b")), (None, Some(JekyllVersion::Four)));
    }

    #[test]
    fn nothing_is_chosen_by_a_text_that_is_not_ours_or_by_a_forged_name() {
        for text in ["", "5\n", "=blog", "4\n5=blog", "blog=4"] {
            assert_eq!(JekyllChoices::decode(text).of("blog"), None, "{text}");
        }
        let mut all = JekyllChoices::default();
        assert_eq!(all.encode(), "");
        all.set("a\n3=blog", Some(JekyllVersion::Three));
        assert_eq!(JekyllChoices::decode(&all.encode()), JekyllChoices::default());
    }
}
