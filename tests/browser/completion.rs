//! Completion at the caret: by key, while typing, put away, taken. In: texts. Out: the text in the editor. Neighbours:
//! `src/app/writing/completion_list.rs`.

use crate::engines;
use crate::support::{Page, Start};
use serde_json::json;

fn labels(page: &Page) -> Vec<String> {
    let script = "return [...document.querySelectorAll('#completion .label')].map(label => label.textContent);";
    serde_json::from_value(page.js(script, json!([]))).unwrap_or_default()
}

fn wait_for_labels(page: &Page, wanted: &[&str]) {
    page.wait_until(&format!("the list {wanted:?}"), || labels(page) == wanted);
}

fn words_are_completed_at_the_caret(start: Start) {
    let page = start.open();
    page.write("---\ntitle: A\n---\n\n# How it is\n\n# How to\n\nSee [this](#");
    page.press("Control+Space");
    wait_for_labels(&page, &["how-it-is", "how-to"]);
    assert_eq!(
        page.js("return document.getElementById('editor').getAttribute('aria-activedescendant');", json!([])),
        "completion-0"
    );
    page.press("ArrowDown");
    page.press("Enter");
    page.wait_for("the anchor", "document.getElementById('editor').value.endsWith('See [this](#how-to)')");
    page.wait_for("the list gone", "!document.getElementById('completion')");
    page.undo();
    assert!(page.text().ends_with("See [this](#"), "one step of undo takes it back");

    // While typing, from now on. Escape ends it for this word.
    page.type_keys("to");
    wait_for_labels(&page, &["how-to"]);
    page.press("Escape");
    page.wait_for("the list gone", "!document.getElementById('completion')");
    page.type_keys("x");
    assert_eq!(labels(&page), [""; 0]);
    page.write("---\nti\n---\n");
    page.select(6, 6);
    page.type_keys("t");
    wait_for_labels(&page, &["title"]);
    let place = "const list = document.getElementById('completion').getBoundingClientRect(); \
         const editor = document.getElementById('editor').getBoundingClientRect(); \
         return list.top > editor.top && list.left >= editor.left && list.bottom < editor.bottom && list.width > 30;";
    assert_eq!(page.js(place, json!([])), true);
    page.press("Tab");
    page.wait_for("the key", "document.getElementById('editor').value === '---\\ntitle: \\n---\\n'");
}
engines!(words_are_completed_at_the_caret: Chromium Firefox WebKit);
