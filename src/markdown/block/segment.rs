//! A document cut into its top-level blocks. In: items. Out: ranges of items, what they contain, where they stand.
//! Neighbours: `mod.rs` renders them one by one; `raw_html/` reads the tags that join several blocks into one.

use crate::markdown::event::{CowStr, Event, Item, Tag};
use crate::markdown::html::{NumberingCounts, element_end, joined};
use crate::markdown::raw_html::{Markup, Tokenizer, ends_paragraph, is_raw_text};
use crate::markdown::token::is_void;
use crate::text::Span;

/// One or more top-level elements that can only be rendered together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// The range of the document's items.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The numbers of headers and footnote references before it, and up to its end.
    pub(super) before: NumberingCounts,
    pub(super) after: NumberingCounts,
    /// Bytes of the body.
    pub(super) span: Span,
    /// Whether it shows the table of contents.
    pub(super) has_toc: bool,
}

/// How many open elements an end tag is compared with.
const REACH: usize = 512;

/// Cuts a document into segments. The second value is whether each segment ends all raw HTML that it starts, so that none
/// could be joined with another. Footnote definitions are no segments: their section is rendered separately.
pub(super) fn segments(body: &str, items: &[Item<'_>]) -> (Vec<Segment>, bool) {
    let mut pieces: Vec<Segment> = Vec::new();
    let mut ties = Ties::default();
    let mut counts = NumberingCounts::default();
    let mut index = 0;
    let mut apart = true;
    while let Some(item) = items.get(index) {
        let start = index;
        let has_toc;
        let before = counts;
        match &item.event {
            Event::Start(Tag::FootnoteDefinition(_), _) => {
                index = element_end(items, index);
                continue;
            }
            // They show nothing in the page.
            Event::BlankLine | Event::FootnotesPlace => {
                index += 1;
                continue;
            }
            Event::Start(..) => (index, has_toc) = read_element(items, index, &mut counts, &mut ties, pieces.len()),
            other => {
                counts.references += usize::from(matches!(other, Event::FootnoteReference(_)));
                has_toc = matches!(other, Event::Toc { .. });
                index += 1;
            }
        }
        let raw = match &item.event {
            Event::Start(Tag::HtmlBlock, _) => Some(joined(body, items.get(start..index).unwrap_or(&[])).0),
            Event::Html(html) | Event::InlineHtml(html) | Event::Verbatim(html) => Some((&**html).into()),
            _ => None,
        };
        if let Some(html) = raw {
            ties.read(&html, pieces.len());
            apart &= ties.open.is_empty();
        }
        pieces.push(Segment { start, end: index, before, after: counts, span: item.span, has_toc });
    }
    (ties.tie(pieces), apart)
}

/// Reads the element that starts at `start`: counts its headers and references, and tells `ties` about end tags in it.
/// Returns the index after it, and whether it holds the table of contents.
fn read_element(
    items: &[Item<'_>],
    start: usize,
    counts: &mut NumberingCounts,
    ties: &mut Ties,
    segment: usize,
) -> (usize, bool) {
    let in_paragraph = matches!(items.get(start).map(|item| &item.event), Some(Event::Start(Tag::Paragraph, _)));
    let mut index = start;
    let mut has_toc = false;
    let mut depth = 0usize;
    while let Some(item) = items.get(index) {
        match &item.event {
            Event::Start(Tag::FootnoteDefinition(_), _) => {
                index = element_end(items, index);
                continue;
            }
            Event::Start(tag, _) => {
                depth += 1;
                counts.headers += usize::from(matches!(tag, Tag::Heading(_)));
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::FootnoteReference(_) => counts.references += 1,
            Event::Toc { .. } => has_toc = true,
            Event::InlineHtml(tag) if in_paragraph => ties.end_of_block(tag, segment),
            _ => {}
        }
        index += 1;
        if depth == 0 {
            break;
        }
    }
    (index, has_toc)
}

/// Which segments stand in one element of raw HTML, whose start and end tags are in different segments.
#[derive(Default)]
struct Ties {
    /// The open elements: name, and the index of the segment with the start tag.
    open: Vec<(CowStr<'static>, usize)>,
    foreign: usize,
    /// The first and last segment of each element that spans several.
    spans: Vec<(usize, usize)>,
}

impl Ties {
    fn read(&mut self, html: &str, piece: usize) {
        let mut tokenizer = Tokenizer::new(html);
        while let Some(markup) = tokenizer.next() {
            match markup {
                Markup::Start { name, self_closing, .. } => {
                    let name = name.to_ascii_lowercase();
                    let foreign = matches!(name.as_str(), "svg" | "math");
                    if self.foreign == 0 && is_raw_text(&name) {
                        tokenizer.raw_text(&name);
                    } else if !(is_void(&name) || name == "p" || self_closing && (foreign || self.foreign > 0)) {
                        self.foreign += usize::from(foreign);
                        self.open.push((name.into(), piece));
                    }
                }
                Markup::End(name) => self.close(name, piece),
                _ => {}
            }
        }
    }

    /// Reads an end tag in a paragraph. It counts only if it ends a block element.
    fn end_of_block(&mut self, tag: &str, piece: usize) {
        if !self.open.is_empty()
            && let Some(Markup::End(name)) = tag.starts_with("</").then(|| Tokenizer::new(tag).next()).flatten()
            && ends_paragraph(&name.to_ascii_lowercase())
        {
            self.close(name, piece);
        }
    }

    fn close(&mut self, name: &str, piece: usize) {
        let found = self.open.iter().rev().take(REACH).position(|(open, _)| open.eq_ignore_ascii_case(name));
        let Some(found) = found.map(|above| self.open.len() - 1 - above) else { return };
        for (open, first) in self.open.drain(found..) {
            self.foreign -= usize::from(matches!(&*open, "svg" | "math"));
            if first < piece && open.eq_ignore_ascii_case(name) {
                self.spans.push((first, piece));
            }
        }
    }

    /// The segments, with those joined that stand in one element.
    fn tie(self, pieces: Vec<Segment>) -> Vec<Segment> {
        if self.spans.is_empty() {
            return pieces;
        }
        // For each segment, the change in the number of elements that span it and the segment before.
        let mut changes = vec![0i64; pieces.len() + 1];
        for (first, last) in self.spans {
            if let Some(change) = changes.get_mut(first + 1) {
                *change += 1;
            }
            if let Some(change) = changes.get_mut(last + 1) {
                *change -= 1;
            }
        }
        let mut tied: Vec<Segment> = Vec::with_capacity(pieces.len());
        let mut over = 0;
        for (piece, change) in pieces.into_iter().zip(changes) {
            over += change;
            match tied.last_mut().filter(|_| over > 0) {
                Some(before) => {
                    before.end = piece.end;
                    before.after = piece.after;
                    before.span = Span::new(before.span.start, piece.span.end);
                    before.has_toc |= piece.has_toc;
                }
                None => tied.push(piece),
            }
        }
        tied
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, Options, parse};

    fn cut(body: &str) -> Vec<&str> {
        let items = parse(body, &Options::of(Dialect::GitHub));
        segments(body, &items).0.iter().map(|segment| segment.span.of(body).trim_end()).collect()
    }

    #[test]
    fn paragraphs_lists_and_rules_are_blocks() {
        assert_eq!(cut("a\nb\n\n- c\n\n- d\n\n***\n\n# e\n"), ["a\nb", "- c\n\n- d", "***", "# e"]);
    }

    #[test]
    fn an_element_around_blocks_makes_them_one() {
        assert_eq!(cut("a\n\n<div>\n\nb\n\n</div>\n\nc\n"), ["a", "<div>\n\nb\n\n</div>", "c"]);
        assert_eq!(
            cut("<details><summary>x</summary>\n\n<div>\n\na\n\n</div>\n\n</details>\n\nb"),
            ["<details><summary>x</summary>\n\n<div>\n\na\n\n</div>\n\n</details>", "b"]
        );
    }

    #[test]
    fn an_end_tag_at_the_end_of_a_paragraph_counts() {
        assert_eq!(cut("<details>\n\na</details>\n\nb\n"), ["<details>\n\na</details>", "b"]);
        assert_eq!(cut("<b>\n\na</b>\n\nb\n"), ["<b>", "a</b>", "b"]);
    }

    #[test]
    fn what_never_closes_ties_nothing() {
        assert_eq!(cut("<div>\n\na\n\nb\n"), ["<div>", "a", "b"]);
        assert_eq!(cut("<p>\n\na\n\n</p>\n"), ["<p>", "a", "</p>"]);
        assert_eq!(cut("<br>\n\na\n\n</br>\n"), ["<br>", "a", "</br>"]);
        assert_eq!(cut("</div>\n\na\n\n<div>\n"), ["</div>", "a", "<div>"]);
    }

    #[test]
    fn footnotes_definitions_are_no_blocks_and_references_are_counted() {
        let body = "a[^1]\n\n[^1]: b\n\n# c[^1]\n\nd\n";
        let items = parse(body, &Options::default());
        let all = segments(body, &items).0;
        assert_eq!(all.len(), 3);
        assert_eq!(all.last().map(|last| last.before), Some(NumberingCounts { headers: 1, references: 2 }));
    }
}
