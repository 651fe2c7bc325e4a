//! The words about a post's publication. In: a post, its publication, the site's settings. Out: one line, and
//! the words of the panel. Knows no browser. Neighbours: `post/publication.rs` knows, `components/` show.

use crate::code::Highlighting;
use crate::markdown::token::Token;
use crate::markdown::{self, Options, html};
use crate::post::Post;
use crate::post::front_matter::Layout;
use crate::post::publication::{self, ExcerptSource, Publication};
use crate::post::publishing::{Publishing, Verdict};
use crate::post::site::SiteSettings;
use crate::post::yaml::display;

/// The name of the style for a verdict: `good`, `skipped` or `bad`.
pub fn status(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Published => "good",
        Verdict::Draft | Verdict::Unpublished | Verdict::Future | Verdict::NotAPost => "skipped",
        Verdict::Unreadable | Verdict::BuildStops => "bad",
    }
}

/// A verdict in a few words.
pub fn heading(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Published => "Will be published",
        Verdict::Draft | Verdict::Unpublished | Verdict::Future | Verdict::NotAPost => "Will be skipped",
        Verdict::Unreadable => "Will be published bare",
        Verdict::BuildStops => "The build will stop",
    }
}

/// The line of the status bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusLine {
    /// The text.
    pub text: String,
    /// See `status`; empty before there is a post.
    pub status: &'static str,
}

/// The line for a post on its site (`Post::on_site`). `now` is in seconds since 1970, UTC.
pub fn line(site_post: &Post, settings: &SiteSettings, now: i64) -> StatusLine {
    let publishing = publication::published(site_post, settings, now);
    let heading = heading(publishing.verdict);
    let text = match (publishing.verdict, site_post.url(settings, now)) {
        (Verdict::Published | Verdict::Unreadable, Ok(url)) => [heading, " at ", &readable(&url.path)].concat(),
        _ => [heading, ": ", &publishing.reason].concat(),
    };
    StatusLine { text, status: status(publishing.verdict) }
}

/// A value with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The name.
    pub name: &'static str,
    /// The value: one text, or several of the same kind.
    pub values: Vec<String>,
}

/// The post as a social network shows a link to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The title.
    pub title: String,
    /// The description, or else the excerpt; cut as networks cut it.
    pub description: String,
    /// The picture as it is written.
    pub image: Option<String>,
    /// The host of the site.
    pub host: String,
}

/// All texts of the panel about the publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// See `status`.
    pub status: &'static str,
    /// The verdict in a few words.
    pub heading: &'static str,
    /// Why, in a sentence.
    pub reason: String,
    /// What GitHub Pages does otherwise: few words and the reason.
    pub github_pages: Option<(&'static str, String)>,
    /// What is known, in order; what is not given is left out.
    pub facts: Vec<Fact>,
    /// The social card.
    pub card: Card,
    /// The entry of the feed, where there is one.
    pub feed: Vec<Fact>,
}

/// How much of a description networks show.
const CARD_LETTERS: usize = 160;

/// The words of the panel for a publication.
pub fn of(publication: &Publication, settings: &SiteSettings, options: &Options) -> View {
    let excerpt = excerpt(&publication.excerpt, options);
    let mut facts = Vec::new();
    let address = publication.absolute_url.as_deref().map(readable).unwrap_or_default();
    push(&mut facts, "Address", address);
    push(&mut facts, "File", publication.file.clone().unwrap_or_default());
    let date = publication.date.map(|date| [&date.for_front_matter(), " (", &publication.zone, ")"].concat());
    push(&mut facts, "Date", date.unwrap_or_default());
    push(&mut facts, "Title", publication.title.clone());
    push(&mut facts, "Slug", publication.slug.clone());
    let layout = match &publication.layout {
        Layout::Unset => "none given",
        Layout::Bare => "none: the bare text",
        Layout::Named(name) => name,
    };
    push(&mut facts, "Layout", layout.to_owned());
    push_all(&mut facts, "Tags", &publication.tags);
    push_all(&mut facts, "Categories", &publication.categories);
    push_all(&mut facts, "Author", &publication.authors);
    push(&mut facts, "Language", publication.lang.clone().unwrap_or_default());
    push(&mut facts, "Description", publication.description.clone().unwrap_or_default());
    push(&mut facts, "Excerpt", excerpt.clone());
    let mut feed = Vec::new();
    if let Some(entry) = &publication.feed {
        push(&mut feed, "Title", entry.title.clone());
        push(&mut feed, "Link", readable(&entry.link));
        push(&mut feed, "Published", entry.published.clone());
        if entry.updated != entry.published {
            push(&mut feed, "Updated", entry.updated.clone());
        }
        push_all(&mut feed, "Author", &entry.authors);
        push_all(&mut feed, "Categories", &entry.categories);
    }
    let description = publication.description.as_deref().filter(|text| !text.trim().is_empty());
    let address = display(&settings.url);
    let host = address.split_once("://").map_or(address.as_str(), |(_, host)| host).trim_end_matches('/');
    View {
        status: status(publication.verdict),
        heading: heading(publication.verdict),
        reason: publication.reason.clone(),
        github_pages: publication.github_pages.as_ref().map(otherwise),
        facts,
        card: Card {
            title: publication.title.clone(),
            description: shortened(description.unwrap_or(&excerpt), CARD_LETTERS),
            image: publication.image.clone(),
            host: if host.is_empty() { "your site".to_owned() } else { host.to_owned() },
        },
        feed,
    }
}

fn otherwise(publishing: &Publishing) -> (&'static str, String) {
    (heading(publishing.verdict), publishing.reason.clone())
}

fn push(facts: &mut Vec<Fact>, name: &'static str, value: String) {
    if !value.trim().is_empty() {
        facts.push(Fact { name, values: vec![value] });
    }
}

fn push_all(facts: &mut Vec<Fact>, name: &'static str, values: &[String]) {
    if !values.is_empty() {
        facts.push(Fact { name, values: values.to_vec() });
    }
}

/// The excerpt as a list page shows it, without markup.
fn excerpt(source: &ExcerptSource, options: &Options) -> String {
    match source {
        ExcerptSource::None => String::new(),
        ExcerptSource::Written(text) => text.clone(),
        ExcerptSource::Body(body) => {
            let markdown::ParsedBody { items, options, .. } = markdown::parse_jekyll(body, options);
            let mut text = String::new();
            for token in html::write_document(body, &items, &options, &Highlighting::default()) {
                if let Token::Text(part) = token {
                    text.push_str(&part);
                }
            }
            let words: Vec<&str> = text.split_whitespace().collect();
            words.join(" ")
        }
    }
}

/// At most that many characters, cut between words.
fn shortened(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        None => text.to_owned(),
        Some((end, _)) => {
            let head = text.get(..end).unwrap_or("");
            let end = head.rfind(' ').unwrap_or(end);
            [head.get(..end).unwrap_or(head), "…"].concat()
        }
    }
}

/// An address as a person reads it: percent signs that hide letters are taken away; what would not be UTF-8, and ASCII,
/// stays as it is.
pub fn readable(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, tail @ ..] = rest {
        let hidden = match rest {
            [b'%', high, low, ..] => digit(*high).zip(digit(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        match hidden.filter(|byte| *byte >= 0x80) {
            Some(byte) => {
                bytes.push(byte);
                rest = rest.get(3..).unwrap_or(&[]);
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post;

    /// 2015-01-01T00:00:00Z.
    const NOW: i64 = 1_420_070_400;

    fn line_of(name: &str, text: &str) -> StatusLine {
        line(&post::read(name, text), &SiteSettings::default(), NOW)
    }

    fn view(config: &str, text: &str) -> View {
        let settings = post::site::read(config).settings;
        let post = post::read("2014-12-08-l'été.md", text);
        of(&publication::of(&post.on_site(&settings), text, &settings, NOW), &settings, &Options::default())
    }

    fn value<'v>(facts: &'v [Fact], name: &str) -> Option<&'v str> {
        facts.iter().find(|fact| fact.name == name).map(|fact| fact.values[0].as_str())
    }

    #[test]
    fn the_line_says_where_or_why_not() {
        assert_eq!(line_of("2014-12-08-été.md", "x").text, "Will be published at /2014/12/08/été.html");
        assert_eq!(line_of("2014-12-08-a.md", "x").status, "good");
        assert!(line_of("2016-12-08-a.md", "---\ntitle: x\n---\n").text.starts_with("Will be skipped: Its date, "));
        assert!(line_of("a.md", "x").text.starts_with("Will be skipped: The file name does not begin with a date"));
        let stops = line_of("2014-12-08-a.md", "---\ndate: soon\n---\n");
        assert!(stops.text.starts_with("The build will stop: "), "{stops:?}");
        assert_eq!(stops.status, "bad");
    }

    #[test]
    fn the_line_has_the_sites_defaults_and_permalink() {
        let settings =
            post::site::read("permalink: pretty\ndefaults:\n- scope: {path: ''}\n  values: {published: false}\n")
                .settings;
        let hidden = line(&post::read("2014-12-08-a.md", "x").on_site(&settings), &settings, NOW);
        assert!(hidden.text.contains("defaults"), "{hidden:?}");
        let given = post::read("2014-12-08-a.md", "---\npublished: true\n---\n");
        let shown = line(&given.on_site(&settings), &settings, NOW);
        assert_eq!(shown.text, "Will be published at /2014/12/08/a/");
    }

    #[test]
    fn the_panel_knows_all_of_a_post() {
        let text =
            "---\ntitle: Summer\ntags: [a, b c]\ncategory: x\nlayout: post\n---\n\nOne *two* [three](u).\n\nFour";
        let found = view("url: https://example.org\ntimezone: EST5", text);
        assert_eq!((found.status, found.heading, found.github_pages), ("good", "Will be published", None));
        assert_eq!(value(&found.facts, "Address"), Some("https://example.org/x/2014/12/08/l'été.html"));
        assert_eq!(value(&found.facts, "Date"), Some("2014-12-08 (EST5)"));
        assert_eq!(value(&found.facts, "Excerpt"), Some("One two three."));
        assert_eq!(value(&found.facts, "Layout"), Some("post"));
        assert_eq!(found.facts.iter().find(|fact| fact.name == "Tags").unwrap().values, ["a", "b c"]);
        assert_eq!((found.card.title.as_str(), found.card.host.as_str()), ("Summer", "example.org"));
        assert_eq!(found.card.description, "One two three.");
        assert_eq!(value(&found.feed, "Published"), Some("2014-12-08T00:00:00-05:00"));
    }

    #[test]
    fn github_pages_is_named_where_it_differs() {
        let found = view("", "---\ndate: 2015-06-01\n---\nx");
        assert_eq!(found.heading, "Will be skipped");
        assert_eq!(found.github_pages.unwrap().0, "Will be published");
        assert!(found.feed.is_empty());
    }

    #[test]
    fn long_descriptions_are_cut_between_words() {
        let found = view("", &["---\ndescription: ", &"word ".repeat(60), "\n---\nx"].concat());
        assert!(found.card.description.ends_with("word…") && found.card.description.chars().count() <= 161);
    }

    #[test]
    fn addresses_are_readable_and_stay_right() {
        assert_eq!(readable("/a%20b/%C3%A9.html"), "/a%20b/é.html");
        assert_eq!(readable("/%C3/%zz%"), "/%C3/%zz%");
    }
}
