//! Chips: what stands in the text for something that one post alone cannot know. In: a tag's source. Out: a run of
//! private-use characters that any Markdown leaves alone, and back. Neighbours: `interpreter.rs` writes them,
//! `markdown/chips.rs` turns them into elements.
//!
//! A run is a mark, one character for each byte of the label, and a mark. It contains all of the label, so that equal
//! texts give equal pages and no table is needed. A text that contains such characters can only produce a chip.

/// Opens a chip.
const START: char = '\u{10FF00}';
/// Closes a chip.
const END: char = '\u{10FF01}';
/// Stands for the byte 0; the other bytes follow.
const BYTE: u32 = 0x10_F000;
/// How many bytes of a label are shown.
pub const LABEL_BYTES: usize = 80;

/// The label as a chip; a label longer than `LABEL_BYTES` is cut at a character.
pub fn encode(label: &str) -> String {
    let mut end = label.len().min(LABEL_BYTES);
    while !label.is_char_boundary(end) {
        end -= 1;
    }
    let mut out = String::with_capacity((end + 2) * 4);
    out.push(START);
    out.extend(label.bytes().take(end).filter_map(|byte| char::from_u32(BYTE + u32::from(byte))));
    out.push(END);
    out
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextPart<'t> {
    /// Text as it is.
    Text(&'t str),
    /// A chip's label.
    Chip(String),
}

/// Whether a character is one of those that make chips.
pub fn is_mark(c: char) -> bool {
    matches!(u32::from(c), BYTE..=0x10_F0FF) || matches!(c, START | END)
}

/// Whether a text has a chip: cheap, and true as well for a mark alone.
pub fn any(text: &str) -> bool {
    memchr::memchr(0xF4, text.as_bytes()).is_some() && text.contains(START)
}

/// How many bytes the chip takes that `text` begins with.
pub fn length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix(START)?;
    label(inside).map(|(_, length)| START.len_utf8() + length)
}

/// Splits a text into plain parts and chips; marks that form no chip are text.
pub fn decode(text: &str) -> Vec<TextPart<'_>> {
    let mut parts = Vec::new();
    let (mut plain, mut from) = (0, 0);
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(START)).map(|at| from + at) {
        let inside = at + START.len_utf8();
        match label(text.get(inside..).unwrap_or("")) {
            Some((label, len)) => {
                if plain < at {
                    parts.push(TextPart::Text(text.get(plain..at).unwrap_or("")));
                }
                parts.push(TextPart::Chip(label));
                plain = inside + len;
                from = plain;
            }
            None => from = inside,
        }
    }
    if plain < text.len() {
        parts.push(TextPart::Text(text.get(plain..).unwrap_or("")));
    }
    parts
}

/// A text without its chips.
pub fn strip(text: &str) -> String {
    decode(text)
        .into_iter()
        .filter_map(|part| if let TextPart::Text(text) = part { Some(text) } else { None })
        .collect()
}

/// A text with the labels of its chips in their place.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in decode(text) {
        match part {
            TextPart::Text(text) => out.push_str(text),
            TextPart::Chip(label) => out.push_str(&label),
        }
    }
    out
}

/// HTML with the labels of its chips in their place, escaped for texts and for values of attributes.
pub fn plain_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for part in decode(html) {
        match part {
            TextPart::Text(text) => out.push_str(text),
            TextPart::Chip(label) => {
                for c in label.chars() {
                    match c {
                        '&' => out.push_str("&amp;"),
                        '<' => out.push_str("&lt;"),
                        '>' => out.push_str("&gt;"),
                        '"' => out.push_str("&quot;"),
                        c => out.push(c),
                    }
                }
            }
        }
    }
    out
}

/// The label that `text` begins with, and how many bytes it and its end mark take.
fn label(text: &str) -> Option<(String, usize)> {
    let mut bytes = Vec::new();
    for (at, c) in text.char_indices() {
        if c == END {
            return Some((String::from_utf8_lossy(&bytes).into_owned(), at + c.len_utf8()));
        }
        bytes.push(u8::try_from(u32::from(c).checked_sub(BYTE)?).ok()?);
        if bytes.len() > LABEL_BYTES {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_come_back() {
        let text = ["a", &encode("{% include é.html\n%}"), "b", &encode("")].concat();
        assert_eq!(
            decode(&text),
            [
                TextPart::Text("a"),
                TextPart::Chip("{% include é.html\n%}".into()),
                TextPart::Text("b"),
                TextPart::Chip("".into())
            ]
        );
        assert_eq!(strip(&text), "ab");
        assert_eq!(plain(&text), "a{% include é.html\n%}b");
        assert_eq!(plain_html(&["<p>", &encode("{{ \"a\" | b }}"), "</p>"].concat()), "<p>{{ &quot;a&quot; | b }}</p>");
        assert_eq!(length(&encode("é")), Some(16));
        assert_eq!(length("a"), None);
    }

    #[test]
    fn long_labels_are_cut_at_a_character() {
        let Some(TextPart::Chip(label)) = decode(&encode(&"é".repeat(60))).pop() else { panic!("no chip") };
        assert_eq!(label, "é".repeat(40));
        let Some(TextPart::Chip(label)) = decode(&encode(&["x", &"é".repeat(60)].concat())).pop() else {
            panic!("no chip")
        };
        assert_eq!(label.len(), 79);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_split_and_nothing_is_lost(text in "[a\u{10FF00}\u{10FF01}\u{10F041}\u{10F0C3}\u{10FFFD}]{0,12}") {
            let mut again = String::new();
            for part in decode(&text) {
                match part {
                    TextPart::Text(text) => again.push_str(text),
                    // A label that is no UTF-8 comes back with a replacement character.
                    TextPart::Chip(label) if label.contains('\u{FFFD}') => return Ok(()),
                    TextPart::Chip(label) => again.push_str(&encode(&label)),
                }
            }
            proptest::prop_assert_eq!(again, text);
        }
    }
}
