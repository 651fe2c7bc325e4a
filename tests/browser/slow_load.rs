//! A slow network: one can write before the program has arrived, and what was written stays. In: a server that holds
//! the program back. Neighbours: `failure.rs`, the bench.

use crate::engines;
use crate::support::Start;
use crate::support::text::HEAD;
use serde_json::json;

fn what_is_typed_before_the_program_stays(start: Start) {
    let page = start.without_waiting().prepare();
    let gate = page.server.hold(".wasm");
    page.goto(&page.server.url("/"));
    page.find("#editor");
    page.click("#editor");
    page.type_keys("typed *early*");
    assert_eq!(page.text(), "typed *early*");
    assert_ne!(page.js("return document.body.dataset.ready || '';", json!([])), "true");
    gate.open();
    page.ready();
    assert_eq!(page.text(), "typed *early*");
    page.wait_for_preview("it", "body.querySelector('em')?.textContent === 'early'");
    assert_eq!(page.js("return document.activeElement.id;", json!([])), "editor");
    page.type_keys(" and late");
    page.wait_for_text("typed early and late");
    page.wait_until_stored();
    page.reload();
    page.ready();
    assert_eq!(page.text(), "typed *early* and late");
}
engines!(what_is_typed_before_the_program_stays: Chromium Firefox WebKit);

fn an_older_draft_is_not_lost_by_typing_early(start: Start) {
    let page = start.without_waiting().prepare();
    page.load();
    page.write(&format!("{HEAD}The older draft"));
    page.wait_until_stored();
    let gate = page.server.hold(".wasm");
    page.goto(&page.server.url("/?again"));
    page.wait_for(
        "the page anew",
        "location.search === '?again' && document.body && document.body.dataset.ready !== 'true'",
    );
    page.click("#editor");
    page.type_keys("typed early");
    gate.open();
    page.ready();
    assert!(page.text().contains("typed early"), "{}", page.text());
    page.wait_until_stored();
    page.action("drafts");
    page.wait_for("both", "document.querySelectorAll('#drafts [data-draft]').length === 2");
    page.click("#drafts [data-draft]:not([data-current=true]) button");
    page.wait_for("the older", "document.getElementById('editor').value.endsWith('The older draft')");
}
engines!(an_older_draft_is_not_lost_by_typing_early: Chromium);

fn the_textarea_is_there_before_everything_else(start: Start) {
    let page = start.without_waiting().prepare();
    let gates = [page.server.hold(".wasm"), page.server.hold(".js")];
    page.goto(&page.server.url("/"));
    page.wait_for(
        "the textarea",
        "document.getElementById('editor') && document.getElementById('editor').getBoundingClientRect().height > 100",
    );
    page.click("#editor");
    page.type_keys("no script yet");
    assert_eq!(page.text(), "no script yet");
    gates.iter().for_each(|gate| gate.open());
    page.ready();
    assert_eq!(page.text(), "no script yet");
}
engines!(the_textarea_is_there_before_everything_else: Chromium);
