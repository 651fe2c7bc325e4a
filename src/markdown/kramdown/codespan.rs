//! `` `code` ``: up to the next run of as many backticks, also within a longer one.
//! Rules: kramdown's syntax page, "Code Spans"; its `codespan.rb`. One backtick between white space is text; of code
//! between several, one space is taken off both ends.

use super::scan;
use super::span::Spans;
use crate::markdown::event::Event;
use memchr::{memchr, memmem};

/// A code span: byte ranges into the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CodeSpan {
    /// The code.
    pub code: (usize, usize),
    /// Past the closing backticks.
    pub end: usize,
}

/// Runs of backticks that are longer than all after them, from the last to the first; filled when first needed.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs(Option<Vec<(usize, usize)>>);

impl Runs {
    /// Whether a run of at least `length` backticks ends after `pos`.
    fn any_after(&mut self, text: &str, pos: usize, length: usize) -> bool {
        let runs = self.0.get_or_insert_with(|| {
            let bytes = text.as_bytes();
            let mut runs: Vec<(usize, usize)> = Vec::new();
            let mut end = bytes.len();
            while let Some(last) = bytes.get(..end).and_then(|head| memchr::memrchr(b'`', head)) {
                let mut start = last;
                while start > 0 && scan::byte_at(text, start - 1) == b'`' {
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
        // Lengths grow towards the start of the text: the first that is long enough is the last in the text.
        let index = runs.partition_point(|&(known, _)| known < length);
        runs.get(index).is_some_and(|&(_, end)| end >= pos + length)
    }
}

/// The code span whose backticks start at `pos`, or where those end.
pub(super) fn code_span(text: &str, pos: usize, runs: &mut Runs) -> Result<CodeSpan, usize> {
    let start = scan::skip_while(text, pos, |byte| byte == b'`');
    let length = start - pos;
    let before = pos.checked_sub(1).map(|at| scan::byte_at(text, at));
    let simple = length == 1;
    if simple && before.is_none_or(scan::is_space) && scan::is_space(scan::byte_at(text, start)) {
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
        if scan::byte_at(text, code.0) == b' ' && code.0 < code.1 {
            code.0 += 1;
        }
        if code.1 > code.0 && scan::byte_at(text, code.1 - 1) == b' ' {
            code.1 -= 1;
        }
    }
    Ok(CodeSpan { code, end: close + length })
}

impl Spans<'_, '_, '_> {
    /// Takes code, or its backticks as text.
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
