//! What becomes of a post under the settings of a site, against what Jekyll makes of it: `tests/fixtures/post/sites.tsv`,
//! which `scripts/site-fixtures.rb` writes. And what is told of settings that are wrong.

#[path = "support/tables.rs"]
mod tables;

use apercu::post::front_matter::Layout;
use apercu::post::publication::{self, ExcerptSource};
use apercu::post::publishing::Verdict;
use apercu::post::{self, site};
use apercu::text::Severity;
use tables::{report, rows};

/// 2015-01-01T00:00:00Z, the time of every build in the table.
const NOW: i64 = 1_420_070_400;

/// The settings, or `None` where Jekyll stops at them.
fn settings(config: &str) -> Option<site::SiteSettings> {
    let read = site::read(config);
    let mut settings = read.settings;
    if let Some(name) = settings.unknown_zone().map(str::to_owned) {
        settings.zone = apercu::cli::zone(&name).expect("a rule of POSIX");
    }
    read.diagnostics.iter().all(|found| found.severity < Severity::Error).then_some(settings)
}

fn outcome(config: &str, path: &str, text: &str) -> Vec<String> {
    let one = |word: &str| vec![word.to_owned()];
    let Some(settings) = settings(config) else { return one("stops") };
    let shown = publication::of(&post::read(path, text), text, &settings, NOW);
    match shown.verdict {
        Verdict::Published => {}
        Verdict::Draft | Verdict::Unpublished | Verdict::Future | Verdict::NotAPost => return one("left out"),
        Verdict::Unreadable => return one("unreadable"),
        Verdict::BuildStops => return one("stops"),
    }
    let date = shown.date.expect("every post of the table has a date");
    let offset = date.offset.expect("an offset");
    let date = format!(
        "{} {:02}:{:02}:{:02} {}{:02}{:02}",
        date.iso_day(),
        date.hour,
        date.minute,
        date.second,
        if offset < 0 { '-' } else { '+' },
        offset.abs() / 60,
        offset.abs() % 60
    );
    let layout = match shown.layout {
        Layout::Unset => String::new(),
        Layout::Bare => "none".to_owned(),
        Layout::Named(name) => name,
    };
    let excerpt = match shown.excerpt {
        ExcerptSource::None => String::new(),
        ExcerptSource::Written(text) | ExcerptSource::Body(text) => text,
    };
    let own_lang = post::read(path, text).on_site(&settings).front_matter.lang.clone();
    vec![
        "published".to_owned(),
        shown.url.expect("an address"),
        shown.file.expect("a file"),
        shown.title,
        date,
        shown.tags.join("|"),
        shown.categories.join("|"),
        layout,
        excerpt,
        shown.description.unwrap_or_default(),
        own_lang.unwrap_or_default(),
    ]
}

#[test]
fn settings_and_defaults_come_out_as_of_jekyll() {
    let rows = rows("sites.tsv");
    let mut wrong = Vec::new();
    for row in &rows {
        let [config, path, text, expected @ ..] = row.as_slice() else { panic!("a row of {} cells", row.len()) };
        let mut expected = expected.to_vec();
        // `layout: false` is a layout that is not there; for us the post is as bare as with `none`.
        if let (true, Some(layout)) = (text.contains("layout: false"), expected.get_mut(7)) {
            "none".clone_into(layout);
        }
        let found = outcome(config, path, text);
        if found != expected {
            wrong.push(format!("{config}\n  {path} {text:?}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    report("sites.tsv", rows.len(), &wrong);
}

#[test]
fn options_of_kramdown_come_from_the_settings() {
    let rows = rows("kramdown.tsv");
    let mut wrong = Vec::new();
    for row in &rows {
        let [config, body, expected] = row.as_slice() else { panic!("a row of {} cells", row.len()) };
        let found = apercu::cli::html(body, &site::read(config).settings);
        // Jekyll writes the arrow, and what a section gives for it, as numbers.
        let expected = expected.replace("&#8617;", "↩").replace("&#xfe0e;", "\u{FE0E}");
        if found != expected {
            wrong.push(format!("{config}\n--- expected\n{expected}\n--- found\n{found}"));
        }
    }
    report("kramdown.tsv", rows.len(), &wrong);
}
