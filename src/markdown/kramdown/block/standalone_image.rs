//! Images that stand alone: a paragraph with one image and `{:standalone}` becomes a figure.
//!
//! ```bnf
//! standalone_image ::= image "{:" attributes with the reference standalone "}"
//! ```
//!
//! ```markdown
//! ![A cat](cat.png){:standalone}
//! ```
//!
//! ```html
//! <figure>
//!   <img src="cat.png" alt="A cat" />
//!   <figcaption>A cat</figcaption>
//! </figure>
//! ```
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#images>
//! Follows: kramdown 2.4.0, `converter/html.rb`, `convert_standalone_image`.
//! In: the events of a paragraph that holds only an image. Out: the events of a figure with a caption. Neighbours:
//! `span/span_ial.rs` finds the reference, `events.rs` writes the paragraph.

use crate::markdown::event::{ContentModel, CowStr, Event, Item, Tag};
use crate::markdown::kramdown::attribute_list::Pairs;
use crate::markdown::kramdown::{KramdownParser, events};
use crate::text::Span;

impl<'a> KramdownParser<'a> {
    /// Turns the paragraph whose events start at `first` into a figure: it holds an image and nothing else.
    pub(in crate::markdown::kramdown) fn make_figure(&self, first: usize, out: &mut Vec<Item<'a>>) {
        let span = out.get(first).map(|item| item.span).unwrap_or_default();
        let alt = match out.get(first + 2) {
            Some(Item { event: Event::Text(alt), .. }) => alt.clone(),
            _ => CowStr::Borrowed(""),
        };
        let mut figure: Pairs<'a> = match out.get_mut(first).map(|item| &mut item.event) {
            Some(Event::Start(_, attributes)) => attributes.take().map(|pairs| *pairs).unwrap_or_default(),
            _ => Vec::new(),
        };
        if let Some(Item { event: Event::Start(_, Some(image)), .. }) = out.get_mut(first + 1) {
            for name in ["class", "id"] {
                if figure.iter().any(|(known, _)| &**known == name) {
                    continue;
                }
                if let Some(at) = image.iter().position(|(known, _)| &**known == name) {
                    figure.push(image.remove(at));
                }
            }
        }
        let element = |name| Tag::Element { name: CowStr::Borrowed(name), block: true, content: ContentModel::Block };
        let figure = (!figure.is_empty()).then(|| Box::new(figure));
        if let Some(item) = out.get_mut(first) {
            item.event = Event::Start(element("figure"), figure);
        }
        out.pop();
        let at = Span::at(span.end);
        let caption = Tag::Element { name: CowStr::Borrowed("figcaption"), block: true, content: ContentModel::Span };
        events::start(out, caption, None, at);
        out.push(Item { event: Event::Text(alt), span: at });
        events::end(out, at);
        events::end(out, span);
    }
}
