//! What of a text stands out while the rest recedes: the paragraph or the sentence at the caret. In: a text, the selection.
//! Out: spans. Neighbours: `app/writing/focus_layer.rs` shows it. Sentences are those of Unicode's rules, as
//! `unicode-segmentation` has them. The time follows the paragraph, not the text.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::Span;

/// From the beginning of the paragraph in which `selected` begins to the end of that in which it ends, without the last line
/// end. A line without letters is by itself.
pub fn paragraphs_at(text: &str, selected: Span) -> Span {
    let mut start = line_start(text, selected.start);
    if !is_blank(line_from(text, start)) {
        while start > 0 {
            let above = line_start(text, start - 1);
            if is_blank(line_from(text, above)) {
                break;
            }
            start = above;
        }
    }
    let mut end = line_end(text, selected.end);
    if !is_blank(line_from(text, line_start(text, selected.end))) {
        while end < text.len() && !is_blank(line_from(text, end + 1)) {
            end = line_end(text, end + 1);
        }
    }
    Span::new(start, end)
}

/// The sentence of `paragraph` at `caret`, without the white space around it; the one before, where the caret stands behind
/// that.
pub fn sentence_at(text: &str, paragraph: Span, caret: usize) -> Span {
    // A line end within a paragraph ends no sentence.
    let flowing = paragraph.of(text).replace('\n', " ");
    let at = caret.saturating_sub(paragraph.start);
    let mut found = Span::at(paragraph.start);
    for (start, sentence) in flowing.split_sentence_bound_indices() {
        if start > at {
            break;
        }
        let words = sentence.trim();
        let lead = sentence.len() - sentence.trim_start().len();
        if !words.is_empty() {
            let from = paragraph.start + start + lead;
            found = Span::new(from, from + words.len());
        }
    }
    found
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| at + length)
}

fn line_from(text: &str, start: usize) -> &str {
    text.get(start..line_end(text, start)).unwrap_or("")
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A text in which `|` is the caret, or two of them the selection.
    fn read(marked: &str) -> (String, Span) {
        let start = marked.find('|').expect("a caret");
        let end = marked.rfind('|').map_or(start, |end| if end == start { end } else { end - 1 });
        (marked.replace('|', ""), Span::new(start, end))
    }

    fn paragraph(marked: &str) -> String {
        let (text, selected) = read(marked);
        paragraphs_at(&text, selected).of(&text).to_owned()
    }

    fn sentence(marked: &str) -> String {
        let (text, selected) = read(marked);
        sentence_at(&text, paragraphs_at(&text, selected), selected.start).of(&text).to_owned()
    }

    #[test]
    fn a_paragraph_goes_from_blank_line_to_blank_line() {
        assert_eq!(paragraph("one\n\ntwo|\nlines\n \nthree"), "two\nlines");
        assert_eq!(paragraph("one\n\n|two\nlines"), "two\nlines");
        assert_eq!(paragraph("one\nmore|\n"), "one\nmore");
        assert_eq!(paragraph("one\n|\ntwo"), "");
        assert_eq!(paragraph("one\n|"), "");
        assert_eq!(paragraph("|"), "");
        assert_eq!(paragraph("a\n\nb|\n\n|c\nd\n\ne"), "b\n\nc\nd");
    }

    #[test]
    fn a_sentence_goes_over_line_ends() {
        assert_eq!(sentence("One. Two is\nlo|ng? Three."), "Two is\nlong?");
        assert_eq!(sentence("One|. Two"), "One.");
        assert_eq!(sentence("One.| Two"), "One.");
        assert_eq!(sentence("One. |Two"), "Two");
        assert_eq!(sentence("One. Two.|"), "Two.");
        assert_eq!(sentence("One. Two. |"), "Two.");
        assert_eq!(sentence("Été à Paris. L’h|iver ici."), "L’hiver ici.");
        assert_eq!(sentence("a\n\n|\n\nb"), "");
    }

    proptest! {
        #[test]
        fn any_selection_is_in_what_stands_out(text in "[a.é? \n]{0,40}", from in 0_usize..40, length in 0_usize..9) {
            let at = |wanted: usize| (0..=wanted.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let selected = Span::new(at(from), at(from + length));
            let paragraph = paragraphs_at(&text, selected);
            prop_assert!(paragraph.start <= selected.start && selected.end <= paragraph.end);
            let sentence = sentence_at(&text, paragraph, selected.start);
            prop_assert!(paragraph.start <= sentence.start && sentence.end <= paragraph.end);
            prop_assert_eq!(sentence.of(&text).trim(), sentence.of(&text));
        }
    }
}
