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
    /// Whether a highlighter writes the code. Otherwise it has no line numbers, and no white space around it.
    pub(super) highlighted: bool,
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
    let mut part = Span::new(start, start + text.trim_matches(end_of_line).len());
    if !block.highlighted {
        let code = part.of(text);
        let space = [' ', '\t', '\n', '\x0b', '\x0c', '\r', '\0'];
        let start = part.start + code.len() - code.trim_start_matches(space).len();
        part = Span::new(start, start + code.trim_matches(space).len());
    }
    let line_numbers = block.line_numbers && block.highlighted;
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
    if line_numbers {
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
    let end = if line_numbers {
        "\n</pre></td></tr></tbody></table></code></pre></figure>"
    } else {
        "</code></pre></figure>"
    };
    out.made(&[end, around].concat(), block.end);
}
