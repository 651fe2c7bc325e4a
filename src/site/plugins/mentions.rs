//! jekyll-mentions 1.6.0: names after `@` in a finished page become links. In: a page. Out: a page. Neighbours: `html.rs`.
//! The rules are those of the gem and of html-pipeline's @mention_filter.rb; all but the links stays as it is written.

use serde_yaml::Value as Yaml;

use super::super::rendering::{SiteItem, SiteRendering};
use super::html::{Piece, body, is_changed_page, pieces};
use crate::post::front_matter::is_true;
use crate::post::yaml::display;

const KEY: &str = "jekyll-mentions";
const DEFAULT_BASE: &str = "https://github.com";

/// Elements whose text stays as it is.
const KEPT: [&str; 5] = ["pre", "code", "a", "style", "script"];

/// Words that are no names.
const NO_NAMES: [&str; 4] = ["mention", "mentions", "mentioned", "mentioning"];

/// A page with links; `None` where it stays as it is.
pub(super) fn linked(rendering: &SiteRendering, item: SiteItem, html: &str) -> Option<String> {
    let own = match item {
        SiteItem::Document(_) | SiteItem::Page(_) => rendering.data(item, KEY),
        SiteItem::Excerpt(_) | SiteItem::PageExcerpt(_) => return None,
    };
    if own == Some(&Yaml::Bool(false)) || !html.contains('@') || !is_changed_page(rendering, item) {
        return None;
    }
    let base = base(own.or_else(|| rendering.site.config.get(KEY)));
    let (before, body, after) = body(html)?;
    let mut out = before.to_owned();
    let mut copied = 0;
    for piece in pieces(body) {
        let Piece::Text { range: (from, to), inside, .. } = piece else { continue };
        if inside.iter().any(|name| KEPT.contains(&name.as_str())) {
            continue;
        }
        out.push_str(body.get(copied..from)?);
        out.push_str(&with_links(body.get(from..to)?, &base));
        copied = to;
    }
    Some([&out, body.get(copied..)?, after].concat())
}

fn base(config: Option<&Yaml>) -> String {
    let base = match config {
        Some(Yaml::String(base)) => base.clone(),
        Some(Yaml::Mapping(section)) => {
            section.get("base_url").filter(|base| is_true(base)).map_or_else(|| DEFAULT_BASE.to_owned(), display)
        }
        _ => DEFAULT_BASE.to_owned(),
    };
    if base.ends_with(['/', '~']) { base } else { [&base, "/"].concat() }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// A text with its names as links. `&…;` stands for one character, as the text is written.
fn with_links(text: &str, base: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut taken = 0;
    for (at, _) in text.match_indices('@') {
        // What stands before the name belongs to it, unless a line begins there.
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let begins = before.is_none_or(|&byte| byte == b'\n' || !is_word(byte) && at > taken);
        let len = bytes.iter().skip(at + 1).take_while(|&&byte| is_word(byte) || byte == b'-').count();
        let name = text.get(at + 1..at + 1 + len).unwrap_or("");
        let after = at + 1 + len;
        if !begins
            || at < taken
            || !name.bytes().next().is_some_and(is_word)
            || !ends(bytes.get(after..).unwrap_or(&[]))
        {
            continue;
        }
        taken = after;
        if NO_NAMES.contains(&name.to_lowercase().as_str()) {
            continue;
        }
        out.push_str(text.get(copied..at).unwrap_or(""));
        out.push_str(&["<a href=\"", base, name, "\" class=\"user-mention\">@", name, "</a>"].concat());
        copied = after;
    }
    out.push_str(text.get(copied..).unwrap_or(""));
    out
}

/// Whether a name may end before this.
fn ends(rest: &[u8]) -> bool {
    let dots = rest.iter().take_while(|&&byte| byte == b'.').count();
    match (dots, rest.get(dots)) {
        (_, None | Some(b'\n')) => true,
        (0, Some(b'/')) => false,
        (0, Some(_)) => true,
        (1, Some(&byte)) => !is_word(byte),
        (_, Some(_)) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_links() {
        let linked = |name: &str| ["<a href=\"/", name, "\" class=\"user-mention\">@", name, "</a>"].concat();
        assert_eq!(with_links("@ada, (@bo-b) x@y.z @c.d @e. @mentions", "/"), {
            [&linked("ada"), ", (", &linked("bo-b"), ") x@y.z @c.d ", &linked("e"), ". @mentions"].concat()
        });
        assert_eq!(with_links("@a/b @-c @f@g", "/"), ["@a/b @-c ", &linked("f"), "@g"].concat());
    }
}
