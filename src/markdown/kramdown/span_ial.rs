//! `{: …}` within text: attributes for the span right before it; and extensions within text.
//! Rules: kramdown's syntax page, "Inline Attribute Lists"; its `parse_span_extensions`. After text it is text.

use super::attributes::{self, AttributeList, Pairs, closing_brace};
use super::extensions::{self, Extension};
use super::span::{Last, Spans};
use crate::markdown::event::{Attributes, ContentModel, CowStr, Event, Item, Tag, TagEnd};

impl<'a> Spans<'_, 'a, '_> {
    /// Takes an attribute list or an extension, or the brace as text.
    pub(super) fn parse_span_extension(&mut self) -> bool {
        let start = self.pos;
        if extensions::stop_tag(self.text, start).is_none() && !self.parse_extension() {
            self.parse_span_ial();
        }
        if self.pos == start {
            self.push_text(start, start + 1);
            self.pos = start + 1;
        }
        true
    }

    /// Says whether an extension stands here, taken (then the position moved) or not.
    fn parse_extension(&mut self) -> bool {
        let start = self.pos;
        let text = self.text;
        let Some(tag) = extensions::start_tag(text, start, &mut self.next.brace) else { return false };
        let mut end = tag.end;
        let mut content = None;
        if !tag.closed {
            let name = text.get(tag.name.0..tag.name.1).unwrap_or("");
            let found = self.parser.unstopped(name, tag.end, |pos| extensions::find_stop(text, pos, name, false));
            let Some((close, stop_end)) = found else { return true };
            content = Some((tag.end, close));
            end = stop_end;
        }
        match self.parser.handle_extension(self.origin, &tag, content) {
            Some(Extension::Comment(comment)) => {
                self.push_event(Event::Comment(comment), start, end);
            }
            Some(Extension::Verbatim(verbatim)) => {
                self.push_event(Event::Verbatim(verbatim), start, end);
            }
            Some(Extension::Nothing) => {}
            None => return true,
        }
        self.pos = end;
        true
    }

    fn parse_span_ial(&mut self) -> bool {
        let start = self.pos;
        let Some(close) = closing_brace(self.text, start + 2, &mut self.next.brace, |_| true) else { return false };
        let last = self.frames.last().map_or(Last::None, |frame| frame.last);
        if matches!(last, Last::None | Last::Text) {
            return false;
        }
        let mut list = AttributeList::default();
        self.parser.read_attributes(self.origin, start + 2, close, &mut list);
        self.pos = close + 1;
        let Last::Event(index) = last else { return true };
        self.flush();
        if list.refers_to("standalone") && index == self.base {
            self.standalone = true;
        }
        let mut pairs: Pairs<'a> = Vec::new();
        self.parser.apply(&mut pairs, &list);
        let Some(new) = attributes::attributes(pairs) else { return true };
        let alt = match self.out.get(index + 1) {
            Some(Item { event: Event::Text(alt), .. }) => alt.clone(),
            _ => CowStr::Borrowed(""),
        };
        match self.out.get_mut(index).map(|item| &mut item.event) {
            Some(Event::Start(tag, old)) => {
                if old.is_none() {
                    *old = own_attributes(tag, alt);
                }
                lay_upon(old, *new);
            }
            Some(Event::Code(_, old)) => lay_upon(old, *new),
            Some(Event::InlineMath(_)) => self.wrap_formula(new),
            _ => {}
        }
        true
    }
}

impl<'a> Spans<'_, 'a, '_> {
    /// Gives the formula right before an element to bear its attributes; kramdown writes it between dollars then.
    fn wrap_formula(&mut self, attributes: Box<Pairs<'a>>) {
        let Some(Item { event: Event::InlineMath(formula), span }) = self.out.pop() else { return };
        let tag = Tag::Element { name: CowStr::Borrowed("span"), block: false, content: ContentModel::Span };
        let index = self.out.len();
        self.out.push(Item { event: Event::Start(tag, Some(attributes)), span });
        for text in [CowStr::Borrowed("$"), formula, CowStr::Borrowed("$")] {
            self.out.push(Item { event: Event::Text(text), span });
        }
        self.out.push(Item { event: Event::End(TagEnd), span });
        self.set_last(Last::Event(index));
    }
}

/// What a link or image says of itself, where other attributes are to follow it.
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

fn lay_upon<'a>(old: &mut Attributes<'a>, new: Pairs<'a>) {
    let pairs = old.get_or_insert_with(Box::default);
    for (name, value) in new {
        if &*name == "class" {
            attributes::add_class(pairs, value);
        } else {
            attributes::set(pairs, name, value);
        }
    }
}
