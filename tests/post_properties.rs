//! What holds for any text: nothing panics, every span fits the text, every fix mends, and reading is deterministic.

use apercu::post::publishing::SiteSettings;
use apercu::post::{Post, PostReader, date_text, excerpt, read, slug, split, yaml};
use apercu::text::Span;
use proptest::prelude::*;

/// Texts made of what front matter is made of, right and wrong.
fn post_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "---",
            "...",
            "\n",
            "\n",
            "\n  ",
            "\r\n",
            "\t",
            " ",
            "title: ",
            "date: ",
            "tags:",
            "categories: ",
            "- ",
            "-",
            ": ",
            ":",
            "\"",
            "'",
            "\\",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "#",
            " # ",
            "&a ",
            "*a",
            "*b",
            "<<: ",
            "? ",
            "|\n",
            ">-\n",
            "!",
            "!!str ",
            "%",
            "@",
            "`",
            "2014-12-10",
            "10:30",
            "yes",
            "~",
            "é",
            "日",
            "😀",
            "\u{FEFF}",
            "\u{2028}",
            "\u{85}",
            "\0",
            "\u{7}",
            "{{ a }}",
            "[b]: /c\n",
            "{% if %}",
        ])
        .prop_map(str::to_owned),
        "[a-z]{1,6}",
        any::<char>().prop_map(String::from),
    ];
    (any::<bool>(), prop::collection::vec(piece, 0..40)).prop_map(|(front, pieces)| {
        let text = pieces.concat();
        if front { ["---\n", &text, "\n---\nBody"].concat() } else { text }
    })
}

fn fits(span: Span, text: &str) -> bool {
    span.start <= span.end && text.get(span.start..span.end).is_some()
}

fn check(post: &Post, text: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(post.body_span.end, text.len());
    let split = post.split;
    for span in [split.front_matter, split.document, split.yaml, split.body, post.body_span] {
        prop_assert!(fits(span, text), "{:?}", span);
    }
    if !post.stale {
        let mut end = split.document.start;
        for entry in &post.front_matter.entries {
            for span in [entry.key_span, entry.value_span, entry.span] {
                prop_assert!(fits(span, text), "{:?}", entry);
            }
            // Entries follow one another, and each holds its key and its value.
            prop_assert!(entry.span.start >= end, "{:?}", entry);
            prop_assert!(
                entry.span.start <= entry.key_span.start && entry.value_span.end <= entry.span.end,
                "{:?}",
                entry
            );
            end = entry.span.end;
        }
        prop_assert!(end <= split.document.end.max(split.document.start));
    }
    for diagnostic in &post.diagnostics {
        prop_assert!(fits(diagnostic.span, text), "{:?}", diagnostic);
        prop_assert!(diagnostic.message.ends_with(['.', ')']), "{}", diagnostic.message);
        if let Some(fix) = &diagnostic.fix {
            prop_assert!(fits(fix.edit.span, text), "{:?}", diagnostic);
            let mended = fix.edit.apply(text);
            prop_assert!(fits(fix.edit.selection, &mended), "{:?}", diagnostic);
            prop_assert_ne!(&mended, text);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_text_is_read(text in post_text(), name in "[^\0]{0,30}") {
        let post = read(&name, &text);
        check(&post, &text)?;
        let settings = SiteSettings::default();
        post.publishing(&settings, 0);
        post.title();
        if let Ok(url) = post.url(&settings, 0) {
            prop_assert!(url.path.starts_with('/'));
        }
        if let Some(excerpt) = post.excerpt(&text, &settings) {
            prop_assert!(post.body_span.of(&text).starts_with(&excerpt.markdown(post.body_span.of(&text))[..excerpt.length]));
        }
    }

    #[test]
    fn typing_is_as_reading_anew(text in post_text()) {
        let mut reader = PostReader::default();
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for &end in ends.iter().step_by(3).chain(ends.last()) {
            let typed = &text[..end];
            let anew = read("2014-12-08-a.md", typed);
            let post = reader.read("2014-12-08-a.md", typed);
            check(post, typed)?;
            prop_assert_eq!(&post.diagnostics, &anew.diagnostics);
            prop_assert_eq!(post.failed, anew.failed);
            if !post.stale {
                prop_assert_eq!(post, &anew);
            }
        }
    }

    #[test]
    fn yaml_does_not_depend_on_where_it_stands(text in post_text(), base in 0_usize..1000) {
        let here = yaml::read(&text, 0);
        let there = yaml::read(&text, base);
        // A value that is no number is not equal to itself.
        prop_assert_eq!(format!("{:?}", here.value), format!("{:?}", there.value));
        prop_assert_eq!(here.failed, there.failed);
        for (here, there) in here.entries.iter().zip(&there.entries) {
            prop_assert_eq!(here.span.shifted(base), there.span);
        }
    }

    #[test]
    fn a_split_covers_the_text(text in any::<String>()) {
        let split = split::split(&text);
        prop_assert_eq!(split.front_matter.end, split.body.start);
        prop_assert_eq!(split.body.end, text.len());
        prop_assert!(split.document.start <= split.yaml.start && split.yaml.end == split.document.end);
    }

    #[test]
    fn any_text_has_a_slug(text in any::<String>()) {
        use slug::{SlugCase, Mode};
        for mode in [Mode::Raw, Mode::Default, Mode::Pretty, Mode::Ascii, Mode::Latin, Mode::None] {
            let made = slug::slugify(&text, mode, SlugCase::Lower);
            if mode != Mode::None && mode != Mode::Raw {
                // Once made, a slug stays as it is.
                prop_assert_eq!(&slug::slugify(&made, mode, SlugCase::Lower), &made);
                prop_assert!(!made.contains("--") && !made.contains(char::is_whitespace));
            }
        }
        slug::titleize(&text);
    }

    #[test]
    fn any_text_may_be_meant_as_a_date(text in "[-0-9a-zT:/., '+@é]{0,40}") {
        date_text::read(&text);
    }

    #[test]
    fn any_body_has_an_excerpt(body in any::<String>(), separator in ".{0,3}") {
        match excerpt::extract(&body, &separator) {
            None => prop_assert!(separator.is_empty()),
            Some(excerpt) => prop_assert!(!body[..excerpt.length].contains(&separator)),
        }
    }
}
