//! What real programs put on the clipboard, as Markdown. In: `tests/fixtures/paste`: HTML of clipboards, and next to each
//! the Markdown that was written for it by hand. Out: a failure that names the file. Neighbours: `src/paste/`;
//! `scripts/paste-fixtures.py` captures the HTML. Documents called `google-` and `word-` are written by hand in the shape
//! that those programs are known to write.

use std::fs;
use std::path::{Path, PathBuf};

use apercu::markdown::{Dialect, Options, raw_html, render_html, token::Token};
use apercu::paste::markdown_of;
use proptest::prelude::*;

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/paste");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder can be read")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "html"))
        .collect();
    found.sort();
    found
}

/// Where the plain text of a clipboard serves better, an empty file says so.
#[test]
fn clipboards_become_the_markdown_next_to_them() {
    let all = fixtures();
    assert!(all.len() >= 46, "{} clipboards", all.len());
    let mut wrong = Vec::new();
    for path in all {
        let html = fs::read_to_string(&path).expect("the clipboard can be read");
        let expected = fs::read_to_string(path.with_extension("md")).unwrap_or_else(|_| "no expectation".into());
        let markdown = markdown_of(&html, "").map_or_else(String::new, |pasted| pasted.markdown + "\n");
        if markdown != expected {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
            wrong.push(format!("=== {name}\n{markdown}--- expected\n{expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The words of HTML as a browser shows them, without quotation marks, which kramdown makes curly.
fn words(html: &str) -> String {
    let mut words = String::new();
    let mut hidden = Vec::new();
    for token in raw_html::parse(html) {
        match token {
            Token::Open { name, .. } => {
                hidden.push(matches!(&*name, "script" | "style" | "title" | "noscript" | "iframe"))
            }
            Token::Close => {
                hidden.pop();
            }
            Token::Text(text) if !hidden.contains(&true) => words.push_str(&text),
            _ => {}
        }
    }
    words
        .replace('…', "...")
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '"' | '\'' | '‘' | '’' | '“' | '”'))
        .collect()
}

/// What kramdown makes of Markdown after Liquid has taken its `raw` tags away.
fn rendered(markdown: &str) -> String {
    let body = markdown.replace("{% raw %}", "").replace("{% endraw %}", "");
    render_html(&body, &Options::of(Dialect::Jekyll))
}

/// Pieces of HTML: elements that nest, texts full of marks, tags that are not closed.
fn html() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        4 => "[a-z é漢]{1,8}",
        2 => r"[ -~]{1,10}".prop_map(|text| text.replace('&', "&amp;").replace('<', "&lt;")),
        1 => prop::sample::select(vec!["* a", "1. b", "# c", "{:x}", "[^1]: d", ": e", "a | b", "---", "~~~", "{{ f }}", "$$g$$", "\u{a0}", "^", "```"])
            .prop_map(str::to_owned),
    ];
    let inline =
        prop::sample::select(vec!["b", "i", "code", "span", "a href=\"https://example.org/\"", "sup", "s", "kbd"]);
    let block = prop::sample::select(vec!["p", "div", "ul", "li", "ol", "blockquote", "h2", "pre", "dl", "dt", "dd"]);
    let leaf = prop_oneof![4 => text, 1 => Just("<br>".to_owned()), 1 => Just("<hr>".to_owned())];
    let name_of = |tag: &str| tag.split(' ').next().unwrap_or("").to_owned();
    leaf.prop_recursive(5, 40, 5, move |inner| {
        let closed = prop::bool::weighted(0.9);
        let content = prop::collection::vec(inner.clone(), 0..5);
        let element =
            (prop_oneof![inline.clone(), block.clone()], content, closed).prop_map(move |(tag, inner, closed)| {
                let end = if closed { format!("</{}>", name_of(tag)) } else { String::new() };
                format!("<{tag}>{}{end}", inner.concat())
            });
        // Text between cells is shown before the table, so tables have none.
        let rows = prop::collection::vec(prop::collection::vec((inner, prop::bool::ANY), 1..4), 1..4);
        let table = rows.prop_map(|rows| {
            let cell = |(inner, header): &(String, bool)| {
                if *header { format!("<th>{inner}</th>") } else { format!("<td>{inner}</td>") }
            };
            let row = |cells: &Vec<_>| format!("<tr>{}</tr>", cells.iter().map(cell).collect::<String>());
            format!("<table>{}</table>", rows.iter().map(row).collect::<String>())
        });
        prop_oneof![8 => element, 1 => table]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn all_words_are_there_in_their_order(html in html()) {
        if let Some(pasted) = markdown_of(&html, "") {
            prop_assert_eq!(words(&rendered(&pasted.markdown)), words(&html), "{}", pasted.markdown);
        }
    }

    #[test]
    fn any_text_is_taken(html in "[<>/a-z=\"' !\\-é&;#]{0,200}") {
        let _ = markdown_of(&html, "");
    }
}

#[test]
fn what_nobody_sees_is_never_pasted() {
    let html = "<html><head><title>no</title><style>no</style></head><body><script>no</script><p hidden>no</p>\
        <p><b>yes</b><span style=\"display:none\">no</span></p><template>no</template></body></html>";
    assert_eq!(markdown_of(html, "").expect("Markdown").markdown, "**yes**");
}

#[test]
fn deep_nesting_and_long_texts_take_linear_time() {
    let started = std::time::Instant::now();
    for (tag, count) in
        [("<ul><li>a", 5_000), ("<blockquote>", 20_000), ("<b><i>", 20_000), ("<table><tr><td>x", 3_000)]
    {
        let pasted = markdown_of(&[&tag.repeat(count), "<b>end</b>"].concat(), "").expect("Markdown");
        assert!(pasted.markdown.contains("end"), "{tag}");
    }
    let row = "<p><b>some</b> *words* with a_b [c] <code>d`e</code></p>".repeat(1_000);
    assert!(markdown_of(&row, "").is_some());
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn footnotes_get_labels_that_the_text_does_not_have() {
    let html = "<p>a<a id=\"r\" href=\"#n\">1</a></p><ol><li id=\"n\"><p>note <a href=\"#r\">back</a></p></li></ol>";
    let pasted = markdown_of(html, "b[^1]\n\n[^1]: taken").expect("Markdown");
    assert_eq!(pasted.markdown, "a[^2]\n\n[^2]: note");
}

#[test]
fn pictures_without_an_address_are_left_out_and_counted() {
    let html = "<p><b>a</b><img alt=\"b\" src=\"data:image/png;base64,AA\"><img src=\"file:///c.png\"></p>";
    let pasted = markdown_of(html, "").expect("Markdown");
    assert_eq!((pasted.markdown.as_str(), pasted.left_out_pictures), ("**a**", 2));
}
