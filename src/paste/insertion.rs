//! Where pasted Markdown goes: the edit of the text. In: a snapshot and a clipboard. Out: an edit. Neighbours: `mod.rs`
//! makes the Markdown, `commands/region.rs` knows code and front matter.

use super::markdown_of;
use crate::commands::{Snapshot, continuation, takes_markdown};
use crate::text::{Edit, Span};

/// The longest Markdown that is pasted, in bytes: what is longer could not be undone.
const LONGEST: usize = 100_000;

/// A paste.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastedEdit {
    /// The edit.
    pub edit: Edit,
    /// How many pictures were left out.
    pub left_out_pictures: usize,
}

/// Pastes HTML as Markdown over the selection. `None` where the plain text of the clipboard serves better: in code and in
/// the front matter, and where the HTML says no more.
pub fn paste_html(snapshot: &Snapshot, html: &str, plain: &str) -> Option<PastedEdit> {
    if !takes_markdown(snapshot) {
        return None;
    }
    let Snapshot { text, selection } = *snapshot;
    let pasted = markdown_of(html, text)?;
    if pasted.markdown.len() > LONGEST || pasted.markdown.trim() == plain.trim() {
        return None;
    }
    let edit = if pasted.is_inline {
        // Part of a line may begin or end between words.
        let space = |is_there: bool| if is_there { " " } else { "" };
        let markdown = [space(plain.starts_with(' ')), &pasted.markdown, space(plain.ends_with(' '))].concat();
        let end = selection.start + markdown.len();
        Edit { span: selection, text: markdown, selection: Span::at(end) }
    } else {
        blocks_at(text, selection, &pasted.markdown)
    };
    Some(PastedEdit { edit, left_out_pictures: pasted.left_out_pictures })
}

/// Blocks stand apart from what is before and after, within the quote or item that they are pasted into.
fn blocks_at(text: &str, selection: Span, markdown: &str) -> Edit {
    let before = text.get(..selection.start).unwrap_or("");
    let after = text.get(selection.end..).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    let prefix = continuation(line);
    let starts_line = line.len() == prefix.len();
    let mut out = String::new();
    let blank = [prefix.trim_end(), "\n"].concat();
    if !starts_line {
        out.extend(["\n", &blank, &prefix]);
    } else if line.is_empty() && !before.is_empty() && !before.ends_with("\n\n") {
        out.push('\n');
    }
    for (number, line) in markdown.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
            out.push_str(if line.is_empty() { prefix.trim_end() } else { &prefix });
        }
        out.push_str(line);
    }
    let caret = selection.start + out.len();
    if !after.is_empty() && !after.starts_with("\n\n") {
        out.push_str(if after.starts_with('\n') { if after.len() > 1 { "\n" } else { "" } } else { "\n" });
        if !after.starts_with('\n') {
            out.push_str(&blank);
            out.push_str(&prefix);
        }
    }
    Edit { span: selection, text: out, selection: Span::at(caret) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pastes at `|` in `text`, or over what stands between two of them.
    fn pasted(text: &str, html: &str) -> Option<String> {
        let start = text.find('|').expect("a caret");
        let rest = text.replacen('|', "", 1);
        let end = rest.find('|').unwrap_or(start);
        let text = rest.replacen('|', "", 1);
        let snapshot = Snapshot { text: &text, selection: Span::new(start, end) };
        let edit = paste_html(&snapshot, html, "plain")?.edit;
        let caret = edit.selection.start;
        let mut after = edit.apply(&text);
        after.insert(caret, '|');
        Some(after)
    }

    #[test]
    fn a_part_of_a_line_stays_in_its_line() {
        assert_eq!(pasted("a | b", "<b>x</b>").as_deref(), Some("a **x**| b"));
        assert_eq!(pasted("a |old| b", "<p><i>x</i></p>").as_deref(), Some("a *x*| b"));
    }

    #[test]
    fn blocks_stand_apart() {
        let list = "<ul><li>x</li><li>y</li></ul>";
        for (before, after) in [
            ("|", "- x\n- y|"),
            ("a|", "a\n\n- x\n- y|"),
            ("a\n|", "a\n\n- x\n- y|"),
            ("a\n\n|\n\nb", "a\n\n- x\n- y|\n\nb"),
            ("a|b", "a\n\n- x\n- y|\n\nb"),
            ("|\nb", "- x\n- y|\n\nb"),
            ("> a|", "> a\n>\n> - x\n> - y|"),
            ("1. a|\n2. b", "1. a\n\n   - x\n   - y|\n\n2. b"),
            ("- |", "- - x\n  - y|"),
        ] {
            assert_eq!(pasted(before, list).as_deref(), Some(after), "{before}");
        }
    }

    #[test]
    fn code_and_front_matter_take_plain_text() {
        for text in ["`a|b`", "```\n|\n```", "---\ntitle: |\n---\n"] {
            assert_eq!(pasted(text, "<b>x</b>"), None, "{text}");
        }
    }
}
