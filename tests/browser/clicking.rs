//! A click in the preview puts the caret where that stands in the source. In: clicks. Neighbours: `scrolling.rs`,
//! `links.rs`.

use crate::engines;
use crate::support::text::{HEAD, LINE_HEIGHT, post, sections};
use crate::support::{Page, Start};
use serde_json::json;

/// The line (from zero) that holds this text.
fn line_of(text: &str, piece: &str) -> usize {
    let at = text.find(piece).unwrap_or_else(|| panic!("no {piece} in the text"));
    text[..at].matches('\n').count()
}

#[track_caller]
fn click_goes_to(page: &Page, css: &str, piece: &str) {
    let line = line_of(&page.text(), piece);
    page.select(0, 0);
    page.click_in_preview(css);
    page.wait_for(
        &format!("the caret in line {line} after a click on {css}"),
        &format!(
            "(() => {{ const e = document.getElementById('editor'); \
             return document.activeElement === e && e.value.slice(0, e.selectionStart).split('\\n').length - 1 === {line}; }})()"
        ),
    );
}

fn a_click_puts_the_caret_at_the_source(start: Start) {
    let page = start.open();
    page.write(&post(
        "Opening words\n\n## A heading\n\nA paragraph\nof two lines\n\n- first\n- second\n  - inner\n\n\
         > quoted\n\n| a | b |\n|---|---|\n| cell | x |\n\n```\ncode 1\ncode 2\n```\n\nLast",
    ));
    page.wait_for_text("Last");
    click_goes_to(&page, "article.post-body > p", "Opening");
    click_goes_to(&page, "h2", "## A heading");
    click_goes_to(&page, "ul > li > ul > li", "inner");
    click_goes_to(&page, "blockquote p", "quoted");
    click_goes_to(&page, "article.post-body > p:last-of-type", "Last");
}
engines!(a_click_puts_the_caret_at_the_source: Chromium Firefox WebKit);

fn a_click_on_a_row_or_in_code_finds_its_line(start: Start) {
    let page = start.open();
    page.write(&post(
        "| a | b |\n|---|---|\n| one | x |\n| two | y |\n| three | z |\n\n- first\n- second\n- third\n\n```\ncode 1\ncode 2\n```\n",
    ));
    page.wait_for_text("three");
    click_goes_to(&page, "tbody tr:nth-child(3) td", "| three");
    click_goes_to(&page, "ul > li:nth-child(2)", "- second");
    let line = line_of(&page.text(), "```\ncode 1");
    page.click_in_preview("pre");
    page.wait_for(
        "the caret in the code",
        &format!(
            "(() => {{ const e = document.getElementById('editor'), line = e.value.slice(0, e.selectionStart).split('\\n').length - 1; \
             return line >= {line} && line <= {line} + 3; }})()"
        ),
    );
}
engines!(a_click_on_a_row_or_in_code_finds_its_line: Chromium Firefox WebKit);

fn a_click_far_below_brings_the_editor_there(start: Start) {
    let page = start.open();
    page.write(&post(&sections(80)));
    page.wait_for_text("section 80");
    page.select(0, 0);
    page.js("document.getElementById('editor').scrollTop = 0;", json!([]));
    page.preview("doc.scrollingElement.scrollTop = doc.scrollingElement.scrollHeight;", json!([]));
    page.settle();
    page.click_in_preview("article.post-body > p:last-of-type");
    let line = line_of(&page.text(), "The paragraph of section 80");
    page.wait_for(
        "the caret there and in view",
        &format!(
            "(() => {{ const e = document.getElementById('editor'), style = getComputedStyle(e); \
             const top = parseFloat(style.paddingTop) + {line} * {LINE_HEIGHT} - e.scrollTop; \
             return e.value.slice(0, e.selectionStart).split('\\n').length - 1 === {line} && top > 0 && top < e.clientHeight; }})()"
        ),
    );
}
engines!(a_click_far_below_brings_the_editor_there: Chromium Firefox WebKit);

fn a_click_on_the_header_goes_to_the_front_matter(start: Start) {
    let page = start.open();
    page.write(&post("Text"));
    page.wait_for_text("Text");
    page.to_end();
    page.click_in_preview("header h1");
    let lines = HEAD.matches('\n').count();
    page.wait_for(
        "the caret in the front matter",
        &format!("(() => {{ const e = document.getElementById('editor'); return e.value.slice(0, e.selectionStart).split('\\n').length <= {lines}; }})()"),
    );
}
engines!(a_click_on_the_header_goes_to_the_front_matter: Chromium);

fn the_caret_lands_at_the_beginning_of_the_words_clicked(start: Start) {
    let page = start.open();
    page.write(&post("Some words\n\nand **strong ones** here"));
    page.wait_for_text("strong ones");
    page.select(0, 0);
    page.click_in_preview("strong");
    let line = line_of(&page.text(), "and **strong");
    page.wait_for(
        "the caret in that line",
        &format!("(() => {{ const e = document.getElementById('editor'); return e.value.slice(0, e.selectionStart).split('\\n').length - 1 === {line}; }})()"),
    );
}
engines!(the_caret_lands_at_the_beginning_of_the_words_clicked: Chromium Firefox WebKit);
