//! New names for a file of the open site. In: its path, the title and the date of a post, what a person typed. Out: paths,
//! or why not. Neighbours: `renaming.rs` renames; `post/file_name.rs` says what names mean; `renamed_links.rs` has what
//! names the file.

use super::folder_rules::{is_reached, is_text_name};
use crate::post::date::DateTime;
use crate::post::file_name::{FileDate, FileName, special_folder};
use crate::post::slug;

/// The paths that a post or a draft could have by its title and its date, without the one that it has.
pub fn suggested_paths(path: &str, title: Option<&str>, date: Option<&DateTime>) -> Vec<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let read = FileName::read(path);
    let stem = name.strip_suffix(&*read.extension).unwrap_or(name);
    let (day, rest) = match (special_folder(path), &read.date) {
        (Some("_posts"), FileDate::Day(written)) => {
            let written_day = written.iso_day();
            let rest = stem.splitn(4, '-').nth(3).unwrap_or(stem);
            (Some(date.map_or(written_day, DateTime::iso_day)), rest)
        }
        (Some("_drafts"), FileDate::None) => (None, stem),
        _ => return Vec::new(),
    };
    let of_title = title.map(|title| slug::slugify(title, slug::Mode::Default, slug::SlugCase::Lower));
    let mut paths: Vec<String> = Vec::new();
    for slug in [Some(rest), of_title.as_deref()].into_iter().flatten().filter(|slug| !slug.is_empty()) {
        let day = day.as_deref().map(|day| [day, "-"].concat()).unwrap_or_default();
        let suggested = [folder, "/", &day, slug, &read.extension].concat();
        if suggested != path && !paths.contains(&suggested) {
            paths.push(suggested);
        }
    }
    paths
}

/// The path that a file at `from` gets by what a person typed, or why it cannot have that, in a sentence. `taken`: the
/// paths of all files of the site. `left`: those that are to be taken out of the folder and are still in it.
pub fn new_path(from: &str, typed: &str, taken: &[String], left: &[String]) -> Result<String, String> {
    let path = typed.trim().trim_start_matches('/').to_owned();
    let refused = |text: &str| Err(text.to_owned());
    if path.is_empty() || path == from {
        return refused("Type another name for the file.");
    }
    let is_bad = |c: char| c.is_control() || matches!(c, '\\' | '<' | '>' | ':' | '"' | '|' | '?' | '*');
    if path.contains(is_bad) {
        return refused("A name cannot have control characters, nor any of \\ < > : \" | ? *.");
    }
    if path.split('/').any(|part| part.trim_end_matches([' ', '.']).is_empty() || part.ends_with([' ', '.'])) {
        return refused("No part of the name can be empty, or end with a period or a space.");
    }
    if !is_reached(&path, "") {
        return refused("That folder is no part of the site.");
    }
    if !is_text_name(&path) {
        return refused("A text cannot have the name of a picture or of an archive.");
    }
    let lower = path.to_lowercase();
    if from.to_lowercase() == lower {
        return refused("On many disks the case of letters makes no other name: choose one that differs in more.");
    }
    let below = [&*lower, "/"].concat();
    // Some disks do not tell capitals from small letters.
    let clash = taken.iter().chain(left.iter().filter(|known| **known != path)).find(|known| {
        let known = known.to_lowercase();
        known == lower || known.starts_with(&below)
    });
    match clash {
        Some(known) => Err(["There is “", known, "” already."].concat()),
        None => Ok(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u8, day: u8) -> DateTime {
        DateTime::day(year, month, day).expect("a day")
    }

    #[test]
    fn a_post_may_follow_its_date_and_its_title() {
        let date = day(2015, 3, 4);
        assert_eq!(
            suggested_paths("_posts/2014-12-08-first.md", Some("A new title"), Some(&date)),
            ["_posts/2015-03-04-first.md", "_posts/2015-03-04-a-new-title.md"]
        );
        assert_eq!(
            suggested_paths("a/_posts/2014-12-08-first-one.markdown", Some("First one"), None),
            Vec::<String>::new()
        );
        assert_eq!(suggested_paths("_posts/2014-12-08-first.md", Some("Été"), None), ["_posts/2014-12-08-été.md"]);
        assert_eq!(suggested_paths("_drafts/idea.md", Some("Better idea"), Some(&date)), ["_drafts/better-idea.md"]);
        for path in ["about.md", "_posts/notes.md", "_layouts/post.html"] {
            assert_eq!(suggested_paths(path, Some("A new title"), Some(&date)), Vec::<String>::new(), "{path}");
        }
        assert_eq!(suggested_paths("_posts/2014-12-08-first.md", Some("…"), None), Vec::<String>::new());
    }

    #[test]
    fn a_name_is_never_that_of_another_file() {
        let taken = ["_posts/2014-12-08-first.md", "about.md", "img/a.png"].map(str::to_owned);
        let of = |typed: &str| new_path("about.md", typed, &taken, &["Old.md".to_owned(), "new.md".to_owned()]);
        assert_eq!(of(" /pages/about.md "), Ok("pages/about.md".to_owned()));
        assert_eq!(of("new.md"), Ok("new.md".to_owned()), "back to a name that it had");
        for refused in [
            "",
            "about.md",
            "ABOUT.md",
            "_posts/2014-12-08-First.md",
            "img/A.png",
            "_posts",
            "old.md",
            "a/../b.md",
            "a//b.md",
            "a/b.md/",
            "a:b.md",
            "a\\b.md",
            "_site/a.md",
            ".git/config",
            "a.png",
            "a.",
        ] {
            assert!(of(refused).is_err(), "{refused}");
        }
    }
}
