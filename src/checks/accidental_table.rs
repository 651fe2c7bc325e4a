//! A line of text that becomes a table because of a `|`.
//! Rule: kramdown's `table.rb`: a line with a pipe outside of code is a table if lines before and after end.

use super::{Check, Checked};
use crate::text::{Diagnostic, Severity, Span};

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "table-accidental",
    title: "Line that becomes a table",
    reason: "kramdown makes a table of a paragraph whose lines have a `|`.",
    severity: Severity::Warning,
    fixable: true,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for &table in checked.tables.iter().filter(|_| checked.is_jekyll()) {
        let source = table.of(checked.body).trim_end_matches('\n');
        if meant(source) {
            continue;
        }
        let pipes: Vec<usize> = memchr::memchr_iter(b'|', source.as_bytes()).map(|at| table.start + at).collect();
        // Liquid runs first, so pipes in its tags do not count.
        let liquid = |at: usize| {
            let next = checked.liquid.all.partition_point(|liquid| liquid.span.end <= at);
            checked.liquid.all.get(next).is_some_and(|liquid| liquid.span.contains(at))
        };
        let code = |at: usize| checked.code_at(at).is_some();
        let escaped = |at: usize| at > 0 && checked.body.as_bytes().get(at - 1) == Some(&b'\\');
        let counted: Vec<usize> = pipes.into_iter().filter(|&at| !liquid(at) && !code(at) && !escaped(at)).collect();
        let Some(&first) = counted.first() else { continue };
        if checked.is_opaque(first) {
            continue;
        }
        let message = "Because of the `|` Jekyll makes a table of this. Write `\\|` if it is meant as a sign.";
        let span = Span::new(first, first + 1);
        let mut diagnostic = checked.diagnostic(&CHECK, span, message);
        let last = counted.last().copied().unwrap_or(first);
        let mut new = String::new();
        let mut from = first;
        for &at in &counted {
            new.push_str(checked.body.get(from..at).unwrap_or(""));
            new.push_str(sign(checked.before(at)));
            from = at + 1;
        }
        // In HTML, and in a table's own code, a backslash would show.
        if !source.contains('<') {
            diagnostic.fix = checked.fix("Write \\|", Span::new(first, last + 1), new);
        }
        diagnostics.push(diagnostic);
    }
    diagnostics
}

/// What to write for a pipe after `before`: within the address or the title of a link a backslash would stay.
fn sign(before: &str) -> &'static str {
    match before.rfind("](").and_then(|open| before.get(open..)) {
        Some(link) if link.contains('"') && link.matches('"').count() == 1 => "&#124;",
        Some(link) if !link.contains([')', '"', ' ']) => "%7C",
        _ => "\\|",
    }
}

/// Whether a table was meant: it begins with a pipe, has a line between head and body, or rows of as many cells.
fn meant(source: &str) -> bool {
    let mut lines = source.lines().map(|line| line.trim_start_matches(['>', ' ', '\t', '-', '*']).trim());
    let separator = |line: &str| {
        line.contains(['-', '=']) && line.chars().all(|c| matches!(c, '-' | '=' | '|' | '+' | ':' | ' ' | '\t'))
    };
    if source.lines().any(separator) {
        return true;
    }
    let first = lines.next().unwrap_or("");
    let count = |line: &str| memchr::memchr_iter(b'|', line.as_bytes()).count();
    let mut rows = 1;
    for line in lines {
        rows += 1;
        if count(line) != count(first) {
            return first.starts_with('|');
        }
    }
    rows > 1 || first.starts_with('|') && first.ends_with('|')
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn a_pipe_in_a_line_makes_a_table() {
        Case::new("table-accidental", "a\n\nUse x | y or z | w.\n").at(&["|"]).fixed("a\n\nUse x \\| y or z \\| w.\n");
        Case::new("table-accidental", "See [a | b](http://c.example) now.\n")
            .at(&["|"])
            .fixed("See [a \\| b](http://c.example) now.\n");
        Case::new("table-accidental", "[a | b](http://c.example/d|e \"f | g\") | h\n")
            .at(&["|"])
            .fixed("[a \\| b](http://c.example/d%7Ce \"f &#124; g\") \\| h\n");
        Case::new("table-accidental", "`a|b` is a | b\n").at(&["|"]).fixed("`a|b` is a \\| b\n");
        none(
            "table-accidental",
            &[
                "| a | b |\n",
                "a | b\n--|--\nc | d\n",
                "a | b\nc | d\n",
                "`a | b`\n",
                "a \\| b\n",
                "{{ x | upcase }}\n",
                "```\na | b\n```\n",
            ],
        );
    }
}
