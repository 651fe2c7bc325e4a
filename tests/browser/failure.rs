//! The program stops on an exception: the text stays, a message offers to save it, a reload comes back to it.
//! In: a browser function that throws. Neighbours: `storage_trouble.rs`, `slow_load.rs`.

use crate::engines;
use crate::support::text::HEAD;
use crate::support::{Page, Start};
use serde_json::json;

/// From now on nothing can be changed in the document and in that of a frame (an expression for its window): whatever the program does next fails.
pub fn break_the_document(page: &Page, frame: &str) {
    let script = "window.whole = []; \
         for (const view of [window, FRAME]) { \
             for (const [owner, name] of [['Node', 'insertBefore'], ['Node', 'appendChild'], ['Document', 'createElement'], \
                     ['Document', 'createTextNode'], ['CharacterData', 'data'], ['Node', 'textContent']]) { \
                 const prototype = view[owner].prototype, was = Object.getOwnPropertyDescriptor(prototype, name); \
                 const broken = () => { throw new Error('broken from outside'); }; \
                 window.whole.push(() => Object.defineProperty(prototype, name, was)); \
                 Object.defineProperty(prototype, name, 'value' in was ? {...was, value: broken} : {...was, set: broken}); \
             } \
         }";
    page.js(&script.replace("FRAME", frame), json!([]));
}

fn break_the_dom(page: &Page) {
    break_the_document(page, "document.getElementById('preview').contentWindow");
}

/// The browser is itself again; the program is not.
pub fn mend_the_document(page: &Page) {
    page.js("window.whole.forEach(mend => mend());", json!([]));
}

fn the_text_survives_the_program(start: Start) {
    let page = start.prepare();
    page.without_pickers();
    page.load();
    page.write(&format!("{HEAD}Words before"));
    page.wait_for_text("Words before");
    page.wait_until_stored();
    break_the_dom(&page);
    page.to_end();
    page.type_keys(" and during");
    page.wait_for(
        "the message",
        "(() => { const r = document.querySelector('#recovery'); return r && !r.hidden && r.innerText.length > 20; })()",
    );
    page.type_keys(" and after");
    let text = format!("{HEAD}Words before and during and after");
    assert_eq!(page.text(), text);
    // The next visit has it.
    page.reload();
    page.ready();
    assert_eq!(page.text(), text);
    page.wait_for_text("Words before and during and after");
    // As the same draft.
    page.action("drafts");
    page.wait_for("one draft", "document.querySelectorAll('#drafts [data-draft]').length === 1");
}
engines!(the_text_survives_the_program: Chromium Firefox WebKit);

fn the_text_can_be_saved_when_the_program_has_stopped(start: Start) {
    let page = start.prepare();
    page.without_pickers();
    page.load();
    page.write(&format!("{HEAD}Words"));
    page.wait_for_text("Words");
    break_the_dom(&page);
    page.to_end();
    page.type_keys(" to save");
    page.wait_for("the message", "!document.querySelector('#recovery').hidden");
    mend_the_document(&page);
    let text = page.text();
    page.click("#recovery-save");
    let name = page.wait_for_download();
    assert_eq!(String::from_utf8_lossy(&page.downloaded(&name)), text);
}
engines!(the_text_can_be_saved_when_the_program_has_stopped: Chromium);

fn a_program_that_never_comes_is_said(start: Start) {
    let page = start.without_waiting().prepare();
    page.server.handle(|request| {
        let broken =
            crate::support::server::Reply { content_type: "application/wasm".into(), body: b"no program".to_vec() };
        request.target.ends_with(".wasm").then_some(broken)
    });
    page.goto(&page.server.url("/"));
    page.find("#editor");
    page.click("#editor");
    page.type_keys("typed all the same");
    page.wait_for("the message", "(() => { const r = document.querySelector('#recovery'); return r && !r.hidden; })()");
    assert_eq!(page.text(), "typed all the same");
}
engines!(a_program_that_never_comes_is_said: Chromium Firefox WebKit);
