//! The divider between the panes. In: drags and arrow keys. Neighbours: `keyboard.rs`, `phone.rs`.

use crate::engines;
use crate::support::{Page, Start};
use serde_json::json;

fn editor_width(page: &Page) -> f64 {
    page.settle();
    let script = "return document.getElementById('editor').getBoundingClientRect().width;";
    page.js(script, json!([])).as_f64().unwrap_or(0.0)
}

fn value(page: &Page) -> f64 {
    let script = "return Number(document.getElementById('divider').getAttribute('aria-valuenow'));";
    page.js(script, json!([])).as_f64().unwrap_or(f64::NAN)
}

fn it_is_moved_by_keys(start: Start) {
    let page = start.open();
    let (width, now) = (editor_width(&page), value(&page));
    page.js("document.getElementById('divider').focus();", json!([]));
    page.press_times("ArrowRight", 4);
    assert!(editor_width(&page) > width + 20.0 && value(&page) > now, "{} after {width}", editor_width(&page));
    page.press_times("ArrowLeft", 8);
    assert!(editor_width(&page) < width - 20.0 && value(&page) < now, "{} after {width}", editor_width(&page));
    page.press("Home");
    let least = value(&page);
    page.press("ArrowLeft");
    assert_eq!(value(&page), least);
    let limit = page.js("return Number(document.getElementById('divider').getAttribute('aria-valuemin'));", json!([]));
    assert_eq!(limit.as_f64(), Some(least));
}
engines!(it_is_moved_by_keys: Chromium Firefox WebKit);

fn it_is_dragged_also_over_the_preview(start: Start) {
    let page = start.open();
    let width = editor_width(&page);
    let (x, y) = page.middle("#divider");
    page.drag((x, y), (x + 200, y + 5));
    let wide = editor_width(&page);
    assert!((wide - width - 200.0).abs() < 12.0, "from {width} to {wide}");
    let (x, y) = page.middle("#divider");
    page.drag((x, y), (x - 300, y));
    let narrow = editor_width(&page);
    assert!((narrow - wide + 300.0).abs() < 12.0, "from {wide} to {narrow}");
    // The button is up: moving on does nothing.
    page.drag((x + 100, y), (x + 200, y));
    assert!((editor_width(&page) - narrow).abs() < 1.0);
}
engines!(it_is_dragged_also_over_the_preview: Chromium Firefox WebKit);

fn its_place_is_remembered(start: Start) {
    let page = start.open();
    page.js("document.getElementById('divider').focus();", json!([]));
    page.press_times("ArrowLeft", 5);
    let width = editor_width(&page);
    page.reload();
    page.ready();
    assert!((editor_width(&page) - width).abs() < 2.0);
}
engines!(its_place_is_remembered: Chromium);
