//! `1)` begins a list on GitHub and stays text in Jekyll. Rule: kramdown's `list.rb` knows `1.` only.

use super::{Check, Checked};
use crate::text::{Diagnostic, Severity, Span};

/// See the file's head. A lone `1)` is text that was meant so; a `2)` has to follow.
pub(super) const CHECK: Check = Check {
    code: "list-paren",
    title: "1) is no list",
    reason: "kramdown begins a numbered list at `1.` only, GitHub at `1)` too.",
    severity: Severity::Warning,
    fixable: true,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if !checked.is_jekyll() {
        return diagnostics;
    }
    let body = checked.body;
    // The parentheses of the current list, its start, and the end of its last paragraph.
    let mut marks: Vec<usize> = Vec::new();
    let mut list = Span::default();
    let mut flush = |marks: &mut Vec<usize>, list: Span| {
        if let (true, Some(&last)) = (marks.len() > 1, marks.last()) {
            let message = "Jekyll makes no list of lines with `1)`, as GitHub does. Write `1.`.";
            let first = marks.first().copied().unwrap_or(last);
            let span = Span::new(list.start, first + 1);
            let mut diagnostic = checked.diagnostic(&CHECK, span, message);
            let whole = Span::new(first, last + 1);
            let mut new = whole.of(body).to_owned();
            for &mark in marks.iter() {
                new.replace_range(mark - first..mark - first + 1, ".");
            }
            diagnostic.fix = checked.fix("Write `1.`", whole, new);
            diagnostics.push(diagnostic);
        }
        marks.clear();
    };
    for &paragraph in &checked.paragraphs {
        let mut at = paragraph.start;
        let gap = body.get(list.end..paragraph.start).unwrap_or("x");
        for (index, line) in paragraph.of(body).split_inclusive('\n').enumerate() {
            let number = marker(line);
            let follows = index > 0 || gap.trim().is_empty();
            match number {
                Some((number, mark)) if number == marks.len() + 1 && !marks.is_empty() && follows => {
                    marks.push(at + mark)
                }
                Some((1, mark)) if index == 0 => {
                    flush(&mut marks, list);
                    list.start = at + (line.len() - line.trim_start().len());
                    marks.push(at + mark);
                }
                _ if index == 0 => flush(&mut marks, list),
                _ => {}
            }
            at += line.len();
        }
        list.end = paragraph.end;
    }
    flush(&mut marks, list);
    diagnostics
}

/// The number and the place of the parenthesis of a line that begins with `1) `.
fn marker(line: &str) -> Option<(usize, usize)> {
    let content = line.trim_start_matches([' ', '>']);
    let digits = content.bytes().take_while(u8::is_ascii_digit).count();
    let rest = content.get(digits..)?.strip_prefix(')')?;
    if digits == 0 || digits > 4 || !rest.starts_with([' ', '\t']) {
        return None;
    }
    Some((content.get(..digits)?.parse().ok()?, line.len() - content.len() + digits))
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn numbers_with_parentheses_make_no_list() {
        Case::new("list-paren", "a\n\n1) b (c)\nd\n2) e\n\nf\n").at(&["1)"]).fixed("a\n\n1. b (c)\nd\n2. e\n\nf\n");
        Case::new("list-paren", "1) a\n\n2) b\n\n3) c\n").at(&["1)"]).fixed("1. a\n\n2. b\n\n3. c\n");
        none(
            "list-paren",
            &["1) a\n", "1. a\n2. b\n", "a\n1) b\n2) c\n", "1) a\n\nb\n\n2) c\n", "```\n1) a\n2) b\n```\n"],
        );
    }
}
