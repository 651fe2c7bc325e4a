//! New posts and drafts of the open site, and drafts that are published. In: a title. Out: files of the site, the first
//! of them in the editor. Neighbours: `new_file.rs` says what stands in them.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::file_list::is_post;
use super::new_file::{Neighbour, new_file, published_path, published_text};
use super::open_site::OpenSite;
use crate::app::browser::dom::{now_seconds, zone_minutes};
use crate::app::page_controller::PageController;
use crate::post::date::DateTime;
use crate::post::file_name::special_folder;
use crate::text::Severity;

/// So many of the newest posts are an example for a new one.
const NEIGHBOURS: usize = 3;

impl PageController {
    /// Makes a new post or draft with that title, and opens it.
    pub(crate) fn compose(self: &Rc<Self>, title: &str, is_draft: bool) {
        let Some(site) = self.open_site.get() else { return };
        self.take_text_into_site();
        let newest = self.newest_posts(&site);
        let settings = site.site().settings.clone();
        let file = new_file(title, is_draft, &neighbours(&newest), &now_in(&site), settings.new_extension());
        let path = unused(&site, &file.path);
        let page = Rc::clone(self);
        spawn_local(async move {
            if page.settle().await {
                site.set_text(&path, &file.text);
                site.read_again();
                page.show_site_file(&site, &path).await;
                let end = page.editor.textarea.text().encode_utf16().count();
                page.editor.textarea.select_utf16(end, end);
            }
        });
    }

    /// Publishes the draft in the editor: moves it to the posts, with today's date.
    pub(crate) fn publish(self: &Rc<Self>) {
        let (Some(site), Some(path)) = (self.open_site.get(), self.path_in_editor()) else { return };
        if special_folder(&path) != Some("_drafts") {
            return;
        }
        let page = Rc::clone(self);
        spawn_local(async move {
            if !page.settle().await || page.path_in_editor().as_deref() != Some(&*path) {
                return;
            }
            page.take_text_into_site();
            let newest = page.newest_posts(&site);
            let now = now_in(&site);
            let to = published_path(&path, newest.first().map(|(path, _)| path.as_str()), &now);
            if site.files.is_text(&to) {
                let text = ["There is a post with the name ", &to, " already."].concat();
                return page.editor.tell("site-folder", Severity::Warning, text);
            }
            let published = |text: &str| published_text(text, &neighbours(&newest), &now);
            if page.move_file(&site, &path, &to, &published).await {
                let text = ["The draft is the post ", &to, " now. Save the site to move the file."].concat();
                page.editor.tell("site-folder", Severity::Note, text);
            }
        });
    }

    /// The newest posts with a date, the newest first: their paths and texts.
    pub(super) fn newest_posts(&self, site: &OpenSite) -> Vec<(String, String)> {
        let groups = self.site_groups(site);
        let posts = groups.iter().flat_map(|group| &group.files).filter(|file| {
            is_post(site.site().settings.files.below_source(&file.path))
                && special_folder(&file.path) == Some("_posts")
                && !file.about.is_empty()
        });
        posts.filter_map(|file| Some((file.path.to_string(), site.text(&file.path)?))).take(NEIGHBOURS).collect()
    }
}

fn neighbours(newest: &[(String, String)]) -> Vec<Neighbour<'_>> {
    newest.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

/// The time on the clock that the dates of posts are read on: the site's, where its settings name a zone.
fn now_in(site: &OpenSite) -> DateTime {
    let settings = site.site().settings.clone();
    match settings.timezone {
        Some(_) => settings.zone.now(now_seconds()),
        None => DateTime::from_unix(now_seconds(), zone_minutes()),
    }
}

/// A path that no file has: with a number before the extension where there is one already.
fn unused(site: &OpenSite, path: &str) -> String {
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, "md"));
    let numbered = (2..).map(|number| format!("{stem}-{number}.{extension}"));
    std::iter::once(path.to_owned()).chain(numbered).find(|path| !site.files.is_text(path)).unwrap_or_default()
}
