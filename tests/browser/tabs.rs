//! Two tabs with one draft: each knows of the other, and no text is overwritten. In: two tabs of one browser.
//! Neighbours: `drafts.rs`, `file_access.rs` (the file's other writers).

use crate::engines;
use crate::support::text::HEAD;
use crate::support::{Page, Start};
use serde_json::json;

/// One draft in two tabs; the first tab is in front. The second's handle comes back.
fn two_tabs(page: &Page) -> (String, String) {
    page.write(&format!("{HEAD}Common text"));
    page.wait_until_stored();
    let first = page.tab();
    let second = page.new_tab();
    page.load();
    assert_eq!(page.text(), format!("{HEAD}Common text"));
    page.switch_to(&first);
    (first, second)
}

fn each_tab_knows_of_the_other(start: Start) {
    let page = start.open();
    let (first, second) = two_tabs(&page);
    page.switch_to(&second);
    page.wait_for_message("another tab");
    page.to_end();
    page.type_keys(" and more");
    page.wait_until_stored();
    page.switch_to(&first);
    page.wait_for_message("changed in another tab");
    page.click("#messages [data-offer]");
    page.wait_for("the newer text", "document.getElementById('editor').value.endsWith('Common text and more')");
}
engines!(each_tab_knows_of_the_other: Chromium Firefox);

fn both_versions_are_offered_and_none_is_overwritten(start: Start) {
    let page = start.open();
    let (first, second) = two_tabs(&page);
    page.switch_to(&second);
    page.to_end();
    page.type_keys(" of the second");
    page.wait_until_stored();
    page.switch_to(&first);
    page.to_end();
    page.type_keys(" of the first");
    page.wait_for("the choice", "document.querySelector('#conflict')");
    let shown = page.js("return document.querySelector('#conflict').innerText;", json!([]));
    let shown = shown.as_str().unwrap_or_default();
    assert!(shown.contains("of the first") && shown.contains("of the second"), "{shown}");
    page.click("#conflict [data-action=mine]");
    page.wait_for("the dialog closed", "!document.querySelector('#conflict')");
    assert!(page.text().ends_with("Common text of the first"), "{}", page.text());
    page.wait_until_stored();
    // Both are there, in the list.
    page.action("drafts");
    page.wait_for("both", "document.querySelectorAll('#drafts [data-draft]').length === 2");
    page.click("#drafts [data-draft]:not([data-current=true]) button");
    page.wait_for("the other's text", "document.getElementById('editor').value.endsWith('Common text of the second')");
    page.switch_to(&second);
    assert!(page.text().ends_with("Common text of the second"), "{}", page.text());
}
engines!(both_versions_are_offered_and_none_is_overwritten: Chromium Firefox);

fn the_other_version_can_be_taken(start: Start) {
    let page = start.open();
    let (first, second) = two_tabs(&page);
    page.switch_to(&second);
    page.to_end();
    page.type_keys(" of the second");
    page.wait_until_stored();
    page.switch_to(&first);
    page.to_end();
    page.type_keys(" of the first");
    page.wait_for("the choice", "document.querySelector('#conflict')");
    page.click("#conflict [data-action=theirs]");
    page.wait_for("the other's text", "document.getElementById('editor').value.endsWith('Common text of the second')");
    page.action("drafts");
    page.wait_for("mine is kept, too", "document.querySelectorAll('#drafts [data-draft]').length === 2");
}
engines!(the_other_version_can_be_taken: Chromium);

fn a_tab_with_another_draft_is_no_trouble(start: Start) {
    let page = start.open();
    let (first, second) = two_tabs(&page);
    page.switch_to(&second);
    page.action("new");
    page.wait_for("a new post", "!document.getElementById('editor').value.includes('Common')");
    page.type_keys("Apart");
    page.wait_until_stored();
    page.switch_to(&first);
    page.to_end();
    page.type_keys(" goes on");
    page.wait_until_stored();
    assert_eq!(page.js("return document.querySelector('#conflict');", json!([])), json!(null));
    assert!(page.text().ends_with("Common text goes on"));
}
engines!(a_tab_with_another_draft_is_no_trouble: Chromium);
