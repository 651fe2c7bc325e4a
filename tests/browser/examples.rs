//! The static page and the React page among the examples: what is typed is shown and sent, what the state says is in
//! the editor. In: `examples/plain`, `examples/react/dist` (`ensure_react` of scripts/examples.sh builds it).
//! Neighbours: `admin.rs`; `support/element.rs`.

use crate::engines;
use crate::support::{Element, Page, Start};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What a host with a strict policy says; trusted types are enforced.
const STRICT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; \
    img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

fn checkout() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn plain(start: Start) -> Page {
    assert!(checkout().join("pkg/auto.js").is_file(), "no package in pkg/: ./dev package makes it");
    let page = start.serving(checkout()).prepare();
    page.watch_policy();
    page.goto(&page.server.url("/examples/plain/index.html"));
    page
}

/// What the page lists of its own address: what was sent.
fn what_was_sent(page: &Page) -> Value {
    page.wait_for("what was sent", "location.search && !document.getElementById('sent').hidden");
    let script = "return [...document.querySelectorAll('#sent dt')].map(dt => [dt.textContent, dt.nextElementSibling.textContent]);";
    page.js(script, json!([]))
}

fn the_plain_form_shows_and_sends(start: Start) {
    let page = plain(start);
    let (editor, preview) = (Element::new(&page, "apercu-editor"), Element::new(&page, "apercu-preview"));
    editor.ready();
    editor.type_keys("\nThe *end* – fin\n");
    let text = "# A heading\n\nSome *Markdown* to begin with.\n\nThe *end* – fin\n";
    assert_eq!(editor.text(), text);
    page.js("document.querySelector('apercu-preview').scrollIntoView();", json!([]));
    let shown = "[...body.querySelectorAll('em')].map(em => em.textContent).join() === 'Markdown,end'";
    preview.wait_for("both emphases in the preview of its own", shown);
    preview.wait_for("the heading", "body.querySelector('h1')?.textContent.trim() === 'A heading'");
    // Nothing is sent before the title is there.
    page.click("form button:not([type])");
    page.wait_for("the focus in the title", "document.activeElement.id === 'title'");
    assert_eq!(page.js("return location.search;", json!([])), "");
    page.send_keys("#title", "Plain");
    assert_eq!(page.violations(), [""; 0]);
    page.click("form button:not([type])");
    assert_eq!(what_was_sent(&page), json!([["title", "Plain"], ["body", text.replace('\n', "\r\n")]]));
    assert_eq!(page.violations(), [""; 0]);
    // The policy is in force, and what breaks it would have been seen.
    let broken = page.try_js("document.querySelector('h1').innerHTML = 'text';", json!([]));
    assert!(broken.is_err(), "trusted types are not enforced");
    page.wait_for("the violation", "window.__violations.join().includes('require-trusted-types-for')");
    assert_eq!(page.outside.requests(), [""; 0], "requests to other hosts");
}
engines!(the_plain_form_shows_and_sends: Chromium);

fn the_plain_form_is_reset(start: Start) {
    let page = plain(start);
    let (editor, preview) = (Element::new(&page, "apercu-editor"), Element::new(&page, "apercu-preview"));
    editor.ready();
    editor.type_keys("More *words*");
    page.js("document.querySelector('apercu-preview').scrollIntoView();", json!([]));
    preview.wait_for_text("More words");
    page.click("[type=reset]");
    let old = "# A heading\n\nSome *Markdown* to begin with.\n";
    editor.wait_for("the old text", &format!("field.value === {}", json!(old)));
    preview.wait_for("the old text shown", "body.textContent && !body.textContent.includes('More words')");
}
engines!(the_plain_form_is_reset: Chromium);

fn built_react() -> PathBuf {
    let dist = checkout().join("examples/react/dist");
    assert!(dist.join("index.html").is_file(), "no React page: ensure_react of scripts/examples.sh builds it");
    dist
}

fn react(start: Start) -> Page {
    let page = start.serving(built_react()).prepare();
    page.server.add_header("Content-Security-Policy", STRICT);
    page.watch_policy();
    page.goto(&page.server.url("/"));
    page
}

/// The state of the React page, as it draws it.
fn state(page: &Page) -> String {
    page.js("return document.getElementById('state').textContent;", json!([])).as_str().unwrap_or_default().to_owned()
}

fn react_state_follows_the_editor_and_leads_it(start: Start) {
    let page = react(start);
    let editor = Element::new(&page, "apercu-editor");
    editor.ready();
    assert_eq!(editor.text(), "Some *Markdown* to begin with.\n");
    editor.type_keys("And *more* – ");
    let text = "Some *Markdown* to begin with.\nAnd *more* – ";
    page.wait_for("the state to follow", &format!("document.getElementById('state').textContent === {}", json!(text)));
    editor.wait_for_text("And more –");
    // A state that repeats what was typed leaves the caret where it is.
    editor.click();
    page.press_times("ArrowLeft", 9);
    page.type_keys("X");
    assert_eq!(editor.text(), "Some *Markdown* to begin with.\nAnd X*more* – ");
    page.type_keys("YZ");
    assert_eq!(editor.text(), "Some *Markdown* to begin with.\nAnd XYZ*more* – ");
    page.wait_for("the state", "document.getElementById('state').textContent.includes('XYZ')");
    // The state leads.
    page.click("#shout");
    editor.wait_for("the text in capitals", "field.value === 'SOME *MARKDOWN* TO BEGIN WITH.\\nAND XYZ*MORE* – '");
    editor.wait_for_text("AND XYZMORE");
    page.click("#template");
    editor.wait_for("the template", "field.value === '# Notes\\n\\nWhat was **decided**:\\n'");
    editor.wait_for_preview("the template shown", "body.querySelector('h1')?.textContent.trim() === 'Notes'");
    page.click("#clear");
    editor.wait_for("no text", "field.value === ''");
    editor.wait_for_preview("nothing shown", "!body.textContent.includes('decided')");
    editor.type_keys("Anew");
    editor.wait_for_text("Anew");
    assert_eq!(state(&page), "Anew");
    assert_eq!(page.violations(), [""; 0]);
    assert_eq!(page.outside.requests(), [""; 0], "requests to other hosts");
}
engines!(react_state_follows_the_editor_and_leads_it: Chromium);

fn react_hears_the_diagnostics(start: Start) {
    let page = react(start);
    let editor = Element::new(&page, "apercu-editor");
    editor.ready();
    page.wait_for("no diagnostics", "document.getElementById('diagnostics').textContent === '0'");
    // A link without a definition, among the first things that the checks tell.
    editor.type_keys("\nSee [there][nowhere].\n");
    page.wait_for("a diagnostic", "document.getElementById('diagnostics').textContent > 0");
}
engines!(react_hears_the_diagnostics: Chromium);
