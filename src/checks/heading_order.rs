//! Headings: a level that is left out, a second one of the first level.
//! Rules: WCAG 2 technique H42 for the levels; themes show the title as the page's first-level heading.

use super::{Check, Checked};
use crate::text::{Diagnostic, Severity};

/// A heading more than one level below the one before it.
pub(super) const SKIPPED: Check = Check {
    code: "heading-skipped",
    title: "Skipped heading level",
    reason: "People who use a screen reader find their way by the levels of headings.",
    severity: Severity::Note,
    fixable: false,
    run: skipped,
};

fn skipped(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut before = None;
    for heading in &checked.outline {
        if let Some(before) = before.filter(|&before| heading.level > before + 1) {
            let digit = |level: u8| level.to_string();
            let message = [
                "From level ",
                &digit(before),
                " to level ",
                &digit(heading.level),
                ": a level is left out, and readers who jump from heading to heading miss it.",
            ];
            let span = checked.first_line(heading.span);
            diagnostics.push(checked.diagnostic(&SKIPPED, span, message.concat()));
        }
        before = Some(heading.level);
    }
    diagnostics
}

/// The second heading of the first level; reported once for a post.
pub(super) const SECOND_H1: Check = Check {
    code: "heading-second-h1",
    title: "Several first-level headings",
    reason: "Themes show the title as the first-level heading of the page.",
    severity: Severity::Note,
    fixable: false,
    run: second_h1,
};

fn second_h1(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut first = checked.outline.iter().filter(|heading| heading.level == 1);
    let Some(second) = first.nth(1) else { return Vec::new() };
    let count = 2 + first.count();
    let message = [
        "The text has ",
        &count.to_string(),
        " headings of the first level. A page has one, and most themes show the title as such: begin with `##`.",
    ];
    let span = checked.first_line(second.span);
    vec![checked.diagnostic(&SECOND_H1, span, message.concat())]
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn levels_follow_one_another() {
        Case::new("heading-skipped", "## a\n\n#### b\n\n##### c\n\n# d\n\nE\n---\n\n#### f\n")
            .at(&["#### b", "#### f"]);
        none("heading-skipped", &["### a\n\n# b\n\n## c\n", "{% highlight sh %}\n# a\n### b\n{% endhighlight %}\n"]);
    }

    #[test]
    fn there_is_one_first_level() {
        Case::new("heading-second-h1", "# a\n\nB\n===\n\n# c\n").at(&["B"]);
        none("heading-second-h1", &["# a\n\n## b\n", "```sh\n# a\n# b\n```\n"]);
    }
}
