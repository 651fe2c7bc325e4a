//! What the checks are called in a list of settings. In: nothing. Out: codes and labels. Neighbours: `mod.rs` has the
//! checks themselves, in the same order; whoever only names them does not carry them.

/// The code of every check and its label.
pub static TITLES: [(&str, &str); 27] = [
    ("title-missing", "No title"),
    ("title-type", "Title that is not a text"),
    ("date-missing", "No date"),
    ("date-file-name", "Date differs from the file name"),
    ("date-zone", "Time zone moves the day"),
    ("layout-missing", "No layout"),
    ("tags-commas", "Commas between tags"),
    ("tags-similar", "Nearly the same tag twice"),
    ("key-misspelled", "Misspelled key"),
    ("description-long", "Long description"),
    ("heading-skipped", "Skipped heading level"),
    ("heading-second-h1", "Several first-level headings"),
    ("id-duplicate", "Same id twice"),
    ("link-no-target", "Link to nothing on the page"),
    ("link-empty", "Empty link"),
    ("image-no-alt", "Image without a text"),
    ("reference-undefined", "Reference without definition"),
    ("definition-unused", "Unused link definition"),
    ("fence-unclosed", "Unclosed code block"),
    ("liquid-in-code", "Liquid that runs inside code"),
    ("table-accidental", "Line that becomes a table"),
    ("url-bare", "Address that is no link"),
    ("list-paren", "1) is no list"),
    ("tilde-single", "~x~ is not struck through"),
    ("github-alert", "[!NOTE] is GitHub's alone"),
    ("html-unclosed", "Unclosed HTML"),
    ("french-spaces", "French punctuation and spaces"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::CHECKS;

    #[test]
    fn every_check_has_its_label() {
        assert!(TITLES.iter().map(|(code, _)| *code).eq(CHECKS.iter().map(|check| check.code)));
        assert!(TITLES.iter().all(|(_, title)| !title.is_empty()));
    }
}
