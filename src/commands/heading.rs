//! Headings: `## two`, `### three`; level one is the post's title. In: a snapshot. Out: an edit.
//! Neighbours: `shape.rs` finds the words, `table.rs` lists both levels.

use super::changes::Changes;
use super::inline::run_after;
use super::shape::Shape;
use super::{Snapshot, lines};
use crate::text::{Edit, Span};

/// Makes the lines second-level headings, or plain lines again where all of them are.
pub fn heading_2(snapshot: &Snapshot) -> Option<Edit> {
    toggle(snapshot, 2)
}

/// Makes the lines third-level headings, or plain lines again where all of them are.
pub fn heading_3(snapshot: &Snapshot) -> Option<Edit> {
    toggle(snapshot, 3)
}

/// A line's heading: its level, the marks at its start with the space after them, and the line under it, with the line
/// end before that, where the heading is written so.
pub(super) struct HeadingLine {
    /// From 1 to 6; 0 for a line that is none.
    pub(super) level: usize,
    pub(super) marks: Span,
    pub(super) under: Option<Span>,
}

fn toggle(snapshot: &Snapshot, level: usize) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let lines = snapshot.block_lines()?;
    let alone = lines.len() == 1;
    let headings: Vec<HeadingLine> = lines
        .into_iter()
        .filter(|line| alone || !lines::is_blank(text, *line))
        .filter(|line| alone || !is_underline(line.of(text)))
        .map(|line| heading(text, line))
        .collect();
    let off = headings.iter().all(|heading| heading.level == level);
    let mut changes = Changes::new(text);
    for heading in &headings {
        changes.replace(heading.marks, if off { String::new() } else { "#".repeat(level) + " " });
        if let Some(under) = heading.under {
            changes.delete(under);
        }
    }
    changes.edit_with(selection)
}

/// Reads a line as a heading.
pub(super) fn heading(text: &str, line: Span) -> HeadingLine {
    let shape = Shape::of(text, line);
    let start = shape.content();
    let rest = Span::new(start, line.end).of(text);
    let hashes = run_after(rest, 0, b'#');
    let after = rest.get(hashes..).unwrap_or("");
    let space = after.len() - after.trim_start_matches([' ', '\t']).len();
    if (1..=6).contains(&hashes) && (space > 0 || after.is_empty()) {
        return HeadingLine { level: hashes, marks: Span::new(start, start + hashes + space), under: None };
    }
    let under = lines::next_line(text, line)
        .filter(|next| shape.item.is_none() && !rest.trim().is_empty() && is_underline(next.of(text)));
    let level = under.map_or(0, |under| if under.of(text).starts_with('=') { 1 } else { 2 });
    HeadingLine { level, marks: Span::at(start), under: under.map(|under| Span::new(line.end, under.end)) }
}

/// Whether a line of only `=` or `-` makes a heading of the line before it (a setext heading in kramdown).
pub(super) fn is_underline(line: &str) -> bool {
    let line = line.trim_end();
    !line.is_empty() && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'))
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn a_line_becomes_a_heading_and_a_line_again() {
        check(
            heading_2,
            &[
                ("a| é", "## a| é"),
                ("## a| é", "a| é"),
                ("|", "## |"),
                ("## |", "|"),
                ("### a|", "## a|"),
                ("# |a|", "## |a|"),
                ("x\n|a\n\nb|", "x\n## |a\n\n## b|"),
                ("## |a\n## b|\nc", "|a\nb|\nc"),
                ("|## a\nb|", "|## a\n## b|"),
                ("> a|", "> ## a|"),
                ("#tag|", "## #tag|"),
            ],
        );
        check(heading_3, &[("## a|", "### a|"), ("### a|", "a|"), ("|a|\nb", "### |a|\nb")]);
    }

    #[test]
    fn an_underlined_heading_loses_its_line() {
        check(heading_3, &[("a|\n---\nb", "### a|\nb"), ("a|\n===", "### a|")]);
        check(heading_2, &[("a|\n---\nb", "a|\nb")]);
    }

    #[test]
    fn front_matter_has_no_headings() {
        declines(heading_2, &["---\ntit|le: a\n---\n"]);
    }
}
