//! The program stops: the text stays, the field is plain, the host is told. In: `slotted.html` and `alone.html`, a browser
//! function that throws. Neighbours: the page's `failure.rs`; `without.rs` (a program that never came).

use super::{Element, open, posted};
use crate::engines;
use crate::failure::{break_the_document, mend_the_document};
use crate::support::{Page, Start};
use serde_json::json;

#[track_caller]
fn only_the_field_is_left(page: &Page, element: &Element<'_>) {
    page.wait_for("the error", "window.count('apercu:error', 'element') === 1");
    assert_eq!(element.get("[element.hasAttribute('data-ready'), root.querySelectorAll('iframe, button, #bar, #status, dialog').length]"), json!([false, 0]));
    let seen = "(() => { const r = area.getBoundingClientRect(); return r.width > 200 && r.height > 60 && area.getRootNode().elementFromPoint(r.left + 30, r.top + 20) === area; })()";
    assert_eq!(element.get(seen), true, "the field is not seen");
    assert_eq!(
        element.get("[element.html, element.command('bold'), element.format(), element.diagnostics]"),
        json!(["", false, 0, []])
    );
}

fn a_stop_that_is_told(start: Start) {
    for file in ["/slotted.html", "/alone.html"] {
        let page = open(Start::new(start.engine, "element::stopping::a_stop_that_is_told"), file);
        let element = Element::drawn(&page, "#element");
        element.to_end();
        page.type_keys(" before");
        page.js("dispatchEvent(new Event('apercu-panic'));", json!([]));
        only_the_field_is_left(&page, &element);
        element.to_end();
        page.type_keys(" after");
        // The field is as plain as any: the program's shortcuts are gone, too.
        page.press("Control+b");
        assert_eq!(element.text(), "First *words* before after");
        page.click("#save");
        assert!(posted(&page).contains("First *words* before after"), "{file}");
    }
}
engines!(a_stop_that_is_told: Chromium Firefox WebKit);

fn a_stop_in_earnest(start: Start) {
    for file in ["/slotted.html", "/alone.html"] {
        let page = open(Start::new(start.engine, "element::stopping::a_stop_in_earnest"), file);
        let element = Element::drawn(&page, "#element");
        element.wait_for_text("First words");
        element.to_end();
        break_the_document(
            &page,
            "document.getElementById('element').shadowRoot.getElementById('preview').contentWindow",
        );
        page.type_keys(" during");
        page.wait_for("the error", "window.count('apercu:error', 'element') >= 1");
        mend_the_document(&page);
        only_the_field_is_left(&page, &element);
        element.to_end();
        page.type_keys(" after\nEnter");
        assert_eq!(element.text(), "First *words* during after\nEnter");
        page.click("#save");
        assert!(posted(&page).contains("First *words* during after\r\nEnter"), "{file}");
    }
}
engines!(a_stop_in_earnest: Chromium Firefox WebKit);

/// What comes after the stop finds no program: it is a plain field, and its host is told.
fn what_comes_after_a_stop_is_plain(start: Start) {
    let page = open(start, "/alone.html");
    Element::drawn(&page, "#element");
    page.js("dispatchEvent(new Event('apercu-panic'));", json!([]));
    page.wait_for("the error", "window.count('apercu:error', 'element') === 1");
    page.js("const later = document.createElement('apercu-editor'); later.id = 'later'; later.name = 'later'; later.setAttribute('value', 'Later'); document.forms[0].prepend(later);", json!([]));
    page.wait_for("the error", "window.count('apercu:error', 'later') === 1");
    let later = Element::of(&page, "#later");
    later.to_end();
    page.type_keys(" words");
    assert_eq!(
        page.js("return window.sent();", json!([])),
        "[[\"later\",\"Later words\"],[\"title\",\"A title\"],[\"body\",\"First *words*\"]]"
    );
    // The element that was drawn may be moved.
    page.js("document.forms[0].append(document.getElementById('element'));", json!([]));
    page.after_timers();
    page.settle();
    assert_eq!(
        page.js("return [window.mistakes, document.getElementById('element').value];", json!([])),
        json!([[], "First *words*"])
    );
}
engines!(what_comes_after_a_stop_is_plain: Chromium);
