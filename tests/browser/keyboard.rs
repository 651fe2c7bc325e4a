//! The page without a mouse: every control is reached by Tab, shows that it has the focus, and nothing is a trap.
//! In: keys. Neighbours: `divider.rs`, `accessibility.rs`.

use crate::engines;
use crate::support::{Page, Start};
use serde_json::{Value, json};

/// The focused element and how it looks, also as it would look without the focus.
fn focused(page: &Page) -> Value {
    page.js(
        "const element = document.activeElement; \
         if (!element || element === document.body || !document.hasFocus()) return null; \
         const look = () => { const s = getComputedStyle(element), after = getComputedStyle(element, '::after'); \
             return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor, after.opacity].join(' '); }; \
         const box = element.getBoundingClientRect(); \
         const name = element.id || element.dataset.action || element.dataset.command || (element.dataset.view && 'view-' + element.dataset.view) || element.dataset.part || element.tagName; \
         const seen = look(); const visible = element.matches(':focus-visible'); \
         return {name, seen, visible, width: box.width, height: box.height, outline: getComputedStyle(element).outlineStyle};",
        json!([]),
    )
}

fn every_control_is_reached_and_shows_the_focus(start: Start) {
    let page = start.open();
    page.write("---\ntitle: Good\nauthor: \"Ann\n---\n\nno list");
    page.wait_for("the diagnostic", "!document.querySelector('#status [data-part=diagnostics]').disabled");
    // How each looks without the focus.
    let unfocused = "document.activeElement.blur(); const looks = {}; \
         for (const e of document.querySelectorAll('button, textarea, iframe, [tabindex]')) { \
             const s = getComputedStyle(e), after = getComputedStyle(e, '::after'); \
             const name = e.id || e.dataset.action || e.dataset.command || (e.dataset.view && 'view-' + e.dataset.view) || e.dataset.part || e.tagName; \
             looks[name] = [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor, after.opacity].join(' '); } \
         return looks;";
    let looks = page.js(unfocused, json!([]));
    let mut seen: Vec<String> = Vec::new();
    // From the page's first control on: past its last one the focus is among the browser's own.
    page.press("Tab");
    page.js("document.querySelector('#top-bar button').focus();", json!([]));
    for step in 0..60 {
        if step > 0 {
            page.press("Tab");
        }
        let element = focused(&page);
        let Some(name) = element["name"].as_str().map(str::to_owned) else {
            if seen.len() > 5 {
                break;
            }
            continue;
        };
        if seen.contains(&name) {
            break;
        }
        if name != "preview" {
            assert_ne!(element["seen"], looks[&name], "{name} shows no focus");
            assert!(
                element["width"].as_f64() > Some(0.0) && element["height"].as_f64() > Some(0.0),
                "{name} has no size"
            );
        }
        seen.push(name);
    }
    for name in ["open", "save", "new", "drafts", "theme", "help", "editor", "divider", "diagnostics"] {
        assert!(seen.iter().any(|s| s == name), "{name} is not reached: {seen:?}");
    }
    assert!(seen.iter().any(|s| s == "bold"), "the toolbar is not reached: {seen:?}");
}
engines!(every_control_is_reached_and_shows_the_focus: Chromium Firefox);

fn the_toolbar_is_one_stop_and_walked_by_arrows(start: Start) {
    let page = start.open();
    page.write("word");
    page.js("document.querySelector('[data-command=bold]').focus();", json!([]));
    let command = || page.js("return document.activeElement.dataset.command || document.activeElement.id;", json!([]));
    page.press("End");
    page.press("ArrowRight");
    assert_eq!(command(), "bold", "round and round");
    page.press("ArrowRight");
    page.press("Tab");
    assert_eq!(command(), "editor", "one stop");
    page.press("Shift+Tab");
    assert_eq!(page.js("return document.activeElement.dataset.command || '';", json!([])), "italic");
    page.press("Enter");
    page.wait_for("what the button does", "/[*_]/.test(document.getElementById('editor').value)");
}
engines!(the_toolbar_is_one_stop_and_walked_by_arrows: Chromium);

/// Past a page's last control the focus is among the browser's own, of which Firefox has more than ten; from there Tab
/// comes back.
fn back_in_the_page(page: &Page) {
    for _ in 0..30 {
        if page.js("return document.hasFocus();", json!([])) == true {
            return;
        }
        page.press("Tab");
    }
    panic!("thirty presses of Tab do not lead back into the page");
}

fn dialogs_hold_the_focus_and_give_it_back(start: Start) {
    let page = start.open();
    page.write("text");
    for (action, dialog) in [("help", "#help"), ("drafts", "#drafts")] {
        page.js("document.querySelector('[data-action=' + arguments[0] + ']').focus();", json!([action]));
        page.press("Enter");
        page.wait_for("the dialog", &format!("document.querySelector('{dialog}')?.contains(document.activeElement)"));
        for _ in 0..12 {
            page.press("Tab");
            let inside = "const a = document.activeElement; return a === document.body || document.querySelector(arguments[0]).contains(a);";
            assert_eq!(page.js(inside, json!([dialog])), true, "the focus left {dialog}");
        }
        back_in_the_page(&page);
        page.press("Escape");
        page.wait_for("it closed", &format!("!document.querySelector('{dialog}')"));
        page.wait_for("the focus somewhere", "document.activeElement !== document.body");
    }
}
engines!(dialogs_hold_the_focus_and_give_it_back: Chromium Firefox);

fn the_view_is_switched_by_keys(start: Start) {
    let page = start.open();
    page.js("document.querySelector('button[data-view=write]').focus();", json!([]));
    page.press("Enter");
    page.wait_for("the preview gone", "document.getElementById('preview').getBoundingClientRect().width === 0");
    page.js("document.querySelector('button[data-view=preview]').focus();", json!([]));
    page.press("Enter");
    page.wait_for("the editor gone", "document.getElementById('editor').getBoundingClientRect().width === 0");
    page.js("document.querySelector('button[data-view=both]').focus();", json!([]));
    page.press("Enter");
    page.wait_for(
        "both",
        "document.getElementById('editor').getBoundingClientRect().width > 100 && document.getElementById('preview').getBoundingClientRect().width > 100",
    );
}
engines!(the_view_is_switched_by_keys: Chromium);
