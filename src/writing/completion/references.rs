//! Completion of what a body refers to: headings in `](#`, link labels in `][`, footnotes in `[^`. In: the line of the
//! caret. Out: candidates. Neighbours: `mod.rs`. Rules: kramdown's links and footnotes.

use super::{Candidate, CompletionNames, CompletionPlace, LineAtCaret};
use crate::text::Span;

pub(super) fn place(line: &LineAtCaret<'_>, body: Span, known: &dyn CompletionNames) -> Option<CompletionPlace> {
    let before = line.before_caret();
    let after = |mark: &str| before.rfind(mark).map(|at| (at, before.get(at + mark.len()..).unwrap_or("")));
    let body = line.text.get(body.start..body.end).unwrap_or("");
    let heading = after("](#").filter(|(_, word)| !word.contains([')', ' ']));
    let label = after("][").filter(|(_, word)| !word.contains(']'));
    let footnote = after("[^").filter(|(_, word)| !word.contains([']', ' ']));
    let (at, length, letters, candidates) = if let Some((at, _)) = heading {
        let end = if line.after_caret().starts_with(')') { "" } else { ")" };
        let of = |(id, words): &(String, String)| Candidate {
            label: id.clone(),
            detail: words.clone(),
            insert: [id, end].concat(),
        };
        (at, 3, 0, known.headings().iter().map(of).collect())
    } else if let Some((at, _)) = label {
        (at, 2, 0, defined(body, false, line))
    } else {
        let (at, _) = footnote?;
        (at, 2, 0, defined(body, true, line))
    };
    Some(CompletionPlace { start: line.start + at + length, letters, candidates })
}

/// The labels that the body defines: of links, or of footnotes.
fn defined(body: &str, footnotes: bool, line: &LineAtCaret<'_>) -> Vec<Candidate> {
    let end = if line.after_caret().starts_with(']') { "" } else { "]" };
    let mut found: Vec<Candidate> = Vec::new();
    for definition in body.lines() {
        let indent = definition.len() - definition.trim_start_matches(' ').len();
        let Some(rest) = definition.trim_start_matches(' ').strip_prefix('[').filter(|_| indent < 4) else { continue };
        let Some((label, value)) = rest.split_once("]:") else { continue };
        let name =
            if footnotes { label.strip_prefix('^') } else { Some(label).filter(|label| !label.starts_with('^')) };
        let Some(name) = name.filter(|name| !name.is_empty() && !name.contains(['[', ']'])) else { continue };
        if !found.iter().any(|known| known.label == name) {
            let detail = value.trim().chars().take(60).collect();
            found.push(Candidate { label: name.to_owned(), detail, insert: [name, end].concat() });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{KnownNames, completed};

    #[test]
    fn headings_are_found_by_their_ids_and_words() {
        let known = KnownNames {
            headings: vec![("how-to".into(), "How to".into()), ("what-it-is".into(), "What it is".into())],
            ..KnownNames::default()
        };
        assert_eq!(completed("See [this](#|", &known, false), ["See [this](#how-to)|", "See [this](#what-it-is)|"]);
        assert_eq!(completed("See [this](#it|) there", &known, false), ["See [this](#what-it-is|) there"]);
        assert_eq!(completed("See (#it|", &known, true), [""; 0]);
        assert_eq!(completed("[this](#a) and|", &known, true), [""; 0]);
    }

    #[test]
    fn labels_and_footnotes_are_those_that_the_body_defines() {
        let known = KnownNames::default();
        let text = "A [b][|\n\n[Rust]: https://rust.example\n[^note]: a footnote\n    [no]: code\n";
        assert_eq!(completed(text, &known, false), [text.replacen("[|", "[Rust]|", 1)]);
        let text = "A word[^|]\n\n[^note]: a footnote\n[^1]: another\n";
        assert_eq!(completed(text, &known, false), [text.replacen("^|", "^note|", 1), text.replacen("^|", "^1|", 1)]);
    }
}
