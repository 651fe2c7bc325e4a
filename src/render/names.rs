//! What a post is called where it has no file: its title in lists, and the name that its file would get. In: a post and
//! its text. Out: texts. Neighbours: `renderer.rs`; `post/file_name.rs` makes names.

use crate::post::date::DateTime;
use crate::post::file_name::FileName;
use crate::post::publishing::Verdict;
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

/// What a list of posts shows of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPost {
    /// The front matter's title; the words of the file's name where it has none.
    pub title: String,
    /// Its date on the site's clock, if it has one.
    pub date: Option<DateTime>,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// What a list shows of the post at `path` (from the site's folder on) on a site with these settings. `now` is in
/// seconds since 1970-01-01T00:00:00Z.
pub fn listed(path: &str, text: &str, settings: &SiteSettings, now: i64) -> ListedPost {
    let read = post::read(settings.files.below_source(path), text);
    let post = read.on_site(settings);
    ListedPost { title: post.title(), date: post.date(settings), verdict: post.publishing(settings, now).verdict }
}

/// The name that the file of a post with that title would get on a site with these settings; a post without a date is
/// dated `today`.
pub(super) fn suggested_name(title: &str, post: &Post, today: &DateTime, settings: &SiteSettings) -> String {
    FileName::suggest(title, post.front_matter.date.as_ref().unwrap_or(today), settings.new_extension())
}
