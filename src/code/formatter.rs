//! Rouge's formatters: `html.rb` (a span for each token), `html_line_highlighter.rb` (marked lines), `html_table.rb` (a
//! table with the numbers of the lines). In: code and its runs. Out: elements and pieces of the code, in order.
//! Neighbours: `liquid/highlight.rs` writes them as text, `markdown/html/code.rs` as tokens.

use crate::highlight::Run;
use crate::text::Span;

/// Where code is written to.
pub trait CodeSink {
    /// Opens an element with that class, empty for none, around what follows. `code` is the part of the code in it, where
    /// it is a token.
    fn open(&mut self, name: &'static str, class: &str, code: Option<Span>);
    /// Closes the element that opened last, which has that name.
    fn close(&mut self, name: &'static str);
    /// Text that is no part of the code.
    fn text(&mut self, text: &str);
    /// A part of the code, in bytes of it.
    fn code(&mut self, part: Span);
}

/// The table with the numbers of the lines.
#[derive(Clone, Copy, Debug)]
pub struct LineNumbering<'f> {
    /// The number of the first line.
    pub start_line: i64,
    /// The classes of the table, of the numbers' cell and of the code's cell.
    pub classes: [&'f str; 3],
}

/// Writes code in a table with the numbers of its lines; `write` writes the code itself.
pub fn table(code: &str, numbering: LineNumbering<'_>, sink: &mut dyn CodeSink, write: &dyn Fn(&mut dyn CodeSink)) {
    let LineNumbering { start_line, classes: [table, gutter, cell] } = numbering;
    let count = code.matches('\n').count() + usize::from(!code.ends_with('\n'));
    let mut numbers = String::new();
    for line in (start_line..).take(count) {
        numbers.push_str(&line.to_string());
        numbers.push('\n');
    }
    sink.open("table", table, None);
    sink.open("tbody", "", None);
    sink.open("tr", "", None);
    sink.open("td", &[gutter, " gl"].concat(), None);
    sink.open("pre", "lineno", None);
    sink.text(&numbers);
    sink.close("pre");
    sink.close("td");
    sink.open("td", cell, None);
    sink.open("pre", "", None);
    write(sink);
    if !code.ends_with('\n') {
        sink.text("\n");
    }
    for name in ["pre", "td", "tr", "tbody", "table"] {
        sink.close(name);
    }
}

/// One element for each run with a class. Without runs it is all plain text.
pub fn spans(code: &str, runs: Option<&[Run]>, sink: &mut dyn CodeSink) {
    let Some(runs) = runs else { return sink.code(Span::new(0, code.len())) };
    let mut start = 0;
    for run in runs {
        let part = Span::new(start, start + run.length);
        start = part.end;
        span(run.class, part, sink);
    }
}

fn span(class: &str, part: Span, sink: &mut dyn CodeSink) {
    match class {
        "" => sink.code(part),
        _ => {
            // A formatter takes what a lexer lets through as it is for an error (formatter.rb, `filter_escapes`).
            let class = if class == "esc" { "err" } else { class };
            sink.open("span", class, Some(part));
            sink.code(part);
            sink.close("span");
        }
    }
}

/// Line by line: each token ends with its line. A line whose number, from 1, is marked is in an element, with its line break.
/// The last line ends with a line break, too; without a table the tag `highlight` removes that again (`chomp`), where it is
/// not in the element.
pub fn lines(code: &str, runs: Option<&[Run]>, marked: &[usize], in_table: bool, sink: &mut dyn CodeSink) {
    let whole = [Run { class: "", length: code.len() }];
    let runs = runs.unwrap_or(&whole);
    let mut rest = runs.iter().copied();
    let mut run = rest.next();
    let mut start = 0;
    for (index, line) in code.split_inclusive('\n').enumerate() {
        let is_marked = marked.contains(&(index + 1));
        if is_marked {
            sink.open("span", "hll", None);
        }
        let end = start + line.trim_end_matches('\n').len();
        let next = start + line.len();
        while let Some(now) = run.filter(|_| start < next) {
            let length = now.length.min(next - start);
            let part = Span::new(start, (start + length).min(end));
            if !part.is_empty() {
                span(now.class, part, sink);
            }
            start += length;
            run = if length < now.length { Some(Run { length: now.length - length, ..now }) } else { rest.next() };
        }
        if line.ends_with('\n') {
            sink.code(Span::new(end, next));
        } else if is_marked || in_table {
            sink.text("\n");
        }
        if is_marked {
            sink.close("span");
        }
        start = next;
    }
}
