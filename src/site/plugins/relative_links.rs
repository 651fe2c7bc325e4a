//! jekyll-relative-links 0.7.0: links to files of the site become links to their pages. In: Markdown. Out: Markdown.
//! Neighbours: `generation.rs`. The rules are those of the gem's generator.rb, whose regular expressions are written out
//! here.

use serde_yaml::Value as Yaml;

use super::generation::{SiteGeneration, TextPlace, is_markdown};
use crate::liquid::below_base;
use crate::post::path_glob;
use crate::post::permalink::percent_bytes;
use crate::post::yaml::display;

/// How long a part of a link may be, in bytes; one beyond that stays as it is.
const LONGEST: usize = 2_000;

/// Rewrites the links of all pages, and of documents where the settings say so.
pub(super) fn generate(generation: &mut SiteGeneration<'_>) {
    let option = |key: &str| generation.site.config.get("relative_links").and_then(|options| options.get(key));
    if option("enabled") == Some(&Yaml::Bool(false)) {
        return;
    }
    let collections = option("collections") == Some(&Yaml::Bool(true));
    let excluded: Vec<String> = match option("exclude") {
        Some(Yaml::Sequence(patterns)) => patterns.iter().map(display).collect(),
        Some(Yaml::String(pattern)) => vec![pattern.clone()],
        _ => Vec::new(),
    };
    let targets = targets(generation);
    let settings = generation.site.settings.clone();
    for place in generation.text_places(collections) {
        let Some(found) = generation.written_text(place) else { continue };
        let path = found.relative_path.to_owned();
        let is_excluded = excluded.iter().any(|pattern| path_glob::covers(pattern, &path));
        let Some(source) = found.source.filter(|_| is_markdown(&settings, found.extension) && !is_excluded) else {
            continue;
        };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let address = |link: &str| {
            let target = in_folder(link, folder)?;
            let (_, url) = targets.iter().find(|(path, _)| *path == target)?;
            Some(below_base(url, &settings))
        };
        let changed = rewritten(source.body(), &address);
        if changed != source.body() {
            generation.replace(place, changed);
        }
        // At an excerpt in the front matter of a page, Jekyll stops.
        generation.renew_excerpt(place, matches!(place, TextPlace::Document(_)));
    }
}

/// The path and the address of everything that a link may lead to.
fn targets(generation: &SiteGeneration<'_>) -> Vec<(String, String)> {
    let site = &generation.site;
    let pages = generation.pages.iter().map(|entry| (&entry.page.relative_path, &entry.page.url.path));
    let files = site.static_files.iter().map(|file| (&file.relative_path, &file.url.path));
    let documents = site.collections.iter().flat_map(|collection| &collection.documents);
    let documents = documents.filter_map(|&document| site.documents.get(document)).filter(|found| found.written);
    let documents = documents.map(|document| (&document.relative_path, &document.url.path));
    let all = pages.chain(files).chain(documents);
    all.map(|(path, url)| (path.strip_prefix('/').unwrap_or(path).to_owned(), url.clone())).collect()
}

/// The path that a link in a file of that folder leads to; `None` for one out of the site.
fn in_folder(link: &str, folder: &str) -> Option<String> {
    let (base, link) = match link.strip_prefix('/') {
        Some(link) => ("", link),
        None => (folder, link),
    };
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let path = parts.join("/").replace('+', " ");
    Some(String::from_utf8(percent_bytes(&path)).unwrap_or(path))
}

/// A link in Markdown; offsets in bytes.
struct MarkdownLink<'t> {
    text: &'t str,
    path: &'t str,
    fragment: &'t str,
    title: &'t str,
    end: usize,
}

fn rewritten(body: &str, address: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(body.len());
    let mut copied = 0;
    let mut at = 0;
    while at < body.len() {
        let at_line = at == 0 || body.as_bytes().get(at - 1) == Some(&b'\n');
        let found = match inline(body, at) {
            Some(link) => Some((link, false)),
            None if at_line => reference(body, at).map(|link| (link, true)),
            None => None,
        };
        let Some((link, is_reference)) = found else {
            at += body.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            continue;
        };
        let wanted = !link.path.starts_with('#') && !has_scheme(link.path);
        if let Some(url) = address(link.path).filter(|_| wanted) {
            out.push_str(body.get(copied..at).unwrap_or(""));
            let MarkdownLink { text, fragment, title, .. } = link;
            let parts = if is_reference {
                ["\n[", text, "]: ", &url, fragment, title, ""]
            } else {
                ["[", text, "](", &url, fragment, title, ")"]
            };
            out.push_str(&parts.concat());
            copied = link.end;
        }
        at = link.end.max(at + 1);
    }
    out.push_str(body.get(copied..).unwrap_or(""));
    out
}

fn has_scheme(link: &str) -> bool {
    let scheme = link.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// What stands from a place on, as far as a link may be long.
fn near(body: &str, at: usize) -> Option<&str> {
    let rest = body.get(at..)?;
    let end = (0..4).find_map(|back| rest.get(..LONGEST.min(rest.len()).saturating_sub(back)));
    Some(end.unwrap_or(rest))
}

/// `[text](path#fragment "title")` at that place.
fn inline(body: &str, at: usize) -> Option<MarkdownLink<'_>> {
    let after = near(body, at)?.strip_prefix('[')?;
    let line = after.get(..after.find('\n').unwrap_or(after.len()))?;
    line.match_indices("](").find_map(|(len, _)| {
        let from = at + 1 + len + 2;
        let text = body.get(at + 1..at + 1 + len)?;
        let rest = near(body, from)?;
        let stop = rest.find(')')?;
        // The path is as short as it can be.
        rest.get(..=stop)?.char_indices().skip(1).find_map(|(len, _)| {
            let (fragment, title, end) =
                tail(body, from + len, &|body, at| body.get(at..)?.starts_with(')').then_some(at + 1))?;
            Some(MarkdownLink { text, path: rest.get(..len)?, fragment, title, end })
        })
    })
}

/// `[text]: path#fragment "title"` from the beginning of a line on, with empty lines before it.
fn reference(body: &str, at: usize) -> Option<MarkdownLink<'_>> {
    let rest = near(body, at)?;
    let start = at + rest.len() - rest.trim_start().len();
    let after = near(body, start)?.strip_prefix('[')?;
    let line = after.get(..after.find('\n').unwrap_or(after.len()))?;
    line.match_indices("]: ").find_map(|(len, _)| {
        let from = start + 1 + len + 3;
        let text = body.get(start + 1..start + 1 + len)?;
        let rest = near(body, from)?;
        let line = rest.get(..rest.find('\n').unwrap_or(rest.len()))?;
        let ends = line.char_indices().map(|(at, _)| at).skip(1).chain([line.len()]);
        ends.filter(|len| *len > 0).find_map(|len| {
            let (fragment, title, end) = tail(body, from + len, &|body, at| {
                let rest = body.get(at..)?;
                let spaces = rest.get(..rest.find('\n').unwrap_or(rest.len()))?;
                spaces.trim().is_empty().then_some(at)
            })?;
            Some(MarkdownLink { text, path: rest.get(..len)?, fragment, title, end })
        })
    })
}

/// A fragment, a title and the end of a link from a place on; `close` gives the end after what closes it.
fn tail<'t>(
    body: &'t str,
    at: usize,
    close: &dyn Fn(&str, usize) -> Option<usize>,
) -> Option<(&'t str, &'t str, usize)> {
    let rest = near(body, at)?;
    if rest.starts_with('#') {
        let line = rest.get(..rest.find('\n').unwrap_or(rest.len()))?;
        let ends = line.char_indices().map(|(len, _)| len).skip(2).chain([line.len()]);
        for len in ends.filter(|len| *len > 1) {
            if let Some((title, end)) = title(body, at + len, close) {
                return Some((rest.get(..len)?, title, end));
            }
        }
    }
    title(body, at, close).map(|(title, end)| ("", title, end))
}

/// A title in double quotes, if there is one, and the end of the link.
fn title<'t>(body: &'t str, at: usize, close: &dyn Fn(&str, usize) -> Option<usize>) -> Option<(&'t str, usize)> {
    let rest = near(body, at)?;
    let spaces = rest.len() - rest.trim_start().len();
    if let Some(inside) = rest.get(spaces..).and_then(|rest| rest.strip_prefix('"')).filter(|_| spaces > 0) {
        let mut from = 0;
        while let Some(len) = inside.get(from..).and_then(|rest| rest.find('"')) {
            let quote = from + len;
            if !inside.get(..quote)?.ends_with('\\') {
                let end = at + spaces + 1 + quote + 1;
                if let Some(closed) = close(body, end) {
                    return Some((body.get(at..end)?, closed));
                }
                break;
            }
            from = quote + 1;
        }
    }
    close(body, at).map(|end| ("", end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_files_are_rewritten() {
        let address = |link: &str| (link == "a.md").then(|| "/a".to_owned());
        let text = "[x](a.md) [y](a.md#b \"T\") [z](b.md) [a [b](a.md)\n\n[r]: a.md#c\n[s]: https://a.md";
        let expected = "[x](/a) [y](/a#b \"T\") [z](b.md) [a [b](/a)\n\n[r]: /a#c\n[s]: https://a.md";
        assert_eq!(rewritten(text, &address), expected);
    }
}
