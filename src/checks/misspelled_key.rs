//! A key that Jekyll does not know and that is a letter or two away from one it knows.
//! Rule: Jekyll passes unknown keys to the theme without a warning.

use super::{Check, Checked};
use crate::post::edit;
use crate::post::front_matter_keys::KEYS;
use crate::text::{Diagnostic, Fix, Severity, is_near};

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
        let near_key = |known: &&&str| is_near(key, known) && front.entry(known).is_none();
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

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

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
