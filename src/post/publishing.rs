//! Whether Jekyll publishes a post, and why not. In: file name, front matter, the time, the site's settings.
//! Out: a `Publishing`: a verdict and its reason. Neighbours: `mod.rs`; the page shows it in its status bar.
//!
//! The rules are those of Jekyll's `readers/post_reader.rb` and `publisher.rb`.

use super::date::DateTime;
use super::defaults::DefaultsDate;
use super::file_name::{FileDate, FileName, Folder};
use super::front_matter::{DateError, FrontMatter};
pub use super::site::SiteSettings;

/// What becomes of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is published.
    Published,
    /// It lies in `_drafts` and is left out.
    Draft,
    /// Its front matter says `published: false`.
    Unpublished,
    /// Its date is in the future.
    Future,
    /// Its file name is not a post's: Jekyll leaves the file out and does not say so.
    NotAPost,
    /// Its front matter cannot be read: it is published without title and layout, with the date of the build.
    Unreadable,
    /// Something in the post or in the site's settings stops the whole build.
    BuildStops,
}

/// A verdict and its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publishing {
    /// What becomes of the post.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub reason: String,
}

/// The date of a post, on the site's clock: the front matter's, or the file name's (document.rb, `modify_date`).
pub fn date(file_name: &FileName, front_matter: &FrontMatter, settings: &SiteSettings) -> Option<DateTime> {
    let date = front_matter.date.or(match file_name.date {
        FileDate::Day(day) if front_matter.date_error.is_none() => Some(day),
        _ => None,
    });
    date.map(|date| settings.zone.on_site(&date))
}

/// Why Jekyll does not read the file at all. A name without a path counts as a file in `_posts`.
fn left_out(file_name: &FileName, settings: &SiteSettings) -> Option<String> {
    let dir = &settings.collections_dir;
    let bare = || [dir.as_str(), if dir.is_empty() { "" } else { "/" }, &file_name.site_path()].concat();
    let path = if file_name.path.contains('/') { file_name.path.clone() } else { bare() };
    settings.files.left_out(&path, dir).map(|reason| reason.reason())
}

/// Decides whether a post is published; `failed` says that Jekyll cannot read its front matter. `now` is in seconds
/// since 1970-01-01T00:00:00Z.
pub fn judge(
    file_name: &FileName,
    front_matter: &FrontMatter,
    failed: bool,
    settings: &SiteSettings,
    now: i64,
) -> Publishing {
    if let Some(reason) = &settings.stops {
        return say(Verdict::BuildStops, reason);
    }
    unread_file(file_name, settings)
        .or_else(|| decided_before_the_date(file_name, front_matter, failed, settings))
        .unwrap_or_else(|| dated(file_name, front_matter, settings, now))
}

fn say(verdict: Verdict, reason: &str) -> Publishing {
    Publishing { verdict, reason: reason.to_owned() }
}

/// Why Jekyll does not read the file: its name, its folder, or the site's settings.
fn unread_file(file_name: &FileName, settings: &SiteSettings) -> Option<Publishing> {
    let draft = file_name.folder == Folder::Drafts;
    if let Some(reason) = left_out(file_name, settings) {
        return Some(Publishing { verdict: Verdict::NotAPost, reason });
    }
    if file_name.extension.is_empty() {
        return Some(say(
            Verdict::NotAPost,
            "The file name has no extension such as .md: Jekyll does not read the file.",
        ));
    }
    if file_name.date == FileDate::None && !draft {
        return Some(say(
            Verdict::NotAPost,
            "The file name does not begin with a date (2014-12-08-title.md): Jekyll ignores the file in _posts.",
        ));
    }
    if draft && !settings.show_drafts {
        return Some(say(
            Verdict::Draft,
            "The file is in _drafts, which Jekyll leaves out unless it runs with --drafts.",
        ));
    }
    None
}

/// The verdict where the site's defaults, an error in the front matter or `published` decide.
fn decided_before_the_date(
    file_name: &FileName,
    front_matter: &FrontMatter,
    failed: bool,
    settings: &SiteSettings,
) -> Option<Publishing> {
    match settings.defaults_date {
        Some(DefaultsDate::NoText) if !settings.strict_front_matter => {
            return Some(say(
                Verdict::Unpublished,
                "Jekyll cannot read any post: a `date` in the `defaults` of the site's settings needs quotes.",
            ));
        }
        Some(_) => {
            return Some(say(
                Verdict::BuildStops,
                "Jekyll stops: a `date` in the `defaults` of the site's settings cannot be read.",
            ));
        }
        None => {}
    }
    if failed && settings.strict_front_matter {
        return Some(say(
            Verdict::BuildStops,
            "Jekyll cannot read the front matter, and stops: the site's settings say `strict_front_matter`.",
        ));
    }
    // Without entries the front matter has only what the site's defaults say.
    if failed && !front_matter.published && !settings.unpublished && front_matter.entries.is_empty() {
        return Some(say(Verdict::Unpublished, "The site's defaults hide the post, or cannot be read."));
    }
    if failed {
        // document.rb, `handle_read_error`: the build goes on with what was read, the body alone.
        return Some(say(
            Verdict::Unreadable,
            "Jekyll cannot read the front matter: it reports an error and publishes the text without title and layout, under the date of the build.",
        ));
    }
    if matches!(front_matter.date_error, Some(DateError::Empty | DateError::Invalid)) {
        return Some(say(Verdict::BuildStops, "The date in the front matter is none: Jekyll stops with an error."));
    }
    if front_matter.date.is_none() && front_matter.date_error.is_none() && file_name.date == FileDate::Invalid {
        return Some(say(Verdict::BuildStops, "The date in the file name does not exist: Jekyll stops with an error."));
    }
    if !front_matter.published && !settings.unpublished {
        let own = front_matter.entry("published").is_some();
        return Some(say(
            Verdict::Unpublished,
            if own {
                "The front matter says that it is not published."
            } else {
                "The site's defaults say that it is not published."
            },
        ));
    }
    None
}

/// The verdict where only the date decides.
fn dated(file_name: &FileName, front_matter: &FrontMatter, settings: &SiteSettings, now: i64) -> Publishing {
    let date = date(file_name, front_matter, settings);
    match date {
        Some(date) if !settings.future && settings.zone.unix(&date) > now => Publishing {
            verdict: Verdict::Future,
            reason: [
                "Its date, ",
                &date.for_front_matter(),
                ", is yet to come: Jekyll leaves it out until a build after that.",
            ]
            .concat(),
        },
        Some(date) => Publishing {
            verdict: Verdict::Published,
            reason: ["Jekyll publishes it, dated ", &date.iso_day(), "."].concat(),
        },
        None if front_matter.date_error.is_some() => {
            say(Verdict::Published, "Jekyll publishes it; the year, which its date lacks, is that of the build.")
        }
        // A draft without a date gets the time of its last change.
        None => say(Verdict::Published, "Jekyll publishes it as a draft, dated by the last change of the file."),
    }
}
