//! Texts made to hurt: deep, long, broken. Whatever comes in, the work is bounded and nothing is lost without a word.
//! What is counted is blocks, tokens and depth, never time; a quadratic step would show as a test that does not end.

use apercu::markdown::block::{BlockStore, MAX_BODY};
use apercu::markdown::outline::outline;
use apercu::markdown::sanitize::MAX_DEPTH;
use apercu::markdown::token::Token;
use apercu::markdown::{Dialect, Options, parse, render_html};

/// How often the pieces that nest are repeated, and how often the others.
const MANY: usize = 100_000;
const SOME: usize = 4_000;

/// Shows a text in both dialects; each token counted, each depth checked. Gives the number of tokens of the larger page.
fn show(body: &str) -> usize {
    let mut most = 0;
    for dialect in [Dialect::Jekyll, Dialect::GitHub] {
        let options = Options::of(dialect);
        let mut store = BlockStore::new();
        store.update(body, &options);
        let mut tokens = 0;
        for block in store.blocks() {
            let mut depth = 0usize;
            for token in block.tokens.iter() {
                match token {
                    Token::Open { .. } => depth += 1,
                    Token::Close => depth = depth.checked_sub(1).expect("a close for each open"),
                    _ => {}
                }
                assert!(depth <= MAX_DEPTH);
                tokens += 1;
            }
            assert_eq!(depth, 0);
        }
        // A second time, with one key more, everything is known.
        store.update(&[body, "x"].concat(), &options);
        store.update(body, &options);
        most = most.max(tokens);
    }
    most
}

/// The tokens grow with the text, not with its square.
fn assert_linear(name: &str, body: &str) {
    let tokens = show(body);
    assert!(tokens <= body.len() * 4 + 100, "{name}: {tokens} tokens of {} bytes", body.len());
}

#[test]
fn very_deep() {
    for piece in [">", "[", "*", "- ", "1. ", "<div>", "<b>"] {
        assert_linear(piece, &piece.repeat(MANY));
    }
}

#[test]
fn deep_markdown() {
    for (name, piece) in [
        ("quotes", ">"),
        ("spaced quotes", "> "),
        ("brackets", "["),
        ("images", "!["),
        ("stars", "*"),
        ("spaced stars", "*a "),
        ("underscores", "_"),
        ("tildes", "~"),
        ("backticks", "`"),
        ("list markers", "- "),
        ("numbers", "1. "),
        ("closing brackets", "]"),
        ("link ends", "](x)"),
        ("links", "[a]("),
        ("ampersands", "&"),
        ("references", "&amp;"),
        ("dollars", "$"),
        ("two dollars", "$$"),
        ("backslashes", "\\"),
        ("pipes", "|"),
        ("pipes and dashes", "|-"),
        ("quotation marks", "\""),
        ("apostrophes", "'a"),
        ("hashes", "#"),
        ("footnotes", "[^a]"),
        ("less than", "<"),
        ("comments", "<!--"),
        ("instructions", "<?"),
        ("declarations", "<!A"),
        ("character data", "<![CDATA["),
        ("tabs", "\t"),
        ("nulls", "\0"),
        ("bare addresses", "www.a_"),
        ("bare schemes", "http://"),
        ("bare mail", "a@a."),
        ("parentheses in an address", "www.a.b)("),
    ] {
        assert_linear(name, &piece.repeat(SOME));
    }
}

#[test]
fn deep_markdown_over_lines() {
    let nested_list: String = (0..1000).map(|depth| [&"  ".repeat(depth), "- a\n"].concat()).collect();
    assert_linear("nested lists", &nested_list);
    let nested_quotes: String = (0..1000).map(|depth| [&"> ".repeat(depth), "a\n"].concat()).collect();
    assert_linear("nested quotes", &nested_quotes);
    assert_linear("headers", &"# a\n".repeat(SOME));
    assert_linear("definitions", &(0..SOME).map(|n| format!("[r{n}]: /u\n")).collect::<String>());
    assert_linear("one footnote, many references", &["[^a] ".repeat(SOME), "\n\n[^a]: x\n".into()].concat());
    let notes: String = (0..2000).map(|n| format!("[^{n}] \n\n[^{n}]: note[^{}]\n\n", n + 1)).collect();
    assert_linear("a chain of footnotes", &notes);
    assert_linear("many tables", &"| a |\n|---|\n| b |\n\n".repeat(SOME / 4));
    assert_linear(
        "one wide table",
        &["|a".repeat(5000), "\n".into(), "|-".repeat(5000), "\n".into(), "|b".repeat(5000)].concat(),
    );
    assert_linear("fences", &"```\n".repeat(SOME));
    assert_linear("tasks", &"- [ ] a\n".repeat(SOME));
    assert_linear("lines", &"a\n".repeat(SOME));
    assert_linear("paragraphs", &"a\n\n".repeat(SOME));
}

#[test]
fn deep_html() {
    for (name, piece) in [
        ("div", "<div>"),
        ("b", "<b>"),
        ("b in blocks", "<b>\n\n"),
        ("div in blocks", "<div>\n\n"),
        ("p", "<p>"),
        ("a", "<a href=x>"),
        ("b and i crossed", "<b><i></b></i>"),
        ("b then p", "<b><p>"),
        ("table", "<table>"),
        ("table cells", "<table><tr><td>"),
        ("lists", "<ul><li>"),
        ("svg", "<svg>"),
        ("svg and html", "<svg><p>"),
        ("math", "<math><mtext>"),
        ("script", "<script>"),
        ("template", "<template>"),
        ("select", "<select><option>"),
        ("ends", "</div>"),
        ("ends of p", "</p>"),
        ("unknown", "<x-y>"),
        ("unclosed tags", "<div "),
        ("unclosed quotes", "<a b=\""),
        ("attributes", "<a b c d e>"),
        ("iframes", "<iframe>"),
        ("buttons", "<button>"),
        ("font", "<font color=red>"),
        ("ruby", "<ruby><rt>"),
    ] {
        assert_linear(name, &piece.repeat(SOME));
        // Between blocks too, and closed again.
        assert_linear(
            name,
            &["\n\n", &piece.repeat(SOME / 2), "\n\nwords\n\n", &"</div></b></p>".repeat(SOME / 2)].concat(),
        );
    }
    let nested: String = ["<div>\n\n".repeat(10_000), "words\n\n".into(), "</div>\n\n".repeat(10_000)].concat();
    assert_linear("tied blocks", &nested);
    let attributes: String =
        ["<p ".to_owned(), (0..SOME).map(|n| format!("a{n}=1 ")).collect(), ">x</p>".into()].concat();
    assert_linear("attributes of one tag", &attributes);
    let style = ["<p style=\"", &"color: red;".repeat(SOME), "\">x</p>"].concat();
    assert_linear("declarations of one style", &style);
    let class = ["<p class=\"", &"apercu-x ".repeat(SOME), "\">x</p>"].concat();
    assert_linear("classes of one element", &class);
}

#[test]
fn depth_is_capped_and_said() {
    let mut store = BlockStore::new();
    store.update(&[&"> ".repeat(1000), "the bottom"].concat(), &Options::of(Dialect::GitHub));
    let text: String = store
        .blocks()
        .iter()
        .flat_map(|block| block.tokens.iter())
        .filter_map(|token| match token {
            Token::Text(text) => Some(text.to_string()),
            _ => None,
        })
        .collect();
    assert!(text.contains("the bottom"));
    assert_eq!(store.diagnostics().len(), 1);
    assert_eq!(store.diagnostics()[0].code, "preview-simplified");
}

#[test]
fn a_long_text_is_cut_and_said() {
    let line = "Words and words and more words in a line of a long text.\n\n";
    let body = line.repeat((10 << 20) / line.len());
    let mut store = BlockStore::new();
    store.update(&body, &Options::default());
    let diagnostic = &store.diagnostics()[0];
    assert_eq!(diagnostic.code, "preview-cut");
    assert!(diagnostic.span.start <= MAX_BODY && diagnostic.span.start > MAX_BODY - line.len());
    assert_eq!(diagnostic.span.end, body.len());
    let blocks = store.blocks().len();
    assert!(blocks > MAX_BODY / line.len() - 2, "{blocks}");
    store.update(&[&body, "more"].concat(), &Options::default());
    assert_eq!(store.rendered(), 0);
    // One line of ten million characters has nowhere to be cut but between two of them.
    let mut store = BlockStore::new();
    store.update(&"é".repeat(5 << 20), &Options::default());
    assert_eq!(store.diagnostics()[0].span.start, MAX_BODY);
}

#[test]
fn one_huge_block_is_cut_and_said() {
    let mut store = BlockStore::new();
    store.update(&"*a* ".repeat(MANY), &Options::default());
    assert_eq!(store.diagnostics().len(), 1, "{:?}", store.diagnostics());
    assert_eq!(store.blocks().len(), 1);
}

#[test]
fn odd_characters_are_shown() {
    for body in [
        "\0",
        "a\0b",
        "\u{FEFF}# a",
        "\u{202E}abc",
        "a\u{2028}b",
        "\u{FFFD}",
        "\r",
        "a\r\nb\r\n\r\nc",
        "\u{1}\u{7f}",
        "😀\u{200D}😀",
    ] {
        show(body);
        render_html(body, &Options::default());
    }
    assert_eq!(show(""), 0);
    assert_eq!(show("\n\n \n\t\n"), 0);
}

#[test]
fn the_outline_of_many_headers_is_made_in_one_pass() {
    let body = "# a\n\n".repeat(MANY);
    let options = Options::default();
    let headings = outline(&body, &parse(&body, &options), &options);
    assert_eq!(headings.len(), MANY);
    assert_eq!(headings[MANY - 1].id, format!("a-{}", MANY - 1));
}
