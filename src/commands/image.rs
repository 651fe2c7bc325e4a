//! Images: `![description](address)`. In: a snapshot. Out: an edit. Neighbours: `link.rs`, which is alike.

use super::Snapshot;
use super::changes::{Bias, Changes};
use super::inline::{is_escaped, links};
use super::link::{address, wrap_text};
use super::segment::{SelectedSegment, pieces, segment_at};
use crate::text::{Edit, Span};

/// Puts an image at the caret, with the caret where its description goes. A selection becomes the description, with the
/// caret where the address goes; a selected address becomes the address. Declines inside an image and over several
/// paragraphs.
pub fn image(snapshot: &Snapshot) -> Option<Edit> {
    snapshot.selected()?;
    let Snapshot { text, selection } = *snapshot;
    let SelectedSegment { segment, span } = if selection.is_empty() {
        SelectedSegment { segment: segment_at(text, selection.start), span: selection }
    } else {
        match pieces(snapshot)[..] {
            [piece] => piece,
            _ => return None,
        }
    };
    let inside = links(segment.of(text)).into_iter().filter(|link| link.image).any(|link| {
        let whole = link.whole.shifted(segment.start);
        (whole.start < span.start && span.end < whole.end) || (!span.is_empty() && whole == span)
    });
    if inside || is_escaped(text, span.start) || is_escaped(text, span.end) {
        return None;
    }
    let mut changes = Changes::new(text);
    if let Some(address) = address(span.of(text)) {
        changes.replace(span, ["![](", &address, ")"].concat());
        return changes.edit(Span::at(span.start + 2));
    }
    wrap_text(&mut changes, span, "![", "](", "");
    let caret = if span.is_empty() { span.start + 2 } else { changes.position(span.end, Bias::After) - 1 };
    changes.edit(Span::at(caret))
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn the_caret_goes_where_something_is_missing() {
        check(
            image,
            &[
                ("a | b", "a ![|]() b"),
                ("a |é b|", "a ![é b](|)"),
                ("|https://a.example/b.png|", "![|](https://a.example/b.png)"),
            ],
        );
    }

    #[test]
    fn images_do_not_nest() {
        declines(image, &["![a|b](c)", "|![a](b)|", "|a\n\nb|"]);
    }
}
