//! The names of everything that this copy of the page keeps in the browser. In: the page's path. Out: names for
//! localStorage, IndexedDB and BroadcastChannel. Neighbours: `local/`, `indexed_db.rs` and `channel.rs` use them;
//! `src/recovery.js` spells the same scheme, because it works without the program.
//!
//! All pages of one host share the browser's storage. So each name begins with the folder that the page lies in:
//! `apercu:/blog/preferences` for `https://example.org/blog/index.html`. The other names hold no slash, so that no name
//! belongs to two folders.

/// A person's preferences, in localStorage.
pub const PREFERENCES: &str = "preferences";
/// The text of the site's `_config.yml`, in localStorage.
pub const SITE: &str = "site";
/// The name of the folder whose site is open, in localStorage.
pub const FOLDER: &str = "folder";
/// How a person wants to see the preview, in localStorage.
pub const PREVIEW: &str = "preview";
/// What the pages of each site may do, in localStorage.
pub const PERMISSIONS: &str = "permissions";
/// Which Jekyll each site is read as, in localStorage.
pub const JEKYLL: &str = "jekyll";
/// The files of open sites that are renamed and not saved yet, in localStorage.
pub const MOVED: &str = "moved";
/// What was chosen last in the palette, in localStorage: an id on each line.
pub const RECENT: &str = "recent";
/// How a person wants to write, in localStorage.
pub const WRITING: &str = "writing";
/// The styles of the editor that follow from it, in localStorage: `src/recovery.js` gives them to the editor before the
/// program is there.
pub const LOOK: &str = "look";
/// The keys that somebody chose for commands, in localStorage: an id, a space and a key on each line.
pub const SHORTCUTS: &str = "shortcuts";
/// The folder that somebody named for pictures, in localStorage.
pub const PICTURE_FOLDER: &str = "picture-folder";
/// The repository that posts are committed to, in localStorage: its address, the branch and the folder, each on a line.
pub const REPOSITORY: &str = "repository";
/// What an archive of all drafts takes along of localStorage. What pages of sites may do is not among it: that is allowed
/// on this device, by a person.
pub const SETTINGS: [&str; 8] = [PREFERENCES, PREVIEW, SITE, RECENT, WRITING, SHORTCUTS, PICTURE_FOLDER, REPOSITORY];
/// A text that is not stored, in localStorage; then the id of its draft.
pub const UNSAVED: &str = "unsaved-";
/// The channel between the tabs.
pub const TABS: &str = "tabs";
/// The database of drafts: the folder's name alone.
pub const DATABASE: &str = "";

/// The name of `what` for the page at `path` (`location.pathname`).
pub fn name_at(path: &str, what: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    ["apercu:", folder, "/", what].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_begins_with_the_folder_of_the_page() {
        for (path, name) in [
            ("/", "apercu:/site"),
            ("/index.html", "apercu:/site"),
            ("/blog/", "apercu:/blog/site"),
            ("/blog/index.html", "apercu:/blog/site"),
            ("/a/b/c", "apercu:/a/b/site"),
            ("", "apercu:/site"),
        ] {
            assert_eq!(name_at(path, SITE), name, "{path}");
        }
    }

    #[test]
    fn an_archive_takes_no_permission_and_nothing_of_this_device_along() {
        for what in [PERMISSIONS, FOLDER, UNSAVED, TABS] {
            assert!(!SETTINGS.contains(&what), "{what}");
        }
        assert!(SETTINGS.contains(&PREFERENCES));
    }

    #[test]
    fn two_folders_share_no_name() {
        let paths = ["/", "/site/", "/preferences/", "/a/", "/a/site/"];
        let mut names: Vec<String> = paths
            .iter()
            .flat_map(|path| {
                [
                    PREFERENCES,
                    SITE,
                    FOLDER,
                    PREVIEW,
                    PERMISSIONS,
                    JEKYLL,
                    MOVED,
                    RECENT,
                    SHORTCUTS,
                    PICTURE_FOLDER,
                    WRITING,
                    LOOK,
                    REPOSITORY,
                    UNSAVED,
                    TABS,
                    DATABASE,
                ]
                .map(|what| name_at(path, what))
            })
            .collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all, "{names:?}");
    }
}
