//! A link within the page to an id that nothing has. Rule: the ids are those of kramdown, of attribute lists and of
//! raw HTML; a browser finds no other. Not checked where Liquid includes things that are not seen here.

use super::{Check, Checked};
use crate::markdown::event::{Event, Tag};
use crate::text::{Diagnostic, NameIndex, NameMap, Severity, Span};

/// Places that themes give to every page, and HTML's own.
const THEME: [&str; 9] =
    ["top", "comments", "disqus_thread", "respond", "main", "content", "main-content", "markdown-toc", "footer"];

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "link-no-target",
    title: "Link to nothing on the page",
    reason: "A link to an id that nothing on the page has leads nowhere.",
    severity: Severity::Warning,
    fixable: true,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut links = checked.links.iter().filter(|link| !link.image && link.url.starts_with('#')).peekable();
    if links.peek().is_none() || !checked.is_jekyll() || checked.has_unseen() {
        return Vec::new();
    }
    let mut ids = NameIndex::default();
    let mut note = |id: &str| {
        ids.insert(id, 0);
    };
    checked.ids.iter().for_each(|(id, _)| note(id));
    checked.outline.iter().for_each(|heading| note(&heading.id));
    checked.elements.iter().filter_map(|element| element.attribute("name")).for_each(&mut note);
    for item in checked.input.items {
        // Ids of headings may come from raw HTML too.
        if let Event::Start(Tag::Heading(_) | Tag::Element { .. }, Some(attributes)) = &item.event {
            attributes.iter().filter(|(name, _)| &**name == "id").for_each(|(_, id)| note(id));
        }
    }
    // Ids by their letters: the only one that differs by case and signs alone is probably meant.
    let mut by_letters: NameMap<&str> = NameMap::default();
    for id in ids.names() {
        let letters = letters(id);
        let other = by_letters.get(&letters).is_some();
        by_letters.insert(&letters, if other { "" } else { id });
    }
    let mut diagnostics = Vec::new();
    for link in links {
        let target = link.url.strip_prefix('#').unwrap_or("");
        let decoded = decoded(target);
        let known = |id: &str| ids.get(id).is_some() || THEME.contains(&id);
        // `#fn:1` is a footnote's, `#!` and `#/` are an application's.
        if target.is_empty() || target.starts_with(['!', '/']) || target.starts_with("fn") || target.contains("{{") {
            continue;
        }
        if known(target) || known(&decoded) || link.span.is_empty() {
            continue;
        }
        let message = ["Nothing on this page has the id “", &decoded, "”, so this link goes nowhere."].concat();
        let mut diagnostic = checked.diagnostic(&CHECK, checked.first_line(link.span), message);
        let near = by_letters.get(&letters(&decoded)).copied().filter(|near| !letters(near).is_empty());
        if let (Some(near), Some(at)) = (near, link.span.of(checked.body).rfind(link.url)) {
            let start = link.span.start + at + 1;
            let label = ["Link to #", near].concat();
            diagnostic.fix = checked.fix(&label, Span::new(start, start + target.len()), near.to_owned());
        }
        diagnostics.push(diagnostic);
    }
    diagnostics
}

/// An id without its signs and capitals.
fn letters(id: &str) -> String {
    id.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Percent-encoded bytes as characters; bytes that are not UTF-8 stay as they are.
fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|&b| char::from(b).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                rest = after.get(2..).unwrap_or(&[]);
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn a_link_within_the_page_has_a_target() {
        Case::new("link-no-target", "## My part\n\n[x](#My-Part \"t\") and [y](#nope)\n")
            .at(&["[x](#My-Part \"t\")", "[y](#nope)"])
            .fixed("## My part\n\n[x](#my-part \"t\") and [y](#nope)\n");
        Case::new("link-no-target", "[y](#nope)\n").unfixed();
        none(
            "link-no-target",
            &[
                "## Été\n\n[x](#été) [x](#%C3%A9t%C3%A9) [top](#top) [n](#)\n",
                "<a name=\"x\"></a> [x](#x)\n",
                "<h2 id=\"x\">x</h2>\n\n[x](#x)\n",
                "{% include parts.html %} [x](#x)\n",
                "[^1] [x](#fn:1)\n\n[^1]: a\n",
            ],
        );
    }
}
