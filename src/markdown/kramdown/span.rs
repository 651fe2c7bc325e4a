//! From the text of a block to events: which parser of spans is asked at which character, and what ends a span.
//! In: a `Text`. Out: `Item`s, appended. Neighbours: the parsers of the single spans, `emit.rs`.
//! Rules: kramdown's `parse_spans` and the order of its `span_parsers`. Where a span turns out not to be closed, what it
//! gave is dropped and its mark is text; a text's fuel bounds how often that may happen.

use super::emphasis::Closers;
use super::scan::{self, Next};
use super::text::Text;
use super::{Parser, codespan, entity, html_tag};
use crate::markdown::event::{CowStr, Event, Item, TagEnd};
use crate::text::Span;

/// What the parser stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// The block itself, or the text of a strikethrough.
    Root,
    /// `em`
    Emphasis,
    /// `strong`
    Strong,
    /// A link's text.
    Link,
    /// An image's text.
    Image,
    /// An element of HTML.
    Html {
        /// Its content is not Markdown.
        raw: bool,
    },
}

/// The last child of what the parser stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Last {
    /// There is none.
    None,
    /// Text.
    Text,
    /// A symbol: no text, but nothing that has attributes.
    Symbol,
    /// The event at that index.
    Event(usize),
}

/// What the parser stands in, and what it found there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// What it is.
    pub kind: FrameKind,
    /// Its last child.
    pub last: Last,
    /// How many images are its children.
    pub images: isize,
}

/// What ends the span that is being parsed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stop<'n> {
    /// The end of the text.
    Nothing,
    /// `*`, `**`, `_` or `__`.
    Delimiter(&'static str),
    /// The bracket that balances.
    Bracket,
    /// An end tag, in capitals or not.
    EndTag(&'n str, bool),
}

/// Which parsers are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// All.
    All,
    /// HTML only.
    Html,
    /// Code and HTML (tables look for their pipes so).
    CodeAndHtml,
}

/// Where to go back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    out: usize,
    pending: Option<(usize, usize)>,
    frame: Frame,
    frames: usize,
    pos: usize,
    swallow: Option<usize>,
}

/// A text that is being parsed into spans.
pub(super) struct Spans<'p, 'a, 's> {
    /// Definitions and options.
    pub parser: &'p mut Parser<'a>,
    /// The events.
    pub out: &'p mut Vec<Item<'a>>,
    /// The characters.
    pub text: &'s str,
    /// What they come from.
    pub origin: &'s Text,
    /// Where the parser stands.
    pub pos: usize,
    /// Text that is not yet an event.
    pending: Option<(usize, usize)>,
    /// What the parser stands in, from the block on.
    pub frames: Vec<Frame>,
    /// A line break that the event of a break stands for.
    pub swallow: Option<usize>,
    /// Whether a backslash at the end of a line breaks it.
    pub hard_breaks: bool,
    /// Whether a backslash at the very end breaks nothing.
    pub in_block: bool,
    /// Whether text is the content of a script, which a browser does not decode.
    pub script: bool,
    /// Whether text shows references to characters as written.
    pub raw: bool,
    /// How many characters may still be read in vain.
    fuel: usize,
    /// How deep texts within texts are.
    pub depth: usize,
    /// Whether the first thing is an image that asks to stand alone as a figure.
    pub standalone: bool,
    /// How many events stood there before.
    pub base: usize,
    /// The last places where emphasis can end.
    pub closers: Closers,
    /// The runs of backticks.
    pub runs: codespan::Runs,
    /// Where things are that the parsers look for.
    pub next: Places,
}

/// The next places of what parsers look for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    /// `]`
    pub bracket: Next,
    /// `}`
    pub brace: Next,
    /// `>`
    pub greater: Next,
    /// A line break.
    pub line: Next,
    /// `-->`
    pub comment: Next,
    /// `$$`
    pub dollars: Next,
    /// `"` and `'`
    pub quotes: [Next; 2],
    /// `"` and `'` before white space and `)`.
    pub titles: [Next; 2],
    /// The end of a strikethrough.
    pub strike: Next,
}

/// Bytes at which something may start, or whose neighbour may start something.
static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b"*_`<>[]!\"'${&-.\n\\~";
    let mut index = 0;
    while index < bytes.len() {
        table[bytes[index] as usize] = true;
        index += 1;
    }
    table
};

impl<'p, 'a, 's> Spans<'p, 'a, 's> {
    /// Ready to parse `text`, whose characters come from `origin`.
    pub fn new(parser: &'p mut Parser<'a>, out: &'p mut Vec<Item<'a>>, text: &'s str, origin: &'s Text) -> Self {
        let frame = Frame { kind: FrameKind::Root, last: Last::None, images: 0 };
        let base = out.len();
        // One allocation serves all texts.
        let mut frames = std::mem::take(&mut parser.spare_frames);
        frames.clear();
        frames.push(frame);
        Self {
            parser,
            out,
            text,
            origin,
            pos: 0,
            pending: None,
            frames,
            swallow: None,
            hard_breaks: false,
            in_block: true,
            script: false,
            raw: false,
            fuel: 16 * text.len() + 4096,
            depth: 0,
            standalone: false,
            base,
            closers: Closers::default(),
            runs: codespan::Runs::default(),
            next: Places::default(),
        }
    }

    /// Parses the whole text.
    pub fn parse(&mut self) {
        self.parse_spans(Stop::Nothing, Asked::All);
        self.flush();
        self.parser.spare_frames = std::mem::take(&mut self.frames);
    }

    /// Parses up to `stop`, which is not taken; says whether it was found.
    pub fn parse_spans(&mut self, stop: Stop<'_>, asked: Asked) -> bool {
        let mut brackets = 1isize;
        while self.pos < self.text.len() {
            let Some(at) = self.next_token(stop, asked) else {
                if matches!(stop, Stop::Nothing) {
                    self.push_text(self.pos, self.text.len());
                    self.pos = self.text.len();
                }
                return false;
            };
            self.push_text(self.pos, at);
            self.pos = at;
            if self.stops(stop, &mut brackets) {
                return true;
            }
            if !self.dispatch(asked) {
                let next = self.after_char(self.pos);
                self.push_text(self.pos, next);
                self.pos = next;
            }
        }
        false
    }

    /// Past the character at `pos`.
    pub fn after_char(&self, pos: usize) -> usize {
        pos + scan::char_at(self.text, pos).map_or(1, char::len_utf8)
    }

    /// The byte at `pos`, or NUL.
    pub fn byte(&self, pos: usize) -> u8 {
        scan::byte_at(self.text, pos)
    }

    /// Whether the text goes on with `prefix` at `pos`.
    pub fn starts(&self, pos: usize, prefix: &str) -> bool {
        self.text.as_bytes().get(pos..).is_some_and(|rest| rest.starts_with(prefix.as_bytes()))
    }

    /// The next position where a parser is asked or `stop` may stand.
    fn next_token(&self, stop: Stop<'_>, asked: Asked) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let from = self.pos;
        if asked != Asked::All {
            let code = asked == Asked::CodeAndHtml;
            return bytes.get(from..)?.iter().position(|&b| b == b'<' || (code && b == b'`')).map(|at| from + at);
        }
        let mut at = from;
        loop {
            at += bytes.get(at..)?.iter().position(|&byte| SPECIAL[usize::from(byte)])?;
            let (byte, following) = (self.byte(at), self.byte(at + 1));
            let spaced = at > from && self.byte(at - 1) == b' ';
            match byte {
                b'*' | b'_' | b'`' | b'[' | b'$' | b'&' | b'\\' => return Some(at),
                b'<' => return Some(if following == b'<' && spaced { at - 1 } else { at }),
                b'>' if following == b'>' => return Some(if spaced { at - 1 } else { at }),
                b']' if matches!(stop, Stop::Bracket) => return Some(at),
                b'!' if following == b'[' => return Some(at),
                b'"' | b'\'' => {
                    let before = if at > from { scan::char_before(self.text, at).map_or(0, char::len_utf8) } else { 0 };
                    return Some(at - before);
                }
                b'{' if following == b':' => return Some(at),
                b'-' | b'~' if following == byte => return Some(at),
                b'.' if following == b'.' && self.byte(at + 2) == b'.' => return Some(at),
                b'\n' if spaced && at >= from + 2 && self.byte(at - 2) == b' ' && !self.parser.options.hard_wrap => {
                    return Some(at - 2);
                }
                _ => at += 1,
            }
        }
    }

    /// Whether the span that is being parsed ends here.
    fn stops(&self, stop: Stop<'_>, brackets: &mut isize) -> bool {
        match stop {
            Stop::Nothing => false,
            Stop::Delimiter(delimiter) => {
                self.starts(self.pos, delimiter)
                    && super::emphasis::closes(self.text, self.pos, delimiter)
                    && self.frames.last().is_some_and(|frame| frame.last != Last::None)
            }
            Stop::Bracket => {
                match (self.byte(self.pos), self.byte(self.pos + 1)) {
                    (b']', _) => *brackets -= 1,
                    (b'[', _) | (b'!', b'[') => *brackets += 1,
                    _ => return false,
                }
                *brackets == self.frames.last().map_or(0, |frame| frame.images)
            }
            Stop::EndTag(name, any_case) => html_tag::end_of(self.text, self.pos, name, any_case).is_some(),
        }
    }

    /// Asks the parsers; says whether one took something.
    fn dispatch(&mut self, asked: Asked) -> bool {
        let byte = self.byte(self.pos);
        let following = self.byte(self.pos + 1);
        if asked != Asked::All {
            return match byte {
                b'`' => self.parse_codespan(),
                b'<' => self.parse_html_span(),
                _ => false,
            };
        }
        let taken = match byte {
            b'*' | b'_' => self.parse_emphasis(),
            b'`' => self.parse_codespan(),
            b'<' => self.parse_autolink() || self.parse_html_span(),
            b'[' => self.parse_footnote_reference() || self.parse_link(),
            b'!' if following == b'[' => self.parse_link(),
            _ => false,
        };
        if taken || self.parse_smart_quotes() {
            return true;
        }
        match byte {
            b'$' => self.parse_math_span(),
            b'{' if following == b':' => self.parse_span_extension(),
            b'&' => self.parse_entity(),
            b'-' | b'.' | b'<' | b'>' => self.parse_typographic_symbol(),
            b' ' => self.parse_typographic_symbol() || self.parse_line_break(),
            b'\\' => self.parse_typographic_symbol() || self.parse_line_break() || self.parse_escaped_char(),
            b'~' => self.parse_strikethrough(),
            _ => false,
        }
    }

    /// Adds the text `start..end`.
    pub fn push_text(&mut self, start: usize, end: usize) {
        if start >= end {
            return;
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.last = Last::Text;
        }
        let mut start = start;
        if self.swallow == Some(start) {
            self.swallow = None;
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

    /// Makes an event of the text that is none yet.
    pub fn flush(&mut self) {
        let Some((start, end)) = self.pending.take() else { return };
        let out = &mut *self.out;
        let body = self.parser.body;
        if self.raw {
            let text = self.text.get(start..end).unwrap_or("");
            if self.script && text.contains(['&', '<', '>']) {
                let text = CowStr::from(entity::escaped(text));
                out.push(Item { event: Event::Text(text), span: self.origin.span(start, end) });
                return;
            }
            if text.contains('&') {
                let span = self.origin.span(start, end);
                entity::decode_into(text, |piece| {
                    let text = match piece {
                        entity::Piece::Text(from, to) => self.origin.cow(body, start + from, start + to),
                        entity::Piece::Char(c) => c,
                    };
                    out.push(Item { event: Event::Text(text), span });
                });
                return;
            }
        }
        let hard_wrap = self.parser.options.hard_wrap && self.hard_breaks && !self.raw;
        self.origin.each_piece(body, start, end, |text, span| {
            if hard_wrap && text.contains('\n') {
                wrap_lines(out, &text, span);
            } else {
                out.push(Item { event: Event::Text(text), span });
            }
        });
    }

    /// Adds an event that has no content.
    pub fn push_event(&mut self, event: Event<'a>, start: usize, end: usize) -> usize {
        self.flush();
        self.out.push(Item { event, span: self.origin.span(start, end) });
        let index = self.out.len() - 1;
        self.set_last(Last::Event(index));
        index
    }

    /// Adds a character that the source says in another way; it is no text to what follows.
    pub fn push_symbol(&mut self, symbol: CowStr<'a>, start: usize, end: usize) {
        self.flush();
        self.out.push(Item { event: Event::Text(symbol), span: self.origin.span(start, end) });
        self.set_last(Last::Symbol);
    }

    /// Says what the last child is.
    pub fn set_last(&mut self, last: Last) {
        if let Some(frame) = self.frames.last_mut() {
            frame.last = last;
        }
    }

    /// Where the parser stands, to go back to.
    pub fn mark(&self) -> Mark {
        let frame = self.frames.last().copied();
        Mark {
            out: self.out.len(),
            pending: self.pending,
            frame: frame.unwrap_or(Frame { kind: FrameKind::Root, last: Last::None, images: 0 }),
            frames: self.frames.len(),
            pos: self.pos,
            swallow: self.swallow,
        }
    }

    /// Goes back to `mark`, and pays for what was read in vain.
    pub fn reset(&mut self, mark: &Mark) {
        self.fuel = self.fuel.saturating_sub(self.pos.saturating_sub(mark.pos));
        self.out.truncate(mark.out);
        self.pending = mark.pending;
        self.frames.truncate(mark.frames);
        if let Some(frame) = self.frames.last_mut() {
            *frame = mark.frame;
        }
        self.pos = mark.pos;
        self.swallow = mark.swallow;
    }

    /// Whether something may be tried that may turn out in vain.
    pub fn has_fuel(&self) -> bool {
        self.fuel > 0
    }

    /// Enters an element; its start event is added.
    pub fn open(&mut self, kind: FrameKind, event: Event<'a>, start: usize) -> usize {
        self.flush();
        self.out.push(Item { event, span: Span::at(self.origin.source(start)) });
        self.frames.push(Frame { kind, last: Last::None, images: 0 });
        self.out.len() - 1
    }

    /// Leaves the element whose start event is at `index`, and that ends before `end`.
    pub fn close(&mut self, index: usize, end: usize) {
        self.flush();
        self.frames.pop();
        let stop = if end == 0 { self.origin.source(0) } else { self.origin.span(end - 1, end).end };
        let mut span = Span::at(stop);
        if let Some(item) = self.out.get_mut(index) {
            span = Span::new(item.span.start, stop);
            item.span = span;
        }
        self.out.push(Item { event: Event::End(TagEnd), span });
        self.set_last(Last::Event(index));
    }

    /// Whether the parser stands in something of that kind.
    pub fn within(&self, kind: FrameKind) -> bool {
        self.frames.iter().any(|frame| frame.kind == kind)
    }

    /// What the parser stands in.
    pub fn kind(&self) -> FrameKind {
        self.frames.last().map_or(FrameKind::Root, |frame| frame.kind)
    }

    /// The characters `start..end`.
    pub fn cow(&self, start: usize, end: usize) -> CowStr<'a> {
        self.origin.cow(self.parser.body, start, end)
    }
}

/// Text whose line breaks are breaks in the page.
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
