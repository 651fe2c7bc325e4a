//! HTML as a flat list of tokens: what the writer produces, the sanitizer filters, the page turns into DOM nodes, and
//! `to_html` turns into a string. In: nothing. Out: types and `to_html`. Neighbours: `html/`, `sanitize/`, `block/`.

use super::event::CowStr;
use crate::text::Span;

/// A piece of HTML. Elements nest: every `Open` has its `Close`.
#[derive(Clone, Debug, PartialEq)]
pub enum Token<'a> {
    /// An element opens. Void elements (`br`, `img`, `hr`, …) are followed by their `Close` at once.
    Open {
        /// The name, in lower case for HTML.
        name: CowStr<'a>,
        /// Name and value in the order of the output, values not escaped.
        attributes: Vec<(CowStr<'a>, CowStr<'a>)>,
        /// The source in bytes of the body, where one is known; in a block relative to the block's start.
        span: Option<Span>,
    },
    /// The element that opened last closes.
    Close,
    /// Text, not escaped.
    Text(CowStr<'a>),
    /// A comment's content.
    Comment(CowStr<'a>),
}

impl Token<'_> {
    /// The same token, independent of the body; its span moved `by` bytes towards the start.
    pub(crate) fn into_static(self, by: usize) -> Token<'static> {
        match self {
            Token::Open { name, attributes, span } => Token::Open {
                name: name.into_static(),
                attributes: attributes.into_iter().map(|(n, v)| (n.into_static(), v.into_static())).collect(),
                span: span.map(|s| Span::new(s.start.saturating_sub(by), s.end.saturating_sub(by))),
            },
            Token::Close => Token::Close,
            Token::Text(text) => Token::Text(text.into_static()),
            Token::Comment(text) => Token::Comment(text.into_static()),
        }
    }
}

/// Elements that never have content (HTML Standard, void elements, and the obsolete ones parsed like them).
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose text a serializer writes unescaped (HTML Standard, serialising fragments).
fn is_raw_text(name: &str) -> bool {
    matches!(name, "style" | "script" | "xmp" | "iframe" | "noembed" | "noframes" | "plaintext")
}

/// Tokens as a string of HTML in kramdown's style: `<br />`, entities only where they are needed.
pub fn to_html(tokens: &[Token<'_>]) -> String {
    let mut html = String::with_capacity(tokens.len() * 16);
    let mut open: Vec<&str> = Vec::new();
    let mut raw = 0usize;
    let mut after_open = false;
    // kramdown writes the arrow back from a footnote as a reference, which filters of Liquid see.
    let mut in_backlink = false;
    for token in tokens {
        let follows_open = std::mem::replace(&mut after_open, false);
        match token {
            Token::Open { name, attributes, .. } => {
                html.push('<');
                html.push_str(name);
                for (name, value) in attributes {
                    html.push(' ');
                    html.push_str(name);
                    html.push_str("=\"");
                    escape_into(&mut html, value, true);
                    html.push('"');
                }
                html.push_str(if is_void(name) { " />" } else { ">" });
                raw += usize::from(is_raw_text(name));
                in_backlink =
                    attributes.iter().any(|(name, value)| **name == *"class" && **value == *"reversefootnote");
                open.push(name);
                after_open = true;
            }
            Token::Close => {
                if let Some(name) = open.pop() {
                    raw -= usize::from(is_raw_text(name));
                    if !is_void(name) {
                        html.push_str("</");
                        html.push_str(name);
                        html.push('>');
                    }
                }
            }
            Token::Text(text) => {
                // A parser drops one line end after these tags, so that a text that has one needs another.
                if follows_open
                    && text.starts_with('\n')
                    && matches!(open.last(), Some(&"pre" | &"textarea" | &"listing"))
                {
                    html.push('\n');
                }
                if raw > 0 {
                    html.push_str(text);
                } else if in_backlink && **text == *"\u{21A9}" {
                    html.push_str("&#8617;");
                } else {
                    escape_into(&mut html, text, false);
                }
            }
            Token::Comment(text) => {
                html.push_str("<!--");
                html.push_str(text);
                html.push_str("-->");
            }
        }
    }
    html
}

/// Writes `text` with the characters that markup needs escaped, and `"` too inside an attribute.
fn escape_into(html: &mut String, text: &str, attribute: bool) {
    let mut from = 0;
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        if !ESCAPED[usize::from(byte)] || byte == b'"' && !attribute {
            continue;
        }
        html.push_str(text.get(from..at).unwrap_or(""));
        html.push_str(match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        from = at + 1;
    }
    html.push_str(text.get(from..).unwrap_or(""));
}

/// The bytes that are escaped somewhere.
static ESCAPED: [bool; 256] = {
    let mut table = [false; 256];
    table[b'&' as usize] = true;
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[b'"' as usize] = true;
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    fn open(name: &'static str) -> Token<'static> {
        Token::Open { name: name.into(), attributes: Vec::new(), span: None }
    }

    #[test]
    fn text_and_values_are_escaped_and_void_elements_have_no_end_tag() {
        let mut anchor = open("a");
        if let Token::Open { attributes, .. } = &mut anchor {
            attributes.push(("title".into(), "\"<&>'".into()));
        }
        let tokens = [
            anchor,
            Token::Text("1 < 2 & \"3\"".into()),
            open("br"),
            Token::Close,
            Token::Close,
            Token::Comment(" c ".into()),
        ];
        assert_eq!(to_html(&tokens), "<a title=\"&quot;&lt;&amp;&gt;'\">1 &lt; 2 &amp; \"3\"<br /></a><!-- c -->");
    }

    #[test]
    fn script_text_stays_and_a_leading_line_end_of_pre_survives_parsing() {
        let tokens = [
            open("script"),
            Token::Text("a<b".into()),
            Token::Close,
            open("pre"),
            Token::Text("\nx".into()),
            Token::Close,
        ];
        assert_eq!(to_html(&tokens), "<script>a<b</script><pre>\n\nx</pre>");
    }
}
