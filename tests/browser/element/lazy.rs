//! Nothing but the loader is loaded until an element comes near the view or is focused. In: `lazy.html`.
//! Neighbours: `policy.rs` counts what is loaded afterwards.

use super::{Element, open, posted};
use crate::engines;
use crate::support::{Page, Start};
use serde_json::json;

#[track_caller]
fn only_the_loader(page: &Page) {
    page.wait_for("the loader", "customElements.get('apercu-editor')");
    page.settle();
    // Nothing tells that nothing more is asked for: a moment for what should not be.
    std::thread::sleep(std::time::Duration::from_millis(100));
    let mut asked: Vec<String> =
        page.server.log().into_iter().map(|r| r.target).filter(|t| t.starts_with("/pkg/")).collect();
    asked.sort();
    assert_eq!(asked, ["/pkg/auto.js", "/pkg/index.js"]);
}

fn it_is_drawn_when_it_comes_near(start: Start) {
    let page = open(start, "/lazy.html");
    only_the_loader(&page);
    // Its value, its validity and its methods are there already.
    assert_eq!(page.js("const d = document.getElementById('element'); d.required = true; return [d.value, d.checkValidity(), window.sent()];", json!([])),
        json!(["Far *below*", true, "[[\"body\",\"Far *below*\"]]"]));
    page.js("scrollTo(0, document.body.scrollHeight);", json!([]));
    Element::drawn(&page, "#element").wait_for_text("Far below");
}
engines!(it_is_drawn_when_it_comes_near: Chromium Firefox WebKit);

fn it_is_drawn_when_it_is_focused(start: Start) {
    let page = open(start, "/lazy.html");
    only_the_loader(&page);
    page.js(
        "const element = document.getElementById('element'); element.textarea.focus({preventScroll: true});",
        json!([]),
    );
    page.type_keys("Typed ");
    Element::drawn(&page, "#element").wait_for_text("Typed");
}
engines!(it_is_drawn_when_it_is_focused: Chromium Firefox);

fn what_never_comes_near_costs_nothing_and_is_sent(start: Start) {
    let page = open(start, "/lazy.html");
    only_the_loader(&page);
    page.js(
        "const form = document.forms[0]; form.method = 'post'; form.action = '/posted'; form.requestSubmit();",
        json!([]),
    );
    assert_eq!(posted(&page), "body=Far+*below*");
    assert!(page.server.log().iter().all(|request| !request.target.ends_with(".wasm")));
}
engines!(what_never_comes_near_costs_nothing_and_is_sent: Chromium);

/// In a tab of the host that is not shown yet.
fn what_is_hidden_waits_until_it_is_shown(start: Start) {
    let page = open(start, "/empty.html");
    page.js("const d = document.createElement('apercu-editor'); d.id = 'element'; d.hidden = true; d.setAttribute('value', 'Hidden *words*'); document.getElementById('stage').append(d);", json!([]));
    only_the_loader(&page);
    page.js("document.getElementById('element').hidden = false;", json!([]));
    Element::drawn(&page, "#element").wait_for_text("Hidden words");
}
engines!(what_is_hidden_waits_until_it_is_shown: Chromium);
