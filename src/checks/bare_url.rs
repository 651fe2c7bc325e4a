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
        if previous.is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '\'' | '=' | '`' | '<' | '/' | ':' | '['))
        {
            continue;
        }
        if text.get(..start).is_some_and(|before| before.ends_with("](")) {
            continue;
        }
        let end = end(text, slashes + 3);
        last = prose.span.start + end;
        let host = text.get(slashes + 3..end).unwrap_or("");
        if !host.starts_with(|c: char| c.is_alphanumeric()) || !host.contains('.') {
            continue;
        }
        let span = Span::new(prose.span.start + start, prose.span.start + end);
        let message = "Jekyll does not make a link of a bare address. Put it in angle brackets: <https://…>.";
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
        none(
            "url-bare",
            &[
                "<https://a.example> [x](https://b.example) [https://c.example](d) `https://e.example`\n",
                "<a href=\"https://a.example\">https://a.example</a>\n\n[x]: https://b.example\n",
                "{% link https://a.example %} http:// and http://localhost\n",
                "```\nhttps://a.example\n```\n",
                "<h4>Foo - https://a.example/foo</h4>\n",
            ],
        );
    }
}
