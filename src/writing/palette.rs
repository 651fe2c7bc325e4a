//! The palette: one list of everything that can be done or gone to. In: entries, what was typed, what was chosen last. Out:
//! the entries that fit, best first, with the letters that fit. Neighbours: `app/writing/palette_dialog.rs` makes the
//! entries and draws them; the crate `nucleo-matcher` says how well a text fits.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// So many entries are drawn at most: the rest is found by typing more.
pub const MOST_SHOWN: usize = 200;

/// So many chosen entries are remembered.
pub const MOST_RECENT: usize = 20;

/// What kind of thing an entry is, in the order in which they stand while nothing is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A command of the page or of the editor.
    Command,
    /// A heading of the text.
    Heading,
    /// A diagnostic of the text.
    Problem,
    /// A draft that is kept in the browser.
    Draft,
    /// A file of the open site.
    File,
}

impl Kind {
    /// What the palette calls one.
    pub fn name(self) -> &'static str {
        match self {
            Self::Command => "Command",
            Self::Heading => "Heading",
            Self::Problem => "Problem",
            Self::Draft => "Draft",
            Self::File => "File",
        }
    }
}

/// One line of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteEntry {
    /// What it is.
    pub kind: Kind,
    /// What names it among those of its kind, and is remembered when it is chosen.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// What more there is to say: what a command does, the date of a post.
    pub detail: String,
    /// The shortcut of a command, as it is written on this system; may be empty.
    pub keys: String,
}

/// An entry that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Which of the entries.
    pub index: usize,
    /// Which characters (zero-based, counted in `char`s) of the label were typed, in order.
    pub letters: Vec<u32>,
}

/// The entries that fit `typed`, best first; with nothing typed all of them, those chosen last before the others. Of two
/// that fit as well the one that was chosen later comes first, then the one that stands first. `recent` holds ids, the
/// last one first.
pub fn fits(entries: &[PaletteEntry], typed: &str, recent: &[String]) -> Vec<Fit> {
    let age = |entry: &PaletteEntry| recent.iter().position(|id| *id == entry.id).unwrap_or(usize::MAX);
    let typed = typed.trim();
    if typed.is_empty() {
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by_key(|&index| (age(&entries[index]), entries[index].kind));
        return order.into_iter().take(MOST_SHOWN).map(|index| Fit { index, letters: Vec::new() }).collect();
    }
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    // What is said of a thing is longer: there letters that stand apart would fit nearly everything.
    let words = Pattern::new(typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Substring);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let (mut label, mut letters) = (Vec::new(), Vec::new());
    let mut found: Vec<(u32, Fit)> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        letters.clear();
        let score = match pattern.indices(Utf32Str::new(&entry.label, &mut label), &mut matcher, &mut letters) {
            // What a thing is called counts more than what is said of it.
            Some(score) => Some(score.saturating_mul(2)),
            None => {
                letters.clear();
                let all = [&entry.label, " ", &entry.detail].concat();
                words.score(Utf32Str::new(&all, &mut label), &mut matcher)
            }
        };
        if let Some(score) = score {
            letters.sort_unstable();
            letters.dedup();
            found.push((score, Fit { index, letters: letters.clone() }));
        }
    }
    found.sort_by_key(|(score, fit)| (std::cmp::Reverse(*score), age(&entries[fit.index]), fit.index));
    found.into_iter().take(MOST_SHOWN).map(|(_, fit)| fit).collect()
}

/// What was chosen last, after `id` was chosen.
pub fn choose(recent: &mut Vec<String>, id: &str) {
    recent.retain(|known| known != id);
    recent.insert(0, id.to_owned());
    recent.truncate(MOST_RECENT);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(kind: Kind, label: &str, detail: &str) -> PaletteEntry {
        PaletteEntry { kind, id: label.to_lowercase(), label: label.into(), detail: detail.into(), keys: String::new() }
    }

    fn entries() -> Vec<PaletteEntry> {
        vec![
            entry(Kind::File, "Été à la mer", "2024-07-01"),
            entry(Kind::Command, "Bold", "Make the selection or word bold"),
            entry(Kind::Command, "Numbered list", "Make the lines a numbered list"),
            entry(Kind::Heading, "Bold plans", ""),
        ]
    }

    fn labels(typed: &str, recent: &[&str]) -> Vec<String> {
        let (entries, recent) = (entries(), recent.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>());
        fits(&entries, typed, &recent).iter().map(|fit| entries[fit.index].label.clone()).collect()
    }

    #[test]
    fn what_was_chosen_last_comes_first() {
        assert_eq!(labels("", &[]), ["Bold", "Numbered list", "Bold plans", "Été à la mer"]);
        assert_eq!(labels(" ", &["bold plans", "gone"]), ["Bold plans", "Bold", "Numbered list", "Été à la mer"]);
    }

    #[test]
    fn letters_fit_in_their_order_and_without_their_accents() {
        assert_eq!(labels("ete", &[]), ["Été à la mer"]);
        assert_eq!(labels("nl", &[])[0], "Numbered list");
        assert_eq!(labels("mer ete", &[]), ["Été à la mer"]);
        assert!(labels("zzz", &[]).is_empty());
    }

    #[test]
    fn a_label_counts_more_than_what_is_said_of_it() {
        assert_eq!(labels("bold", &[])[0], "Bold");
        assert_eq!(labels("selection", &[]), ["Bold"]);
        assert_eq!(labels("2024", &[]), ["Été à la mer"]);
    }

    #[test]
    fn the_letters_that_fit_are_told() {
        let fits = fits(&entries(), "nuli", &[]);
        let label: Vec<char> = "Numbered list".chars().collect();
        let told: String = fits[0].letters.iter().map(|&at| label[at as usize]).collect();
        assert_eq!(told.to_lowercase(), "nuli");
    }

    #[test]
    fn the_last_choices_are_remembered_once_each() {
        let mut recent = Vec::new();
        for id in ["a", "b", "a"] {
            choose(&mut recent, id);
        }
        assert_eq!(recent, ["a", "b"]);
        (0..99).for_each(|n| choose(&mut recent, &n.to_string()));
        assert_eq!(recent.len(), MOST_RECENT);
    }
}
