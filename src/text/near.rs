//! Whether a word is another one, misspelled. In: two words. Out: yes or no. Neighbours: checks and Liquid ask it of names
//! that nothing has.

/// Whether `word` is `known` misspelled: other capitals, another sign between words, one letter wrong, missing, too
/// many or exchanged; two in long words. A final `s` alone is no mistake.
pub(crate) fn is_near(word: &str, known: &str) -> bool {
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

/// Edits between two words; exchanging neighbours is one. Only for short words.
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
            assert!(is_near(word, known), "{word}");
        }
        for (word, known) in
            [("titles", "title"), ("rate", "date"), ("dat", "date"), ("header", "layout"), ("x", "tag")]
        {
            assert!(!is_near(word, known), "{word}");
        }
    }
}
