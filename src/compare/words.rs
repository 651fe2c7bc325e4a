//! A text as words, runs of spaces, line ends and marks. In: a text. Out: its parts, which together are the text.
//! Neighbours: `text_diff.rs` and `token_tree.rs` compare them.

use unicode_general_category::{GeneralCategory as G, get_general_category};

#[derive(Clone, Copy, PartialEq, Eq)]
enum WordClass {
    /// Letters and digits, with apostrophes, hyphens and similar marks between them.
    Word,
    /// Spaces and tabs.
    Space,
    /// One line end, one ideograph: a part of its own.
    Alone,
    /// The same mark, once or more often.
    Mark(char),
}

/// The parts of a text.
pub(super) fn words(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut last) = (0, None);
    let mut joined = false;
    for (at, char) in text.char_indices() {
        // A combining character stays with the character before it, and so does one after a joiner.
        let extends = !char.is_ascii() && extends(char);
        if last.is_some() && (extends || joined) {
            joined = char == '\u{200D}';
            continue;
        }
        let class = match char {
            '\'' | '’' | '_' if last == Some(WordClass::Word) => WordClass::Word,
            '\n' => WordClass::Alone,
            _ if char.is_whitespace() => WordClass::Space,
            _ if is_ideograph(char) => WordClass::Alone,
            _ if char.is_alphanumeric() => WordClass::Word,
            _ => WordClass::Mark(char),
        };
        if last.is_some_and(|last| last != class || class == WordClass::Alone) {
            parts.push(text.get(start..at).unwrap_or(""));
            start = at;
        }
        last = Some(class);
    }
    if start < text.len() {
        parts.push(text.get(start..).unwrap_or(""));
    }
    parts
}

/// Whether a part is a word, and not space or marks.
pub(super) fn is_word(part: &str) -> bool {
    part.chars().next().is_some_and(char::is_alphanumeric)
}

/// Whether a part is spaces within a line.
pub(super) fn is_blank(part: &str) -> bool {
    part != "\n" && part.chars().all(char::is_whitespace)
}

/// How many words a text has.
pub(super) fn count(text: &str) -> usize {
    words(text).into_iter().filter(|part| is_word(part)).count()
}

fn extends(char: char) -> bool {
    matches!(
        get_general_category(char),
        G::NonspacingMark | G::SpacingMark | G::EnclosingMark | G::Format | G::ModifierSymbol
    )
}

/// Scripts without spaces between words, where each character is compared by itself.
fn is_ideograph(char: char) -> bool {
    matches!(char, '\u{E00}'..='\u{EFF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3134F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_spaces_line_ends_and_marks_are_parts() {
        assert_eq!(words("L'été,  `co-op`…\n\n"), ["L'été", ",", "  ", "`", "co", "-", "op", "`", "…", "\n", "\n"]);
        assert_eq!(words("---\n日本語です"), ["---", "\n", "日", "本", "語", "で", "す"]);
        assert_eq!(words("e\u{301}a 👩🏽\u{200D}💻!"), ["e\u{301}a", " ", "👩🏽\u{200D}💻", "!"]);
        assert_eq!(count("One two, 3.\n- – x"), 4);
    }

    proptest::proptest! {
        #[test]
        fn the_parts_are_the_text(text in "\\PC*[ a\n'\u{301}\u{200D}]{0,9}\\PC*") {
            let parts = words(&text);
            proptest::prop_assert_eq!(&parts.concat(), &text);
            proptest::prop_assert!(parts.iter().all(|part| !part.is_empty()));
        }
    }
}
