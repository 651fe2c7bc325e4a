//! Without a textarea the element is the form's control itself, and a form cannot tell it from a textarea.
//! In: `alone.html`. Neighbours: `slotted.rs`.

use super::{Element, nothing_went_wrong, open, posted, prepare};
use crate::engines;
use crate::support::{Engine, Page, Start};
use serde_json::{Value, json};

fn sent(page: &Page) -> Value {
    let sent = page.js("return window.sent();", json!([]));
    serde_json::from_str(sent.as_str().unwrap_or_default()).expect("a list of fields")
}

fn the_form_posts_as_of_a_textarea(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    element.wait_for_text("First words");
    element.to_end();
    page.type_keys("\nsecond line");
    element.wait_for_text("second line");
    // A plain textarea next to it: line ends are told to a form's data in the same way.
    page.js(
        "const area = document.createElement('textarea'); area.name = 'plain'; area.value = document.getElementById('element').value; \
         document.forms[0].append(area);",
        json!([]),
    );
    page.click("#save");
    let body = posted(&page);
    assert!(body.contains("name=\"body\"\r\n\r\nFirst *words*\r\nsecond line\r\n--"), "{body}");
    assert!(body.contains("name=\"plain\"\r\n\r\nFirst *words*\r\nsecond line\r\n--"), "{body}");
}
engines!(the_form_posts_as_of_a_textarea: Chromium Firefox WebKit);

fn a_forms_data_are_those_of_a_textarea(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    element.js("element.value = 'one\\r\\ntwo\\nthree\\rfour';", json!([]));
    page.js(
        "const area = document.createElement('textarea'); area.name = 'plain'; area.value = 'one\\r\\ntwo\\nthree\\rfour'; document.forms[0].append(area);",
        json!([]),
    );
    let sent = sent(&page);
    assert_eq!(sent[1][0], "body");
    assert_eq!(sent[1][1], sent[2][1], "as FormData gives it");
    assert_eq!(element.text(), "one\ntwo\nthree\nfour");
}
engines!(a_forms_data_are_those_of_a_textarea: Chromium Firefox WebKit);

fn a_required_text_that_is_missing_is_seen(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    element.write("");
    page.js("document.getElementById('title').focus();", json!([]));
    assert_eq!(
        element.get("[element.validity.valueMissing, element.checkValidity(), element.matches(':invalid')]"),
        json!([true, false, true])
    );
    assert_ne!(element.get("element.validationMessage"), "");
    page.click("#save");
    element.wait("the focus in the field", "area.matches(':focus')");
    assert!(page.server.log().iter().all(|request| request.method != "POST"), "it was sent");
    let log = page.try_log("browser").unwrap_or_default().to_string();
    assert!(!log.contains("not focusable"), "{log}");
    page.type_keys("Now");
    assert_eq!(element.get("[element.checkValidity(), element.validationMessage]"), json!([true, ""]));
    page.click("#save");
    assert!(posted(&page).contains("Now"));
}
engines!(a_required_text_that_is_missing_is_seen: Chromium Firefox WebKit);

/// Before the program has come, and where it never comes.
fn a_missing_text_is_seen_before_the_program(start: Start) {
    let page = prepare(start);
    let gate = page.server.hold("apercu_bg.wasm");
    page.goto(&page.server.url("/alone.html"));
    let element = Element::of(&page, "#element");
    element.wait("the field", "root.getElementById('editor')");
    page.js("document.getElementById('element').setAttribute('value', '');", json!([]));
    page.click("#save");
    element.wait("the focus in the field", "area.matches(':focus')");
    page.type_keys("Typed early");
    gate.open();
    let element = Element::drawn(&page, "#element");
    element.wait_for_text("Typed early");
    assert_eq!(element.get("area.matches(':focus')"), true, "the focus stays");
    page.type_keys(" and on");
    assert_eq!(element.text(), "Typed early and on");
    page.click("#save");
    assert!(posted(&page).contains("Typed early and on"));
}
engines!(a_missing_text_is_seen_before_the_program: Chromium);

fn a_missing_text_is_seen_behind_the_preview(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    element.write("");
    element.js("element.mode = 'preview';", json!([]));
    element.wait("the editor to go", "!area.checkVisibility()");
    page.click("#save");
    element.wait("the focus in the field", "area.matches(':focus') && area.checkVisibility()");
    assert!(page.server.log().iter().all(|request| request.method != "POST"), "it was sent");
}
engines!(a_missing_text_is_seen_behind_the_preview: Chromium Firefox);

fn lengths_are_kept(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    page.js("const element = document.getElementById('element'); element.setAttribute('minlength', '5'); element.setAttribute('maxlength', '8');", json!([]));
    element.write("abc");
    assert_eq!(element.get("[element.validity.tooShort, element.checkValidity()]"), json!([true, false]));
    assert_ne!(element.get("element.validationMessage"), "");
    element.to_end();
    page.type_keys("defghijk");
    assert_eq!(element.text(), "abcdefgh", "no more than maxlength");
    assert_eq!(element.get("element.checkValidity()"), true);
    element.js("element.value = 'much too long a text';", json!([]));
    assert_eq!(element.get("[element.validity.tooLong, element.checkValidity()]"), json!([true, false]));
    page.js("const element = document.getElementById('element'); element.removeAttribute('maxlength');", json!([]));
    assert_eq!(element.get("element.checkValidity()"), true);
    // Nothing at all is not too short: that is what `required` is for.
    element.js("element.required = false; element.value = '';", json!([]));
    assert_eq!(element.get("element.checkValidity()"), true);
}
engines!(lengths_are_kept: Chromium Firefox);

fn a_message_of_the_host_stops_the_form(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    element.js("element.setCustomValidity('Not this.');", json!([]));
    assert_eq!(
        element.get("[element.validity.customError, element.validationMessage, element.reportValidity()]"),
        json!([true, "Not this.", false])
    );
    page.click("#save");
    element.wait("the focus in the field", "area.matches(':focus')");
    assert!(page.server.log().iter().all(|request| request.method != "POST"), "it was sent");
    element.js("element.setCustomValidity('');", json!([]));
    page.click("#save");
    posted(&page);
}
engines!(a_message_of_the_host_stops_the_form: Chromium Firefox WebKit);

fn a_reset_brings_the_first_text_back(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    for reset in ["document.getElementById('again').click();", "document.forms[0].reset();"] {
        element.write("Other words");
        element.wait_for_text("Other words");
        page.js(reset, json!([]));
        element.wait_for_text("First words");
        assert_eq!(sent(&page)[1], json!(["body", "First *words*"]), "{reset}");
    }
    // As of a textarea: the first text follows its attribute as long as nobody has written.
    element.js("element.defaultValue = 'New *default*';", json!([]));
    element.wait_for_text("New default");
    element.write("Other words");
    element.js("element.defaultValue = 'Newest';", json!([]));
    assert_eq!(element.text(), "Other words");
}
engines!(a_reset_brings_the_first_text_back: Chromium Firefox WebKit);

fn its_label_leads_into_it_and_names_it(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    page.click("#label");
    element.wait("the focus", "area.matches(':focus')");
    assert_eq!(
        element.get("[element.labels.length, element.labels[0].id, area.getAttribute('aria-label')]"),
        json!([1, "label", "Body"])
    );
    page.js("document.getElementById('element').setAttribute('label', 'The body');", json!([]));
    assert_eq!(element.get("area.getAttribute('aria-label')"), "The body");
}
engines!(its_label_leads_into_it_and_names_it: Chromium Firefox WebKit);

fn what_is_disabled_is_neither_sent_nor_written_in(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    for (off, on) in [
        ("document.getElementById('set').disabled = true;", "document.getElementById('set').disabled = false;"),
        ("document.getElementById('element').disabled = true;", "document.getElementById('element').disabled = false;"),
    ] {
        page.js(off, json!([]));
        assert_eq!(sent(&page), json!([["title", "A title"]]), "{off}");
        assert_eq!(
            element.get("[area.disabled, element.matches(':disabled'), element.command('bold'), element.willValidate]"),
            json!([true, true, false, false]),
            "{off}"
        );
        page.js(on, json!([]));
        assert_eq!(sent(&page)[1], json!(["body", "First *words*"]), "{on}");
        assert_eq!(element.get("area.disabled"), false);
    }
    page.js("document.getElementById('element').readOnly = true;", json!([]));
    assert_eq!(element.get("[area.readOnly, element.command('bold'), element.format()]"), json!([true, false, 0]));
    assert_eq!(sent(&page)[1], json!(["body", "First *words*"]));
    element.click("#editor");
    page.type_keys("x");
    assert_eq!(element.text(), "First *words*");
}
engines!(what_is_disabled_is_neither_sent_nor_written_in: Chromium Firefox);

/// Both a fieldset and the element's own attribute say that it is disabled: one of them ends.
fn disabled_twice_is_disabled_until_both_end(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    page.js(
        "document.getElementById('set').disabled = true; document.getElementById('element').disabled = true;",
        json!([]),
    );
    page.js("document.getElementById('element').disabled = false;", json!([]));
    assert_eq!(element.get("[area.disabled, element.matches(':disabled')]"), json!([true, true]));
    page.js("document.getElementById('set').disabled = false;", json!([]));
    assert_eq!(element.get("[area.disabled, element.matches(':disabled')]"), json!([false, false]));
}
engines!(disabled_twice_is_disabled_until_both_end: Chromium Firefox WebKit);

fn another_name_is_sent(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    element.js("element.name = 'other';", json!([]));
    assert_eq!(sent(&page)[1], json!(["other", "First *words*"]));
    assert_eq!(
        page.js(
            "return document.forms[0].elements.namedItem('other') === document.getElementById('element');",
            json!([])
        ),
        true
    );
    element.js("element.removeAttribute('name');", json!([]));
    assert_eq!(sent(&page), json!([["title", "A title"]]));
}
engines!(another_name_is_sent: Chromium Firefox WebKit);

/// Back from another page the text is there again, from the page kept whole or from what the browser has kept of it.
fn the_way_back_brings_the_text(start: Start) {
    let page = prepare(start);
    page.server.add_header("Cache-Control", "no-cache");
    page.goto(&page.server.url("/alone.html"));
    if page.engine == Engine::Chromium {
        // Never kept whole: the text can only come by the element's own state.
        page.js("addEventListener('unload', () => {});", json!([]));
    }
    let element = Element::drawn(&page, "#element");
    element.write("Typed *before*\nleaving");
    page.click("#away");
    page.wait_for("the other page", "location.pathname === '/empty.html'");
    page.back();
    page.wait_for("the page", "location.pathname === '/alone.html'");
    let element = Element::drawn(&page, "#element");
    element.wait_for_text("Typed before");
    assert_eq!(element.text(), "Typed *before*\nleaving");
    assert_eq!(sent(&page)[1][0], "body");
    page.js("document.forms[0].reset();", json!([]));
    assert_eq!(element.text(), "First *words*");
    nothing_went_wrong(&page);
}
engines!(the_way_back_brings_the_text: Chromium Firefox);
