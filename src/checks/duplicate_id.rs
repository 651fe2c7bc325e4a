//! An id that stands twice on the page: links reach the first only. Made ids of headings never repeat (kramdown appends
//! a number), but those written by hand may.

use super::{Check, Checked};
use crate::text::{Diagnostic, NameIndex, Severity, Span, order};

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "id-duplicate",
    title: "Same id twice",
    reason: "A link to an id goes to the first element that has it.",
    severity: Severity::Warning,
    fixable: false,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut ids: Vec<(&str, Span)> = checked.ids.clone();
    ids.extend(checked.outline.iter().map(|heading| (heading.id.as_str(), heading.span)));
    order::sort_by_key(&mut ids, |(_, span)| span.order());
    let mut seen = NameIndex::default();
    let mut diagnostics = Vec::new();
    for (id, span) in ids {
        if id.is_empty() || id.contains("{{") || seen.insert(id, 0).is_none() {
            continue;
        }
        let message = ["The id “", id, "” is on the page already. A link to it goes to the first."].concat();
        diagnostics.push(checked.diagnostic(&CHECK, checked.first_line(span), message));
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn an_id_stands_once() {
        Case::new("id-duplicate", "## A {#x}\n\n## B {#x}\n").at(&["## B {#x}"]);
        Case::new("id-duplicate", "## A\n\n<div id=\"a\">\nx\n</div>\n").at(&["<div id=\"a\">"]);
        Case::new("id-duplicate", "a\n{: #x}\n\nb\n{: #x}\n").at(&["b"]);
        none("id-duplicate", &["## A\n\n## A\n", "<a id=\"x\"></a>\n<a id=\"y\"></a>\n"]);
    }
}
