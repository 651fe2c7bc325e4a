//! Footnotes: reference and definition at once, and from one to the other. In: a snapshot. Out: an edit, which changes
//! no byte where it only moves the caret. Neighbours: `region.rs` finds code.
//!
//! Rules: kramdown's, https://kramdown.gettalong.org/syntax.html#footnotes: `[^name]` refers, a line `[^name]: text`
//! defines.

use super::changes::Changes;
use super::region::{CodeLine, code_before};
use super::{Snapshot, lines, region};
use crate::text::{Edit, Span};

/// A reference or a definition.
struct FootnoteMark {
    /// From the bracket to the bracket, in bytes of the text.
    span: Span,
    /// The name, without the mark before it.
    name: Span,
    /// Whether it defines.
    defines: bool,
}

/// On a reference: goes to its definition, which is written where there is none. In a definition: goes to its first
/// reference. Elsewhere: writes a new reference behind the selection and its definition after the last one, where the
/// caret goes.
pub fn footnote(snapshot: &Snapshot) -> Option<Edit> {
    snapshot.selected()?;
    let Snapshot { text, selection } = *snapshot;
    if !region::is_prose(text, selection.start) || !region::is_prose(text, selection.end) {
        return None;
    }
    let marks = marks(text);
    let at = selection.start;
    let reference = marks.iter().find(|mark| !mark.defines && mark.span.start <= at && at <= mark.span.end);
    if let Some(reference) = reference.filter(|reference| selection.end <= reference.span.end) {
        let name = reference.name.of(text);
        let definition = marks.iter().find(|mark| mark.defines && mark.name.of(text) == name);
        return match definition {
            Some(definition) => go_to(words_after(text, definition)),
            None => written(text, None, name, &marks),
        };
    }
    if let Some(definition) = definition_around(text, &marks, at) {
        let name = definition.name.of(text);
        return go_to(marks.iter().find(|mark| !mark.defines && mark.name.of(text) == name)?.span.end);
    }
    let name = new_name(text, &marks);
    written(text, Some(selection.end - trailing_space(snapshot)), &name, &marks)
}

fn trailing_space(snapshot: &Snapshot) -> usize {
    let selected = snapshot.selected().unwrap_or("");
    if selected.trim().is_empty() { 0 } else { selected.len() - selected.trim_end().len() }
}

/// All references and definitions outside of code, in the order of the text.
fn marks(text: &str) -> Vec<FootnoteMark> {
    let body = region::front_matter_end(text);
    let first = lines::line_at(text, body);
    let mut scan = code_before(text, first.start);
    let mut marks = Vec::new();
    for line in lines::lines_from(text, first).skip(usize::from(body > 0)) {
        let words = line.of(text);
        if scan.line(words) != CodeLine::Outside {
            continue;
        }
        let indent = words.len() - words.trim_start_matches(' ').len();
        let mut at = 0;
        while let Some(start) = words.get(at..).and_then(|rest| rest.find("[^")).map(|found| at + found) {
            let name = words.get(start + 2..).unwrap_or("");
            let length = name.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':'))).unwrap_or(0);
            let end = start + 2 + length;
            at = end.max(start + 2);
            if length > 0 && words.as_bytes().get(end) == Some(&b']') {
                let defines = start == indent && indent < 4 && words.as_bytes().get(end + 1) == Some(&b':');
                let span = Span::new(start, end + 1).shifted(line.start);
                marks.push(FootnoteMark { span, name: Span::new(start + 2, end).shifted(line.start), defines });
            }
        }
    }
    marks
}

/// Where the words of a definition start.
fn words_after(text: &str, definition: &FootnoteMark) -> usize {
    let after = definition.span.end + 1;
    let rest = Span::new(after, lines::line_at(text, after).end).of(text);
    after + (rest.len() - rest.trim_start_matches([' ', '\t']).len())
}

/// The definition whose lines hold byte `at`: its own, those that follow without a blank line, and those after one that
/// are indented.
fn definition_around<'m>(text: &str, marks: &'m [FootnoteMark], at: usize) -> Option<&'m FootnoteMark> {
    let definition = marks.iter().rfind(|mark| mark.defines && mark.span.start <= at)?;
    (at <= definition_end(text, definition)).then_some(definition)
}

fn definition_end(text: &str, definition: &FootnoteMark) -> usize {
    let first = lines::line_at(text, definition.span.start);
    let mut end = first.end;
    let mut blank = false;
    for line in lines::lines_from(text, first).skip(1) {
        if lines::is_blank(text, line) {
            blank = true;
            continue;
        }
        let words = line.of(text);
        if blank && !(words.starts_with("    ") || words.starts_with('\t')) {
            break;
        }
        if !blank && words.trim_start_matches(' ').starts_with("[^") {
            break;
        }
        end = line.end;
    }
    end
}

/// One more than the largest number that is a name.
fn new_name(text: &str, marks: &[FootnoteMark]) -> String {
    let numbers = marks.iter().filter_map(|mark| mark.name.of(text).parse::<u32>().ok());
    numbers.max().unwrap_or(0).saturating_add(1).to_string()
}

/// The edit that moves the caret and nothing else.
fn go_to(at: usize) -> Option<Edit> {
    Some(Edit { span: Span::at(at), text: String::new(), selection: Span::at(at) })
}

/// Writes a reference, if there is a place for one, and the definition: after the last one, or at the end of the text.
fn written(text: &str, reference: Option<usize>, name: &str, marks: &[FootnoteMark]) -> Option<Edit> {
    let mark = ["[^", name, "]"].concat();
    let (at, before) = match marks.iter().rfind(|mark| mark.defines) {
        Some(last) => (definition_end(text, last), "\n"),
        None => {
            let end = text.trim_end().len();
            (end.max(reference.unwrap_or(0)), "\n\n")
        }
    };
    let definition = [before, &mark, ": "].concat();
    let mut changes = Changes::new(text);
    let mut caret = at + definition.len();
    match reference {
        // Both stand at one place: one behind the other.
        Some(place) if place == at => {
            changes.insert(at, [&mark, definition.as_str()].concat());
            caret += mark.len();
        }
        Some(place) => {
            changes.insert(place, mark.clone());
            changes.insert(at, definition);
            caret += if place < at { mark.len() } else { 0 };
        }
        None => changes.insert(at, definition),
    }
    changes.edit(Span::at(caret))
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn a_reference_is_written_with_its_definition() {
        check(
            footnote,
            &[
                ("é| b\n", "é[^1] b\n\n[^1]: |\n"),
                ("a|", "a[^1]\n\n[^1]: |"),
                ("|a| b", "a[^1] b\n\n[^1]: |"),
                ("a[^1] b|\n\n[^1]: one\n\nend\n", "a[^1] b[^2]\n\n[^1]: one\n[^2]: |\n\nend\n"),
                ("a [^x|] b\n", "a [^x] b\n\n[^x]: |\n"),
                ("---\na: 1\n---\n|", "---\na: 1\n---\n[^1]\n\n[^1]: |"),
            ],
        );
    }

    #[test]
    fn the_caret_goes_to_the_definition_and_back() {
        check(
            footnote,
            &[
                ("a[^n|] b\n\n[^n]: one", "a[^n] b\n\n[^n]: |one"),
                ("a[^n] b\n\n[^n]: on|e", "a[^n]| b\n\n[^n]: one"),
                ("a[^n] b\n\n[^n]: one\n\n    more|\n", "a[^n]| b\n\n[^n]: one\n\n    more\n"),
            ],
        );
    }

    #[test]
    fn code_and_front_matter_have_no_footnotes() {
        declines(footnote, &["```\na|\n```", "---\na: |1\n---\n", "[^1]: a|"]);
    }
}
