//! Where Markdown's rules do not hold: front matter and code. In: a text and a byte. Out: what the byte lies in.
//! Neighbours: `enter.rs`, `indent.rs` and `link.rs` do nothing there; `code_block.rs` finds the block to undo.
//!
//! One linear scan from the start of the text, line by line, and only when a command would act.

use super::lines::{line_at, lines_from};
use crate::text::Span;

/// The end of the front matter with its closing line, or 0 where there is none. Jekyll's rule (document.rb): a first
/// line `---`, closed by a line `---` or `...`. While it is being written and still open, it reaches to the first blank
/// line.
pub(super) fn front_matter_end(text: &str) -> usize {
    let first = line_at(text, 0);
    if first.of(text).trim_end() != "---" {
        return 0;
    }
    let mut open = None;
    for line in lines_from(text, first).skip(1) {
        let content = line.of(text).trim_end();
        if content == "---" || content == "..." {
            return line.end;
        }
        if content.is_empty() && open.is_none() {
            open = Some(line.start);
        }
    }
    open.unwrap_or(text.len())
}

/// The role of a line in a fenced or highlighted block of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CodeLine {
    Outside,
    Open,
    Inside,
    Close,
}

#[derive(Clone, Copy, Debug)]
enum OpenCode {
    /// The fence's character, its length, and whether it stands in a quote.
    Fence(u8, usize, bool),
    /// A `{% highlight %}` block.
    Highlight,
}

/// Follows blocks of code from line to line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CodeScan {
    opened: Option<OpenCode>,
}

impl CodeScan {
    /// Takes the next line.
    pub(super) fn line(&mut self, line: &str) -> CodeLine {
        let (rest, quoted) = unquoted(line);
        match self.opened {
            // The end of a quote also ends the block of code in it.
            Some(OpenCode::Fence(_, _, true)) if !quoted => {
                self.opened = None;
                self.outside(rest, quoted)
            }
            Some(OpenCode::Fence(mark, length, _)) => {
                let run = run(rest, mark);
                if run >= length && rest.get(run..).unwrap_or("").trim().is_empty() {
                    self.opened = None;
                    CodeLine::Close
                } else {
                    CodeLine::Inside
                }
            }
            Some(OpenCode::Highlight) if line.contains("endhighlight") => {
                self.opened = None;
                CodeLine::Close
            }
            Some(OpenCode::Highlight) => CodeLine::Inside,
            None => self.outside(rest, quoted),
        }
    }

    fn outside(&mut self, rest: &str, quoted: bool) -> CodeLine {
        let rest = unlisted(rest);
        self.opened = match rest.bytes().next() {
            Some(mark @ (b'`' | b'~')) => {
                let run = run(rest, mark);
                let info = rest.get(run..).unwrap_or("");
                // Backticks after the fence make it a code span within a line.
                (run >= 3 && !(mark == b'`' && info.contains('`'))).then_some(OpenCode::Fence(mark, run, quoted))
            }
            Some(b'{') => {
                let tag = rest.strip_prefix("{%").map(|tag| tag.trim_start_matches(['-', ' ', '\t']));
                (tag.is_some_and(|tag| tag.starts_with("highlight")) && !rest.contains("endhighlight"))
                    .then_some(OpenCode::Highlight)
            }
            _ => None,
        };
        if self.opened.is_some() { CodeLine::Open } else { CodeLine::Outside }
    }
}

/// The line without quote marks and indentation, and whether it had a quote mark.
fn unquoted(line: &str) -> (&str, bool) {
    let rest = line.trim_start_matches([' ', '\t', '>']);
    (rest, line.get(..line.len() - rest.len()).unwrap_or("").contains('>'))
}

/// The line without list markers: a block of code may open on an item's first line.
fn unlisted(mut line: &str) -> &str {
    loop {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = if rest.len() < line.len() {
            rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "))
        } else {
            rest.strip_prefix("- ").or_else(|| rest.strip_prefix("* ")).or_else(|| rest.strip_prefix("+ "))
        };
        match rest {
            Some(rest) => line = rest.trim_start(),
            None => return line,
        }
    }
}

fn run(text: &str, mark: u8) -> usize {
    text.bytes().take_while(|&b| b == mark).count()
}

/// The state of the scan at the start of the line that holds byte `at`.
pub(super) fn code_before(text: &str, at: usize) -> CodeScan {
    let mut scan = CodeScan::default();
    let end = line_at(text, at).start;
    let body = front_matter_end(text);
    for line in lines_from(text, line_at(text, body)).take_while(|line| line.start < end) {
        // The closing line of the front matter is no Markdown, whatever it looks like.
        if body == 0 || line.start > body {
            scan.line(line.of(text));
        }
    }
    scan
}

/// Whether byte `at` lies where Markdown's rules hold: not in the front matter and not in a block of code.
pub(super) fn is_prose(text: &str, at: usize) -> bool {
    let line = line_at(text, at);
    let body = front_matter_end(text);
    (body == 0 || line.start > body) && code_before(text, at).line(line.of(text)) == CodeLine::Outside
}

/// The opening line and, where it is closed, the closing line of the fenced block that holds byte `at`.
pub(super) fn fence_around(text: &str, at: usize) -> Option<(Span, Option<Span>)> {
    let body = front_matter_end(text);
    let mut scan = CodeScan::default();
    let mut open = None;
    for line in lines_from(text, line_at(text, body)) {
        if body > 0 && line.start <= body {
            continue;
        }
        let kind = scan.line(line.of(text));
        if matches!(scan.opened, Some(OpenCode::Highlight)) {
            continue;
        }
        match kind {
            CodeLine::Open => open = Some(line),
            CodeLine::Close if open.is_some() && at <= line.end => return open.map(|open| (open, Some(line))),
            CodeLine::Inside => {}
            CodeLine::Close | CodeLine::Outside => open = None,
        }
        if open.is_none_or(|open| at < open.start) && at <= line.end {
            return None;
        }
    }
    open.map(|open| (open, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose_of(text: &str, needle: &str) -> bool {
        is_prose(text, text.find(needle).expect("the needle"))
    }

    #[test]
    fn front_matter_and_code_are_no_prose() {
        let text = "---\na: 1\n\nb: 2\n---\nwords\n```js\n- x\n```\nmore\n> ~~~~\n> ~~~\n> y\n\nlast";
        for (needle, prose) in [
            ("a:", false),
            ("b:", false),
            ("words", true),
            ("- x", false),
            ("more", true),
            ("> y", false),
            ("last", true),
        ] {
            assert_eq!(prose_of(text, needle), prose, "{needle}");
        }
    }

    #[test]
    fn code_opens_on_an_items_line_and_in_highlight_tags() {
        assert!(!prose_of("- ```js\n  x", "x"));
        assert!(!prose_of("1. ~~~\n   x", "x"));
        assert!(!prose_of("{% highlight rust %}\nx\n{% endhighlight %}\ny", "x"));
        assert!(prose_of("{% highlight rust %}\nx\n{% endhighlight %}\ny", "y"));
        assert!(prose_of("```a``` is inline\nx", "x"));
    }

    #[test]
    fn open_front_matter_ends_at_the_first_blank_line() {
        assert_eq!(front_matter_end("---\na: 1\n"), 9);
        assert_eq!(front_matter_end("---\na: 1\n\nwords"), 9);
        assert_eq!(front_matter_end("--- \n---\t\nx"), 9);
        assert_eq!(front_matter_end("----\n---\n"), 0);
    }

    #[test]
    fn the_fence_around_a_byte_is_found_from_any_of_its_lines() {
        let text = "a\n```js\nx\n```\nb\n~~~\ny";
        let first = Some((Span::new(2, 7), Some(Span::new(10, 13))));
        for at in [2, 7, 8, 9, 10, 13] {
            assert_eq!(fence_around(text, at), first, "{at}");
        }
        assert_eq!(fence_around(text, 0), None);
        assert_eq!(fence_around(text, 14), None);
        assert_eq!(fence_around(text, text.len()), Some((Span::new(16, 19), None)));
    }
}
