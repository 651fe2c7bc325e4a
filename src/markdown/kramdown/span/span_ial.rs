//! An attribute list for a span: `{: …}` right after it.
//!
//! ```bnf
//! span_ial ::= span "{:" attributes "}"
//! ```
//!
//! ```markdown
//! *A text*{:.note}
//! ```
//!
//! ```html
//! <p><em class="note">A text</em></p>
//! ```
//!
//! After text, the list is text.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#span-ials>
//! Follows: kramdown 2.4.0, `extensions.rb` lines 187–209 and 41–50.
//! In: a position in a text. Out: attributes of the span before it. Neighbours: `attribute_list.rs` parses the
//! attributes, `span_parser.rs` knows the span.

use crate::markdown::event::{Attributes, ContentModel, CowStr, Event, Item, Tag, TagEnd};
use crate::markdown::kramdown::attribute_list::{self, AttributeList, Pairs, closing_brace};
use crate::markdown::kramdown::span_parser::{LastChild, SpanParser};

impl<'a> SpanParser<'_, 'a, '_> {
    /// Takes an attribute list after a span that can have attributes.
    pub(super) fn parse_span_ial(&mut self) -> bool {
        let start = self.pos;
        let Some(close) = closing_brace(self.text, start + 2, &mut self.next.brace, |_| true) else { return false };
        let last = self.open_spans.last().map_or(LastChild::None, |span| span.last_child);
        if matches!(last, LastChild::None | LastChild::Text) {
            return false;
        }
        let mut list = AttributeList::default();
        self.parser.read_attributes(self.origin, start + 2, close, &mut list);
        self.pos = close + 1;
        let LastChild::Event(index) = last else { return true };
        self.flush();
        if list.refers_to("standalone") && index == self.base {
            self.standalone = true;
        }
        let mut pairs: Pairs<'a> = Vec::new();
        self.parser.apply(&mut pairs, &list);
        let Some(new) = attribute_list::to_event(pairs) else { return true };
        let alt = match self.out.get(index + 1) {
            Some(Item { event: Event::Text(alt), .. }) => alt.clone(),
            _ => CowStr::Borrowed(""),
        };
        match self.out.get_mut(index).map(|item| &mut item.event) {
            Some(Event::Start(tag, old)) => {
                if old.is_none() {
                    *old = own_attributes(tag, alt);
                }
                attribute_list::merge(old.get_or_insert_with(Box::default), &new);
            }
            Some(Event::Code(_, old)) => attribute_list::merge(old.get_or_insert_with(Box::default), &new),
            Some(Event::InlineMath(_)) => self.wrap_formula(new),
            _ => {}
        }
        true
    }

    /// Puts the formula right before the list into a `<span>` that has the attributes. kramdown writes such a formula
    /// between single dollars.
    fn wrap_formula(&mut self, attributes: Box<Pairs<'a>>) {
        let Some(Item { event: Event::InlineMath(formula), span }) = self.out.pop() else { return };
        let tag = Tag::Element { name: CowStr::Borrowed("span"), block: false, content: ContentModel::Span };
        let index = self.out.len();
        self.out.push(Item { event: Event::Start(tag, Some(attributes)), span });
        for text in [CowStr::Borrowed("$"), formula, CowStr::Borrowed("$")] {
            self.out.push(Item { event: Event::Text(text), span });
        }
        self.out.push(Item { event: Event::End(TagEnd), span });
        self.set_last_child(LastChild::Event(index));
    }
}

/// The attributes that a link or an image has by itself, as the first pairs of a list.
fn own_attributes<'a>(tag: &Tag<'a>, alt: CowStr<'a>) -> Attributes<'a> {
    let (mut pairs, title) = match tag {
        Tag::Link { url, title } => (vec![(CowStr::Borrowed("href"), url.clone())], title),
        Tag::Image { url, title } => {
            (vec![(CowStr::Borrowed("src"), url.clone()), (CowStr::Borrowed("alt"), alt)], title)
        }
        _ => return None,
    };
    if !title.is_empty() {
        pairs.push((CowStr::Borrowed("title"), title.clone()));
    }
    Some(Box::new(pairs))
}
