//! HTML as the plugins read it that change pages. In: HTML. Out: its pieces, with their places. Neighbours: `toc.rs`,
//! `mentions.rs` and `emoji.rs`; `markdown/raw_html` takes it apart.

use super::super::rendering::{SiteItem, SiteRendering};
use crate::markdown::raw_html::{AttributeReader, Markup, Tokenizer, decode, is_raw_text};
use crate::markdown::token::is_void;
use crate::post::yaml::display;

/// A piece of HTML.
pub(super) enum Piece {
    /// A start tag.
    Start {
        /// In lower case.
        name: String,
        /// Names in lower case, values decoded.
        attributes: Vec<(String, String)>,
        /// Where the tag ends, in bytes.
        end: usize,
        /// How many elements are open above it.
        above: usize,
        /// The classes of those elements.
        classes_above: Vec<String>,
    },
    /// Text between tags.
    Text {
        /// Decoded.
        text: String,
        /// Where it stands, in bytes.
        range: (usize, usize),
        /// The names of the elements that it stands in.
        inside: Vec<String>,
    },
    /// An end tag that ends an element.
    End {
        /// How many elements are open above the one that ends.
        above: usize,
    },
}

/// How deep elements may nest; deeper ones count as text of the one above.
const MAX_DEPTH: usize = 256;

/// The pieces of a text, one after the other. Comments are left out.
pub(super) fn pieces(html: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    // Names and classes.
    let mut open: Vec<(String, Vec<String>)> = Vec::new();
    let mut tokenizer = Tokenizer::new(html);
    loop {
        let from = tokenizer.position();
        let Some(markup) = tokenizer.next() else { break };
        match markup {
            Markup::Start { name, attributes, self_closing: _, range: _ } => {
                let name = name.to_ascii_lowercase();
                let attributes: Vec<(String, String)> = AttributeReader::new(attributes)
                    .map(|(key, value)| (key.to_ascii_lowercase(), decode(value, true).into_owned()))
                    .collect();
                let class = attributes.iter().find(|(key, _)| key == "class").map_or("", |(_, value)| value);
                let classes = class.split_whitespace().map(str::to_owned).collect();
                let classes_above = open.iter().flat_map(|(_, classes)| classes).cloned().collect();
                let is_raw = is_raw_text(&name);
                let (end, above) = (tokenizer.position(), open.len());
                out.push(Piece::Start { name: name.clone(), attributes, end, above, classes_above });
                if is_raw {
                    tokenizer.raw_text(&name);
                }
                if !is_void(&name) && open.len() < MAX_DEPTH {
                    open.push((name, classes));
                }
            }
            Markup::End(name) => {
                let name = name.to_ascii_lowercase();
                if let Some(above) = open.iter().rposition(|(known, _)| *known == name) {
                    open.truncate(above);
                    out.push(Piece::End { above });
                }
            }
            Markup::Text(text) | Markup::Literal(text) => {
                let inside = open.iter().map(|(name, _)| name.clone()).collect();
                let range = (from, tokenizer.position());
                out.push(Piece::Text { text: decode(text, false).into_owned(), range, inside });
            }
            Markup::Comment(_) => {}
        }
    }
    out
}

/// Whether the plugins that change finished pages change this one: what is written as HTML, or at an address that ends
/// with a slash (`mentionable?` of jekyll-mentions, `emojiable?` of jemoji).
pub(super) fn is_changed_page(rendering: &SiteRendering, item: SiteItem) -> bool {
    let output_ext = match item {
        SiteItem::Document(document) => match rendering.site.documents.get(document) {
            Some(document) if document.written => &document.output_ext,
            _ => return false,
        },
        SiteItem::Page(page) => match rendering.pages.get(page) {
            Some(entry) => &entry.page.output_ext,
            None => return false,
        },
        SiteItem::Excerpt(_) | SiteItem::PageExcerpt(_) => return false,
    };
    let is_folder = || rendering.data(item, "permalink").is_some_and(|permalink| display(permalink).ends_with('/'));
    output_ext == ".html" || is_folder()
}

/// A page in three parts: what stands before its body, the body, and the rest. Without a body the whole text is one.
pub(super) fn body(html: &str) -> Option<(&str, &str, &str)> {
    let start = match html.find("<body") {
        Some(body) => body + html.get(body..)?.find('>')? + 1,
        None => 0,
    };
    let (before, rest) = html.split_at_checked(start)?;
    let end = if start > 0 { rest.find("</body>").unwrap_or(rest.len()) } else { rest.len() };
    let (body, after) = rest.split_at_checked(end)?;
    Some((before, body, after))
}
