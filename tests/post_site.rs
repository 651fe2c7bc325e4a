//! What becomes of a post under the settings of a site, against what Jekyll makes of it: `tests/fixtures/post/sites.tsv`,
//! which `scripts/site-fixtures.rb` writes. And what is told of settings that are wrong.

#[path = "support/tables.rs"]
mod tables;

use apercu::post::front_matter::Layout;
use apercu::post::publication::{self, ExcerptSource};
use apercu::post::publishing::{SiteSettings, Verdict};
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
    let post = post::read(settings.files.below_source(path), text);
    let shown = publication::of(&post.on_site(&settings), text, &settings, NOW);
    let word = match shown.verdict {
        Verdict::Published => "published",
        Verdict::Unreadable => "unreadable",
        Verdict::Draft | Verdict::Unpublished | Verdict::Future | Verdict::NotAPost => return one("left out"),
        Verdict::BuildStops => return one("stops"),
    };
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
    let own_lang = post.on_site(&settings).front_matter.lang.clone();
    vec![
        word.to_owned(),
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
        let settings = site::read(config).settings;
        let stops = !settings.markdown.stops.is_empty();
        let found =
            if stops { "stops".to_owned() } else { apercu::render::convert(body, &settings, &Default::default()) };
        // Jekyll writes what a section gives for the arrow as it is given, in numbers.
        let expected = expected.replace("&#8617;&#xfe0e;", "↩\u{FE0E}");
        if found != expected {
            wrong.push(format!("{config}\n--- expected\n{expected}\n--- found\n{found}"));
        }
    }
    report("kramdown.tsv", rows.len(), &wrong);
}

/// Code and text of each diagnostic.
fn found(config: &str) -> Vec<(String, &str)> {
    let found = site::read(config).diagnostics.into_iter();
    found.map(|found| (found.code.into_owned(), found.span.of(config))).collect()
}

#[test]
fn what_is_wrong_in_settings_is_told_where_it_stands() {
    assert_eq!(found("# nothing\n"), []);
    assert_eq!(found("title: x\ntitle: y\n"), [("yaml-duplicate-key".to_owned(), "title")]);
    assert_eq!(found("just words"), [("config-no-mapping".to_owned(), "just words")]);
    assert_eq!(found("a: b\npermalink: /:nothing/\n"), [("permalink-placeholder".to_owned(), "/:nothing/")]);
    assert_eq!(found("\u{FEFF}permalink: 12\n"), [("config-type".to_owned(), "12")]);
    assert_eq!(found("plugins: jekyll-feed\n"), [("config-type".to_owned(), "jekyll-feed")]);
    assert_eq!(found("future: 'no'\n"), [("config-switch-text".to_owned(), "'no'")]);
    assert_eq!(found("kramdown: GFM\n"), [("config-markdown".to_owned(), "GFM")]);
    assert_eq!(found("markdown: CommonMark\n"), [("config-markdown".to_owned(), "CommonMark")]);
    assert_eq!(found("markdown: kramdown\nkramdown: {input: kramdown}\n"), []);
    assert_eq!(found("kramdown: {input: gfm}\n"), [("config-markdown".to_owned(), "{input: gfm}")]);
    let nested = "kramdown:\n  input: GFM\n  'footnote_nr' : one # no\n  toc_levels: 2\n";
    assert_eq!(
        found(nested),
        [("config-markdown".to_owned(), "'footnote_nr' : one # no"), ("config-markdown".to_owned(), "toc_levels: 2")]
    );
    assert_eq!(found("url: https://e.org/\nbaseurl: blog\n").len(), 2);
    assert_eq!(found("url: https://e.org\nbaseurl: /blog\n"), []);
    assert_eq!(found("liquid: {error_mode: true}\n"), [("config-type".to_owned(), "{error_mode: true}")]);
    assert_eq!(found("liquid: strict\n"), [("config-type".to_owned(), "strict")]);
    assert_eq!(found("liquid: {error_mode: strict, strict_filters: true, strict_variables: true}\n"), []);
    assert_eq!(found("url: 12\nbaseurl:\n"), [("config-address".to_owned(), "12")]);
    assert_eq!(found("defaults: {}\n"), [("config-defaults".to_owned(), "{}")]);
    assert_eq!(found("collections_dir: _x\n"), [("config-collections-dir".to_owned(), "_x")]);
}

#[test]
fn a_set_of_defaults_that_does_nothing_is_shown_by_itself() {
    let config = "defaults:\n  - scope: {path: \"\"}\n    values: {layout: post}\n  - scope: {path: /_posts}\n    values:\n      layout: a\n\n  -\n    scope: {path: \"\", type: drafts}\n    values: {layout: b}\n  - scope: {path: x}\n";
    let found = found(config);
    let texts: Vec<_> = found.iter().map(|(_, text)| *text).collect();
    assert_eq!(
        texts,
        [
            "- scope: {path: /_posts}\n    values:\n      layout: a",
            "-\n    scope: {path: \"\", type: drafts}\n    values: {layout: b}",
            "- scope: {path: x}"
        ]
    );
    assert!(found.iter().all(|(code, _)| *code == "config-defaults"));
}

proptest::proptest! {
    #[test]
    fn any_settings_and_any_post_give_a_publication(
        config in "(permalink|defaults|timezone|kramdown|future|collections_dir|baseurl|collections): ?([^\\n]{0,20}|\\n( {0,4}(- |)(scope|values|path|type|posts|permalink|[a-z]{1,3}):? ?[^\\n]{0,12}\\n){0,6})",
        path in "([a-z*]{0,4}/){0,3}(_posts/|_drafts/)?[-0-9]{0,12}[^/]{0,6}",
        text in "(---\\n[^\\n]{0,30}\\n---\\n)?(.|\\n){0,40}",
        now in proptest::num::i64::ANY,
    ) {
        let settings = site::read(&config).settings;
        let post = post::read(&path, &text);
        let shown = publication::of(&post.on_site(&settings), &text, &settings, now);
        proptest::prop_assert!(shown.reason.len() > 10);
        // Once under the defaults, the post stays as it is under them.
        let once = post.on_site(&settings).into_owned();
        proptest::prop_assert_eq!(&once.on_site(&SiteSettings { collections_dir: String::new(), ..settings.clone() }).front_matter.tags, &once.front_matter.tags);
    }

    #[test]
    fn any_text_is_read_as_settings(text in "(.|\\n){0,200}") {
        for found in site::read(&text).diagnostics {
            proptest::prop_assert!(found.span.start <= found.span.end && found.span.end <= text.len());
            proptest::prop_assert!(text.is_char_boundary(found.span.start) && text.is_char_boundary(found.span.end));
        }
    }
}
