//! `for="id"`: a textarea that stands elsewhere comes into the element, stays in its form, and goes back.
//! In: `for.html`. Neighbours: `slotted.rs`.

use super::{Element, nothing_went_wrong, open, posted};
use crate::engines;
use crate::support::Start;
use serde_json::json;

fn a_field_of_the_same_form(start: Start) {
    let page = open(start, "/for.html");
    let element = Element::drawn(&page, "#element");
    element.wait_for_text("First words");
    assert_eq!(
        element.get("[area.id, area.parentNode.id, area.form.id, area.hasAttribute('form')]"),
        json!(["body", "element", "post", false])
    );
    element.to_end();
    page.type_keys(" more");
    page.click("#label");
    element.wait("the focus", "area.matches(':focus')");
    page.click("#save");
    assert_eq!(posted(&page), "body=First+*words*+more");
}
engines!(a_field_of_the_same_form: Chromium Firefox WebKit);

fn a_field_of_another_form_stays_in_it(start: Start) {
    let page = open(start, "/for.html");
    let outside = Element::drawn(&page, "#outside");
    outside.wait_for_text("Second words");
    assert_eq!(outside.get("element.form === document.forms[1]"), true);
    outside.to_end();
    page.type_keys(" more");
    outside.wait_for_text("more");
    page.js("document.forms[1].reset();", json!([]));
    outside.wait("the first text again", "!body.textContent.includes('more')");
    outside.to_end();
    page.type_keys(" anew");
    page.click("#save-second");
    assert_eq!(posted(&page), "second=Second+*words*+anew");
}
engines!(a_field_of_another_form_stays_in_it: Chromium Firefox WebKit);

fn it_goes_back_when_the_element_goes(start: Start) {
    let page = open(start, "/for.html");
    let before =
        "[document.getElementById('place').children.length, document.getElementById('second-place').children.length]";
    Element::drawn(&page, "#element");
    let outside = Element::drawn(&page, "#outside");
    assert_eq!(page.js(&format!("return {before};"), json!([])), json!([0, 0]));
    outside.to_end();
    page.type_keys(" more");
    page.js("document.getElementById('element').remove(); document.getElementById('outside').remove();", json!([]));
    page.wait_for(
        "the fields in their places",
        "document.querySelector('#place > #body') && document.querySelector('#second-place > #second')",
    );
    let second = "const area = document.getElementById('second'); return [area.value, area.form === document.forms[1], area.hasAttribute('form'), area.hasAttribute('slot'), area.hasAttribute('style')];";
    assert_eq!(page.js(second, json!([])), json!(["Second *words* more", true, false, false, false]));
    assert_eq!(page.js("return window.sent('#post');", json!([])), "[[\"body\",\"First *words*\"]]");
    assert_eq!(
        page.js("return document.getElementById('place').innerHTML.trim().startsWith('<textarea');", json!([])),
        true
    );
    nothing_went_wrong(&page);
}
engines!(it_goes_back_when_the_element_goes: Chromium Firefox WebKit);

fn it_comes_again_with_the_element(start: Start) {
    let page = open(start, "/for.html");
    Element::drawn(&page, "#element");
    page.js("window.element = document.getElementById('element'); window.element.remove();", json!([]));
    page.wait_for("the field in its place", "document.querySelector('#place > #body')");
    page.js("document.getElementById('inside').append(window.element);", json!([]));
    let element = Element::drawn(&page, "#element");
    element.wait_for_text("First words");
    assert_eq!(element.get("area.parentNode.id"), "element");
    element.to_end();
    page.type_keys(" more");
    element.wait_for_text("words more");
}
engines!(it_comes_again_with_the_element: Chromium);

fn another_name_takes_another_field(start: Start) {
    let page = open(start, "/for.html");
    let element = Element::drawn(&page, "#element");
    page.js("document.getElementById('outside').remove();", json!([]));
    page.wait_for("the second in its place", "document.querySelector('#second-place > #second')");
    element.js("element.htmlFor = 'second';", json!([]));
    element.wait("the second's text", "body && body.textContent.includes('Second words')");
    assert_eq!(page.js("return !!document.querySelector('#place > #body');", json!([])), true, "the first is back");
    assert_eq!(
        page.js(
            "return [...document.forms].map(form => new FormData(form).toString() && [...new FormData(form)].length);",
            json!([])
        ),
        json!([1, 1])
    );
}
engines!(another_name_takes_another_field: Chromium);

/// A page that is built piece by piece has the element before the field.
fn a_field_that_comes_later_is_taken(start: Start) {
    let page = open(start, "/empty.html");
    page.wait_for("the elements", "customElements.get('apercu-editor')");
    page.js(
        "const stage = document.getElementById('stage'), element = document.createElement('apercu-editor'); \
         element.id = 'element'; element.setAttribute('for', 'late'); stage.append(element); \
         const area = document.createElement('textarea'); area.id = 'late'; area.value = 'Late *words*'; stage.append(area);",
        json!([]),
    );
    let element = Element::drawn(&page, "#element");
    element.wait_for_text("Late words");
    assert_eq!(element.get("area.id"), "late");
}
engines!(a_field_that_comes_later_is_taken: Chromium);

fn the_only_field_of_two_elements_stays_with_the_first(start: Start) {
    let page = open(start, "/for.html");
    Element::drawn(&page, "#element");
    page.js(
        "const other = document.createElement('apercu-editor'); other.id = 'other'; other.setAttribute('for', 'body'); \
         document.getElementById('inside').append(other);",
        json!([]),
    );
    let other = Element::drawn(&page, "#other");
    assert_eq!(other.get("[area.id, document.getElementById('body').parentNode.id]"), json!(["editor", "element"]));
}
engines!(the_only_field_of_two_elements_stays_with_the_first: Chromium);
