//! The head of the previewed post: badge, title, description, author, date, tags, as tokens.
//! In: a post as read and what becomes of it. Out: tokens for the frame's header. Values are text and nothing else.
//! Neighbours: `post/` reads, `app/preview/frame.rs` shows.

use crate::markdown::token::Token;
use crate::post::Post;
use crate::post::file_name::FileDate;
use crate::post::publishing::{SiteSettings, Verdict};
use crate::post::split::SplitKind;

/// The head of `post`, which is the post on its site; none for a body alone. `now` is in seconds since 1970, UTC.
pub fn tokens(post: &Post, settings: &SiteSettings, now: i64) -> Vec<Token<'static>> {
    let mut header = HeaderTokens::default();
    if post.split.kind == SplitKind::BodyOnly {
        return header.tokens;
    }
    let publishing = post.publishing(settings, now);
    let badge = match publishing.verdict {
        Verdict::Draft => Some(("badge badge-draft", "Draft")),
        Verdict::NotAPost if post.file_name.date == FileDate::None => Some(("badge badge-draft", "Draft")),
        Verdict::Unpublished => Some(("badge badge-unpublished", "Not published")),
        Verdict::Future => Some(("badge badge-future", "Future")),
        Verdict::BuildStops => Some(("badge badge-unpublished", "Build stops")),
        // If the front matter cannot be read, a diagnostic says so.
        Verdict::Published | Verdict::NotAPost | Verdict::Unreadable => None,
    };
    if let Some((class, label)) = badge {
        header.open("p", "");
        header.element("span", class, label);
        header.text(" ");
        header.text(&publishing.reason);
        header.close();
    }
    header.element("h1", "post-title", &post.title());
    let matter = &post.front_matter;
    if let Some(description) = matter.description.as_deref().filter(|d| !d.trim().is_empty()) {
        header.element("p", "post-description", description);
    }
    let date = post.date(settings);
    if !matter.authors.is_empty() || date.is_some() {
        header.open("p", "post-meta");
        if let Some(date) = date {
            header.element("time", "", &date.for_readers(matter.lang.as_deref().unwrap_or("en")));
        }
        if !matter.authors.is_empty() {
            header.element("span", "post-author", &matter.authors.join(", "));
        }
        header.close();
    }
    if !matter.tags.is_empty() {
        header.open("ul", "post-tags");
        for tag in &matter.tags {
            header.element("li", "", tag);
        }
        header.close();
    }
    header.tokens
}

#[derive(Default)]
struct HeaderTokens {
    tokens: Vec<Token<'static>>,
}

impl HeaderTokens {
    fn open(&mut self, name: &'static str, class: &'static str) {
        let attributes = if class.is_empty() { Vec::new() } else { vec![("class".into(), class.into())] };
        self.tokens.push(Token::Open { name: name.into(), attributes, span: None });
    }

    fn text(&mut self, text: &str) {
        self.tokens.push(Token::Text(text.to_owned().into()));
    }

    fn close(&mut self) {
        self.tokens.push(Token::Close);
    }

    fn element(&mut self, name: &'static str, class: &'static str, text: &str) {
        self.open(name, class);
        self.text(text);
        self.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post;

    fn words(name: &str, text: &str, now: i64) -> String {
        let tokens = tokens(&post::read(name, text), &SiteSettings::default(), now);
        tokens
            .iter()
            .filter_map(|t| if let Token::Text(text) = t { Some(text.as_ref()) } else { None })
            .collect::<Vec<_>>()
            .join("|")
    }

    const NAME: &str = "2014-12-08-retour.markdown";
    const LATER: i64 = 1_700_000_000;

    #[test]
    fn a_reader_sees_title_description_date_author_and_tags() {
        let text = "---\ntitle: Retour\nauthor: Fabien\ntags:\n- docker\n- paas\ndescription: En bref\n---\n\nBonjour";
        assert_eq!(words(NAME, text, LATER), "Retour|En bref|8 December 2014|Fabien|docker|paas");
    }

    #[test]
    fn what_is_not_published_says_so_in_a_badge() {
        assert!(words(NAME, "---\npublished: false\n---\n", LATER).starts_with("Not published|"));
        assert!(words(NAME, "---\ntitle: x\n---\n", 0).starts_with("Future|"));
        assert!(words("idea.md", "---\ntitle: x\n---\n", LATER).starts_with("Draft|"));
        assert!(words(NAME, "---\ntitle: x\n---\n", LATER).starts_with("x|"));
    }

    #[test]
    fn values_are_text_and_never_markup() {
        let text = "---\ntitle: <script>top.x()</script>\ntags: [\"<b>\"]\n---\n";
        assert!(words(NAME, text, LATER).contains("<script>top.x()</script>"));
    }
}
