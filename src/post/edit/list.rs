//! Lists of texts as they are written. In: the source of a list, and its new texts. Out: the new source; the style, the
//! comments and the unchanged items stay as they are written. Neighbours: `edit.rs`; `checks/` asks where the items
//! stand.

use std::ops::Range;

use super::scalar_text;
use crate::post::yaml::{Style, quote_end};
use crate::text::Span;

/// One item: a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ScalarItem {
    /// The scalar, quotes included.
    pub span: Span,
    /// How it is written.
    pub style: Style,
}

/// A list of scalars on lines of their own, or in brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ListSource {
    /// In brackets.
    Flow(Vec<ScalarItem>),
    /// With dashes: each item, and its lines from the one of its dash to the one of the next.
    Block(Vec<(ScalarItem, Span)>),
}

impl ListSource {
    /// Finds the items of the list at `value`; `None` where it is no list of scalars, each on one line.
    pub fn read(text: &str, value: Span) -> Option<Self> {
        match value.of(text).as_bytes().first()? {
            b'[' => flow(text, value).map(Self::Flow),
            b'-' => block(text, value).map(Self::Block),
            _ => None,
        }
    }

    /// The items in order.
    pub fn items(&self) -> Vec<ScalarItem> {
        match self {
            Self::Flow(items) => items.clone(),
            Self::Block(items) => items.iter().map(|(item, _)| *item).collect(),
        }
    }

    /// The edit that changes the texts of the list from `old` to `new`, which is not empty: the bytes to replace, and
    /// their replacement.
    pub fn edit(&self, text: &str, old: &[String], new: &[String], line_end: &str) -> Option<(Span, String)> {
        let same = |pair: &(&String, &String)| pair.0 == pair.1;
        let first = old.iter().zip(new).take_while(same).count();
        let shortest = old.len().min(new.len());
        let last = old.iter().rev().zip(new.iter().rev()).take_while(same).count().min(shortest - first);
        let (from, to) = (first, old.len().checked_sub(last)?);
        let new = new.get(first..new.len().checked_sub(last)?)?;
        if from == to && new.is_empty() {
            return Some((Span::at(self.items().first()?.span.start), String::new()));
        }
        match self {
            Self::Flow(items) => flow_edit(text, items, from..to, new),
            Self::Block(items) => block_edit(text, items, from..to, new, line_end),
        }
    }
}

/// The scalar at `at` on the line that ends at `end`, and where it ends.
fn scalar(text: &str, at: usize, end: usize, stops: &[char]) -> Option<ScalarItem> {
    let rest = text.get(at..end)?;
    let (length, style) = match rest.as_bytes().first()? {
        b'"' => (quote_end(text, at).checked_sub(at)?, Style::DoubleQuoted),
        b'\'' => (quote_end(text, at).checked_sub(at)?, Style::SingleQuoted),
        b'[' | b'{' | b'*' | b'&' | b'!' | b'|' | b'>' | b'#' => return None,
        _ => {
            let end = rest.find(stops).unwrap_or(rest.len());
            let end = rest.get(..end)?.find(" #").unwrap_or(end);
            let content = rest.get(..end)?.trim_end();
            // A list or a mapping within the list.
            if content.starts_with("- ")
                || content.starts_with("? ")
                || content.contains(": ")
                || content.ends_with(':')
            {
                return None;
            }
            (content.len(), Style::Plain)
        }
    };
    let span = Span::new(at, at + length);
    (span.end <= end && length > 0).then_some(ScalarItem { span, style })
}

fn flow(text: &str, value: Span) -> Option<Vec<ScalarItem>> {
    let close = value.end.checked_sub(1).filter(|_| value.of(text).ends_with(']') && value.len() >= 2)?;
    let mut items = Vec::new();
    let mut at = value.start + 1;
    let mut separated = true;
    while at < close {
        let rest = text.get(at..close)?;
        match rest.as_bytes().first()? {
            b' ' | b'\t' | b'\n' | b'\r' => at += 1,
            b'#' => at += rest.find('\n').unwrap_or(rest.len()),
            b',' if !separated => {
                separated = true;
                at += 1;
            }
            _ if separated => {
                let line = at + rest.find(['\n', '\r']).unwrap_or(rest.len());
                let item = scalar(text, at, line, &[',', ']', '[', '{', '}'])?;
                at = item.span.end;
                items.push(item);
                separated = false;
            }
            _ => return None,
        }
    }
    Some(items)
}

fn block(text: &str, value: Span) -> Option<Vec<(ScalarItem, Span)>> {
    let line_start = text.get(..value.start)?.rfind('\n').map_or(0, |newline| newline + 1);
    let column = value.start - line_start;
    text.get(line_start..value.start)?.bytes().all(|b| b == b' ').then_some(())?;
    let mut items: Vec<(ScalarItem, Span)> = Vec::new();
    let mut at = line_start;
    while at < value.end {
        let rest = text.get(at..)?;
        let length = rest.find('\n').unwrap_or(rest.len());
        let next = (at + length + 1).min(text.len());
        let line = rest.get(..length)?.trim_end();
        let indent = line.len() - line.trim_start_matches(' ').len();
        let content = line.get(indent..)?;
        if content.is_empty() || content.starts_with('#') {
            items.last_mut()?.1.end = next;
        } else {
            let after = content.strip_prefix('-').filter(|_| indent == column)?;
            let gap = after.len() - after.trim_start_matches(' ').len();
            if gap == 0 {
                return None;
            }
            let item = scalar(text, at + indent + 1 + gap, at + line.len(), &[])?;
            items.push((item, Span::new(at, next)));
        }
        at = next;
    }
    Some(items)
}

fn flow_edit(text: &str, items: &[ScalarItem], old: Range<usize>, new: &[String]) -> Option<(Span, String)> {
    let separator = match items {
        [one, two, ..] => Span::new(one.span.end, two.span.start).of(text),
        _ => ", ",
    };
    let separator = if separator.contains(['\n', '#']) { ", " } else { separator };
    let write = |text: &String| scalar_text::shortest(text, true);
    let changed = items.get(old.clone())?;
    if let (Some(first), Some(last), false) = (changed.first(), changed.last(), new.is_empty()) {
        // Item by item in the same places. Further new items are added after them; further old ones are left out.
        let mut out = String::new();
        for (index, value) in new.iter().enumerate() {
            if index > 0 {
                let between = changed.get(index - 1..=index).and_then(|two| match two {
                    [one, two] => text.get(one.span.end..two.span.start),
                    _ => None,
                });
                out.push_str(between.unwrap_or(separator));
            }
            let style = changed.get(index).map(|item| item.style);
            out.push_str(&scalar_text::candidates(value, style, true).swap_remove(0));
        }
        return Some((Span::new(first.span.start, last.span.end), out));
    }
    if let (Some(first), Some(last)) = (changed.first(), changed.last()) {
        // The items are removed with the separator before them. The first items have none: then the one after them
        // goes.
        let span = match (old.start.checked_sub(1).and_then(|before| items.get(before)), items.get(old.end)) {
            (Some(before), _) => Span::new(before.span.end, last.span.end),
            (None, Some(after)) => Span::new(first.span.start, after.span.start),
            (None, None) => return None,
        };
        return Some((span, String::new()));
    }
    let written: Vec<String> = new.iter().map(write).collect();
    let written = written.join(separator);
    Some(match (old.start.checked_sub(1).and_then(|before| items.get(before)), items.get(old.end)) {
        (Some(before), _) => (Span::at(before.span.end), [separator, &written].concat()),
        (None, Some(after)) => (Span::at(after.span.start), [&written, separator].concat()),
        (None, None) => return None,
    })
}

fn block_edit(
    text: &str,
    items: &[(ScalarItem, Span)],
    old: Range<usize>,
    new: &[String],
    line_end: &str,
) -> Option<(Span, String)> {
    let (first, first_lines) = items.first()?;
    let lead = text.get(first_lines.start..first.span.start)?;
    let changed = items.get(old.clone())?;
    let span = match (changed.first(), changed.last()) {
        (Some((_, first)), Some((_, last))) => Span::new(first.start, last.end),
        _ => match items.get(old.start) {
            Some((_, lines)) => Span::at(lines.start),
            None => Span::at(items.last()?.1.end),
        },
    };
    let mut out = String::new();
    for (index, value) in new.iter().enumerate() {
        match changed.get(index) {
            Some((item, lines)) => {
                out.push_str(text.get(lines.start..item.span.start)?);
                out.push_str(&scalar_text::candidates(value, Some(item.style), false).swap_remove(0));
                out.push_str(text.get(item.span.end..lines.end)?);
            }
            None => {
                out.push_str(lead);
                out.push_str(&scalar_text::shortest(value, false));
                out.push_str(line_end);
            }
        }
    }
    Some((span, out))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(list: &str, old: &[&str], new: &[&str]) -> String {
        let start = list.find(['[', '-']).expect("a list");
        let source = ListSource::read(list, Span::new(start, list.trim_end().len())).expect("a list of scalars");
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let (span, text) = source.edit(list, &owned(old), &owned(new), "\n").expect("an edit");
        [&list[..span.start], &text, &list[span.end..]].concat()
    }

    #[test]
    fn items_in_brackets() {
        let list = "[a,  \"b\",  c]";
        let old = ["a", "b", "c"];
        assert_eq!(edited(list, &old, &["a", "x", "c"]), "[a,  \"x\",  c]");
        assert_eq!(edited(list, &old, &["a", "b", "c", "d e"]), "[a,  \"b\",  c,  d e]");
        assert_eq!(edited(list, &old, &["b", "c"]), "[\"b\",  c]");
        assert_eq!(edited(list, &old, &["a", "b"]), "[a,  \"b\"]");
        assert_eq!(edited(list, &old, &["z", "a", "b", "c"]), "[z,  a,  \"b\",  c]");
        assert_eq!(edited("[a]", &["a"], &["x, y"]), "[\"x, y\"]");
        assert_eq!(edited("[ a # why\n , b ]", &["a", "b"], &["a", "c"]), "[ a # why\n , c ]");
    }

    #[test]
    fn items_with_dashes() {
        let list = "  -  a # one\n  # before b\n  - 'b'\n  - c\n";
        let old = ["a", "b", "c"];
        assert_eq!(edited(list, &old, &["a", "it's", "c"]), "  -  a # one\n  # before b\n  - 'it''s'\n  - c\n");
        assert_eq!(edited(list, &old, &["a", "b"]), "  -  a # one\n  # before b\n  - 'b'\n");
        assert_eq!(
            edited(list, &old, &["a", "b", "c", "yes"]),
            "  -  a # one\n  # before b\n  - 'b'\n  - c\n  -  \"yes\"\n"
        );
        assert_eq!(edited(list, &old, &["b", "c"]), "  - 'b'\n  - c\n");
    }

    #[test]
    fn what_is_not_a_list_of_scalars_is_left_alone() {
        for list in ["[a, [b]]", "- a\n  b\n- c", "- - a", "[a b", "- {a: b}", "-\n  a", "[a,, b]"] {
            assert_eq!(ListSource::read(list, Span::new(0, list.len())), None, "{list}");
        }
    }
}
