//! An address in the text that is no link. Rule: kramdown makes links of `<address>` and `[text](address)` only; its
//! GFM input adds no bare ones.

use super::{Check, Checked};
use crate::text::{Diagnostic, Severity, Span};

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "url-bare",
    title: "Address that is no link",
    reason: "kramdown makes no link of an address that stands in the text as it is.",
    severity: Severity::Note,
    fixable: true,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if !checked.is_jekyll() {
        return diagnostics;
    }
    // Where the last address ended.
    let mut last = 0;
    for (prose, slashes) in checked.marks("://") {
        if prose.in_link {
            continue;
        }
        let text = prose.span.of(checked.body);
        let from = last.max(prose.span.start) - prose.span.start;
        let before = text.get(from..slashes).unwrap_or("");
        let Some(scheme) = ["https", "http"].iter().find(|s| ends_with(before, s)) else { continue };
        let start = slashes - scheme.len();
        // Within a word, an attribute, brackets that make no link, or quotes.
        let previous = checked.body.get(..prose.span.start + start).and_then(|before| before.chars().next_back());
        let quoted = |c: char| matches!(c, '"' | '\'' | '“' | '=' | '`' | '<' | '/' | ':' | '[');
        if previous.is_some_and(|c| c.is_alphanumeric() || quoted(c))
            || is_code(checked.before(prose.span.start + start))
        {
            continue;
        }
        if text.get(..start).is_some_and(|before| before.ends_with("](")) {
            continue;
        }
        let end = end(text, slashes + 3);
        last = prose.span.start + end;
        let host = text.get(slashes + 3..end).unwrap_or("");
        if !host.starts_with(|c: char| c.is_alphanumeric()) || !host.contains('.') || is_local(host) {
            continue;
        }
        let span = Span::new(prose.span.start + start, prose.span.start + end);
        let message = "Jekyll does not make a link of a bare address. Put it in angle brackets: <https://…>.";
        // `[text] (address)`
        let gap = checked
            .before(span.start)
            .strip_suffix('(')
            .map(|before| before.len() - before.trim_end_matches(' ').len());
        if let Some(gap) = gap.filter(|gap| *gap > 0 && ends_link_text(checked.before(span.start - 1 - gap))) {
            let gap = Span::new(span.start - 1 - gap, span.start - 1);
            let message = "The space before `(` keeps this from being a link.";
            let mut diagnostic = checked.diagnostic(&CHECK, span, message);
            diagnostic.fix = checked.fix("Take the space away", gap, String::new());
            diagnostics.push(diagnostic);
            continue;
        }
        let mut diagnostic = checked.diagnostic(&CHECK, span, message);
        // Where Markdown saw marks within the address, more of it follows.
        let next = checked.body.get(span.end..).and_then(|rest| rest.chars().next());
        let whole = end < text.len() || next.is_none_or(char::is_whitespace);
        let address = span.of(checked.body);
        if whole && !address.contains(['<', '>', '{', '}', '|', '\\']) {
            let new = ["<", address, ">"].concat();
            diagnostic.fix = checked.fix("Make it a link", span, new);
        }
        diagnostics.push(diagnostic);
    }
    diagnostics
}

/// Whether an address is that of a machine which readers do not reach: `localhost`, or a number without a name.
fn is_local(address: &str) -> bool {
    let host = address.split(['/', ':', '?', '#']).next().unwrap_or("");
    host == "localhost" || host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Whether what stands before an address makes it code: a command that is not marked as such, or a quote as a reference.
fn is_code(before: &str) -> bool {
    let word = before.trim_end_matches(' ').rsplit([' ', '\n']).next().unwrap_or("");
    matches!(word, "curl" | "wget" | "clone" | "fetch") || before.ends_with("&#8220;") || before.ends_with("&ldquo;")
}

/// Whether a text ends as `[the text of a link]`.
fn ends_link_text(before: &str) -> bool {
    let text = before.strip_suffix(']').and_then(|text| text.rsplit('\n').next());
    text.and_then(|text| text.rsplit_once('[')).is_some_and(|(_, text)| !text.trim().is_empty())
}

fn ends_with(text: &str, scheme: &str) -> bool {
    text.len() >= scheme.len()
        && text.get(text.len() - scheme.len()..).is_some_and(|end| end.eq_ignore_ascii_case(scheme))
}

/// Where the address ends: before white space, quotes and brackets, without the punctuation of the sentence.
fn end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or("");
    let stops = |c: char| {
        c.is_whitespace()
            || matches!(c, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '[' | ']')
            || (!c.is_ascii() && !c.is_alphanumeric())
    };
    // No address is longer.
    let most = rest.char_indices().nth(2000).map_or(rest.len(), |(at, _)| at);
    let rest = rest.get(..most).unwrap_or("");
    let mut url = rest.get(..rest.find(stops).unwrap_or(rest.len())).unwrap_or("");
    loop {
        let open = url.matches('(').count();
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~']);
        let shorter =
            if shorter.matches(')').count() > open { shorter.strip_suffix(')').unwrap_or(shorter) } else { shorter };
        if shorter.len() == url.len() {
            return from + url.len();
        }
        url = shorter;
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn a_bare_address_is_no_link() {
        Case::new("url-bare", "See https://a.example/b_(c), or (http://d.example).\n")
            .at(&["https://a.example/b_(c)", "http://d.example"])
            .fixed("See <https://a.example/b_(c)>, or (http://d.example).\n");
        Case::new("url-bare", "« https://a.example/é ».\n").at(&["https://a.example/é"]);
        Case::new("url-bare", "As [she said] (https://a.example/b), it is (https://c.example).\n")
            .at(&["https://a.example/b", "https://c.example"])
            .fixed("As [she said](https://a.example/b), it is (https://c.example).\n");
        none(
            "url-bare",
            &[
                "1. wget http://a.example/x.tar and git clone https://a.example/x.git\n\nhref = &#8220;https://a.example/x&#8221;\n",
                "Open http://localhost:4000/a.html, http://127.0.0.1/x or http://0.0.0.0:4000/.\n",
                "<https://a.example> [x](https://b.example) [https://c.example](d) `https://e.example`\n",
                "<a href=\"https://a.example\">https://a.example</a>\n\n[x]: https://b.example\n",
                "{% link https://a.example %} http:// and http://localhost\n",
                "```\nhttps://a.example\n```\n",
                "<h4>Foo - https://a.example/foo</h4>\n",
            ],
        );
    }
}
