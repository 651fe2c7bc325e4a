//! Reading posts as they are typed: diagnostics in a writer's words, fixes that mend, spans, and what survives an error.

use apercu::post::file_name::FileName;
use apercu::post::front_matter::{DateError, Layout};
use apercu::post::publishing::{SiteSettings, Verdict};
use apercu::post::split::SplitKind;
use apercu::post::yaml::Style;
use apercu::post::{Post, PostReader, read, read_body};
use apercu::text::{Diagnostic, Severity};

const NAME: &str = "2014-12-08-retour-sur-la-conf.md";

/// A post with these lines as its front matter.
fn post(lines: &str) -> (String, Post) {
    let text = format!("---\n{lines}\n---\n\nBody.\n");
    let post = read(NAME, &text);
    (text, post)
}

/// The only diagnostic of these lines.
fn diagnostic_of(lines: &str) -> (String, Diagnostic) {
    let (text, mut post) = post(lines);
    assert_eq!(post.diagnostics.len(), 1, "{lines:?}: {:?}", post.diagnostics);
    (text, post.diagnostics.remove(0))
}

/// The lines after the fix of the only diagnostic, which must leave nothing to report.
fn mended(lines: &str) -> String {
    let (text, diagnostic) = diagnostic_of(lines);
    let fix = diagnostic.fix.unwrap_or_else(|| panic!("{lines:?} has no fix: {}", diagnostic.message));
    let mended = fix.edit.apply(&text);
    let again = read(NAME, &mended);
    assert_eq!(again.diagnostics, [], "{mended:?}");
    assert!(fix.edit.selection.end <= mended.len() && mended.is_char_boundary(fix.edit.selection.end));
    again.split.yaml.of(&mended).trim_end().to_owned()
}

#[test]
fn common_mistakes_are_mended() {
    for (lines, expected) in [
        ("title: Docker: the conf", "title: \"Docker: the conf\""),
        ("title: Docker: the conf # a note", "title: \"Docker: the conf\" # a note"),
        ("title: He said: \"no\"", "title: 'He said: \"no\"'"),
        ("tags:\n  - a: b: c", "tags:\n  - a: \"b: c\""),
        ("title: @team", "title: \"@team\""),
        ("title: `code`", "title: \"`code`\""),
        ("title: %x", "title: \"%x\""),
        ("title: *bold* text", "title: \"*bold* text\""),
        ("title: [Docker] conf", "title: \"[Docker] conf\""),
        ("title: - a", "title: \"- a\""),
        ("title: > a", "title: \"> a\""),
        ("title: {% if a %}", "title: \"{% if a %}\""),
        ("title: \"Docker\nauthor: x", "title: \"Docker\"\nauthor: x"),
        ("title: 'Docker\nauthor: 'x'", "title: 'Docker'\nauthor: 'x'"),
        ("title: 'l'article'", "title: \"l'article\""),
        ("title: \"a \"quoted\" word\"", "title: 'a \"quoted\" word'"),
        ("title: \"a\" and more", "title: '\"a\" and more'"),
        ("title: \"C:\\path\"", "title: 'C:\\path'"),
        ("tags: [a, b\ntitle: x", "tags: [a, b]\ntitle: x"),
        ("tags: [a, :b]", "tags: [a, \":b\"]"),
        ("tags: [a, - b c, d]", "tags: [a, \"- b c\", d]"),
        ("tags: [a:, b]", "tags: [\"a:\", b]"),
        ("title: 1__0.5", "title: \"1__0.5\""),
        ("title:Docker\nauthor: x", "title: Docker\nauthor: x"),
        ("author: x\ntags:\n-a", "author: x\ntags:\n- a"),
        ("title: a\n  author: b", "title: a\nauthor: b"),
        ("description: one\ntwo\nauthor: x", "description: one\n  two\nauthor: x"),
        ("tags:\n\t- a", "tags:\n  - a"),
        ("title: a\n\t\nauthor: x", "title: a\n\nauthor: x"),
        ("title: a\u{7}b", "title: ab"),
        ("title: C# in depth #1", "title: \"C# in depth #1\""),
        ("tags: #docker", "tags: \"#docker\""),
        ("title: !important", "title: \"!important\""),
    ] {
        assert_eq!(mended(lines), expected, "{lines:?}");
    }
}

#[test]
fn an_error_points_at_its_cause() {
    for (lines, pointed) in [
        ("a: b\ntitle: Docker: conf", ":"),
        ("title: é@\ntag: @x", "@"),
        ("title: \"Docker\nauthor: x", "\""),
        ("title:Docker\nauthor: x", "title:"),
        ("tags: [a\nb: c", "["),
        ("a: b\n\tc: d", "\t"),
        ("title: \"a\\d\"", "\\d"),
        ("tags:\n  - a\n - b", "- b"),
        ("one\ntwo: x", "one"),
    ] {
        let (text, diagnostic) = diagnostic_of(lines);
        assert_eq!((&*diagnostic.code, diagnostic.severity), ("yaml-syntax", Severity::Error), "{lines:?}");
        assert_eq!(diagnostic.span.of(&text), pointed, "{lines:?}: {}", diagnostic.message);
    }
}

#[test]
fn valid_front_matter_that_misleads_is_reported() {
    for (lines, code, severity) in [
        ("a: 1\na: 2", "yaml-duplicate-key", Severity::Warning),
        ("a: *b", "yaml-unknown-alias", Severity::Warning),
        ("a: {{ b }}", "yaml-key-type", Severity::Warning),
        ("tags: a\n  - b", "yaml-text-lost", Severity::Warning),
        ("<<: a", "yaml-merge", Severity::Error),
        ("a: b\n--- c\nd: e", "yaml-second-document", Severity::Warning),
        ("date:", "date-empty", Severity::Error),
        ("date: soon", "date-invalid", Severity::Error),
        ("date: 10 décembre 2014", "date-partial", Severity::Warning),
        ("published: \"false\"", "published-text", Severity::Warning),
        ("published:", "published-empty", Severity::Warning),
        ("permalink: /:year/:author/:title", "permalink-placeholder", Severity::Error),
        ("permalink: ''", "permalink-empty", Severity::Warning),
        ("tags: 2014", "tags-type", Severity::Warning),
        ("categories: 2014", "categories-type", Severity::Error),
        ("- a", "front-matter-no-mapping", Severity::Error),
        ("word", "front-matter-no-mapping", Severity::Error),
    ] {
        let (_, diagnostic) = diagnostic_of(lines);
        assert_eq!((&*diagnostic.code, diagnostic.severity), (code, severity), "{lines:?}");
    }
}

#[test]
fn good_front_matter_is_left_in_peace() {
    for lines in [
        "layout: post\ntitle: Retour sur la DockerCon Europe\npublished: true\nexcerpt: \nauthor: Ada\ntags:\n- docker\ncomments: true",
        "title: \"a: b\" # note\ndate: 2014-12-10 02:30:00 +0100",
        "title: 'it''s'\nurl: http://a.b/c#d\ntime: 12:30",
        "description: \"two\nlines\"\ntags: [\n  a,\nb\n]",
        "text: |\n  a: b\n  # no comment\n\n  - c\nfolded: >-\n  x\n  y",
        "base: &base\n  a: 1\nmore:\n  <<: *base\n  b: 2",
        "# only a comment",
        "",
    ] {
        let (text, post) = post(lines);
        assert_eq!(post.diagnostics, [], "{lines:?}");
        assert_eq!(post.body_span.of(&text), "Body.\n");
    }
}

#[test]
fn entries_know_their_bytes() {
    let text = "\u{FEFF}---\n# top\ntitle: \"É\" # note\nlist:\n  - a\n  # inner\n  - b\n\n# next\nempty:\ntext: |\n  one\n  two\n\nlast: {a: 1}\n---\nBody.";
    let post = read(NAME, text);
    let parts = |key: &str| {
        let entry = post.front_matter.entry(key).expect(key);
        (entry.key_span.of(text), entry.value_span.of(text), entry.span.of(text), entry.style)
    };
    assert_eq!(parts("title"), ("title", "\"É\"", "title: \"É\" # note\n", Some(Style::DoubleQuoted)));
    assert_eq!(parts("list"), ("list", "- a\n  # inner\n  - b", "list:\n  - a\n  # inner\n  - b\n\n# next\n", None));
    assert_eq!(parts("empty"), ("empty", "", "empty:\n", Some(Style::Plain)));
    assert_eq!(parts("text"), ("text", "|\n  one\n  two", "text: |\n  one\n  two\n\n", Some(Style::Literal)));
    assert_eq!(parts("last"), ("last", "{a: 1}", "last: {a: 1}\n", None));
    let empty = post.front_matter.entry("empty").expect("empty").value_span;
    assert!(text[..empty.start].ends_with("empty:"));
}

#[test]
fn of_duplicates_the_last_counts_and_the_first_is_marked() {
    let (_, post) = post("tags: a\ntitle: x\ntags: b");
    assert_eq!(post.front_matter.tags, ["b"]);
    let shadowed: Vec<bool> = post.front_matter.entries.iter().map(|entry| entry.shadowed).collect();
    assert_eq!(shadowed, [true, false, false]);
    assert_eq!(post.front_matter.entry("tags").map(|entry| entry.shadowed), Some(false));
}

#[test]
fn keys_mean_what_jekyll_and_themes_make_of_them() {
    let (_, post) = post(
        "layout: none\nauthor:\n  - name: Ada\n  - Bob\nimage:\n  path: /a.png\nlang: fr\ncomments: no\nrender_with_liquid: off\nslug: My Slug\ndescription: 12.50",
    );
    let front_matter = &post.front_matter;
    assert_eq!(front_matter.layout, Layout::Bare);
    assert_eq!(front_matter.authors, ["Ada", "Bob"]);
    assert_eq!(front_matter.image.as_deref(), Some("/a.png"));
    assert_eq!(front_matter.lang.as_deref(), Some("fr"));
    assert_eq!(front_matter.comments, Some(false));
    assert!(!front_matter.render_with_liquid);
    assert_eq!(post.slug(), "My Slug");
    assert_eq!(front_matter.description.as_deref(), Some("12.5"));
    assert_eq!(post.title(), "Retour Sur La Conf");
}

#[test]
fn layouts_that_are_null_leave_the_defaults_to_decide() {
    assert_eq!(post("layout:").1.front_matter.layout, Layout::Unset);
    assert_eq!(post("title: x").1.front_matter.layout, Layout::Unset);
    assert_eq!(post("layout: false").1.front_matter.layout, Layout::Bare);
    assert_eq!(post("layout: post").1.front_matter.layout, Layout::Named("post".into()));
}

#[test]
fn dates_keep_their_zone() {
    let date = |lines: &str| post(lines).1.front_matter.date.map(|date| date.for_front_matter());
    assert_eq!(date("date: 2014-12-10").as_deref(), Some("2014-12-10"));
    assert_eq!(date("date: 2014-12-10 02:30:00").as_deref(), Some("2014-12-10 02:30:00 +0000"));
    assert_eq!(date("date: '2014-12-10 02:30:00'").as_deref(), Some("2014-12-10 02:30:00"));
    assert_eq!(date("date: 2014-12-10 02:30").as_deref(), Some("2014-12-10 02:30:00"));
    assert_eq!(date("date: 2014-12-10 02:30:00 -0330").as_deref(), Some("2014-12-10 02:30:00 -0330"));
    assert_eq!(date("date: &d 2014-12-10\nmodified: *d").as_deref(), Some("2014-12-10"));
    assert_eq!(post("date: Dec 10").1.front_matter.date_error, Some(DateError::Partial));
}

#[test]
fn an_error_leaves_the_front_matter_from_before() {
    let mut reader = PostReader::default();
    let good = "---\ntitle: Docker\n---\nBody.";
    assert!(!reader.read(NAME, good).failed);
    let broken = "---\ntitle: Docker: conf\n---\nBody, longer.";
    let post = reader.read(NAME, broken);
    assert!(post.failed && post.stale);
    assert_eq!(post.title(), "Docker");
    assert_eq!(post.body_span.of(broken), "Body, longer.");
    assert_eq!(post.diagnostics.len(), 1);
    assert_eq!(post.publishing(&SiteSettings::default(), i64::MAX).verdict, Verdict::Unreadable);
    // The same error with another body: the front matter is not read again, and is still the one from before.
    let post = reader.read(NAME, "---\ntitle: Docker: conf\n---\nOther.");
    assert!(post.stale);
    assert_eq!(post.title(), "Docker");
    let mended = reader.read(NAME, "---\ntitle: \"Docker: conf\"\n---\nOther.");
    assert!(!mended.failed && !mended.stale);
    assert_eq!(mended.title(), "Docker: conf");
}

#[test]
fn without_anything_from_before_an_error_leaves_nothing() {
    let (_, post) = post("title: a: b");
    assert!(post.failed && !post.stale);
    assert_eq!(post.front_matter.entries, []);
    assert_eq!(post.title(), "Retour Sur La Conf");
}

#[test]
fn reading_again_gives_what_reading_anew_gives() {
    let mut reader = PostReader::default();
    for text in [
        "",
        "x",
        "---\na: b\n---\nx",
        "---\na: b\n---\nlonger",
        "\u{FEFF}---\na: b\n---\nx",
        "---\na: [\n---\n",
        "---\na: b\n---\n",
        "---\na",
    ] {
        let anew = read(NAME, text);
        let again = reader.read(NAME, text);
        if again.stale {
            assert_eq!((&again.diagnostics, again.split), (&anew.diagnostics, anew.split));
        } else {
            assert_eq!(*again, anew, "{text:?}");
        }
    }
}

#[test]
fn a_missing_front_matter_is_named_with_its_consequence() {
    let codes = |text: &str| -> Vec<String> {
        read(NAME, text).diagnostics.iter().map(|found| found.code.to_string()).collect()
    };
    assert_eq!(codes("Text."), ["front-matter-missing"]);
    assert_eq!(codes(""), ["text-empty"]);
    assert_eq!(codes("---\ntitle: x\n"), ["front-matter-unclosed"]);
    let late = "\n \n---\ntitle: x\n---\nBody.";
    let post = read(NAME, late);
    assert_eq!(post.split.kind, SplitKind::Missing);
    let fix = post.diagnostics.first().and_then(|found| found.fix.clone()).expect("a fix");
    assert_eq!(fix.edit.apply(late), "---\ntitle: x\n---\nBody.");
}

#[test]
fn every_verdict_has_its_reason() {
    let now = 1_420_070_400;
    let verdict = |name: &str, lines: &str, settings: &SiteSettings| {
        let text = format!("---\n{lines}\n---\nBody.");
        let publishing = read(name, &text).publishing(settings, now);
        assert!(publishing.reason.ends_with('.') && publishing.reason.len() > 20);
        publishing.verdict
    };
    let site = SiteSettings::default();
    assert_eq!(verdict(NAME, "a: b", &site), Verdict::Published);
    assert_eq!(verdict("idea.md", "a: b", &site), Verdict::NotAPost);
    assert_eq!(verdict("2014-12-08-a", "a: b", &site), Verdict::NotAPost);
    assert_eq!(verdict("_drafts/idea.md", "a: b", &site), Verdict::Draft);
    assert_eq!(verdict(NAME, "published: no", &site), Verdict::Unpublished);
    assert_eq!(verdict(NAME, "date: 2015-01-01 00:00:01", &site), Verdict::Future);
    assert_eq!(verdict(NAME, "date: 2015-01-01", &site), Verdict::Published);
    assert_eq!(verdict(NAME, "date: 2015-01-02", &SiteSettings::github_pages()), Verdict::Published);
    assert_eq!(verdict(NAME, "date: never", &site), Verdict::BuildStops);
    assert_eq!(verdict("2014-13-01-a.md", "a: b", &site), Verdict::BuildStops);
    assert_eq!(verdict(NAME, "permalink: /:nothing", &site), Verdict::BuildStops);
    assert_eq!(verdict(NAME, "category: 'a b: c'", &site), Verdict::BuildStops);
    assert_eq!(verdict("2014-13-01-a.md", "date: 2014-12-01", &site), Verdict::Published);
    // West of Greenwich the day begins later.
    let west = SiteSettings { zone: apercu::post::zone::Zone::fixed("west", -60), ..SiteSettings::default() };
    assert_eq!(verdict(NAME, "date: 2015-01-01", &west), Verdict::Future);
}

#[test]
fn a_file_name_that_is_suggested_is_a_posts() {
    let day = apercu::post::date::DateTime::day(2014, 12, 8).expect("a day");
    for title in ["Retour sur l'Été", "", "2014", "a/b", "...", "日本"] {
        let name = FileName::suggest(title, &day, "md");
        let post = read(&name, "");
        assert_eq!(post.publishing(&SiteSettings::default(), i64::MAX).verdict, Verdict::Published, "{name}");
    }
}

#[test]
fn a_text_that_is_all_body_has_no_front_matter_and_nothing_is_said_about_it() {
    for text in ["---\ntitle: A\n---\nx", "\u{FEFF}x", "", "---\nopen", "plain"] {
        let post = read_body("2014-12-08-a.md", text);
        assert_eq!(post.body_span.of(text), text.trim_start_matches('\u{FEFF}'), "{text:?}");
        assert!(post.front_matter.entries.is_empty() && post.front_matter.published && !post.failed);
        assert!(post.diagnostics.is_empty(), "{:?}", post.diagnostics);
        assert_eq!(post.title(), "A");
    }
}
