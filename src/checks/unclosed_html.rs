//! Raw HTML that is never closed, and words in angle brackets that HTML takes for elements.
//! Rule: kramdown's `html.rb`: an element between blocks then takes the rest of the text as raw HTML; one within a line
//! ends with its paragraph.

use super::checked::Element;
use super::{Check, Checked};
use crate::text::{Diagnostic, Severity, Span};

/// The elements of HTML, of its past, and of what is drawn in it, that have content.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "html",
    "i",
    "iframe",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "main",
    "map",
    "mark",
    "marquee",
    "math",
    "menu",
    "meter",
    "nav",
    "nobr",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "picture",
    "pre",
    "progress",
    "q",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "script",
    "section",
    "select",
    "slot",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
];

const VOID: &[&str] = &[
    "area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements whose end HTML lets one leave out, where they stand in another element.
const OPTIONAL: &[&str] = &[
    "li", "p", "td", "tr", "th", "dt", "dd", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "rt", "rp",
    "rb", "caption", "body", "head", "html",
];

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "html-unclosed",
    title: "Unclosed HTML",
    reason: "An element that is never closed takes in what follows it.",
    severity: Severity::Warning,
    fixable: true,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for element in &checked.elements {
        let name = element.name.to_ascii_lowercase();
        let name = name.as_str();
        if VOID.contains(&name) || is_closed(checked.body, element) {
            continue;
        }
        let Some(tag) = start_tag(checked.body, element.span) else { continue };
        // An element with a hyphen or a colon is a custom element.
        if !ELEMENTS.contains(&name) && !name.contains(['-', ':']) {
            let source = tag.of(checked.body);
            let message = [
                "HTML takes this for an element called `",
                name,
                "`, and readers do not see it. Write it as code, or `<` as &lt;.",
            ];
            let mut diagnostic = checked.diagnostic(&CHECK, tag, message.concat());
            let new = ["&lt;", source.get(1..).unwrap_or("")].concat();
            diagnostic.fix = checked.fix("Show it as text", tag, new);
            diagnostics.push(diagnostic);
            continue;
        }
        if element.nested && OPTIONAL.contains(&name) {
            continue;
        }
        let message = ["`<", name, ">` is never closed: `</", name, ">` is missing."].concat();
        diagnostics.push(checked.diagnostic(&CHECK, tag, message));
    }
    diagnostics
}

/// Whether the source of an element ends with its end tag, or its start tag closes itself.
fn is_closed(body: &str, element: &Element<'_>) -> bool {
    let source = element.span.of(body).trim_end();
    if let Some(tag) = start_tag(body, element.span)
        && tag.of(body).ends_with("/>")
    {
        return true;
    }
    let Some(inner) = source.strip_suffix('>') else { return false };
    let inner = inner.trim_end();
    let at = inner.len().saturating_sub(element.name.len());
    inner.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(element.name))
        && inner.get(..at).is_some_and(|before| before.ends_with("</"))
}

/// The start tag, on one line or a few.
fn start_tag(body: &str, span: Span) -> Option<Span> {
    let mut quote = None;
    for (at, b) in span.of(body).bytes().enumerate().take(2000) {
        match (quote, b) {
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(open), b) if open == b => quote = None,
            (None, b'>') => return Some(Span::new(span.start, span.start + at + 1)),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn elements_are_closed() {
        Case::new("html-unclosed", "a\n\n<div class=\"x\">\nb\n\nc *d*\n").at(&["<div class=\"x\">"]);
        Case::new("html-unclosed", "a <b>bold\n\nc\n").at(&["<b>"]);
        Case::new("html-unclosed", "<p>a\n\nb\n").at(&["<p>"]);
        Case::new("html-unclosed", "A List<String> here.\n").at(&["<String>"]).fixed("A List&lt;String> here.\n");
        none(
            "html-unclosed",
            &[
                "<div>\na <b>c</B> <br> <img src=\"x\">\n</div >\n",
                "<ul><li>a<li>b</ul>\n",
                "`<String>` and <https://a.example>\n",
                "```\n<div>\n```\n",
                "<video src=\"a\"></video> <i/>\n",
                "<!-- <div> -->\n",
                "![a](b.png){:standalone=\"x\"}\n",
            ],
        );
    }
}
