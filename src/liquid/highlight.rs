//! `{% highlight %}`: what Jekyll's tags/highlight.rb writes around code, with Rouge's tokens left out and its table of
//! line numbers (Rouge's formatters/html_table.rb) in. In: the rendered content. Out: HTML. Neighbours:
//! `interpreter.rs`.

use super::output::Output;
use crate::text::Span;

/// The options of the tag, and the spans of the tag and its end tag.
#[derive(Clone, Copy)]
pub(super) struct HighlightBlock<'h> {
    pub(super) language: &'h str,
    pub(super) line_numbers: bool,
    /// Whether Markdown comes after Liquid: its converter puts line ends around (converters/markdown.rb).
    pub(super) markdown: bool,
    pub(super) tag: Span,
    pub(super) end: Span,
}

/// Adds the figure with `code` in it.
pub(super) fn write(block: HighlightBlock<'_>, code: &Output, out: &mut Output) {
    let text = code.text.as_str();
    let end_of_line = ['\n', '\r'];
    let start = text.len() - text.trim_start_matches(end_of_line).len();
    let part = Span::new(start, start + text.trim_matches(end_of_line).len());
    let class = block.language.replace('+', "-");
    let around = if block.markdown { "\n" } else { "" };
    out.made(
        &[
            around,
            "<figure class=\"highlight\"><pre><code class=\"language-",
            &class,
            "\" data-lang=\"",
            block.language,
            "\">",
        ]
        .concat(),
        block.tag,
    );
    if block.line_numbers {
        let lines = part.of(text).matches('\n').count() + 1;
        let mut numbers =
            String::from("<table class=\"rouge-table\"><tbody><tr><td class=\"gutter gl\"><pre class=\"lineno\">");
        for line in 1..=lines {
            numbers.push_str(&line.to_string());
            numbers.push('\n');
        }
        numbers.push_str("</pre></td><td class=\"code\"><pre>");
        out.made(&numbers, block.tag);
    }
    out.escaped(code, part);
    let end = if block.line_numbers {
        "\n</pre></td></tr></tbody></table></code></pre></figure>"
    } else {
        "</code></pre></figure>"
    };
    out.made(&[end, around].concat(), block.end);
}
