//! The sanitizer against an established one: what ours passes on, ammonia under the same allow-list passes on unchanged,
//! and the HTML Standard's parser sees nothing in it that is not on the list.

#[path = "support/attacks.rs"]
mod attacks;
#[path = "support/dom.rs"]
mod dom;
#[path = "support/posts.rs"]
mod posts;

use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};
use apercu::code::Highlighting;
use apercu::markdown::block::BlockStore;
use apercu::markdown::sanitize::{MAX_DEPTH, Relative, sanitize, sanitize_for};
use apercu::markdown::token::{Token, to_html};
use apercu::markdown::{Dialect, Options, raw_html};
use dom::Node;
use proptest::prelude::*;

/// The elements that may reach the page, stated once more: a change of the sanitizer's list has to be meant twice.
const ELEMENTS: &str = "p div span br hr h1 h2 h3 h4 h5 h6 blockquote pre code ul ol li dl dt dd table caption colgroup col \
thead tbody tfoot tr th td em strong b i u s strike del ins small big sub sup kbd samp var tt mark abbr acronym cite q dfn \
time data address article aside section nav header footer main hgroup figure figcaption details summary ruby rb rt rtc rp \
bdi bdo wbr center font nobr a img video audio source input";

/// The attributes that any of them may have.
const ANYWHERE: &str = "class id role title lang dir hidden style";

/// The attributes that one of them may have.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("a", "href target rel"),
    ("img", "src alt width height align border hspace vspace"),
    ("video", "src width height controls preload"),
    ("audio", "src width height controls preload"),
    ("source", "src type"),
    ("input", "type disabled checked"),
    ("table", "align width border cellpadding cellspacing bgcolor summary"),
    ("td", "align valign width height colspan rowspan scope bgcolor nowrap abbr"),
    ("th", "align valign width height colspan rowspan scope bgcolor nowrap abbr"),
    ("tr", "align valign bgcolor"),
    ("thead", "align valign bgcolor"),
    ("tbody", "align valign bgcolor"),
    ("tfoot", "align valign bgcolor"),
    ("col", "span width align valign"),
    ("colgroup", "span width align valign"),
    ("caption", "align"),
    ("p", "align"),
    ("div", "align"),
    ("h1", "align"),
    ("h2", "align"),
    ("h3", "align"),
    ("h4", "align"),
    ("h5", "align"),
    ("h6", "align"),
    ("ol", "start type reversed"),
    ("ul", "type"),
    ("li", "value type"),
    ("hr", "align width size noshade color"),
    ("br", "clear"),
    ("font", "color face size"),
    ("details", "open"),
    ("time", "datetime"),
    ("del", "datetime"),
    ("ins", "datetime"),
    ("data", "value"),
    ("pre", "width"),
];

fn words(text: &'static str) -> HashSet<&'static str> {
    text.split_whitespace().collect()
}

fn oracle() -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(words(ELEMENTS))
        .clean_content_tags(HashSet::new())
        .generic_attributes(words(ANYWHERE))
        .add_generic_attribute_prefixes(["aria-"])
        .tag_attributes(ATTRIBUTES.iter().map(|(tag, names)| (*tag, words(names))).collect::<HashMap<_, _>>())
        .url_schemes(words("http https mailto tel ftp irc ircs xmpp data"))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    builder
}

/// All blocks of a body, as one page.
fn page(body: &str, dialect: Dialect) -> String {
    let mut store = BlockStore::new();
    store.update(body, &Options::of(dialect));
    store.blocks().iter().map(|block| to_html(&block.tokens)).collect()
}

/// A piece of HTML, straight through the sanitizer.
fn cleaned(html: &str) -> Vec<Token<'_>> {
    sanitize(raw_html::parse(html)).tokens
}

/// Asserts all that has to be true of a page whatever went in.
fn assert_clean(oracle: &Builder<'_>, page: &str, source: &str) {
    let once = dom::reserialized(page);
    let again = oracle.clean(page).to_string();
    assert!(once == again, "not a fixpoint\n--- source\n{source}\n--- ours\n{once}\n--- theirs\n{again}");
    assert_structure(page, source);
}

/// What the allow-list of the oracle cannot say: where addresses lead, what a style holds, what a link does.
fn assert_structure(page: &str, source: &str) {
    for node in dom::nodes(page) {
        let Node::Open { name, attributes } = node else { continue };
        let value = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        if let Some(href) = value("href") {
            let target = value("target");
            if href.starts_with('#') {
                assert_eq!(target, Some("_self"), "{href} of {source}");
            } else {
                assert!(
                    ["http:", "https:", "mailto:", "tel:", "ftp:", "irc:", "ircs:", "xmpp:"]
                        .iter()
                        .any(|scheme| href.to_ascii_lowercase().starts_with(scheme)),
                    "{href} of {source}"
                );
                assert_eq!((target, value("rel")), (Some("_blank"), Some("noopener noreferrer")), "{href} of {source}");
            }
        }
        if let Some(src) = value("src") {
            let src = src.to_ascii_lowercase();
            let shown = src.starts_with("http:")
                || src.starts_with("https:")
                || name == "img"
                    && ["png", "jpeg", "jpg", "gif", "webp", "avif"].iter().any(|kind| {
                        ["data:image/", kind].concat().len() < src.len()
                            && src.starts_with(&["data:image/", kind].concat())
                    });
            assert!(shown, "{src} of {source}");
        }
        if let Some(style) = value("style") {
            let style = style.to_ascii_lowercase();
            for bad in ["url", "\\", "/*", "@", "expression", "{", "}", "<", "var(", "fixed", "absolute", "behavior"] {
                assert!(!style.contains(bad), "{style} of {source}");
            }
        }
        if name == "input" {
            assert_eq!((value("type"), value("disabled")), (Some("checkbox"), Some("disabled")), "{source}");
        }
        if matches!(name.as_str(), "video" | "audio") {
            assert!(value("controls").is_some() && value("autoplay").is_none(), "{source}");
            assert_eq!(value("preload"), Some("none"), "{source}");
        }
    }
}

#[test]
fn each_attack_comes_out_harmless() {
    let oracle = oracle();
    let attacks = attacks::all();
    assert!(attacks.len() >= 160, "only {} attacks", attacks.len());
    for attack in &attacks {
        for dialect in [Dialect::Jekyll, Dialect::GitHub] {
            let page = page(attack.body(), dialect);
            assert_clean(&oracle, &page, &attack.id);
            let visible = page.contains("__hit") || page.contains(attacks::LOGGER);
            if visible {
                // A payload may be read as text, or as the place that a placeholder names; it must not be an address.
                for node in dom::nodes(&page) {
                    if let Node::Open { name, attributes } = node {
                        for (attribute, value) in attributes {
                            let told = matches!(
                                attribute.as_str(),
                                "title" | "alt" | "class" | "id" | "lang" | "dir" | "role"
                            ) || attribute.starts_with("aria-")
                                || matches!(
                                    (name.as_str(), attribute.as_str()),
                                    ("a", "href") | ("img" | "video" | "audio" | "source", "src")
                                );
                            assert!(told || !value.contains("__hit"), "{}: {name} {attribute}={value}", attack.id);
                        }
                    }
                }
            }
        }
        // And without Markdown in between.
        assert_clean(&oracle, &to_html(&cleaned(attack.body())), &attack.id);
    }
}

/// Where the tokens go into a page of their own site, every address still leads to the web, or to that site.
#[test]
fn each_attack_comes_out_harmless_where_relative_addresses_lead_somewhere() {
    let oracle = oracle();
    let base = url::Url::parse("https://host.example/admin/change/").expect("an address");
    for attack in &attacks::all() {
        for dialect in [Dialect::Jekyll, Dialect::GitHub] {
            let mut store = BlockStore::for_page(Relative::Here, &Highlighting::default());
            store.update(attack.body(), &Options::of(dialect));
            let page: String = store.blocks().iter().map(|block| to_html(&block.tokens)).collect();
            let once = dom::reserialized(&page);
            assert_eq!(once, oracle.clean(&page).to_string(), "{}", attack.id);
            for node in dom::nodes(&page) {
                let Node::Open { name, attributes } = node else { continue };
                for (attribute, value) in attributes {
                    let schemes: &[&str] = match attribute.as_str() {
                        "src" if name == "img" => &["http", "https", "data"],
                        "src" => &["http", "https"],
                        "href" => &["http", "https", "mailto", "tel", "ftp", "irc", "ircs", "xmpp"],
                        _ => continue,
                    };
                    // What is no address for the standard's parser leads nowhere.
                    if let Ok(address) = base.join(&value) {
                        assert!(schemes.contains(&address.scheme()), "{}: {attribute}={value}", attack.id);
                    }
                }
            }
        }
    }
}

#[test]
fn relative_addresses_lead_to_the_site_where_it_is_here() {
    let page = |html| to_html(&sanitize_for(Relative::Here, raw_html::parse(html)).tokens);
    for html in [
        "<img src=\"/media/a.png\" alt=\"A\" />",
        "<img src=\"a%20b.png\" />",
        "<video src=\"film.mp4\" controls=\"\" preload=\"none\"></video>",
        "<a href=\"../next/\" target=\"_blank\" rel=\"noopener noreferrer\">b</a>",
        "<a href=\"#c\" target=\"_self\">c</a>",
    ] {
        assert_eq!(page(html), html);
    }
    // What browsers take out of an address does not hide a scheme; what has one without a host, or is empty, leads nowhere.
    for html in [
        "<a href=\"java\tscript:x\">a</a>",
        "<a href=\" javascript:x\">a</a>",
        "<a href=\"https:/x\">a</a>",
        "<img src=\"javascript:x\">",
        "<img src=\"https:x\">",
        "<img src=\"\">",
        "<img src=\"#x\">",
        "<a href=\"\">a</a>",
    ] {
        let page = page(html);
        assert!(!page.contains("href=") && !page.contains("src="), "{html}: {page}");
    }
}

#[test]
fn scripts_and_styles_are_never_shown_as_text() {
    for html in [
        "<script>__hit('x')</script>",
        "a <script>__hit('x')</script> b",
        "<style>__hit{}</style>",
        "a <style>__hit{}</style> b",
        "<b><script>__hit</script></b>",
        "<svg><script>__hit</script></svg>",
        "<noscript>__hit</noscript>",
        "<template>__hit</template>",
        "<title>__hit</title>",
        "<script>\n\n__hit\n\n</script>",
    ] {
        for dialect in [Dialect::Jekyll, Dialect::GitHub] {
            let page = page(html, dialect);
            assert!(!page.contains("__hit"), "{html}: {page}");
        }
    }
    let deep = "<b>".repeat(MAX_DEPTH + 10) + "<script>__hit</script>";
    assert!(!to_html(&cleaned(&deep)).contains("__hit"));
}

#[test]
fn what_a_reader_would_miss_is_labelled() {
    for (html, expected) in [
        ("<iframe src=\"https://www.example.org/v?x\"></iframe>", ["apercu-frame", "www.example.org"]),
        ("<script src=//gist.example.org/1.js></script>", ["apercu-script", "gist.example.org"]),
        ("<object data=http://a.example/x></object>", ["apercu-object", "a.example"]),
        ("<form action=http://b.example><input></form>", ["apercu-form", "b.example"]),
        ("<img src=\"/img/a b.png\" alt=\"A pier\">", ["apercu-image", "/img/a b.png"]),
        ("<img src=\"x.png\" alt=\"A pier\">", ["apercu-image", "A pier"]),
        ("<video src=v.mp4></video>", ["apercu-media", "v.mp4"]),
        ("<svg><path/></svg>", ["apercu-drawing", "drawing"]),
        ("<math><mi>x</mi></math>", ["apercu-formula", "formula"]),
        ("<a href=\"/about\">x</a>", ["apercu-relative-link", "title=\"/about\""]),
        ("<a href=\"../b\" title=\"T\">x</a>", ["apercu-relative-link", "title=\"T (../b)\""]),
    ] {
        let page = to_html(&cleaned(html));
        assert!(expected.iter().all(|part| page.contains(part)), "{html}: {page}");
    }
}

#[test]
fn ordinary_html_passes_unchanged() {
    for html in [
        "<details open=\"\"><summary>S</summary><p class=\"a b\" id=\"c\">x</p></details>",
        "<kbd>Ctrl</kbd> <mark>m</mark> <sub>1</sub> <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
        "<table><thead><tr><th style=\"text-align: center\" colspan=\"2\">x</th></tr></thead></table>",
        "<figure><img src=\"https://a.example/b.png\" alt=\"c\" width=\"10\" /><figcaption>d</figcaption></figure>",
        "<a href=\"https://a.example/?b=c&amp;d\" target=\"_blank\" rel=\"noopener noreferrer\">x</a>",
        "<a href=\"#x\" target=\"_self\">x</a>",
        "<img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"\" />",
        "<video src=\"https://a.example/v.mp4\" width=\"3\" controls=\"\" preload=\"none\"></video>",
        "<span aria-label=\"x\" lang=\"fr\" dir=\"ltr\" role=\"note\">y</span>",
    ] {
        assert_eq!(to_html(&cleaned(html)), html);
    }
}

#[test]
fn a_post_does_not_get_the_pages_own_classes() {
    let page =
        to_html(&cleaned("<span class=\"apercu-placeholder x apercu-image\">y</span><b class=apercu-frame>z</b>"));
    assert_eq!(page, "<span class=\"x\">y</span><b>z</b>");
}

#[test]
fn nesting_is_capped_and_content_kept() {
    let html = "<div>".repeat(1000) + "bottom<img src=https://a.example/x.png>";
    let clean = sanitize(raw_html::parse(&html));
    assert!(clean.depth_capped);
    let mut depth = 0;
    let mut deepest = 0;
    for token in &clean.tokens {
        match token {
            Token::Open { .. } => depth += 1,
            Token::Close => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    assert!(depth == 0 && deepest <= MAX_DEPTH && deepest > MAX_DEPTH - 3, "{deepest}");
    assert!(to_html(&clean.tokens).contains("bottom"));
}

#[test]
fn spans_stay_with_their_elements() {
    let html = "<p>a<i>b</i></p>";
    let spans: Vec<_> = cleaned(html)
        .into_iter()
        .filter_map(|token| match token {
            Token::Open { span, .. } => span.map(|span| span.of(html).to_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(spans, ["<p>", "<i>"]);
}

#[test]
#[ignore = "needs real posts: APERCU_POSTS"]
fn real_posts_come_out_clean() {
    let oracle = oracle();
    for (name, body) in posts::bodies() {
        for dialect in [Dialect::Jekyll, Dialect::GitHub] {
            assert_clean(&oracle, &page(&body, dialect), &name);
        }
    }
}

/// Pieces of HTML, many of them broken, chosen to meet each other badly.
fn html() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "a",
        "b",
        "i",
        "p",
        "div",
        "span",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "caption",
        "ul",
        "li",
        "dl",
        "dd",
        "h1",
        "pre",
        "code",
        "img",
        "br",
        "hr",
        "svg",
        "math",
        "mi",
        "mtext",
        "mglyph",
        "annotation-xml",
        "foreignObject",
        "desc",
        "title",
        "style",
        "script",
        "noscript",
        "template",
        "textarea",
        "xmp",
        "iframe",
        "noembed",
        "noframes",
        "plaintext",
        "form",
        "input",
        "select",
        "option",
        "button",
        "object",
        "embed",
        "video",
        "source",
        "details",
        "summary",
        "font",
        "center",
        "ruby",
        "rt",
        "base",
        "meta",
        "link",
        "body",
        "html",
        "head",
        "frameset",
        "image",
        "nobr",
        "marquee",
        "x-y",
        "A",
        "DIV",
    ]);
    let attribute = prop::sample::select(vec![
        "",
        " class=a",
        " id='b'",
        " title=\"<img src=x onerror=__hit()>\"",
        " onclick=__hit()",
        " href=javascript:__hit()",
        " href=\"#x\"",
        " href='https://a.example/?x=1&y'",
        " src=x",
        " src=https://a.example/x.png",
        " style='color:red;x:url(y)'",
        " name=n",
        " srcset=x",
        " type=checkbox",
        " checked",
        " action=/x",
        " xlink:href=x",
        " xmlns=x",
        " is=x",
        " slot=x",
        " data-x=y",
        " align=left",
        " width=1",
        " =",
        " /",
        " \"",
        " '",
        " href=\"",
        " align",
        " \0",
        " é=1",
        " aria-label=x",
        " class='apercu-placeholder'",
        " href=' java\tscript:x'",
        " target=_top",
        " rel=x",
        " start=2",
        " open",
        " dir=rtl",
    ]);
    let piece = prop_oneof![
        4 => (tag.clone(), prop::collection::vec(attribute, 0..3), prop::sample::select(vec![">", "/>", " >", "", ">\n"]))
            .prop_map(|(tag, attributes, end)| format!("<{tag}{}{end}", attributes.concat())),
        3 => tag.prop_map(|tag| format!("</{tag}>")),
        3 => prop::sample::select(vec![
            "text", " ", "\n", "\n\n", "&lt;", "&amp;lt;", "&#60;img src=x&#62;", "<", ">", "</", "<!", "<!--", "-->", "--!>",
            "<!-->", "<![CDATA[", "]]>", "<?", "?>", "<!doctype html>", "\0", "é", "\"", "'", "`", "*", "> ", "- ", "    ",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn any_html_comes_out_clean(html in html()) {
        let oracle = oracle();
        assert_clean(&oracle, &to_html(&cleaned(&html)), &html);
    }

    #[test]
    fn any_post_with_html_comes_out_clean(body in html()) {
        let oracle = oracle();
        assert_clean(&oracle, &page(&body, Dialect::Jekyll), &body);
        assert_clean(&oracle, &page(&body, Dialect::GitHub), &body);
    }

    #[test]
    fn tokens_always_nest(html in html()) {
        for tokens in [raw_html::parse(&html), cleaned(&html)] {
            let mut depth = 0usize;
            for token in tokens {
                match token {
                    Token::Open { .. } => depth += 1,
                    Token::Close => depth = depth.checked_sub(1).expect("a close for each open"),
                    _ => {}
                }
            }
            prop_assert_eq!(depth, 0);
        }
    }
}
