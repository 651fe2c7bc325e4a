//! Headings one level up or down. In: a snapshot. Out: an edit. Neighbours: `heading.rs` reads a heading's line.

use super::Snapshot;
use super::changes::Changes;
use super::heading::{heading, is_underline};
use super::region::{CodeLine, code_before};
use crate::text::{Edit, Span};

/// Makes each heading of the selection one level higher: `###` becomes `##`.
pub fn heading_up(snapshot: &Snapshot) -> Option<Edit> {
    shift(snapshot, |level| level - 1)
}

/// Makes each heading of the selection one level lower: `##` becomes `###`.
pub fn heading_down(snapshot: &Snapshot) -> Option<Edit> {
    shift(snapshot, |level| level + 1)
}

/// Gives all headings of the selection a new level; none where one of them would leave the levels 1 to 6, so that
/// headings keep their order of levels.
fn shift(snapshot: &Snapshot, to: impl Fn(usize) -> usize) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    let lines = snapshot.block_lines()?;
    let mut scan = code_before(text, lines.first()?.start);
    let alone = lines.len() == 1;
    let mut changes = Changes::new(text);
    for line in lines {
        if scan.line(line.of(text)) != CodeLine::Outside || (!alone && is_underline(line.of(text))) {
            continue;
        }
        let heading = heading(text, line);
        if heading.level == 0 {
            continue;
        }
        let level = to(heading.level);
        if !(1..=6).contains(&level) {
            return None;
        }
        match heading.under {
            // The line under a heading can say two levels only.
            Some(under) if level <= 2 => {
                let mark = if level == 1 { "=" } else { "-" };
                let marks = under.of(text).trim();
                let start = under.start + 1;
                changes.replace(Span::new(start, start + marks.len()), mark.repeat(marks.len()));
            }
            Some(under) => {
                changes.insert(heading.marks.start, "#".repeat(level) + " ");
                changes.delete(under);
            }
            None => {
                let hashes = Span::new(heading.marks.start, heading.marks.start + heading.level);
                changes.replace(hashes, "#".repeat(level));
            }
        }
    }
    changes.edit_with(selection)
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn headings_go_up_and_down() {
        check(heading_down, &[("## é|", "### é|"), ("# |a\nb\n## c|", "## |a\nb\n### c|"), ("a|\n===", "a|\n---")]);
        check(heading_down, &[("a|\n---\nb", "### a|\nb"), ("|## a\n```\n# b\n```|", "|### a\n```\n# b\n```|")]);
        check(heading_up, &[("### a|", "## a|"), ("a|\n---\nb", "a|\n===\nb"), ("> ## a|", "> # a|")]);
    }

    #[test]
    fn levels_end_at_one_and_six() {
        declines(heading_up, &["# a|", "|# a\n## b|", "words|", "```\n## a|\n```"]);
        declines(heading_down, &["###### a|", "---\n# a|\n---\n"]);
    }
}
