//! HTML within text: comments and elements, whose content is spans, or raw where the element's always is.
//! Rules: kramdown's syntax page, "HTML Spans"; its `parse_span_html`. Tags of block elements are text here; an element
//! without an end tag goes on to the end of the block.

use super::MAX_DEPTH;
use super::attributes::{self, Pairs};
use super::html_tag::{self, StartTag};
use super::scan;
use super::span::{Asked, FrameKind, Last, Spans, Stop};
use crate::markdown::event::{ContentModel, CowStr, Event, Tag};
use crate::text::downcase;

impl<'a> Spans<'_, 'a, '_> {
    /// Takes a comment or an element, or the angle bracket as text.
    pub(super) fn parse_html_span(&mut self) -> bool {
        let start = self.pos;
        if self.starts(start, "<!--") {
            if let Some(close) = self.next.comment.string(self.text, start + 4, b"-->") {
                let comment = self.cow(start + 4, close);
                self.push_event(Event::Comment(comment), start, close + 3);
                self.pos = close + 3;
                return true;
            }
        } else if self.byte(start + 1) == b'/' {
            if let Some((_, end)) = html_tag::end_tag(self.text, start) {
                self.push_text(start, end);
                self.pos = end;
                return true;
            }
        } else if let Some(tag) = html_tag::start_tag(self.text, start, &mut self.next.quotes) {
            self.parse_element(tag);
            return true;
        } else if scan::name(self.text, start + 1).is_none() {
            return false;
        }
        self.push_text(start, start + 1);
        self.pos = start + 1;
        true
    }

    fn parse_element(&mut self, tag: StartTag) {
        let start = self.pos;
        let written = self.text.get(tag.name.0..tag.name.1).unwrap_or("");
        let lower = downcase(written);
        let known = html_tag::is_known(&lower);
        let name: CowStr<'a> =
            if !known || lower == written { self.cow(tag.name.0, tag.name.1) } else { CowStr::from(lower) };
        if html_tag::is_block(&name) || self.frames.len() + self.depth >= MAX_DEPTH {
            self.push_text(start, tag.end);
            self.pos = tag.end;
            return;
        }
        let (pairs, asked) = self.element_attributes(tag, known);
        let always_raw = html_tag::content_model(&name) == ContentModel::Raw;
        let mut parsed =
            !always_raw && !matches!(self.kind(), FrameKind::Html { raw: true }) && self.parser.options.parse_span_html;
        match asked.as_deref() {
            Some("span") => parsed = true,
            Some("1") => parsed = !always_raw,
            Some("0") => parsed = false,
            _ => {}
        }
        let content = match (html_tag::is_void(&name), parsed) {
            (true, _) => ContentModel::Unclosed,
            (false, true) => ContentModel::Span,
            (false, false) => ContentModel::Raw,
        };
        let element = Tag::Element { name: name.clone(), block: false, content };
        let index =
            self.open(FrameKind::Html { raw: !parsed }, Event::Start(element, attributes::attributes(pairs)), start);
        self.pos = tag.end;
        if !tag.closed && !html_tag::is_void(&name) {
            let before = std::mem::replace(&mut self.raw, !parsed);
            let script = self.script;
            self.script |= matches!(&*name, "script" | "style");
            let asked = if parsed { Asked::All } else { Asked::Html };
            if self.parse_spans(Stop::EndTag(&name, known), asked) {
                self.pos = html_tag::end_of(self.text, self.pos, &name, known).unwrap_or(self.pos);
            } else {
                self.push_text(self.pos, self.text.len());
                self.pos = self.text.len();
            }
            self.flush();
            self.raw = before;
            self.script = script;
        }
        self.close(index, self.pos);
        self.set_last(Last::Event(index));
    }

    /// The attributes of a tag, and what `markdown="…"` among them says.
    fn element_attributes(&self, tag: StartTag, known: bool) -> (Pairs<'a>, Option<CowStr<'a>>) {
        let mut pairs: Pairs<'a> = Vec::new();
        let mut asked = None;
        html_tag::each_attribute(self.text, tag.attributes, |key, value| {
            let mut name = self.cow(key.0, key.1);
            if known && name.chars().any(char::is_uppercase) {
                name = CowStr::from(downcase(&name));
            }
            let mut value = value.map_or(CowStr::Borrowed(""), |(from, to)| self.cow(from, to));
            if value.contains('\n') {
                value = CowStr::from(lines_joined(&value));
            }
            if &*name == "markdown" {
                asked = Some(value);
            } else {
                attributes::set(&mut pairs, name, value);
            }
        });
        (pairs, asked)
    }
}

/// Line breaks in a value are spaces, several one after another a single one.
fn lines_joined(value: &str) -> String {
    let mut joined = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\n' if joined.ends_with('\n') => {}
            _ => joined.push(c),
        }
    }
    joined.replace('\n', " ")
}
