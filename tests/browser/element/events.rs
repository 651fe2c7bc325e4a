//! What the host is told: each event once, bubbling, composed. In: `slotted.html` and `alone.html`.
//! Neighbours: `pictures.rs` is about `apercu:file`.

use super::{Element, open, prepare};
use crate::engines;
use crate::support::Start;
use serde_json::json;

/// Both kinds of fields tell the same.
fn input_and_change_are_told_once(start: Start) {
    for (file, target) in [("/slotted.html", "body"), ("/alone.html", "element")] {
        let page = open(Start::new(start.engine, "element::events::input_and_change_are_told_once"), file);
        let element = Element::drawn(&page, "#element");
        element.to_end();
        page.js("window.events.length = 0;", json!([]));
        page.type_keys("abc");
        element.wait_for_text("abc");
        assert_eq!(
            page.js(
                "return [window.count('input'), window.count('input', arguments[0]), window.count('change')];",
                json!([target])
            ),
            json!([3, 3, 0]),
            "{file}"
        );
        page.click("#title");
        page.wait_for("the change", "window.count('change') > 0");
        page.settle();
        assert_eq!(
            page.js(
                "return [window.count('change'), window.count('change', arguments[0]), window.count('input')];",
                json!([target])
            ),
            json!([1, 1, 3]),
            "{file}"
        );
        element.js("element.focus(); element.setSelectionRange(0, 5); element.command('bold');", json!([]));
        assert_eq!(page.js("return window.count('input');", json!([])), 4, "{file}: a command is one input");
        element.js("element.insert('more');", json!([]));
        assert_eq!(page.js("return window.count('input');", json!([])), 5, "{file}");
        // What the host sets, it is not told: as of a textarea.
        element.js("element.value = 'set';", json!([]));
        page.settle();
        assert_eq!(page.js("return [window.count('input'), window.events.every(e => e.bubbles && (e.composed || e.name === 'change'))];", json!([])), json!([5, true]), "{file}");
    }
}
engines!(input_and_change_are_told_once: Chromium Firefox WebKit);

/// In a component of the host with a shadow tree of its own the host's document hears everything.
fn events_leave_a_shadow_tree_of_the_host(start: Start) {
    let page = open(start, "/empty.html");
    page.wait_for("the elements", "customElements.get('apercu-editor')");
    page.js(
        "const element = document.createElement('apercu-editor'); element.id = 'element'; \
         document.getElementById('stage').attachShadow({mode: 'open'}).append(element); window.element = element;",
        json!([]),
    );
    page.wait_for("it to be drawn", "window.element.hasAttribute('data-ready')");
    page.js("window.element.focus();", json!([]));
    page.type_keys("text");
    page.wait_for("the text", "window.element.value === 'text'");
    page.js("window.element.blur();", json!([]));
    page.wait_for("the events", "window.count('input', 'stage') === 4 && window.count('apercu:ready', 'stage') === 1 && window.count('change', 'stage') === 1");
}
engines!(events_leave_a_shadow_tree_of_the_host: Chromium Firefox);

fn ready_is_told_once_and_promised(start: Start) {
    let page = prepare(start);
    let gate = page.server.hold("apercu_bg.wasm");
    page.goto(&page.server.url("/slotted.html"));
    let element = Element::of(&page, "#element");
    element.wait("the element", "root");
    page.js("window.kept = false; document.getElementById('element').ready.then(() => { window.kept = document.getElementById('element').html; });", json!([]));
    page.settle();
    assert_eq!(page.js("return [window.kept, window.count('apercu:ready')];", json!([])), json!([false, 0]));
    gate.open();
    page.wait_for("the promise", "window.kept !== false");
    assert_eq!(page.js("return window.kept.includes('<em>words</em>');", json!([])), true);
    page.settle();
    let told = "return window.events.filter(e => e.name === 'apercu:ready').map(e => [e.id, e.bubbles, e.composed]);";
    assert_eq!(page.js(told, json!([])), json!([["element", true, true]]));
    assert_eq!(page.js_async("await document.getElementById('element').ready; return true;", json!([])), true);
}
engines!(ready_is_told_once_and_promised: Chromium Firefox);

/// Waits until the checks have run over the text as it is. The words are counted at the same pause in typing, just before.
#[track_caller]
fn checked(element: &Element) {
    element.wait(
        "the words to be counted",
        "parseInt(root.querySelector('#status [data-part=words]').innerText) === element.value.replace(/^---[^]*?\\n---\\n/, '').trim().split(/\\s+/).length",
    );
    // Nothing tells that they found what they had found before.
    std::thread::sleep(std::time::Duration::from_millis(100));
}

fn diagnostics_are_told_when_they_change(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    checked(&element);
    page.js("window.events.length = 0;", json!([]));
    element.write("---\ntitle: \"open\n---\n\nBroken");
    page.wait_for("the event", "window.count('apercu:diagnostics', 'element') > 0");
    checked(&element);
    let told = page.js(
        "return window.events.filter(e => e.name === 'apercu:diagnostics').map(e => [e.id, e.bubbles, e.composed, e.detail.diagnostics.map(d => d.severity)]);",
        json!([]),
    );
    assert_eq!(told, json!([["element", true, true, ["error"]]]));
    element.to_end();
    page.type_keys(" and on");
    checked(&element);
    assert_eq!(page.js("return window.count('apercu:diagnostics');", json!([])), 1, "nothing has changed");
    element.write("---\ntitle: whole\n---\n\nWhole");
    page.wait_for("the event", "window.count('apercu:diagnostics') === 2");
    assert_eq!(
        page.js(
            "return window.events.filter(e => e.name === 'apercu:diagnostics').at(-1).detail.diagnostics;",
            json!([])
        ),
        json!([])
    );
}
engines!(diagnostics_are_told_when_they_change: Chromium);
