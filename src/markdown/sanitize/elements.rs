//! Which elements of a post are allowed in the page. In: a name. Out: what happens to the element.
//! Neighbours: `mod.rs` applies it, `attributes.rs` checks the attributes.

/// What happens to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ElementRule {
    /// It is kept with its allowed attributes.
    Keep,
    /// It is kept under another name.
    Rename(&'static str),
    /// A link. Its attributes depend on its address.
    Link,
    /// An image, or a placeholder if its address leads nowhere.
    Image,
    /// Video and audio. They get controls and do not start by themselves.
    Media,
    /// A source of video or audio.
    Source,
    /// The checkbox of a task list, or a placeholder.
    Input,
    /// A labelled placeholder replaces it and its content, because a reader would miss it.
    Placeholder,
    /// It is left out, and its content is kept.
    Unwrap,
    /// It is left out with its content, which is not shown on the published page either.
    Drop,
}

/// What happens to the element of that name (lower case).
pub(super) fn judge(name: &str) -> ElementRule {
    match name {
        "p" | "div" | "span" | "br" | "hr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre"
        | "code" | "ul" | "ol" | "li" | "dl" | "dt" | "dd" | "table" | "caption" | "colgroup" | "col" | "thead"
        | "tbody" | "tfoot" | "tr" | "th" | "td" | "em" | "strong" | "b" | "i" | "u" | "s" | "strike" | "del"
        | "ins" | "small" | "big" | "sub" | "sup" | "kbd" | "samp" | "var" | "tt" | "mark" | "abbr" | "acronym"
        | "cite" | "q" | "dfn" | "time" | "data" | "address" | "article" | "aside" | "section" | "nav" | "header"
        | "footer" | "main" | "hgroup" | "figure" | "figcaption" | "details" | "summary" | "ruby" | "rb" | "rt"
        | "rtc" | "rp" | "bdi" | "bdo" | "wbr" | "center" | "font" | "nobr" => ElementRule::Keep,
        // Their text is shown as it was typed.
        "xmp" | "plaintext" | "listing" => ElementRule::Rename("pre"),
        "menu" | "dir" => ElementRule::Rename("ul"),
        "a" => ElementRule::Link,
        "img" => ElementRule::Image,
        "video" | "audio" => ElementRule::Media,
        "source" => ElementRule::Source,
        "input" => ElementRule::Input,
        "iframe" | "frame" | "embed" | "object" | "applet" | "script" | "style" | "form" | "select" | "textarea"
        | "svg" | "math" | "canvas" | "portal" | "fencedframe" => ElementRule::Placeholder,
        // They show nothing on the published page either.
        "title" | "noscript" | "template" | "noembed" | "noframes" | "meta" | "base" | "basefont" | "bgsound"
        | "link" | "param" | "track" | "area" | "keygen" | "datalist" => ElementRule::Drop,
        _ => ElementRule::Unwrap,
    }
}
