//! pulldown-cmark's events as ours: the GitHub dialect. In: a body. Out: items.
//! Neighbours: `event.rs` for the vocabulary, `autolink.rs` for bare addresses, `kramdown/` for Jekyll's dialect.

mod autolink;

use pulldown_cmark::{
    Alignment as Align, BlockQuoteKind, CodeBlockKind, Event as Source, Options as Flags, Parser, Tag as From,
    TagEnd as FromEnd,
};

use super::event::{Alignment, Attributes, CowStr, Event, Item, Tag, TagEnd};
use crate::text::Span;

/// The items of a body. A `Start` and its `End` carry the same span.
pub(super) fn parse(body: &str) -> Vec<Item<'_>> {
    let flags = Flags::ENABLE_TABLES
        | Flags::ENABLE_FOOTNOTES
        | Flags::ENABLE_STRIKETHROUGH
        | Flags::ENABLE_TASKLISTS
        | Flags::ENABLE_GFM;
    let mut adapter = Adapter { body, items: Vec::with_capacity(body.len() / 24), run: None, without_links: 0 };
    for (event, range) in Parser::new_ext(body, flags).into_offset_iter() {
        adapter.push(event, range.into());
    }
    adapter.end_run();
    adapter.items
}

struct Adapter<'a> {
    body: &'a str,
    items: Vec<Item<'a>>,
    /// The range of text that has no event yet. It can still grow.
    run: Option<Span>,
    /// The number of open elements in which bare addresses are no links.
    without_links: usize,
}

impl<'a> Adapter<'a> {
    fn emit(&mut self, event: Event<'a>, span: Span) {
        self.items.push(Item { event, span });
    }

    fn start(&mut self, tag: Tag<'a>, span: Span) {
        self.emit(Event::Start(tag, None), span);
    }

    fn push(&mut self, event: Source<'a>, span: Span) {
        if let Source::Text(text) = &event
            && self.without_links == 0
            && span.of(self.body) == &**text
        {
            // The parser splits text wherever markup could start. An address may span several of these texts.
            match self.run {
                Some(run) if run.end == span.start => self.run = Some(Span::new(run.start, span.end)),
                _ => {
                    self.end_run();
                    self.run = Some(span);
                }
            }
            return;
        }
        self.end_run();
        match event {
            Source::Start(tag) => self.open(tag, span),
            Source::End(tag) => self.close(tag, span),
            Source::Text(text) => self.emit(Event::Text(text), span),
            Source::Code(code) => self.emit(Event::Code(code, None), span),
            Source::InlineMath(math) => self.emit(Event::InlineMath(math), span),
            Source::DisplayMath(math) => self.emit(Event::DisplayMath(math), span),
            Source::Html(html) => self.emit(Event::Html(html), span),
            Source::InlineHtml(html) => self.emit(Event::InlineHtml(html), span),
            Source::FootnoteReference(name) => self.emit(Event::FootnoteReference(name), span),
            Source::SoftBreak => self.emit(Event::SoftBreak, span),
            Source::HardBreak => self.emit(Event::HardBreak, span),
            Source::Rule => self.emit(Event::Rule(None), span),
            Source::TaskListMarker(done) => self.emit(Event::TaskListMarker(done), span),
        }
    }

    /// Adds the events of the collected text, with its bare addresses as links.
    fn end_run(&mut self) {
        let Some(run) = self.run.take() else { return };
        let text: &'a str = self.body.get(run.start..run.end).unwrap_or("");
        let before = self.body.get(..run.start).and_then(|head| head.chars().next_back());
        let mut from = 0;
        while let Some(link) = autolink::next(text, from, before) {
            self.text(text, run, from, link.range.start);
            let span = Span::new(run.start + link.range.start, run.start + link.range.end);
            let address = text.get(link.range.clone()).unwrap_or("");
            let url = match link.prefix {
                "" => CowStr::Borrowed(address),
                prefix => [prefix, address].concat().into(),
            };
            self.start(Tag::Link { url, title: "".into() }, span);
            self.text(text, run, link.range.start, link.range.end);
            self.emit(Event::End(TagEnd), span);
            from = link.range.end;
        }
        self.text(text, run, from, text.len());
    }

    fn text(&mut self, text: &'a str, run: Span, from: usize, to: usize) {
        if let Some(part) = text.get(from..to).filter(|part| !part.is_empty()) {
            self.emit(Event::Text(part.into()), Span::new(run.start + from, run.start + to));
        }
    }

    fn open(&mut self, tag: From<'a>, span: Span) {
        self.without_links += usize::from(is_without_links(&tag.to_end()));
        let tag = match tag {
            From::Paragraph => Tag::Paragraph,
            From::Heading { level, .. } => Tag::Heading(level as u8),
            From::BlockQuote(kind) => {
                return self.emit(Event::Start(Tag::BlockQuote, kind.and_then(alert)), span);
            }
            From::CodeBlock(CodeBlockKind::Indented) => Tag::CodeBlock(None),
            From::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock(Some(info)),
            From::HtmlBlock | From::MetadataBlock(_) => Tag::HtmlBlock,
            From::List(start) => Tag::List(start),
            From::Item => Tag::Item,
            From::FootnoteDefinition(name) => Tag::FootnoteDefinition(name),
            From::DefinitionList => Tag::DefinitionList,
            From::DefinitionListTitle => Tag::DefinitionListTitle,
            From::DefinitionListDefinition => Tag::DefinitionListDefinition,
            From::Table(columns) => Tag::Table(columns.into_iter().map(alignment).collect()),
            From::TableHead => {
                self.start(Tag::TableHead, span);
                Tag::TableRow
            }
            From::TableRow => Tag::TableRow,
            From::TableCell => Tag::TableCell,
            From::Emphasis | From::Superscript | From::Subscript => Tag::Emphasis,
            From::Strong => Tag::Strong,
            From::Strikethrough => Tag::Strikethrough,
            From::Link { link_type, dest_url, title, .. } => Tag::Link { url: address(link_type, dest_url), title },
            From::Image { dest_url, title, .. } => Tag::Image { url: dest_url, title },
        };
        self.start(tag, span);
    }

    fn close(&mut self, tag: FromEnd, span: Span) {
        self.without_links -= usize::from(is_without_links(&tag));
        match tag {
            FromEnd::TableHead => {
                self.emit(Event::End(TagEnd), span);
                self.emit(Event::End(TagEnd), span);
                // The body of the table starts here. Its end is set when the table ends.
                self.start(Tag::TableBody, Span::at(span.end));
            }
            FromEnd::Table => {
                self.close_table_body(span);
                self.emit(Event::End(TagEnd), span);
            }
            _ => self.emit(Event::End(TagEnd), span),
        }
    }

    /// Ends the body of the table, or removes it if it has no row.
    fn close_table_body(&mut self, table: Span) {
        if let Some(Item { event: Event::Start(Tag::TableBody, _), .. }) = self.items.last() {
            self.items.pop();
            return;
        }
        let start = self.items.iter().rposition(|item| matches!(item.event, Event::Start(Tag::TableBody, _)));
        let Some(item) = start.and_then(|index| self.items.get_mut(index)) else { return };
        item.span = Span::new(item.span.start, table.end);
        let span = item.span;
        self.emit(Event::End(TagEnd), span);
    }
}

/// Elements in which a bare address stays text.
fn is_without_links(tag: &FromEnd) -> bool {
    matches!(tag, FromEnd::Link | FromEnd::Image | FromEnd::CodeBlock | FromEnd::HtmlBlock)
}

fn address<'a>(kind: pulldown_cmark::LinkType, url: CowStr<'a>) -> CowStr<'a> {
    match kind {
        pulldown_cmark::LinkType::Email => ["mailto:", &url].concat().into(),
        _ => url,
    }
}

fn alignment(align: Align) -> Alignment {
    match align {
        Align::None => Alignment::None,
        Align::Left => Alignment::Left,
        Align::Center => Alignment::Center,
        Align::Right => Alignment::Right,
    }
}

/// GitHub's alerts: a block quote with two classes.
fn alert(kind: BlockQuoteKind) -> Attributes<'static> {
    let class = match kind {
        BlockQuoteKind::Note => "markdown-alert-note",
        BlockQuoteKind::Tip => "markdown-alert-tip",
        BlockQuoteKind::Important => "markdown-alert-important",
        BlockQuoteKind::Warning => "markdown-alert-warning",
        BlockQuoteKind::Caution => "markdown-alert-caution",
    };
    Some(Box::new(vec![("class".into(), class.into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans_nest(items: &[Item<'_>]) {
        let mut open: Vec<Span> = Vec::new();
        for item in items {
            match &item.event {
                Event::Start(..) => {
                    if let Some(outer) = open.last() {
                        assert!(
                            outer.start <= item.span.start && item.span.end <= outer.end,
                            "{item:?} outside {outer:?}"
                        );
                    }
                    open.push(item.span);
                }
                Event::End(_) => assert_eq!(open.pop(), Some(item.span), "{item:?}"),
                _ => {}
            }
        }
        assert!(open.is_empty());
    }

    #[test]
    fn starts_and_ends_pair_with_the_same_span() {
        let body = "| a | b |\n|---|---|\n| 1 | 2 |\n\n| h |\n|---|\n\n> - ~x~ ~~y~~ http://a.b\n\n[^1]: note[^1]\n";
        spans_nest(&parse(body));
    }

    fn addresses(body: &str) -> Vec<(String, &str)> {
        parse(body)
            .into_iter()
            .filter_map(|item| match item.event {
                Event::Start(Tag::Link { url, .. }, _) => Some((url.to_string(), item.span.of(body))),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn bare_addresses_are_links_outside_of_links_and_code() {
        let body = "See www.a.example/b_c_d, `www.e.example` and [http://f.example](/g).\n\n    http://h.example\n";
        assert_eq!(
            addresses(body),
            [("http://www.a.example/b_c_d".into(), "www.a.example/b_c_d"), ("/g".into(), "[http://f.example](/g)")]
        );
        assert_eq!(
            addresses("> *me@a.example*\n> xhttp://b.example"),
            [("mailto:me@a.example".into(), "me@a.example")]
        );
    }
}
