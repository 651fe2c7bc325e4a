//! HTML of the text, read into the tree. In: a run of HTML, or one tag within a line. Out: tags and text for the tree.
//! Neighbours: `tokenizer.rs` cuts the run into tags and text, `tree.rs` builds the tree.

use std::borrow::Cow;

use super::entity::decode;
use super::implied;
use super::tokenizer::{AttributeReader, Markup, Tokenizer};
use super::tree::{TokenAttributes, TreeBuilder};
use crate::markdown::event::CowStr;
use crate::text::Span;

/// Where a run of HTML came from: (byte of the run, byte of the body) for each piece, in order.
pub(crate) type Origins<'m> = &'m [(usize, usize)];

/// Stands for the byte of the body, if a piece is not in the body as it is.
pub(crate) const NOWHERE: usize = usize::MAX;

/// How many attributes of one tag are read: more than real tags have, and few enough to compare each with each other.
const MOST_ATTRIBUTES: usize = 64;

/// The HTML that is being read.
#[derive(Clone, Copy)]
enum Source<'m> {
    /// A run between blocks.
    Run(Origins<'m>),
    /// One tag within a line, all of it here.
    Inline(Span),
}

impl<'a> TreeBuilder<'a> {
    /// Reads a run of HTML from the text. `origins` maps it to the body. If it is empty, the elements have no span.
    pub(crate) fn raw(&mut self, html: Cow<'a, str>, origins: Origins<'_>) {
        match html {
            Cow::Borrowed(html) => self.feed(html, |text| text.into(), Source::Run(origins)),
            Cow::Owned(html) => self.feed(&html, |text| CowStr::from(text).into_static(), Source::Run(origins)),
        }
    }

    /// Reads one tag in a line. The text after a raw-text element is not known here, unlike in a run: it becomes the
    /// content of the element when it is added.
    pub(crate) fn raw_inline(&mut self, html: &CowStr<'a>, span: Span) {
        match html {
            CowStr::Borrowed(html) => self.feed(html, |text| text.into(), Source::Inline(span)),
            other => self.feed(other, |text| CowStr::from(text).into_static(), Source::Inline(span)),
        }
    }

    /// `keep` turns a slice of the run into a text of the tree: borrowed if the slice lives long enough, otherwise a
    /// copy.
    fn feed<'t>(&mut self, html: &'t str, keep: fn(&'t str) -> CowStr<'a>, source: Source<'_>) {
        let mut tokenizer = Tokenizer::new(html);
        while let Some(markup) = tokenizer.next() {
            match markup {
                Markup::Text(text) => match decode(text, false) {
                    Cow::Borrowed(text) => self.text(keep(text)),
                    Cow::Owned(text) => self.text(text),
                },
                Markup::Literal(text) => self.text(keep(text)),
                Markup::Comment(text) => self.comment(keep(text)),
                Markup::End(name) => self.end_tag(&lower(name)),
                Markup::Start { name, attributes, self_closing, range } => {
                    let lowered = lower(name);
                    let foreign = self.in_foreign(&lowered);
                    let kept = match lowered {
                        Cow::Borrowed(_) => keep(name),
                        Cow::Owned(ref name) => CowStr::from(name.as_str()).into_static(),
                    };
                    let attributes = read_attributes(attributes, keep);
                    self.start_tag(kept, attributes, source.span(range), foreign && self_closing);
                    if !foreign {
                        self.text_of(&lowered, &mut tokenizer, keep, source);
                    }
                }
            }
        }
    }

    /// Reads the text of a raw-text element after its start tag. Tags in it are text.
    fn text_of<'t>(
        &mut self,
        name: &str,
        tokenizer: &mut Tokenizer<'t>,
        keep: fn(&'t str) -> CowStr<'a>,
        source: Source<'_>,
    ) {
        if matches!(name, "pre" | "listing" | "textarea") {
            tokenizer.skip_line_end();
        }
        if matches!(source, Source::Run(_)) && implied::is_raw_text(name) {
            let text = tokenizer.raw_text(name);
            if implied::is_escapable_raw_text(name) {
                self.text(decode(text, false).into_owned());
            } else {
                self.text(keep(text));
            }
            self.end_tag(name);
        }
    }
}

impl Source<'_> {
    /// The span in the body of a range of the run.
    fn span(self, (start, end): (usize, usize)) -> Option<Span> {
        let origins = match self {
            Self::Run(origins) => origins,
            Self::Inline(span) => return Some(span),
        };
        let at = |offset: usize| {
            let index = origins.partition_point(|&(run, _)| run <= offset).checked_sub(1)?;
            let &(run, body) = origins.get(index).filter(|&&(_, body)| body != NOWHERE)?;
            Some(body + offset - run)
        };
        Some(Span::new(at(start)?, at(end.saturating_sub(1))? + 1))
    }
}

/// A name in lower case, borrowed if it is in lower case already.
fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

fn read_attributes<'t, 'a>(text: &'t str, keep: fn(&'t str) -> CowStr<'a>) -> TokenAttributes<'a> {
    let mut attributes: TokenAttributes<'a> = Vec::new();
    for (name, value) in AttributeReader::new(text).take(MOST_ATTRIBUTES) {
        let name = match lower(name) {
            Cow::Borrowed(_) => keep(name),
            Cow::Owned(name) => name.into(),
        };
        // Of two attributes with the same name, the first counts.
        if attributes.iter().any(|(other, _)| *other == name) {
            continue;
        }
        let value = match decode(value, true) {
            Cow::Borrowed(_) => keep(value),
            Cow::Owned(value) => value.into(),
        };
        attributes.push((name, value));
    }
    attributes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::token::Token;

    #[test]
    fn tags_know_where_they_came_from() {
        let mut tree = TreeBuilder::new();
        tree.raw(Cow::Borrowed("<b>\n<i>\n<u>"), &[(0, 10), (4, 20), (8, NOWHERE)]);
        let spans: Vec<_> = tree
            .finish()
            .iter()
            .filter_map(|token| match token {
                Token::Open { span, .. } => *span,
                _ => None,
            })
            .collect();
        assert_eq!(spans, [Span::new(10, 13), Span::new(20, 23)]);
    }
}
