//! pulldown-cmark's events as ours: the GitHub dialect, and Jekyll's as far as CommonMark's structure goes.
//! In: a body. Out: items. Neighbours: `event.rs` for the vocabulary, `kramdown/` for Jekyll's own structure.

use pulldown_cmark::{
    Alignment as Align, BlockQuoteKind, CodeBlockKind, Event as Source, Options as Flags, Parser, Tag as From,
    TagEnd as FromEnd,
};

use super::Dialect;
use super::event::{Alignment, Attributes, CowStr, Event, Item, Tag, TagEnd};
use crate::text::Span;

/// What pulldown-cmark turns on for a dialect.
fn flags(dialect: Dialect) -> Flags {
    let both = Flags::ENABLE_TABLES | Flags::ENABLE_FOOTNOTES | Flags::ENABLE_STRIKETHROUGH | Flags::ENABLE_TASKLISTS;
    match dialect {
        Dialect::GitHub => both | Flags::ENABLE_GFM,
        Dialect::Jekyll => {
            both | Flags::ENABLE_SMART_PUNCTUATION
                | Flags::ENABLE_DEFINITION_LIST
                | Flags::ENABLE_HEADING_ATTRIBUTES
                | Flags::ENABLE_MATH
        }
    }
}

/// The items of a body. A `Start` and its `End` carry the same span.
pub(super) fn parse(body: &str, dialect: Dialect) -> Vec<Item<'_>> {
    let mut items = Vec::with_capacity(body.len() / 24);
    let mut adapter = Adapter { body, dialect, items: &mut items, struck: Vec::new() };
    for (event, range) in Parser::new_ext(body, flags(dialect)).into_offset_iter() {
        adapter.push(event, range.into());
    }
    items
}

struct Adapter<'a, 'o> {
    body: &'a str,
    dialect: Dialect,
    items: &'o mut Vec<Item<'a>>,
    /// For each open strikethrough, whether it was written with two tildes.
    struck: Vec<bool>,
}

impl<'a> Adapter<'a, '_> {
    fn emit(&mut self, event: Event<'a>, span: Span) {
        self.items.push(Item { event, span });
    }

    fn start(&mut self, tag: Tag<'a>, span: Span) {
        self.emit(Event::Start(tag, None), span);
    }

    fn push(&mut self, event: Source<'a>, span: Span) {
        match event {
            Source::Start(tag) => self.open(tag, span),
            Source::End(tag) => self.close(tag, span),
            Source::Text(text) => self.emit(Event::Text(text), span),
            Source::Code(code) => self.emit(Event::Code(code, None), span),
            // Only two dollars make math in kramdown.
            Source::InlineMath(_) => self.emit(Event::Text(span.of(self.body).into()), span),
            Source::DisplayMath(math) => self.math(math, span),
            Source::Html(html) => self.emit(Event::Html(html), span),
            Source::InlineHtml(html) => self.emit(Event::InlineHtml(html), span),
            Source::FootnoteReference(name) => self.emit(Event::FootnoteReference(name), span),
            Source::SoftBreak => self.emit(Event::SoftBreak, span),
            Source::HardBreak => self.emit(Event::HardBreak, span),
            Source::Rule => self.emit(Event::Rule(None), span),
            Source::TaskListMarker(done) => self.emit(Event::TaskListMarker(done), span),
        }
    }

    /// Math alone in its paragraph is a block; what stands beside it is decided when the paragraph ends.
    fn math(&mut self, math: CowStr<'a>, span: Span) {
        self.emit(Event::InlineMath(trimmed(math)), span);
    }

    fn open(&mut self, tag: From<'a>, span: Span) {
        let tag = match tag {
            From::Paragraph => Tag::Paragraph,
            From::Heading { level, id, classes, attrs } => {
                let attributes = heading_attributes(id, classes, attrs);
                return self.emit(Event::Start(Tag::Heading(level as u8), attributes), span);
            }
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
            From::Strikethrough => {
                let double = self.dialect == Dialect::GitHub || span.of(self.body).starts_with("~~");
                self.struck.push(double);
                if !double {
                    return self.emit(Event::Text("~".into()), Span::new(span.start, span.start + 1));
                }
                Tag::Strikethrough
            }
            From::Link { link_type, dest_url, title, .. } => Tag::Link { url: address(link_type, dest_url), title },
            From::Image { dest_url, title, .. } => Tag::Image { url: dest_url, title },
        };
        self.start(tag, span);
    }

    fn close(&mut self, tag: FromEnd, span: Span) {
        match tag {
            FromEnd::TableHead => {
                self.emit(Event::End(TagEnd), span);
                self.emit(Event::End(TagEnd), span);
                // The body spans what is left of the table; its end is mended when the table ends.
                self.start(Tag::TableBody, Span::at(span.end));
            }
            FromEnd::Table => {
                self.close_table_body(span);
                self.emit(Event::End(TagEnd), span);
            }
            FromEnd::Strikethrough if self.struck.pop() == Some(false) => {
                self.emit(Event::Text("~".into()), Span::new(span.end.saturating_sub(1), span.end));
            }
            FromEnd::Paragraph => {
                if let [
                    ..,
                    Item { event: Event::Start(Tag::Paragraph, None), .. },
                    Item { event: Event::InlineMath(_), .. },
                ] = self.items.as_slice()
                    && let Some(Item { event: Event::InlineMath(math), span }) = self.items.pop()
                {
                    self.items.pop();
                    return self.emit(Event::DisplayMath(math), span);
                }
                self.emit(Event::End(TagEnd), span);
            }
            _ => self.emit(Event::End(TagEnd), span),
        }
    }

    /// Ends the body that `TableHead`'s end began, or takes it back where it holds no row.
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

fn trimmed(math: CowStr<'_>) -> CowStr<'_> {
    match math {
        CowStr::Borrowed(text) => CowStr::Borrowed(text.trim()),
        other => other.trim().to_owned().into(),
    }
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

fn heading_attributes<'a>(
    id: Option<CowStr<'a>>,
    classes: Vec<CowStr<'a>>,
    others: Vec<(CowStr<'a>, Option<CowStr<'a>>)>,
) -> Attributes<'a> {
    if id.is_none() && classes.is_empty() && others.is_empty() {
        return None;
    }
    let mut attributes = Vec::new();
    attributes.extend(id.map(|id| (CowStr::from("id"), id)));
    if !classes.is_empty() {
        attributes.push(("class".into(), classes.join(" ").into()));
    }
    attributes.extend(others.into_iter().map(|(name, value)| (name, value.unwrap_or_else(|| "".into()))));
    Some(Box::new(attributes))
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
        let body =
            "| a | b |\n|---|---|\n| 1 | 2 |\n\n| h |\n|---|\n\n> - ~x~ ~~y~~ $$z$$\n\n$$a$$\n\n[^1]: note[^1]\n";
        for dialect in [Dialect::Jekyll, Dialect::GitHub] {
            spans_nest(&parse(body, dialect));
        }
    }

    #[test]
    fn one_tilde_strikes_on_github_only() {
        let struck = |dialect| {
            parse("~x~", dialect).iter().any(|item| matches!(item.event, Event::Start(Tag::Strikethrough, _)))
        };
        assert!(struck(Dialect::GitHub));
        assert!(!struck(Dialect::Jekyll));
    }

    #[test]
    fn two_dollars_make_math_and_alone_a_block() {
        let events: Vec<_> =
            parse("$a$ and $$b$$\n\n$$\nc\n$$", Dialect::Jekyll).into_iter().map(|item| item.event).collect();
        assert!(events.contains(&Event::Text("$a$".into())));
        assert!(events.contains(&Event::InlineMath("b".into())));
        assert!(events.contains(&Event::DisplayMath("c".into())));
    }
}
