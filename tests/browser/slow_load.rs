//! A slow network: one can write before the program has arrived, and what was written stays. In: a server that holds
//! the program back. Neighbours: `failure.rs`, the bench.

use crate::engines;
use crate::support::text::HEAD;
use crate::support::{Page, Start};
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

/// A page with a stored draft, left for another one of its host.
fn left(start: Start, body: &str) -> Page {
    let page = start.without_waiting().prepare();
    page.load();
    page.write(&format!("{HEAD}{body}"));
    page.wait_until_stored();
    page.goto(&page.server.url(ELSEWHERE));
    page
}

/// An address of the host that no page answers at.
const ELSEWHERE: &str = "/elsewhere";

/// Where the page is anew and the program has not arrived.
const ANEW: &str = "location.search === '?again' && document.body && document.body.dataset.ready !== 'true'";

fn a_return_shows_the_page_as_it_was_left_before_the_program(start: Start) {
    let page = start.without_waiting().prepare();
    page.load();
    page.write(&format!("{HEAD}The *draft* <b>as</b> it stood\n\n- [x] done\n\n[a](https://example.org/x)"));
    page.wait_for_text("as it stood");
    page.wait_until_stored();
    let shown = "document.getElementById('preview').contentDocument?.querySelector('.post')?.outerHTML";
    let before = page.js(&format!("return {shown};"), json!([]));
    let gate = page.server.hold(".wasm");
    page.goto(&page.server.url("/?again"));
    page.wait_for("the page anew", ANEW);
    page.wait_for("the text", "document.getElementById('editor').value.endsWith('(https://example.org/x)')");
    page.wait_for("the post", &format!("{shown}?.includes('it stood')"));
    assert_eq!(page.js(&format!("return {shown};"), json!([])), before);
    // One goes on where one was.
    page.js(
        "const e = document.getElementById('editor'); e.focus(); e.setSelectionRange(e.value.length, e.value.length);",
        json!([]),
    );
    page.type_keys("!");
    gate.open();
    page.ready();
    assert!(page.text().ends_with("(https://example.org/x)!"), "{}", page.text());
    page.wait_for_text("a!");
    page.wait_until_stored();
    page.action("drafts");
    page.wait_for("one draft", "document.querySelectorAll('#drafts [data-draft]').length === 1");
}
engines!(a_return_shows_the_page_as_it_was_left_before_the_program: Chromium Firefox WebKit);

/// Keeps the drafts from being read, and the frame's `load` from being heard, until the page is told.
const HELD: &str = "if (location.search === '?again' && window === top) { \
    addEventListener('load', e => { if (e.target.id === 'preview' && !window.loaded) e.stopImmediatePropagation(); }, true); \
    const open = indexedDB.open('apercu:/'); \
    open.onsuccess = () => { \
        const names = [...open.result.objectStoreNames]; \
        const store = open.result.transaction(names, 'readwrite').objectStore(names[0]); \
        const hold = () => { window.held = true; if (!window.released) store.count().onsuccess = hold; }; \
        hold(); \
    }; }";

fn what_was_left_gives_way_to_the_draft_whichever_comes_first(start: Start) {
    let page = start.without_waiting().prepare();
    page.load();
    page.write(&format!("{HEAD}The *draft*"));
    page.wait_for_text("The draft");
    page.wait_until_stored();
    let shown = "document.getElementById('preview').contentDocument?.querySelector('.post')?.outerHTML";
    let before = page.js(&format!("return {shown};"), json!([]));
    page.before_load(HELD);
    page.goto(&page.server.url("/?again"));
    // The program has come and holds the frame, which counts as loaded only then; the draft comes last.
    page.wait_for(
        "the program",
        "location.search === '?again' && window.held && document.querySelector('#top-bar button')",
    );
    page.settle();
    page.js("window.loaded = true; document.getElementById('preview').dispatchEvent(new Event('load'));", json!([]));
    page.wait_for("the page as it was left", &format!("{shown}?.includes('draft')"));
    assert_ne!(page.js("return document.body.dataset.ready ?? '';", json!([])), "true", "the draft was not held back");
    page.js("window.released = true;", json!([]));
    page.ready();
    page.to_end();
    page.type_keys("!");
    page.wait_for_text("The draft!");
    let after = page.js(&format!("return {shown};"), json!([]));
    assert_eq!(after, json!(before.as_str().unwrap_or_default().replace("</em>", "</em>!")));
}
engines!(what_was_left_gives_way_to_the_draft_whichever_comes_first: Chromium);

fn what_is_kept_of_a_page_makes_no_script(start: Start) {
    let page = left(start, "Kept");
    // Somebody else on the same host has written what the page would never have kept.
    let post = json!([[], [
        ["script", {}, "parent.ran = 1"],
        ["img", { "src": "x", "onerror": "parent.ran = 1" }],
        ["a", { "href": "javascript:parent.ran = 1" }, "link"],
        ["iframe", { "srcdoc": "<script>parent.parent.ran = 1</script>" }],
        ["p", { "class": "there" }, "Kept"],
    ]]);
    page.js(
        "const key = 'apercu:/-page'; const page = JSON.parse(localStorage.getItem(key)); \
         localStorage.setItem(key, JSON.stringify({ ...page, post: arguments[0] }));",
        json!([post]),
    );
    let gate = page.server.hold(".wasm");
    page.goto(&page.server.url("/?again"));
    page.wait_for("the page anew", ANEW);
    let body = "document.getElementById('preview').contentDocument?.querySelector('.post-body')";
    page.wait_for("the post", &format!("{body}?.querySelector('.there')"));
    let made = page.js(&format!("return {body}.innerHTML;"), json!([]));
    assert_eq!(made, json!("<img src=\"x\"><a>link</a><p class=\"there\">Kept</p>"));
    assert_eq!(page.js("return window.ran ?? null;", json!([])), json!(null));
    gate.open();
    page.ready();
    page.wait_for("the post itself", &format!("!{body}.querySelector('.there')"));
}
engines!(what_is_kept_of_a_page_makes_no_script: Chromium);

fn a_page_that_was_not_kept_is_read_as_ever(start: Start) {
    let page = left(start, "The draft");
    for record in ["", "{", "[]", "{\"text\":1}", "{\"text\":\"another text\",\"place\":[0,0,0]}"] {
        page.goto(&page.server.url(ELSEWHERE));
        page.js("localStorage.setItem('apercu:/-page', arguments[0]);", json!([record]));
        page.goto(&page.server.url("/"));
        page.ready();
        page.wait_for("the draft", "document.getElementById('editor').value.endsWith('The draft')");
        page.wait_for_text("The draft");
    }
}
engines!(a_page_that_was_not_kept_is_read_as_ever: Chromium);

fn an_older_draft_is_not_lost_by_typing_early(start: Start) {
    let page = left(start, "The older draft");
    page.js("localStorage.removeItem('apercu:/-page');", json!([]));
    let gate = page.server.hold(".wasm");
    page.goto(&page.server.url("/?again"));
    page.wait_for("the page anew", ANEW);
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
