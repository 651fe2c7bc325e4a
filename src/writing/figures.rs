//! Figures of a text: words, characters, sentences, the time to read it. In: a text. Out: counts. Neighbours:
//! `view/words.rs` counts words for each pause; `app/writing/` shows these.

use unicode_segmentation::UnicodeSegmentation;

use crate::view::words;

/// The figures of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Words, as the status bar counts them.
    pub words: usize,
    /// Characters as a reader counts them (grapheme clusters of UAX #29), line ends left out.
    pub characters: usize,
    /// The same without white space.
    pub characters_without_spaces: usize,
    /// Sentences (UAX #29) with a letter or a digit in them; what stands on a line of its own is one, too.
    pub sentences: usize,
    /// Minutes to read it, rounded up.
    pub minutes: usize,
}

/// The figures of a text. Time is linear in the text.
pub fn figures(text: &str) -> Figures {
    let mut figures = Figures::default();
    figures.words = words::count(text);
    figures.minutes = words::minutes(figures.words);
    for character in text.graphemes(true) {
        if character == "\n" || character == "\r\n" {
            continue;
        }
        figures.characters += 1;
        figures.characters_without_spaces += usize::from(!character.chars().all(char::is_whitespace));
    }
    // UAX #29 ends a sentence at each line end; a paragraph's lines belong together, though.
    for paragraph in paragraphs(text) {
        let sentences = paragraph.unicode_sentences();
        figures.sentences += sentences.filter(|sentence| sentence.contains(char::is_alphanumeric)).count();
    }
    figures
}

/// The paragraphs of a text, each on one line. A line that begins like a heading, an item or a row stands alone.
fn paragraphs(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            open = false;
            continue;
        }
        let alone = line.starts_with(['#', '-', '*', '+', '|', '>']) || line.starts_with(|c: char| c.is_ascii_digit());
        match out.last_mut().filter(|_| open && !alone) {
            Some(last) => {
                last.push(' ');
                last.push_str(line);
            }
            None => out.push(line.to_owned()),
        }
        open = !line.starts_with('#');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_what_a_reader_counts() {
        let figures = figures("e\u{301}té 👩‍👩‍👧\nno\r\n");
        assert_eq!((figures.characters, figures.characters_without_spaces), (7, 6));
    }

    #[test]
    fn sentences_end_with_their_marks_or_with_their_block() {
        let text = "# A title\nOne sentence\non two lines. Another! A third?\n\n- item\n- item";
        assert_eq!(figures(text).sentences, 6);
        assert_eq!(figures("").sentences, 0);
        assert_eq!(figures("***\n\n---").sentences, 0);
    }

    #[test]
    fn other_scripts_are_counted_too() {
        let japanese = figures("今日は晴れです。明日は雨でしょう。");
        assert_eq!((japanese.sentences, japanese.characters), (2, 17));
        assert!(japanese.words > 2);
    }
}
