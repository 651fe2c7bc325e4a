//! Raw HTML that is never closed, and words in angle brackets that HTML takes for elements.
//! Rule: kramdown's `html.rb`: an element between blocks then takes the rest of the text as raw HTML; one within a line
//! ends with its paragraph.

use super::checked::Element;
use super::{Check, Checked};
use crate::text::{Diagnostic, Severity, Span};

/// The elements that have content: of HTML, of earlier versions of HTML, and of SVG.
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

/// Elements whose end tag is optional in HTML when they are in another element.
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

/// How far the end tag is looked for that stands where another should.
const NEAR: usize = 4000;

/// How many elements around an element are looked at.
const AROUND: usize = 50;

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    // Those that are not closed, the outer before the inner.
    let mut open: Vec<(usize, Span)> = Vec::new();
    for (index, element) in checked.elements.iter().enumerate() {
        let name = element.name.to_ascii_lowercase();
        let name = name.as_str();
        if element.foreign || VOID.contains(&name) || is_closed(checked.body, element) {
            continue;
        }
        let Some(tag) = start_tag(checked.body, element.span) else { continue };
        // An element with a hyphen or a colon is a custom element.
        if ELEMENTS.contains(&name) || name.contains(['-', ':']) {
            open.push((index, tag));
            continue;
        }
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
    }
    // A wrong end tag leaves all elements around it open: it is the mistake, and they are not.
    let mut wrong: Vec<Span> = Vec::new();
    let mut unclosed_inside: Vec<Span> = Vec::new();
    let unclosed: Vec<usize> = open.iter().map(|(index, _)| *index).collect();
    for (index, tag) in open.into_iter().rev() {
        let Some(element) = checked.elements.get(index) else { continue };
        if wrong.iter().rev().take(AROUND).any(|place| element.span.contains(place.start)) {
            continue;
        }
        let name = element.name;
        // Its end tag is there: it is the element inside that takes it in.
        let taken_in = |inner: &&Span| element.span.contains(inner.start) && has_end(checked.body, name, **inner);
        if unclosed_inside.iter().rev().take(AROUND).find(taken_in).is_some() {
            continue;
        }
        if let Some(end) = wrong_end(checked, index, tag) {
            let message =
                ["`", end.of(checked.body), "` closes nothing here: `<", name, ">` is open. Write `</", name, ">`."];
            diagnostics.push(checked.diagnostic(&CHECK, end, message.concat()));
            wrong.push(end);
        } else if let Some(inner) = unclosed_within(checked, index) {
            let message = ["`<", inner.name, ">` is never closed, and so `<", name, ">` is not: end it with `/>`."];
            let inner = start_tag(checked.body, inner.span).unwrap_or(tag);
            diagnostics.push(checked.diagnostic(&CHECK, inner, message.concat()));
            wrong.push(inner);
        } else if unclosed.iter().rev().take(AROUND).any(|&outer| is_twice(checked, outer, element)) {
            let message = ["`<", name, ">` is open already, and never closed. Is this to be `</", name, ">`?"].concat();
            let mut diagnostic = checked.diagnostic(&CHECK, tag, message);
            diagnostic.fix = checked.fix("Make it the end tag", tag, ["</", name, ">"].concat());
            diagnostics.push(diagnostic);
            wrong.push(tag);
        } else if !(element.nested && OPTIONAL.contains(&name.to_ascii_lowercase().as_str())) {
            let message = ["`<", name, ">` is never closed: `</", name, ">` is missing."].concat();
            diagnostics.push(checked.diagnostic(&CHECK, tag, message));
            unclosed_inside.push(tag);
        }
    }
    diagnostics
}

/// Whether the end tag of an element called `name` follows an element in it.
fn has_end(body: &str, name: &str, inner: Span) -> bool {
    let near = body.as_bytes().get(inner.end..body.len().min(inner.end + NEAR)).unwrap_or_default();
    let mut ends = memchr::memmem::find_iter(near, b"</");
    ends.any(|at| near.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes())))
}

/// The first end tag in the element after `tag` that belongs neither to an element in it nor to one around it.
fn wrong_end(checked: &Checked<'_>, index: usize, tag: Span) -> Option<Span> {
    let element = checked.elements.get(index)?;
    let around = checked.elements.get(..index)?.iter().rev().take(AROUND);
    let around: Vec<&str> =
        around.filter(|outer| outer.span.contains(element.span.start)).map(|outer| outer.name).collect();
    let mut inside: Vec<String> = Vec::new();
    let mut at = tag.end;
    let last = element.span.end.min(at + NEAR);
    while let Some(found) = memchr::memchr(b'<', checked.body.as_bytes().get(at..last)?) {
        let start = at + found;
        at = start + 1;
        let rest = checked.body.get(at..last).unwrap_or("");
        let (is_end, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = rest.get(..length).unwrap_or("").to_ascii_lowercase();
        if !ELEMENTS.contains(&name.as_str()) {
            continue;
        }
        let end = start_tag(checked.body, Span::new(start, last))?;
        at = end.end;
        if !is_end {
            if !end.of(checked.body).ends_with("/>") {
                inside.push(name);
            }
        } else if let Some(depth) = inside.iter().rposition(|open| *open == name) {
            inside.truncate(depth);
        } else {
            let known = std::iter::once(&element.name).chain(&around).any(|open| open.eq_ignore_ascii_case(&name));
            return (!known).then_some(end);
        }
    }
    None
}

/// The first element of a drawing or a formula that is not closed, and so keeps the drawing open.
fn unclosed_within<'c>(checked: &'c Checked<'_>, index: usize) -> Option<&'c Element<'c>> {
    let outer = checked.elements.get(index)?;
    let inner = checked.elements.get(index + 1..)?.iter().take_while(|inner| outer.span.contains(inner.span.start));
    let mut foreign = inner.take(AROUND).filter(|inner| inner.foreign);
    foreign.find(|inner| !is_closed(checked.body, inner))
}

/// Elements that nobody puts into one of their own kind.
const NEVER_NESTED: [&str; 20] = [
    "a", "b", "big", "center", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i", "mark", "s", "small", "strike",
    "strong", "u", "p",
];

/// Whether `inner` stands in an element of the same name, which it was probably meant to end.
fn is_twice(checked: &Checked<'_>, outer: usize, inner: &Element<'_>) -> bool {
    let name = inner.name.to_ascii_lowercase();
    checked.elements.get(outer).is_some_and(|outer| {
        outer.span.start < inner.span.start
            && outer.span.contains(inner.span.start)
            && outer.name.eq_ignore_ascii_case(&name)
            && NEVER_NESTED.contains(&name.as_str())
    })
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
        Case::new("html-unclosed", "<div>\n<table>\n<tr>\n<th>a</td>\n</tr>\n</table>\n</div>\n\nb\n").at(&["</td>"]);
        Case::new("html-unclosed", "<div>\n<p>a <b>x</i></p>\n</div>\n").at(&["</i>"]);
        Case::new("html-unclosed", "a <small>b <i>c</i><small>\n\nd\n")
            .at(&["<small>"])
            .fixed("a <small>b <i>c</i></small>\n\nd\n");
        let indented = "<details>\n  <div markdown=\"1\">\n        <b>a</b>\n    </div>\n</details>\n\nb\n";
        Case::new("html-unclosed", indented).at(&["<div markdown=\"1\">"]);
        Case::new("html-unclosed", "<svg><path d=\"x\"></svg>\n\n<p>a</p>\n").at(&["<path d=\"x\">"]);
        Case::new("html-unclosed", "<div>\n<p>a <b>x</p>\n</div>\n").at(&["<b>"]);
        none(
            "html-unclosed",
            &[
                "<svg width=\"1\"><path d=\"x\"><g></svg>\n",
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
