//! The browser's storage is full, or forbidden: the page says so, writing goes on, Save works. In: a quota, a stub.
//! Neighbours: `drafts.rs`, `failure.rs`.

use crate::engines;
use crate::support::text::HEAD;
use crate::support::{Page, Start};
use serde_json::json;

/// The text is edited, seen and saved, although no draft can be stored.
fn writing_goes_on(page: &Page) {
    page.to_end();
    page.type_keys("\n\nstill writing");
    page.wait_for_text("still writing");
    let text = page.text();
    page.action("save");
    let name = page.wait_for_download();
    assert_eq!(String::from_utf8_lossy(&page.downloaded(&name)), text);
}

fn a_full_store_is_said_and_writing_goes_on(start: Start) {
    let page = start.prepare();
    page.without_pickers();
    page.load();
    // Before the first put: Chromium remembers for half a minute how much room there is.
    page.quota(&page.server.origin(), Some(30_000));
    page.write(&format!("{HEAD}A first text"));
    page.wait_until_stored();
    page.write(&format!("{HEAD}{}", "More than fits in there. ".repeat(4_000)));
    let message = page.wait_for_message("full");
    assert!(message.to_lowercase().contains("sav"), "says what can be done: {message}");
    page.wait_for("the bar to say it", "document.querySelector('[data-part=saved]').dataset.state === 'failed'");
    writing_goes_on(&page);
    // A text that fits is stored again without being asked, and the message goes.
    page.write(&format!("{HEAD}A shorter text"));
    page.wait_for("it stored", "document.querySelector('[data-part=saved]').dataset.state === 'saved'");
    page.wait_for("no message", "!document.getElementById('messages').innerText.includes('full')");
    let text = page.text();
    page.reload();
    page.ready();
    assert_eq!(page.text(), text);
}
engines!(a_full_store_is_said_and_writing_goes_on: Chromium);

fn forbidden_storage_is_said_and_writing_goes_on(start: Start) {
    let page = start.prepare();
    page.without_pickers();
    page.before_load(
        "for (const name of ['indexedDB', 'localStorage', 'sessionStorage']) \
         Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });",
    );
    page.load();
    page.wait_for("a message", "document.getElementById('messages').innerText.trim()");
    page.write(&format!("{HEAD}A first text"));
    page.wait_for_text("A first text");
    writing_goes_on(&page);
}
engines!(forbidden_storage_is_said_and_writing_goes_on: Chromium);

fn a_store_that_cannot_be_opened_is_said(start: Start) {
    let page = start.prepare();
    page.without_pickers();
    page.before_load(
        "indexedDB.open = () => { const request = new EventTarget(); \
         Object.defineProperty(request, 'error', {value: new DOMException('broken', 'UnknownError')}); \
         setTimeout(() => { const event = new Event('error'); request.onerror?.(event); request.dispatchEvent(event); }, 0); return request; };",
    );
    page.load();
    page.wait_for("a message", "document.getElementById('messages').innerText.trim()");
    page.write(&format!("{HEAD}A first text"));
    page.wait_for_text("A first text");
    writing_goes_on(&page);
}
engines!(a_store_that_cannot_be_opened_is_said: Chromium);

fn leaving_is_asked_about_only_while_something_is_unsaved(start: Start) {
    let page = start.open();
    let asks = "const event = new Event('beforeunload', {cancelable: true}); window.dispatchEvent(event); return event.defaultPrevented;";
    assert_eq!(page.js(asks, json!([])), false, "on a first visit");
    page.write(&format!("{HEAD}A text"));
    page.wait_until_stored();
    assert_eq!(page.js(asks, json!([])), false, "when the draft is stored");
    // From here on nothing gets into the store.
    page.js(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };",
        json!([]),
    );
    page.to_end();
    page.type_keys(" more");
    page.wait_for("the bar to say it", "document.querySelector('[data-part=saved]').dataset.state === 'failed'");
    assert_eq!(page.js(asks, json!([])), true, "when it could not be stored");
}
engines!(leaving_is_asked_about_only_while_something_is_unsaved: Chromium Firefox);
