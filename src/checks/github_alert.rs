//! `> [!NOTE]` is a coloured box on GitHub. In Jekyll it is a quote that contains this text.

use super::{Check, Checked};
use crate::text::{Diagnostic, Severity, Span};

const KINDS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "github-alert",
    title: "[!NOTE] is GitHub's alone",
    reason: "Only GitHub makes a coloured box of a quote that begins with `[!NOTE]`.",
    severity: Severity::Warning,
    fixable: true,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if !checked.is_jekyll() {
        return diagnostics;
    }
    for (prose, at) in checked.marks("[!") {
        let text = prose.span.of(checked.body);
        let rest = text.get(at + 2..).unwrap_or("");
        let kind = KINDS.iter().find(|kind| {
            rest.get(..kind.len()).is_some_and(|start| start.eq_ignore_ascii_case(kind))
                && rest.get(kind.len()..).is_some_and(|rest| rest.starts_with(']'))
        });
        let Some(kind) = kind else { continue };
        let start = prose.span.start + at;
        let line = checked.before(start).rsplit('\n').next().unwrap_or("");
        let quoted = line.contains('>') && line.chars().all(|c| matches!(c, '>' | ' ' | '-' | '*'));
        if !quoted {
            continue;
        }
        let span = Span::new(start, start + kind.len() + 3);
        let message = "Only GitHub makes a coloured box of this. In Jekyll it is a quote that begins with this text.";
        let mut diagnostic = checked.diagnostic(&CHECK, span, message);
        let (first, others) = kind.split_at(1);
        let new = ["**", first, &others.to_ascii_lowercase(), ":**"].concat();
        diagnostic.fix = checked.fix("Write it in bold", span, new);
        diagnostics.push(diagnostic);
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn alerts_are_githubs_alone() {
        Case::new("github-alert", "> [!NOTE]\n> a\n").at(&["[!NOTE]"]).fixed("> **Note:**\n> a\n");
        Case::new("github-alert", "> [!warning]\n> a\n").at(&["[!warning]"]).fixed("> **Warning:**\n> a\n");
        none("github-alert", &["a [!NOTE] b\n", "> `[!NOTE]`\n", "> [!OTHER]\n"]);
    }
}
