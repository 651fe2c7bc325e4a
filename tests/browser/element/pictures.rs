//! Pasted and dropped pictures are the host's to upload: `apercu:file`. In: `slotted.html` and `alone.html`.
//! Neighbours: `events.rs`.

use super::{Element, open};
use crate::engines;
use crate::support::server::Reply;
use crate::support::{Page, Start};
use serde_json::{Value, json};

/// Gives the element a picture as a paste or a drop does; whether the browser's own doing was prevented.
fn give(element: &Element<'_>, kind: &str, names: &[&str]) -> Value {
    element.js("return window.give(area, arguments[0], arguments[1]);", json!([kind, names]))
}

/// The host answers with promises that the test keeps or breaks: `window.answers`.
fn host_uploads(page: &Page) {
    page.js(
        "window.answers = []; document.addEventListener('apercu:file', event => { event.preventDefault(); window.files = event.detail.files.map(f => f.name + ' ' + f.type); \
         for (const file of event.detail.files) event.detail.respondWith(new Promise((keep, fail) => window.answers.push({keep, fail}))); });",
        json!([]),
    );
}

fn a_picture_is_uploaded_by_the_host(start: Start) {
    for file in ["/slotted.html", "/alone.html"] {
        for kind in ["paste", "drop"] {
            let page = open(Start::new(start.engine, "element::pictures::a_picture_is_uploaded_by_the_host"), file);
            let element = Element::drawn(&page, "#element");
            host_uploads(&page);
            assert_eq!(give(&element, kind, &["a cat.png"]), true, "{kind}");
            assert_eq!(page.js("return [window.files, window.events.filter(e => e.name === 'apercu:file').map(e => [e.id, e.bubbles, e.composed, e.cancelable])];", json!([])),
                json!([["a cat.png image/png"], [["element", true, true, true]]]));
            let waiting = element.text();
            assert!(waiting.starts_with("First *words*![a cat]()<!-- a cat.png is on its way"), "{waiting}");
            // Writing goes on meanwhile, before and behind.
            element.js(
                "element.setSelectionRange(0, 0); element.insert('Before '); element.setSelectionRange(3, 3);",
                json!([]),
            );
            page.js("window.answers[0].keep(location.origin + '/media/a cat.png');", json!([]));
            element.wait(
                "the address",
                "element.value === `Before First *words*![a cat](<${location.origin}/media/a cat.png>)`",
            );
            assert_eq!(element.get("[element.selectionStart, element.selectionEnd]"), json!([3, 3]), "the caret stays");
            element.wait("the picture", "body.querySelector('img[alt=\"a cat\"]')");
            assert_eq!(page.js("return window.mistakes;", json!([])), json!([]));
        }
    }
}
engines!(a_picture_is_uploaded_by_the_host: Chromium Firefox);

fn an_upload_that_ends_elsewhere_leaves_the_focus(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    host_uploads(&page);
    give(&element, "paste", &["cat.png"]);
    page.click("#title");
    page.js("window.answers[0].keep('/cat.png');", json!([]));
    element.wait("the address", "element.value === 'First *words*![cat](/cat.png)'");
    element.wait_for_text("First words");
    assert_eq!(page.js("return document.activeElement.id;", json!([])), "title");
    assert_eq!(
        page.js("return window.sent();", json!([])),
        "[[\"title\",\"A title\"],[\"body\",\"First *words*![cat](/cat.png)\"]]"
    );
}
engines!(an_upload_that_ends_elsewhere_leaves_the_focus: Chromium Firefox);

fn an_upload_that_ends_elsewhere_is_told_to_the_form(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    host_uploads(&page);
    give(&element, "paste", &["cat.png"]);
    page.click("#title");
    page.js("window.answers[0].keep('/cat.png');", json!([]));
    element.wait("the address", "element.value === 'First *words*![cat](/cat.png)'");
    assert_eq!(
        page.js("return window.sent();", json!([])),
        "[[\"title\",\"A title\"],[\"body\",\"First *words*![cat](/cat.png)\"]]"
    );
}
engines!(an_upload_that_ends_elsewhere_is_told_to_the_form: Chromium);

fn an_upload_that_fails_leaves_nothing(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    host_uploads(&page);
    give(&element, "paste", &["cat.png", "list.pdf"]);
    assert_eq!(element.text().matches("<!--").count(), 2);
    page.js("window.answers[0].fail(new Error('too large')); window.answers[1].keep('/list.pdf');", json!([]));
    element.wait("what is left", "element.value === 'First *words*[list](/list.pdf)'");
    page.wait_for("the error", "window.count('apercu:error', 'element') === 1");
    let told = page.js("const { detail } = window.events.find(e => e.name === 'apercu:error'); return [detail.message.includes('cat.png'), detail.error.message];", json!([]));
    assert_eq!(told, json!([true, "too large"]));
    element.wait("a message to the person", "root.getElementById('messages')?.textContent.includes('cat.png')");
    assert_eq!(page.js("return window.mistakes;", json!([])), json!([]));
}
engines!(an_upload_that_fails_leaves_nothing: Chromium Firefox);

fn what_nobody_wants_is_not_inserted(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    give(&element, "paste", &["cat.png"]);
    // The browser would leave the page for a file that is dropped.
    assert_eq!(give(&element, "drop", &["cat.png"]), true);
    page.settle();
    assert_eq!(element.text(), "First *words*");
    assert_eq!(
        page.js("return [window.count('apercu:file'), window.count('input'), location.pathname];", json!([])),
        json!([2, 0, "/slotted.html"])
    );
}
engines!(what_nobody_wants_is_not_inserted: Chromium Firefox);

fn a_field_that_takes_no_text_takes_no_files(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    host_uploads(&page);
    page.js("document.getElementById('body').readOnly = true;", json!([]));
    assert_eq!(give(&element, "drop", &["cat.png"]), true, "the page is not left for the file");
    assert_eq!(page.js("return window.count('apercu:file');", json!([])), 0, "nothing is uploaded for nothing");
    assert_eq!(element.text(), "First *words*");
}
engines!(a_field_that_takes_no_text_takes_no_files: Chromium);

/// As a person drops it: a file of the machine.
fn a_file_of_the_machine_is_dropped(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    host_uploads(&page);
    let file = page.folder().join("shot.png");
    std::fs::write(&file, b"\x89PNG").expect("no picture");
    element.to_end();
    let at = page.middle("#body");
    page.drop_files(at, &[&file]);
    page.wait_for("the host to be asked", "window.answers.length === 1");
    page.js("window.answers[0].keep('/shot.png');", json!([]));
    element.wait("the address", "element.value.includes('![shot](/shot.png)')");
    assert_eq!(page.location(), page.server.url("/slotted.html"));
}
engines!(a_file_of_the_machine_is_dropped: Chromium);

/// Names of files are people's, too: they stay text in the Markdown.
fn a_name_of_a_file_cannot_write_markup(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    host_uploads(&page);
    give(&element, "paste", &["a](javascript:x)--><img src=x onerror=top.__hit(1)>.png"]);
    page.js("window.answers[0].keep(location.origin + '/a(b)c.png');", json!([]));
    element.wait("the address", "!element.value.includes('is on its way')");
    element.wait("the picture", "body.querySelectorAll('img').length === 1");
    assert_eq!(element.get("[body.querySelector('img').getAttribute('src').endsWith('/a(b)c.png'), body.querySelectorAll('a').length, [...body.querySelectorAll('*')].some(part => part.hasAttribute('onerror'))]"), json!([true, 0, false]), "{}", element.text());
}
engines!(a_name_of_a_file_cannot_write_markup: Chromium);

/// The host's own pictures: an address without a host leads to its site.
fn a_relative_address_leads_to_the_host(start: Start) {
    for attributes in ["", " dialect=github"] {
        let page = open(Start::new(start.engine, "element::pictures::a_relative_address"), "/slotted.html");
        page.server.route(
            "/media/dot.svg",
            Reply {
                content_type: "image/svg+xml".into(),
                body: "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'/>".into(),
            },
        );
        let element = Element::drawn(&page, "#element");
        if !attributes.is_empty() {
            page.js("document.getElementById('element').dialect = 'github';", json!([]));
        }
        element.write("![a dot](/media/dot.svg)");
        element.wait("the picture", "body.querySelector('img')?.naturalWidth === 8");
        assert_eq!(element.get("element.html.includes('src=\"/media/dot.svg\"')"), true);
    }
}
engines!(a_relative_address_leads_to_the_host: Chromium);

/// What an office program copies is a text, and a picture of that text.
fn a_text_with_a_picture_of_it_is_pasted_as_text(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    host_uploads(&page);
    let untouched = element.js(
        "const data = new DataTransfer(); data.items.add(new File(['x'], 'cell.png', {type: 'image/png'})); data.setData('text/plain', 'a cell'); \
         return area.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true, composed: true}));",
        json!([]),
    );
    assert_eq!(untouched, true, "the browser pastes");
    assert_eq!(page.js("return window.count('apercu:file');", json!([])), 0);
}
engines!(a_text_with_a_picture_of_it_is_pasted_as_text: Chromium);

fn html_is_pasted_as_markdown_unless_switched_off(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    let paste = "const data = new DataTransfer(); data.setData('text/plain', ' x'); data.setData('text/html', ' <b>x</b>'); \
        area.focus(); area.setSelectionRange(area.value.length, area.value.length); \
        return area.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true, composed: true}));";
    assert_eq!(element.js(paste, json!([])), false, "taken");
    element.wait("the Markdown", "element.value === 'First *words* **x**'");
    element.js("element.setAttribute('paste', 'plain');", json!([]));
    assert_eq!(element.js(paste, json!([])), true, "the browser pastes");
}
engines!(html_is_pasted_as_markdown_unless_switched_off: Chromium);
