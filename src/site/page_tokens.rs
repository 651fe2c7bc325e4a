//! A page of a site, taken apart for a frame: attributes of the document, style sheets, the body. In: HTML of a page or of
//! its shell. Out: sanitized tokens. Neighbours: `page_shell.rs` gives the HTML; `markdown/sanitize/` keeps what is
//! allowed; the page in the browser puts all this into its frame.

use std::rc::Rc;

use super::page_shell::CONTENT_PLACE;
use crate::liquid::chip;
use crate::markdown::chips;
use crate::markdown::event::CowStr;
use crate::markdown::raw_html::{self, Markup, Tokenizer, is_raw_text};
use crate::markdown::sanitize::{PageAddresses, sanitize_page};
use crate::markdown::token::Token;

/// A style sheet of a page, in the order of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageStyle {
    /// For which media it is; empty for all.
    pub media: String,
    /// Its text, or the address that it is loaded from.
    pub source: StyleSource,
}

/// Where a style sheet comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StyleSource {
    /// The page has it in itself.
    Text(String),
    /// `href` of a link, as it is written.
    Address(String),
}

/// Name and value of an attribute.
pub type PageAttribute = (String, String);

/// A page, ready for a frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageTokens {
    /// The attributes of `html`.
    pub root: Vec<PageAttribute>,
    /// The attributes of `body`.
    pub body: Vec<PageAttribute>,
    /// The style sheets.
    pub styles: Vec<PageStyle>,
    /// What stands in `body`.
    pub tokens: Rc<[Token<'static>]>,
    /// Which token marks the place of the content: a comment.
    pub content: Option<usize>,
}

impl PageTokens {
    /// Takes HTML apart.
    pub fn of(html: &str, addresses: &dyn PageAddresses) -> Self {
        let parts = DocumentParts::of(html);
        let mut page = Self { root: kept(parts.root), body: kept(parts.body_tag), ..Self::default() };
        page.take_styles(raw_html::parse(parts.head));
        let mut body = page.take_styles(raw_html::parse(parts.body));
        chips::leave_attributes(&mut body);
        let tokens = chips::show(sanitize_page(body, addresses)).into_iter().map(|token| token.into_static(0));
        let tokens: Vec<Token<'static>> = tokens.collect();
        let mark = CONTENT_PLACE.trim_start_matches("<!--").trim_end_matches("-->");
        page.content = tokens.iter().position(|token| matches!(token, Token::Comment(text) if **text == *mark));
        page.tokens = tokens.into();
        for style in &mut page.styles {
            if let StyleSource::Text(css) = &mut style.source {
                *css = addresses.style(&chip::strip(css));
            }
        }
        page
    }

    /// Takes the style sheets out of tokens.
    fn take_styles<'a>(&mut self, tokens: Vec<Token<'a>>) -> Vec<Token<'a>> {
        let mut rest = Vec::with_capacity(tokens.len());
        let mut style: Option<PageStyle> = None;
        for token in tokens {
            match (&token, &mut style) {
                // The text of a style sheet is its only content.
                (Token::Text(text), Some(PageStyle { source: StyleSource::Text(css), .. })) => css.push_str(text),
                (Token::Close, Some(_)) => self.styles.extend(style.take()),
                (_, Some(_)) => {}
                (Token::Open { name, attributes, .. }, None) if **name == *"style" => {
                    let source = StyleSource::Text(String::new());
                    style = Some(PageStyle { media: value(attributes, "media"), source });
                }
                (Token::Open { name, attributes, .. }, None) if **name == *"link" && is_style_sheet(attributes) => {
                    let source = StyleSource::Address(value(attributes, "href"));
                    self.styles.push(PageStyle { media: value(attributes, "media"), source });
                    rest.push(token);
                }
                _ => rest.push(token),
            }
        }
        rest
    }
}

/// The parts of a document of HTML: slices of it.
#[derive(Default)]
struct DocumentParts<'h> {
    /// The attributes of `html`.
    root: &'h str,
    /// The attributes of `body`.
    body_tag: &'h str,
    head: &'h str,
    body: &'h str,
}

impl<'h> DocumentParts<'h> {
    /// The head ends with its end tag, or where the body begins; without either, all is body (HTML Standard, 13.2.6.4).
    fn of(html: &'h str) -> Self {
        let mut parts = Self { body: html, ..Self::default() };
        let mut tokenizer = Tokenizer::new(html);
        while let Some(markup) = tokenizer.next() {
            match markup {
                Markup::Start { name, attributes, range, .. } => match &*name.to_ascii_lowercase() {
                    "html" if parts.root.is_empty() => parts.root = attributes,
                    "body" => {
                        parts.body_tag = attributes;
                        if parts.head.is_empty() {
                            parts.head = html.get(..range.0).unwrap_or("");
                        }
                        parts.body = html.get(range.1..).unwrap_or("");
                        return parts;
                    }
                    name if is_raw_text(name) => {
                        tokenizer.raw_text(name);
                    }
                    _ => {}
                },
                Markup::End(name) if name.eq_ignore_ascii_case("head") && parts.head.is_empty() => {
                    let end = tokenizer.position();
                    parts.head = html.get(..end).unwrap_or("");
                    parts.body = html.get(end..).unwrap_or("");
                }
                _ => {}
            }
        }
        parts
    }
}

/// The attributes of a tag of the document that style it.
fn kept(attributes: &str) -> Vec<PageAttribute> {
    let tag = ["<div ", attributes, ">"].concat();
    let tokens = raw_html::parse(&tag);
    let Some(Token::Open { attributes, .. }) = tokens.first() else { return Vec::new() };
    let allowed = |name: &str| matches!(name, "class" | "id" | "lang" | "dir") || name.starts_with("data-");
    let kept = attributes.iter().filter(|(name, _)| allowed(name));
    kept.map(|(name, value)| (name.to_string(), chip::strip(value))).collect()
}

fn value(attributes: &[(CowStr<'_>, CowStr<'_>)], wanted: &str) -> String {
    attributes.iter().find(|(name, _)| **name == *wanted).map_or(String::new(), |(_, value)| chip::strip(value))
}

/// A link to a style sheet that applies: not an alternative, not a preload.
fn is_style_sheet(attributes: &[(CowStr<'_>, CowStr<'_>)]) -> bool {
    let rel = value(attributes, "rel").to_ascii_lowercase();
    let mut words = rel.split_ascii_whitespace();
    words.clone().any(|word| word == "stylesheet") && !words.any(|word| word == "alternate")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::token::to_html;

    struct Nowhere;

    impl PageAddresses for Nowhere {
        fn media(&self, _: &str) -> Option<String> {
            None
        }

        fn link(&self, _: &str) -> Option<String> {
            None
        }

        fn style(&self, css: &str) -> String {
            css.to_owned()
        }
    }

    #[test]
    fn a_page_is_taken_apart() {
        let html = [
            "<!DOCTYPE html>\n<html lang=\"fr\" onload=\"x()\"><head><title>T</title><link rel=\"stylesheet\" href=\"/a.css\">",
            "<style media=\"print\">b { c: d }</style><link rel=\"alternate stylesheet\" href=\"/e.css\">",
            "<script>1 < 2</script></head><body class=\"f\" onclick=\"x()\"><main>",
            CONTENT_PLACE,
            "<style>g {}</style></main></body></html>",
        ];
        let page = PageTokens::of(&html.concat(), &Nowhere);
        assert_eq!(page.root, [("lang".to_owned(), "fr".to_owned())]);
        assert_eq!(page.body, [("class".to_owned(), "f".to_owned())]);
        let address = |text: &str| StyleSource::Address(text.to_owned());
        let text = |text: &str| StyleSource::Text(text.to_owned());
        let sources: Vec<_> = page.styles.iter().map(|style| (&*style.media, style.source.clone())).collect();
        assert_eq!(sources, [("", address("/a.css")), ("print", text("b { c: d }")), ("", text("g {}"))]);
        assert!(matches!(page.content.and_then(|at| page.tokens.get(at)), Some(Token::Comment(_))));
        let html = to_html(&page.tokens);
        assert!(html.trim().starts_with("<main>") && html.trim().ends_with("</main>"), "{html}");
    }

    #[test]
    fn broken_pages_are_taken_apart_too() {
        for html in ["", "<head>", "<style>", "</html></body>", "<head><style>a", "<body><head></head>b", "a</head>b"] {
            let page = PageTokens::of(html, &Nowhere);
            let opens = page.tokens.iter().filter(|token| matches!(token, Token::Open { .. })).count();
            let closes = page.tokens.iter().filter(|token| matches!(token, Token::Close)).count();
            assert_eq!(opens, closes, "{html}");
        }
    }
}
