//! Writing in the element: preview, toolbar, shortcuts, undo, the click in the preview.
//! In: `slotted.html` and `alone.html`. Neighbours: the page's own tests of the same components.

use super::{Element, nothing_went_wrong, open, prepare};
use crate::engines;
use crate::support::{Engine, Start};
use serde_json::json;

fn typing_shows_in_the_preview(start: Start) {
    for file in ["/slotted.html", "/alone.html"] {
        let page = open(Start::new(start.engine, "element::working::typing_shows_in_the_preview"), file);
        let element = Element::drawn(&page, "#element");
        element.to_end();
        page.type_keys("\n\n## A header\n\n- one\ntwo");
        element.wait("the header", "body.querySelector('h2')?.textContent === 'A header'");
        element.wait("the list that goes on", "body.querySelectorAll('li').length === 2");
        assert!(element.text().ends_with("- one\n- two"), "{}", element.text());
        element.wait("the count", "root.querySelector('#status [data-part=words]').textContent === '6 words'");
        element.wait("the caret", "root.querySelector('#status [data-part=position]').textContent === '6:6'");
        nothing_went_wrong(&page);
    }
}
engines!(typing_shows_in_the_preview: Chromium Firefox WebKit);

fn what_a_script_wrote_is_seen_from_its_beginning(start: Start) {
    let page = prepare(start.without_waiting());
    let gate = page.server.hold("/pkg/index.js");
    page.goto(&page.server.url("/slotted.html"));
    page.wait_for("the field", "document.getElementById('body')");
    // A value that is set puts the caret at its end.
    page.js(
        "const area = document.getElementById('body'); area.value = 'A line.\\n\\n'.repeat(200) + '## The end'; \
         area.setSelectionRange(area.value.length, area.value.length);",
        json!([]),
    );
    gate.open();
    let element = Element::drawn(&page, "#element");
    element.wait("the end", "body.querySelector('h2')?.textContent === 'The end'");
    page.settle();
    page.settle();
    assert_eq!(element.get("[area.scrollTop, body.ownerDocument.scrollingElement.scrollTop]"), json!([0, 0]));
    nothing_went_wrong(&page);
}
engines!(what_a_script_wrote_is_seen_from_its_beginning: Chromium Firefox);

fn toolbar_shortcuts_and_undo(start: Start) {
    for file in ["/slotted.html", "/alone.html"] {
        let page = open(Start::new(start.engine, "element::working::toolbar_shortcuts_and_undo"), file);
        let element = Element::drawn(&page, "#element");
        element.js("element.focus(); element.setSelectionRange(0, 5);", json!([]));
        element.toolbar("bold");
        element.wait("the bold words", "body.querySelector('strong')?.textContent === 'First'");
        assert_eq!(element.text(), "**First** *words*");
        assert_eq!(
            element.get("[element.selectionStart, element.selectionEnd, area.matches(':focus')]"),
            json!([2, 7, true])
        );
        match page.engine {
            Engine::WebKit => drop(page.js("document.execCommand('undo');", json!([]))),
            _ => page.press("Control+z"),
        }
        element.wait("undo", "element.value === 'First *words*'");
        element.wait("the preview to follow", "!body.querySelector('strong')");
        element.js("element.setSelectionRange(0, 5);", json!([]));
        page.press("Control+b");
        element.wait("the bold words", "body.querySelector('strong')?.textContent === 'First'");
    }
}
engines!(toolbar_shortcuts_and_undo: Chromium Firefox WebKit);

fn a_click_in_the_preview_moves_the_caret(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    element.write("First paragraph\n\nSecond paragraph\n\nThird paragraph");
    element.wait_for_text("Third");
    element.click_in_preview("p:nth-of-type(2)");
    element.wait(
        "the caret in the second paragraph",
        "element.selectionStart >= 17 && element.selectionStart <= 33 && area.matches(':focus')",
    );
}
engines!(a_click_in_the_preview_moves_the_caret: Chromium Firefox WebKit);

fn views_and_dialects_are_chosen_in_the_element(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    element.click(".views [data-view=preview]");
    element
        .wait("the preview alone", "element.mode === 'preview' && !area.checkVisibility() && frame.checkVisibility()");
    element.click(".views [data-view=write]");
    element.wait("the editor alone", "element.mode === 'write' && area.checkVisibility() && !frame.checkVisibility()");
    element.click(".views [data-view=both]");
    element.wait("both", "element.mode === 'both' && area.checkVisibility() && frame.checkVisibility()");
    element.write("- [x] done and www.example.org");
    element.js("const select = root.querySelector('#status select'); select.value = 'github'; select.dispatchEvent(new Event('input', {bubbles: true, composed: true})); select.dispatchEvent(new Event('change', {bubbles: true}));", json!([]));
    element.wait(
        "GitHub's dialect",
        "element.dialect === 'github' && body.querySelector('a[href=\"http://www.example.org\"]')",
    );
    // What happens in the bars is no change of the text.
    assert_eq!(page.js("return [window.count('input'), window.count('change')];", json!([])), json!([1, 0]));
}
engines!(views_and_dialects_are_chosen_in_the_element: Chromium Firefox);

fn help_and_diagnostics_open_in_the_element(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    element.write("---\ntitle: \"open\n---\n\nBroken");
    element.wait(
        "the diagnostic",
        "root.querySelector('#status [data-part=diagnostics]').textContent.includes('1 problem')",
    );
    element.click("#status [data-part=diagnostics]");
    element.wait("the list", "root.querySelector('#diagnostics li')");
    element.click("#diagnostics li button, #diagnostics li");
    element.wait("the caret at the diagnostic", "area.matches(':focus')");
    page.press("F1");
    element.wait("the help", "root.querySelector('dialog[open]')");
    page.press("Escape");
    element.wait("it closed, and the focus back", "!root.querySelector('dialog') && area.matches(':focus')");
    page.press("F8");
    element.wait("the caret at the diagnostic", "element.selectionStart < 21");
    nothing_went_wrong(&page);
}
engines!(help_and_diagnostics_open_in_the_element: Chromium Firefox);

fn a_narrow_element_shows_one_side(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    element.js("element.setAttribute('style', '');", json!([]));
    page.js("document.querySelector('main').style.width = '500px';", json!([]));
    element.wait("one side", "area.checkVisibility() && !frame.checkVisibility()");
    element.click(".views [data-view=preview]");
    element.wait("the other side", "!area.checkVisibility() && frame.checkVisibility()");
    assert_eq!(element.get("element.hasAttribute('mode')"), false, "the host's wish for wide screens stays");
    page.js("document.querySelector('main').style.width = '';", json!([]));
    element.wait("both", "area.checkVisibility() && frame.checkVisibility()");
}
engines!(a_narrow_element_shows_one_side: Chromium Firefox);
