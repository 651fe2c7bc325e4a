//! Code in a text: between backticks.
//!
//! ```bnf
//! codespan ::= "`"{n} code "`"{n}
//! ```
//!
//! ```markdown
//! Press `Ctrl`, or `` a`b ``.
//! ```
//!
//! ```html
//! <p>Press <code class="language-plaintext highlighter-rouge">Ctrl</code>, or <code class="language-plaintext highlighter-rouge">a`b</code>.</p>
//! ```
//!
//! The code ends at the next run of at least as many backticks. One backtick between white space is text. With several
//! backticks, one space is removed at both ends of the code.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#code-spans>
//! Follows: kramdown 2.4.0, `codespan.rb` lines 14–53.
//! In: a position in a text. Out: a code event. Neighbours: `block/table/` asks where the code in a row is.

use crate::markdown::event::Event;
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::span_parser::SpanParser;
use memchr::{memchr, memmem};

/// A code span. Positions are bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::markdown::kramdown) struct CodeSpan {
    /// The code.
    pub code: (usize, usize),
    /// The end of the closing backticks.
    pub end: usize,
}

/// The length and end of each run of backticks that is longer than all runs after it, from the last to the first. The
/// list is made when it is first needed.
#[derive(Clone, Debug, Default)]
pub(in crate::markdown::kramdown) struct Runs(Option<Vec<(usize, usize)>>);

impl Runs {
    /// Whether a run of at least `length` backticks ends after `pos`.
    fn any_after(&mut self, text: &str, pos: usize, length: usize) -> bool {
        let runs = self.0.get_or_insert_with(|| {
            let bytes = text.as_bytes();
            let mut runs: Vec<(usize, usize)> = Vec::new();
            let mut end = bytes.len();
            while let Some(last) = bytes.get(..end).and_then(|head| memchr::memrchr(b'`', head)) {
                let mut start = last;
                while start > 0 && chars::byte_at(text, start - 1) == b'`' {
                    start -= 1;
                }
                let length = last + 1 - start;
                if runs.last().is_none_or(|&(longest, _)| length > longest) {
                    runs.push((length, last + 1));
                }
                end = start;
            }
            runs
        });
        // The lengths in the list grow, so that the first one that is long enough is the last such run in the text.
        let index = runs.partition_point(|&(known, _)| known < length);
        runs.get(index).is_some_and(|&(_, end)| end >= pos + length)
    }
}

/// The code span whose backticks start at `pos`; without one, the end of those backticks.
pub(in crate::markdown::kramdown) fn code_span(text: &str, pos: usize, runs: &mut Runs) -> Result<CodeSpan, usize> {
    let start = chars::skip_while(text, pos, |byte| byte == b'`');
    let length = start - pos;
    let before = pos.checked_sub(1).map(|at| chars::byte_at(text, at));
    let simple = length == 1;
    if simple && before.is_none_or(chars::is_space) && chars::is_space(chars::byte_at(text, start)) {
        return Err(start);
    }
    let (Some(marks), Some(rest)) = (text.get(pos..start), text.as_bytes().get(start..)) else { return Err(start) };
    if !simple && !runs.any_after(text, start, length) {
        return Err(start);
    }
    let found = if simple { memchr(b'`', rest) } else { memmem::find(rest, marks.as_bytes()) };
    let Some(found) = found else { return Err(start) };
    let close = start + found;
    let mut code = (start, close);
    if !simple {
        if chars::byte_at(text, code.0) == b' ' && code.0 < code.1 {
            code.0 += 1;
        }
        if code.1 > code.0 && chars::byte_at(text, code.1 - 1) == b' ' {
            code.1 -= 1;
        }
    }
    Ok(CodeSpan { code, end: close + length })
}

impl SpanParser<'_, '_, '_> {
    /// Takes code. Backticks that do not start code are text.
    pub(super) fn parse_codespan(&mut self) -> bool {
        let start = self.pos;
        match code_span(self.text, start, &mut self.runs) {
            Ok(found) => {
                let code = self.cow(found.code.0, found.code.1);
                self.push_event(Event::Code(code, None), start, found.end);
                self.pos = found.end;
            }
            Err(end) => {
                self.push_text(start, end);
                self.pos = end;
            }
        }
        true
    }
}
