//! Raw HTML as it is found in posts, much of it broken: mended into the tree that the HTML Standard's parser makes of it.

#[path = "support/dom.rs"]
mod dom;

use apercu::markdown::raw_html;
use apercu::markdown::token::to_html;

/// Asserts that our tree is the standard's.
fn check(html: &str) {
    let ours = to_html(&raw_html::parse(html));
    assert_eq!(dom::nodes(&ours), dom::nodes(html), "{html}\n{ours}");
    // And that it is so already, without a parser mending it again; but for a line end that our writer doubles after
    // some tags and the standard's does not.
    if !html.contains("<textarea>\n\n") && !html.contains("<pre>\n\n") {
        assert_eq!(
            ours.replace(" />", ">").replace("foreignobject", "foreignObject"),
            dom::reserialized(html),
            "{html}"
        );
    }
}

#[test]
fn end_tags_that_are_left_out_are_implied() {
    for html in [
        "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>",
        "<ol><li><p>a<li><p>b</ol>",
        "<p>a<p>b<ul><li>c</ul>",
        "<p>a<h2>b</h2>c",
        "<p>a<table><tbody><tr><td>b</td></tr></tbody></table>",
        "<p>a<hr>b",
        "<dl><dt>a<dd>b<dt>c<dd>d</dl>",
        "<table><tr><td>a<td>b<tr><td>c</table>",
        "<table><thead><tr><th>a<tbody><tr><td>b<tfoot><tr><td>c</table>",
        "<table><caption>a<tr><td>b</table>",
        "<table><td>a</table>",
        "<table><col><col><tr><td>a</table>",
        "<ruby>a<rt>b<rt>c</ruby>",
        "<div><p>a</div>b",
        "<blockquote>a<p>b</blockquote>c",
        "<h1>a<h2>b</h2>",
        "<a href=x>a<a href=y>b</a>",
    ] {
        check(html);
    }
}

#[test]
fn stray_and_crossed_tags_are_mended() {
    for html in [
        "a</b>c",
        "a</div>c",
        "</p>",
        "a</br>b",
        "<b><i>a</b>b</i>c",
        "<em><strong>a</em>b</strong>c",
        "<b><i><u>a</b>b</u></i>",
        "<div><span>a</div>b",
        "<span><div>a</span>b</div>",
        "<p>a</p></p>",
        "<ul></li></ul>",
        "<table><tr><td>a</div></td></tr></table>",
        "<button>a<button>b</button>",
        "<b>a</i></b>",
    ] {
        check(html);
    }
}

#[test]
fn attributes_and_text_are_decoded() {
    for html in [
        "<a href='a&amp;b&copy=1&lt;'>&lt;&eacute;&copy &nope; &#x41;&#66 &</a>",
        "<img alt=\"a > b\" title='\"' src=x>",
        "<p a a=2 B=3 c = d e='f'g=h>x",
        "<input disabled checked type=checkbox>",
        "<p title=\"a\nb\">x</p>",
        "<DIV CLASS=A>x</dIv>",
        "< b>a</ b>",
        "a < b > c",
        "<br/><img/><hr/>",
        "<div/>a",
        "<span/>a",
        "<image src=x>",
    ] {
        check(html);
    }
}

#[test]
fn text_that_is_not_markup_stays_text() {
    for html in [
        "<script>if (a<b) document.write('</div>')</script>a",
        "<style>a > b { c: \"</p>\" }</style>a",
        "<textarea>&lt;<b></textarea>a",
        "<textarea>\n\na</textarea>",
        "<pre>\na\n</pre>",
        "<pre>\n\na</pre>",
        "<title>&amp;<b></title>a",
        "<xmp>&amp;<b></xmp>a",
        "<iframe><b>a</iframe>b",
        "<noembed><b>a</noembed>b",
        "<noframes><b>a</noframes>b",
        "<script>a</scriptx></script >b",
        "<!-- a --><!--><!---><!--b--!><!-->-->",
        "<!doctype html>a<?b?>c<![CDATA[d]]>e<!f>g</ h>i",
    ] {
        check(html);
    }
}

#[test]
fn drawings_and_formulas_follow_their_own_rules() {
    for html in [
        "<svg><path d=\"a\"/><g><circle/></g></svg>b",
        "<svg/>a",
        "<svg><g>a<p>b</p>",
        "<svg><title><b>a</title></svg>",
        "<svg><foreignObject><p>a</p></foreignObject></svg>c",
        "<svg><foreignObject><style></svg></style>a</foreignObject></svg>b",
        "<svg><style><b>a</b></style></svg>",
        "<math><mi>a</mi><mo/></math>b",
        "<math><mi>a<br>b",
    ] {
        check(html);
    }
}
