//! What a post is called where it has no file: its title in lists, and the name that its file would get. In: a post and
//! its text. Out: texts. Neighbours: `renderer.rs`; `post/file_name.rs` makes names.

use crate::post::date::DateTime;
use crate::post::file_name::FileName;
use crate::post::site::SiteSettings;
use crate::post::{self, Post};

/// How many characters of a line become a title.
const TITLE_CHARACTERS: usize = 80;

/// The title of a post in a list of posts: never empty. It is the front matter's, or else the first line of the body.
pub(super) fn title<'t>(post: &Post, text: &'t str) -> String {
    let given = post.front_matter.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    if let Some(title) = given {
        return title.to_owned();
    }
    let words = |line: &'t str| line.trim_start_matches(['#', '>', '-', '*', ' ']).trim();
    let line = post.body_span.of(text).lines().map(words).find(|line| !line.is_empty());
    line.map_or_else(|| "Untitled".into(), |line| line.chars().take(TITLE_CHARACTERS).collect())
}

/// The title of the post of that text in a list of posts.
pub fn title_of(text: &str) -> String {
    title(&post::read("", text), text)
}

/// The name that the file of a post with that title would get on a site with these settings; a post without a date is
/// dated `today`.
pub(super) fn suggested_name(title: &str, post: &Post, today: &DateTime, settings: &SiteSettings) -> String {
    FileName::suggest(title, post.front_matter.date.as_ref().unwrap_or(today), settings.new_extension())
}
