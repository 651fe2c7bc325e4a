//! The pieces of a line → Markdown, and what a parser must make of it. In: pieces, and which characters are escaped. Out:
//! Markdown; the shape of its HTML. Neighbours: `escapes.rs` tries which escapes are needed, `writer.rs` writes blocks.

use super::document::{
    CODE, EMPHASIS, Formats, HIGHLIGHT, InlineFormat, KEYBOARD, PastedInline, STRONG, STRUCK, SUBSCRIPT, SUPERSCRIPT,
};
use crate::markdown::token::Token;

/// How far ahead is looked for the end of a format.
const REACH: usize = 64;

/// Something that begins and ends within a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InlineMark {
    Link(usize),
    Format(Formats),
}

/// A step of writing.
enum InlineStep<'l> {
    Open(InlineMark),
    Close(InlineMark),
    Text(&'l str),
    Code(&'l str),
    /// Text in an element whose text kramdown does not read as Markdown.
    Element(&'static str, &'l str),
    Picture {
        address: &'l str,
        alternative: &'l str,
    },
    Reference(usize),
    Break,
}

/// A line as steps of writing.
pub(super) struct InlineWriter<'l> {
    steps: Vec<InlineStep<'l>>,
    links: &'l [(String, String)],
    /// The label of each footnote.
    labels: &'l [String],
    /// Whether it is a heading, where `#` means something everywhere.
    pub(super) is_heading: bool,
    /// Whether it is a term of a definition list.
    pub(super) is_term: bool,
    /// Whether it is a cell, which has one line.
    pub(super) is_cell: bool,
}

/// How a line is written.
#[derive(Clone, Debug, Default)]
pub(super) struct InlineStyle {
    /// Which candidates for escapes are escaped, in the order of the text; those beyond the end are.
    pub(super) escaped: Vec<bool>,
    /// Whether formats are written as tags.
    pub(super) tags: bool,
    /// Whether code is kept from Liquid; not for the Markdown parser alone.
    pub(super) liquid: bool,
}

const MARKS: [Formats; 5] = [STRONG, EMPHASIS, STRUCK, SUBSCRIPT, SUPERSCRIPT];

fn tag(format: Formats) -> &'static str {
    match format {
        STRONG => "strong",
        EMPHASIS => "em",
        STRUCK => "del",
        SUBSCRIPT => "sub",
        _ => "sup",
    }
}

fn sign(format: Formats) -> Option<&'static str> {
    match format {
        STRONG => Some("**"),
        EMPHASIS => Some("*"),
        STRUCK => Some("~~"),
        _ => None,
    }
}

impl InlineMark {
    fn is_in(self, format: InlineFormat) -> bool {
        match self {
            Self::Link(number) => format.link == Some(number),
            Self::Format(bit) => format.has(bit),
        }
    }
}

fn format_of(inline: &PastedInline) -> Option<InlineFormat> {
    match inline {
        PastedInline::Text(_, format) | PastedInline::Picture { format, .. } => Some(*format),
        PastedInline::Reference(_) => Some(InlineFormat::default()),
        PastedInline::Break => None,
    }
}

impl<'l> InlineWriter<'l> {
    pub(super) fn new(line: &'l [PastedInline], links: &'l [(String, String)], labels: &'l [String]) -> Self {
        let mut steps = Vec::new();
        let mut open: Vec<InlineMark> = Vec::new();
        for (at, inline) in line.iter().enumerate() {
            if let Some(format) = format_of(inline) {
                let kept = open.iter().position(|mark| !mark.is_in(format)).unwrap_or(open.len());
                steps.extend(open.drain(kept..).rev().map(InlineStep::Close));
                let ahead = line.get(at..).unwrap_or(&[]);
                let extent = |mark: InlineMark| {
                    ahead
                        .iter()
                        .take(REACH)
                        .take_while(|other| format_of(other).is_none_or(|format| mark.is_in(format)))
                        .count()
                };
                let link = format.link.map(InlineMark::Link);
                let formats = MARKS.into_iter().filter(|&bit| format.has(bit)).map(InlineMark::Format);
                let mut new: Vec<_> = link.into_iter().chain(formats).filter(|mark| !open.contains(mark)).collect();
                new.sort_by_key(|&mark| std::cmp::Reverse(extent(mark)));
                steps.extend(new.iter().map(|&mark| InlineStep::Open(mark)));
                open.extend(new);
            }
            steps.push(match inline {
                PastedInline::Text(text, format) if format.has(CODE) => InlineStep::Code(text),
                PastedInline::Text(text, format) if format.has(KEYBOARD) => InlineStep::Element("kbd", text),
                PastedInline::Text(text, format) if format.has(HIGHLIGHT) => InlineStep::Element("mark", text),
                PastedInline::Text(text, _) => InlineStep::Text(text),
                PastedInline::Break => InlineStep::Break,
                PastedInline::Picture { address, alternative, .. } => InlineStep::Picture { address, alternative },
                PastedInline::Reference(number) => InlineStep::Reference(*number),
            });
        }
        steps.extend(open.into_iter().rev().map(InlineStep::Close));
        Self { steps, links, labels, is_heading: false, is_term: false, is_cell: false }
    }

    /// Whether no character of it can mean anything to the parser.
    pub(super) fn is_plain(&self) -> bool {
        self.steps.iter().all(|step| match step {
            InlineStep::Text(text) => {
                !text.bytes().any(|b| b.is_ascii_punctuation() && !matches!(b, b',' | b';' | b'?' | b'%' | b'/' | b'@'))
                    && !text.starts_with(|c: char| c.is_ascii_digit())
            }
            InlineStep::Reference(_) => true,
            _ => false,
        })
    }

    /// The Markdown; into `candidates` go the characters that could be escaped.
    pub(super) fn markdown(&self, style: &InlineStyle, candidates: &mut Vec<u8>) -> String {
        let mut out = String::new();
        let mut in_link = 0usize;
        for (at, step) in self.steps.iter().enumerate() {
            match step {
                InlineStep::Text(text) => {
                    if in_link > 0 && self.is_address_of_link(at) {
                        out.push_str(text);
                    } else {
                        self.escape(text, style, candidates, &mut out, in_link > 0);
                    }
                }
                InlineStep::Code(text) => self.code(text, style, &mut out),
                InlineStep::Element(name, text) => {
                    out.extend(["<", name, ">"]);
                    add_references(&mut out, text, |c| matches!(c, '&' | '<' | '>' | '{' | '|' | '`' | ']'));
                    out.extend(["</", name, ">"]);
                }
                InlineStep::Break if self.is_cell => out.push_str("<br />"),
                InlineStep::Break => out.push_str("  \n"),
                InlineStep::Reference(number) => {
                    if style.liquid
                        && let Some(label) = self.labels.get(*number)
                    {
                        out.push_str("[^");
                        out.push_str(label);
                        out.push(']');
                    }
                }
                InlineStep::Picture { address, alternative } => {
                    out.push_str("![");
                    self.escape(alternative, style, candidates, &mut out, true);
                    out.push_str("](");
                    out.push_str(&written_address(address));
                    out.push(')');
                }
                InlineStep::Open(InlineMark::Link(_)) => {
                    in_link += 1;
                    out.push(if self.is_address_of_link(at + 1) { '<' } else { '[' });
                }
                InlineStep::Close(InlineMark::Link(number)) => {
                    in_link = in_link.saturating_sub(1);
                    if at > 0 && self.is_address_of_link(at - 1) {
                        out.push('>');
                        continue;
                    }
                    let (address, title) =
                        self.links.get(*number).map_or(("", ""), |(address, title)| (address, title));
                    out.push_str("](");
                    out.push_str(&written_address(address));
                    if !title.is_empty() && !title.contains(['"', '\\', '{', '\n', '|']) {
                        out.push_str(" \"");
                        out.push_str(title);
                        out.push('"');
                    }
                    out.push(')');
                }
                InlineStep::Open(InlineMark::Format(format)) => match sign(*format).filter(|_| !style.tags) {
                    Some(sign) => out.push_str(sign),
                    None => out.extend(["<", tag(*format), ">"]),
                },
                InlineStep::Close(InlineMark::Format(format)) => match sign(*format).filter(|_| !style.tags) {
                    Some(sign) => out.push_str(sign),
                    None => out.extend(["</", tag(*format), ">"]),
                },
            }
        }
        out
    }

    /// Whether the step is the whole text of a link, and its address.
    fn is_address_of_link(&self, at: usize) -> bool {
        let around = at.checked_sub(1).and_then(|before| Some((self.steps.get(before)?, self.steps.get(at + 1)?)));
        let Some((InlineStep::Open(InlineMark::Link(number)), InlineStep::Close(InlineMark::Link(_)))) = around else {
            return false;
        };
        let Some(InlineStep::Text(text)) = self.steps.get(at) else { return false };
        let Some((address, title)) = self.links.get(*number) else { return false };
        let is_short = *text == address && (text.starts_with("http://") || text.starts_with("https://"));
        is_short && title.is_empty() && !text.contains(['<', '>', ' ', '|', '{', '*', '_', '`'])
    }

    /// Writes text with its escapes.
    fn escape(&self, text: &str, style: &InlineStyle, candidates: &mut Vec<u8>, out: &mut String, in_brackets: bool) {
        let bytes = text.as_bytes();
        let mut starts_line = out.is_empty() || out.ends_with('\n');
        let mut digits = false;
        for (at, c) in text.char_indices() {
            let next = bytes.get(at + c.len_utf8()).copied().unwrap_or(0);
            let before = at.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(0);
            if c == '{' && before == b'{' {
                // Liquid runs before Markdown, and knows no backslash.
                out.push_str("\\{");
                continue;
            }
            if c == '{' && next == b'%' {
                out.push_str("&#123;");
                continue;
            }
            if c == '[' && next == b'^' {
                // A note of that name may stand elsewhere in the text.
                out.push_str("\\[");
                continue;
            }
            if c == '<' && (next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?')) {
                // A tag may end in another block.
                out.push_str("\\<");
                continue;
            }
            if c == '\\' && next == 0 {
                // Before a line end it would be a break, even with another one before it.
                out.push_str("&#92;");
                continue;
            }
            let rest = text.get(at..).unwrap_or("");
            let may_open = starts_line && ["```", "~~~", "{:", "$$"].iter().any(|mark| rest.starts_with(mark));
            // With one in the definition, the line of a term would be a row of a table.
            if may_open || self.is_term && c == '|' {
                // What such a mark opens may end in another block.
                out.extend(['\\', c]);
                starts_line = false;
                continue;
            }
            if self.is_cell && c == '`' {
                // It would pair with one in another cell.
                out.push_str("&#96;");
                continue;
            }
            if self.is_cell && starts_line && text.chars().all(|c| matches!(c, '-' | ':' | '=' | '+' | ' ')) {
                // A row of such cells would be the line below a header.
                out.extend(['\\', c]);
                starts_line = false;
                continue;
            }
            let counts = match c {
                '*' | '_' | '`' | '[' | '<' | '&' | '|' => true,
                ']' => in_brackets,
                '!' => next == 0,
                '\\' => next.is_ascii_punctuation(),
                '#' => self.is_heading || starts_line || before == b'#',
                '{' => matches!(next, b':' | b'#'),
                ':' => starts_line || before == b']',
                '+' | '=' => starts_line,
                '^' => starts_line || out.ends_with('['),
                '.' | ')' => digits,
                '-' => starts_line || next == b'-' || before == b'-',
                '>' => starts_line || next == b'>' || before == b'>',
                '$' => next == b'$' || before == b'$',
                '~' => next == b'~' || before == b'~',
                _ => false,
            };
            if counts {
                let escaped = style.escaped.get(candidates.len()).copied().unwrap_or(true);
                candidates.push(c as u8);
                if escaped {
                    match c {
                        '&' => out.push_str("&amp;"),
                        '^' => out.push_str("&#94;"),
                        // A tag may follow, and two such marks are one of kramdown's.
                        '<' if next == 0 => out.push_str("&lt;"),
                        ')' => out.push_str("\\)"),
                        c => out.extend(['\\', c]),
                    }
                } else {
                    out.push(c);
                }
            } else {
                out.push(c);
            }
            digits = c.is_ascii_digit() && (starts_line || digits);
            starts_line = false;
        }
    }

    /// Writes code within a line.
    fn code(&self, text: &str, style: &InlineStyle, out: &mut String) {
        if style.tags {
            out.push_str("<code>");
            add_references(out, text, |c| c.is_ascii_punctuation());
            out.push_str("</code>");
            return;
        }
        let raw = style.liquid && needs_raw(text);
        let fence = "`".repeat(longest_run(text, '`') + 1);
        let padding = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        let text = if raw { kept_from_liquid(text) } else { text.to_owned() };
        let (open, close) = if raw { ("{% raw %}", "{% endraw %}") } else { ("", "") };
        out.extend([open, &fence, padding, &text, padding, &fence, close]);
    }

    /// The shape of the HTML that the line must become.
    pub(super) fn shape(&self) -> String {
        let mut shape = String::new();
        for step in &self.steps {
            match step {
                InlineStep::Text(text) => add_text(&mut shape, text),
                InlineStep::Element(name, text) => {
                    shape.extend(["<", name, ">"]);
                    add_text(&mut shape, text);
                    shape.push_str("</>");
                }
                InlineStep::Code(text) => {
                    shape.push_str("<code>");
                    add_text(&mut shape, text);
                    shape.push_str("</>");
                }
                InlineStep::Break => shape.push_str("<br></>"),
                InlineStep::Reference(_) => {}
                InlineStep::Picture { address, alternative } => {
                    shape.extend(["<img ", &written_address(address), " "]);
                    add_text(&mut shape, alternative);
                    shape.push_str("></>");
                }
                InlineStep::Open(InlineMark::Link(number)) => {
                    let address = self.links.get(*number).map_or("", |(address, _)| address);
                    shape.extend(["<a ", &written_address(address), ">"]);
                }
                InlineStep::Open(InlineMark::Format(format)) => shape.extend(["<", tag(*format), ">"]),
                InlineStep::Close(_) => shape.push_str("</>"),
            }
        }
        shape
    }
}

/// The shape of HTML: elements, addresses, and text without white space, in which straight and curly marks are the same.
pub(super) fn shape_of(tokens: &[Token<'_>]) -> String {
    let mut shape = String::new();
    for token in tokens {
        match token {
            Token::Open { name, attributes, .. } => {
                let value =
                    |wanted: &str| attributes.iter().find(|(name, _)| **name == *wanted).map_or("", |(_, value)| value);
                match &**name {
                    "a" => shape.extend(["<a ", value("href"), ">"]),
                    "img" => {
                        shape.extend(["<img ", value("src"), " "]);
                        add_text(&mut shape, value("alt"));
                        shape.push('>');
                    }
                    name => shape.extend(["<", name, ">"]),
                }
            }
            Token::Close => shape.push_str("</>"),
            Token::Text(text) => add_text(&mut shape, text),
            Token::Comment(_) => shape.push_str("<!>"),
        }
    }
    shape
}

fn add_text(shape: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '‘' | '’' => shape.push('\''),
            '“' | '”' => shape.push('"'),
            '…' => shape.push_str("..."),
            // So that text can never look like an element.
            '<' => shape.push('‹'),
            c if c.is_whitespace() && c != '\u{A0}' => {}
            c => shape.push(c),
        }
    }
}

/// Writes text of an element that is not read as Markdown: some of its characters by their numbers.
fn add_references(out: &mut String, text: &str, is_replaced: fn(char) -> bool) {
    for c in text.chars() {
        if is_replaced(c) {
            out.push_str(&format!("&#{};", u32::from(c)));
        } else {
            out.push(c);
        }
    }
}

/// An address as it stands in brackets. Liquid and Markdown find nothing in it.
pub(super) fn written_address(address: &str) -> String {
    let mut depth = 0isize;
    let balanced = address.bytes().all(|b| {
        depth += isize::from(b == b'(') - isize::from(b == b')');
        depth >= 0
    }) && depth == 0;
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        let replaced = match c {
            '(' if !balanced => "%28",
            ')' if !balanced => "%29",
            '<' => "%3C",
            '>' => "%3E",
            '{' => "%7B",
            '}' => "%7D",
            '|' => "%7C",
            '\\' => "%5C",
            '"' => "%22",
            '\'' => "%27",
            '*' => "%2A",
            '`' => "%60",
            '[' => "%5B",
            ']' => "%5D",
            c if c.is_whitespace() => "%20",
            c if c.is_control() => "",
            c => {
                out.push(c);
                continue;
            }
        };
        out.push_str(replaced);
    }
    out
}

/// Whether Liquid finds something in the text.
pub(super) fn needs_raw(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}

/// Text that stands between `raw` tags: it cannot end them.
pub(super) fn kept_from_liquid(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{%") {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let name = tag.get(2..).unwrap_or("").trim_start_matches(['-', ' ', '\t', '\n', '\r']);
        out.push_str(if name.starts_with("endraw") { "{% endraw %}{{ '{%' }}{% raw %}" } else { "{%" });
        rest = tag.get(2..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

/// The length of the longest run of a character.
pub(super) fn longest_run(text: &str, wanted: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
