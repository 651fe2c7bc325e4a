//! `apercu show`: what becomes of posts, and all that is known of them. In: files. Out: lines for a person, or JSON.
//! Neighbours: `render/` reads and checks, `post/publication.rs` knows what becomes of a post, `json.rs` writes.

use serde_json::{Value as Json, json};

use super::{Arguments, CommandOutput, File, Format, Sites, json, post_file};
use crate::code::Highlighting;
use crate::post::front_matter::Layout;
use crate::post::publication::{self, ExcerptSource, Publication, rfc3339};
use crate::post::publishing::Verdict;
use crate::post::site::SiteSettings;
use crate::render;

/// Shows every file. A file that cannot be read does not stop the others from being shown.
pub(super) fn run(arguments: &Arguments) -> CommandOutput {
    let now = post_file::now(arguments);
    let mut sites = Sites::default();
    let found = post_file::open_all(arguments, &mut sites);
    let mut all = Vec::new();
    let mut text = String::new();
    for file in found.files {
        let site = sites.of(&file.place);
        let settings = &site.settings;
        let mut renderer = sites.renderer(&file.place);
        let rendered = renderer.render(&file.request(now));
        let publication = publication::of(rendered.site_post, &file.text, settings, now);
        if arguments.format == Format::Json {
            let mut shown = json_of(&file, &publication, settings);
            shown["jekyll"] = json!({"version": settings.version.code(), "reason": site.guess.reason});
            shown["front_matter"] = json::entries(&file.text, &rendered.post.front_matter);
            let codes = rendered
                .diagnostics
                .iter()
                .map(|diagnostic| json!({"code": diagnostic.code, "severity": diagnostic.severity.name()}));
            shown["diagnostics"] = codes.collect();
            all.push(shown);
        } else {
            if !text.is_empty() {
                text.push('\n');
            }
            let reason = site.guess.reason.as_deref().map(|reason| [". ", reason].concat()).unwrap_or_default();
            let jekyll = [settings.version.name(), &reason].concat();
            lines(&file, &publication, &jekyll, &mut text);
        }
    }
    if arguments.format == Format::Json {
        text = json::pretty(&Json::Array(all));
    }
    CommandOutput { text, failures: found.failures, ..CommandOutput::default() }
}

/// A verdict as the output names it.
fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Published => "published",
        Verdict::Draft => "draft",
        Verdict::Unpublished => "unpublished",
        Verdict::Future => "future",
        Verdict::NotAPost => "not-a-post",
        Verdict::Unreadable => "unreadable",
        Verdict::BuildStops => "build-stops",
    }
}

fn json_of(file: &File, shown: &Publication, settings: &SiteSettings) -> Json {
    let excerpt = match &shown.excerpt {
        ExcerptSource::None => Json::Null,
        ExcerptSource::Written(text) => json!({"from": "front-matter", "source": text, "html": text}),
        ExcerptSource::Body(markdown) => {
            json!({"from": "body", "source": markdown, "html": render::convert(markdown, settings, &Highlighting::default())})
        }
    };
    let layout = match &shown.layout {
        Layout::Unset => Json::Null,
        Layout::Bare => json!("none"),
        Layout::Named(name) => json!(name),
    };
    let pages = shown.github_pages.as_ref();
    let pages = pages.map(|other| json!({"verdict": word(other.verdict), "reason": other.reason}));
    let feed = shown.feed.as_ref().map(|feed| {
        json!({
            "title": feed.title, "link": feed.link, "id": feed.id, "published": feed.published,
            "updated": feed.updated, "authors": feed.authors, "categories": feed.categories,
        })
    });
    json!({
        "file": file.shown,
        "path": file.place.path.trim_start_matches("./"),
        "verdict": word(shown.verdict),
        "published": shown.is_published(),
        "reason": shown.reason,
        "github_pages": pages,
        "url": shown.url,
        "absolute_url": shown.absolute_url,
        "output": shown.file,
        "date": shown.date.map(|date| rfc3339(&date)),
        "zone": shown.zone,
        "title": shown.title,
        "slug": shown.slug,
        "tags": shown.tags,
        "categories": shown.categories,
        "layout": layout,
        "excerpt": excerpt,
        "description": shown.description,
        "image": shown.image,
        "authors": shown.authors,
        "lang": shown.lang,
        "feed": feed,
    })
}

fn lines(file: &File, shown: &Publication, jekyll: &str, out: &mut String) {
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&[name, ": ", value, "\n"].concat());
        }
    };
    line("file", &file.shown);
    line("verdict", &[word(shown.verdict), ". ", &shown.reason].concat());
    if let Some(other) = &shown.github_pages {
        line("on GitHub Pages", &[word(other.verdict), ". ", &other.reason].concat());
    }
    line("jekyll", jekyll);
    line("url", shown.absolute_url.as_deref().unwrap_or(""));
    line("output", shown.file.as_deref().unwrap_or(""));
    line("date", &shown.date.map(|date| [&rfc3339(&date), " (", &shown.zone, ")"].concat()).unwrap_or_default());
    line("title", &shown.title);
    line("tags", &shown.tags.join(", "));
    line("categories", &shown.categories.join(", "));
    line(
        "layout",
        match &shown.layout {
            Layout::Unset => "",
            Layout::Bare => "none",
            Layout::Named(name) => name,
        },
    );
    line("description", shown.description.as_deref().unwrap_or(""));
    line("image", shown.image.as_deref().unwrap_or(""));
    line(
        "excerpt",
        match &shown.excerpt {
            ExcerptSource::None => "",
            ExcerptSource::Written(text) | ExcerptSource::Body(text) => text.trim(),
        },
    );
}
