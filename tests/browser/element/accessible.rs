//! axe-core finds nothing in a page with the elements, their shadow trees included; the keys lead in and out.
//! In: `slotted.html`, `alone.html`, `preview.html`. Neighbours: `accessibility.rs` is the same for the page.

use super::{Element, open};
use crate::accessibility::axe;
use crate::engines;
use crate::support::{Page, Start};
use serde_json::json;

#[track_caller]
fn nothing_is_wrong(page: &Page, what: &str) {
    page.after_animations();
    page.js(&axe(), json!([]));
    // The preview is a document without scripts: the page's own tests look at it.
    let found = page.js_async(
        "const frames = [...document.querySelectorAll('apercu-editor, apercu-preview')].filter(e => e.id).map(e => [['#' + e.id, 'iframe']]); \
         const result = await axe.run({exclude: frames.map(([path]) => ({fromShadowDom: path}))}, {resultTypes: ['violations'], iframes: false}); \
         return result.violations.map(v => [v.id, v.impact, v.help, v.nodes.slice(0, 5).map(n => [n.target.join(' '), n.failureSummary])]);",
        json!([]),
    );
    assert_eq!(found, json!([]), "{what}: {found:#}");
    let seen = page.js("return axe.utils.querySelectorAll ? document.querySelector('apercu-editor, apercu-preview').shadowRoot.querySelectorAll('*').length : 0;", json!([]));
    assert!(seen.as_u64().unwrap_or(0) > 10, "the shadow tree was there: {seen}");
}

fn look_at_everything(page: &Page) {
    page.js("const sheet = new CSSStyleSheet(); sheet.replaceSync('html { color-scheme: light dark; background: light-dark(#fff, #111); }'); document.adoptedStyleSheets = [sheet];", json!([]));
    let element = Element::drawn(page, "#element");
    nothing_is_wrong(page, "as it comes");
    element.write("---\ntitle: \"open\n---\n\n# Broken\n\n[a link](https://a.example)");
    element.wait("the diagnostic", "!root.querySelector('#status [data-part=diagnostics]').disabled");
    element.click("#status [data-part=diagnostics]");
    element.wait("the list", "root.querySelector('#diagnostics li')");
    nothing_is_wrong(page, "the diagnostics");
    element.js("element.focus();", json!([]));
    page.press("F1");
    element.wait("the help", "root.querySelector('dialog[open]')");
    nothing_is_wrong(page, "the help");
    page.press("Escape");
    element.wait("it closed", "!root.querySelector('dialog')");
    for mode in ["preview", "write"] {
        element.js("element.mode = arguments[0];", json!([mode]));
        nothing_is_wrong(page, mode);
    }
    element.js("area.readOnly = true;", json!([]));
    nothing_is_wrong(page, "read-only");
}

fn light_and_wide(start: Start) {
    look_at_everything(&open(start, "/slotted.html"));
}
engines!(light_and_wide: Chromium);

fn dark_and_wide(start: Start) {
    look_at_everything(&open(start.dark(), "/alone.html"));
}
engines!(dark_and_wide: Chromium);

fn light_and_narrow(start: Start) {
    look_at_everything(&open(start.size(390, 844), "/alone.html"));
}
engines!(light_and_narrow: Chromium);

fn dark_and_narrow(start: Start) {
    look_at_everything(&open(start.dark().size(390, 844), "/slotted.html"));
}
engines!(dark_and_narrow: Chromium);

fn a_preview_alone(start: Start) {
    let page = open(start, "/preview.html");
    page.wait_for("the preview", "document.getElementById('follower').hasAttribute('data-ready') && document.getElementById('driven').hasAttribute('data-ready')");
    nothing_is_wrong(&page, "previews");
}
engines!(a_preview_alone: Chromium);

/// Tab goes from the host's field before through the element to the host's field behind, and back.
fn tab_leads_in_and_out(start: Start) {
    for file in ["/slotted.html", "/alone.html"] {
        let page = open(Start::new(start.engine, "element::accessible::tab_leads_in_and_out"), file);
        let element = Element::drawn(&page, "#element");
        page.js("document.getElementById('title').focus();", json!([]));
        let mut been = Vec::new();
        let at = "(() => { let at = document.activeElement; while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at.id || at.dataset.command || at.dataset.view || at.dataset.part || at.localName; })()";
        for _ in 0..30 {
            page.press("Tab");
            been.push(page.js(&format!("return {at};"), json!([])).as_str().unwrap_or_default().to_owned());
            if been.last().is_some_and(|last| last == "save") {
                break;
            }
        }
        let field = if file == "/slotted.html" { "body" } else { "editor" };
        // The toolbar is one stop, the views are three.
        assert!(been.iter().position(|name| name == field).is_some_and(|stops| stops <= 4), "{been:?}");
        assert!(been.last().is_some_and(|last| last == "save"), "{been:?}");
        for _ in 0..30 {
            page.press("Shift+Tab");
            if element.get("area.matches(':focus')") == true {
                break;
            }
        }
        assert_eq!(element.get("area.matches(':focus')"), true, "no way back");
    }
}
engines!(tab_leads_in_and_out: Chromium Firefox);
