//! A link or an image in its parts, for a dialog. In: a snapshot, and what somebody entered. Out: what stands there, and an
//! edit. Neighbours: `link.rs` and `image.rs` write one without asking; `inline.rs` finds those that are there.

use super::changes::Changes;
use super::inline::{InlineLink, is_escaped, links};
use super::link::{address, address_start, brackets_to_escape, encoded, liquid_len};
use super::segment::{SelectedSegment, pieces, segment_at};
use super::{Snapshot, wrap};
use crate::text::{Edit, Span};

/// Which of the two it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `[words](address "title")`.
    Link,
    /// `![description](address "title")`.
    Image,
}

/// The parts, as they stand in the text or are entered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkFields {
    /// The words of a link, the description of an image: Markdown, in one line.
    pub words: String,
    /// The address. It may hold tags and outputs of Liquid.
    pub address: String,
    /// What is shown when the pointer rests there; may be empty.
    pub title: String,
}

/// What a dialog begins with: the link or image that the selection stands in or is; else the words that are selected, or
/// those at the caret of a link; a selected address is the address. Whether there is one already.
pub fn link_fields(snapshot: &Snapshot, kind: LinkKind) -> (LinkFields, bool) {
    let text = snapshot.text;
    let (span, link) = place(snapshot, kind);
    match link {
        Some(link) => (fields_of(text, link), true),
        None => {
            let words = span.of(text);
            match address(words) {
                Some(address) => (LinkFields { address, ..LinkFields::default() }, false),
                None => (LinkFields { words: in_one_line(words), ..LinkFields::default() }, false),
            }
        }
    }
}

/// Writes what was entered, in place of what [`link_fields`] began with; the caret goes behind it. `None` where there is
/// nothing to write, or it stands there already.
///
/// Brackets that have no partner get a backslash. In the address spaces and signs that would end it are percent-encoded,
/// outside of Liquid's tags. A quote in the title becomes `&quot;`, as kramdown ends a title at the last quote.
pub fn write_link(snapshot: &Snapshot, kind: LinkKind, fields: &LinkFields) -> Option<Edit> {
    let text = snapshot.text;
    let (span, link) = place(snapshot, kind);
    let (words, address) = (in_one_line(fields.words.trim()), encoded(fields.address.trim(), true));
    if words.is_empty() && address.is_empty() {
        return None;
    }
    let span = link.map_or(span, |link| link.whole);
    let title = in_one_line(fields.title.trim()).replace('"', "&quot;");
    let written = if kind == LinkKind::Link && words.is_empty() && title.is_empty() && address_start(&address) {
        ["<", &address, ">"].concat()
    } else {
        let words = if words.is_empty() && kind == LinkKind::Link { &address } else { &words };
        let mark = if kind == LinkKind::Image { "![" } else { "[" };
        let title = if title.is_empty() { String::new() } else { [" \"", &title, "\""].concat() };
        [mark, &in_brackets(words), "](", &address, &title, ")"].concat()
    };
    let mut changes = Changes::new(text);
    let end = span.start + written.len();
    changes.replace(span, written);
    changes.edit(Span::at(end))
}

/// Where it goes, and the one that is there.
fn place(snapshot: &Snapshot, kind: LinkKind) -> (Span, Option<InlineLink>) {
    let Snapshot { text, selection } = *snapshot;
    if snapshot.selected().is_none() {
        return (Span::at(text.len()), None);
    }
    let piece = match pieces(snapshot)[..] {
        _ if selection.is_empty() => {
            let word = if kind == LinkKind::Link { wrap::word_at(text, selection.start) } else { None };
            SelectedSegment { segment: segment_at(text, selection.start), span: word.unwrap_or(selection) }
        }
        [piece] => piece,
        // Over several paragraphs there is no link: a new one stands behind them.
        _ => return (Span::at(selection.end), None),
    };
    let SelectedSegment { segment, span } = piece;
    let link = links(segment.of(text))
        .into_iter()
        .filter(|link| link.image == (kind == LinkKind::Image))
        .map(|link| InlineLink {
            whole: link.whole.shifted(segment.start),
            text: link.text.shifted(segment.start),
            ..link
        })
        .find(|link| {
            let Span { start, end } = if selection.is_empty() { selection } else { span };
            (link.whole.start < start && end < link.whole.end) || (start < end && link.whole == span)
        });
    (span, link)
}

fn fields_of(text: &str, link: InlineLink) -> LinkFields {
    // Between `](` and `)`.
    let inner = Span::new(link.text.end + 2, link.whole.end - 1).of(text).trim();
    let (address, rest) = match inner.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        Some(parts) => parts,
        None => inner.split_at(address_end(inner)),
    };
    let rest = rest.trim();
    let title = ['"', '\''].into_iter().find_map(|quote| {
        let inner = rest.strip_prefix(quote)?.strip_suffix(quote)?;
        (rest.len() > 1).then(|| inner.replace("&quot;", "\""))
    });
    let words = in_one_line(link.text.of(text));
    match title {
        None if !rest.is_empty() => LinkFields { words, address: inner.to_owned(), title: String::new() },
        title => LinkFields { words, address: address.to_owned(), title: title.unwrap_or_default() },
    }
}

/// Where the first space stands that is in no tag of Liquid's.
fn address_end(inner: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = inner.get(at..) {
        let Some(next) = rest.find(|c: char| c == '{' || c.is_whitespace()) else { break };
        at += next;
        match liquid_len(inner.get(at..).unwrap_or("")) {
            Some(len) => at += len,
            None if inner.get(at..).is_some_and(|rest| rest.starts_with('{')) => at += 1,
            None => return at,
        }
    }
    inner.len()
}

fn in_brackets(words: &str) -> String {
    let mut written = words.to_owned();
    for at in brackets_to_escape(words).into_iter().rev() {
        written.insert(at, '\\');
    }
    // A backslash at the end would be one of the bracket's.
    if is_escaped(&written, written.len()) {
        written.push('\\');
    }
    written
}

fn in_one_line(words: &str) -> String {
    words.replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::caret::run;
    use super::*;

    fn fields(words: &str, address: &str, title: &str) -> LinkFields {
        LinkFields { words: words.into(), address: address.into(), title: title.into() }
    }

    fn begins(marked: &str, kind: LinkKind) -> (LinkFields, bool) {
        let start = marked.find('|').expect("a caret");
        let end = marked.rfind('|').expect("a caret");
        let text = marked.replace('|', "");
        let end = if end > start { end - 1 } else { end };
        link_fields(&Snapshot { text: &text, selection: Span::new(start, end) }, kind)
    }

    #[test]
    fn a_dialog_begins_with_what_is_there() {
        for (text, expected, is_there) in [
            ("a |b c| d", fields("b c", "", ""), false),
            ("a wo|rd", fields("word", "", ""), false),
            ("a | d", fields("", "", ""), false),
            ("|a\nb|", fields("a b", "", ""), false),
            ("|https://a.example/b|", fields("", "https://a.example/b", ""), false),
            ("see [the| words](/b \"A title\")", fields("the words", "/b", "A title"), true),
            ("see |[the words](<a b> 'A title')|", fields("the words", "a b", "A title"), true),
            ("[a|](b \"it is &quot;so&quot;\")", fields("a", "b", "it is \"so\""), true),
            ("[a|]({% post_url 2020-01-02-b %} \"t\")", fields("a", "{% post_url 2020-01-02-b %}", "t"), true),
            ("[a|]({{ site.baseurl }}/b)", fields("a", "{{ site.baseurl }}/b", ""), true),
            ("[a|](b c d)", fields("a", "b c d", ""), true),
            ("[a|](b \")", fields("a", "b \"", ""), true),
            ("![a|](b)", fields("a", "", ""), false),
            ("|one\n\ntwo| three", fields("", "", ""), false),
        ] {
            assert_eq!(begins(text, LinkKind::Link), (expected, is_there), "{text}");
        }
        assert_eq!(begins("a wo|rd", LinkKind::Image), (fields("", "", ""), false));
        assert_eq!(begins("![a|](/b.png \"t\")", LinkKind::Image), (fields("a", "/b.png", "t"), true));
    }

    #[test]
    fn what_is_entered_is_written() {
        for (text, entered, kind, expected) in [
            ("a |b| c", fields("b", "/d", ""), LinkKind::Link, "a [b](/d)| c"),
            ("a wo|rd", fields("other words", "/d", "t"), LinkKind::Link, "a [other words](/d \"t\")|"),
            ("a |", fields("", "https://a.example", ""), LinkKind::Link, "a <https://a.example>|"),
            ("a |", fields("", "/d", ""), LinkKind::Link, "a [/d](/d)|"),
            ("|[a](b)| c", fields("x", "/d", "say \"so\""), LinkKind::Link, "[x](/d \"say &quot;so&quot;\")| c"),
            ("a |", fields("x] [y", "/d", ""), LinkKind::Link, "a [x\\] \\[y](/d)|"),
            ("a |", fields("x\\", "/d", ""), LinkKind::Link, "a [x\\\\](/d)|"),
            ("a |", fields("x", "/a b(c", ""), LinkKind::Link, "a [x](/a%20b%28c)|"),
            ("a |", fields("x", "{% link a b.md %}#c d", ""), LinkKind::Link, "a [x]({% link a b.md %}#c%20d)|"),
            ("a |b|", fields("b", "/i.png", ""), LinkKind::Image, "a ![b](/i.png)|"),
            ("a |", fields("", "/i.png", ""), LinkKind::Image, "a ![](/i.png)|"),
            ("![a|](b)", fields("a", "c", ""), LinkKind::Image, "![a](c)|"),
            ("|one\n\ntwo| three", fields("b", "/d", ""), LinkKind::Link, "one\n\ntwo[b](/d)| three"),
        ] {
            let written = run(|snapshot| write_link(snapshot, kind, &entered), text);
            assert_eq!(written.as_deref(), Some(expected), "{text} {entered:?}");
        }
        for kind in [LinkKind::Link, LinkKind::Image] {
            assert_eq!(run(|snapshot| write_link(snapshot, kind, &LinkFields::default()), "a |b|"), None);
        }
        assert_eq!(run(|snapshot| write_link(snapshot, LinkKind::Link, &fields("a", "b", "")), "[a|](b)"), None);
    }

    proptest! {
        #[test]
        fn any_place_takes_any_words(text in "[a-c\\[\\]()!\\\\{}%é \n]{0,30}", from in 0_usize..31, len in 0_usize..31,
            words in ".{0,8}", address in ".{0,8}", title in ".{0,8}") {
            let at = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let selection = Span::new(at(from), at(from + len));
            let snapshot = Snapshot { text: &text, selection };
            for kind in [LinkKind::Link, LinkKind::Image] {
                let _ = link_fields(&snapshot, kind);
                let entered = fields(&words, &address, &title);
                if let Some(edit) = write_link(&snapshot, kind, &entered) {
                    let new = edit.apply(&text);
                    prop_assert!(new.is_char_boundary(edit.selection.start));
                }
            }
        }

        /// What was written is what the dialog begins with, the next time.
        #[test]
        fn what_is_written_is_found_again(words in "[a-z]([a-z é*]{0,10}[a-z])?", address in "/[a-z0-9./]{0,12}", title in "([a-z]([a-z '\"]{0,8}[a-z])?)?") {
            for kind in [LinkKind::Link, LinkKind::Image] {
                let entered = fields(&words, &address, &title);
                let edit = write_link(&Snapshot { text: "", selection: Span::at(0) }, kind, &entered).expect("an edit");
                let text = edit.apply("");
                let inside = Snapshot { text: &text, selection: Span::at(2) };
                prop_assert_eq!(link_fields(&inside, kind), (entered, true), "{}", text);
            }
        }
    }
}
