//! Whether the pipes of a table are real ones: those in code do not count.
//! In: the text of all lines of a table. Out: yes or no. Neighbours: `mod.rs`; `span/mod.rs` parses code and HTML.
//! Rules: kramdown 2.4.0, `table.rb` lines 111–139, which run two span parsers over the whole table.

use crate::markdown::event::{Event, Tag};
use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block::table::has_pipe;
use crate::markdown::kramdown::source_text::SourceText;
use crate::markdown::kramdown::span_parser::{SpanParser, SpanParsers, Stop};

/// A part of a text in which only code and HTML are parsed.
enum Child {
    /// Text.
    Text(String),
    /// Code.
    Code(String),
    /// Something else: the name of an HTML element, or the text of a comment.
    Other(String),
}

impl<'a> KramdownParser<'a> {
    /// The parts of `text`, if only code and HTML are parsed in it.
    fn code_and_html_children(&mut self, text: &SourceText) -> Vec<Child> {
        let body = self.body;
        let mut events = Vec::new();
        let source = text.str(body);
        let mut spans = SpanParser::new(self, &mut events, source, text);
        spans.parse_spans(Stop::Nothing, SpanParsers::CodeAndHtml);
        spans.flush();
        let mut depth = 0usize;
        let mut found: Vec<Child> = Vec::new();
        for item in events {
            match item.event {
                Event::Start(Tag::Element { name, .. }, _) => {
                    if depth == 0 {
                        found.push(Child::Other(name.to_string()));
                    }
                    depth += 1;
                }
                Event::Start(..) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                Event::Text(text) => match found.last_mut() {
                    Some(Child::Text(before)) => before.push_str(&text),
                    _ => found.push(Child::Text(text.to_string())),
                },
                Event::Code(code, _) => found.push(Child::Code(code.to_string())),
                Event::Comment(text) => found.push(Child::Other(text.to_string())),
                _ => {}
            }
        }
        found
    }

    /// Whether every line of the table has a pipe that is not in code. Code may run over the end of a line.
    pub(super) fn has_pipes_outside_code(&mut self, table: &SourceText) -> bool {
        if !table.str(self.body).contains(['`', '<']) {
            return true;
        }
        let mut pipe_on_line = false;
        for child in self.code_and_html_children(table) {
            let (value, is_code) = match &child {
                Child::Code(value) => (value, true),
                Child::Text(value) | Child::Other(value) => (value, false),
            };
            let mut lines: Vec<&str> = value.split('\n').collect();
            while lines.last().is_some_and(|line| line.is_empty()) {
                lines.pop();
            }
            if is_code {
                if lines.len() > 2 || (lines.len() == 2 && !pipe_on_line) {
                    break;
                }
                if lines.len() == 2 {
                    pipe_on_line = false;
                }
                continue;
            }
            let (several, first) = (lines.len() > 1, lines.first().copied().unwrap_or(""));
            if several && !pipe_on_line && !has_pipe(first) {
                break;
            }
            pipe_on_line = (!several && pipe_on_line) || has_pipe(lines.last().copied().unwrap_or(""));
        }
        pipe_on_line
    }
}
