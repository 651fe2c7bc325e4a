//! The path and the text of a new post or draft, by the example of the newest posts of the site, and the path of a draft
//! that is published. In: a title, a day, texts. Out: a path, a text. Neighbours: `composing.rs` makes the file;
//! `post/file_name.rs` makes its name.

use crate::post::date::{DateKind, DateTime};
use crate::post::edit;
use crate::post::file_name::FileName;

/// Keys that are another post's own, whatever it holds there.
const OWN: [&str; 8] =
    ["date", "last_modified_at", "permalink", "published", "redirect_from", "slug", "title", "updated"];

/// Keys whose value is copied although there is one post only to learn from.
const SHARED: [&str; 8] = ["author", "authors", "comments", "lang", "layout", "math", "share", "toc"];

/// A file to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its path in the site's folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A post of the site: its path and its text.
pub type Neighbour<'n> = (&'n str, &'n str);

/// A new post, or a draft. `newest`: some posts of the site, the newest first. `now` is on the clock that the post's date
/// is read on; its `offset` is written where the neighbours write one. `extension` without its period.
pub fn new_file(title: &str, is_draft: bool, newest: &[Neighbour<'_>], now: &DateTime, extension: &str) -> NewFile {
    let neighbour = newest.first().map(|(path, _)| *path);
    let known = neighbour.map(|path| FileName::read(path).extension).unwrap_or_default();
    let extension = known.strip_prefix('.').unwrap_or(extension);
    let name = FileName::suggest(title, now, extension);
    let path = match is_draft {
        true => {
            let undated = name.get(now.iso_day().len() + 1..).unwrap_or(&name);
            [&folder_above(neighbour), "_drafts/", undated].concat()
        }
        false => [&folder_of_posts(neighbour, now), name.as_str()].concat(),
    };
    NewFile { path, text: front_matter(title, is_draft, newest, now) }
}

/// The path that the draft at `path` gets when it is published.
pub fn published_path(path: &str, newest: Option<&str>, day: &DateTime) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let read = FileName::read(name);
    let name = if read.date == crate::post::file_name::FileDate::None {
        [&day.iso_day(), "-", name].concat()
    } else {
        name.to_owned()
    };
    // Folders above `_drafts` are categories, and stay.
    match path.split_once("_drafts/") {
        Some((above, _)) if !above.is_empty() => [above, "_posts/", &name].concat(),
        _ => [&folder_of_posts(newest, day), name.as_str()].concat(),
    }
}

/// The text of a draft that is published: with today's date where the site's posts have one.
pub fn published_text(text: &str, newest: &[Neighbour<'_>], now: &DateTime) -> String {
    let Some(form) = newest.iter().find_map(|(_, neighbour)| value(neighbour, "date")) else { return text.to_owned() };
    let wanted = written_date(now, form);
    match value(text, "date") {
        // The line of the date alone changes.
        Some(known) if !known.is_empty() => text.replacen(known, &wanted, 1),
        _ => match edit::set(text, "date", &edit::EditValue::Text("DATE".to_owned())) {
            Some(edit) => edit.apply(text).replacen("DATE", &wanted, 1),
            None => text.to_owned(),
        },
    }
}

/// The folder in which the newest post lies; one that is named by its year or month gives the one of that day.
fn folder_of_posts(newest: Option<&str>, day: &DateTime) -> String {
    let Some(path) = newest.filter(|path| path.contains("_posts/")) else { return "_posts/".to_owned() };
    let of_newest = match FileName::read(path).date {
        crate::post::file_name::FileDate::Day(date) => Some(date),
        _ => None,
    };
    let (folders, _) = path.rsplit_once('/').unwrap_or(("", path));
    let mut year_seen = false;
    let folders = folders.split('/').map(|name| match of_newest {
        Some(date) if name == date.year.to_string() => {
            year_seen = true;
            day.year.to_string()
        }
        Some(date) if year_seen && name == format!("{:02}", date.month) => format!("{:02}", day.month),
        _ => name.to_owned(),
    });
    folders.collect::<Vec<_>>().join("/") + "/"
}

/// What stands above `_posts` in the newest post's path: the site's source, its folder of collections, categories.
fn folder_above(newest: Option<&str>) -> String {
    let above = newest.and_then(|path| path.split_once("_posts/")).map_or("", |(above, _)| above);
    above.to_owned()
}

/// The front matter of a new post: the keys that all of the newest posts have, with the values that they share.
fn front_matter(title: &str, is_draft: bool, newest: &[Neighbour<'_>], now: &DateTime) -> String {
    let title = edit::scalar(title, false);
    let Some((_, first)) = newest.first() else {
        let date = if is_draft { String::new() } else { ["date: ", &now.iso_day(), "\n"].concat() };
        return ["---\nlayout: post\ntitle: ", &title, "\n", &date, "---\n\n"].concat();
    };
    let mut text = String::from("---\n");
    let mut has_title = false;
    for (key, lines) in entries(first) {
        let is_shared = match newest.len() {
            1 => SHARED.contains(&key),
            _ => newest.iter().all(|(_, other)| entries(other).any(|(known, same)| known == key && same == lines)),
        };
        let in_all = newest.iter().all(|(_, other)| entries(other).any(|(known, _)| known == key));
        match key {
            "title" => {
                has_title = true;
                text.extend(["title: ", &title, "\n"]);
            }
            "date" if is_draft => {}
            "date" => text.extend(["date: ", &written_date(now, value(first, "date").unwrap_or("")), "\n"]),
            _ if OWN.contains(&key) => {}
            _ if is_shared => text.push_str(&lines),
            "tags" | "categories" if in_all => text.extend([key, ": []\n"]),
            _ if in_all && newest.len() > 1 => text.extend([key, ":\n"]),
            _ => {}
        }
    }
    if !has_title {
        text.extend(["title: ", &title, "\n"]);
    }
    text + "---\n\n"
}

/// The entries at the top level of a text's front matter, as they are written: the key, and its lines.
fn entries(text: &str) -> impl Iterator<Item = (&str, String)> {
    let inside = text.trim_start_matches('\u{FEFF}').strip_prefix("---").and_then(|rest| rest.split_once('\n'));
    let lines =
        inside.map_or("", |(_, rest)| rest).lines().take_while(|line| !matches!(line.trim_end(), "---" | "..."));
    let mut found: Vec<(&str, String)> = Vec::new();
    for line in lines {
        let key = line.split_once(':').map(|(key, _)| key);
        let is_key = |key: &&str| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        match (key.filter(is_key).filter(|key| !key.starts_with('-')), found.last_mut()) {
            (Some(key), _) => found.push((key, [line.trim_end(), "\n"].concat())),
            (None, Some((_, lines))) if !line.trim_start().starts_with('#') && !line.trim().is_empty() => {
                lines.extend([line.trim_end(), "\n"]);
            }
            _ => {}
        }
    }
    found.into_iter()
}

/// The value of a key as it is written, on its own line.
fn value<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let lines = text.lines().skip(1).take_while(|line| !matches!(line.trim_end(), "---" | "..."));
    lines.filter_map(|line| line.strip_prefix(key)?.strip_prefix(':')).map(str::trim).next()
}

/// The date in the form of another: with a time, seconds, a zone and quotes where that has them.
fn written_date(now: &DateTime, form: &str) -> String {
    let quote = form.chars().next().filter(|&c| matches!(c, '"' | '\'')).map(String::from).unwrap_or_default();
    let form = form.trim_matches(['"', '\'']);
    let rest = form.get(10..).unwrap_or("");
    let mut text = now.iso_day();
    let (between, clock) = match rest.find(|c: char| c.is_ascii_digit()) {
        Some(at) => rest.split_at(at),
        None => ("", ""),
    };
    if now.kind == DateKind::Time && clock.contains(':') {
        text += between;
        text += &format!("{:02}:{:02}", now.hour, now.minute);
        if clock.matches(':').count() > 1 && clock.get(5..6) == Some(":") {
            text += &format!(":{:02}", now.second);
        }
        if let Some(sign) = clock.find(['+', '-']) {
            let space = if clock.get(..sign).is_some_and(|before| before.ends_with(' ')) { " " } else { "" };
            let colon = if clock.get(sign..).is_some_and(|zone| zone.contains(':')) { ":" } else { "" };
            let offset = now.offset.unwrap_or(0);
            let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
            text += &format!("{space}{}{hours:02}{colon}{minutes:02}", if offset < 0 { "-" } else { "+" });
        } else if clock.ends_with('Z') && now.offset == Some(0) {
            text += "Z";
        }
    }
    [&quote, text.as_str(), &quote].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime {
        let day = DateTime::day(2026, 3, 5).expect("a day");
        DateTime::time(day, 9, 7, 4, Some(60)).expect("a time")
    }

    const FIRST: &str = "---\nlayout: post\ntitle: \"One\"\ndate: 2025-12-08 10:30:00 +0200\nauthor: ann\ntags: [a, b]\n\
                         image: one.png\n---\ntitle: no\n";
    const SECOND: &str =
        "---\nlayout: post\ntitle: Two\ndate: 2025-11-01 08:00:00 +0200\nauthor: ann\ntags:\n  - c\n---\n";

    #[test]
    fn a_post_is_like_the_newest_ones() {
        let newest = [("_posts/2025/12/2025-12-08-one.markdown", FIRST), ("_posts/2025/11/2025-11-01-two.md", SECOND)];
        assert_eq!(
            new_file("Été: nouvelles", false, &newest, &now(), "md"),
            NewFile {
                path: "_posts/2026/03/2026-03-05-été-nouvelles.markdown".into(),
                text:
                    "---\nlayout: post\ntitle: \"Été: nouvelles\"\ndate: 2026-03-05 09:07:04 +0100\nauthor: ann\ntags: \
                       []\n---\n\n"
                        .into(),
            }
        );
        let draft = new_file("An idea", true, &newest, &now(), "md");
        assert_eq!(draft.path, "_drafts/an-idea.markdown");
        assert!(!draft.text.contains("date:"), "{}", draft.text);
    }

    #[test]
    fn one_neighbour_and_none() {
        let one = new_file("T", false, &[("blog/_posts/2025-12-08-one.md", FIRST)], &now(), "md");
        assert_eq!(one.path, "blog/_posts/2026-03-05-t.md");
        assert!(one.text.contains("author: ann\ntags: []\n---") && !one.text.contains("image"), "{}", one.text);
        let none = new_file("T", false, &[], &now(), "mkd");
        assert_eq!(
            (&*none.path, &*none.text),
            ("_posts/2026-03-05-t.mkd", "---\nlayout: post\ntitle: T\ndate: 2026-03-05\n---\n\n")
        );
    }

    #[test]
    fn a_date_keeps_the_form_of_its_neighbours() {
        for (form, wanted) in [
            ("2014-12-08", "2026-03-05"),
            ("2014-12-08 10:30", "2026-03-05 09:07"),
            ("'2014-12-08 10:30:00'", "'2026-03-05 09:07:04'"),
            ("2014-12-08T10:30:00+01:00", "2026-03-05T09:07:04+01:00"),
            ("2014-12-08 10:30 -0500", "2026-03-05 09:07 +0100"),
            ("", "2026-03-05"),
            ("é", "2026-03-05"),
        ] {
            assert_eq!(written_date(&now(), form), wanted, "{form}");
        }
    }

    #[test]
    fn a_draft_that_is_published_moves() {
        let day = now();
        assert_eq!(
            published_path("_drafts/idea.md", Some("_posts/2025-12-08-one.md"), &day),
            "_posts/2026-03-05-idea.md"
        );
        assert_eq!(published_path("tech/_drafts/idea.md", None, &day), "tech/_posts/2026-03-05-idea.md");
        assert_eq!(published_path("_drafts/2026-01-01-idea.md", None, &day), "_posts/2026-01-01-idea.md");
        let newest = [("_posts/2025-12-08-one.md", FIRST)];
        let text = published_text("---\ntitle: Idea\n---\n\nBody\n", &newest, &day);
        assert_eq!(text, "---\ntitle: Idea\ndate: 2026-03-05 09:07:04 +0100\n---\n\nBody\n");
        let dated = published_text("---\ndate: 2020-01-01\n---\n\n2020-01-01\n", &newest, &day);
        assert_eq!(dated, "---\ndate: 2026-03-05 09:07:04 +0100\n---\n\n2020-01-01\n");
        assert_eq!(published_text("Body", &[("_posts/2025-12-08-one.md", "---\n---\n")], &day), "Body");
    }
}
