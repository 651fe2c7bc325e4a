//! The GitHub dialect against the writer that comes with the parser: the same page, up to white space that does not
//! show and to what GitHub adds (header ids, footnotes at the end).

#[path = "support/dom.rs"]
mod dom;
#[path = "support/posts.rs"]
mod posts;

use apercu::markdown::{Dialect, Options, render_html};
use dom::Node;
use proptest::prelude::*;

/// The page as the parser's own writer makes it. That writer ends the name of a language at a space only; cmark-gfm ends it
/// at any white space (its html.c, `cmark_isspace`), as we do.
fn oracle(body: &str) -> String {
    use pulldown_cmark::{CodeBlockKind, Event, Options as Flags, Parser, Tag, html};
    let flags = Flags::ENABLE_TABLES | Flags::ENABLE_STRIKETHROUGH | Flags::ENABLE_TASKLISTS | Flags::ENABLE_GFM;
    let mut page = String::new();
    let events = Parser::new_ext(body, flags | Flags::ENABLE_FOOTNOTES).map(|event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            let info = info.replace(['\t', '\u{b}', '\u{c}'], " ");
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info.into())))
        }
        other => other,
    });
    html::push_html(&mut page, events);
    page
}

/// The nodes without the ids that GitHub gives headers, and without a table's empty body: GFM says that there is none.
fn comparable(page: &str) -> Vec<Node> {
    let mut nodes = dom::normal(page);
    for node in &mut nodes {
        if let Node::Open { name, attributes } = node
            && name.len() == 2
            && name.starts_with('h')
        {
            attributes.retain(|(attribute, _)| attribute != "id");
        }
    }
    let is_body = |node: &Node| matches!(node, Node::Open { name, .. } | Node::Close(name) if name == "tbody");
    while let Some(at) =
        nodes.windows(2).position(|pair| is_body(&pair[0]) && matches!(pair[0], Node::Open { .. }) && is_body(&pair[1]))
    {
        nodes.drain(at..at + 2);
    }
    // The oracle knows no bare addresses: links that show where they lead count as the text that they show.
    let mut kept: Vec<Node> = Vec::new();
    let mut rest = nodes.into_iter().peekable();
    while let Some(node) = rest.next() {
        match (&node, rest.peek()) {
            (Node::Open { name, attributes }, Some(Node::Text(text)))
                if name == "a" && shows_itself(attributes, text) =>
            {
                append(&mut kept, rest.next());
                rest.next();
                append(&mut kept, rest.next_if(|next| matches!(next, Node::Text(_))));
            }
            _ => kept.push(node),
        }
    }
    let mut nodes = kept;
    // A browser opens again, empty, what a paragraph left open; we end it with its paragraph.
    let formatting = |name: &str| matches!(name, "a" | "b" | "i" | "u" | "em" | "strong" | "code" | "font" | "small");
    let empty = |pair: &[Node]| matches!((&pair[0], &pair[1]), (Node::Open { name, .. }, Node::Close(end)) if name == end && formatting(name));
    while let Some(at) = nodes.windows(2).position(empty) {
        nodes.drain(at..at + 2);
    }
    nodes
}

/// Whether a link's text is its address.
fn shows_itself(attributes: &[(String, String)], text: &str) -> bool {
    matches!(attributes, [(name, url)] if name == "href"
        && ["", "http://", "mailto:"].iter().any(|prefix| decoded(url) == [prefix, text].concat()))
}

/// An address without its percent-encoding.
fn decoded(url: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = url.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match hex.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Adds a text to the text before it.
fn append(nodes: &mut Vec<Node>, node: Option<Node>) {
    match (nodes.last_mut(), node) {
        (Some(Node::Text(before)), Some(Node::Text(text))) => before.push_str(&text),
        (_, Some(node)) => nodes.push(node),
        (_, None) => {}
    }
}

/// Where our page differs from the oracle's, if anywhere.
fn difference(body: &str) -> Option<String> {
    let ours = render_html(body, &Options::of(Dialect::GitHub));
    let theirs = oracle(body);
    let (left, right) = (comparable(&ours), comparable(&theirs));
    let at = (0..left.len().max(right.len())).find(|&i| left.get(i) != right.get(i))?;
    Some(format!(
        "node {at}: ours {:?}, theirs {:?}\n--- body\n{body}\n--- ours\n{ours}\n--- theirs\n{theirs}",
        left.get(at),
        right.get(at)
    ))
}

fn check(body: &str) {
    if let Some(difference) = difference(body) {
        panic!("{difference}");
    }
}

#[test]
fn each_construct_is_written_as_commonmark_does() {
    for body in [
        "# One\n\ntwo  \nthree\\\nfour\n\nFive\n====\n",
        "> quote\n> > deeper\n\n> [!NOTE]\n> alert\n",
        "- a\n- b\n\n  c\n- [ ] d\n- [x] e\n\n3. f\n4. g\n   - h\n",
        "1) a\n2) b\n",
        "```rust\nfn main() {}\n```\n\n    indented <b>\n\n~~~\n~~~\n",
        "`a`` ``b`c`` *em* **strong** ***both*** ~~del~~ ~one~\n",
        "[a](b) [c](<d e> \"f\") ![g *h* `i`](j 'k') <http://l.m> <n@o.p> [q]\n\n[q]: /r?s=é&t=ü \"v\"\n",
        "| a | b | c |\n|:--|:-:|--:|\n| 1 |  | `x` |\n| <b>2</b> |\n",
        "a <b>c</b> <!-- d --> &eacute;&amp;&lt; \"'\n\n<div class=\"e\">\n\n*f*\n\n</div>\n\n<img src=g>\n",
        "***\n\na\n---\nb\n",
        "<pre>\n\n  a\n</pre>\n\n<script>if (a < b) \"&amp;\"</script>\n\n<textarea>\n*x*\n</textarea>\n",
        "<table><tr><td>\n\n*x*\n\n</td></tr></table>\n",
        "<p>a\n\nb\n\n<p>c</p>\n",
    ] {
        check(body);
    }
}

#[test]
fn footnotes_stand_at_the_end_with_ways_back() {
    let page = render_html("a[^x] b[^y] c[^x]\n\n[^y]: Y\n[^x]: X\n", &Options::of(Dialect::GitHub));
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} in {page}"));
    assert!(at("<sup class=\"footnote-ref\"><a href=\"#fn-x\" id=\"fnref-x\">1</a></sup>") < at("#fn-y"));
    assert!(at("id=\"fnref-x-2\"") < at("<section class=\"footnotes\">"));
    assert!(at("<li id=\"fn-x\">") < at("<li id=\"fn-y\">"));
    assert!(at("href=\"#fnref-x\"") < at("href=\"#fnref-x-2\""));
}

#[test]
fn headers_get_ids_and_repeats_are_numbered() {
    let page = render_html("# Éa b!\n\n# Éa b!\n", &Options::of(Dialect::GitHub));
    assert_eq!(page, "<h1 id=\"éa-b\">Éa b!</h1><h1 id=\"éa-b-1\">Éa b!</h1>");
}

#[test]
#[ignore = "needs real posts: APERCU_POSTS"]
fn real_posts_are_written_as_commonmark_does() {
    let mut differing = Vec::new();
    let mut compared = 0;
    for (name, body) in posts::bodies() {
        // Footnotes differ on purpose.
        if body.contains("[^") {
            continue;
        }
        compared += 1;
        if let Some(difference) = difference(&body) {
            println!("=== {name}\n{}", difference.chars().take(1500).collect::<String>());
            differing.push(name);
        }
    }
    // What remains is raw HTML that is mis-nested or never closes: a browser lets it reach on, we do not.
    assert!(differing.len() * 20 <= compared, "{} of {compared} differ: {differing:?}", differing.len());
}

fn markdown() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "word",
        " ",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "`",
        "``",
        "~~",
        "[",
        "](u)",
        "](<./u v> \"t\")",
        "![",
        "]",
        "> ",
        "- ",
        "1. ",
        "# ",
        "    ",
        "```\n",
        "| a | b |\n|--|:-:|\n",
        "|",
        "&amp;",
        "&lt;",
        "\\",
        "é",
        "<http://a.b>",
        "- [ ] ",
        "  \n",
        "---\n",
        "\"",
        "'",
        "!",
        "\t",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

#[test]
fn the_name_of_a_language_ends_at_a_tab() {
    check("```ruby\tx\na\n```\n");
    assert!(render_html("```ruby\tx\na\n```\n", &Options::of(Dialect::GitHub)).contains("\"language-ruby\""));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_markdown_without_raw_html_is_written_as_commonmark_does(body in markdown()) {
        check(&body);
    }
}
