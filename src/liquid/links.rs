//! The address of a page from its name alone: `{% post_url %}` and `{% link %}` (Jekyll's tags/post_url.rb and
//! tags/link.rb). In: a name. Out: the path that the site's rules give it. Neighbours: `post_environment.rs`,
//! `post/permalink.rs`.
//!
//! Jekyll finds the file and uses its front matter. Here only its name is known.

use crate::post;
use crate::post::site::SiteSettings;

/// The path of the post of that name (`2014-12-08-title`, perhaps with folders before); `None` where it is no name of a
/// post, and Jekyll stops.
pub(super) fn post_url(name: &str, settings: &SiteSettings, now: i64) -> Option<String> {
    let name = name.strip_prefix('/').unwrap_or(name);
    let (folders, file) = name.rsplit_once('/').map_or(("", name), |(folders, file)| (folders, file));
    let mut numbers = 0;
    let mut rest = file;
    while numbers < 3 {
        let len = rest.bytes().take_while(u8::is_ascii_digit).count();
        rest = rest.get(len..).filter(|_| len > 0)?.strip_prefix('-')?;
        numbers += 1;
    }
    let slash = if folders.is_empty() { "" } else { "/" };
    let path = ["_posts/", folders, slash, file, ".md"].concat();
    url_of_post(&path, settings, now)
}

/// The path of a file of the site.
pub(super) fn link(path: &str, settings: &SiteSettings, now: i64) -> Option<String> {
    let path = path.strip_prefix('/').unwrap_or(path);
    if path.is_empty() {
        return None;
    }
    if path.split('/').any(|part| part == "_posts" || part == "_drafts") {
        return url_of_post(path, settings, now);
    }
    let file = path.rsplit('/').next().unwrap_or(path);
    let (stem, extension) = file.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).unwrap_or((file, ""));
    // The files of a collection lie in a folder with an underscore that their address does not have.
    let shown = path.strip_prefix('_').unwrap_or(path);
    let folder = shown.get(..shown.len().saturating_sub(file.len())).unwrap_or("");
    if !(settings.is_markdown_extension(extension) || matches!(extension, "html" | "htm")) {
        return Some(["/", shown].concat());
    }
    let pretty = settings.permalink == "pretty" || settings.permalink.ends_with('/');
    Some(match (stem, pretty) {
        ("index", _) => ["/", folder].concat(),
        (_, true) => ["/", folder, stem, "/"].concat(),
        (_, false) => ["/", folder, stem, ".html"].concat(),
    })
}

fn url_of_post(path: &str, settings: &SiteSettings, now: i64) -> Option<String> {
    let post = post::read(path, "");
    post.date(settings)?;
    Some(post.url(settings, now).ok()?.path)
}
