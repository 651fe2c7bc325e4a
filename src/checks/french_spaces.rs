//! French has a non-breaking space before `: ; ! ? »` and after `«`. After an ordinary space the sign may move to the
//! next line. Rule: the usage of the Imprimerie nationale (a narrow space before `; ! ?`). Only where `lang` is French.

use super::{Check, Checked};
use crate::text::{Diagnostic, Severity, Span};

const WIDE: &str = "\u{A0}";
const NARROW: &str = "\u{202F}";

/// One space to be replaced.
struct Space {
    at: usize,
    by: &'static str,
}

/// See the file's head. One diagnostic for each paragraph, with all its spaces.
pub(super) const CHECK: Check = Check {
    code: "french-spaces",
    title: "French punctuation and spaces",
    reason: "In French, the space before `: ; ! ? »` and after `«` must not break.",
    severity: Severity::Note,
    fixable: true,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let lang = checked.input.post.front_matter.lang.as_deref().unwrap_or("");
    let french = lang.split(['-', '_']).next().is_some_and(|tag| tag.trim().eq_ignore_ascii_case("fr"));
    if !french {
        return Vec::new();
    }
    let body = checked.body;
    let mut spaces = Vec::new();
    for prose in &checked.prose {
        collect(prose.span.of(body), prose.span.start, &mut spaces);
    }
    let apart = |one: &Space, other: &Space| {
        !body.get(one.at..other.at).is_some_and(|between| between.len() < 2000 && !between.contains("\n\n"))
    };
    let paragraphs = spaces.chunk_by(|one, other| !apart(one, other));
    paragraphs.filter_map(|spaces| report(checked, spaces)).collect()
}

fn report(checked: &Checked<'_>, spaces: &[Space]) -> Option<Diagnostic> {
    let (first, last) = (spaces.first()?.at, spaces.last()?.at);
    let span = Span::new(first, last + 1);
    let message = "In French a space before : ; ! ? » and after « must not break, or the sign may begin the next line.";
    let mut diagnostic = checked.diagnostic(&CHECK, span, message);
    let mut new = String::with_capacity(span.len() + 2 * spaces.len());
    let mut from = first;
    for space in spaces {
        new.push_str(checked.body.get(from..space.at)?);
        new.push_str(space.by);
        from = space.at + 1;
    }
    diagnostic.fix = checked.fix("Write spaces that do not break", span, new);
    Some(diagnostic)
}

/// The ordinary spaces next to signs in a run of text that begins at `start` of the body.
fn collect(text: &str, start: usize, spaces: &mut Vec<Space>) {
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b' ', bytes) {
        // Most spaces stand next to letters, which the bytes show. 0xC2 begins both `«` and `»`, 0xAB ends the first.
        let quote = at > 0 && bytes.get(at - 1) == Some(&0xAB);
        if !quote && !matches!(bytes.get(at + 1), Some(b':' | b';' | b'!' | b'?' | 0xC2)) {
            continue;
        }
        // At the beginning of a run something else stands before it, a word in italics perhaps.
        let before = text.get(..at).and_then(|before| before.chars().next_back()).or(Some('*'));
        let mut rest = text.get(at + 1..).unwrap_or("").chars();
        let (sign, after) = (rest.next(), rest.next());
        // A sign that ends here: not `:smile:`, `!important`, `?x=1`, `:)`.
        let ends = after.is_none_or(|c| c.is_whitespace() || matches!(c, '!' | '?' | '.' | '»' | '"' | '*' | '_'));
        let word = before.is_some_and(|c| !c.is_whitespace() && c != '«');
        let by = match sign {
            _ if before == Some('«') && sign.is_some_and(|c| !c.is_whitespace()) => WIDE,
            Some('»') if word => WIDE,
            Some(':') if word && ends && after != Some('!') => WIDE,
            Some(';' | '!' | '?') if word && ends => NARROW,
            _ => continue,
        };
        spaces.push(Space { at: start + at, by });
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn spaces_before_french_signs_do_not_break() {
        Case::new("french-spaces", "---\nlang: fr\n---\nBonjour ! Il dit : « oui » ; et *non* ?\n\nFin !\n")
            .at(&[" ! Il dit : « oui » ; et *non* ", " "])
            .fixed("---\nlang: fr\n---\nBonjour\u{202F}! Il dit\u{A0}: «\u{A0}oui\u{A0}»\u{202F}; et *non*\u{202F}?\n\nFin !\n");
    }

    #[test]
    fn other_texts_are_left_alone() {
        none("french-spaces", &["Bonjour !\n", "---\nlang: en\n---\nHello !\n", "---\nlang: frr\n---\nHallo !\n"]);
        let french = |body: &str| ["---\nlang: fr-FR\n---\n", body].concat();
        none(
            "french-spaces",
            &[
                &french("`a ! b` a\u{A0}! :smile: oui :) ok :smile: a ?x=1\n"),
                &french("{{ a ! }} b\n"),
                &french("a :: b\n"),
            ],
        );
    }
}
