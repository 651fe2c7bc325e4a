//! An image without alternative text. Rule: WCAG 2, 1.1.1; an empty `alt=""` in HTML says that the image is decoration.

use super::{Check, Checked};
use crate::text::{Diagnostic, Severity};

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "image-no-alt",
    title: "Image without a text",
    reason: "Who cannot see an image reads its alternative text.",
    severity: Severity::Note,
    fixable: false,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = checked
        .links
        .iter()
        .filter(|link| link.image && link.empty && !link.span.is_empty() && !link.url.trim().is_empty())
        .map(|link| {
            let message =
                "This image has no text. Between the brackets, say what it shows: readers who do not see it hear that.";
            checked.diagnostic(&CHECK, checked.first_line(link.span), message)
        })
        .collect();
    for element in checked.elements.iter().filter(|element| element.name == "img") {
        let hidden = element.attribute("role") == Some("presentation") || element.attribute("aria-hidden").is_some();
        if element.attribute("alt").is_none() && !hidden {
            let message =
                "This image has no text. Add alt=\"…\" that says what it shows, or alt=\"\" if it is mere decoration.";
            diagnostics.push(checked.diagnostic(&CHECK, checked.first_line(element.span), message));
        }
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn an_image_has_a_text() {
        Case::new("image-no-alt", "a ![](b.png) c\n\n<img src=\"d.png\">\n").at(&["![](b.png)", "<img src=\"d.png\">"]);
        none("image-no-alt", &["![a](b.png) ![`c`](d)\n\n<img src=\"d.png\" alt=\"\">\n", "`![](b.png)`\n"]);
    }
}
