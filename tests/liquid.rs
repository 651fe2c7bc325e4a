//! What Liquid does to any text, and what stands in it for what one post cannot know. In: made texts.
//! Neighbours: `liquid_fixtures.rs` compares with real Jekyll.

use apercu::code::Highlighting;
use apercu::liquid::chip::{self, TextPart};
use apercu::liquid::{self, Context, Rendered};
use apercu::post::publishing::SiteSettings;
use apercu::post::{self, Post};
use apercu::text::{Severity, Span};
use proptest::prelude::*;
use std::borrow::Cow;

const NOW: i64 = 1_420_070_400;
const FRONT: &str = "---\ntitle: A walk\ntags: [a, b]\n---\n";

fn post() -> Post {
    post::read("_posts/2014-12-08-a-walk.md", FRONT)
}

fn render<'a>(body: &'a str, post: &Post) -> Rendered<'a> {
    liquid::render(body, &Context::new(post, &SiteSettings::default(), NOW))
}

/// The rendered text with `⟦label⟧` for a chip.
fn shown(body: &str) -> String {
    let post = post();
    let parts: Vec<String> = chip::decode(&render(body, &post).text)
        .into_iter()
        .map(|part| match part {
            TextPart::Text(text) => text.to_owned(),
            TextPart::Chip(label) => ["⟦", &label, "⟧"].concat(),
        })
        .collect();
    parts.concat()
}

fn codes(body: &str) -> Vec<(String, Severity, Span)> {
    let post = post();
    render(body, &post).diagnostics.iter().map(|found| (found.code.to_string(), found.severity, found.span)).collect()
}

#[test]
fn what_one_post_cannot_know_is_a_chip_in_its_place() {
    for (body, text) in [
        ("a {% include figure.html src=\"x\" %} b", "a ⟦{% include figure.html src=\"x\" %}⟧ b"),
        ("{% include_relative x.md %}", "⟦{% include_relative x.md %}⟧"),
        ("{% gist 123 %}{% youtube x %}", "⟦{% gist 123 %}⟧⟦{% youtube x %}⟧"),
        ("{% note %}*a*{% endnote %}", "⟦{% note %}⟧*a*⟦{% endnote %}⟧"),
        ("{{ site.data.x.y }} {{ site.posts | size }}", "⟦{{ site.data.x.y }}⟧ ⟦{{ site.posts | size }}⟧"),
        ("{% for p in site.posts %}{{ p.title }}{% endfor %}!", "⟦{% for p in site.posts %}⟧!"),
        ("{% if site.dark %}a{% else %}b{% endif %}", "⟦{% if site.dark %}⟧a"),
        ("{% if page.title or site.dark %}a{% endif %}", "a"),
        ("{% if site.dark and page.none %}a{% else %}b{% endif %}", "b"),
        ("{% assign x = site.pages | first %}{{ x.title }}", "⟦{{ x.title }}⟧"),
        ("{{ 'a' | markdownify }} {{ page.next.url }}", "⟦{{ 'a' | markdownify }}⟧ ⟦{{ page.next.url }}⟧"),
        ("{{ site.baseurl }}/x {{ site.url }}/x", "/x ⟦{{ site.url }}⟧/x"),
        (
            "{% capture x %}{% include a %}{% endcapture %}{{ x }}{{ x | upcase }}",
            "⟦{% include a %}⟧⟦{{ x | upcase }}⟧",
        ),
        ("{{ jekyll.environment }}{{ layout.x }}{{ none }}", "⟦{{ jekyll.environment }}⟧⟦{{ layout.x }}⟧"),
        ("{{ page }}{{ page.count }}", "⟦{{ page }}⟧⟦{{ page.count }}⟧"),
        ("{% link {{ x }} %}", "⟦{% link {{ x }} %}⟧"),
    ] {
        assert_eq!(shown(body), text);
    }
}

#[test]
fn what_is_being_written_stays_in_sight() {
    for (body, text) in [
        ("a {% if page.title %}b", "a ⟦{% if page.title %}⟧b"),
        ("a {% highlight ruby %}b\n\nc", "a ⟦{% highlight ruby %}⟧b\n\nc"),
        ("a {% comment %}b", "a ⟦{% comment %}⟧b"),
        ("a {% raw %}{{ page.title }}", "a ⟦{% raw %}⟧A walk"),
        ("a {{ page.title", "a {{ page.title"),
        ("a {% if", "a {% if"),
        ("{% for x in (1..2) %}{% if x %}a{% endfor %}b", "⟦{% if x %}⟧a⟦{% if x %}⟧ab"),
        ("{% if %}a{% else %}b{% endif %}c", "⟦{% if %}⟧a⟦{% else %}⟧bc"),
        ("a{% endif %}b{% else %}c", "a⟦{% endif %}⟧b⟦{% else %}⟧c"),
        ("{{ 1 | divided_by: 0 }}b", "⟦{{ 1 | divided_by: 0 }}⟧b"),
        ("{% case page.title %}{% when 'x' %}a{% else %}b", "⟦{% case page.title %}⟧ab"),
    ] {
        assert_eq!(shown(body), text);
        assert!(codes(body).iter().any(|(_, severity, _)| *severity == Severity::Error), "{body}");
    }
}

#[test]
fn mistakes_are_shown_where_they_are() {
    let error = Severity::Error;
    for (body, expected) in [
        ("ab {% assign x %}", vec![("liquid-syntax", error, Span::new(3, 17))]),
        ("ab {{ x }", vec![("liquid-unclosed", error, Span::new(3, 9))]),
        ("{% unless x %}", vec![("liquid-unclosed", error, Span::new(0, 14))]),
        ("{% gist 1 %}", vec![("liquid-unknown-tag", Severity::Warning, Span::new(0, 12))]),
        ("{% note %}{% endnote %}", vec![("liquid-unknown-tag", Severity::Warning, Span::new(0, 10))]),
        ("{{ 1 | plsu: 2 }}", vec![("liquid-unknown-filter", Severity::Warning, Span::new(0, 17))]),
        // The plugins of a site that is not known may have it.
        ("{{ 1 | nope }}", vec![]),
        ("{{ 1 | modulo: 0 }}", vec![("liquid-error", error, Span::new(0, 19))]),
        (
            "{% for i in (1..3) %}{{ 1 | plsu: 2 }}{% endfor %}",
            vec![("liquid-unknown-filter", Severity::Warning, Span::new(21, 38))],
        ),
        ("{{ page.none }}{% include x %}", vec![]),
    ] {
        let expected: Vec<_> =
            expected.into_iter().map(|(code, severity, span)| (code.to_owned(), severity, span)).collect();
        assert_eq!(codes(body), expected, "{body}");
    }
}

#[test]
fn a_post_may_switch_liquid_off() {
    let settings = SiteSettings::default();
    for (line, text) in [("render_with_liquid: false", "{{ page.title }}\n"), ("title: x", "x\n")] {
        let whole = ["---\n", line, "\n---\n{{ page.title }}\n"].concat();
        let post = post::read("2014-12-08-a.md", &whole);
        assert_eq!(
            liquid::of_post(&whole, &post, &settings, NOW, &Highlighting::default(), |_, _, _| String::new()).text,
            text
        );
    }
}

#[test]
fn every_byte_that_survives_leads_back_to_itself() {
    let post = post();
    let body = "one {% comment %}x{% endcomment %}two {{ page.title }} three\n{% highlight a %}\nb <c>\n{% endhighlight %}\nfour {% raw %}five{% endraw %}\n{% for t in page.tags %}six {{ t }} {% endfor %}seven";
    let rendered = render(body, &post);
    for word in ["one", "two", "three", "b ", "c", "four", "five", "six", "seven"] {
        let (here, there) = (rendered.text.find(word).expect(word), body.find(word).expect(word));
        // The letters of the tags before `b` and `c` are not meant.
        let (here, there) = match word {
            "b " => (rendered.text.find("b &lt;").expect(word), body.find("b <c>").expect(word)),
            "c" => (rendered.text.find("c&gt;").expect(word), body.find("c>\n").expect(word)),
            _ => (here, there),
        };
        assert_eq!(rendered.map.to_source(here), there, "{word}");
        assert_eq!(rendered.map.to_rendered(there), here, "{word}");
    }
    let title = rendered.text.find("A walk").expect("the title");
    assert_eq!(rendered.map.to_source(title + 3), body.find("{{ page.title").expect("the tag"));
}

/// Bodies that would explode.
fn bombs() -> Vec<String> {
    let nest = |depth: usize, range: &str| {
        [["{% for i in ", range, " %}"].concat().repeat(depth), "x".into(), "{% endfor %}".repeat(depth)].concat()
    };
    vec![
        nest(4, "(1..1000)"),
        nest(99, "(1..2)"),
        nest(1, "(1..9999999999)"),
        nest(2, "(1..3000)"),
        ["{% assign x = 'ab' %}", &"{% assign x = x | append: x %}".repeat(60), "{{ x }}"].concat(),
        ["{% assign x = 'a' %}", &"{% capture x %}{{ x }}{{ x }}{% endcapture %}".repeat(60), "{{ x }}"].concat(),
        ["{% assign x = 'aa' %}", &"{% assign x = x | replace: 'a', 'aaaaaaaaaa' %}".repeat(20)].concat(),
        ["{% assign x = 'a' | split: ',' %}", &"{% assign x = x | push: x %}".repeat(2000), "{{ x }}{{ x | jsonify }}{{ x | inspect }}{{ x | join }}{% if x == x %}{% endif %}"].concat(),
        ["{% assign e = '' | split: ',' %}{% assign x = e %}", &"{% assign x = e | push: x | push: x %}".repeat(20_000), "{{ x }}{{ x | flatten }}"].concat(),
        "{% assign x = (1..99999999999) | join: '-' | size %}{{ x }}{% assign y = (1..99999999999) | reverse %}".to_owned(),
        ["{% tablerow i in (1..99999999) cols: 2 %}", "x", "{% endtablerow %}"].concat(),
        ["{% for i in (1..1000000) %}", &"{{ page.title | upcase }}".repeat(200), "{% endfor %}"].concat(),
        "{{ 1 | date: '%9999999999d' }}{{ 9223372036854775807 | date: '%Y' }}{{ -9223372036854775807 | date: '%F' }}".to_owned(),
        "{{ -9223372036854775808 | divided_by: -1 }}{{ 'a' | slice: 9223372036854775807, 9223372036854775807 }}{{ 'a' | slice: -9223372036854775807 }}{{ 1.5 | round: 99999 }}{{ 1.5 | round: -99999 }}{{ 9223372036854775807 | times: 9223372036854775807 }}{{ 'a' | truncate: -9223372036854775808 }}{{ page.tags[-9223372036854775808] }}".to_owned(),
    ]
}

/// Without a budget these would not end.
#[test]
fn no_body_explodes() {
    let post = post();
    for body in bombs() {
        let rendered = render(&body, &post);
        assert!(rendered.text.len() <= body.len() + (64 << 20), "{}", rendered.text.len());
    }
}

#[test]
fn loops_stop_after_a_million_turns() {
    let post = post();
    let body = "{% for i in (1..2000) %}{% for j in (1..2000) %}.{% endfor %}{% endfor %}end";
    let rendered = render(body, &post);
    assert!(rendered.text.len() <= 1_000_000 && rendered.text.len() > 100_000, "{}", rendered.text.len());
    assert!(rendered.text.ends_with("end"));
    assert_eq!(rendered.diagnostics.iter().filter(|found| found.code == "liquid-too-much").count(), 1);
    let (code, _, span) = codes("A{% for i in (1..1000001) %}x{% endfor %}B").remove(0);
    assert_eq!((&*code, span.start), ("liquid-too-much", 1), "a loop that gives nothing at all says so");
}

fn any_body() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "{{",
        "}}",
        "{%",
        "%}",
        "{%-",
        "-%}",
        "{{-",
        "-}}",
        " ",
        "\n",
        "a",
        "é",
        "{% raw %}",
        "{% endraw %}",
        "{% if page.title %}",
        "{% else %}",
        "{% elsif a == 'b' %}",
        "{% endif %}",
        "{% for i in page.tags %}",
        "{% endfor %}",
        "{{ i }}",
        "{% comment %}",
        "{% endcomment %}",
        "{% highlight rb linenos %}",
        "{% endhighlight %}",
        "{{ page.title | upcase }}",
        "{% assign a = 'x<y' %}",
        "{{ a }}",
        "{% capture a %}",
        "{% endcapture %}",
        "{% case a %}",
        "{% when 'x' %}",
        "{% endcase %}",
        "{% include é.html %}",
        "{{ site.x }}",
        "{% break %}",
        "{% cycle 'a', 'b' %}",
        "{% tablerow i in page.tags %}",
        "{% endtablerow %}",
        "<",
        "&",
        "'",
        "\"",
        "|",
        ":",
        "page.tags",
        "{% ifchanged %}",
        "{% endifchanged %}",
        "{% unless a %}",
        "{% endunless %}",
        "{% post_url 2014-01-02-x %}",
        "{% link é.md %}",
        "\u{10FF00}",
        "\u{10FF01}",
        "{{ (1..3) }}",
        "{% increment x %}",
    ]);
    let texts = prop_oneof![4 => pieces.prop_map(str::to_owned), 1 => "\\PC{0,6}", 1 => "[a-z{}%|:.'\\[\\]() -]{0,12}"];
    prop::collection::vec(texts, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_rendered_and_its_map_is_monotone(body in any_body()) {
        let post = post();
        let rendered = render(&body, &post);
        let plain = !body.contains("{{") && !body.contains("{%");
        prop_assert_eq!(plain, matches!(rendered.text, Cow::Borrowed(_)));
        prop_assert_eq!(plain, rendered.map.is_identity());
        let (text, map) = (&rendered.text, &rendered.map);
        let mut before = 0;
        for at in 0..=text.len() + 1 {
            let source = map.to_source(at);
            prop_assert!(before <= source && source <= body.len(), "{} leads to {} after {}", at, source, before);
            prop_assert!(!text.is_char_boundary(at) || body.is_char_boundary(source));
            before = source;
        }
        before = 0;
        for at in 0..=body.len() + 1 {
            let there = map.to_rendered(at);
            prop_assert!(before <= there && there <= text.len(), "{} leads to {} after {}", at, there, before);
            prop_assert!(!body.is_char_boundary(at) || text.is_char_boundary(there));
            before = there;
        }
        for found in &rendered.diagnostics {
            prop_assert!(found.span.end <= body.len() && found.span.end > found.span.start);
            prop_assert!(body.is_char_boundary(found.span.start) && body.is_char_boundary(found.span.end));
        }
    }

    #[test]
    fn filters_take_any_value(
        input in prop::sample::select(vec!["page", "page.tags", "page.title", "'é a'", "''", "1", "-2.5", "nil", "true", "(1..3)", "page.date", "site", "'1.5'", "'<b>&amp;'", "'%E9'", "page.tags[0]"]),
        filter in prop::sample::select(liquid::filter_names().collect::<Vec<_>>()),
        arguments in prop::collection::vec(prop::sample::select(vec!["1", "-1", "0", "'a'", "''", "nil", "page.tags", "2.5", "page", "'age'", "99999999999", "'%'", "true"]), 0..3),
    ) {
        let post = post();
        let colon = if arguments.is_empty() { "" } else { ": " };
        let body = ["{{ ", input, " | ", filter, colon, &arguments.join(", "), " }}"].concat();
        let rendered = render(&body, &post);
        prop_assert!(rendered.diagnostics.iter().all(|found| found.code == "liquid-error"), "{}: {:?}", body, rendered.diagnostics);
    }
}
