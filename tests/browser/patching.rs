//! Only what changed is touched in the preview's DOM: what a reader has selected, opened or loaded there stays.
//! In: keys in one block. Neighbours: `support/text.rs`.

use crate::engines;
use crate::support::text::{picture, post, sections};
use crate::support::{Page, Start};
use serde_json::json;

/// Counts nodes added, removed or rewritten in the preview from now on.
fn watch(page: &Page) {
    page.preview(
        "window.touched = 0; window.watcher?.disconnect(); \
         window.watcher = new MutationObserver(records => { for (const record of records) \
             window.touched += record.type === 'childList' ? record.addedNodes.length + record.removedNodes.length : 1; }); \
         window.watcher.observe(doc, {subtree: true, childList: true, characterData: true, attributes: true});",
        json!([]),
    );
}

fn touched(page: &Page) -> u64 {
    page.settle();
    page.js("return window.touched;", json!([])).as_u64().unwrap_or(u64::MAX)
}

/// Types a letter behind a piece of the text and tells how many nodes that touched.
fn touched_by_a_key(page: &Page, behind: &str) -> u64 {
    page.select_text(behind);
    page.press("ArrowRight");
    page.settle();
    watch(page);
    page.type_keys("x");
    page.wait_for_text(&format!("{behind}x"));
    touched(page)
}

fn a_key_touches_no_more_in_a_long_text(start: Start) {
    let page = start.open();
    page.write(&post(&sections(6)));
    page.wait_for_text("section 6");
    let short = touched_by_a_key(&page, "paragraph of section 3");
    page.write(&post(&sections(400)));
    page.wait_for_text("section 400");
    let long = touched_by_a_key(&page, "paragraph of section 200");
    assert!((1..=4).contains(&short), "{short} nodes");
    assert_eq!(long, short);
}
engines!(a_key_touches_no_more_in_a_long_text: Chromium Firefox WebKit);

fn a_new_paragraph_touches_only_itself(start: Start) {
    let page = start.open();
    page.write(&post(&sections(400)));
    page.wait_for_text("section 400");
    page.select_text("## Section 200");
    page.press("ArrowLeft");
    watch(&page);
    page.type_keys("Between\n\n");
    page.wait_for_text("Between");
    let touched = touched(&page);
    // Each letter touches a few nodes of its own paragraph; the blocks below only moved.
    assert!(touched <= 60, "{touched} nodes");
}
engines!(a_new_paragraph_touches_only_itself: Chromium);

fn a_picture_stays_the_same(start: Start) {
    let page = start.open();
    page.write(&post(&format!("Before\n\n{}\n\nAfter", picture(90))));
    page.wait_for_preview("the picture", "body.querySelector('img')?.complete");
    page.preview(
        "window.kept = body.querySelector('img'); kept.loads = 0; kept.onload = () => kept.loads++;",
        json!([]),
    );
    page.select_text("Before");
    page.press("ArrowRight");
    page.type_keys(" and\n\nmore");
    page.wait_for_text("more");
    page.select_text("After");
    page.type_keys("Behind");
    page.wait_for_text("Behind");
    page.settle();
    let same = page.preview(
        "return window.kept === body.querySelector('img') && kept.isConnected && kept.loads === 0;",
        json!([]),
    );
    assert_eq!(same, true);
}
engines!(a_picture_stays_the_same: Chromium Firefox WebKit);

fn a_selection_in_another_block_survives(start: Start) {
    let page = start.open();
    page.write(&post("First one\n\nSecond one\n\nThird one"));
    page.wait_for_text("Third one");
    page.select_text("First");
    page.preview(
        "const range = doc.createRange(); range.selectNodeContents(body.querySelectorAll('p')[1]); \
         doc.getSelection().removeAllRanges(); doc.getSelection().addRange(range);",
        json!([]),
    );
    page.js("document.getElementById('editor').focus();", json!([]));
    page.type_keys("The");
    page.wait_for_text("The one");
    let selected = page.preview("return doc.getSelection().toString();", json!([]));
    assert_eq!(selected, "Second one");
}
engines!(a_selection_in_another_block_survives: Chromium Firefox WebKit);

fn details_stay_open(start: Start) {
    let page = start.open();
    page.write(&post("Before\n\n<details><summary>More</summary><p>inside</p></details>\n\nAfter"));
    page.wait_for_preview("the details", "body.querySelector('details summary')");
    page.click_in_preview("summary");
    page.wait_for_preview("them open", "body.querySelector('details').open");
    page.select_text("Before");
    page.type_keys("Above");
    page.wait_for_text("Above");
    page.select_text("After");
    page.type_keys("Below");
    page.wait_for_text("Below");
    assert_eq!(page.preview("return body.querySelector('details').open;", json!([])), true);
}
engines!(details_stay_open: Chromium Firefox WebKit);

fn the_scroll_of_a_wide_block_stays(start: Start) {
    let page = start.open();
    page.write(&post(&format!("Before\n\n```\n{}\n```\n", "wide ".repeat(120))));
    page.wait_for_preview("the code", "body.querySelector('pre')");
    let scroll = "const wide = [...body.querySelectorAll('*')].find(e => e.scrollWidth > e.clientWidth + 100 && getComputedStyle(e).overflowX !== 'visible');";
    page.preview(&format!("{scroll} wide.scrollLeft = 150;"), json!([]));
    page.select_text("Before");
    page.type_keys("Above");
    page.wait_for_text("Above");
    assert_eq!(page.preview(&format!("{scroll} return wide.scrollLeft;"), json!([])), 150);
}
engines!(the_scroll_of_a_wide_block_stays: Chromium);
