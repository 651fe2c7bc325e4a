//! A key that Jekyll does not know and that is a letter or two away from one it knows.
//! Rule: Jekyll passes unknown keys to the theme without a warning.

use super::{Check, Checked};
use crate::post::edit;
use crate::text::{Diagnostic, Fix, Severity};

/// The keys that Jekyll, or nearly every theme, gives a meaning, the likeliest first.
const KEYS: [&str; 19] = [
    "layout",
    "title",
    "date",
    "tags",
    "categories",
    "published",
    "permalink",
    "description",
    "author",
    "excerpt",
    "excerpt_separator",
    "category",
    "comments",
    "redirect_from",
    "render_with_liquid",
    "image",
    "lang",
    "slug",
    "tag",
];

/// Words of themes that are near a key and no mistakes.
const OTHERS: [&str; 11] =
    ["data", "dates", "page", "link", "land", "long", "tile", "images", "authors", "comment", "redirect_to"];

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "key-misspelled",
    title: "Misspelled key",
    reason: "Jekyll says nothing about a key that it does not know.",
    severity: Severity::Warning,
    fixable: true,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let Some(front) = checked.front() else { return Vec::new() };
    let mut diagnostics = Vec::new();
    for entry in front.entries.iter().filter(|entry| !entry.shadowed) {
        let key = entry.key.as_str();
        if KEYS.contains(&key) || OTHERS.contains(&key) || checked.input.given_keys.iter().any(|given| given == key) {
            continue;
        }
        let near_key = |known: &&&str| near(key, known) && front.entry(known).is_none();
        let Some(known) = KEYS.iter().find(near_key) else { continue };
        let message = ["Jekyll does not know `", key, "`. Is `", known, "` meant?"].concat();
        let mut diagnostic = CHECK.diagnostic(entry.key_span, message);
        // Each fix reads the front matter again.
        let edit = if diagnostics.len() < 10 { edit::rename(checked.input.text, key, known) } else { None };
        diagnostic.fix = edit.map(|edit| Fix { label: ["Write `", known, "`"].concat(), edit });
        diagnostics.push(diagnostic);
    }
    diagnostics
}

/// Whether `word` is `known` misspelled: other capitals, another sign between words, one letter wrong, missing, too
/// many or exchanged; two in long words. A final `s` alone is no mistake.
pub(super) fn near(word: &str, known: &str) -> bool {
    let even = |text: &str| -> Vec<u8> {
        text.bytes().map(|b| if matches!(b, b'-' | b' ') { b'_' } else { b.to_ascii_lowercase() }).collect()
    };
    let (word, known) = (even(word), even(known));
    if word == known {
        return true;
    }
    let longer = if word.len() > known.len() { &word } else { &known };
    let plural = longer.split_last().is_some_and(|(&last, stem)| last == b's' && (stem == word || stem == known));
    let most = match known.len() {
        0..=3 => return false,
        4..=8 => 1,
        _ => 2,
    };
    if plural || word.len().abs_diff(known.len()) > most {
        return false;
    }
    // Short words are too near each other for anything but exchanged letters.
    let exchange = known.len() == 4 && word.len() != known.len() || word.len() < 4;
    !exchange && distance(&word, &known) <= most && (known.len() > 4 || is_exchange(&word, &known))
}

/// Whether the words differ by two letters in the wrong order.
fn is_exchange(word: &[u8], known: &[u8]) -> bool {
    let count = |word: &[u8], letter: u8| word.iter().filter(|&&other| other == letter).count();
    word.len() == known.len() && word.iter().all(|&letter| count(word, letter) == count(known, letter))
}

/// Edits between two words; exchanging neighbours is one. Only for words of a key's length.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let width = b.len() + 1;
    let mut rows = vec![0_usize; (a.len() + 1) * width];
    let at = |rows: &[usize], i: usize, j: usize| rows.get(i * width + j).copied().unwrap_or(0);
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let value = if i == 0 || j == 0 {
                i + j
            } else {
                let same = usize::from(a.get(i - 1) != b.get(j - 1));
                let mut least =
                    (at(&rows, i - 1, j) + 1).min(at(&rows, i, j - 1) + 1).min(at(&rows, i - 1, j - 1) + same);
                if i > 1 && j > 1 && a.get(i - 1) == b.get(j - 2) && a.get(i - 2) == b.get(j - 1) {
                    least = least.min(at(&rows, i - 2, j - 2) + 1);
                }
                least
            };
            if let Some(place) = rows.get_mut(i * width + j) {
                *place = value;
            }
        }
    }
    at(&rows, a.len(), b.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{Case, none};

    #[test]
    fn words_are_near_or_not() {
        for (word, known) in [
            ("titel", "title"),
            ("Title", "title"),
            ("catagories", "categories"),
            ("publish", "published"),
            ("permlink", "permalink"),
            ("excerpt-separator", "excerpt_separator"),
            ("dtae", "date"),
            ("laoyut", "layout"),
        ] {
            assert!(near(word, known), "{word}");
        }
        for (word, known) in
            [("titles", "title"), ("rate", "date"), ("dat", "date"), ("header", "layout"), ("x", "tag")]
        {
            assert!(!near(word, known), "{word}");
        }
    }

    #[test]
    fn a_misspelled_key_is_renamed() {
        Case::new("key-misspelled", "---\n\"titel\" : x # y\n---\n")
            .at(&["\"titel\""])
            .fixed("---\ntitle : x # y\n---\n");
        Case::new("key-misspelled", "---\npublish: false\n---\n")
            .at(&["publish"])
            .fixed("---\npublished: false\n---\n");
        none("key-misspelled", &["---\ntitel: x\ntitle: y\n---\n", "---\nsubtitle: x\nimages: []\nlink: x\n---\n"]);
    }
}
