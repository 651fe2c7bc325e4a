//! What Jekyll and kramdown read on a line of its own: the end of the excerpt, a table of contents, an attribute list.
//! In: a snapshot. Out: an edit. Neighbours: `post/excerpt.rs` and `markdown/kramdown/` read these.

use super::changes::Changes;
use super::region::{CodeLine, code_before};
use super::{Snapshot, lines, region};
use crate::post::edit::{self, EditValue};
use crate::text::{Edit, Span};

/// The usual mark of an excerpt's end: <https://jekyllrb.com/docs/posts/#post-excerpts>.
const SEPARATOR: &str = "<!--more-->";

/// Ends the excerpt before the caret's paragraph, or behind it where the caret stands at its end; the front matter then
/// says so, too. A post that names a separator of its own gets that one.
pub fn excerpt_separator(snapshot: &Snapshot) -> Option<Edit> {
    snapshot.selected()?;
    let text = snapshot.text;
    if !region::is_prose(text, snapshot.selection.start) {
        return None;
    }
    let own = separator_of(text);
    let mark = own.unwrap_or(SEPARATOR);
    if mark.trim().is_empty() || text.get(region::front_matter_end(text)..).is_some_and(|body| body.contains(mark)) {
        return None;
    }
    let (at, written, inner) = paragraph_of_its_own(snapshot, mark);
    let mut changes = Changes::new(text);
    let mut caret = at + inner + mark.len();
    if own.is_none()
        && region::front_matter_end(text) > 0
        && let Some(edit) = edit::set(text, "excerpt_separator", &EditValue::Text(SEPARATOR.to_owned()))
    {
        caret = (caret + edit.text.len()).saturating_sub(edit.span.len());
        changes.replace(edit.span, edit.text);
    }
    changes.insert(at, written);
    changes.edit(Span::at(caret))
}

/// The separator that the front matter names on a line of its own.
fn separator_of(text: &str) -> Option<&str> {
    let front = text.get(..region::front_matter_end(text))?;
    let value = front.lines().find_map(|line| line.strip_prefix("excerpt_separator:"))?;
    Some(value.trim().trim_matches(['"', '\'']))
}

/// Puts a table of contents at the caret: a list that kramdown fills with the post's headings.
pub fn table_of_contents(snapshot: &Snapshot) -> Option<Edit> {
    snapshot.selected()?;
    let text = snapshot.text;
    if !region::is_prose(text, snapshot.selection.start) || text.lines().any(|line| line.trim() == "{:toc}") {
        return None;
    }
    let list = "* Contents\n{:toc}";
    let (at, written, inner) = paragraph_of_its_own(snapshot, list);
    let mut changes = Changes::new(text);
    changes.insert(at, written);
    changes.edit(Span::at(at + inner + list.len()))
}

/// Puts an attribute list below the caret's block, with the name of a class selected; where one stands there, adds a
/// class to it.
pub fn attribute_list(snapshot: &Snapshot) -> Option<Edit> {
    const CLASS: &str = "name";
    snapshot.selected()?;
    let Snapshot { text, selection } = *snapshot;
    let line = lines::line_at(text, selection.end);
    if !region::is_prose(text, selection.start) || lines::is_blank(text, line) {
        return None;
    }
    let mut scan = code_before(text, line.start);
    let last = lines::lines_from(text, line)
        .take_while(|line| !lines::is_blank(text, *line) && scan.line(line.of(text)) == CodeLine::Outside)
        .last()?;
    let words = last.of(text).trim_end();
    let mut changes = Changes::new(text);
    let start = if words.trim_start().starts_with("{:") && words.ends_with('}') {
        let at = last.start + words.len() - 1;
        changes.insert(at, [" .", CLASS].concat());
        at + 2
    } else {
        let prefix = Span::new(last.start, super::shape::Shape::of(text, last).quote.end).of(text);
        let open = ["\n", prefix, "{: ."].concat();
        changes.insert(last.end, [&open, CLASS, "}"].concat());
        last.end + open.len()
    };
    changes.edit(Span::new(start, start + CLASS.len()))
}

/// Where a paragraph goes, the paragraph with the blank lines that it needs, and where its words start in that: before
/// the caret's paragraph where the caret stands at its start, on the caret's line where that is blank, else behind it.
fn paragraph_of_its_own(snapshot: &Snapshot, words: &str) -> (usize, String, usize) {
    let Snapshot { text, selection } = *snapshot;
    let body = match region::front_matter_end(text) {
        0 => 0,
        end => end + 1,
    };
    let line = lines::line_at(text, selection.end);
    let is_words = |line: Option<Span>| line.is_some_and(|line| line.start >= body && !lines::is_blank(text, line));
    if lines::is_blank(text, line) {
        let before = if is_words(lines::previous_line(text, line)) { "\n" } else { "" };
        let after = if is_words(lines::next_line(text, line)) { "\n" } else { "" };
        return (line.start, [before, words, after].concat(), before.len());
    }
    let first = !is_words(lines::previous_line(text, line));
    if first && selection.end == line.start {
        return (line.start, [words, "\n\n"].concat(), 0);
    }
    let last = lines::lines_from(text, line).take_while(|line| !lines::is_blank(text, *line)).last().unwrap_or(line);
    (last.end, ["\n\n", words].concat(), 2)
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn the_excerpt_ends_at_a_line_that_the_front_matter_names() {
        check(
            excerpt_separator,
            &[
                (
                    "---\ntitle: é\n---\none|\n\ntwo\n",
                    "---\ntitle: é\nexcerpt_separator: <!--more-->\n---\none\n\n<!--more-->|\n\ntwo\n",
                ),
                (
                    "---\nexcerpt_separator: \"-- more\"\n---\none\n\n|two\n",
                    "---\nexcerpt_separator: \"-- more\"\n---\none\n\n-- more|\n\ntwo\n",
                ),
                ("one\n|\ntwo", "one\n\n<!--more-->|\n\ntwo"),
            ],
        );
        declines(excerpt_separator, &["one|\n\n<!--more-->\n", "---\na: |1\n---\n", "```\n|\n```"]);
    }

    #[test]
    fn contents_are_a_list_with_an_attribute_list() {
        check(
            table_of_contents,
            &[
                ("|", "* Contents\n{:toc}|"),
                ("|## é\n", "* Contents\n{:toc}|\n\n## é\n"),
                ("a|\nb", "a\nb\n\n* Contents\n{:toc}|"),
            ],
        );
        declines(table_of_contents, &["* Contents\n{:toc}\n\n|", "---\na: |1\n---\n"]);
    }

    #[test]
    fn a_block_gets_a_class() {
        check(
            attribute_list,
            &[
                ("é|a\nb\n\nc", "éa\nb\n{: .|name|}\n\nc"),
                ("a|\n{: #x}", "a\n{: #x .|name|}"),
                ("> a|", "> a\n> {: .|name|}"),
            ],
        );
        declines(attribute_list, &["|", "---\na: |1\n---\n", "```\na|\n```"]);
    }
}
