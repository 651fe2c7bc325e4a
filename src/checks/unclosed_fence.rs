//! A fence that opens no block of code because nothing closes it.
//! Rule: kramdown-parser-gfm's `FENCED_CODEBLOCK_MATCH`: without a closing fence of its own the line is text.

use super::{Check, Checked};
use crate::text::{Diagnostic, Severity, Span};

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "fence-unclosed",
    title: "Unclosed code block",
    reason: "kramdown shows a fence that nothing closes, and the code after it, as text.",
    severity: Severity::Error,
    fixable: false,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if !checked.is_jekyll() {
        return diagnostics;
    }
    let body = checked.body;
    let bytes = body.as_bytes();
    if memchr::memmem::find(bytes, b"```").is_none() && memchr::memmem::find(bytes, b"~~~").is_none() {
        return diagnostics;
    }
    let mut blocks = checked.code.iter().filter(|code| code.block).map(|code| code.span).peekable();
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        let here = start;
        start += line.len();
        let content = line.trim_start_matches([' ', '>']);
        if !content.starts_with("```") && !content.starts_with("~~~") {
            continue;
        }
        // If Liquid stands on the line of a fence, only its output shows which line closes which.
        if line.contains("{%") || line.contains("{{") {
            return Vec::new();
        }
        let open = here + (line.len() - content.len());
        while blocks.next_if(|block| block.end <= open).is_some() {}
        let in_block = blocks.peek().is_some_and(|block| block.start <= open);
        let mark = content.chars().next().unwrap_or('`');
        let info = content.trim_start_matches(mark);
        // Code within the line: ``` x ```.
        if in_block || info.contains(mark) || checked.is_opaque(open) || !became_text(checked, open) {
            continue;
        }
        let shown = content.trim_end();
        if mark == '`' && !checked.input.options.kramdown.gfm {
            let message = "kramdown's input `kramdown` makes blocks of code of `~~~` alone: Jekyll shows this as text.";
            let span = Span::new(open, open + shown.len());
            diagnostics.push(checked.diagnostic(&CHECK, span, message));
            continue;
        }
        let message = "No closing line belongs to this fence, so Jekyll shows it, and the code after it, as text. Close it with as many of the same marks on a line of their own.";
        let span = Span::new(open, open + shown.len());
        diagnostics.push(checked.diagnostic(&CHECK, span, message));
    }
    diagnostics
}

/// Whether the marks at `at` became text, or opened code within a line.
fn became_text(checked: &Checked<'_>, at: usize) -> bool {
    let code = checked.code.partition_point(|code| code.span.start < at);
    checked.prose_at(at).is_some() || checked.code.get(code).is_some_and(|code| !code.block && code.span.start == at)
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn a_fence_is_closed() {
        Case::new("fence-unclosed", "a\n\n```ruby\ncode\n").at(&["```ruby"]);
        Case::new("fence-unclosed", "~~~\ncode\n```\n").at(&["~~~", "```"]);
        Case::new("fence-unclosed", "```\na\n```\n\nb\n\n```sh\nc\n").at(&["```sh"]);
        let settings = crate::post::site::read("kramdown: {input: kramdown}").settings;
        let case = Case::new("fence-unclosed", "```ruby\nx\n```\n\n~~~\ny\n~~~\n");
        case.with(crate::markdown::Options::of_site(&settings)).at(&["```ruby"]);
        none(
            "fence-unclosed",
            &[
                "```\na\n````\n",
                "- x\n\n  ```\n  a\n  ```\n",
                "``` a ```\n",
                "> ```\n> a\n> ```\n",
                "    ```\n",
                "{% highlight md %}\n```\n{% endhighlight %}\n",
            ],
        );
    }
}
