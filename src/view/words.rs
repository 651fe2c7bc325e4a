//! How many words a body has and how long it takes to read. In: the body. Out: counts.
//! Neighbours: `app/editor/show.rs` asks, the status bar shows.

/// Words read in a minute, a common figure for prose.
const WORDS_A_MINUTE: usize = 220;

/// Counts words: runs of letters and digits, with what joins them (`l'été`, `e-mail`, `3.5`); each CJK character counts
/// as one, because those scripts put no space between words. One linear scan.
pub fn count(body: &str) -> usize {
    let mut words = 0;
    let mut inside = false;
    for char in body.chars() {
        if char.is_ascii() {
            let letter = char.is_ascii_alphanumeric();
            words += usize::from(letter && !inside);
            inside = letter || (inside && matches!(char, '\'' | '-' | '.' | '_'));
        } else if is_ideograph(char) {
            words += 1;
            inside = false;
        } else {
            let letter = char.is_alphanumeric();
            words += usize::from(letter && !inside);
            inside = letter || (inside && char == '’');
        }
    }
    words
}

/// Minutes to read this many words, rounded up. At least one if there is a word.
pub fn minutes(words: usize) -> usize {
    words.div_ceil(WORDS_A_MINUTE)
}

fn is_ideograph(char: char) -> bool {
    matches!(char, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3134F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_a_reader_would() {
        for (text, words) in
            [("", 0), ("Two words.", 2), ("l'été d’avant, e-mail", 3), ("日本語 text", 4), ("- a\n- b", 2)]
        {
            assert_eq!(count(text), words, "{text}");
        }
    }

    #[test]
    fn reading_time_is_rounded_up() {
        assert_eq!([minutes(0), minutes(1), minutes(220), minutes(221)], [0, 1, 1, 2]);
    }
}
