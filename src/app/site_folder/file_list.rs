//! The files of an open site as its side bar lists them: posts, pages, collections, layouts and so on. In: files, a
//! `Site`. Out: groups of rows. Neighbours: `render/` reads what a list shows of a post; `components/side_bar.rs` draws
//! the rows.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::folder_files::FolderFiles;
use crate::post::file_name::{FileName, Folder};
use crate::post::publishing::Verdict;
use crate::post::site::SiteSettings;
use crate::render::{ListedPost, listed};
use crate::site::model::Site;
use crate::site::source::SiteSource;
use crate::text::order;

/// A file in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedFile {
    /// Its path in the folder.
    pub path: Rc<str>,
    /// Its title; its path from the folder of its group on where it has none.
    pub title: Rc<str>,
    /// The day of a post, or what the title does not say of the path.
    pub about: Rc<str>,
    /// Why a post is not published, in a word.
    pub mark: Option<&'static str>,
    /// Whether it stands otherwise than in the folder.
    pub changed: bool,
}

/// Files of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileGroup {
    /// What they are: `Posts`, or the name of a collection.
    pub name: Rc<str>,
    /// The files, in the order of the list.
    pub files: Vec<ListedFile>,
}

/// What a post's list entry was read from, and the entry.
type KnownPosts = HashMap<String, (Rc<[u8]>, ListedPost)>;

/// Makes the list, and remembers what was read for it.
#[derive(Default)]
pub struct FileLister {
    known: RefCell<(Rc<SiteSettings>, KnownPosts)>,
}

impl FileLister {
    /// The groups that hold a file, in their order. `now`: seconds since 1970-01-01T00:00:00Z.
    pub fn groups(&self, files: &FolderFiles, site: &Site, now: i64) -> Vec<FileGroup> {
        let folders = Folders::of(site);
        let mut groups: Vec<(FileGroup, Vec<i64>)> = Vec::new();
        let fixed = ["Posts", "Pages"].map(str::to_owned).into_iter();
        let collections = site.collections.iter().skip(1).filter(|collection| collection.label != "data");
        let labels = collections.map(|collection| capitalized(&collection.label));
        let others = ["Layouts", "Includes", "Data", "Styles", "Other files"].map(str::to_owned).into_iter();
        for name in fixed.chain(labels).chain(others) {
            groups.push((FileGroup { name: name.into(), files: Vec::new() }, Vec::new()));
        }
        let pages: HashMap<&str, Option<&str>> = site
            .pages
            .iter()
            .filter(|page| !page.file.from_theme)
            .map(|page| (page.file.path.as_str(), page.data.get("title").and_then(|title| title.as_str())))
            .collect();
        let documents: HashMap<&str, Option<&str>> = site
            .documents
            .iter()
            .filter(|document| document.collection > 0)
            .map(|document| (document.file.path.as_str(), document.data.get("title").and_then(|title| title.as_str())))
            .collect();
        for path in files.paths() {
            if !files.is_text(&path) {
                continue;
            }
            let changed = files.is_changed(&path);
            let row = |title: &str, about: &str, mark| ListedFile {
                path: path.as_str().into(),
                title: title.into(),
                about: about.into(),
                mark,
                changed,
            };
            let below = site.settings.files.below_source(&path);
            let (group, key, file) = if is_post(below) {
                let post = self.post(files, &path, site, now);
                let day = post.date.map(|date| date.iso_day()).unwrap_or_default();
                let key = match FileName::read(below).folder {
                    Folder::Drafts => i64::MAX,
                    Folder::Posts => post.date.map_or(i64::MIN, |date| date.unix(0)),
                };
                ("Posts".to_owned(), key, row(&post.title, &day, mark(post.verdict)))
            } else if let Some((group, rest)) = folders.group_of(below) {
                let title = documents.get(path.as_str()).copied().flatten();
                (group, 0, row(title.unwrap_or(rest), if title.is_some() { rest } else { "" }, None))
            } else if path.ends_with(".scss") || path.ends_with(".sass") {
                ("Styles".to_owned(), 0, row(&path, "", None))
            } else if let Some(title) = pages.get(path.as_str()) {
                ("Pages".to_owned(), 0, row(title.unwrap_or(&path), if title.is_some() { &path } else { "" }, None))
            } else {
                ("Other files".to_owned(), 0, row(&path, "", None))
            };
            if let Some((into, keys)) = groups.iter_mut().find(|(known, _)| *known.name == *group) {
                into.files.push(file);
                keys.push(key);
            }
        }
        groups
            .into_iter()
            .filter(|(group, _)| !group.files.is_empty())
            .map(|(group, keys)| sorted(group, keys))
            .collect()
    }

    /// What the list shows of a post, read once for each text.
    fn post(&self, files: &FolderFiles, path: &str, site: &Site, now: i64) -> ListedPost {
        let mut known = self.known.borrow_mut();
        if !Rc::ptr_eq(&known.0, &site.settings) {
            *known = (Rc::clone(&site.settings), KnownPosts::new());
        }
        let bytes = files.read(path).unwrap_or_default();
        match known.1.get(path) {
            Some((read, post)) if Rc::ptr_eq(read, &bytes) => post.clone(),
            _ => {
                let post = listed(path, &String::from_utf8_lossy(&bytes), &site.settings, now);
                known.1.insert(path.to_owned(), (bytes, post.clone()));
                post
            }
        }
    }
}

/// Drafts first, then the newest; the others by their paths.
fn sorted(group: FileGroup, keys: Vec<i64>) -> FileGroup {
    let mut files: Vec<(i64, ListedFile)> = keys.into_iter().zip(group.files).collect();
    if *group.name == *"Posts" {
        order::sort_by(&mut files, |one, other| other.0.cmp(&one.0).then_with(|| other.1.path.cmp(&one.1.path)));
    }
    FileGroup { name: group.name, files: files.into_iter().map(|(_, file)| file).collect() }
}

/// Whether it is in a folder of posts or drafts.
pub fn is_post(path: &str) -> bool {
    path.contains('/') && FileName::read(path).is_post()
}

fn mark(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Published => None,
        Verdict::Draft => Some("Draft"),
        Verdict::Unpublished => Some("Unpublished"),
        Verdict::Future => Some("Future"),
        Verdict::NotAPost => Some("Not read"),
        Verdict::Unreadable => Some("Unreadable"),
        Verdict::BuildStops => Some("Stops"),
    }
}

fn capitalized(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The folders of a site that hold files of one kind.
struct Folders(Vec<(String, String)>);

impl Folders {
    fn of(site: &Site) -> Self {
        let setting = |key: &str, default: &str| {
            let named = site.config.get(key).and_then(|value| value.as_str()).unwrap_or(default);
            named.trim_matches('/').to_owned() + "/"
        };
        let sass = site.config.get("sass").and_then(|sass| sass.get("sass_dir")).and_then(|folder| folder.as_str());
        let mut folders = vec![
            (setting("layouts_dir", "_layouts"), "Layouts".to_owned()),
            (setting("includes_dir", "_includes"), "Includes".to_owned()),
            (setting("data_dir", "_data"), "Data".to_owned()),
            (sass.unwrap_or("_sass").trim_matches('/').to_owned() + "/", "Styles".to_owned()),
        ];
        let above = match site.settings.collections_dir.as_str() {
            "" => String::new(),
            folder => folder.trim_matches('/').to_owned() + "/",
        };
        for collection in site.collections.iter().skip(1) {
            folders.push(([&above, "_", &collection.label, "/"].concat(), capitalized(&collection.label)));
        }
        Self(folders)
    }

    /// The name of the group that a file belongs to by its folder, and the rest of its path.
    fn group_of<'p>(&self, path: &'p str) -> Option<(String, &'p str)> {
        self.0.iter().find_map(|(folder, group)| Some((group.clone(), path.strip_prefix(folder.as_str())?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::reader::{ReadOptions, read};

    fn groups(files: &[(&str, &str)]) -> Vec<FileGroup> {
        let folder = FolderFiles::default();
        for (path, text) in files {
            folder.read_text(path, text.as_bytes().to_vec(), None);
        }
        let now = 1_700_000_000;
        let site = read(&folder, &ReadOptions { now, ..ReadOptions::default() });
        folder.set_text("about.md", "---\ntitle: Who\n---\n");
        FileLister::default().groups(&folder, &site, now)
    }

    fn shown(groups: &[FileGroup]) -> Vec<String> {
        let row = |group: &FileGroup, file: &ListedFile| {
            let changed = if file.changed { "*" } else { "" };
            [&*group.name, ": ", &file.title, changed, " | ", &file.about, " | ", file.mark.unwrap_or("")].concat()
        };
        groups.iter().flat_map(|group| group.files.iter().map(move |file| row(group, file))).collect()
    }

    #[test]
    fn every_file_is_in_its_group() {
        let groups = groups(&[
            ("_config.yml", "collections:\n  recipes:\n    output: true\n"),
            ("_posts/2014-12-08-old.md", "---\ntitle: Old\n---\n"),
            ("_posts/2020-01-02-newer-one.md", "---\n---\n"),
            ("_posts/2099-01-02-later.md", "---\ntitle: Later\n---\n"),
            ("tech/_posts/2019-01-02-hidden.md", "---\ntitle: Hidden\npublished: false\n---\n"),
            ("_posts/no-date.md", "---\ntitle: No date\n---\n"),
            ("_drafts/idea.md", "---\ntitle: Idea\n---\n"),
            ("about.md", "---\ntitle: About\n---\n"),
            ("_recipes/soup.md", "---\ntitle: Soup\n---\n"),
            ("_layouts/post.html", "{{ content }}"),
            ("_includes/head/meta.html", ""),
            ("_data/authors.yml", "a: b"),
            ("_sass/base.scss", "a { b: c }"),
            ("assets/main.scss", "---\n---\n"),
            ("README.md", "Read me"),
        ]);
        assert_eq!(
            shown(&groups),
            [
                "Posts: Idea |  | Draft",
                "Posts: Later | 2099-01-02 | Future",
                "Posts: Newer One | 2020-01-02 | ",
                "Posts: Hidden | 2019-01-02 | Unpublished",
                "Posts: Old | 2014-12-08 | ",
                "Posts: No date |  | Not read",
                "Pages: About* | about.md | ",
                "Recipes: Soup | soup.md | ",
                "Layouts: post.html |  | ",
                "Includes: head/meta.html |  | ",
                "Data: authors.yml |  | ",
                "Styles: base.scss |  | ",
                "Styles: assets/main.scss |  | ",
                "Other files: README.md |  | ",
                "Other files: _config.yml |  | ",
            ]
        );
    }

    #[test]
    fn a_folder_without_a_site_is_a_list_too() {
        assert_eq!(shown(&groups(&[("a.txt", "a")])), ["Other files: a.txt |  | ", "Other files: about.md* |  | "]);
    }
}
