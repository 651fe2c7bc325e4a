//! Bodies with carriage returns: kramdown reads every `\r\n` and `\r` as `\n`.
//! In: such a body. Out: events that own their text, with spans in the body as it is. Neighbours: `mod.rs`.
//! Rules: kramdown 2.4.0, `adapt_source` in `parser/base.rb`.

use crate::markdown::event::{Attributes, CowStr, Event, Item, Tag};
use crate::markdown::kramdown::KramdownOptions;
use crate::markdown::kramdown::KramdownParser;
use crate::text::Span;

/// Parses a copy of the body in which every line ends in `\n`.
pub(super) fn parse_normalized<'a>(body: &'a str, options: &KramdownOptions) -> (Vec<Item<'a>>, KramdownOptions) {
    let mut normal = String::with_capacity(body.len());
    // The positions in the copy of each `\n` that was `\r\n`: spans after it are one byte further on in the body.
    let mut dropped: Vec<usize> = Vec::new();
    let mut chars = body.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\r' {
            normal.push(c);
            continue;
        }
        if chars.peek() == Some(&'\n') {
            chars.next();
            dropped.push(normal.len());
        }
        normal.push('\n');
    }
    let mut parser = KramdownParser::new(&normal, options);
    let at = |offset: usize| offset + dropped.partition_point(|&drop| drop < offset);
    let items = parser
        .parse()
        .into_iter()
        .map(|item| Item { event: owned(item.event), span: Span::new(at(item.span.start), at(item.span.end)) })
        .collect();
    (items, parser.options)
}

fn cow(text: CowStr<'_>) -> CowStr<'static> {
    text.into_static()
}

fn attributes(attributes: Attributes<'_>) -> Attributes<'static> {
    attributes.map(|pairs| Box::new(pairs.into_iter().map(|(name, value)| (cow(name), cow(value))).collect()))
}

fn owned(event: Event<'_>) -> Event<'static> {
    match event {
        Event::Start(tag, pairs) => Event::Start(owned_tag(tag), attributes(pairs)),
        Event::End(end) => Event::End(end),
        Event::Text(text) => Event::Text(cow(text)),
        Event::Code(text, pairs) => Event::Code(cow(text), attributes(pairs)),
        Event::InlineMath(text) => Event::InlineMath(cow(text)),
        Event::DisplayMath(text) => Event::DisplayMath(cow(text)),
        Event::Html(text) => Event::Html(cow(text)),
        Event::InlineHtml(text) => Event::InlineHtml(cow(text)),
        Event::FootnoteReference(text) => Event::FootnoteReference(cow(text)),
        Event::SoftBreak => Event::SoftBreak,
        Event::HardBreak => Event::HardBreak,
        Event::BlankLine => Event::BlankLine,
        Event::FootnotesPlace => Event::FootnotesPlace,
        Event::Rule(pairs) => Event::Rule(attributes(pairs)),
        Event::TaskListMarker(ticked) => Event::TaskListMarker(ticked),
        Event::Comment(text) => Event::Comment(cow(text)),
        Event::Toc { ordered, attributes: pairs } => Event::Toc { ordered, attributes: attributes(pairs) },
        Event::Verbatim(text) => Event::Verbatim(cow(text)),
    }
}

fn owned_tag(tag: Tag<'_>) -> Tag<'static> {
    match tag {
        Tag::Paragraph => Tag::Paragraph,
        Tag::Heading(level) => Tag::Heading(level),
        Tag::BlockQuote => Tag::BlockQuote,
        Tag::CodeBlock(info) => Tag::CodeBlock(info.map(cow)),
        Tag::HtmlBlock => Tag::HtmlBlock,
        Tag::List(first) => Tag::List(first),
        Tag::Item => Tag::Item,
        Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(cow(name)),
        Tag::DefinitionList => Tag::DefinitionList,
        Tag::DefinitionListTitle => Tag::DefinitionListTitle,
        Tag::DefinitionListDefinition => Tag::DefinitionListDefinition,
        Tag::Table(alignments) => Tag::Table(alignments),
        Tag::TableHead => Tag::TableHead,
        Tag::TableBody => Tag::TableBody,
        Tag::TableFoot => Tag::TableFoot,
        Tag::TableRow => Tag::TableRow,
        Tag::TableCell => Tag::TableCell,
        Tag::Emphasis => Tag::Emphasis,
        Tag::Strong => Tag::Strong,
        Tag::Strikethrough => Tag::Strikethrough,
        Tag::Link { url, title } => Tag::Link { url: cow(url), title: cow(title) },
        Tag::Image { url, title } => Tag::Image { url: cow(url), title: cow(title) },
        Tag::Abbreviation(long) => Tag::Abbreviation(cow(long)),
        Tag::Element { name, block, content } => Tag::Element { name: cow(name), block, content },
    }
}
