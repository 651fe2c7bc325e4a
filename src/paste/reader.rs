//! Tokens of HTML → a document. In: the HTML of a clipboard. Out: `PastedDocument`. Neighbours: `look.rs` says what
//! elements and styles mean; `containers.rs` holds the blocks that are open.
//!
//! One pass over the tokens. Elements that nobody sees are skipped with all that is in them; so is text outside of the
//! part that was copied (`StartFragment`, `EndFragment`).

use super::containers::{ContainerKind, Containers};
use super::document::{ColumnSide, EMPHASIS, InlineFormat, MONOSPACE, PastedBlock, PastedDocument, PastedInline};
use super::footnotes::{self, FootnoteTokens};
use super::look::{self, TagAttributes, attribute};
use super::word_lists;
use crate::markdown::raw_html;
use crate::markdown::token::Token;

/// An element that is open.
struct OpenTag {
    is_block: bool,
    format: InlineFormat,
    /// How many containers were open before it.
    containers: usize,
    /// The language that it says of code.
    language: Option<String>,
    /// Whether it shows its text in quotation marks.
    is_quotation: bool,
    /// Whether its text is the marker of one of Word's items.
    is_marker: bool,
}

struct ClipboardReader {
    document: PastedDocument,
    containers: Containers,
    open: Vec<OpenTag>,
    footnotes: FootnoteTokens,
    /// How many open elements are within one that is skipped, with that one.
    skipped: usize,
    /// Whether a font of fixed width means code.
    heeds_monospace: bool,
    /// Whether the text at the position was copied.
    is_copied: bool,
}

/// Reads HTML. Where all text has a fixed width by style, that says nothing of a part of it.
pub(super) fn read(html: &str) -> PastedDocument {
    let tokens = raw_html::parse(html);
    let document = read_tokens(&tokens, true);
    if document.is_code { PastedDocument { is_code: true, ..read_tokens(&tokens, false) } } else { document }
}

fn read_tokens(tokens: &[Token<'_>], heeds_monospace: bool) -> PastedDocument {
    let is_fragment = |token: &Token<'_>| matches!(token, Token::Comment(text) if text.trim() == "StartFragment");
    let mut reader = ClipboardReader {
        document: PastedDocument::default(),
        containers: Containers::new(),
        open: Vec::new(),
        footnotes: footnotes::find(tokens),
        skipped: 0,
        heeds_monospace,
        is_copied: !tokens.iter().any(is_fragment),
    };
    reader.document.footnotes.resize(reader.footnotes.notes.len(), Vec::new());
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Open { name, attributes, .. } => reader.start(index, name, attributes),
            Token::Close => reader.end(),
            Token::Text(text) => reader.text(text),
            Token::Comment(text) => match text.trim() {
                "StartFragment" => reader.is_copied = true,
                "EndFragment" => reader.is_copied = false,
                _ => {}
            },
        }
    }
    reader.finish()
}

impl ClipboardReader {
    fn format(&self) -> InlineFormat {
        self.open.last().map_or_else(InlineFormat::default, |open| open.format)
    }

    /// Whether the text at the position was copied. Word writes notes behind the part that was.
    fn is_copied(&self) -> bool {
        self.is_copied || self.containers.is_in_note()
    }

    fn start(&mut self, index: usize, name: &str, attributes: &TagAttributes<'_>) {
        let is_noted = self.footnotes.backlinks.contains(&index);
        if let Some(&number) = self.footnotes.references.get(&index).filter(|_| self.skipped == 0) {
            self.containers.push(PastedInline::Reference(number));
            self.skipped = 1;
            return;
        }
        if self.skipped > 0 || is_noted || look::is_hidden(name, attributes) {
            self.skipped += 1;
            return;
        }
        let style = attribute(attributes, "style");
        let around = self.format();
        let mut format = InlineFormat { formats: look::formats_in(around.formats, name, attributes), ..around };
        if name == "a" && !attribute(attributes, "href").is_empty() {
            format.link = self.link(attributes).or(around.link);
        }
        if !self.heeds_monospace {
            format.formats &= !MONOSPACE;
        }
        let is_block = look::is_block(name);
        if is_block {
            self.containers.end_line();
        }
        let mut opened = OpenTag {
            is_block,
            format,
            containers: self.containers.depth(),
            language: look::language(attributes).map(str::to_owned),
            is_quotation: name == "q",
            is_marker: style.contains("mso-list") && style.to_ascii_lowercase().contains("ignore"),
        };
        if let Some(&number) = self.footnotes.notes.get(&index) {
            self.open_container(ContainerKind::Note(number), &mut opened);
        } else {
            self.start_container(name, attributes, &mut opened);
        }
        if opened.is_quotation {
            self.containers.push_text("“", format);
        }
        if opened.is_marker {
            self.containers.start_marker();
        }
        self.open.push(opened);
        match name {
            "br" => self.containers.push(PastedInline::Break),
            "hr" => self.containers.attach(PastedBlock::Rule),
            "img" => self.picture(attributes, format),
            "input" if attribute(attributes, "type").eq_ignore_ascii_case("checkbox") => {
                self.containers.task(attributes.iter().any(|(name, _)| **name == *"checked"));
            }
            _ => {}
        }
    }

    /// Opens the container of an element that is one.
    fn start_container(&mut self, name: &str, attributes: &TagAttributes<'_>, opened: &mut OpenTag) {
        let style = attribute(attributes, "style");
        let kind = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                ContainerKind::Heading(name.as_bytes().get(1).map_or(1, |digit| digit - b'0'))
            }
            "div" | "p" | "span" if attribute(attributes, "role") == "heading" => {
                let level = attribute(attributes, "aria-level").parse::<u8>().unwrap_or(2);
                ContainerKind::Heading(level.clamp(1, 6))
            }
            "p" if look::has_class(attributes, "MsoTitle") => ContainerKind::Heading(1),
            "p" if look::has_class(attributes, "MsoQuote") || look::has_class(attributes, "MsoIntenseQuote") => {
                opened.format.formats &= !EMPHASIS;
                ContainerKind::Quote
            }
            "p" | "div" | "li" if word_lists::level(style).is_some() && self.containers.takes_blocks() => {
                ContainerKind::WordItem(word_lists::level(style).unwrap_or(0))
            }
            "blockquote" => ContainerKind::Quote,
            "pre" | "listing" | "xmp" => {
                let by_element = opened.language.clone();
                let around = || self.open.iter().rev().take(4).find_map(|open| open.language.clone());
                ContainerKind::Code(by_element.or_else(around).unwrap_or_default())
            }
            "ul" | "menu" | "dir" => ContainerKind::List(None),
            "ol" => ContainerKind::List(Some(attribute(attributes, "start").parse().unwrap_or(1))),
            "li" => {
                let checked = attribute(attributes, "aria-checked");
                let is_task = attribute(attributes, "role") == "checkbox";
                ContainerKind::Item(is_task.then_some(checked == "true"))
            }
            "dl" => ContainerKind::Definitions,
            "dt" => ContainerKind::Term,
            "dd" => ContainerKind::Meaning,
            "table" => {
                let role = attribute(attributes, "role");
                ContainerKind::Table(matches!(role, "presentation" | "none"))
            }
            "caption" => ContainerKind::Caption,
            "tr" => ContainerKind::Row,
            "td" | "th" => ContainerKind::Cell {
                is_header: name == "th",
                side: if name == "th" { ColumnSide::Start } else { look::side(attributes) },
                columns: attribute(attributes, "colspan").parse().unwrap_or(1),
                rows: attribute(attributes, "rowspan").parse().unwrap_or(1),
            },
            "code" => return self.containers.language(opened.language.as_deref()),
            _ => return,
        };
        self.open_container(kind, opened);
    }

    /// Opens a container that ends with its element. Others may have ended before it, or begun: a list that no element
    /// stands for goes on after its item.
    fn open_container(&mut self, kind: ContainerKind, opened: &mut OpenTag) {
        let is_open = self.containers.open(kind);
        opened.containers = self.containers.depth() - usize::from(is_open);
    }

    fn end(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(open) = self.open.pop() else { return };
        if open.is_quotation {
            self.containers.push_text("”", open.format);
        }
        if open.is_marker {
            self.containers.end_marker();
        }
        if open.is_block {
            self.containers.end_line();
        }
        self.containers.close_to(open.containers, &mut self.document);
    }

    fn text(&mut self, text: &str) {
        if self.skipped == 0 && self.is_copied() {
            let format = self.format();
            self.containers.push_text(text, format);
        }
    }

    /// The number of a link; `None` where its address leads nowhere from here.
    fn link(&mut self, attributes: &TagAttributes<'_>) -> Option<usize> {
        let address = attribute(attributes, "href").trim();
        let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
        let has_scheme = !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
        let leads = !address.starts_with('#')
            && (!has_scheme
                || matches!(&*scheme, "http" | "https" | "mailto" | "tel" | "ftp" | "sms" | "irc" | "xmpp"));
        if !leads || address.is_empty() || !self.is_copied() {
            return None;
        }
        self.document.links.push((address.to_owned(), attribute(attributes, "title").trim().to_owned()));
        Some(self.document.links.len() - 1)
    }

    fn picture(&mut self, attributes: &TagAttributes<'_>, format: InlineFormat) {
        let address = attribute(attributes, "src").trim();
        let is_dot = ["width", "height"].iter().all(|name| matches!(attribute(attributes, name), "0" | "1"));
        if address.is_empty() || !self.is_copied() {
            return;
        }
        let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
        if address.starts_with('/') || address.starts_with('.') || matches!(&*scheme, "" | "http" | "https") {
            if !is_dot {
                let alternative = attribute(attributes, "alt").split_whitespace().collect::<Vec<_>>().join(" ");
                self.containers.push(PastedInline::Picture { address: address.to_owned(), alternative, format });
            }
        } else {
            self.document.left_out_pictures += 1;
        }
    }

    fn finish(mut self) -> PastedDocument {
        self.containers.end_line();
        self.containers.close_to(0, &mut self.document);
        self.document.is_code = self.containers.is_all_monospace();
        self.document.blocks = self.containers.finish();
        self.document
    }
}
