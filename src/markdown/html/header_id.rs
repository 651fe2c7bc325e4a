//! Header ids: kramdown-parser-gfm's `generate_gfm_header_id` for headers of the text, kramdown's `generate_id`
//! (converter/base.rb) for headers in raw HTML and in footnotes. In: the text of a header. Out: an id that no other
//! header has. Neighbours: `numbering.rs` asks for them in the order of the document.

use crate::markdown::event::{Event, Item};
use crate::text::{NameIndex, downcase, is_word};

/// Counts how often each id was asked for. kramdown keeps one count for each of its two rules.
#[derive(Default)]
pub(super) struct HeaderIds {
    gfm: NameIndex,
    basic: NameIndex,
}

impl HeaderIds {
    /// The id of a header by GFM's rule. The second header with an id gets `-1`, the next `-2`. Ids that are written in
    /// the text do not count.
    pub(super) fn gfm(&mut self, text: &str) -> String {
        numbered(&mut self.gfm, gfm_id(text))
    }

    /// The id of a header inside raw HTML or a footnote.
    pub(super) fn basic(&mut self, text: &str) -> String {
        numbered(&mut self.basic, basic_id(text))
    }
}

fn numbered(counts: &mut NameIndex, id: String) -> String {
    let count = counts.get(&id).map_or(0, |count| count + 1);
    counts.insert(&id, count);
    if count == 0 { id } else { [&id, "-", itoa(count).as_str()].concat() }
}

/// A number in decimal digits.
pub(super) fn itoa(number: usize) -> String {
    number.to_string()
}

/// Lower case, only word characters, hyphens and spaces, each space a hyphen.
fn gfm_id(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in downcase(text).chars() {
        match c {
            ' ' | '\t' => id.push('-'),
            '-' | '_' => id.push(c),
            _ if is_word(c) => id.push(c),
            _ => {}
        }
    }
    id
}

/// ASCII letters, digits, hyphens and spaces from the first letter on; `section` if nothing is left.
fn basic_id(text: &str) -> String {
    let id: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_alphabetic())
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'))
        .map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() })
        .collect();
    if id.is_empty() { "section".into() } else { id }
}

/// The text of a header from which its id is made (kramdown-parser-gfm, `update_raw_text`): without alternative texts,
/// footnotes and raw tags. A line break counts as a line end. Without GFM, code and formulas do not count
/// (`with_code`).
pub(crate) fn header_text(items: &[Item<'_>], with_code: bool, text: &mut String) {
    let mut image = 0usize;
    let mut depth = 0usize;
    for item in items {
        match &item.event {
            Event::Start(tag, _) => {
                depth += 1;
                if image == 0 && matches!(tag, crate::markdown::event::Tag::Image { .. }) {
                    image = depth;
                }
            }
            Event::End(_) => {
                if image == depth {
                    image = 0;
                }
                depth = depth.saturating_sub(1);
            }
            _ if image > 0 => {}
            Event::Text(part) => text.push_str(part),
            Event::Code(part, _) | Event::InlineMath(part) | Event::DisplayMath(part) if with_code => {
                text.push_str(part);
            }
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gfm_ids_keep_letters_of_all_scripts() {
        for (text, id) in [
            ("Un événement: C++ & “Java”", "un-événement-c--java"),
            ("1. Foo_bar", "1-foo_bar"),
            ("日本語 Überschrift", "日本語-überschrift"),
            ("«\u{a0}x\u{a0}» y", "x-y"),
            ("ΣΑΣ", "σασ"),
            ("😀", ""),
            ("Ⓟ Ⅷ ½", "ⓟ-ⅷ-"),
        ] {
            assert_eq!(gfm_id(text), id);
        }
    }

    #[test]
    fn basic_ids_are_ascii() {
        assert_eq!(basic_id("1. In div é"), "in-div-");
        assert_eq!(basic_id("日本"), "section");
    }

    #[test]
    fn repeats_are_numbered() {
        let mut ids = HeaderIds::default();
        assert_eq!([ids.gfm("a"), ids.gfm("a"), ids.gfm("A")], ["a", "a-1", "a-2"]);
        assert_eq!(ids.basic("a"), "a");
    }
}
