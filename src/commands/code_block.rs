//! Fenced blocks of code. In: a snapshot. Out: an edit. Neighbours: `region.rs` finds the block around the caret;
//! `code.rs` for code within a line.

use super::changes::{Bias, Changes};
use super::shape::Shape;
use super::{Snapshot, region};
use crate::text::{Edit, Span};

/// The language that a new block gets, selected so that typing replaces it; Rouge, Jekyll's highlighter, knows it as
/// code without colours, so that it may also stay.
const LANGUAGE: &str = "text";

/// Fences the lines of the selection as a block of code, with the language selected; inside a fenced block, takes the
/// fences off. The fence is longer than any run of backticks in the lines; quote marks and indentation that the lines
/// have in common go before the fences too.
pub fn code_block(snapshot: &Snapshot) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let lines = snapshot.block_lines()?;
    let last = *lines.last()?;
    let mut changes = Changes::new(text);
    if let Some((open, close)) = region::fence_around(text, selection.start)
        && last.end <= close.map_or(text.len(), |close| close.end)
    {
        changes.delete(Span::new(open.start, (open.end + 1).min(text.len())));
        if let Some(close) = close {
            // The line's own end stays for an empty block, whose opening line took the end between them.
            let start = if close.start == open.end + 1 { close.start } else { close.start - 1 };
            changes.delete(Span::new(start, close.end));
        }
        let start = changes.position(selection.start, Bias::After);
        let end = changes.position(selection.end, Bias::Before);
        return changes.edit(Span::new(start, end));
    }
    let language = fence(&mut changes, &lines, LANGUAGE)?;
    changes.edit(language)
}

/// Fences the lines of the selection as a block of code in `language`; inside a fenced block, changes its language. The
/// selection stays.
pub fn code_block_in(snapshot: &Snapshot, language: &str) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let lines = snapshot.block_lines()?;
    // Such a name would end the line of the fence, or be none.
    if language.contains(['\n', '\r', '`', '~']) || language.trim() != language {
        return None;
    }
    let mut changes = Changes::new(text);
    if let Some((open, _)) = region::fence_around(text, selection.start) {
        let line = open.of(text);
        let marks = line.rfind("```").or_else(|| line.rfind("~~~"))? + 3;
        let info = line.get(marks..)?;
        let start = open.start + marks + (info.len() - info.trim_start().len());
        let length = info.trim_start().find([' ', '\t', '{']).unwrap_or_else(|| info.trim().len());
        changes.replace(Span::new(start, start + length), language);
        let start = changes.position(selection.start, Bias::Before);
        let end = changes.position(selection.end, Bias::Before);
        return changes.edit(Span::new(start, end));
    }
    let written = fence(&mut changes, &lines, language)?;
    // The line of the fence comes before the first line.
    let by = written.end + 1 - lines.first()?.start;
    changes.edit(selection.shifted(by))
}

/// Puts fences around lines; where the name of the language stands then.
fn fence(changes: &mut Changes, lines: &[Span], language: &str) -> Option<Span> {
    let text = changes.text();
    let (first, last) = (*lines.first()?, *lines.last()?);
    let block = Span::new(first.start, last.end);
    let longest = block.of(text).split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(3.max(longest + 1));
    let prefix = prefix(text, lines);
    let prefix = prefix.of(text);
    changes.insert(first.start, [prefix, &fence, language, "\n"].concat());
    changes.insert(last.end, ["\n", prefix, &fence].concat());
    let start = first.start + prefix.len() + fence.len();
    Some(Span::new(start, start + language.len()))
}

/// The quote marks and indentation of the first line, as far as all lines with words start with them.
fn prefix(text: &str, lines: &[Span]) -> Span {
    let Some(first) = lines.first() else { return Span::default() };
    let shape = Shape::of(text, *first);
    let whole = Span::new(first.start, shape.body);
    let shared = |prefix: Span| {
        lines.iter().all(|line| {
            let line = line.of(text);
            // Blank lines within a quote end with its mark; the space after it may be missing.
            let blank = line.trim_start_matches([' ', '\t', '>']).is_empty();
            line.starts_with(prefix.of(text)) || (blank && line.trim_end() == prefix.of(text).trim_end())
        })
    };
    [whole, shape.quote].into_iter().find(|prefix| shared(*prefix)).unwrap_or(Span::at(first.start))
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn lines_are_fenced_with_the_language_selected() {
        check(
            code_block,
            &[
                ("|", "```|text|\n\n```"),
                ("x\né|\ny", "x\n```|text|\né\n```\ny"),
                ("|a\n\nb\n|c", "```|text|\na\n\nb\n```\nc"),
                ("|a ``` b|", "````|text|\na ``` b\n````"),
                ("> |a\n>\n> b|", "> ```|text|\n> a\n>\n> b\n> ```"),
                ("- a\n\n  b|", "- a\n\n  ```|text|\n  b\n  ```"),
                ("|  a\nb|", "```|text|\n  a\nb\n```"),
            ],
        );
    }

    #[test]
    fn a_block_comes_off_from_anywhere_in_it() {
        check(
            code_block,
            &[
                ("x\n```js\na|b\n```\ny", "x\na|b\ny"),
                ("```|text|\na\n```", "|a"),
                ("|```\na\n```|\nb", "|a|\nb"),
                ("~~~~\na\n~~~\nb|\n~~~~", "a\n~~~\nb|"),
                ("```\na|", "a|"),
                ("```\n|```\nb", "|\nb"),
            ],
        );
    }

    #[test]
    fn a_language_is_given_and_changed() {
        check(
            |s| code_block_in(s, "rust"),
            &[
                ("é|", "```rust\né|\n```"),
                ("x\n```js\na|\n```", "x\n```rust\na|\n```"),
                ("~~~\na|\n~~~", "~~~rust\na|\n~~~"),
                ("``` js {: .x}\na|\n```", "``` rust {: .x}\na|\n```"),
            ],
        );
        declines(|s| code_block_in(s, "a\nb"), &["x|"]);
        declines(|s| code_block_in(s, "js"), &["```js\n|\n```", "---\na: |b\n---\n"]);
    }

    #[test]
    fn front_matter_is_left_alone() {
        declines(code_block, &["---\na: |b\n---\n"]);
    }
}
