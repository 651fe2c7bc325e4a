//! A description that search engines cut. The rule is theirs, not Jekyll's: about 160 characters are shown.

use super::{Check, Checked};
use crate::text::{Diagnostic, Severity};

/// How many characters search results show, about.
const SHOWN: usize = 160;

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "description-long",
    title: "Long description",
    reason: "Search results cut a description after about 160 characters.",
    severity: Severity::Note,
    fixable: false,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let Some(front) = checked.front() else { return Vec::new() };
    let (Some(text), Some(entry)) = (&front.description, front.entry("description")) else { return Vec::new() };
    let length = text.trim().chars().count();
    if length <= SHOWN {
        return Vec::new();
    }
    let message =
        ["The description has ", &length.to_string(), " characters. Search results cut it after about 160."].concat();
    vec![CHECK.diagnostic(entry.value_span, message)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{Case, none};

    #[test]
    fn a_description_fits_search_results() {
        let text = |length| ["---\ndescription: ", &"é".repeat(length), "\n---\n"].concat();
        Case::new("description-long", &text(SHOWN + 1)).at(&[&"é".repeat(SHOWN + 1)]);
        none("description-long", &[&text(SHOWN)]);
    }
}
