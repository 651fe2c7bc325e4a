//! Addresses of a site's files: `link` and `post_url` (tags/link.rb, tags/post_url.rb), and the folder that
//! `include_relative` looks in. In: a path or a name. Out: the path of an address. Neighbours: `environment.rs` asks.

use super::reads::SiteList;
use super::rendering::{SiteItem, SiteRendering};
use crate::post::date_text::{self, DateText};

/// The address of the file of the site at `path`; an error where Jekyll finds none.
pub(super) fn link(rendering: &SiteRendering, path: &str) -> Result<String, String> {
    rendering.note_list(SiteList::Addresses);
    let with_slash = ["/", path.trim_start_matches('/')].concat();
    let fits = |relative: &str| relative == path || relative == with_slash;
    let site = &rendering.site;
    let pages = rendering.pages.iter().map(|entry| (&*entry.page.relative_path, &*entry.page.url.path));
    let statics = site.static_files.iter().filter(|file| file.written);
    let statics = statics.map(|file| (&*file.relative_path, &*file.url.path));
    let written = site.documents.iter().filter(|document| document.written);
    let documents = written.map(|document| (&*document.relative_path, &*document.url.path));
    let found = pages.chain(statics).chain(documents).find(|(relative, _)| fits(relative));
    let missing = || ["`", path, "` is not the path of a file of the site."].concat();
    found.map(|(_, url)| url.to_owned()).ok_or_else(missing)
}

/// The address of a post by its name, `2014-12-08-title`, perhaps with folders before it.
pub(super) fn post_url(rendering: &SiteRendering, name: &str) -> Result<String, String> {
    rendering.note_list(SiteList::Addresses);
    let missing = || ["`", name, "` is not the name of a post of the site."].concat();
    let bare = name.strip_prefix('/').unwrap_or(name);
    let (folders, file) = bare.rsplit_once('/').map_or(("", bare), |(folders, file)| (folders, file));
    let folders = if folders.is_empty() { String::new() } else { [folders, "/"].concat() };
    let (date, slug) = dated(file).ok_or_else(missing)?;
    let site = &rendering.site;
    let posts = || site.posts().iter().filter_map(|&post| site.documents.get(post));
    let in_posts = ["_posts/", &folders, file, "."].concat();
    let starts = [[&*folders, "_posts/", file, "."].concat(), [&*folders, "_posts", file, "."].concat()];
    let fits = |path: &str| {
        let extension = |start: &String| path.strip_prefix(&**start).is_some_and(|rest| !rest.is_empty());
        extension(&in_posts) || starts.iter().any(extension)
    };
    if let Some(post) = posts().find(|post| fits(&post.relative_path)) {
        return Ok(post.url.path.clone());
    }
    // Jekyll still finds a post of that day with that slug.
    let DateText::Date(day) = date_text::read(date) else { return Err(missing()) };
    let same_day =
        |other: &crate::post::date::DateTime| (other.year, other.month, other.day) == (day.year, day.month, day.day);
    let same = posts().find(|post| {
        same_day(&post.date) && post.get("slug").and_then(serde_yaml::Value::as_str) == Some(slug) && folders.is_empty()
    });
    same.map(|post| post.url.path.clone()).ok_or_else(missing)
}

/// `\d+-\d+-\d+`, a hyphen, and the rest.
fn dated(file: &str) -> Option<(&str, &str)> {
    let mut at = 0;
    for _ in 0..3 {
        let digits = file.bytes().skip(at).take_while(u8::is_ascii_digit).count();
        if digits == 0 || file.as_bytes().get(at + digits) != Some(&b'-') {
            return None;
        }
        at += digits + 1;
    }
    Some((file.get(..at - 1)?, file.get(at..)?))
}

/// The folder of an item, in the site's source, without a slash at either end.
pub(super) fn folder_of(rendering: &SiteRendering, item: SiteItem) -> String {
    let path = rendering.file(item).map(|file| file.path.as_str());
    path.and_then(|path| path.rsplit_once('/')).map_or(String::new(), |(folder, _)| folder.to_owned())
}

impl SiteRendering {
    /// The folder of included files (`includes_dir`).
    pub(super) fn includes_folder(&self) -> String {
        let named = self.site.config.get("includes_dir").and_then(serde_yaml::Value::as_str).unwrap_or("_includes");
        let source = &self.site.settings.files.source;
        if source.is_empty() { named.to_owned() } else { [source, "/", named].concat() }
    }
}
