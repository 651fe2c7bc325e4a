//! The initial preview: the main part of the program shows the text before the elements' own part has arrived.
//! In: `slotted.html`, `alone.html`, `preview.html` with that part held back or lost. Neighbours: the page's
//! `initial_preview.rs`; `without.rs` (a program that never comes).

use super::{Element, POLICY, nothing_went_wrong, posted, prepare};
use crate::engines;
use crate::failure::{break_the_document, mend_the_document};
use crate::support::server::Gate;
use crate::support::{Page, Start};
use serde_json::json;
use std::sync::Arc;

/// A host's page under the strict policy, while the elements' own part is on its way.
fn open_without_the_part(start: Start, file: &str) -> (Page, Arc<Gate>) {
    let page = prepare(start);
    let gate = page.server.hold("split_element.wasm");
    page.server.add_header("Content-Security-Policy", POLICY);
    page.goto(&page.server.url(file));
    (page, gate)
}

/// Waits until the preview has a text in it, and there is no editor yet.
#[track_caller]
fn shown_early(element: &Element<'_>, text: &str) {
    element.wait(text, &format!("body && body.textContent.includes({})", json!(text)));
    assert_eq!(
        element.get("[element.hasAttribute('data-ready'), root.querySelectorAll('button').length]"),
        json!([false, 0])
    );
}

fn the_text_is_shown_and_followed(start: Start) {
    for file in ["/slotted.html", "/alone.html"] {
        let test = "element::initial_preview::the_text_is_shown_and_followed";
        let (page, gate) = open_without_the_part(Start::new(start.engine, test), file);
        let element = Element::of(&page, "#element");
        shown_early(&element, "First words");
        element.js("doc.marked = true; element.setAttribute('theme', 'dark');", json!([]));
        element.to_end();
        page.type_keys(" and *more*");
        shown_early(&element, "words and more");
        element.js("element.value += ' by script'; area.setSelectionRange(2, 7);", json!([]));
        shown_early(&element, "more by script");
        gate.open();
        let element = Element::drawn(&page, "#element");
        // The same document is filled, and nothing of the field was touched.
        assert_eq!(
            element.get("[doc.marked, root.querySelectorAll('iframe').length, area.matches(':focus'), area.selectionStart, area.selectionEnd]"),
            json!([true, 1, true, 2, 7])
        );
        element.wait("the scheme", "doc.documentElement.dataset.theme === 'dark'");
        element.to_end();
        page.type_keys(" and on");
        element.wait_for_text("by script and on");
        nothing_went_wrong(&page);
    }
}
engines!(the_text_is_shown_and_followed: Chromium Firefox WebKit);

/// Its attributes hold from the first moment.
fn it_is_shown_as_the_attributes_say(start: Start) {
    let (page, gate) = open_without_the_part(start, "/empty.html");
    page.wait_for("the elements", "customElements.get('apercu-editor')");
    page.js(
        "for (const [id, attributes] of [['element', {theme: 'dark', lang: 'fr', 'front-matter': 'off'}], ['github', {dialect: 'github'}], ['write', {mode: 'write'}]]) { \
             const element = document.createElement('apercu-editor'); element.id = id; element.setAttribute('value', '---\\nkey: v\\n---\\n\\nwww.example.org'); \
             for (const name in attributes) element.setAttribute(name, attributes[name]); document.getElementById('stage').append(element); }",
        json!([]),
    );
    let element = Element::of(&page, "#element");
    shown_early(&element, "key: v");
    assert_eq!(element.get("[doc.documentElement.dataset.theme, doc.documentElement.lang]"), json!(["dark", "fr"]));
    let write = Element::of(&page, "#write");
    write.wait("the field alone", "area.checkVisibility() && frame && !frame.checkVisibility()");
    // What reads GitHub's dialect comes later.
    let github = Element::of(&page, "#github");
    page.settle();
    assert_eq!(github.get("body?.textContent ?? ''"), "");
    gate.open();
    Element::drawn(&page, "#github").wait("GitHub's dialect", "body.querySelector('a')");
    Element::drawn(&page, "#element").wait_for_text("key: v");
    nothing_went_wrong(&page);
}
engines!(it_is_shown_as_the_attributes_say: Chromium Firefox);

fn a_preview_alone_follows(start: Start) {
    let (page, gate) = open_without_the_part(start, "/preview.html");
    let body =
        "document.getElementById('follower').shadowRoot.getElementById('preview')?.contentDocument.body.textContent";
    page.wait_for("the text", &format!("{body}?.includes('First words')"));
    page.js(
        "const source = document.getElementById('source'); source.focus(); source.setSelectionRange(99, 99);",
        json!([]),
    );
    page.type_keys(" and more");
    page.wait_for("the text", &format!("{body}.includes('words and more')"));
    gate.open();
    page.wait_for("the whole", "document.getElementById('follower').hasAttribute('data-ready')");
    page.wait_for("the text", &format!("{body}.includes('words and more')"));
}
engines!(a_preview_alone_follows: Chromium);

fn moved_and_given_another_field_meanwhile(start: Start) {
    let (page, gate) = open_without_the_part(start, "/slotted.html");
    let element = Element::of(&page, "#element");
    shown_early(&element, "First words");
    page.js("document.forms[0].prepend(document.getElementById('element'));", json!([]));
    shown_early(&element, "First words");
    element.js(
        "const other = document.createElement('textarea'); other.name = 'other'; other.value = 'Other *words*'; area.replaceWith(other);",
        json!([]),
    );
    gate.open();
    let element = Element::drawn(&page, "#element");
    element.wait_for_text("Other words");
    element.to_end();
    page.type_keys(" typed");
    element.wait_for_text("Other words typed");
    assert_eq!(element.get("[root.querySelectorAll('iframe').length, window.count('apercu:ready')]"), json!([1, 1]));
    nothing_went_wrong(&page);
}
engines!(moved_and_given_another_field_meanwhile: Chromium Firefox);

fn one_that_stops_gives_way_to_the_editor(start: Start) {
    let (page, gate) = open_without_the_part(start, "/slotted.html");
    let element = Element::of(&page, "#element");
    shown_early(&element, "First words");
    break_the_document(&page, "document.getElementById('element').shadowRoot.getElementById('preview').contentWindow");
    element.to_end();
    page.type_keys(" that it stops at");
    page.settle();
    mend_the_document(&page);
    gate.open();
    let element = Element::drawn(&page, "#element");
    element.wait_for_text("that it stops at");
    page.type_keys(", and more");
    element.wait_for_text("stops at, and more");
    assert_eq!(page.js("return window.mistakes;", json!([])), json!([]));
}
engines!(one_that_stops_gives_way_to_the_editor: Chromium Firefox WebKit);

fn without_the_part_the_field_is_plain_again(start: Start) {
    let page = prepare(start);
    page.server.lose("split_element.wasm");
    page.server.add_header("Content-Security-Policy", POLICY);
    page.goto(&page.server.url("/slotted.html"));
    page.wait_for("the error", "window.count('apercu:error', 'element') === 1");
    let element = Element::of(&page, "#element");
    assert_eq!(element.get("root.querySelectorAll('iframe, #divider').length"), 0);
    element.to_end();
    page.type_keys(" typed");
    page.click("#save");
    assert!(posted(&page).contains("First *words* typed"));
}
engines!(without_the_part_the_field_is_plain_again: Chromium Firefox);
