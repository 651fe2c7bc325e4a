//! What elements and inline styles say of the text in them. In: a name and attributes. Out: formats, hidden or not,
//! which white space counts. Neighbours: `reader.rs` asks for each element.

use super::document::{
    CODE, ColumnSide, EMPHASIS, Formats, HIGHLIGHT, KEYBOARD, MONOSPACE, PRESERVED, STRONG, STRUCK, SUBSCRIPT,
    SUPERSCRIPT,
};
use crate::markdown::event::CowStr;

/// The attributes of an element.
pub(super) type TagAttributes<'a> = [(CowStr<'a>, CowStr<'a>)];

/// The value of an attribute, or the empty text.
pub(super) fn attribute<'t>(attributes: &'t TagAttributes<'_>, name: &str) -> &'t str {
    attributes.iter().find(|(other, _)| **other == *name).map_or("", |(_, value)| value)
}

/// Whether one of the classes is `class`.
pub(super) fn has_class(attributes: &TagAttributes<'_>, class: &str) -> bool {
    attribute(attributes, "class").split_ascii_whitespace().any(|other| other.eq_ignore_ascii_case(class))
}

/// How many declarations of a style are read.
const MOST_DECLARATIONS: usize = 96;

/// Names and values of a style.
pub(super) fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    style
        .split(';')
        .take(MOST_DECLARATIONS)
        .filter_map(|declaration| declaration.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim()))
}

/// The value of a property of a style.
pub(super) fn property<'t>(style: &'t str, name: &str) -> Option<&'t str> {
    declarations(style).find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// The formats in an element: those around it, changed by its name and its style.
pub(super) fn formats_in(around: Formats, name: &str, attributes: &TagAttributes<'_>) -> Formats {
    let mut formats = around
        | match name {
            "b" | "strong" => STRONG,
            "i" | "em" | "cite" | "dfn" | "var" => EMPHASIS,
            "s" | "strike" | "del" => STRUCK,
            "code" | "tt" | "samp" => CODE,
            "kbd" => KEYBOARD,
            "mark" => HIGHLIGHT,
            "sub" => SUBSCRIPT,
            "sup" => SUPERSCRIPT,
            _ => 0,
        };
    if name == "font" && is_monospace(attribute(attributes, "face")) {
        formats |= MONOSPACE;
    }
    // What a site makes bold or italic as a whole is not emphasized.
    let by_kind = matches!(
        name,
        "h1" | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "th"
            | "blockquote"
            | "dt"
            | "caption"
            | "figcaption"
            | "table"
            | "summary"
    );
    let mut set = |format: Formats, on: bool| {
        if !on {
            formats &= !format;
        } else if !by_kind {
            formats |= format;
        }
    };
    for (property, value) in declarations(attribute(attributes, "style")) {
        match &*property.to_ascii_lowercase() {
            "font-weight" => {
                let bold = value.eq_ignore_ascii_case("bold")
                    || value.eq_ignore_ascii_case("bolder")
                    || value.parse::<f32>().is_ok_and(|weight| weight >= 600.0);
                set(STRONG, bold);
            }
            "font-style" => {
                let value = value.to_ascii_lowercase();
                set(EMPHASIS, value.starts_with("italic") || value.starts_with("oblique"));
            }
            "text-decoration" | "text-decoration-line" if value.contains("line-through") => set(STRUCK, true),
            "font-family" => set(MONOSPACE, is_monospace(value)),
            "vertical-align" if matches!(name, "span" | "font") => match value {
                "super" => set(SUPERSCRIPT, true),
                "sub" => set(SUBSCRIPT, true),
                _ => {}
            },
            "white-space" | "white-space-collapse" => {
                set(PRESERVED, value.starts_with("pre") || value == "break-spaces")
            }
            _ => {}
        }
    }
    formats
}

/// Whether a list of fonts asks for one of fixed width.
fn is_monospace(families: &str) -> bool {
    let families = families.to_ascii_lowercase();
    ["mono", "courier", "consolas", "menlo", "typewriter"].iter().any(|name| families.contains(name))
}

/// Whether nobody sees the element.
pub(super) fn is_hidden(name: &str, attributes: &TagAttributes<'_>) -> bool {
    let by_name = matches!(
        name,
        "script"
            | "style"
            | "title"
            | "template"
            | "noscript"
            | "object"
            | "iframe"
            | "svg"
            | "canvas"
            | "audio"
            | "video"
            | "select"
            | "datalist"
            | "textarea"
            | "meta"
            | "link"
            | "map"
            | "noframes"
            | "noembed"
            | "xml"
            | "comment"
            | "rp"
            | "button"
    );
    let by_class = ["sr-only", "visually-hidden", "gutter", "lineno", "linenos", "rouge-gutter", "blob-num"]
        .iter()
        .any(|class| has_class(attributes, class));
    by_name
        || by_class
        || attributes.iter().any(|(name, _)| **name == *"hidden")
        || declarations(attribute(attributes, "style")).any(|(name, value)| {
            name.eq_ignore_ascii_case("display") && value.starts_with("none")
                || name.eq_ignore_ascii_case("mso-hide") && value.starts_with("all")
        })
}

/// Where the text of a cell stands.
pub(super) fn side(attributes: &TagAttributes<'_>) -> ColumnSide {
    let by_style = property(attribute(attributes, "style"), "text-align");
    match by_style.unwrap_or(attribute(attributes, "align")) {
        "center" | "middle" => ColumnSide::Middle,
        "right" | "end" => ColumnSide::End,
        _ => ColumnSide::Start,
    }
}

/// The language of code, by the classes of an element: `language-x`, `lang-x`, `highlight-source-x`.
pub(super) fn language<'t>(attributes: &'t TagAttributes<'_>) -> Option<&'t str> {
    let by_class = attribute(attributes, "class").split_ascii_whitespace().find_map(|class| {
        ["language-", "lang-", "highlight-source-", "brush:"].iter().find_map(|prefix| class.strip_prefix(prefix))
    });
    let name = by_class.unwrap_or(attribute(attributes, "data-lang"));
    let is_name = !name.is_empty()
        && name.len() <= 32
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'#' | b'_' | b'-' | b'.'));
    (is_name && !matches!(name, "plaintext" | "text" | "none" | "plain")).then_some(name)
}

/// Whether the element starts a line of its own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
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
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "ul"
            | "listing"
            | "xmp"
            | "plaintext"
            | "caption"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
    )
}
