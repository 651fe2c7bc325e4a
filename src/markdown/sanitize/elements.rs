//! Which elements a post may bring into the page. In: a name. Out: what becomes of the element.
//! Neighbours: `mod.rs` carries the verdict out, `attributes.rs` judges what stands in the tag.

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is passed on with its allowed attributes.
    Keep,
    /// It is passed on under another name.
    Rename(&'static str),
    /// A link: its address decides on its attributes.
    Link,
    /// An image: a placeholder where its address does not lead anywhere.
    Image,
    /// Video and audio: with controls, never by themselves.
    Media,
    /// A source of video or audio.
    Source,
    /// The box of a task list, or a placeholder.
    Input,
    /// A reader would miss it: a labelled placeholder stands for it and its content.
    Placeholder,
    /// It is left out, its content is not.
    Unwrap,
    /// It is left out with its content, which no reader sees.
    Drop,
}

/// Judges the element of that name (lower case).
pub(super) fn judge(name: &str) -> Verdict {
    match name {
        "p" | "div" | "span" | "br" | "hr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre"
        | "code" | "ul" | "ol" | "li" | "dl" | "dt" | "dd" | "table" | "caption" | "colgroup" | "col" | "thead"
        | "tbody" | "tfoot" | "tr" | "th" | "td" | "em" | "strong" | "b" | "i" | "u" | "s" | "strike" | "del"
        | "ins" | "small" | "big" | "sub" | "sup" | "kbd" | "samp" | "var" | "tt" | "mark" | "abbr" | "acronym"
        | "cite" | "q" | "dfn" | "time" | "data" | "address" | "article" | "aside" | "section" | "nav" | "header"
        | "footer" | "main" | "hgroup" | "figure" | "figcaption" | "details" | "summary" | "ruby" | "rb" | "rt"
        | "rtc" | "rp" | "bdi" | "bdo" | "wbr" | "center" | "font" | "nobr" => Verdict::Keep,
        // Their text shows as it was typed.
        "xmp" | "plaintext" | "listing" => Verdict::Rename("pre"),
        "menu" | "dir" => Verdict::Rename("ul"),
        "a" => Verdict::Link,
        "img" => Verdict::Image,
        "video" | "audio" => Verdict::Media,
        "source" => Verdict::Source,
        "input" => Verdict::Input,
        "iframe" | "frame" | "embed" | "object" | "applet" | "script" | "style" | "form" | "select" | "textarea"
        | "svg" | "math" | "canvas" | "portal" | "fencedframe" => Verdict::Placeholder,
        // Nothing of them shows on the published page either.
        "title" | "noscript" | "template" | "noembed" | "noframes" | "meta" | "base" | "basefont" | "bgsound"
        | "link" | "param" | "track" | "area" | "keygen" | "datalist" => Verdict::Drop,
        _ => Verdict::Unwrap,
    }
}
