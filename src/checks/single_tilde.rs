//! `~x~` is struck through on GitHub and stays text in Jekyll. Rule: kramdown-parser-gfm's `STRIKETHROUGH_DELIM` is two
//! tildes.

use super::{Check, Checked};
use crate::text::{Diagnostic, Severity, Span};

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "tilde-single",
    title: "~x~ is not struck through",
    reason: "kramdown strikes through what stands between two tildes on each side, GitHub between one too.",
    severity: Severity::Warning,
    fixable: true,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if !checked.is_jekyll() {
        return diagnostics;
    }
    for prose in checked.prose.iter().filter(|prose| !prose.in_html) {
        let text = prose.span.of(checked.body);
        let mut open: Option<usize> = None;
        for at in memchr::memchr_iter(b'~', text.as_bytes()) {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let after = text.get(at + 1..).and_then(|rest| rest.chars().next());
            if before == Some('~') || after == Some('~') || before == Some('\\') {
                open = None;
                continue;
            }
            let closes =
                before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric() && c != '/');
            let begins = after.is_some_and(|c| c.is_alphabetic()) && before.is_none_or(|c| !c.is_alphanumeric());
            if let Some(start) = open.take().filter(|_| closes) {
                let inner = text.get(start + 1..at).unwrap_or("");
                if !inner.contains('\n') {
                    let span = Span::new(prose.span.start + start, prose.span.start + at + 1);
                    let message =
                        "Jekyll strikes through what stands between two tildes on each side; one stays a tilde.";
                    let mut diagnostic = checked.diagnostic(&CHECK, span, message);
                    diagnostic.fix = checked.fix("Write two tildes", span, ["~~", inner, "~~"].concat());
                    diagnostics.push(diagnostic);
                }
                continue;
            }
            open = begins.then_some(at);
        }
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn one_tilde_strikes_nothing_through() {
        Case::new("tilde-single", "a ~b c~ d ~e~.\n").at(&["~b c~", "~e~"]).fixed("a ~~b c~~ d ~e~.\n");
        none("tilde-single", &["a ~~b~~ c\n", "about ~5 to ~10\n", "~/a and ~/b\n", "`~b~`\n", "~a\nb~\n", "a~b~c\n"]);
    }
}
