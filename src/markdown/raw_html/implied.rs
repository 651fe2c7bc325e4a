//! Which start tags end which open elements, and which elements they imply (HTML Standard, 13.2.6.4, in short).
//! In: names of elements. Out: rules. Neighbours: `tree.rs` applies them.

/// Start tags that end an open paragraph.
pub(crate) fn ends_paragraph(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
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
            | "li"
            | "dd"
            | "dt"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "ul"
            | "xmp"
    )
}

/// Elements at which the search for an open element stops, for the end of a paragraph or an end tag without start tag.
pub(super) fn is_scope(name: &str) -> bool {
    matches!(
        name,
        "applet"
            | "button"
            | "caption"
            | "html"
            | "marquee"
            | "math"
            | "object"
            | "svg"
            | "table"
            | "td"
            | "template"
            | "th"
    )
}

/// Inline elements that are opened again, if the end tag of an element around them closed them.
pub(super) fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}

/// Which open elements the start tag `name` ends, and which elements stop the search for them.
pub(super) fn ends(name: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match name {
        "li" => (&["li"], &["ul", "ol", "menu", "dir", "table", "blockquote", "section", "article", "td"]),
        "dd" | "dt" => (&["dd", "dt"], &["dl", "ul", "ol", "table", "blockquote", "td"]),
        "td" | "th" => (&["td", "th", "caption", "colgroup"], &["table", "tr"]),
        "tr" => (&["tr", "caption", "colgroup"], &["table"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "caption", "colgroup"], &["table"]),
        "caption" | "colgroup" => (&["caption", "colgroup", "tbody", "thead", "tfoot"], &["table"]),
        "option" | "optgroup" => (&["option"], &["select", "datalist"]),
        "rb" | "rt" | "rtc" | "rp" => (&["rb", "rt", "rp"], &["ruby", "rtc"]),
        "a" => (&["a"], &["td", "th", "table", "caption", "object", "template"]),
        "button" => (&["button"], &["td", "th", "table", "object", "template"]),
        _ => return None,
    })
}

/// Headers end an open header directly above them.
pub(super) fn is_header(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// The element that HTML requires between `parent` and a new child `name`.
pub(super) fn implies(parent: &str, name: &str) -> Option<&'static str> {
    match (parent, name) {
        ("table", "tr" | "td" | "th") => Some("tbody"),
        ("table", "col") => Some("colgroup"),
        ("tbody" | "thead" | "tfoot", "td" | "th") => Some("tr"),
        _ => None,
    }
}

/// Elements whose content is text up to their own end tag.
pub(crate) fn is_raw_text(name: &str) -> bool {
    matches!(
        name,
        "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
            | "plaintext"
            | "script"
            | "style"
            | "textarea"
            | "title"
            | "xmp"
    )
}

/// Raw-text elements in whose text references are decoded.
pub(super) fn is_escapable_raw_text(name: &str) -> bool {
    matches!(name, "textarea" | "title")
}

/// Elements of SVG and MathML whose content is HTML again (HTML Standard, integration points).
pub(super) fn holds_html(name: &str) -> bool {
    matches!(name, "foreignobject" | "desc" | "title" | "mi" | "mo" | "mn" | "ms" | "mtext")
}

/// HTML start tags that end SVG or MathML.
pub(super) fn breaks_out(name: &str) -> bool {
    is_header(name)
        || is_formatting(name) && name != "font"
        || matches!(
            name,
            "blockquote"
                | "body"
                | "br"
                | "center"
                | "dd"
                | "div"
                | "dl"
                | "dt"
                | "embed"
                | "head"
                | "hr"
                | "img"
                | "li"
                | "listing"
                | "menu"
                | "meta"
                | "ol"
                | "p"
                | "pre"
                | "ruby"
                | "span"
                | "sub"
                | "sup"
                | "table"
                | "ul"
                | "var"
        )
}
