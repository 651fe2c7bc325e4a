//! The outline: a document's headers. In: items. Out: level, text, id and place of each.
//! Neighbours: `html/numbering.rs` gives the ids; the outline panel and `commands/` read this.

use super::event::Item;
use super::html::{Numbering, header_text};
use super::{Options, html};
use crate::liquid::chip;
use crate::text::{Span, order};

/// A header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// The id that the page gives it.
    pub id: String,
    /// Its source in bytes of the body.
    pub span: Span,
}

/// The headers of a document in the order of the source.
pub fn outline(body: &str, items: &[Item<'_>], options: &Options) -> Vec<Heading> {
    of(items, &html::Numbering::new(body, items, options))
}

/// The same from a numbering that is there already.
pub(crate) fn of(items: &[Item<'_>], numbering: &Numbering<'_>) -> Vec<Heading> {
    let mut headings: Vec<_> = numbering
        .headers
        .iter()
        .map(|header| {
            let mut text = String::new();
            header_text(items.get(header.content.0..header.content.1).unwrap_or(&[]), true, &mut text);
            let text = if chip::any(&text) { chip::plain(&text) } else { text };
            Heading { level: header.level, text: text.trim().to_owned(), id: header.id.clone(), span: header.span }
        })
        .collect();
    // Headers in footnotes are numbered last, wherever they stand.
    order::sort_by_key(&mut headings, |heading| heading.span.start as u128);
    headings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    #[test]
    fn the_outline_has_level_text_id_and_place() {
        let options = Options::of(Dialect::Jekyll);
        let body = "# A *b*\n\ntext\n\n> ## A `b`\n\n## Own {#mine}\n";
        let outline = outline(body, &parse(body, &options), &options);
        let short: Vec<_> = outline.iter().map(|h| (h.level, h.text.as_str(), h.id.as_str())).collect();
        assert_eq!(short, [(1, "A b", "a-b"), (2, "A b", "a-b-1"), (2, "Own", "mine")]);
        assert!(outline.iter().all(|heading| heading.span.of(body).starts_with('#')));
    }
}
