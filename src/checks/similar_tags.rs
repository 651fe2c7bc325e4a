//! Tags that differ only by case, accents or the sign between words, within the post and from those of other posts:
//! a site lists them apart. Rule: Jekyll compares tags as texts (`site.rb`, `post_attr_hash`).

use serde_yaml::Value;

use super::{Check, Checked};
use crate::post::edit;
use crate::post::slug::transliterate;
use crate::post::yaml::{YamlEntry, display};
use crate::text::{Diagnostic, Edit, Fix, NameIndex, NameMap, Severity, Span};

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "tags-similar",
    title: "Nearly the same tag twice",
    reason: "Jekyll lists tags apart that differ only in case, accents, or the sign between words.",
    severity: Severity::Warning,
    fixable: true,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let Some(front) = checked.front() else { return Vec::new() };
    // `tag` hides `tags`.
    let key = if front.get("tag").is_some_and(|value| !matches!(value, Value::Null | Value::Bool(false))) {
        "tag"
    } else {
        "tags"
    };
    let Some(entry) = front.entry(key) else { return Vec::new() };
    let places = places(checked.input.text, entry, front.get(key), front.tags.len());
    let mut known: NameMap<&str> = NameMap::default();
    let mut exact = NameIndex::default();
    for tag in checked.input.known_tags {
        exact.insert(tag, 0);
        let fold = folded(tag);
        if known.get(&fold).is_none() {
            known.insert(&fold, tag);
        }
    }
    let mut seen: NameMap<&str> = NameMap::default();
    let mut diagnostics = Vec::new();
    for (index, tag) in front.tags.iter().enumerate() {
        let place = places.as_ref().and_then(|places| places.get(index));
        let span = place.map_or(entry.value_span, |place| place.span);
        let fold = folded(tag);
        if let Some(&other) = seen.get(&fold) {
            let message = if other == tag {
                ["“", tag, "” is given twice, and lists of posts by tag show the post twice."].concat()
            } else {
                ["“", tag, "” and “", other, "” are two tags for Jekyll. Keep one."].concat()
            };
            diagnostics.push(CHECK.diagnostic(span, message));
            continue;
        }
        seen.insert(&fold, tag);
        let Some(&usual) = known.get(&fold).filter(|_| exact.get(tag).is_none()) else { continue };
        let message = ["Your other posts have the tag “", usual, "”. For Jekyll “", tag, "” is another one."].concat();
        let mut diagnostic = CHECK.diagnostic(span, message);
        diagnostic.fix = place.and_then(|place| replace(place, usual));
        diagnostics.push(diagnostic);
    }
    diagnostics
}

/// Where a tag stands, and how it may be written there.
struct TagPlace {
    span: Span,
    /// In brackets.
    flow: bool,
    /// Among others in one text, where no white space may be put.
    word: bool,
}

/// The places of all tags; `None` where they are not known.
fn places(text: &str, entry: &YamlEntry, value: Option<&Value>, count: usize) -> Option<Vec<TagPlace>> {
    let source = entry.value_span.of(text);
    let places: Vec<TagPlace> = if let Some(Value::Sequence(_)) = value {
        let flow = source.starts_with('[');
        let items = edit::list_items(text, entry.value_span)?;
        items.into_iter().map(|span| TagPlace { span, flow, word: false }).collect()
    } else if entry.key == "tags" && source == display(value?) {
        words(source)
            .map(|word| TagPlace { span: word.shifted(entry.value_span.start), flow: false, word: true })
            .collect()
    } else {
        vec![TagPlace { span: entry.value_span, flow: false, word: false }]
    };
    (places.len() == count).then_some(places)
}

fn words(text: &str) -> impl Iterator<Item = Span> + '_ {
    text.split_ascii_whitespace().map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        Span::new(start, start + word.len())
    })
}

fn replace(place: &TagPlace, tag: &str) -> Option<Fix> {
    let new = if place.word { tag.to_owned() } else { edit::scalar(tag, place.flow) };
    let unfit = |c: char| c.is_whitespace() || matches!(c, '#' | ':' | ',' | '"' | '\'');
    if place.word && tag.contains(unfit) {
        return None;
    }
    let selection = Span::at(place.span.start + new.len());
    let label = ["Write “", tag, "”"].concat();
    Some(Fix { label, edit: Edit { span: place.span, text: new, selection } })
}

/// A tag without case and accents, and with one sign between words.
fn folded(tag: &str) -> String {
    let mut out = String::with_capacity(tag.len());
    for c in tag.chars().flat_map(char::to_lowercase) {
        match c {
            '-' | '_' | ' ' => out.push('-'),
            // Accents that stand for themselves.
            '\u{300}'..='\u{36F}' => {}
            '\u{C0}'..='\u{17E}' => {
                let before = out.len();
                transliterate(c, |plain| out.push(plain));
                if out.get(before..).is_none_or(|new| new.contains(['?', '*'])) {
                    out.truncate(before);
                    out.push(c);
                }
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{Case, none};

    #[test]
    fn tags_are_compared_without_case_and_accents() {
        assert_eq!(folded("Événement_2"), folded("evenement-2"));
        assert_eq!(folded("e\u{301}te\u{301}"), folded("Été"));
        assert_ne!(folded("C++"), folded("C#"));
        assert_ne!(folded("日本"), folded("日"));
    }

    #[test]
    fn nearly_the_same_tag_is_found() {
        Case::new("tags-similar", "---\ntags: [Docker, web, docker]\n---\n").at(&["docker"]);
        Case::new("tags-similar", "---\ntags:\n  - été\n  - Ete\n---\n").at(&["Ete"]);
        Case::new("tags-similar", "---\ntags: a b a\n---\n").at(&["a"]);
        none(
            "tags-similar",
            &["---\ntags: [C, C++, c#]\n---\n", "---\ntags: a b\n---\n", "---\ntag: x\ntags: [a, a]\n---\n"],
        );
    }

    #[test]
    fn so_is_a_tag_of_other_posts() {
        Case::new("tags-similar", "---\ntags: [docker, web]\n---\n")
            .knowing(&["Docker", "web"])
            .at(&["docker"])
            .fixed("---\ntags: [Docker, web]\n---\n");
        Case::new("tags-similar", "---\ntags: web docker # x\n---\n")
            .knowing(&["Docker"])
            .at(&["docker"])
            .fixed("---\ntags: web Docker # x\n---\n");
        Case::new("tags-similar", "---\ntags:\n- \"web dev\"\n---\n")
            .knowing(&["Web-Dev"])
            .at(&["\"web dev\""])
            .fixed("---\ntags:\n- Web-Dev\n---\n");
        Case::new("tags-similar", "---\ntags: [docker]\n---\n").knowing(&["Docker", "docker"]).at(&[]);
    }
}
