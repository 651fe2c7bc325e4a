//! jemoji 0.13.0: names such as `:smile:` in a finished page become pictures. In: a page. Out: a page. Neighbours:
//! `html.rs`, which `mentions.rs` shares; `build.rs` (of the program) writes the list of names.
//!
//! The rules are those of jemoji's jemoji.rb and of html-pipeline 2.14's emoji_filter.rb; the names are gemoji 4.1's, as
//! the crate gh-emoji has them. The gem writes the whole body anew; here all but the texts with pictures stays as it is
//! written. Such a text is read as HTML once more, as the gem does it: `&lt;b&gt; :smile:` begins an element.

use std::sync::LazyLock;

use serde_yaml::Value as Yaml;

use super::super::rendering::{SiteItem, SiteRendering};
use super::html::{Piece, body, is_changed_page, pieces};
use crate::post::yaml::display;

/// Elements whose text stays as it is (`DEFAULT_IGNORED_ANCESTOR_TAGS`).
const KEPT: [&str; 3] = ["pre", "code", "tt"];

/// Where the pictures are, unless the site says another place.
const DEFAULT_ROOT: &str = "https://github.githubassets.com/images/icons/emoji/";

/// A line for each name, in order: the name, a tab, the characters without joiners and variation selectors.
const NAMES: &str = include_str!(concat!(env!("OUT_DIR"), "/emoji.txt"));

/// The name and the characters of each emoji, by name.
static EMOJI: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| NAMES.lines().filter_map(|line| line.split_once('\t')).collect());

/// The names, in order, and the characters of each without joiners and variation selectors.
pub fn names() -> Vec<(&'static str, &'static str)> {
    EMOJI.clone()
}

/// A page with pictures; `None` where it stays as it is.
pub fn with_pictures(rendering: &SiteRendering, item: SiteItem, html: &str) -> Option<String> {
    if !html.contains(':') || !is_changed_page(rendering, item) {
        return None;
    }
    let root = root(rendering.site.config.get("emoji"));
    let (before, body, after) = body(html)?;
    let mut out = before.to_owned();
    let mut copied = 0;
    for piece in pieces(body) {
        let Piece::Text { text, range: (from, to), inside } = piece else { continue };
        if inside.iter().any(|name| KEPT.contains(&name.as_str())) {
            continue;
        }
        if let Some(text) = replaced(&text, &root) {
            out.push_str(body.get(copied..from)?);
            out.push_str(&text);
            copied = to;
        }
    }
    (copied > 0).then(|| [&out, body.get(copied..).unwrap_or(""), after].concat())
}

/// The folder of the pictures: that of the setting `emoji.src`, and in it `emoji.asset`.
fn root(config: Option<&Yaml>) -> String {
    let section = config.and_then(Yaml::as_mapping);
    let Some(src) = section.and_then(|section| section.get("src")) else { return DEFAULT_ROOT.to_owned() };
    let asset = section.and_then(|section| section.get("asset")).map_or_else(|| "emoji".to_owned(), display);
    // Ruby's `File.join`: one slash between the parts.
    [display(src).trim_end_matches('/'), "/", asset.trim_matches('/'), "/"].concat()
}

/// A text with pictures in the place of names; `None` where there are none.
fn replaced(text: &str, root: &str) -> Option<String> {
    let mut out = String::new();
    let mut copied = 0;
    let mut colons = text.match_indices(':').map(|(at, _)| at).peekable();
    while let Some(start) = colons.next() {
        let Some(&end) = colons.peek() else { break };
        let name = text.get(start + 1..end)?;
        let Ok(found) = EMOJI.binary_search_by_key(&name, |(known, _)| known) else { continue };
        let (_, characters) = EMOJI.get(found)?;
        colons.next();
        out.push_str(text.get(copied..start)?);
        push_picture(&mut out, name, characters, root);
        copied = end + 1;
    }
    (copied > 0).then(|| out + text.get(copied..).unwrap_or(""))
}

fn push_picture(out: &mut String, name: &str, characters: &str, root: &str) {
    let codes: Vec<String> = characters.chars().map(|c| format!("{:04x}", u32::from(c))).collect();
    let file = ["unicode/", &codes.join("-"), ".png"].concat();
    let (open, size) = ("<img class=\"emoji\" title=\":", "\" height=\"20\" width=\"20\">");
    out.push_str(&[open, name, ":\" alt=\":", name, ":\" src=\"", root, &file, size].concat());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_pictures() {
        let picture = |name: &str, file: &str| {
            let mut out = String::new();
            let characters: String =
                file.split('-').filter_map(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?)).collect();
            push_picture(&mut out, name, &characters, "/");
            out
        };
        let smile = picture("smile", "1f604");
        assert!(smile.ends_with("src=\"/unicode/1f604.png\" height=\"20\" width=\"20\">"), "{smile}");
        assert_eq!(replaced("a:smile:b", "/"), Some(["a", &smile, "b"].concat()));
        // A name that is none may end where one begins; a colon belongs to one picture.
        assert_eq!(replaced("::q:smile:smile:", "/"), Some(["::q", &smile, "smile:"].concat()));
        assert_eq!(replaced(":+1:", "/"), Some(picture("+1", "1f44d")));
        assert_eq!(replaced(":Smile: : smile: :nobody: ::", "/"), None);
        // Without joiners and variation selectors, as the files are named.
        assert_eq!(replaced(":family_man_boy:", "/"), Some(picture("family_man_boy", "1f468-1f466")));
        assert_eq!(replaced(":hash:", "/"), Some(picture("hash", "0023-20e3")));
    }

    #[test]
    fn the_list_of_names_is_in_order_and_whole() {
        assert!(EMOJI.len() > 1_800, "only {} names", EMOJI.len());
        assert!(EMOJI.is_sorted_by_key(|(name, _)| *name));
        assert!(!NAMES.contains(['\u{200D}', '\u{FE0F}']));
    }

    #[test]
    fn the_folder_of_the_pictures_is_a_setting() {
        let of = |config: &str| root(serde_yaml::from_str::<Yaml>(config).ok().as_ref());
        assert_eq!(of("{}"), DEFAULT_ROOT);
        assert_eq!(of("src: https://a.example/x/"), "https://a.example/x/emoji/");
        assert_eq!(of("{src: /a, asset: /b/c/}"), "/a/b/c/");
    }
}
