//! A link without an address, or without anything to click. Rule: kramdown writes `[x]()` as a link to the page itself
//! and `[](x)` as a link that shows nothing.

use super::{Check, Checked};
use crate::text::{Diagnostic, Severity};

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "link-empty",
    title: "Empty link",
    reason: "A link without an address leads to the page itself, and readers do not see one without a text.",
    severity: Severity::Warning,
    fixable: false,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for link in checked.links.iter().filter(|link| !link.span.is_empty()) {
        let message = match (link.image, link.url.trim().is_empty(), link.empty) {
            (false, true, _) => "This link has no address: it leads to this very page.",
            (true, true, _) => "This image has no address.",
            (false, false, true) => "This link has no text: readers do not see it.",
            _ => continue,
        };
        let span = checked.first_line(link.span);
        diagnostics.push(checked.diagnostic(&CHECK, span, message));
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn a_link_has_an_address_and_a_text() {
        Case::new("link-empty", "a [x]() b [](http://a.example) c ![y]()\n").at(&[
            "[x]()",
            "[](http://a.example)",
            "![y]()",
        ]);
        none("link-empty", &["[x](y) [![](i.png)](z) [`c`](d) [*e*](f) <a name=\"x\"></a> [n](#)\n"]);
    }
}
