//! A textarea inside of the element stays the form's field: what is sent, what is required, what is reset.
//! In: `slotted.html`. Neighbours: `adopted.rs` (a textarea elsewhere), `alone.rs` (none).

use super::{Element, nothing_went_wrong, open, posted};
use crate::engines;
use crate::support::Start;
use serde_json::json;

fn the_form_posts_the_typed_text(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    element.wait_for_text("First words");
    assert_eq!(element.get("body.querySelector('em').textContent"), "words");
    element.to_end();
    page.type_keys("\nsecond line");
    element.wait_for_text("second line");
    assert_eq!(page.js("return document.getElementById('body').form === document.forms[0];", json!([])), true);
    page.click("#save");
    let body = posted(&page);
    assert!(body.contains("name=\"body\"\r\n\r\nFirst *words*\r\nsecond line\r\n--"), "{body}");
    assert!(body.contains("name=\"title\"\r\n\r\nA title\r\n--"), "{body}");
    assert_eq!(body.matches("name=\"").count(), 2, "{body}");
}
engines!(the_form_posts_the_typed_text: Chromium Firefox WebKit);

/// Where the form is checked: nothing is sent, and the person is led to the field.
#[track_caller]
fn is_stopped_at_the_field(element: &Element<'_>, submit: impl Fn()) {
    submit();
    element.wait("the focus in the field", "area.matches(':focus')");
    element.page.settle();
    let seen = "(() => { const r = area.getBoundingClientRect(); const x = r.left + r.width / 2, y = r.top + 20; \
        const at = area.getRootNode().elementFromPoint(x, y); \
        return r.height > 40 && r.width > 40 && y > 0 && y < innerHeight && at === area; })()";
    assert_eq!(element.get(seen), true, "the field is not seen");
    assert!(element.page.server.log().iter().all(|request| request.method != "POST"), "it was sent");
    let log = element.page.try_log("browser").unwrap_or_default().to_string();
    assert!(!log.contains("not focusable"), "{log}");
}

fn a_required_text_that_is_missing_is_seen(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    element.write("");
    page.js("document.getElementById('title').focus();", json!([]));
    assert_eq!(
        element.get("[element.validity.valueMissing, element.checkValidity(), element.willValidate]"),
        json!([true, false, true])
    );
    assert_ne!(element.get("element.validationMessage"), "");
    is_stopped_at_the_field(&element, || page.click("#save"));
    page.type_keys("Now");
    page.click("#save");
    assert!(posted(&page).contains("Now"));
}
engines!(a_required_text_that_is_missing_is_seen: Chromium Firefox WebKit);

fn a_missing_text_is_seen_behind_the_preview(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    element.write("");
    element.js("element.mode = 'preview';", json!([]));
    element.wait("the editor to go", "!area.checkVisibility()");
    is_stopped_at_the_field(&element, || page.click("#save"));
}
engines!(a_missing_text_is_seen_behind_the_preview: Chromium Firefox);

fn a_missing_text_is_seen_on_a_phone(start: Start) {
    let page = open(start.size(390, 800), "/slotted.html");
    let element = Element::drawn(&page, "#element");
    element.write("");
    element.click(".views [data-view=preview]");
    element.wait("the editor to go", "!area.checkVisibility()");
    is_stopped_at_the_field(&element, || {
        page.js("document.forms[0].requestSubmit();", json!([]));
    });
}
engines!(a_missing_text_is_seen_on_a_phone: Chromium);

fn a_reset_brings_the_first_text_back(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    element.write("Other words");
    element.wait_for_text("Other words");
    page.click("#again");
    element.wait_for_text("First words");
    assert_eq!(element.text(), "First *words*");
    element.write("Other words");
    element.wait_for_text("Other words");
    page.js("document.forms[0].reset();", json!([]));
    element.wait_for_text("First words");
    nothing_went_wrong(&page);
}
engines!(a_reset_brings_the_first_text_back: Chromium Firefox WebKit);

fn a_reset_is_followed_after_a_move(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    page.js(
        "const element = document.getElementById('element'); element.remove(); window.element = element;",
        json!([]),
    );
    page.wait_for("it to be empty", "!window.element.shadowRoot.querySelector('iframe')");
    page.js("document.forms[0].append(window.element);", json!([]));
    Element::drawn(&page, "#element");
    element.write("Other words");
    element.wait_for_text("Other words");
    page.js("document.forms[0].reset();", json!([]));
    element.wait_for_text("First words");
}
engines!(a_reset_is_followed_after_a_move: Chromium);

fn its_label_leads_into_it(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    page.click("#label");
    element.wait("the focus", "area.matches(':focus')");
    assert_eq!(element.get("element.labels.length"), 1);
}
engines!(its_label_leads_into_it: Chromium Firefox WebKit);

/// A label around everything would name the first control in it, which is the element itself.
fn a_label_around_it_names_the_field(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    page.js(
        "const label = document.createElement('label'); label.id = 'around'; label.append('Words '); \
         document.getElementById('label').replaceWith(label); label.append(document.getElementById('element'));",
        json!([]),
    );
    element.wait("it to be drawn again", "element.hasAttribute('data-ready') && body");
    let name = page.devtools("Accessibility.enable", json!({}));
    drop(name);
    let tree = page.devtools("Accessibility.getFullAXTree", json!({}));
    let named = tree["nodes"].as_array().into_iter().flatten().any(|node| {
        node["role"]["value"] == "textbox"
            && node["name"]["value"].as_str().is_some_and(|name| name.starts_with("Words"))
    });
    assert!(named, "no field is called Words");
    // The words, which are all that the label itself covers.
    let at = page.js("const { left, top } = document.getElementById('around').getClientRects()[0]; return [Math.round(left + 8), Math.round(top + 8)];", json!([]));
    page.click_at(at[0].as_i64().unwrap_or(0), at[1].as_i64().unwrap_or(0));
    element.wait("the focus", "area.matches(':focus')");
}
engines!(a_label_around_it_names_the_field: Chromium);

fn what_is_disabled_is_not_written_in(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    for (off, on) in [
        ("document.getElementById('set').disabled = true;", "document.getElementById('set').disabled = false;"),
        ("document.getElementById('body').disabled = true;", "document.getElementById('body').disabled = false;"),
        ("document.getElementById('body').readOnly = true;", "document.getElementById('body').readOnly = false;"),
    ] {
        page.js(off, json!([]));
        element.click("[data-command=bold]");
        assert_eq!(element.get("element.command('bold')"), false, "{off}");
        element.js("element.insert('more');", json!([]));
        assert_eq!(element.text(), "First *words*", "{off}");
        page.js(on, json!([]));
    }
    assert_eq!(element.get("element.command('bold')"), true);
    assert_ne!(element.text(), "First *words*");
}
engines!(what_is_disabled_is_not_written_in: Chromium Firefox);

fn what_a_script_writes_into_the_field_is_shown(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    element.js(
        "area.value = 'Written *by a script*'; area.dispatchEvent(new Event('change', {bubbles: true}));",
        json!([]),
    );
    element.wait_for_text("Written by a script");
    element.js("element.value = 'Written *again*';", json!([]));
    element.wait_for_text("Written again");
    assert_eq!(page.js("return document.getElementById('body').value;", json!([])), "Written *again*");
    element.js("area.setCustomValidity('Not this.');", json!([]));
    assert_eq!(element.get("[element.validationMessage, element.checkValidity()]"), json!(["Not this.", false]));
    element.js("element.setCustomValidity('');", json!([]));
    assert_eq!(element.get("area.checkValidity()"), true);
}
engines!(what_a_script_writes_into_the_field_is_shown: Chromium);

fn the_field_may_come_and_go(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    page.js(
        "const other = document.createElement('textarea'); other.name = 'other'; other.value = 'Another *field*'; \
         document.getElementById('body').replaceWith(other);",
        json!([]),
    );
    element.wait("the other's text", "body && body.textContent.includes('Another field')");
    assert_eq!(
        page.js("return window.sent();", json!([])),
        json!("[[\"title\",\"A title\"],[\"other\",\"Another *field*\"]]")
    );
    page.js("document.querySelector('#element textarea').remove();", json!([]));
    element.wait("its own field", "element.textarea.id === 'editor' && element.hasAttribute('data-ready')");
    assert_eq!(page.js("return window.sent();", json!([])), json!("[[\"title\",\"A title\"]]"));
    nothing_went_wrong(&page);
}
engines!(the_field_may_come_and_go: Chromium Firefox);
