//! Completion: what the word at the caret may become. In: a text, the caret, the names that are known. Out: the span of the
//! word and what fits, the likeliest first. Neighbours: `app/writing/completion_list.rs` draws it; one file for each place
//! in which there is something to complete.

mod emoji;
mod front_matter;
mod liquid_tags;
mod references;

use crate::post::split::split;
use crate::text::{Edit, Span};

/// So many candidates are given at most: the rest is found by typing more.
const MOST: usize = 50;

/// The names that a text can refer to. They are asked for only where one of them can stand.
pub trait CompletionNames {
    /// The headings of the text: the id and the words of each.
    fn headings(&self) -> Vec<(String, String)>;
    /// Tags of other posts.
    fn tags(&self) -> Vec<String>;
    /// Categories of other posts.
    fn categories(&self) -> Vec<String>;
    /// Paths of the open site's files, from its folder on.
    fn files(&self) -> Vec<String>;
    /// The names of emoji, in order, and the characters of each; none where a name stays as it is.
    fn emoji(&self) -> Vec<(&'static str, &'static str)>;
}

/// What the word may become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What the list shows.
    pub label: String,
    /// What more there is to say of it; may be empty.
    pub detail: String,
    /// What is written in place of the word.
    pub insert: String,
}

/// A word that can be completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the text that are replaced: from the word's beginning to the caret.
    pub word: Span,
    /// What fits, the likeliest first; never empty.
    pub candidates: Vec<Candidate>,
}

impl Completion {
    /// The edit that writes a candidate.
    pub fn edit(&self, candidate: &Candidate) -> Edit {
        let selection = Span::at(self.word.start + candidate.insert.len());
        Edit { span: self.word, text: candidate.insert.clone(), selection }
    }
}

/// What can be written at a place, before it is compared with the word there.
struct CompletionPlace {
    /// Where the word begins, in bytes of the text.
    start: usize,
    /// So many letters must be there before the list comes by itself.
    letters: usize,
    candidates: Vec<Candidate>,
}

/// What the word before the caret (bytes) may become. `asked`: the person has asked for it, so that one letter, or none, is
/// enough.
pub fn complete(text: &str, caret: usize, known: &dyn CompletionNames, asked: bool) -> Option<Completion> {
    let before = text.get(..caret)?;
    let line = LineAtCaret { text, start: before.rfind('\n').map_or(0, |end| end + 1), caret };
    let parts = split(text);
    let place = if parts.yaml.start <= caret && caret <= parts.yaml.end && !parts.front_matter.is_empty() {
        front_matter::place(&line, parts.yaml, known)
    } else {
        liquid_tags::place(&line, known)
            .or_else(|| references::place(&line, parts.body, known))
            .or_else(|| emoji::place(&line, parts.body, known))
    }?;
    let word = text.get(place.start..caret)?;
    if !asked && word.chars().count() < place.letters {
        return None;
    }
    let candidates = fitting(word, place.candidates, asked);
    let is_whole = candidates.first().is_some_and(|first| candidates.len() == 1 && first.insert == word);
    (!candidates.is_empty() && !is_whole).then(|| Completion { word: Span::new(place.start, caret), candidates })
}

/// The line of the caret, as far as the caret.
struct LineAtCaret<'t> {
    text: &'t str,
    /// In bytes of the text, as `caret`.
    start: usize,
    caret: usize,
}

impl LineAtCaret<'_> {
    fn before_caret(&self) -> &str {
        self.text.get(self.start..self.caret).unwrap_or("")
    }

    fn after_caret(&self) -> &str {
        let rest = self.text.get(self.caret..).unwrap_or("");
        rest.split('\n').next().unwrap_or("")
    }
}

/// Those that begin with the word, then those in which another word begins with it, then, if the person has asked, those
/// that hold it. Capital and small letters are the same.
fn fitting(word: &str, candidates: Vec<Candidate>, asked: bool) -> Vec<Candidate> {
    let word = word.to_lowercase();
    let mut ranked: Vec<(u8, Candidate)> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let rank = [&candidate.label, &candidate.detail].into_iter().filter_map(|name| rank(name, &word)).min()?;
            (asked || rank < 2).then_some((rank, candidate))
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().take(MOST).map(|(_, candidate)| candidate).collect()
}

fn rank(name: &str, word: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let at = name.find(word)?;
    let begins_word = name.match_indices(word).any(|(at, _)| {
        name.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|before| !before.is_alphanumeric())
    });
    Some(match (at, begins_word) {
        (0, _) => 0,
        (_, true) => 1,
        (_, false) => 2,
    })
}

/// CompletionNames for tests.
#[cfg(test)]
#[derive(Clone, Debug, Default)]
struct KnownNames {
    headings: Vec<(String, String)>,
    tags: Vec<String>,
    categories: Vec<String>,
    files: Vec<String>,
    emoji: Vec<(&'static str, &'static str)>,
}

#[cfg(test)]
impl CompletionNames for KnownNames {
    fn headings(&self) -> Vec<(String, String)> {
        self.headings.clone()
    }

    fn tags(&self) -> Vec<String> {
        self.tags.clone()
    }

    fn categories(&self) -> Vec<String> {
        self.categories.clone()
    }

    fn files(&self) -> Vec<String> {
        self.files.clone()
    }

    fn emoji(&self) -> Vec<(&'static str, &'static str)> {
        self.emoji.clone()
    }
}

#[cfg(test)]
fn completed(text: &str, known: &KnownNames, asked: bool) -> Vec<String> {
    let caret = text.find('|').expect("a caret");
    let text = text.replacen('|', "", 1);
    let Some(completion) = complete(&text, caret, known, asked) else { return Vec::new() };
    let edited = |candidate: &Candidate| {
        let edit = completion.edit(candidate);
        let mut after = edit.apply(&text);
        after.insert(edit.selection.start, '|');
        after
    };
    completion.candidates.iter().map(edited).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_begins_with_the_word_comes_first() {
        let named = |label: &str| Candidate { label: label.into(), detail: String::new(), insert: label.into() };
        let all = ["condor", "deploy", "self-doc", "Docs", "my docs"].map(named).to_vec();
        let labels = |asked| -> Vec<_> {
            fitting("do", all.clone(), asked).into_iter().map(|candidate| candidate.label).collect()
        };
        assert_eq!(labels(false), ["Docs", "self-doc", "my docs"]);
        assert_eq!(labels(true), ["Docs", "self-doc", "my docs", "condor"]);
    }

    proptest! {
        #[test]
        fn any_text_and_caret_give_an_edit_that_keeps_the_rest(
            text in "(---\n)?[a-z:\\-\\[\\]#( ^{%é\n,]{0,60}(---\n)?[a-z\\[\\]^(#{% é\n]{0,60}",
            caret in 0_usize..140,
        ) {
            let known = KnownNames {
                headings: vec![("one".into(), "One".into())],
                tags: vec!["é tag".into(), "a".into()],
                categories: vec!["b".into()],
                files: vec!["_posts/2020-01-01-a.md".into(), "_layouts/é.html".into(), "_includes/c.html".into()],
                emoji: vec![("a", "A"), ("ab", "B")],
            };
            if let Some(completion) = complete(&text, caret, &known, true) {
                prop_assert!(completion.word.end == caret && text.is_char_boundary(completion.word.start));
                for candidate in &completion.candidates {
                    let after = completion.edit(candidate).apply(&text);
                    prop_assert!(after.starts_with(&text[..completion.word.start]) && after.ends_with(&text[caret..]));
                }
            }
        }
    }
}
