//! All that is known of a post before the build. In: a `Post`, its text, the site's settings, the time. Out: a
//! `Publication`. Neighbours: `mod.rs` and `publishing.rs` answer the single questions; the page and the command line
//! show it.

use super::Post;
use super::date::DateTime;
use super::file_name::Folder;
use super::front_matter::Layout;
use super::jekyll_version::JekyllVersion;
use super::permalink;
use super::publishing::{Publishing, Verdict};
use super::site::SiteSettings;

/// Where the excerpt comes from. Both texts are Markdown for a page that converts them; Liquid has not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExcerptSource {
    /// The post has no excerpt.
    None,
    /// The front matter's own words, which Jekyll takes as they are, without Markdown.
    Written(String),
    /// The beginning of the body and what Jekyll adds to it, as Markdown.
    Body(String),
}

/// An entry of the site's feed, as the plugin jekyll-feed writes it, before its texts are cleaned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedEntry {
    /// The title.
    pub title: String,
    /// The address of the post: absolute if the site's settings have a `url`.
    pub link: String,
    /// The identifier: the same without the post's extension.
    pub id: String,
    /// When it was published, as RFC 3339 has it: `2014-12-10T02:30:00+01:00`; empty without a date.
    pub published: String,
    /// When it was changed: `last_modified_at` as it is written, or the same.
    pub updated: String,
    /// The authors, or the site's.
    pub authors: Vec<String>,
    /// The categories, then the tags.
    pub categories: Vec<String>,
}

/// What becomes of a post, and what is known of it then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// What becomes of it.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub reason: String,
    /// What becomes of it on GitHub Pages, where that differs from Jekyll 4.
    pub github_pages: Option<Publishing>,
    /// The path, percent-encoded, from the site's root, without `baseurl`; `None` where the permalink is in error.
    pub url: Option<String>,
    /// The address with the site's `url` and `baseurl`.
    pub absolute_url: Option<String>,
    /// The file below the site's output folder.
    pub file: Option<String>,
    /// The date on the site's clock, with its offset; `None` where the time of the build, or of the file's last change,
    /// will be the date.
    pub date: Option<DateTime>,
    /// The name of the site's time zone.
    pub zone: String,
    /// The title; empty where Jekyll cannot read the front matter.
    pub title: String,
    /// The slug, as it is written in the front matter or the file name.
    pub slug: String,
    /// The tags.
    pub tags: Vec<String>,
    /// The categories, those of the folders first.
    pub categories: Vec<String>,
    /// The layout.
    pub layout: Layout,
    /// The excerpt.
    pub excerpt: ExcerptSource,
    /// The description: the front matter's.
    pub description: Option<String>,
    /// The picture of a social card, as it is written.
    pub image: Option<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The language: the post's or the site's.
    pub lang: Option<String>,
    /// The entry in the site's feed; a post that is not published has none.
    pub feed: Option<FeedEntry>,
}

impl Publication {
    /// Whether the build writes a page for it.
    pub fn is_published(&self) -> bool {
        matches!(self.verdict, Verdict::Published | Verdict::Unreadable)
    }
}

/// All about a post on its site (`Post::on_site`), whose text is `text`. `now` is the time of the build, in seconds
/// since 1970-01-01T00:00:00Z.
pub fn of(post: &Post, text: &str, settings: &SiteSettings, now: i64) -> Publication {
    let matter = &post.front_matter;
    let publishing = published(post, settings, now);
    let url = post.url(settings, now).ok();
    let absolute_url = url.as_ref().map(|url| settings.absolute(&url.path));
    // What cannot be read has the date of the build (document.rb, `date`) and no title.
    let bare = post.is_bare();
    let date = post.date(settings).or_else(|| bare.then(|| settings.zone.now(now)));
    let excerpt = match (&matter.excerpt, post.excerpt(text, settings)) {
        (Some(written), _) => ExcerptSource::Written(written.clone()),
        (None, Some(excerpt)) => ExcerptSource::Body(excerpt.markdown(post.body_span.of(text))),
        (None, None) => ExcerptSource::None,
    };
    let categories = post.categories();
    let title = if bare { matter.title.clone().unwrap_or_default() } else { post.title() };
    let feed = (publishing.verdict == Verdict::Published).then(|| {
        let published = date.map(|date| rfc3339(&date)).unwrap_or_default();
        let authors =
            if matter.authors.is_empty() { settings.author.iter().cloned().collect() } else { matter.authors.clone() };
        let path = url.as_ref().map_or("", |url| url.path.as_str());
        let folder = path.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
        FeedEntry {
            title: title.clone(),
            link: absolute_url.clone().unwrap_or_default(),
            id: settings.absolute(&[folder, "/", post.slug()].concat()),
            updated: matter.get("last_modified_at").map(super::yaml::display).unwrap_or_else(|| published.clone()),
            published,
            authors,
            categories: categories.iter().chain(&matter.tags).cloned().collect(),
        }
    });
    Publication {
        github_pages: on_github_pages(post, settings, now).filter(|other| {
            (other.verdict != publishing.verdict)
                || (other.verdict == Verdict::BuildStops && other.reason != publishing.reason)
        }),
        verdict: publishing.verdict,
        reason: publishing.reason,
        absolute_url,
        file: url.as_ref().map(|url| url.file.clone()),
        url: url.map(|url| url.path),
        date,
        zone: settings.zone.name().to_owned(),
        title,
        slug: post.slug().to_owned(),
        tags: matter.tags.clone(),
        categories,
        layout: matter.layout.clone(),
        excerpt,
        description: matter.description.clone(),
        image: matter.image.clone(),
        authors: matter.authors.clone(),
        lang: matter.lang.clone().or_else(|| settings.lang.clone()),
        feed,
    }
}

/// What GitHub Pages, which runs Jekyll 3.10 with settings of its own, makes of it; `None` where the site is built by
/// another Jekyll, as is known.
fn on_github_pages(post: &Post, settings: &SiteSettings, now: i64) -> Option<Publishing> {
    (settings.version == JekyllVersion::Four).then(|| published(post, &settings.on_github_pages(), now))
}

/// What becomes of a post. Jekyll 3 stops at permalinks that are new in Jekyll 4.
pub fn published(post: &Post, settings: &SiteSettings, now: i64) -> Publishing {
    let publishing = post.publishing(settings, now);
    let template = post.front_matter.permalink.as_deref().unwrap_or(&settings.permalink);
    // Drafts never come to GitHub Pages: the site is built without --drafts.
    if settings.version.is_three()
        && publishing.verdict == Verdict::Published
        && post.file_name.folder == Folder::Posts
        && let Some(name) = permalink::unknown_to_jekyll_3(template)
    {
        let who = match settings.version {
            JekyllVersion::GitHubPages => "GitHub Pages runs Jekyll 3, which",
            _ => "The site is built by Jekyll 3, which",
        };
        let reason = [who, " knows no `", name, "` for permalinks."];
        return Publishing { verdict: Verdict::BuildStops, reason: reason.concat() };
    }
    publishing
}

/// `2014-12-10T02:30:00+01:00`, as Liquid's `date_to_xmlschema` writes it.
pub fn rfc3339(date: &DateTime) -> String {
    let offset = date.offset.unwrap_or(0);
    let mut text = date.iso_day();
    let mut two = |before: char, number: u32| {
        text.push(before);
        text.extend(char::from_digit(number / 10 % 10, 10));
        text.extend(char::from_digit(number % 10, 10));
    };
    two('T', date.hour.into());
    two(':', date.minute.into());
    two(':', date.second.into());
    two(if offset < 0 { '-' } else { '+' }, offset.unsigned_abs() / 60);
    two(':', offset.unsigned_abs() % 60);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post;

    /// 2015-01-01T00:00:00Z.
    const NOW: i64 = 1_420_070_400;

    fn on(config: &str, name: &str, text: &str) -> Publication {
        let settings = post::site::read(config).settings;
        of(&post::read(name, text).on_site(&settings), text, &settings, NOW)
    }

    #[test]
    fn a_later_date_is_published_on_github_pages_unless_the_site_says_no() {
        let text = "---\ntitle: Later\n---\nx";
        let later = on("", "2015-06-01-a.md", text);
        assert_eq!(later.verdict, Verdict::Future);
        assert_eq!(later.github_pages.map(|pages| pages.verdict), Some(Verdict::Published));
        assert_eq!(on("future: false", "2015-06-01-a.md", text).github_pages, None);
        assert_eq!(on("future: true", "2015-06-01-a.md", text).verdict, Verdict::Published);
        assert_eq!(on("", "2014-06-01-a.md", text).github_pages, None);
    }

    #[test]
    fn a_permalink_that_jekyll_3_does_not_know_stops_github_pages() {
        let own = on("", "2014-06-01-a.md", "---\npermalink: /:long_month/:title\n---\nx");
        assert_eq!(own.url.as_deref(), Some("/June/a"));
        assert_eq!(own.github_pages.map(|pages| pages.verdict), Some(Verdict::BuildStops));
    }

    #[test]
    fn the_feed_has_absolute_addresses_and_the_site_s_author() {
        let config =
            "url: https://example.org\nbaseurl: blog\nauthor:\n  name: Ada\ntimezone: EST5\npermalink: pretty\n";
        let found = on(config, "2014-06-01-a.md", "---\ntags: x y\ncategory: z\n---\nOne\n\nTwo");
        let feed = found.feed.expect("an entry");
        assert_eq!(feed.link, "https://example.org/blog/z/2014/06/01/a/");
        assert_eq!(feed.id, "https://example.org/blog/z/2014/06/01/a");
        assert_eq!(feed.published, "2014-06-01T00:00:00-05:00");
        assert_eq!(feed.authors, ["Ada"]);
        assert_eq!(feed.categories, ["z", "x", "y"]);
        assert_eq!(found.excerpt, ExcerptSource::Body("One".to_owned()));
        assert_eq!(found.zone, "EST5");
    }

    #[test]
    fn what_is_not_published_has_no_entry_in_the_feed() {
        let found = on("", "2014-06-01-a.md", "---\npublished: false\n---\nx");
        assert_eq!(
            (found.verdict, found.feed, found.url.as_deref()),
            (Verdict::Unpublished, None, Some("/2014/06/01/a.html"))
        );
    }
}
