//! Writing in the element: preview, toolbar, shortcuts, undo, the click in the preview.
//! In: `slotted.html` and `alone.html`. Neighbours: the page's own tests of the same components.

use super::{Element, nothing_went_wrong, open};
use crate::engines;
use crate::support::{Engine, Start};
use serde_json::json;

fn typing_shows_in_the_preview(start: Start) {
    for file in ["/slotted.html", "/alone.html"] {
        let page = open(Start::new(start.engine, "element::working::typing_shows_in_the_preview"), file);
        let desk = Element::drawn(&page, "#desk");
        desk.to_end();
        page.type_keys("\n\n## A header\n\n- one\ntwo");
        desk.wait("the header", "body.querySelector('h2')?.textContent === 'A header'");
        desk.wait("the list that goes on", "body.querySelectorAll('li').length === 2");
        assert!(desk.text().ends_with("- one\n- two"), "{}", desk.text());
        desk.wait("the count", "root.querySelector('#status [data-part=words]').textContent === '6 words'");
        desk.wait("the caret", "root.querySelector('#status [data-part=position]').textContent === '6:6'");
        nothing_went_wrong(&page);
    }
}
engines!(typing_shows_in_the_preview: Chromium Firefox WebKit);

fn toolbar_shortcuts_and_undo(start: Start) {
    for file in ["/slotted.html", "/alone.html"] {
        let page = open(Start::new(start.engine, "element::working::toolbar_shortcuts_and_undo"), file);
        let desk = Element::drawn(&page, "#desk");
        desk.js("element.focus(); element.setSelectionRange(0, 5);", json!([]));
        desk.toolbar("bold");
        desk.wait("the bold words", "body.querySelector('strong')?.textContent === 'First'");
        assert_eq!(desk.text(), "**First** *words*");
        assert_eq!(
            desk.get("[element.selectionStart, element.selectionEnd, area.matches(':focus')]"),
            json!([2, 7, true])
        );
        match page.engine {
            Engine::WebKit => drop(page.js("document.execCommand('undo');", json!([]))),
            _ => page.press("Control+z"),
        }
        desk.wait("undo", "element.value === 'First *words*'");
        desk.wait("the preview to follow", "!body.querySelector('strong')");
        desk.js("element.setSelectionRange(0, 5);", json!([]));
        page.press("Control+b");
        desk.wait("the bold words", "body.querySelector('strong')?.textContent === 'First'");
    }
}
engines!(toolbar_shortcuts_and_undo: Chromium Firefox WebKit);

fn a_click_in_the_preview_moves_the_caret(start: Start) {
    let page = open(start, "/slotted.html");
    let desk = Element::drawn(&page, "#desk");
    desk.write("First paragraph\n\nSecond paragraph\n\nThird paragraph");
    desk.wait_for_text("Third");
    desk.click_in_preview("p:nth-of-type(2)");
    desk.wait(
        "the caret in the second paragraph",
        "element.selectionStart >= 17 && element.selectionStart <= 33 && area.matches(':focus')",
    );
}
engines!(a_click_in_the_preview_moves_the_caret: Chromium Firefox WebKit);

fn views_and_dialects_are_chosen_in_the_element(start: Start) {
    let page = open(start, "/alone.html");
    let desk = Element::drawn(&page, "#desk");
    desk.click(".views [data-view=preview]");
    desk.wait("the preview alone", "element.mode === 'preview' && !area.checkVisibility() && frame.checkVisibility()");
    desk.click(".views [data-view=write]");
    desk.wait("the editor alone", "element.mode === 'write' && area.checkVisibility() && !frame.checkVisibility()");
    desk.click(".views [data-view=both]");
    desk.wait("both", "element.mode === 'both' && area.checkVisibility() && frame.checkVisibility()");
    desk.write("- [x] done and www.example.org");
    desk.js("const select = root.querySelector('#status select'); select.value = 'github'; select.dispatchEvent(new Event('input', {bubbles: true, composed: true})); select.dispatchEvent(new Event('change', {bubbles: true}));", json!([]));
    desk.wait(
        "GitHub's dialect",
        "element.dialect === 'github' && body.querySelector('a[href=\"http://www.example.org\"]')",
    );
    // What happens in the bars is no change of the text.
    assert_eq!(page.js("return [window.count('input'), window.count('change')];", json!([])), json!([1, 0]));
}
engines!(views_and_dialects_are_chosen_in_the_element: Chromium Firefox);

fn help_and_problems_open_in_the_element(start: Start) {
    let page = open(start, "/alone.html");
    let desk = Element::drawn(&page, "#desk");
    desk.write("---\ntitle: \"open\n---\n\nBroken");
    desk.wait("the problem", "root.querySelector('#status [data-part=problems]').textContent.includes('1 problem')");
    desk.click("#status [data-part=problems]");
    desk.wait("the list", "root.querySelector('#problems li')");
    desk.click("#problems li button, #problems li");
    desk.wait("the caret at the problem", "area.matches(':focus')");
    page.press("F1");
    desk.wait("the help", "root.querySelector('dialog[open]')");
    page.press("Escape");
    desk.wait("it closed, and the focus back", "!root.querySelector('dialog') && area.matches(':focus')");
    page.press("F8");
    desk.wait("the caret at the problem", "element.selectionStart < 21");
    nothing_went_wrong(&page);
}
engines!(help_and_problems_open_in_the_element: Chromium Firefox);

fn a_narrow_element_shows_one_side(start: Start) {
    let page = open(start, "/alone.html");
    let desk = Element::drawn(&page, "#desk");
    desk.js("element.setAttribute('style', '');", json!([]));
    page.js("document.querySelector('main').style.width = '500px';", json!([]));
    desk.wait("one side", "area.checkVisibility() && !frame.checkVisibility()");
    desk.click(".views [data-view=preview]");
    desk.wait("the other side", "!area.checkVisibility() && frame.checkVisibility()");
    assert_eq!(desk.get("element.hasAttribute('mode')"), false, "the host's wish for wide screens stays");
    page.js("document.querySelector('main').style.width = '';", json!([]));
    desk.wait("both", "area.checkVisibility() && frame.checkVisibility()");
}
engines!(a_narrow_element_shows_one_side: Chromium Firefox);
