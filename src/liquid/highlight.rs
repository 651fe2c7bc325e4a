//! `{% highlight %}`: what Jekyll's tags/highlight.rb writes around code, and Rouge's formatters in it. In: the rendered
//! content. Out: HTML. Neighbours: `interpreter.rs`; `code/` knows the formatters.

use std::rc::Rc;

use super::context::Context;
use super::output::MappedText;
use super::syntax_tree::HighlightOptions;
use crate::code::{self, CodeHtml, CodeLayout, CodeSink, Highlighting, LineNumbering, Outcome};
use crate::text::Span;

/// The tag, and where it and its end tag stand in the body.
#[derive(Clone, Copy)]
pub(super) struct HighlightBlock<'h> {
    pub(super) options: &'h HighlightOptions,
    pub(super) tag: Span,
    pub(super) end: Span,
}

/// The classes of the table with line numbers, of the numbers' cell and of the code's cell.
const TABLE_CLASSES: [&str; 3] = ["rouge-table", "gutter", "code"];

/// Adds the figure with `code` in it. What happened to the code.
pub(super) fn write(
    block: HighlightBlock<'_>,
    code: &MappedText,
    context: &Context<'_>,
    out: &mut MappedText,
) -> Outcome {
    let language = block.options.language.as_str();
    let text = code.text.as_str();
    let end_of_line = ['\n', '\r'];
    let start = text.len() - text.trim_start_matches(end_of_line).len();
    let mut part = Span::new(start, start + text.trim_matches(end_of_line).len());
    // Without a highlighter, code has neither line numbers nor white space around it.
    let is_highlighted = context.settings.markdown.highlights_tag();
    if !is_highlighted {
        let code = part.of(text);
        let space = [' ', '\t', '\n', '\x0b', '\x0c', '\r', '\0'];
        let start = part.start + code.len() - code.trim_start_matches(space).len();
        part = Span::new(start, start + code.trim_matches(space).len());
    }
    // If Markdown comes after Liquid, its converter puts line ends around (converters/markdown.rb).
    let around = if context.environment.is_markdown() { "\n" } else { "" };
    let class = language.replace('+', "-");
    let head = "<figure class=\"highlight\"><pre><code class=\"language-";
    out.made_of(&[around, head, &class, "\" data-lang=\"", language, "\">"], block.tag);
    if is_highlighted {
        write_highlighted(block, code, part, &context.highlighting, out);
    } else {
        out.escaped(code, part);
    }
    out.made_of(&["</code></pre></figure>", around], block.end);
    context.highlighting.take_outcome()
}

/// Adds a part of `code`, with spans where its language is known.
fn write_highlighted(
    block: HighlightBlock<'_>,
    code: &MappedText,
    part: Span,
    highlighting: &Highlighting,
    out: &mut MappedText,
) {
    let HighlightOptions { language, line_numbers, marked } = block.options;
    let text = part.of(&code.text);
    let runs = highlighting.runs(language, text);
    let runs = runs.as_ref();
    let write = |out: &mut MappedText| {
        let mut sink = OutputSink { code, part, at: part.start, end: block.end.start, out };
        let write = |sink: &mut dyn CodeSink| match marked {
            Some(marked) => code::lines(text, runs.map(|runs| &**runs), marked, *line_numbers, sink),
            None => code::spans(text, runs.map(|runs| &**runs), sink),
        };
        if *line_numbers {
            let numbering = LineNumbering { start_line: 1, classes: TABLE_CLASSES };
            code::table(text, numbering, &mut sink, &write);
        } else {
            write(&mut sink);
        }
    };
    // Spans cost time at each key, unless the code is a copy of the body and was written before.
    let (Some(runs), Some(start)) = (runs, code.map.start_of_copy()) else { return write(out) };
    let start = start + part.start;
    let layout = CodeLayout {
        runs: Rc::clone(runs),
        line_numbers: *line_numbers,
        marked: marked.clone(),
        source_length: block.end.start.saturating_sub(start),
    };
    let written = highlighting.html(text, layout, |layout| {
        let mut out = MappedText::new(block.end.end);
        write(&mut out);
        CodeHtml { layout, start, html: out.text, map: out.map }
    });
    out.moved(&written.html, &written.map, written.start, start);
}

/// Writes code as HTML.
struct OutputSink<'o> {
    code: &'o MappedText,
    /// The part of `code` that is written, in bytes of it.
    part: Span,
    /// How far it is written.
    at: usize,
    /// Where the code ends in the body.
    end: usize,
    out: &'o mut MappedText,
}

impl OutputSink<'_> {
    /// Adds what is not in the code, at the place of the code that is written next.
    fn made(&mut self, pieces: &[&str]) {
        let source = if self.at < self.part.end { self.code.map.to_source(self.at).min(self.end) } else { self.end };
        self.out.made_of(pieces, Span::at(source));
    }
}

impl CodeSink for OutputSink<'_> {
    fn open(&mut self, name: &'static str, class: &str, _code: Option<Span>) {
        match class {
            "" => self.made(&["<", name, ">"]),
            _ => self.made(&["<", name, " class=\"", class, "\">"]),
        }
    }

    fn close(&mut self, name: &'static str) {
        self.made(&["</", name, ">"]);
    }

    fn text(&mut self, text: &str) {
        self.made(&[text]);
    }

    fn code(&mut self, part: Span) {
        let part = part.shifted(self.part.start);
        self.out.escaped(self.code, part);
        self.at = part.end;
    }
}
