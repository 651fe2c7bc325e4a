//! The tab about publication: whether the post is published, where, and with which metadata. In: its words. Out:
//! tokens. Neighbours: the words are made in `publication_view.rs`.

use super::Tab;
use super::body::Body;
use crate::markdown::token::Token;
use crate::view::publication_view::{Fact, View};

/// The panel with this tab.
pub fn publication(view: &View) -> Vec<Token<'static>> {
    let mut body = Body::of(Tab::Publication);
    body.open("p", &[("class", "verdict"), ("data-status", view.status)]);
    body.element("strong", &[], view.heading);
    body.element("span", &[], &view.reason);
    body.close(1);
    if let Some((heading, reason)) = &view.github_pages {
        body.open("p", &[("class", "verdict"), ("data-status", "skipped"), ("data-part", "github-pages")]);
        body.element("strong", &[], &["On GitHub Pages: ", heading].concat());
        body.element("span", &[], reason);
        body.close(1);
    } else {
        body.hint("Jekyll 4 and GitHub Pages do the same.");
    }
    facts(&mut body, &view.facts);
    body.element("h2", &[], "When the link is shared");
    body.open("div", &[("class", "card")]);
    body.open("div", &[("class", "card-image")]);
    match &view.card.image {
        Some(image) => body.element("span", &[("title", image)], image),
        None => body.element("span", &[], "No image"),
    }
    body.close(1);
    body.open("div", &[("class", "card-text")]);
    body.element("span", &[("class", "card-host")], &view.card.host);
    body.element("strong", &[], &view.card.title);
    body.element("span", &[], &view.card.description);
    body.close(2);
    body.element("h2", &[], "In the feed");
    if view.feed.is_empty() {
        body.hint("No entry: the post is not published.");
    } else {
        facts(&mut body, &view.feed);
    }
    body.finish()
}

fn facts(body: &mut Body, facts: &[Fact]) {
    body.open("dl", &[("class", "facts")]);
    for fact in facts {
        body.element("dt", &[], fact.name);
        body.open("dd", &[("data-fact", fact.name)]);
        for value in &fact.values {
            body.element("span", &[], value);
        }
        body.close(1);
    }
    body.close(1);
}

#[cfg(test)]
mod tests {
    use super::super::publication as draw;
    use crate::markdown::Options;
    use crate::markdown::token::to_html;
    use crate::post::{self, publication, site::SiteSettings};
    use crate::view::publication_view;

    #[test]
    fn what_is_known_is_said_and_nothing_in_it_is_markup() {
        let text = "---\ntitle: <b>\ntags: [a, b c]\nimage: x.png\n---\n\nText";
        let (post, settings) = (post::read("2014-12-08-a.md", text), SiteSettings::default());
        let known = publication::of(&post, text, &settings, 1_420_070_400);
        let html = to_html(&draw(&publication_view::of(&known, &settings, &Options::default())));
        for part in [
            "<p class=\"verdict\" data-status=\"good\"><strong>Will be published</strong>",
            "<dt>Tags</dt><dd data-fact=\"Tags\"><span>a</span><span>b c</span></dd>",
            "<span title=\"x.png\">x.png</span>",
            "<strong>&lt;b&gt;</strong>",
            "do the same.</p>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }
}
