//! Where the script, the program or the policy's leave is missing, the form works as before.
//! In: `slotted.html` and `alone.html`, with files lost. Neighbours: `stopping.rs` (a program that came, and stopped).

use super::{Element, POLICY, posted, prepare};
use crate::engines;
use crate::support::{Page, Start};
use serde_json::json;

/// Types into the field as a person does, and sends it.
#[track_caller]
fn the_form_works(page: &Page, field: &str) {
    page.js("document.querySelector(arguments[0]).focus();", json!([field]));
    page.press("Control+End");
    page.type_keys("\ntyped");
    page.click("#save");
    let body = posted(page);
    assert!(body.contains("First *words*\r\ntyped"), "{body}");
}

fn is_visible(page: &Page) {
    let seen = "return (() => { const r = document.getElementById('body').getBoundingClientRect(); \
        return r.width > 100 && r.height > 20 && document.elementFromPoint(r.left + 20, r.top + 10) === document.getElementById('body'); })();";
    assert_eq!(page.js(seen, json!([])), true, "the field is not seen");
}

fn without_the_script(start: Start) {
    let page = prepare(start);
    page.server.lose("auto.js");
    page.server.add_header("Content-Security-Policy", POLICY);
    page.goto(&page.server.url("/slotted.html"));
    is_visible(&page);
    the_form_works(&page, "#body");
}
engines!(without_the_script: Chromium Firefox WebKit);

fn without_the_program(start: Start) {
    let page = prepare(start);
    page.server.lose("apercu_bg.wasm");
    page.server.add_header("Content-Security-Policy", POLICY);
    page.goto(&page.server.url("/slotted.html"));
    page.wait_for("the error", "window.count('apercu:error', 'element') === 1");
    is_visible(&page);
    let told = page.js("const error = window.events.find(e => e.name === 'apercu:error'); return [error.bubbles, error.composed, error.detail.message !== '', typeof error.detail.error.stack === 'string'];", json!([]));
    assert_eq!(told, json!([true, true, true, true]));
    let element = Element::of(&page, "#element");
    assert_eq!(element.get("[element.value, element.html, element.diagnostics, element.frontMatter, element.command('bold'), element.format()]"),
        json!(["First *words*", "", [], null, false, 0]));
    // What the host does by script still goes.
    element.js("element.insert(''); element.focus();", json!([]));
    assert_eq!(page.js("return window.mistakes;", json!([])), json!([]), "nothing is thrown at the host");
    the_form_works(&page, "#body");
}
engines!(without_the_program: Chromium Firefox WebKit);

fn without_the_glue(start: Start) {
    let page = prepare(start);
    page.server.lose("/apercu.js");
    page.goto(&page.server.url("/slotted.html"));
    page.wait_for("the error", "window.count('apercu:error', 'element') === 1");
    is_visible(&page);
    the_form_works(&page, "#body");
}
engines!(without_the_glue: Chromium);

fn without_leave_for_wasm(start: Start) {
    let page = prepare(start);
    page.server.add_header("Content-Security-Policy", &POLICY.replace(" 'wasm-unsafe-eval'", ""));
    page.goto(&page.server.url("/slotted.html"));
    page.wait_for("the error", "window.count('apercu:error', 'element') === 1");
    is_visible(&page);
    assert_eq!(page.js("return window.mistakes;", json!([])), json!([]));
    the_form_works(&page, "#body");
}
engines!(without_leave_for_wasm: Chromium Firefox WebKit);

fn alone_without_the_program(start: Start) {
    let page = prepare(start);
    page.server.lose("apercu_bg.wasm");
    page.goto(&page.server.url("/alone.html"));
    page.wait_for("the error", "window.count('apercu:error', 'element') === 1");
    let element = Element::of(&page, "#element");
    assert_eq!(element.get("(r => r.width > 100 && r.height > 60)(area.getBoundingClientRect())"), true);
    element.js("element.value = '';", json!([]));
    page.click("#save");
    element.wait("the focus in the field", "area.matches(':focus')");
    assert!(page.server.log().iter().all(|request| request.method != "POST"), "it was sent");
    page.click("#again");
    page.click("#label");
    element.wait("the focus in the field", "area.matches(':focus')");
    the_form_works(&page, "#element");
}
engines!(alone_without_the_program: Chromium Firefox WebKit);

/// A network that failed once: the element that comes later, or comes again, is drawn.
fn what_failed_once_is_tried_again(start: Start) {
    let page = prepare(start);
    page.server.handle({
        let failed = std::sync::atomic::AtomicBool::new(false);
        move |request| {
            let first =
                request.target.ends_with("apercu_bg.wasm") && !failed.swap(true, std::sync::atomic::Ordering::Relaxed);
            first.then(|| crate::support::server::Reply {
                content_type: "text/plain".into(),
                body: b"no program".to_vec(),
            })
        }
    });
    page.goto(&page.server.url("/slotted.html"));
    page.wait_for("the error", "window.count('apercu:error', 'element') === 1");
    page.js(
        "const element = document.getElementById('element'); element.remove(); window.element = element;",
        json!([]),
    );
    page.after_timers();
    page.js("document.getElementById('set').append(window.element);", json!([]));
    let element = Element::drawn(&page, "#element");
    element.wait_for_text("First words");
    the_form_works(&page, "#body");
}
engines!(what_failed_once_is_tried_again: Chromium);
