//! A slow network: one can write before the program has arrived, and what was written stays. In: a server that holds
//! the program back. Neighbours: `failure.rs`, `scripts/keystroke.mjs`.

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
    let lines = "A line.\n\n".repeat(100);
    page.write(&format!("{HEAD}{lines}The *draft* as it stood"));
    page.wait_for_text("as it stood");
    page.action("theme");
    page.select_text("as it");
    page.js("document.getElementById('editor').scrollTop = 400;", json!([]));
    page.settle();
    page.wait_until_stored();
    let left = "const e = document.getElementById('editor'), w = document.getElementById('workspace'); \
        return [e.value, e.selectionStart, e.selectionEnd, Math.round(e.scrollTop / 30), document.documentElement.dataset.theme, \
            w.dataset.view, w.dataset.pane];";
    let before = page.js(left, json!([]));
    let gate = page.server.hold(".wasm");
    page.goto(&page.server.url("/?again"));
    page.wait_for("the page anew", ANEW);
    page.wait_for("the text", "document.getElementById('editor').value.endsWith('as it stood')");
    page.settle();
    assert_eq!(page.js(left, json!([])), before);
    // What the post looks like comes with the program.
    let shown = "document.getElementById('preview').contentDocument?.querySelector('.post-body')?.childElementCount";
    page.wait_for("the frame", &format!("{shown} === 0"));
    // One goes on where one was.
    page.js(
        "const e = document.getElementById('editor'); e.focus(); e.setSelectionRange(e.value.length, e.value.length);",
        json!([]),
    );
    page.type_keys("!");
    gate.open();
    page.ready();
    assert!(page.text().ends_with("as it stood!"), "{}", page.text());
    page.wait_for_text("as it stood!");
    page.wait_until_stored();
    page.action("drafts");
    page.wait_for("one draft", "document.querySelectorAll('#drafts [data-draft]').length === 1");
}
engines!(a_return_shows_the_page_as_it_was_left_before_the_program: Chromium Firefox WebKit);

/// Keeps the drafts from being read until the page is told.
const HELD: &str = "if (location.search === '?again' && window === top) { \
    const open = indexedDB.open('apercu:/'); \
    open.onsuccess = () => { \
        const names = [...open.result.objectStoreNames]; \
        const store = open.result.transaction(names, 'readwrite').objectStore(names[0]); \
        const hold = () => { window.held = true; if (!window.released) store.count().onsuccess = hold; }; \
        hold(); \
    }; }";

fn the_text_as_it_was_left_gives_way_to_the_draft(start: Start) {
    let page = start.without_waiting().prepare();
    page.load();
    page.write(&format!("{HEAD}The *draft*"));
    page.wait_for_text("The draft");
    page.wait_until_stored();
    let shown = "document.getElementById('preview').contentDocument?.querySelector('.post')?.outerHTML";
    let before = page.js(&format!("return {shown};"), json!([]));
    page.before_load(HELD);
    page.goto(&page.server.url("/?again"));
    // The program has come; the draft comes last.
    page.wait_for(
        "the program",
        "location.search === '?again' && window.held && document.querySelector('#top-bar:not([inert])')",
    );
    page.settle();
    assert!(page.text().ends_with("The *draft*"), "{}", page.text());
    assert_ne!(page.js("return document.body.dataset.ready ?? '';", json!([])), "true", "the draft was not held back");
    page.js("window.released = true;", json!([]));
    page.ready();
    page.to_end();
    page.type_keys("!");
    page.wait_for_text("The draft!");
    let after = page.js(&format!("return {shown};"), json!([]));
    assert_eq!(after, json!(before.as_str().unwrap_or_default().replace("</em>", "</em>!")));
}
engines!(the_text_as_it_was_left_gives_way_to_the_draft: Chromium);

/// Has each list of drafts be read for ever, as a busy browser might.
const READ_FOR_EVER: &str = "const all = IDBObjectStore.prototype.getAll; \
    IDBObjectStore.prototype.getAll = function (...what) { \
        const again = () => { window.reading = true; this.count().onsuccess = again; }; \
        again(); \
        return all.apply(this, what); \
    };";

fn what_was_being_read_when_the_page_was_left_holds_nothing_up(start: Start) {
    let page = start.without_waiting().prepare();
    page.load();
    page.write(&format!("{HEAD}The draft"));
    page.wait_until_stored();
    page.js(READ_FOR_EVER, json!([]));
    page.action("drafts");
    page.wait_for("the list to be read", "window.reading === true");
    page.goto(&page.server.url("/?again"));
    page.wait_for("the page anew", "location.search === '?again'");
    page.ready();
    page.to_end();
    page.type_keys(" goes on");
    page.wait_for_text("The draft goes on");
    page.wait_until_stored();
}
engines!(what_was_being_read_when_the_page_was_left_holds_nothing_up: Chromium Firefox WebKit);

/// What is typed on a return and never reaches the program belongs to the draft that it was typed into.
fn what_is_typed_on_a_return_and_left_again_goes_into_its_draft(start: Start) {
    let page = left(start, "The draft");
    let gate = page.server.hold(".wasm");
    page.goto(&page.server.url("/?again"));
    page.wait_for("the page anew", ANEW);
    page.wait_for("the text", "document.getElementById('editor').value.endsWith('The draft')");
    page.click("#editor");
    page.to_end();
    page.type_keys(" goes on");
    page.goto(&page.server.url(ELSEWHERE));
    gate.open();
    page.goto(&page.server.url("/"));
    page.ready();
    page.wait_for("what was typed", "document.getElementById('editor').value.endsWith('The draft goes on')");
    page.wait_for_message("before it was there");
    page.action("drafts");
    page.wait_for("one draft", "document.querySelectorAll('#drafts [data-draft]').length === 1");
    let records = page.js("return Object.keys(localStorage).filter(name => name.includes('unsaved'));", json!([]));
    assert_eq!(records, json!([]), "it is stored");
}
engines!(what_is_typed_on_a_return_and_left_again_goes_into_its_draft: Chromium Firefox);

fn a_page_that_was_not_kept_is_read_as_ever(start: Start) {
    let page = left(start, "The draft");
    for record in ["", "{", "[]", "{\"text\":1}", "{\"text\":\"another text\",\"start\":0,\"end\":0,\"top\":0}"] {
        page.goto(&page.server.url(ELSEWHERE));
        page.js("localStorage.setItem('apercu:/page', arguments[0]);", json!([record]));
        page.goto(&page.server.url("/"));
        page.ready();
        page.wait_for("the draft", "document.getElementById('editor').value.endsWith('The draft')");
        page.wait_for_text("The draft");
    }
}
engines!(a_page_that_was_not_kept_is_read_as_ever: Chromium);

fn an_older_draft_is_not_lost_by_typing_early(start: Start) {
    let page = left(start, "The older draft");
    page.js("localStorage.removeItem('apercu:/page');", json!([]));
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

fn the_program_draws_over_what_stands_there(start: Start) {
    let page = start.without_waiting().prepare();
    let gate = page.server.hold(".wasm");
    page.goto(&page.server.url("/"));
    page.find("#editor");
    page.click("#editor");
    page.type_keys("One two");
    let nodes = "[document.getElementById('editor'), document.getElementById('preview'), \
        document.getElementById('preview').contentDocument]";
    page.wait_for("the frame", "document.getElementById('preview').contentDocument?.querySelector('.post-body')");
    page.js(&format!("window.stood = {nodes}; stood[0].setSelectionRange(4, 7);"), json!([]));
    gate.open();
    page.ready();
    let same = page.js(&format!("return {nodes}.map((node, at) => node === stood[at]);"), json!([]));
    assert_eq!(same, json!([true, true, true]), "textarea, frame, its document");
    assert_eq!(page.selection(), (4, 7));
    assert_eq!(page.js("return document.activeElement.id;", json!([])), "editor");
    page.wait_for_text("One two");
    page.undo();
    assert_ne!(page.text(), "One two", "what was typed before is undone");
}
engines!(the_program_draws_over_what_stands_there: Chromium Firefox WebKit);

/// Where everything stands that is seen around editor and preview, but the file's name, which is not known at first.
const PLACES: &str = "const seen = [...document.querySelectorAll('#top-bar, #top-bar *, #workspace, #workspace *, #status')]\
    .filter(e => !e.closest('.file, #mirror, #marks') && e.getBoundingClientRect().width > 0); \
    return seen.map(e => [e.localName, e.id, ...Object.values(e.dataset), ...['x', 'y', 'width', 'height'].map(side => Math.round(e.getBoundingClientRect()[side]))].join(' '));";

fn nothing_moves(start: Start) {
    let page = start.without_waiting().prepare();
    let gate = page.server.hold(".wasm");
    page.goto(&page.server.url("/"));
    page.find("#editor");
    let before = page.js(PLACES, json!([]));
    assert!(before.as_array().is_some_and(|places| places.len() > 40), "the bars stand there: {before}");
    gate.open();
    page.ready();
    assert_eq!(page.js(PLACES, json!([])), before);
}

fn nothing_moves_when_the_program_comes(start: Start) {
    nothing_moves(start);
}
engines!(nothing_moves_when_the_program_comes: Chromium Firefox WebKit);

fn nothing_moves_on_a_phone(start: Start) {
    nothing_moves(start.size(390, 844));
}
engines!(nothing_moves_on_a_phone: Chromium);

fn buttons_wait_for_the_program(start: Start) {
    let page = start.without_waiting().prepare();
    let gate = page.server.hold(".wasm");
    page.goto(&page.server.url("/"));
    page.find("#editor");
    page.click("#editor");
    let focused = "return document.activeElement.closest('#top-bar, #toolbar, #status')?.id ?? null;";
    let mut reached = Vec::new();
    for _ in 0..6 {
        page.press("Tab");
        reached.push(page.js(focused, json!([])));
    }
    assert!(reached.iter().all(|at| at.is_null()), "a button that does nothing has the focus: {reached:?}");
    gate.open();
    page.ready();
    page.click("#toolbar button");
    assert_eq!(page.js("return document.querySelectorAll('[inert]').length;", json!([])), 0);
}
engines!(buttons_wait_for_the_program: Chromium);
