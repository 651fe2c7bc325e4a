//! The state of the span parser: its position, the open spans, and the events that it writes.
//! In: a `SourceText`. Out: `Item`s, added to a list. Neighbours: `span/mod.rs` chooses the parser for each character,
//! the files in `span/` parse one construct each, `events.rs` starts it for each block.
//! Rules: kramdown 2.4.0, `parser/kramdown.rb` lines 253–301 (its `@tree`, `@stack` and `@src`).
//!
//! A span that turns out not to be closed is taken back (`rewind`), and its mark becomes text.

use crate::markdown::event::{CowStr, Event, Item, TagEnd};
use crate::markdown::kramdown::next_match::NextMatch;
use crate::markdown::kramdown::source_text::SourceText;
use crate::markdown::kramdown::span::codespan::Runs;
use crate::markdown::kramdown::span::emphasis::Closers;
use crate::markdown::kramdown::{KramdownParser, char_reference, chars};
use crate::text::{Span, is_cjk};

/// The kind of an open span: one whose end is not reached yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SpanKind {
    /// The whole text: that of a block or of a strikethrough.
    Root,
    /// `*text*`
    Emphasis,
    /// `**text**`
    Strong,
    /// The text of a link.
    Link,
    /// The text of an image.
    Image,
    /// An HTML element.
    Html {
        /// Whether its content is not parsed as Markdown.
        raw: bool,
    },
}

/// The last child of an open span. An inline attribute list after it belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LastChild {
    /// There is none.
    None,
    /// Text.
    Text,
    /// A symbol, such as a quote or an entity. It is no text, and it takes no attributes.
    Symbol,
    /// The element whose event has that index in `SpanParser::out`.
    Event(usize),
}

/// A span whose end is not reached yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenSpan {
    /// Its kind.
    pub kind: SpanKind,
    /// Its last child.
    pub last_child: LastChild,
    /// How many images are among its children.
    pub images: isize,
}

/// The state of the whole text before anything in it is parsed.
const WHOLE_TEXT: OpenSpan = OpenSpan { kind: SpanKind::Root, last_child: LastChild::None, images: 0 };

/// What ends the span that is being parsed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stop<'n> {
    /// The end of the text.
    Nothing,
    /// A delimiter of emphasis: `*`, `**`, `_` or `__`.
    Delimiter(&'static str),
    /// The `]` that closes the `[` of a link or an image.
    Bracket,
    /// The end tag of that element; `true` if its case does not matter.
    EndTag(&'n str, bool),
}

/// Which span parsers are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SpanParsers {
    /// All.
    All,
    /// Only HTML, as in raw HTML elements.
    HtmlOnly,
    /// Only code and HTML. The table parser uses it to find the pipes outside of code.
    CodeAndHtml,
}

/// A state of the parser to go back to, if the span that starts here is not closed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Checkpoint {
    out: usize,
    pending: Option<(usize, usize)>,
    /// The innermost open span.
    innermost: OpenSpan,
    /// How many spans are open.
    open_count: usize,
    pos: usize,
    skipped_line_break: Option<usize>,
}

/// A text that is being parsed into spans.
pub(super) struct SpanParser<'p, 'a, 's> {
    /// The parser of the body, with its definitions and options.
    pub parser: &'p mut KramdownParser<'a>,
    /// The events, those of the blocks before included.
    pub out: &'p mut Vec<Item<'a>>,
    /// The characters.
    pub text: &'s str,
    /// The same characters with their places in the body.
    pub origin: &'s SourceText,
    /// The position of the parser: a byte of `text`.
    pub pos: usize,
    /// The range of text that has no event yet. It can still grow.
    pending: Option<(usize, usize)>,
    /// The open spans, the outermost first. The first is the whole text.
    pub open_spans: Vec<OpenSpan>,
    /// The position of a line break in the source that gets no text, because a hard break stands for it.
    pub skipped_line_break: Option<usize>,
    /// Whether a backslash at the end of a line makes a hard break.
    pub hard_breaks: bool,
    /// Whether the text is that of a block. A backslash at the end of such a text makes no hard break.
    pub in_block: bool,
    /// Whether the text is the content of a script or a style sheet. A browser does not decode it.
    pub script: bool,
    /// Whether the text is raw HTML. Its character references are decoded; it is not parsed as Markdown.
    pub raw: bool,
    /// How many more bytes may be read for spans that turn out not to be closed. It keeps the time linear: at 0, marks
    /// are text.
    fuel: usize,
    /// How many spans are open in the texts around this one (a strikethrough has a parser of its own).
    pub depth: usize,
    /// Whether the text starts with an image that has `{:standalone}`.
    pub standalone: bool,
    /// The number of events before this text.
    pub base: usize,
    /// The last position where each delimiter of emphasis can close.
    pub closers: Closers,
    /// The runs of backticks in the text.
    pub runs: Runs,
    /// The next place of each thing that the parsers search for.
    pub next: NextMatches,
}

/// The next place of each thing that the parsers search for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NextMatches {
    /// `]`
    pub bracket: NextMatch,
    /// `}`
    pub brace: NextMatch,
    /// `>`
    pub greater: NextMatch,
    /// A line break.
    pub line: NextMatch,
    /// `-->`
    pub comment: NextMatch,
    /// `$$`
    pub dollars: NextMatch,
    /// `"` and `'`
    pub quotes: [NextMatch; 2],
    /// `"` and `'` with `)` after them, white space between them allowed.
    pub titles: [NextMatch; 2],
    /// The last character before the `~~` that ends a strikethrough.
    pub strike: NextMatch,
}

impl<'p, 'a, 's> SpanParser<'p, 'a, 's> {
    /// A parser at the start of `text`, which is the text of `origin`.
    pub fn new(
        parser: &'p mut KramdownParser<'a>,
        out: &'p mut Vec<Item<'a>>,
        text: &'s str,
        origin: &'s SourceText,
    ) -> Self {
        let base = out.len();
        // All texts of a body share one allocation.
        let mut open_spans = std::mem::take(&mut parser.spare_open_spans);
        open_spans.clear();
        open_spans.push(WHOLE_TEXT);
        Self {
            parser,
            out,
            text,
            origin,
            pos: 0,
            pending: None,
            open_spans,
            skipped_line_break: None,
            hard_breaks: false,
            in_block: true,
            script: false,
            raw: false,
            fuel: 16 * text.len() + 4096,
            depth: 0,
            standalone: false,
            base,
            closers: Closers::default(),
            runs: Runs::default(),
            next: NextMatches::default(),
        }
    }

    /// Parses the whole text.
    pub fn parse(&mut self) {
        self.parse_spans(Stop::Nothing, SpanParsers::All);
        self.flush();
        self.parser.spare_open_spans = std::mem::take(&mut self.open_spans);
    }

    /// The end of the character at `pos`.
    pub fn after_char(&self, pos: usize) -> usize {
        pos + chars::char_at(self.text, pos).map_or(1, char::len_utf8)
    }

    /// The byte at `pos`, or NUL.
    pub fn byte(&self, pos: usize) -> u8 {
        chars::byte_at(self.text, pos)
    }

    /// Whether `prefix` stands at `pos`.
    pub fn starts(&self, pos: usize, prefix: &str) -> bool {
        self.text.as_bytes().get(pos..).is_some_and(|rest| rest.starts_with(prefix.as_bytes()))
    }

    /// Adds the text `start..end`.
    pub fn push_text(&mut self, start: usize, end: usize) {
        if start >= end {
            return;
        }
        if let Some(innermost) = self.open_spans.last_mut() {
            innermost.last_child = LastChild::Text;
        }
        let mut start = start;
        if self.skipped_line_break == Some(start) {
            self.skipped_line_break = None;
            start += 1;
            if start == end {
                return;
            }
        }
        match &mut self.pending {
            Some((_, last)) if *last == start => *last = end,
            _ => {
                self.flush();
                self.pending = Some((start, end));
            }
        }
    }

    /// Writes the event of the text that has none yet.
    pub fn flush(&mut self) {
        let Some((start, end)) = self.pending.take() else { return };
        let out = &mut *self.out;
        let body = self.parser.body;
        if self.raw {
            let text = self.text.get(start..end).unwrap_or("");
            if self.script && text.contains(['&', '<', '>']) {
                let text = CowStr::from(char_reference::escaped(text));
                out.push(Item { event: Event::Text(text), span: self.origin.span(start, end) });
                return;
            }
            if text.contains('&') {
                let mut from = start;
                char_reference::decode_into(text, |piece| match piece {
                    char_reference::DecodedPart::Text(first, last) => {
                        from = start + last;
                        let text = self.origin.cow(body, start + first, from);
                        out.push(Item { event: Event::Text(text), span: self.origin.span(start + first, from) });
                    }
                    char_reference::DecodedPart::Char(c) => {
                        let rest = self.text.get(from..).unwrap_or("");
                        let end = rest.find(';').map_or(from, |found| from + found + 1);
                        out.push(Item { event: Event::Text(c), span: self.origin.span(from, end) });
                        from = end;
                    }
                });
                return;
            }
        }
        let hard_wrap = self.parser.options.hard_wrap && self.hard_breaks && !self.raw;
        // A line break at the end of a block makes no break.
        let ends_block = hard_wrap && self.in_block && end == self.text.len() && self.open_spans.len() == 1;
        let last = if ends_block && chars::byte_at(self.text, end.wrapping_sub(1)) == b'\n' { end - 1 } else { end };
        let mut push = |start, end| {
            self.origin.each_piece(body, start, end, |text, span| {
                if hard_wrap && text.contains('\n') {
                    wrap_lines(out, &text, span);
                } else {
                    out.push(Item { event: Event::Text(text), span });
                }
            });
        };
        let mut from = start;
        if self.parser.options.remove_line_breaks_for_cjk {
            let text = self.text.get(start..end).unwrap_or("");
            for (at, _) in text.match_indices('\n') {
                let cjk = |c: Option<char>| c.is_some_and(is_cjk);
                let (before, after) = (text.get(..at).unwrap_or(""), text.get(at + 1..).unwrap_or(""));
                if cjk(before.chars().next_back()) && cjk(after.chars().next()) {
                    push(from, start + at);
                    from = start + at + 1;
                }
            }
        }
        push(from, last);
        if last < end {
            out.push(Item { event: Event::Text(CowStr::Borrowed("\n")), span: self.origin.span(last, end) });
        }
    }

    /// Adds an event that has no content.
    pub fn push_event(&mut self, event: Event<'a>, start: usize, end: usize) -> usize {
        self.flush();
        self.out.push(Item { event, span: self.origin.span(start, end) });
        let index = self.out.len() - 1;
        self.set_last_child(LastChild::Event(index));
        index
    }

    /// Adds a symbol: a character for which the source has other characters. It counts as no text for an attribute list
    /// after it.
    pub fn push_symbol(&mut self, symbol: CowStr<'a>, start: usize, end: usize) {
        self.flush();
        self.out.push(Item { event: Event::Text(symbol), span: self.origin.span(start, end) });
        self.set_last_child(LastChild::Symbol);
    }

    /// Sets the last child of the innermost open span.
    pub fn set_last_child(&mut self, last: LastChild) {
        if let Some(innermost) = self.open_spans.last_mut() {
            innermost.last_child = last;
        }
    }

    /// The current state, for `rewind`.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            out: self.out.len(),
            pending: self.pending,
            innermost: self.open_spans.last().copied().unwrap_or(WHOLE_TEXT),
            open_count: self.open_spans.len(),
            pos: self.pos,
            skipped_line_break: self.skipped_line_break,
        }
    }

    /// Goes back to `state`. The bytes that were read since then are taken off the fuel.
    pub fn rewind(&mut self, state: &Checkpoint) {
        self.fuel = self.fuel.saturating_sub(self.pos.saturating_sub(state.pos));
        self.out.truncate(state.out);
        self.pending = state.pending;
        self.open_spans.truncate(state.open_count);
        if let Some(innermost) = self.open_spans.last_mut() {
            *innermost = state.innermost;
        }
        self.pos = state.pos;
        self.skipped_line_break = state.skipped_line_break;
    }

    /// Whether a span may be tried that may turn out not to be closed.
    pub fn has_fuel(&self) -> bool {
        self.fuel > 0
    }

    /// Opens a span and adds its start event. Returns the index of the event.
    pub fn open(&mut self, kind: SpanKind, event: Event<'a>, start: usize) -> usize {
        self.flush();
        self.out.push(Item { event, span: Span::at(self.origin.source(start)) });
        self.open_spans.push(OpenSpan { kind, ..WHOLE_TEXT });
        self.out.len() - 1
    }

    /// Closes the span whose start event has the index `index` and whose last byte is before `end`.
    pub fn close(&mut self, index: usize, end: usize) {
        self.flush();
        self.open_spans.pop();
        let stop = if end == 0 { self.origin.source(0) } else { self.origin.span(end - 1, end).end };
        let mut span = Span::at(stop);
        if let Some(item) = self.out.get_mut(index) {
            span = Span::new(item.span.start, stop);
            item.span = span;
        }
        self.out.push(Item { event: Event::End(TagEnd), span });
        self.set_last_child(LastChild::Event(index));
    }

    /// Whether a span of that kind is open.
    pub fn within(&self, kind: SpanKind) -> bool {
        self.open_spans.iter().any(|span| span.kind == kind)
    }

    /// The kind of the innermost open span.
    pub fn kind(&self) -> SpanKind {
        self.open_spans.last().map_or(SpanKind::Root, |span| span.kind)
    }

    /// The characters `start..end`.
    pub fn cow(&self, start: usize, end: usize) -> CowStr<'a> {
        self.origin.cow(self.parser.body, start, end)
    }
}

/// Adds text in which each line break is a hard break (the option `hard_wrap`).
fn wrap_lines<'a>(out: &mut Vec<Item<'a>>, text: &CowStr<'a>, span: Span) {
    let mut start = 0;
    let piece = |from: usize, to: usize| match text {
        CowStr::Borrowed(text) => CowStr::Borrowed(text.get(from..to).unwrap_or("")),
        _ => CowStr::from(text.get(from..to).unwrap_or("").to_owned()),
    };
    for (at, _) in text.match_indices('\n') {
        if at > start {
            out.push(Item {
                event: Event::Text(piece(start, at)),
                span: Span::new(span.start + start, span.start + at),
            });
        }
        out.push(Item { event: Event::HardBreak, span: Span::new(span.start + at, span.start + at + 1) });
        start = at + 1;
    }
    if start < text.len() {
        out.push(Item { event: Event::Text(piece(start, text.len())), span: Span::new(span.start + start, span.end) });
    }
}
