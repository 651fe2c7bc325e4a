//! The initial preview: the main part of the program shows what stands in the textarea before the page's part has arrived.
//! In: a server that holds that part back, posts. Out: previews. Neighbours: `slow_load.rs` (no part is there yet).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::engines;
use crate::failure::{break_the_document, mend_the_document};
use crate::support::server::Gate;
use crate::support::text::HEAD;
use crate::support::{Page, Start};
use serde_json::json;

/// Holds the page's part back until the gate is opened.
fn hold_the_page(page: &Page) -> Arc<Gate> {
    page.server.hold("split_page.wasm")
}

/// Removes the snapshot of the page that was left. Firefox may tell that page only now that it is hidden, so that it writes
/// another one: the snapshot is gone when it has not come back for some looks.
fn forget_the_snapshot(page: &Page) {
    page.wait_for(
        "no snapshot",
        "(() => { const name = 'apercu:/page', there = localStorage.getItem(name) !== null; \
          localStorage.removeItem(name); window.looks = there ? 0 : (window.looks ?? 0) + 1; return window.looks > 8; })()",
    );
}

/// Puts a text into the textarea as a paste does.
const PASTE: &str = "const e = document.getElementById('editor'); e.value = arguments[0]; \
    e.dispatchEvent(new Event('input', { bubbles: true })); return document.body.dataset.first ?? '';";

fn is_whole(page: &Page) -> bool {
    page.js("return document.body.dataset.ready === 'true';", json!([])) == true
}

fn a_post_is_shown_and_followed_before_the_page_has_come(start: Start) {
    let page = start.without_waiting().prepare();
    let gate = hold_the_page(&page);
    page.goto(&page.server.url("/"));
    page.wait_for("the main part", "document.body.dataset.first === 'shown'");
    page.js(PASTE, json!([format!("{HEAD}Some *early* words, &copy; us\n\n| a | b |\n|---|---|\n| 1 | 2 |")]));
    page.wait_for_text("Some early words, © us");
    assert_eq!((page.count("table"), page.post_text("h1")), (1, Some("A post".into())));
    page.to_end();
    page.type_keys("\n\nand more");
    page.wait_for_text("and more");
    assert!(!is_whole(&page), "the page's part was not held back");
    let text = page.text();
    gate.open();
    page.ready();
    assert_eq!(page.text(), text);
    page.type_keys(" still");
    page.wait_for_text("and more still");
    assert_eq!(page.count("table"), 1);
    page.wait_until_stored();
    page.reload();
    page.ready();
    assert_eq!(page.text(), format!("{text} still"));
}
engines!(a_post_is_shown_and_followed_before_the_page_has_come: Chromium Firefox WebKit);

fn the_first_visit_is_welcomed_at_once_and_nothing_is_stored_of_it(start: Start) {
    let page = start.without_waiting().prepare();
    let gate = hold_the_page(&page);
    page.goto(&page.server.url("/"));
    page.wait_for("the welcome", "document.getElementById('editor').value.includes('title:')");
    page.wait_for_preview("it, too", "body.querySelectorAll('p').length > 2");
    assert_eq!(page.selection(), (0, 0));
    assert!(!is_whole(&page));
    gate.open();
    page.ready();
    let welcome = page.text();
    page.action("drafts");
    page.wait_for("the list", "document.querySelector('#drafts[open]')");
    assert_eq!(page.js("return document.querySelectorAll('#drafts [data-draft]').length;", json!([])), 0);
    page.press("Escape");
    // The next visit begins the same.
    page.reload();
    page.ready();
    assert_eq!(page.text(), welcome);
}
engines!(the_first_visit_is_welcomed_at_once_and_nothing_is_stored_of_it: Chromium);

fn a_return_visit_does_not_show_the_welcome_text(start: Start) {
    let page = start.without_waiting().prepare();
    page.load();
    page.js(PASTE, json!([format!("{HEAD}{}", "A post too long to be kept for the next visit.\n\n".repeat(10_000))]));
    page.wait_until_stored();
    page.goto(&page.server.url("/elsewhere"));
    let gate = hold_the_page(&page);
    page.goto(&page.server.url("/"));
    page.wait_for("the main part", "document.body.dataset.first");
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    assert_eq!((page.text(), is_whole(&page)), (String::new(), false));
    gate.open();
    page.ready();
    page.wait_for("the draft", "document.getElementById('editor').value.length > 400000");
}
engines!(a_return_visit_does_not_show_the_welcome_text: Chromium);

fn an_initial_preview_that_stops_gives_way_to_the_page(start: Start) {
    let page = start.without_waiting().prepare();
    let gate = hold_the_page(&page);
    page.goto(&page.server.url("/"));
    page.wait_for("the main part", "document.body.dataset.first === 'shown'");
    break_the_document(&page, "document.getElementById('preview').contentWindow");
    assert_eq!(page.js(PASTE, json!([format!("{HEAD}Words that it stops at")])), "stopped");
    mend_the_document(&page);
    gate.open();
    page.ready();
    page.wait_for_text("Words that it stops at");
    assert_eq!(page.js("return document.getElementById('recovery').hidden;", json!([])), true);
    page.to_end();
    page.type_keys(", and more");
    page.wait_for_text("Words that it stops at, and more");
    page.wait_until_stored();
}
engines!(an_initial_preview_that_stops_gives_way_to_the_page: Chromium Firefox WebKit);

/// The table of all names of characters comes with the page.
fn rare_character_references_are_shown_by_the_page(start: Start) {
    let page = start.without_waiting().prepare();
    let gate = hold_the_page(&page);
    page.goto(&page.server.url("/"));
    page.wait_for("the main part", "document.body.dataset.first === 'shown'");
    let text = format!("{HEAD}Seldom &Omega; written");
    assert_eq!(page.js(PASTE, json!([text])), "shown");
    page.wait_for_text("Seldom &Omega; written");
    gate.open();
    page.ready();
    page.wait_for_text("Seldom Ω written");
}
engines!(rare_character_references_are_shown_by_the_page: Chromium);

/// All files below with that ending.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// All texts that the core is tested with, and all real posts where `APERCU_POSTS` names them, are shown by the main part alone.
fn the_main_part_shows_what_people_write(start: Start) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut kinds = vec![("texts of one construct", files(&root.join("tests/fixtures"), ".md"), 300)];
    if let Some(folder) = std::env::var_os("APERCU_POSTS") {
        let posts =
            files(Path::new(&folder), ".md").into_iter().filter(|path| !path.to_string_lossy().ends_with(".body.md"));
        kinds.push(("real posts", posts.collect(), 500));
    }
    let page = start.without_waiting().prepare();
    let _gate = hold_the_page(&page);
    for (kind, files, least) in kinds {
        assert!(files.len() >= least, "{} {kind}", files.len());
        let texts: Vec<String> = files.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
        let mut stopped = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            if page.js("return document.body?.dataset.first ?? '';", json!([])) != "shown" {
                page.goto(&page.server.url("/"));
                page.wait_for("the main part", "document.body.dataset.first === 'shown'");
            }
            if page.js(PASTE, json!([text])) != "shown" {
                stopped.push(&files[at]);
            }
        }
        assert!(stopped.is_empty(), "of the {kind} it stopped at {stopped:#?}");
    }
}
engines!(the_main_part_shows_what_people_write: Chromium);

/// A person who empties the textarea on a first visit wants it empty, and undo brings the preview back too.
fn what_is_typed_over_the_welcome_is_followed(start: Start) {
    let page = start.without_waiting().prepare();
    let gate = hold_the_page(&page);
    page.goto(&page.server.url("/"));
    page.wait_for("the welcome", "document.body.dataset.first === 'shown'");
    let welcome = page.text();
    page.js(PASTE, json!([""]));
    assert_eq!((page.text(), page.count("p")), (String::new(), 0));
    page.js(PASTE, json!(["One *word*"]));
    page.wait_for_text("One word");
    page.js(PASTE, json!([welcome]));
    page.wait_for_preview("the welcome again", "body.querySelectorAll('p').length > 2");
    page.js(PASTE, json!(["One *word*"]));
    gate.open();
    page.ready();
    assert_eq!(page.text(), "One *word*");
    page.wait_until_stored();
}
engines!(what_is_typed_over_the_welcome_is_followed: Chromium);

fn what_was_typed_before_the_whole_had_come_is_kept_when_the_page_is_left(start: Start) {
    let page = start.without_waiting().prepare();
    page.load();
    page.write(&format!("{HEAD}An older draft"));
    page.wait_until_stored();
    page.goto(&page.server.url("/elsewhere"));
    forget_the_snapshot(&page);
    let gate = hold_the_page(&page);
    page.goto(&page.server.url("/"));
    page.wait_for("the textarea", "document.body?.dataset.first");
    page.js(PASTE, json!(["Typed and *left*"]));
    page.goto(&page.server.url("/elsewhere"));
    gate.open();
    page.goto(&page.server.url("/"));
    page.ready();
    page.wait_for("what was typed", "document.getElementById('editor').value === 'Typed and *left*'");
    page.wait_for_message("before it was there");
    page.action("drafts");
    page.wait_for("both", "document.querySelectorAll('#drafts [data-draft]').length === 2");
    page.press("Escape");
    // Once, and not again.
    page.reload();
    page.ready();
    page.wait_for("the same", "document.getElementById('editor').value === 'Typed and *left*'");
    page.action("drafts");
    page.wait_for("both", "document.querySelectorAll('#drafts [data-draft]').length === 2");
}
engines!(what_was_typed_before_the_whole_had_come_is_kept_when_the_page_is_left: Chromium Firefox);

/// What was recovered and what is typed meanwhile: neither takes the other's place.
fn what_was_recovered_and_what_is_typed_early_are_both_kept(start: Start) {
    let page = start.without_waiting().prepare();
    page.load();
    page.js(
        "localStorage.setItem('apercu:/unsaved-00000000000000ab', JSON.stringify({ text: 'Recovered text' }));",
        json!([]),
    );
    page.goto(&page.server.url("/elsewhere"));
    let gate = hold_the_page(&page);
    page.goto(&page.server.url("/"));
    page.wait_for("the textarea", "document.body?.dataset.first");
    page.js(PASTE, json!(["Typed early"]));
    gate.open();
    page.ready();
    assert_eq!(page.text(), "Typed early");
    page.wait_for_message("Recovered text");
    page.wait_until_stored();
    page.action("drafts");
    page.wait_for("both", "document.querySelectorAll('#drafts [data-draft]').length === 2");
}
engines!(what_was_recovered_and_what_is_typed_early_are_both_kept: Chromium);
