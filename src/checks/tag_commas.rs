//! `tags: a, b`: the commas become part of the tags, or the whole becomes one tag.
//! Rule: `pluralized_array_from_hash` in Jekyll's `utils.rb` splits a plural on white space, a singular not at all.

use serde_yaml::Value;

use super::{Check, Checked};
use crate::post::edit::{self, EditValue};
use crate::text::{Diagnostic, Fix, Severity};

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "tags-commas",
    title: "Commas between tags",
    reason: "Jekyll splits `tags` at spaces, and `tag` not at all: commas become part of the tags.",
    severity: Severity::Warning,
    fixable: true,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let Some(front) = checked.front() else { return Vec::new() };
    let mut diagnostics = Vec::new();
    for key in ["tags", "tag", "categories", "category"] {
        let Some(entry) = front.entry(key) else { continue };
        let (text, one) = match front.get(key) {
            Some(Value::String(text)) => (text, !key.ends_with('s')),
            // A list of one: the brackets are there, the commas are within its quotes.
            Some(Value::Sequence(items)) => match items.as_slice() {
                // A quoted item on a line of its own means its commas.
                [Value::String(text)] if !is_quoted_item(entry.value_span.of(checked.input.text)) => (text, true),
                _ => continue,
            },
            _ => continue,
        };
        let parts: Vec<String> =
            text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        if parts.len() < 2 && (one || !text.contains(',')) {
            continue;
        }
        let kind = if key.starts_with('t') { "tag" } else { "category" };
        let message = if one {
            ["Jekyll reads this as one ", kind, ", commas included. Write a list: [a, b]."].concat()
        } else {
            ["Jekyll splits this at the spaces, and each comma stays part of a ", kind, ". Write a list: [a, b]."]
                .concat()
        };
        let mut diagnostic = CHECK.diagnostic(entry.value_span, message);
        diagnostic.fix = edit::set(checked.input.text, key, &EditValue::Texts(parts))
            .map(|edit| Fix { label: "Make it a list".to_owned(), edit });
        diagnostics.push(diagnostic);
    }
    diagnostics
}

/// Whether a list is written as an item on a line of its own, in quotes.
fn is_quoted_item(list: &str) -> bool {
    list.strip_prefix('-').is_some_and(|item| item.trim_start().starts_with(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn commas_do_not_separate_tags() {
        Case::new("tags-commas", "---\ntags: a b, c # why\n---\n")
            .at(&["a b, c"])
            .fixed("---\ntags: [a b, c] # why\n---\n");
        Case::new("tags-commas", "---\ntag: \"a, yes\"\n---\n")
            .at(&["\"a, yes\""])
            .fixed("---\ntag: [a, \"yes\"]\n---\n");
        Case::new("tags-commas", "---\ncategories:\n  - a, b\n---\n")
            .at(&["- a, b"])
            .fixed("---\ncategories:\n  - a\n  - b\n---\n");
        Case::new("tags-commas", "---\ntags: a,\n---\n").at(&["a,"]).fixed("---\ntags: a\n---\n");
    }

    #[test]
    fn lists_and_spaces_do() {
        none(
            "tags-commas",
            &[
                "---\ntags: [a, b]\n---\n",
                "---\ntags: a b\n---\n",
                "---\ntags: [\"Portland, Oregon\", b]\n---\n",
                "---\ncategories:\n- \"Bread, butter and the like\"\n---\n",
                "---\ntags:\n---\n",
            ],
        );
    }
}
