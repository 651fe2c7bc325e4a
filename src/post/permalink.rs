//! The address of a post, or of a document of another collection. In: a template, what its placeholders stand for, the
//! site's settings. Out: the URL and the file that Jekyll writes. Neighbours: `slug.rs`, `date.rs`, `mod.rs`; the reader
//! of whole sites asks for all documents, and has the rules of pages.
//!
//! The rules are those of Jekyll's `url.rb`, `drops/url_drop.rb`, `configuration.rb` (the styles) and
//! `document.rb` (`destination`).

use std::borrow::Cow;

use super::Post;
use super::date::{DateTime, MONTHS_EN};
use super::file_name::Folder;
use super::site::SiteSettings;
use super::slug::{Mode, SlugCase, slugify};
use crate::text::downcase;

/// Where a post is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// The path, percent-encoded, from the site's root: `/2014/12/10/title.html`.
    pub path: String,
    /// The file below the site's output folder, decoded: `2014/12/10/title.html`.
    pub file: String,
}

/// Why a permalink gives no address; Jekyll stops the build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PermalinkError {
    /// A placeholder that Jekyll does not know, without its colon.
    UnknownPlaceholder(String),
    /// The value of a placeholder cannot be part of a URL: it has a colon after something that is no scheme.
    NotAUrl(String),
}

/// The styles that a site may name (configuration.rb); any other text is a template itself. In the front matter even
/// these names are templates.
const STYLES: [(&str, &str); 5] = [
    ("none", "/:categories/:title:output_ext"),
    ("date", "/:categories/:year/:month/:day/:title:output_ext"),
    ("ordinal", "/:categories/:year/:y_day/:title:output_ext"),
    ("pretty", "/:categories/:year/:month/:day/:title/"),
    ("weekdate", "/:categories/:year/W:week/:short_day/:title:output_ext"),
];

/// What the placeholders of a template stand for.
#[derive(Clone, Debug)]
pub struct UrlParts<'p> {
    /// `collection`: its label.
    pub collection: &'p str,
    /// `path`: the path without extension, without the first folder of the collection, without periods at its end.
    pub path: Cow<'p, str>,
    /// What `name` is made from: the file's name without extension.
    pub stem: &'p str,
    /// What `title` and `slug` are made from.
    pub slug: &'p str,
    /// What `categories` and `slugified_categories` are made from.
    pub categories: Cow<'p, [String]>,
    /// The date on the site's clock; for a document without one, the time of the build.
    pub date: &'p DateTime,
}

/// The template of a style that a site may name; any other text is a template itself.
pub fn style(permalink: &str) -> &str {
    STYLES.iter().find(|(style, _)| *style == permalink).map_or(permalink, |(_, template)| *template)
}

/// The address of `post`. `date` is on the site's clock; for a post without one, the time of the build.
pub fn url(post: &Post, date: &DateTime, settings: &SiteSettings) -> Result<Url, PermalinkError> {
    let own = post.front_matter.permalink.as_deref();
    let extension = output_extension(&post.file_name.extension, own, settings);
    let parts = UrlParts {
        collection: "posts",
        path: cleaned_path(post).into(),
        stem: &post.file_name.stem,
        slug: post.slug(),
        categories: post.categories().into(),
        date,
    };
    address(own.unwrap_or_else(|| style(&settings.permalink)), &parts, &extension)
}

/// The address that `template` gives. `extension` is that of the file that is written, with its period.
pub fn address(template: &str, parts: &UrlParts<'_>, extension: &str) -> Result<Url, PermalinkError> {
    let path = sanitize(&fill(template, parts, extension)?);
    let mut file = below_output(&path);
    if path.ends_with('/') {
        file.push_str(if file.is_empty() { "index.html" } else { "/index.html" });
    } else if !file.ends_with(extension) {
        file.push_str(extension);
    }
    Ok(Url { path, file })
}

/// renderer.rb, `output_ext`: the extension of a permalink of its own, or that of what the converter writes. `extension`
/// is the file's, with its period.
pub fn output_extension(extension: &str, permalink: Option<&str>, settings: &SiteSettings) -> String {
    let own = permalink.filter(|permalink| !permalink.ends_with('/')).and_then(|permalink| {
        let name = permalink.rsplit('/').next().unwrap_or(permalink);
        name.rfind('.').filter(|&at| at > 0).and_then(|at| name.get(at..))
    });
    if let Some(own) = own {
        return own.to_owned();
    }
    match extension.strip_prefix('.').unwrap_or("") {
        bare if settings.is_markdown_extension(bare) => ".html".to_owned(),
        bare if bare.eq_ignore_ascii_case("scss") || bare.eq_ignore_ascii_case("sass") => ".css".to_owned(),
        _ => extension.to_owned(),
    }
}

/// The file that an address names, below the site's output, decoded. Whatever it says, it does not lead out of there.
pub(crate) fn below_output(path: &str) -> String {
    inside(&percent_decode(path))
}

/// A path below a folder, without slashes at its ends, and without what leads out (`sanitized_path` in Jekyll's
/// path_manager.rb).
pub(crate) fn inside(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Puts values for placeholders: `:` and a run of `a`–`z` and `_`. If no placeholder has a name that ends with `_`,
/// that `_` is text after the placeholder.
fn fill(template: &str, parts: &UrlParts<'_>, extension: &str) -> Result<String, PermalinkError> {
    let mut out = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some(colon) = rest.find(':') {
        let (before, from) = rest.split_at(colon);
        out.push_str(before);
        let after = from.get(1..).unwrap_or("");
        let length = after.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'_').count();
        let (name, next) = after.split_at(length);
        rest = next;
        if name.is_empty() {
            out.push(':');
            continue;
        }
        let (value, tail) = match placeholder(name, parts, extension) {
            Some(value) => (value, ""),
            None => {
                let short = name.strip_suffix('_').and_then(|short| placeholder(short, parts, extension));
                (short.ok_or_else(|| PermalinkError::UnknownPlaceholder(name.to_owned()))?, "_")
            }
        };
        out.push_str(&escape(&value)?);
        out.push_str(tail);
    }
    out.push_str(rest);
    Ok(out)
}

/// The value of a placeholder (drops/url_drop.rb); `None` for a name that is not a placeholder.
fn placeholder(name: &str, parts: &UrlParts<'_>, extension: &str) -> Option<String> {
    let date = parts.date;
    let month = MONTHS_EN.get(usize::from(date.month.saturating_sub(1))).copied().unwrap_or("");
    let weekday = WEEKDAYS.get(usize::from(date.weekday() - 1)).copied().unwrap_or("");
    let short = |name: &str| name.get(..3).unwrap_or(name).to_owned();
    let two = |number: u32| format!("{number:02}");
    Some(match name {
        "collection" => parts.collection.to_owned(),
        "path" => parts.path.to_string(),
        "output_ext" => extension.to_owned(),
        "name" => slugify(parts.stem, Mode::Default, SlugCase::Lower),
        "title" => slugify(parts.slug, Mode::Pretty, SlugCase::Kept),
        "slug" => slugify(parts.slug, Mode::Default, SlugCase::Lower),
        "categories" => joined(parts.categories.iter().map(|category| downcase(category))),
        "slugified_categories" => {
            joined(parts.categories.iter().map(|category| slugify(category, Mode::Default, SlugCase::Lower)))
        }
        "year" => four(date.year),
        "month" => two(date.month.into()),
        "day" => two(date.day.into()),
        "hour" => two(date.hour.into()),
        "minute" => two(date.minute.into()),
        "second" => two(date.second.into()),
        "i_day" => date.day.to_string(),
        "i_month" => date.month.to_string(),
        "short_month" => short(month),
        "long_month" => month.to_owned(),
        "short_year" => two(date.year.rem_euclid(100).unsigned_abs()),
        "w_year" => four(date.iso_week().0),
        "week" => two(date.iso_week().1.into()),
        "w_day" => date.weekday().to_string(),
        "short_day" => short(weekday),
        "long_day" => weekday.to_owned(),
        "y_day" => format!("{:03}", date.day_of_year()),
        _ => return None,
    })
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A year with at least four digits, and one more place for the sign.
fn four(year: i32) -> String {
    if year < 0 { format!("{year:05}") } else { format!("{year:04}") }
}

/// Each text once, with slashes between.
fn joined(parts: impl Iterator<Item = String>) -> String {
    let mut unique: Vec<String> = Vec::new();
    for part in parts {
        if !unique.contains(&part) {
            unique.push(part);
        }
    }
    unique.join("/")
}

/// document.rb, `cleaned_relative_path`: the path without extension, without the first `_posts`, without periods at
/// its end.
fn cleaned_path(post: &Post) -> String {
    let name = &post.file_name;
    let stem = name.stem.trim_end_matches('.');
    match name.folder {
        Folder::Posts => {
            let folders: String = name.categories.iter().map(|folder| folder.clone() + "/").collect();
            [&folders, "/", &name.below, stem].concat()
        }
        Folder::Drafts => ["_drafts/", &name.below, stem].concat(),
    }
}

/// url.rb, `escape_path`: as a URI, whose scheme must be one, with `#` escaped too.
pub(crate) fn escape(value: &str) -> Result<String, PermalinkError> {
    let special = value.find([':', '/', '?', '#']);
    if let Some(colon) = special.filter(|&at| value.as_bytes().get(at) == Some(&b':')) {
        let scheme = value.get(..colon).unwrap_or("");
        let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
        if !valid {
            return Err(PermalinkError::NotAUrl(value.to_owned()));
        }
    }
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from_digit(digit.into(), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
    Ok(out)
}

/// url.rb, `sanitize_url`: without `..`, `./` and empty parts, and with one slash at the beginning.
pub(crate) fn sanitize(path: &str) -> String {
    let path = ["/", path].concat().replace("..", "/").replace("./", "");
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if c != '/' || !out.ends_with('/') {
            out.push(c);
        }
    }
    out
}

/// `%C3%A9` becomes `é`; what is no UTF-8 afterwards, or no pair of hexadecimal digits, stays.
fn percent_decode(path: &str) -> String {
    String::from_utf8(percent_bytes(path)).unwrap_or_else(|_| path.to_owned())
}

/// The bytes of a text with each `%` and two hexadecimal digits as the byte that they mean.
pub(crate) fn percent_bytes(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = |at: usize| bytes.get(at).and_then(|&b| char::from(b).to_digit(16));
        match (byte, hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

impl std::fmt::Display for PermalinkError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownPlaceholder(name) => {
                write!(f, "Jekyll knows no placeholder `:{name}` for permalinks, and stops with an error.")
            }
            Self::NotAUrl(value) => {
                write!(f, "`{value}` cannot be part of an address, and Jekyll stops with an error.")
            }
        }
    }
}

/// The first placeholder of a template that Jekyll does not know.
pub(super) fn unknown_placeholder(template: &str) -> Option<PermalinkError> {
    let mut names = template.split(':').skip(1).map(|after| {
        let length = after.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'_').count();
        after.get(..length).unwrap_or("")
    });
    let known = |name: &str| name.is_empty() || PLACEHOLDERS.contains(&name);
    let unknown = names.find(|name| !known(name) && !name.strip_suffix('_').is_some_and(known));
    unknown.map(|name| PermalinkError::UnknownPlaceholder(name.to_owned()))
}

/// The style or the placeholder of a template that is new in Jekyll 4. Jekyll 3 stops at it, or reads it as a path.
pub(super) fn unknown_to_jekyll_3(template: &str) -> Option<&str> {
    const NEW: [&str; 7] = ["slugified_categories", "long_month", "w_year", "week", "w_day", "short_day", "long_day"];
    if template == "weekdate" {
        return Some(template);
    }
    template.split(':').skip(1).find_map(|after| {
        let length = after.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'_').count();
        let name = after.get(..length).unwrap_or("");
        NEW.iter().any(|new| name == *new || name.strip_suffix('_') == Some(new)).then_some(name)
    })
}

const PLACEHOLDERS: [&str; 25] = [
    "collection",
    "path",
    "output_ext",
    "name",
    "title",
    "slug",
    "categories",
    "slugified_categories",
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "i_day",
    "i_month",
    "short_month",
    "long_month",
    "short_year",
    "w_year",
    "week",
    "w_day",
    "short_day",
    "long_day",
    "y_day",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_placeholder_of_the_list_has_a_value_and_no_other() {
        let date = DateTime::day(2014, 12, 8).expect("a day");
        let parts = UrlParts {
            collection: "posts",
            path: "/2014-12-08-a".into(),
            stem: "2014-12-08-a",
            slug: "a",
            categories: Vec::new().into(),
            date: &date,
        };
        for name in PLACEHOLDERS {
            assert!(placeholder(name, &parts, ".html").is_some(), "{name}");
            assert_eq!(unknown_placeholder(&["/:", name, "/:", name, "_"].concat()), None);
        }
        assert_eq!(placeholder("author", &parts, ".html"), None);
        assert_eq!(unknown_placeholder("/:title/:author"), Some(PermalinkError::UnknownPlaceholder("author".into())));
        assert_eq!(unknown_placeholder("/a:/::/:Title"), None);
    }

    #[test]
    fn no_address_leads_out_of_the_output() {
        assert_eq!(below_output("/a/%2e%2e/%2E%2E/../b/./c"), "b/c");
        assert_eq!(below_output("/"), "");
    }

    #[test]
    fn percent_signs_are_decoded_where_they_encode() {
        assert_eq!(percent_decode("%C3%A9%2"), "é%2");
        assert_eq!(percent_decode("100%/%zz"), "100%/%zz");
        assert_eq!(percent_decode("%FF"), "%FF");
    }
}
