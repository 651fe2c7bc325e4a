//! Images: their content is collected as the alternative text. In: image events. Out: one token. Neighbours: `mod.rs`.

use super::{EndAction, Writer, merge};
use crate::liquid::chip;
use crate::markdown::event::{Attributes, CowStr, Event};
use crate::text::Span;

/// An image whose end is not reached yet.
pub(super) struct Gathering<'a> {
    attributes: Vec<(CowStr<'a>, CowStr<'a>)>,
    more: Attributes<'a>,
    title: CowStr<'a>,
    alt: String,
    span: Span,
    /// How many elements are open inside it.
    pub(super) depth: usize,
}

impl<'a> Gathering<'a> {
    /// Adds an event's text.
    pub(super) fn gather(&mut self, event: &Event<'a>) {
        match event {
            Event::Text(text)
            | Event::Code(text, _)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::InlineHtml(text)
            | Event::Html(text) => self.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => self.alt.push(' '),
            Event::FootnoteReference(name) => {
                self.alt.push_str("[^");
                self.alt.push_str(name);
                self.alt.push(']');
            }
            _ => {}
        }
    }
}

impl<'a> Writer<'a, '_> {
    pub(super) fn start_image(
        &mut self,
        url: &CowStr<'a>,
        title: &CowStr<'a>,
        attributes: &Attributes<'a>,
        span: Span,
    ) {
        let mut all = Vec::with_capacity(2);
        if attributes.is_none() || !self.is_jekyll() {
            all.push(("src".into(), self.address(url)));
        }
        self.image = Some(Gathering {
            attributes: all,
            more: attributes.clone(),
            title: title.clone(),
            alt: String::new(),
            span,
            depth: 0,
        });
        self.end_actions.push(EndAction::Image);
    }

    pub(super) fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        let Gathering { mut attributes, more, title, alt, span, .. } = image;
        if more.is_none() || !self.is_jekyll() {
            attributes.push(("alt".into(), alt.into()));
            if !title.is_empty() {
                attributes.push(("title".into(), title));
            }
        }
        merge(&mut attributes, &more);
        self.tree.leaf("img", attributes, Some(span));
    }
}

/// An address with everything but URL characters percent-encoded, as CommonMark's renderers write it.
pub(super) fn percent_encoded<'a>(url: &CowStr<'a>) -> CowStr<'a> {
    const KEPT: &[u8] = b"-_.+!*'(),%#@?=;:/&$~";
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || KEPT.contains(&byte);
    if url.bytes().all(kept) {
        return url.clone();
    }
    let mut encoded = String::with_capacity(url.len() + 16);
    for c in url.chars() {
        // The marks of chips are removed before the page is made.
        if chip::is_mark(c) || c.is_ascii() && kept(c as u8) {
            encoded.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            encoded.push('%');
            for digit in [byte >> 4, byte & 15] {
                encoded.extend(char::from_digit(u32::from(digit), 16).map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
    encoded.into()
}
