//! The file name of a post. In: a path, or a name without a path. Out: its date, slug, extension, folder. And the name
//! a new post should get. Neighbours: `publishing.rs` asks whether Jekyll would take the file, `slug.rs` makes slugs
//! from titles.
//!
//! The rules are the two matchers of Jekyll's `document.rb` (`DATE_FILENAME_MATCHER`, `DATELESS_FILENAME_MATCHER`),
//! `populate_title` there, and `titleize_slug` of `utils.rb`.

use super::date::DateTime;
use super::date_text::{self, DateText};
use super::slug;

/// The folder that a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    /// In `_posts`. Also where no folder is named: a name alone counts as a post's.
    Posts,
    /// Below `_drafts`.
    Drafts,
}

/// The date at the beginning of a file name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDate {
    /// The name has none.
    None,
    /// A day, at midnight of the site's time.
    Day(DateTime),
    /// It looks like a date but is not valid (`2014-13-01`): Jekyll stops the build there, unless the front matter has
    /// a date of its own.
    Invalid,
}

/// The parts of a file name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    /// The path or the name as it was given.
    pub path: String,
    /// The last part of the path.
    pub name: String,
    /// Where the file lies.
    pub folder: Folder,
    /// The date that the name begins with.
    pub date: FileDate,
    /// The part between date and extension, as it is written, without periods at its end.
    pub slug: String,
    /// From the last period on, the period included; empty where there is none.
    pub extension: String,
    /// The name without its extension; the date is still in it.
    pub stem: String,
    /// The folders above `_posts`, which are categories for Jekyll.
    pub categories: Vec<String>,
    /// The folders below `_posts`, each with a slash after it.
    pub below: String,
}

impl FileName {
    /// Reads a file name, or a path relative to the site with `/` between its parts.
    pub fn read(path: &str) -> Self {
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let (stem, extension) = match name.rfind('.') {
            // A name that only begins with a period has no extension for Ruby's `File.basename`.
            Some(period) if period > 0 && period + 1 < name.len() => name.split_at(period),
            _ => (name, ""),
        };
        let (date, slug) = match dated(stem).filter(|_| !extension.is_empty()) {
            Some((date, slug)) => {
                let date = match date_text::read(date) {
                    DateText::Date(day) => FileDate::Day(day),
                    _ => FileDate::Invalid,
                };
                (date, slug)
            }
            None => (FileDate::None, stem),
        };
        let mut categories = Vec::new();
        let mut below = String::new();
        let mut folder = Folder::Posts;
        let parts = || folders.split('/').filter(|part| !part.is_empty() && *part != ".");
        if let Some(special) = parts().position(is_special) {
            if parts().nth(special) == Some("_drafts") {
                folder = Folder::Drafts;
            }
            categories = parts().take(special).map(str::to_owned).collect();
            below = parts().skip(special + 1).map(|part| part.to_owned() + "/").collect();
        }
        Self {
            path: path.to_owned(),
            name: name.to_owned(),
            folder,
            date,
            slug: slug.trim_end_matches('.').to_owned(),
            extension: extension.to_owned(),
            stem: stem.to_owned(),
            categories,
            below,
        }
    }

    /// The path from the site's folder on. A name without a path counts as a file in `_posts`.
    pub fn site_path(&self) -> String {
        let folder = if self.folder == Folder::Drafts { "_drafts/" } else { "_posts/" };
        let above: String = self.categories.iter().map(|category| category.clone() + "/").collect();
        [&above, folder, &self.below, &self.name].concat()
    }

    /// The title that Jekyll gives a post without one: the words of the slug, each capitalized.
    pub fn title(&self) -> String {
        slug::titleize(&self.slug)
    }

    /// Whether it is the file of a post or a draft, and not that of a page: a bare name is taken for a post's.
    pub fn is_post(&self) -> bool {
        !self.path.contains('/') || special_folder(&self.path).is_some()
    }

    /// Whether the path names a file in `_posts` whose name is not a post's: Jekyll does not read it.
    pub fn is_passed_over(&self) -> bool {
        self.date == FileDate::None && special_folder(&self.path) == Some("_posts")
    }

    /// The name for a new post: the day, the title as a slug, and the extension. A title without a letter or a digit
    /// gives `post`.
    pub fn suggest(title: &str, day: &DateTime, extension: &str) -> String {
        let slug = slug::slugify(title, slug::Mode::Default, slug::SlugCase::Lower);
        let slug = if slug.is_empty() { "post" } else { &slug };
        [&day.iso_day(), "-", slug, ".", extension].concat()
    }
}

/// The first folder `_posts` or `_drafts` on a path.
pub fn special_folder(path: &str) -> Option<&str> {
    let (folders, _) = path.rsplit_once('/')?;
    folders.split('/').find(|folder| is_special(folder))
}

fn is_special(folder: &str) -> bool {
    matches!(folder, "_posts" | "_drafts")
}

/// Splits `2014-12-10-slug`: two to four digits, one or two, one or two, and a hyphen after each.
pub(crate) fn dated(stem: &str) -> Option<(&str, &str)> {
    let mut at = 0;
    for most in [4, 2, 2] {
        let least = if most == 4 { 2 } else { 1 };
        let digits = stem.bytes().skip(at).take(most).take_while(u8::is_ascii_digit).count();
        if digits < least || stem.as_bytes().get(at + digits) != Some(&b'-') {
            return None;
        }
        at += digits + 1;
    }
    Some((stem.get(..at - 1)?, stem.get(at..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str) -> (String, String, String) {
        let name = FileName::read(path);
        let date = match name.date {
            FileDate::None => "none".to_owned(),
            FileDate::Invalid => "invalid".to_owned(),
            FileDate::Day(day) => day.iso_day(),
        };
        (date, name.slug, name.extension)
    }

    fn parts(date: &str, slug: &str, extension: &str) -> (String, String, String) {
        (date.to_owned(), slug.to_owned(), extension.to_owned())
    }

    #[test]
    fn date_slug_and_extension() {
        assert_eq!(
            read("2014-12-08-retour-sur-la-conf.markdown"),
            parts("2014-12-08", "retour-sur-la-conf", ".markdown")
        );
        assert_eq!(read("blog/_posts/2014-1-2-a.b.md"), parts("2014-01-02", "a.b", ".md"));
        assert_eq!(read("2014-12-08-Été--(JPA,-2).md"), parts("2014-12-08", "Été--(JPA,-2)", ".md"));
        assert_eq!(read("2014-12-08-end....md"), parts("2014-12-08", "end", ".md"));
        assert_eq!(read("2014-12-08-.md"), parts("2014-12-08", "", ".md"));
        assert_eq!(read("14-12-08-short.md"), parts("2014-12-08", "short", ".md"));
    }

    #[test]
    fn names_without_a_date() {
        assert_eq!(read("an-idea.md"), parts("none", "an-idea", ".md"));
        assert_eq!(read("2014-12-an-idea.md"), parts("none", "2014-12-an-idea", ".md"));
        assert_eq!(read("2014-12-08.md"), parts("none", "2014-12-08", ".md"));
        assert_eq!(read("2014-12-08-no-extension"), parts("none", "2014-12-08-no-extension", ""));
        assert_eq!(read("20145-12-08-a.md"), parts("none", "20145-12-08-a", ".md"));
        assert_eq!(read(""), parts("none", "", ""));
    }

    #[test]
    fn a_day_that_does_not_exist_is_an_invalid_date() {
        assert_eq!(read("2014-13-01-a.md"), parts("invalid", "a", ".md"));
        assert_eq!(read("2014-02-32-a.md"), parts("invalid", "a", ".md"));
        // Ruby counts on into the next month.
        assert_eq!(read("2014-02-31-a.md"), parts("2014-03-03", "a", ".md"));
    }

    #[test]
    fn folders_make_drafts_and_categories() {
        let name = FileName::read("./es/tech/_posts/more/2014-12-08-a.md");
        assert_eq!((name.folder, name.categories), (Folder::Posts, vec!["es".to_owned(), "tech".to_owned()]));
        let draft = FileName::read("_drafts/a.md");
        assert_eq!((draft.folder, draft.categories), (Folder::Drafts, vec![]));
    }

    #[test]
    fn a_name_for_a_new_post() {
        let day = DateTime::day(2014, 12, 8).expect("a day");
        assert_eq!(FileName::suggest("Retour sur l'Été !", &day, "md"), "2014-12-08-retour-sur-l-été.md");
        assert_eq!(FileName::suggest("???", &day, "mkd"), "2014-12-08-post.mkd");
    }
}
