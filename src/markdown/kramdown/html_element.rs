//! What kramdown knows about HTML elements: which are blocks or spans, and how their content is parsed.
//! In: the name of an element, in lower case. Out: answers. Neighbours: `html_tag.rs`, `block/html_block.rs`,
//! `span/html_span.rs`.
//! Rules: kramdown 2.4.0, the lists in `parser/html.rb` lines 37–72 and `HTML_MARKDOWN_ATTR_MAP` in
//! `parser/kramdown/html.rb` line 21.

use crate::markdown::event::ContentModel;

/// Whether the element is a span element: `HTML_SPAN_ELEMENTS`.
pub(super) fn is_span(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "big"
            | "bdo"
            | "br"
            | "button"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "option"
            | "q"
            | "rb"
            | "rbc"
            | "rp"
            | "rt"
            | "rtc"
            | "ruby"
            | "samp"
            | "select"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "tt"
            | "u"
            | "var"
    )
}

/// Whether the element is a block element, which never stands in text: `HTML_BLOCK_ELEMENTS`.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "applet"
            | "body"
            | "blockquote"
            | "caption"
            | "col"
            | "colgroup"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "head"
            | "iframe"
            | "legend"
            | "menu"
            | "li"
            | "main"
            | "map"
            | "nav"
            | "ol"
            | "optgroup"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "th"
            | "thead"
            | "tfoot"
            | "tr"
            | "ul"
    )
}

/// Whether the element has no content: `HTML_ELEMENTS_WITHOUT_BODY`.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "command"
            | "embed"
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

/// How the content of an element is parsed, if it is parsed at all: `HTML_CONTENT_MODEL`.
pub(super) fn content_model(name: &str) -> ContentModel {
    match name {
        "address" | "applet" | "article" | "aside" | "blockquote" | "body" | "dd" | "details" | "div" | "dl"
        | "fieldset" | "figure" | "figcaption" | "footer" | "form" | "header" | "hgroup" | "iframe" | "li" | "main"
        | "map" | "menu" | "nav" | "noscript" | "object" | "section" | "summary" | "td" => ContentModel::Block,
        "a" | "abbr" | "acronym" | "b" | "bdo" | "big" | "button" | "cite" | "caption" | "del" | "dfn" | "dt"
        | "em" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "i" | "ins" | "label" | "legend" | "optgroup" | "p"
        | "q" | "rb" | "rbc" | "rp" | "rt" | "rtc" | "ruby" | "select" | "small" | "span" | "strong" | "sub"
        | "sup" | "th" | "tt" => ContentModel::Span,
        _ => ContentModel::Raw,
    }
}

/// Whether kramdown knows the element: `HTML_ELEMENT`. The case of its name and of its attributes does not matter then.
pub(super) fn is_known(name: &str) -> bool {
    is_span(name)
        || is_block(name)
        || is_void(name)
        || content_model(name) != ContentModel::Raw
        || matches!(name, "script" | "style" | "math" | "option" | "textarea" | "pre" | "code" | "kbd" | "samp" | "var")
}

/// The content model that `markdown="value"` sets for an element called `name`.
pub(super) fn model_of_attribute(value: &str, name: &str) -> Option<ContentModel> {
    match value {
        "0" => Some(ContentModel::Raw),
        "1" => Some(content_model(name)),
        "span" => Some(ContentModel::Span),
        "block" => Some(ContentModel::Block),
        _ => None,
    }
}
