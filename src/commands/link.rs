//! Links: `[text](address)`. In: a snapshot, for pasting what the clipboard holds. Out: an edit.
//! Neighbours: `inline.rs` finds links, `region.rs` keeps pasting out of code; `image.rs` is alike.

use super::changes::{Bias, Changes};
use super::inline::{InlineLink, code_spans, is_escaped, links};
use super::segment::{SelectedSegment, pieces, segment_at};
use super::{Snapshot, lines, region, wrap};
use crate::text::{Edit, Span};

/// Makes the selection or the word under the caret a link, with the caret where the address goes; a selected address
/// becomes the address, with the caret where the text goes. Inside a link, leaves only its text. Declines over several
/// paragraphs, and where the selection holds a link already, since links do not nest.
pub fn link(snapshot: &Snapshot) -> Option<Edit> {
    snapshot.selected()?;
    let Snapshot { text, selection } = *snapshot;
    let piece = if selection.is_empty() {
        let segment = segment_at(text, selection.start);
        SelectedSegment { segment, span: wrap::word_at(text, selection.start).unwrap_or(selection) }
    } else {
        one_piece(snapshot)?
    };
    let span = piece.span;
    let mut changes = Changes::new(text);
    if let Some(link) = link_around(text, &piece, selection) {
        changes.delete(Span::new(link.whole.start, link.text.start));
        changes.delete(Span::new(link.text.end, link.whole.end));
        let selection =
            Span::new(changes.position(link.text.start, Bias::After), changes.position(link.text.end, Bias::Before));
        return changes.edit(selection);
    }
    if has_link(span.of(text)) || is_escaped(text, span.start) || is_escaped(text, span.end) {
        return None;
    }
    if let Some(address) = address(span.of(text)) {
        changes.replace(span, ["[](", &address, ")"].concat());
        return changes.edit(Span::at(span.start + 1));
    }
    wrap_text(&mut changes, span, "[", "](", "");
    let caret = changes.position(span.end, Bias::After) - 1;
    let caret = if span.is_empty() { span.start + 1 } else { caret };
    changes.edit(Span::at(caret))
}

/// Pasting `pasted` over a selection: one http, https or mailto address makes a link of it, with the caret after it.
/// `None`, for the browser to paste as it is, where the clipboard holds anything else, nothing is selected, the
/// selection is an address or holds a link or a blank line or several items, or stands where no link can: in code, the
/// front matter, a tag, another link.
pub fn paste_link(snapshot: &Snapshot, pasted: &str) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let selected = snapshot.selected()?;
    let address = address(pasted)?;
    if address_start(selected.trim_start()) || has_link(selected) {
        return None;
    }
    let piece = one_piece(snapshot)?;
    let span = piece.span;
    let segment = piece.segment.of(text);
    let in_code = code_spans(segment).into_iter().any(|code| {
        let whole = code.whole().shifted(piece.segment.start);
        whole.start < span.end && span.start < whole.end && !(span.start <= whole.start && whole.end <= span.end)
    });
    let in_link = links(segment).into_iter().any(|link| {
        let whole = link.whole.shifted(piece.segment.start);
        whole.start < span.end && span.start < whole.end && !(span.start <= whole.start && whole.end <= span.end)
    });
    if is_escaped(text, span.start) || is_escaped(text, span.end) {
        return None;
    }
    if in_code || in_link || is_in_tag(text, span) || !region::is_prose(text, selection.start) {
        return None;
    }
    let mut changes = Changes::new(text);
    wrap_text(&mut changes, span, "[", "](", &address);
    let caret = changes.position(span.end, Bias::After);
    changes.edit(Span::at(caret))
}

/// Wraps a span as the text of a link or image; brackets in it that do not pair are escaped.
pub(super) fn wrap_text(changes: &mut Changes, span: Span, open: &str, middle: &str, address: &str) {
    let brackets = brackets_to_escape(span.of(changes.text()));
    if span.is_empty() {
        return changes.insert(span.start, [open, middle, address, ")"].concat());
    }
    changes.insert(span.start, open);
    // A bracket at the very start shares its place with the mark before it, which was put in first.
    for at in brackets {
        changes.insert(span.start + at, "\\");
    }
    changes.insert(span.end, [middle, address, ")"].concat());
}

/// The brackets that need a backslash within the brackets of a link, in bytes: all, unless they come in pairs.
pub(super) fn brackets_to_escape(inner: &str) -> Vec<usize> {
    let brackets: Vec<usize> =
        inner.match_indices(['[', ']']).map(|(at, _)| at).filter(|&at| !is_escaped(inner, at)).collect();
    let mut depth = 0_usize;
    let pairs = brackets.iter().all(|&at| {
        let opens = inner.as_bytes().get(at) == Some(&b'[');
        let fits = opens || depth > 0;
        depth = if opens { depth + 1 } else { depth.saturating_sub(1) };
        fits
    }) && depth == 0;
    if pairs { Vec::new() } else { brackets }
}

/// The one piece that is selected; `None` over several paragraphs or items.
fn one_piece(snapshot: &Snapshot) -> Option<SelectedSegment> {
    match pieces(snapshot)[..] {
        [piece] => Some(piece),
        _ => None,
    }
}

/// The smallest link that a selection or caret stands in or is.
fn link_around(text: &str, piece: &SelectedSegment, selection: Span) -> Option<InlineLink> {
    let by = piece.segment.start;
    links(piece.segment.of(text))
        .into_iter()
        .filter(|link| !link.image)
        .map(|link| InlineLink { whole: link.whole.shifted(by), text: link.text.shifted(by), image: false })
        .find(|link| {
            let Span { start, end } = if selection.is_empty() { selection } else { piece.span };
            let within = link.whole.start < start && end < link.whole.end;
            within || (start < end && link.whole == piece.span)
        })
}

/// Whether a text holds a whole link, not counting images.
fn has_link(text: &str) -> bool {
    links(text).iter().any(|link| !link.image)
}

/// Whether `text` begins as an address that pasting makes a link of.
pub fn address_start(text: &str) -> bool {
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// The text as a link's address, where it is nothing but one: what would end the address, start a tag of Liquid's, or
/// make a table of the line in kramdown is percent-encoded.
pub(super) fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.get(text.find(':')? + 1..)?;
    let bare = rest.trim_start_matches('/').is_empty();
    if !address_start(text) || bare || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return None;
    }
    Some(encoded(text, false))
}

/// An address as it may stand in the parentheses of a link. What stands in a tag or an output of Liquid's stays, where
/// that is asked for: the tag is gone when the link is read.
pub(super) fn encoded(text: &str, keeps_liquid: bool) -> String {
    let mut depth = 0_i32;
    let balanced = text.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0
    }) && depth == 0;
    let mut address = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        let kept = if keeps_liquid { liquid_len(rest) } else { None };
        let (first, after) = rest.split_at(kept.unwrap_or(char.len_utf8()));
        rest = after;
        let encoded = match char {
            _ if kept.is_some() => first,
            '(' if !balanced => "%28",
            ')' if !balanced => "%29",
            '<' => "%3C",
            '>' => "%3E",
            '"' => "%22",
            '\\' => "%5C",
            '`' => "%60",
            '{' => "%7B",
            '|' => "%7C",
            '}' => "%7D",
            char if char.is_control() => "",
            char if char.is_whitespace() => "%20",
            _ => first,
        };
        address.push_str(encoded);
    }
    address
}

/// The length in bytes of the tag or output of Liquid's that a text begins with, where it ends, too.
pub(super) fn liquid_len(text: &str) -> Option<usize> {
    [("{{", "}}"), ("{%", "%}")].into_iter().find_map(|(open, close)| {
        let rest = text.strip_prefix(open)?;
        rest.find(close).map(|at| open.len() + at + close.len())
    })
}

/// Whether a span stands in an HTML tag, a Liquid tag or output, or a link's definition (`[name]: address`).
fn is_in_tag(text: &str, span: Span) -> bool {
    let line = lines::line_at(text, span.start);
    let before = Span::new(line.start, span.start).of(text);
    let open = |open: &str, close: &str| before.rfind(open).is_some_and(|at| before.rfind(close) < Some(at));
    let html = before.rfind('<').is_some_and(|at| {
        let rest = before.get(at + 1..).unwrap_or("");
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && !rest.contains('>')
    });
    let definition = before.trim_start().starts_with('[') && before.contains("]:");
    html || definition || open("{%", "%}") || open("{{", "}}")
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines, run};
    use super::*;

    #[test]
    fn it_wraps_with_the_caret_on_the_address() {
        check(
            link,
            &[
                ("a |b|", "a [b](|)"),
                ("a| é |b", "a [é](|) b"),
                ("wo|rd", "[word](|)"),
                ("a | b", "a [|]() b"),
                ("|", "[|]()"),
                ("|https://a.example|", "[|](https://a.example)"),
                ("|- a|", "- [a](|)"),
                ("|![a](b)|", "[![a](b)](|)"),
                ("|a [b] c|", "[a [b] c](|)"),
                ("|a] [b|", "[a\\] \\[b](|)"),
                ("|]a|", "[\\]a](|)"),
            ],
        );
    }

    #[test]
    fn a_link_comes_off_again() {
        check(
            link,
            &[("[a](|)", "|a|"), ("[a |b| c](d)", "|a b c|"), ("x |[a](b)| y", "x |a| y"), ("[a](b|c)", "|a|")],
        );
    }

    #[test]
    fn links_do_not_nest_and_span_no_paragraphs() {
        declines(link, &["|a [b](c)|", "|a\n\nb|", "|- a\n- b|"]);
    }

    #[test]
    fn an_address_pasted_over_words_links_them() {
        let paste = |pasted: &'static str| move |snapshot: &Snapshot| paste_link(snapshot, pasted);
        check(
            paste("https://a.example/b"),
            &[
                ("see |this| now", "see [this](https://a.example/b)| now"),
                ("| é |", " [é](https://a.example/b)| "),
                ("|a\nb|", "[a\nb](https://a.example/b)|"),
                ("|`a`|", "[`a`](https://a.example/b)|"),
                ("> - |a|", "> - [a](https://a.example/b)|"),
            ],
        );
        check(paste("  mailto:a@b.example\n"), &[("|a|", "[a](mailto:a@b.example)|")]);
        check(paste("HTTP://a.example/(b)"), &[("|a|", "[a](HTTP://a.example/(b))|")]);
        check(paste("http://a.example/b)c{{d"), &[("|a|", "[a](http://a.example/b%29c%7B%7Bd)|")]);
        let pipe = run(|snapshot| paste_link(snapshot, "http://a.example/b\u{7C}c"), "|a|");
        assert_eq!(pipe.as_deref(), Some("[a](http://a.example/b%7Cc)|"));
    }

    #[test]
    fn anything_else_is_pasted_as_it_is() {
        for pasted in
            ["words", "https://a.example b", "https://", "mailto:", "ftp://a.example", "javascript:alert(1)", ""]
        {
            declines(|snapshot| paste_link(snapshot, pasted), &["|a|"]);
        }
        declines(
            |snapshot| paste_link(snapshot, "https://a.example"),
            &[
                "a|b",
                "|https://b.example|",
                "|https://|",
                "|a\n\nb|",
                "| |",
                "[a](|b|)",
                "[|a|](b)",
                "|[a](b)|",
                "`a |b| c`",
                "---\ntitle: |a|\n---\n",
                "```\n|a|\n```",
                "<a href=\"|a|\">",
                "{% link |a| %}",
                "[a]: |b|",
            ],
        );
    }
}
