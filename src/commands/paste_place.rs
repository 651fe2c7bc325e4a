//! Where Markdown may be pasted, and what its lines begin with there. In: a snapshot, a line. Out: answers for
//! `paste/`. Neighbours: `region.rs` and `inline.rs` find code.

use super::inline::code_spans;
use super::segment::segment_at;
use super::{Snapshot, region};

/// Whether Markdown means something where the selection begins and ends: not in code, nor in the front matter.
pub fn takes_markdown(snapshot: &Snapshot) -> bool {
    let Snapshot { text, selection } = *snapshot;
    if snapshot.selected().is_none() {
        return false;
    }
    [selection.start, selection.end].into_iter().all(|at| {
        let segment = segment_at(text, at);
        let in_span = || {
            code_spans(segment.of(text)).into_iter().any(|code| {
                let whole = code.whole().shifted(segment.start);
                whole.start < at && at < whole.end
            })
        };
        region::is_prose(text, at) && !in_span()
    })
}

/// What a line begins with that stays in the quotes and items of `line`: quote marks, and spaces for markers of items.
pub fn continuation(line: &str) -> String {
    let mut prefix = String::new();
    let mut rest = line;
    loop {
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let (space, after) = rest.split_at(spaces);
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let marker = match after.as_bytes() {
            [b'>', b' ', ..] => 2,
            [b'>', ..] => 1,
            [b'-' | b'*' | b'+', b' ', ..] => 2,
            bytes if (1..=9).contains(&digits) && matches!(bytes.get(digits..), Some([b'.' | b')', b' ', ..])) => {
                digits + 2
            }
            _ => return prefix,
        };
        prefix.push_str(space);
        if after.starts_with('>') {
            prefix.push_str(after.get(..marker).unwrap_or(""));
        } else {
            prefix.push_str(&" ".repeat(marker));
        }
        rest = after.get(marker..).unwrap_or("");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn markdown_goes_into_prose_only() {
        let text = "---\na: 1\n---\nSome `code` here\n\n```\nfence\n```\n";
        for (needle, takes) in [("a:", false), ("Some", true), ("ode`", false), (" here", true), ("fence", false)] {
            let at = text.find(needle).expect("the needle");
            assert_eq!(takes_markdown(&Snapshot { text, selection: Span::at(at) }), takes, "{needle}");
        }
    }

    #[test]
    fn lines_go_on_in_quotes_and_items() {
        for (line, prefix) in [
            ("words", ""),
            ("> quoted", "> "),
            ("- item", "  "),
            ("> 12. item", ">     "),
            ("  * - two", "      "),
            ("-no item", ""),
            ("  indented", ""),
        ] {
            assert_eq!(continuation(line), prefix, "{line}");
        }
    }
}
