//! jekyll-titles-from-headings 0.5.3: a page without a title takes the heading that it begins with. In: Markdown. Out:
//! titles, and contents without the heading where the settings say so. Neighbours: `generation.rs`. The rules are those
//! of the gem's generator.rb.

use serde_yaml::Value as Yaml;

use super::generation::{SiteGeneration, TextPlace, is_markdown};
use crate::liquid::strip_html;
use crate::render;
use crate::text::Span;

/// Gives titles to those that have none. Those that Jekyll makes of the names of files do not count.
pub(super) fn generate(generation: &mut SiteGeneration<'_>) {
    let option = |key: &str| generation.site.config.get("titles_from_headings").and_then(|options| options.get(key));
    let is = |key: &str, value: bool| option(key) == Some(&Yaml::Bool(value));
    if is("enabled", false) {
        return;
    }
    let (strips, collections) = (is("strip_title", true), is("collections", true));
    for place in generation.text_places(collections) {
        let Some(found) = generation.written_text(place) else { continue };
        let has_title = matches!(place, TextPlace::Page(_)) && found.get("title").is_some_and(|title| !title.is_null());
        if has_title || !is_markdown(&generation.site.settings, found.extension) {
            continue;
        }
        let strips = match found.data.get("strip_title") {
            Some(own) => *own == Yaml::Bool(true),
            None => strips,
        };
        let heading = found.source.and_then(|source| heading(source.body()));
        let title = match (&heading, found.source) {
            (Some((title, _)), Some(source)) => {
                let html = render::convert(
                    title.of(source.body()),
                    &generation.site.settings,
                    &generation.options.highlighting,
                );
                let words: Vec<String> = strip_html(&html).split_whitespace().map(str::to_owned).collect();
                without_notes(&words.join(" ")).into()
            }
            _ => found.get("title").cloned().unwrap_or_default(),
        };
        generation.set(place, "title", title);
        if let (true, Some((_, end))) = (strips, heading) {
            generation.shorten(place, end);
        }
    }
}

/// Where the title stands that a body begins with, and where the heading ends, in bytes of the body.
fn heading(body: &str) -> Option<(Span, usize)> {
    let is_space = |c: char| c.is_ascii_whitespace() || c == '\u{b}';
    let start = body.len() - body.trim_start_matches(is_space).len();
    let line_end = |at: usize| body.get(at..).and_then(|rest| rest.find('\n')).map_or(body.len(), |len| at + len);
    let rest = body.get(start..)?;
    let marks = rest.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=3).contains(&marks) {
        let after = rest.get(marks..)?;
        let spaces = after.len() - after.trim_start_matches(is_space).len();
        if spaces > 0 {
            let from = start + marks + spaces;
            let end = line_end(from);
            return Some((Span::new(from, end), end));
        }
    }
    // A line below which there is a line of signs; the first line may be an empty one.
    let empty = body.get(..start).and_then(|spaces| spaces.rfind('\n')).into_iter();
    [start].into_iter().chain(empty).find_map(|from| {
        let end = line_end(from);
        let below = body.get(end + 1..)?;
        let line = below.get(..below.find('\n').unwrap_or(below.len()))?;
        let signs = line.trim_end_matches(is_space);
        let good = !signs.is_empty() && signs.bytes().all(|byte| matches!(byte, b'-' | b'='));
        good.then(|| (Span::new(from, end), end + 1 + line.len()))
    })
}

/// A text without references to footnotes.
fn without_notes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[^") {
        out.push_str(before);
        match after.split_once(']') {
            Some((_, next)) => rest = next,
            None => {
                out.push_str("[^");
                rest = after;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_may_begin_with_a_heading() {
        let title = |body: &'static str| heading(body).map(|(span, end)| (span.of(body), end));
        assert_eq!(title("\n# One *two*\ntext"), Some(("One *two*", 12)));
        assert_eq!(title("One\n===\ntext"), Some(("One", 7)));
        assert_eq!(title("#### Four\n"), None);
        assert_eq!(title("text\n\n# One"), None);
        assert_eq!(without_notes("a[^1] b[^"), "a b[^");
    }
}
