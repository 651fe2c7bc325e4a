//! HTML in a text: elements and comments.
//!
//! ```bnf
//! html_span ::= comment | start_tag (spans end_tag)? | start_tag raw_text end_tag
//! ```
//!
//! ```markdown
//! A <span class="x">*text*</span><!-- note -->.
//! ```
//!
//! ```html
//! <p>A <span class="x"><em>text</em></span><!-- note -->.</p>
//! ```
//!
//! The tag of a block element is text. Without an end tag, the element goes on to the end of the text.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#html-spans>
//! Follows: kramdown 2.4.0, `html.rb` lines 99–157.
//! In: a position in a text. Out: an element, a comment, or text. Neighbours: `html_tag.rs` reads tags,
//! `html_element.rs` knows the elements, `block/html_block.rs` is the same between blocks.

use crate::markdown::event::{ContentModel, CowStr, Event, Tag};
use crate::markdown::kramdown::MAX_DEPTH;
use crate::markdown::kramdown::attribute_list::{self, Pairs};
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::html_element;
use crate::markdown::kramdown::html_tag::{self, StartTag};
use crate::markdown::kramdown::span_parser::{LastChild, SpanKind, SpanParser, SpanParsers, Stop};
use crate::text::downcase;

impl<'a> SpanParser<'_, 'a, '_> {
    /// Takes a comment or an element. Another tag, or a bracket that starts none, is text.
    pub(super) fn parse_html_span(&mut self) -> bool {
        let start = self.pos;
        if self.starts(start, "<!--") {
            if let Some(close) = self.next.comment.string(self.text, start + 4, b"-->") {
                // Without paragraphs, the event does not tell whether a comment stands in a line.
                let comment = if self.parser.options.smarty_pants {
                    Event::InlineHtml(self.cow(start, close + 3))
                } else {
                    Event::Comment(self.cow(start + 4, close))
                };
                self.push_event(comment, start, close + 3);
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
        } else if chars::name(self.text, start + 1).is_none() {
            return false;
        }
        self.push_text(start, start + 1);
        self.pos = start + 1;
        true
    }

    /// Takes the element that `tag` starts, with its content.
    fn parse_element(&mut self, tag: StartTag) {
        let start = self.pos;
        let written = self.text.get(tag.name.0..tag.name.1).unwrap_or("");
        let lower = downcase(written);
        let known = html_element::is_known(&lower);
        let name: CowStr<'a> =
            if !known || lower == written { self.cow(tag.name.0, tag.name.1) } else { CowStr::from(lower) };
        if html_element::is_block(&name) || self.open_spans.len() + self.depth >= MAX_DEPTH {
            self.push_text(start, tag.end);
            self.pos = tag.end;
            return;
        }
        let (pairs, markdown) = self.element_attributes(tag, known);
        let always_raw = html_element::content_model(&name) == ContentModel::Raw;
        let mut parsed =
            !always_raw && !matches!(self.kind(), SpanKind::Html { raw: true }) && self.parser.options.parse_span_html;
        match markdown.as_deref() {
            Some("span") => parsed = true,
            Some("1") => parsed = !always_raw,
            Some("0") => parsed = false,
            _ => {}
        }
        let content = match (html_element::is_void(&name), parsed) {
            (true, _) => ContentModel::Unclosed,
            (false, true) => ContentModel::Span,
            (false, false) => ContentModel::Raw,
        };
        let element = Tag::Element { name: name.clone(), block: false, content };
        let index =
            self.open(SpanKind::Html { raw: !parsed }, Event::Start(element, attribute_list::to_event(pairs)), start);
        self.pos = tag.end;
        if !tag.closed && !html_element::is_void(&name) {
            let before = std::mem::replace(&mut self.raw, !parsed);
            let script = self.script;
            self.script |= matches!(&*name, "script" | "style");
            let parsers = if parsed { SpanParsers::All } else { SpanParsers::HtmlOnly };
            if self.parse_spans(Stop::EndTag(&name, known), parsers) {
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
        self.set_last_child(LastChild::Event(index));
        // As an image of Markdown it counts among the brackets of a link around it.
        if self.parser.options.html_to_native
            && &*name == "img"
            && let Some(innermost) = self.open_spans.last_mut()
        {
            innermost.images += 1;
        }
    }

    /// The attributes of a tag, and the value of `markdown="…"`.
    fn element_attributes(&self, tag: StartTag, known: bool) -> (Pairs<'a>, Option<CowStr<'a>>) {
        let mut pairs: Pairs<'a> = Vec::new();
        let mut markdown = None;
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
                markdown = Some(value);
            } else {
                attribute_list::set(&mut pairs, name, value);
            }
        });
        (pairs, markdown)
    }
}

/// `value` with each run of line breaks as one space.
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
