//! `Shape`: what stands before a line's words: quote marks, indentation, a list marker, a task's box.
//! In: one line. Out: where each part lies. Neighbours: `list.rs`, `enter.rs`, `indent.rs`, `segment.rs`.
//!
//! Rules: kramdown's list items (`-`, `*`, `+`, or digits with `.`, then white space); `1)` counts too, because the
//! GitHub dialect knows it and a list that someone writes so should go on so.

use crate::text::Span;

/// How a list item is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// The bullet's character.
    Bullet(char),
    /// The number and the character after it.
    Number(u32, char),
}

/// A list item's marker and box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListItem {
    pub(super) marker: Marker,
    /// From the marker's first character through the white space after it, in bytes of the text.
    pub(super) span: Span,
    /// A task's `[ ]` or `[x]` with the white space after it.
    pub(super) task: Option<Span>,
    /// How many columns the marker takes: content of the item stands so much further in than the marker.
    pub(super) width: usize,
}

impl ListItem {
    /// The byte at which the item's words start.
    pub(super) fn content(&self) -> usize {
        self.task.map_or(self.span.end, |task| task.end)
    }

    /// The bytes of a number's digits.
    pub(super) fn digits(&self, text: &str) -> Span {
        let digits = self.span.of(text).bytes().take_while(u8::is_ascii_digit).count();
        Span::new(self.span.start, self.span.start + digits)
    }
}

/// The parts before a line's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// The quote marks with the white space before and one space after each; empty where there are none.
    pub(super) quote: Span,
    /// The first byte after quote marks and indentation.
    pub(super) body: usize,
    /// How many columns the indentation after the quote marks takes, a tab reaching to the next multiple of four.
    pub(super) column: usize,
    /// The marker, where the line starts a list item.
    pub(super) item: Option<ListItem>,
}

impl Shape {
    /// Reads one line, or the rest of one.
    pub(super) fn of(text: &str, line: Span) -> Self {
        let bytes = line.of(text).as_bytes();
        let mut quote = 0;
        loop {
            let mark = quote + blanks(bytes, quote);
            if bytes.get(mark) != Some(&b'>') {
                break;
            }
            quote = mark + 1 + usize::from(bytes.get(mark + 1) == Some(&b' '));
        }
        let mut column = 0;
        let mut body = quote;
        while let Some(&byte) = bytes.get(body) {
            column = match byte {
                b' ' => column + 1,
                b'\t' => (column / 4 + 1) * 4,
                _ => break,
            };
            body += 1;
        }
        let item = item(bytes, body).map(|item| ListItem {
            span: item.span.shifted(line.start),
            task: item.task.map(|task| task.shifted(line.start)),
            ..item
        });
        Self { quote: Span::new(line.start, line.start + quote), body: line.start + body, column, item }
    }

    /// The indentation after the quote marks, in bytes of the text.
    pub(super) fn indentation(&self) -> Span {
        Span::new(self.quote.end, self.body)
    }

    /// The column at which content of this item stands; `None` for a line that starts no item.
    pub(super) fn content_column(&self) -> Option<usize> {
        self.item.map(|item| self.column + item.width)
    }

    /// The byte at which the words start, after every mark.
    pub(super) fn content(&self) -> usize {
        self.item.map_or(self.body, |item| item.content())
    }
}

/// How many spaces and tabs stand from `at` on.
fn blanks(bytes: &[u8], at: usize) -> usize {
    bytes.iter().skip(at).take_while(|&&b| matches!(b, b' ' | b'\t')).count()
}

/// The list marker that starts at `at`, in bytes of the line.
fn item(bytes: &[u8], at: usize) -> Option<ListItem> {
    let (marker, length) = match *bytes.get(at)? {
        bullet @ (b'-' | b'*' | b'+') => (Marker::Bullet(char::from(bullet)), 1),
        b'0'..=b'9' => {
            let digits = bytes.iter().skip(at).take(10).take_while(|b| b.is_ascii_digit()).count();
            let delimiter = *bytes.get(at + digits)?;
            // Nine digits are CommonMark's limit, and keep the next number in range.
            if digits > 9 || !matches!(delimiter, b'.' | b')') {
                return None;
            }
            let value = bytes.iter().skip(at).take(digits).fold(0, |value, b| value * 10 + u32::from(b - b'0'));
            (Marker::Number(value, char::from(delimiter)), digits + 1)
        }
        _ => return None,
    };
    let after = at + length;
    let space = blanks(bytes, after);
    if space == 0 || is_rule(bytes.get(at..).unwrap_or_default()) {
        return None;
    }
    let empty = after + space == bytes.len();
    // Four spaces more are an indented code block inside the item, whose content starts one space after the marker.
    let content = after + if space > 4 && !empty { 1 } else { space };
    let width = length + if empty { 1 } else { content - after };
    let task = match bytes.get(content..content + 3) {
        Some(b"[ ]" | b"[x]" | b"[X]") => {
            let space = blanks(bytes, content + 3);
            let end = content + 3 + space;
            (space > 0 || end == bytes.len()).then_some(Span::new(content, end))
        }
        _ => None,
    };
    Some(ListItem { marker, span: Span::new(at, content), task, width })
}

/// Whether the line is a thematic break: three or more of one of `-*_`, and nothing else but white space.
pub(super) fn is_rule(line: &[u8]) -> bool {
    let mut marks = line.iter().filter(|b| !b.is_ascii_whitespace());
    let Some(&first @ (b'-' | b'*' | b'_')) = marks.next() else { return false };
    let mut count = 1;
    marks.all(|&b| {
        count += 1;
        b == first
    }) && count >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(line: &str) -> Shape {
        Shape::of(line, Span::new(0, line.len()))
    }

    #[test]
    fn markers_have_a_kind_a_width_and_a_box() {
        let item = shape("> >  10. [x] é").item.expect("an item");
        assert_eq!(item.marker, Marker::Number(10, '.'));
        assert_eq!((item.width, item.span, item.task), (4, Span::new(5, 9), Some(Span::new(9, 13))));
        assert_eq!(shape("> >  10. a").quote, Span::new(0, 4));
        assert_eq!(shape("> >  10. a").column, 1);
        assert_eq!(shape("\t- a").column, 4);
        assert_eq!(shape("-   a").content_column(), Some(4));
        assert_eq!(shape("-    ").content_column(), Some(2));
        assert_eq!(shape("-      a").content_column(), Some(2));
    }

    #[test]
    fn what_only_looks_like_an_item_is_none() {
        for line in ["-a", "**b** c", "- - -", "* * *", "---", "1.a", "1234567890. a", "-", "2024 was", "", "_ a"] {
            assert_eq!(shape(line).item, None, "{line}");
        }
    }
}
