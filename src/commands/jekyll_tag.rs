//! Jekyll's tags that name a post or a file. In: a snapshot. Out: an edit, with the name selected, so that typing
//! replaces it. Neighbours: `liquid/` runs such tags.
//!
//! Rules: <https://jekyllrb.com/docs/liquid/tags/> and <https://jekyllrb.com/docs/includes/>.

use super::changes::Changes;
use super::{Snapshot, region};
use crate::text::{Edit, Span};

/// Links to a post by the name of its file: `{% post_url 2026-01-31-title %}`.
pub fn post_url(snapshot: &Snapshot) -> Option<Edit> {
    link_by_tag(snapshot, "post_url", "2026-01-31-title")
}

/// Links to a page, post or file by its path in the site: `{% link about.md %}`.
pub fn link_tag(snapshot: &Snapshot) -> Option<Edit> {
    link_by_tag(snapshot, "link", "about.md")
}

/// Includes a file of the folder `_includes`: `{% include note.html %}`.
pub fn include_tag(snapshot: &Snapshot) -> Option<Edit> {
    let selected = snapshot.selected()?.trim();
    let is_name = !selected.is_empty() && !selected.contains([' ', '\n', '%', '{', '}']);
    written(snapshot, "", "include", if is_name { selected } else { "note.html" }, "", is_name)
}

/// Writes the tag as the address of a link with the selected words; without a selection the tag alone.
fn link_by_tag(snapshot: &Snapshot, tag: &str, name: &str) -> Option<Edit> {
    let selected = snapshot.selected()?;
    if selected.contains('\n') {
        return None;
    }
    let words = selected.trim();
    if words.is_empty() {
        return written(snapshot, "", tag, name, "", false);
    }
    written(snapshot, &["[", words, "]("].concat(), tag, name, ")", true)
}

/// Writes the tag with its name selected: in place of the selection's words, or at the caret.
fn written(snapshot: &Snapshot, before: &str, tag: &str, name: &str, after: &str, replace: bool) -> Option<Edit> {
    let Snapshot { text, selection } = *snapshot;
    if !region::is_prose(text, selection.start) {
        return None;
    }
    let span = if replace { super::lines::trimmed(text, selection) } else { Span::at(selection.end) };
    let open = [before, "{% ", tag, " "].concat();
    let start = span.start + open.len();
    let mut changes = Changes::new(text);
    changes.replace(span, [&open, name, " %}", after].concat());
    changes.edit(Span::new(start, start + name.len()))
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn the_name_is_selected() {
        check(
            post_url,
            &[
                ("é |", "é {% post_url |2026-01-31-title| %}"),
                ("a |é b| c", "a [é b]({% post_url |2026-01-31-title| %}) c"),
            ],
        );
        check(link_tag, &[("|a |", "[a]({% link |about.md| %}) "), ("|", "{% link |about.md| %}")]);
        check(include_tag, &[("a|", "a{% include |note.html| %}"), ("|x.html|", "{% include |x.html| %}")]);
    }

    #[test]
    fn code_and_front_matter_are_left_alone() {
        declines(post_url, &["```\n|\n```", "---\na: |\n---\n", "|a\nb|"]);
        declines(include_tag, &["---\na: |\n---\n"]);
    }
}
