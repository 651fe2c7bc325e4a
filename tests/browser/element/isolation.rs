//! The host's styles do not reach into the element and the element's do not reach out; what is promised to pass, passes.
//! In: `calm.html` and `hostile.html`, the same markup with and without `hostile.css`. Neighbours: `attributes.rs`.

use super::{Element, open};
use crate::engines;
use crate::support::{Page, Start};
use serde_json::{Value, json};

/// Every computed style that a person could see, of everything in the shadow tree and of the form's textarea.
const LOOKS: &str = "const names = ['display', 'position', 'color', 'backgroundColor', 'borderTopWidth', 'borderTopStyle', 'borderTopColor', 'fontFamily', 'fontSize', \
    'fontStyle', 'fontWeight', 'fontVariantCaps', 'lineHeight', 'letterSpacing', 'wordSpacing', 'textAlign', 'textIndent', 'textTransform', 'textShadow', 'whiteSpace', \
    'marginTop', 'marginLeft', 'paddingTop', 'paddingLeft', 'float', 'boxShadow', 'outlineStyle', 'opacity', 'cursor', 'direction', 'height', 'width', 'minWidth', 'maxWidth', 'resize', 'visibility']; \
    const all = {}; \
    const look = (name, element) => { const style = getComputedStyle(element); all[name] = Object.fromEntries(names.map(n => [n, style[n]])); }; \
    const elements = [...root.querySelectorAll('*')].filter(e => !e.closest('#mirror')); \
    elements.forEach((e, index) => look(index + ' ' + e.localName + (e.id ? '#' + e.id : ''), e)); \
    look('the textarea', area); return all;";

/// The looks with the elements at the same width, and nothing of the host's that is meant to pass: the cursor.
fn looks(element: &Element<'_>) -> Value {
    element.js("element.setAttribute('data-width', ''); const sheet = new CSSStyleSheet(); sheet.replaceSync('apercu-editor { width: 900px !important; cursor: auto !important; }'); document.adoptedStyleSheets = [sheet];", json!([]));
    element.page.settle();
    element.js(LOOKS, json!([]))
}

/// Fails with what differs.
#[track_caller]
fn same(calm: &Value, hostile: &Value, what: &str) {
    let (calm, hostile) = (calm.as_object().expect("looks"), hostile.as_object().expect("looks"));
    assert!(calm.len() > 30, "{what}: {} elements", calm.len());
    let mut differences = Vec::new();
    for (name, styles) in calm {
        let other = hostile.get(name).unwrap_or(&Value::Null);
        for (property, value) in styles.as_object().expect("styles") {
            if other[property] != *value {
                differences.push(format!("{name} {property}: {value} became {}", other[property]));
            }
        }
    }
    assert_eq!(differences, [""; 0], "{what}");
}

fn all_looks(page: &Page) -> Vec<Value> {
    ["#element", "#own"]
        .map(|css| {
            page.js("document.querySelector(arguments[0]).scrollIntoView();", json!([css]));
            let element = Element::drawn(page, css);
            element.wait_for_text("First words");
            element.to_end();
            element.wait("the marks, which are drawn in a pause", "root.querySelector('#marks button')");
            page.settle();
            looks(&element)
        })
        .to_vec()
}

fn the_hosts_styles_stay_outside(start: Start) {
    let engine = start.engine;
    let calm = all_looks(&open(start, "/calm.html"));
    let page = open(Start::new(engine, "element::isolation::the_hosts_styles_stay_outside"), "/hostile.html");
    let hostile = all_looks(&page);
    same(&calm[0], &hostile[0], "with a textarea");
    same(&calm[1], &hostile[1], "alone");
}
engines!(the_hosts_styles_stay_outside: Chromium Firefox WebKit);

/// The host's own elements look the same before the elements are there and after.
fn the_elements_styles_stay_inside(start: Start) {
    let page = super::prepare(start.without_waiting());
    let gate = page.server.hold("/pkg/auto.js");
    page.goto(&page.server.url("/hostile.html"));
    page.wait_for("the page", "document.getElementById('host-area')");
    let look = "return ['host-text', 'host-button', 'host-input', 'host-area'].map(id => { const s = getComputedStyle(document.getElementById(id)); return [...s].filter(n => !n.includes('origin') && !n.startsWith('--')).map(n => n + ':' + s.getPropertyValue(n)); });";
    let before = page.js(look, json!([]));
    gate.open();
    let element = Element::drawn(&page, "#element");
    element.wait_for_text("First words");
    let after = page.js(look, json!([]));
    for (before, after) in before.as_array().into_iter().flatten().zip(after.as_array().into_iter().flatten()) {
        assert_eq!(before, after);
    }
    assert_eq!(page.js("return [document.adoptedStyleSheets.length, document.styleSheets.length, document.querySelectorAll('style').length, [...document.head.children].map(e => e.localName).filter(n => n === 'link').length];", json!([])), json!([0, 1, 0, 1]));
    assert_eq!(
        page.js("return getComputedStyle(document.documentElement).getPropertyValue('--paper');", json!([])),
        ""
    );
}
engines!(the_elements_styles_stay_inside: Chromium Firefox);

fn custom_properties_and_parts_reach_in(start: Start) {
    let page = open(start, "/calm.html");
    let element = Element::drawn(&page, "#element");
    page.js(
        "const sheet = new CSSStyleSheet(); sheet.replaceSync(`main { --apercu-ink: rgb(1, 2, 3); --apercu-paper: rgb(250, 251, 252); --apercu-bar: rgb(200, 201, 202); \
         --apercu-accent: rgb(9, 8, 7); --apercu-line: rgb(5, 5, 5); --apercu-radius: 3px; --apercu-height: 500px; --apercu-mono: Courier; --apercu-sans: Georgia; } \
         apercu-editor::part(toolbar) { background: rgb(11, 12, 13); } apercu-editor::part(status) { color: rgb(14, 15, 16); } \
         apercu-editor::part(editor) { outline: 2px solid rgb(17, 18, 19); } apercu-editor::part(preview) { opacity: .9; } apercu-editor::part(divider) { background: rgb(1, 1, 1); }`); \
         document.adoptedStyleSheets = [sheet];",
        json!([]),
    );
    let style = |what: &str, name: &str| element.get(&format!("getComputedStyle({what}).{name}"));
    assert_eq!(style("area", "color"), "rgb(1, 2, 3)");
    assert_eq!(style("area", "fontFamily"), "Courier");
    assert_eq!(style("root.getElementById('layout')", "backgroundColor"), "rgb(200, 201, 202)");
    assert_eq!(style("root.getElementById('layout')", "borderTopLeftRadius"), "3px");
    assert_eq!(style("root.getElementById('layout')", "height"), "500px");
    assert_eq!(style("root.getElementById('layout')", "fontFamily"), "Georgia");
    assert_eq!(style("root.getElementById('bar')", "backgroundColor"), "rgb(11, 12, 13)");
    assert_eq!(style("root.getElementById('status')", "color"), "rgb(14, 15, 16)");
    assert_eq!(style("root.getElementById('editor-pane')", "outlineColor"), "rgb(17, 18, 19)");
    assert_eq!(style("root.getElementById('preview-pane')", "opacity"), "0.9");
    assert_eq!(style("root.getElementById('divider')", "backgroundColor"), "rgb(1, 1, 1)");
    // The post takes them over when it is drawn.
    page.js(
        "const element = document.getElementById('element'); element.remove(); document.querySelector('main').prepend(element);",
        json!([]),
    );
    let element = Element::drawn(&page, "#element");
    element.wait("the post's colours", "getComputedStyle(doc.documentElement).color === 'rgb(1, 2, 3)' || getComputedStyle(body).color === 'rgb(1, 2, 3)'");
}
engines!(custom_properties_and_parts_reach_in: Chromium Firefox WebKit);

fn colour_scheme_size_and_direction_are_followed(start: Start) {
    let page = open(start, "/calm.html");
    let element = Element::drawn(&page, "#element");
    element.wait_for_text("First words");
    let light =
        element.get("[getComputedStyle(root.getElementById('layout')).backgroundColor, getComputedStyle(body).color]");
    let size = element.get("parseFloat(getComputedStyle(area).fontSize)").as_f64().unwrap_or(0.0);
    page.js(
        "const sheet = new CSSStyleSheet(); sheet.replaceSync('html { color-scheme: dark; font-size: 24px; }'); document.adoptedStyleSheets = [sheet]; document.documentElement.dir = 'rtl'; \
         const element = document.getElementById('element'); element.remove(); document.querySelector('main').prepend(element);",
        json!([]),
    );
    let element = Element::drawn(&page, "#element");
    element.wait_for_text("First words");
    let dark =
        element.get("[getComputedStyle(root.getElementById('layout')).backgroundColor, getComputedStyle(body).color]");
    assert!(dark[0] != light[0] && dark[1] != light[1], "{light} {dark}");
    let large = element.get("parseFloat(getComputedStyle(area).fontSize)").as_f64().unwrap_or(0.0);
    assert!((large / size - 1.5).abs() < 0.05, "{size} became {large}");
    assert_eq!(element.get("[getComputedStyle(area).direction, getComputedStyle(doc.documentElement).direction, getComputedStyle(root.getElementById('toolbar')).direction]"), json!(["rtl", "rtl", "rtl"]));
    // The toolbar begins at the right.
    assert_eq!(element.get("root.querySelector('#toolbar button').getBoundingClientRect().left > root.getElementById('bar').getBoundingClientRect().left + 400"), true);
    element.to_end();
    page.type_keys(" more");
    element.wait_for_text("link more");
}
engines!(colour_scheme_size_and_direction_are_followed: Chromium Firefox WebKit);

fn the_systems_scheme_is_followed_where_the_host_follows_it(start: Start) {
    let page = open(start, "/calm.html");
    page.js("const sheet = new CSSStyleSheet(); sheet.replaceSync('html { color-scheme: light dark; }'); document.adoptedStyleSheets = [sheet];", json!([]));
    let element = Element::drawn(&page, "#element");
    element.wait_for_text("First words");
    let colours = "[getComputedStyle(root.getElementById('layout')).backgroundColor, getComputedStyle(area).color, getComputedStyle(body).color]";
    let light = element.get(colours);
    page.color_scheme(true);
    element.wait(
        "the dark scheme everywhere",
        &format!("(now => {light}.every((was, at) => now[at] !== was))({colours})"),
    );
    // Where the host is light whatever the system says, so is the element.
    page.js("document.adoptedStyleSheets = [];", json!([]));
    element.wait("the light scheme again", &format!("(now => {light}.every((was, at) => now[at] === was))({colours})"));
}
engines!(the_systems_scheme_is_followed_where_the_host_follows_it: Chromium);

fn hidden_is_hidden(start: Start) {
    let page = open(start, "/calm.html");
    let element = Element::drawn(&page, "#element");
    page.js("document.getElementById('element').hidden = true;", json!([]));
    assert_eq!(element.get("[element.checkVisibility(), element.offsetHeight]"), json!([false, 0]));
    page.js("document.getElementById('element').hidden = false;", json!([]));
    assert_eq!(element.get("element.offsetHeight > 200"), true);
}
engines!(hidden_is_hidden: Chromium);
