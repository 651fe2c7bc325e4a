//! Dark and light: the person's wish, the switch, both documents. In: the system's scheme and clicks.
//! Neighbours: `accessibility.rs` looks at the contrasts.

use crate::engines;
use crate::support::{Page, Start};
use serde_json::json;

/// How bright the page and the preview are behind their text, from 0 to 255.
fn brightness(page: &Page) -> (f64, f64) {
    page.settle();
    let script = "const bright = (element, view) => { for (let e = element; e; e = e.parentElement) { \
             const c = view.getComputedStyle(e).backgroundColor.match(/[\\d.]+/g).map(Number); \
             if (c.length === 3 || c[3] > 0) return (c[0] + c[1] + c[2]) / 3; } return 255; }; \
         const editor = document.getElementById('editor').parentElement, doc = document.getElementById('preview').contentDocument; \
         return [bright(editor, window), bright(doc.body, doc.defaultView)];";
    let answer = page.js(script, json!([]));
    (answer[0].as_f64().unwrap_or(-1.0), answer[1].as_f64().unwrap_or(-1.0))
}

fn is_dark(page: &Page) -> bool {
    let (editor, preview) = brightness(page);
    assert!((editor < 100.0) == (preview < 100.0), "editor {editor}, preview {preview}");
    editor < 100.0
}

fn the_system_decides_at_first(start: Start) {
    let page = start.dark().open();
    assert!(is_dark(&page));
}
engines!(the_system_decides_at_first: Chromium Firefox WebKit);

fn light_by_default(start: Start) {
    let page = start.open();
    assert!(!is_dark(&page));
}
engines!(light_by_default: Chromium Firefox WebKit);

fn the_page_follows_the_system_while_open(start: Start) {
    let page = start.open();
    assert!(!is_dark(&page));
    page.color_scheme(true);
    assert!(is_dark(&page));
    page.color_scheme(false);
    assert!(!is_dark(&page));
}
engines!(the_page_follows_the_system_while_open: Chromium);

fn the_switch_wins_and_is_remembered(start: Start) {
    let page = start.open();
    page.action("theme");
    page.wait_for("the attribute", "document.documentElement.dataset.theme === 'dark'");
    assert!(is_dark(&page));
    page.reload();
    page.ready();
    assert!(is_dark(&page), "after a reload");
    page.action("theme");
    assert!(!is_dark(&page));
    page.reload();
    page.ready();
    assert!(!is_dark(&page));
}
engines!(the_switch_wins_and_is_remembered: Chromium Firefox WebKit);
