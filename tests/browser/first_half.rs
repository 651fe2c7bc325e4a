//! The first half of the program: it shows what stands in the textarea before the second has arrived. In: a server that holds
//! the second half back, posts. Out: previews. Neighbours: `slow_load.rs` (no half is there yet), `scripts/split.mjs`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::engines;
use crate::failure::{break_the_document, mend_the_document};
use crate::support::server::Gate;
use crate::support::start::built_page;
use crate::support::text::HEAD;
use crate::support::{Page, Start};
use serde_json::json;

/// Holds the second half back until the gate is opened.
fn hold_the_rest(page: &Page) -> Arc<Gate> {
    let names = std::fs::read_dir(built_page()).expect("a built page").flatten().map(|entry| entry.file_name());
    let rest = names.filter_map(|name| name.into_string().ok()).find(|name| name.starts_with("rest-"));
    page.server.hold(&rest.expect("a program in two halves"))
}

/// Puts a text into the textarea as a paste does.
const PASTE: &str = "const e = document.getElementById('editor'); e.value = arguments[0]; \
    e.dispatchEvent(new Event('input', { bubbles: true })); return document.body.dataset.first ?? '';";

fn is_whole(page: &Page) -> bool {
    page.js("return document.body.dataset.ready === 'true';", json!([])) == true
}

fn a_post_is_shown_and_followed_before_the_rest_has_come(start: Start) {
    let page = start.without_waiting().prepare();
    let gate = hold_the_rest(&page);
    page.goto(&page.server.url("/"));
    page.wait_for("the first half", "document.body.dataset.first === 'shown'");
    page.js(PASTE, json!([format!("{HEAD}Some *early* words, &copy; us\n\n| a | b |\n|---|---|\n| 1 | 2 |")]));
    page.wait_for_text("Some early words, © us");
    assert_eq!((page.count("table"), page.post_text("h1")), (1, Some("A post".into())));
    page.to_end();
    page.type_keys("\n\nand more");
    page.wait_for_text("and more");
    assert!(!is_whole(&page), "the second half was not held back");
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
engines!(a_post_is_shown_and_followed_before_the_rest_has_come: Chromium Firefox WebKit);

fn the_first_visit_is_welcomed_at_once_and_nothing_is_stored_of_it(start: Start) {
    let page = start.without_waiting().prepare();
    let gate = hold_the_rest(&page);
    page.goto(&page.server.url("/"));
    page.wait_for("the welcome", "document.getElementById('editor').value.includes('title:')");
    page.wait_for_preview("it, too", "body.querySelectorAll('p').length > 2");
    assert_eq!(page.selection(), (0, 0));
    assert!(!is_whole(&page));
    gate.open();
    page.ready();
    let welcome = page.text();
    page.action("drafts");
    page.wait_for("the list", "document.querySelector('#drafts')");
    assert_eq!(page.js("return document.querySelectorAll('#drafts [data-draft]').length;", json!([])), 0);
    page.press("Escape");
    // The next visit begins the same.
    page.reload();
    page.ready();
    assert_eq!(page.text(), welcome);
}
engines!(the_first_visit_is_welcomed_at_once_and_nothing_is_stored_of_it: Chromium);

fn whoever_was_here_before_is_not_welcomed(start: Start) {
    let page = start.without_waiting().prepare();
    page.load();
    page.js(PASTE, json!([format!("{HEAD}{}", "A post too long to be kept for the next visit.\n\n".repeat(10_000))]));
    page.wait_until_stored();
    page.goto(&page.server.url("/elsewhere"));
    let gate = hold_the_rest(&page);
    page.goto(&page.server.url("/"));
    page.wait_for("the first half", "document.getElementById('app').companion");
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    assert_eq!((page.text(), is_whole(&page)), (String::new(), false));
    gate.open();
    page.ready();
    page.wait_for("the draft", "document.getElementById('editor').value.length > 400000");
}
engines!(whoever_was_here_before_is_not_welcomed: Chromium);

fn a_first_half_that_stops_gives_way_to_the_whole(start: Start) {
    let page = start.without_waiting().prepare();
    let gate = hold_the_rest(&page);
    page.goto(&page.server.url("/"));
    page.wait_for("the first half", "document.body.dataset.first === 'shown'");
    break_the_document(&page, "document.getElementById('preview').contentWindow");
    assert_eq!(page.js(PASTE, json!([format!("{HEAD}Words that it stops at")])), "stopped");
    mend_the_document(&page);
    gate.open();
    page.ready();
    page.wait_for_text("Words that it stops at");
    assert_eq!(page.js("return document.getElementById('rescue').hidden;", json!([])), true);
    page.to_end();
    page.type_keys(", and more");
    page.wait_for_text("Words that it stops at, and more");
    page.wait_until_stored();
}
engines!(a_first_half_that_stops_gives_way_to_the_whole: Chromium Firefox WebKit);

/// What it lacks on purpose: the whole shows it.
fn what_the_first_half_lacks_is_shown_by_the_whole(start: Start) {
    let page = start.without_waiting().prepare();
    let gate = hold_the_rest(&page);
    page.goto(&page.server.url("/"));
    page.wait_for("the first half", "document.body.dataset.first === 'shown'");
    let text = format!("{HEAD}Seldom &Omega; written");
    assert_eq!(page.js(PASTE, json!([text])), "stopped");
    gate.open();
    page.ready();
    page.wait_for_text("Seldom Ω written");
}
engines!(what_the_first_half_lacks_is_shown_by_the_whole: Chromium);

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

/// Of the texts that the core is tested with, and of real posts where they are at hand, all but a few are shown by the first
/// half alone.
fn the_first_half_shows_what_people_write(start: Start) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut kinds = vec![("texts of one construct", files(&root.join("tests/fixtures"), ".md"), 300, 0.97)];
    if let Some(folder) = std::env::var_os("APERCU_POSTS") {
        let posts =
            files(Path::new(&folder), ".md").into_iter().filter(|path| !path.to_string_lossy().ends_with(".body.md"));
        kinds.push(("real posts", posts.collect(), 500, 0.95));
    }
    let page = start.without_waiting().prepare();
    let _gate = hold_the_rest(&page);
    for (kind, files, least, share) in kinds {
        assert!(files.len() >= least, "{} {kind}", files.len());
        let texts: Vec<String> = files.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
        let mut stopped = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            if page.js("return document.body?.dataset.first ?? '';", json!([])) != "shown" {
                page.goto(&page.server.url("/"));
                page.wait_for("the first half", "document.body.dataset.first === 'shown'");
            }
            if page.js(PASTE, json!([text])) != "shown" {
                stopped.push(&files[at]);
            }
        }
        let shown = 1.0 - stopped.len() as f64 / texts.len() as f64;
        assert!(shown >= share, "{shown:.3} of the {kind}; not {stopped:#?}");
    }
}
engines!(the_first_half_shows_what_people_write: Chromium);

/// Whoever empties the textarea on a first visit wants it empty, and the preview follows back to what stood there first.
fn what_is_typed_over_the_welcome_is_followed(start: Start) {
    let page = start.without_waiting().prepare();
    let gate = hold_the_rest(&page);
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
    page.js("localStorage.removeItem('apercu:/page');", json!([]));
    let gate = hold_the_rest(&page);
    page.goto(&page.server.url("/"));
    page.wait_for("the textarea", "document.getElementById('app')?.companion");
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
    let gate = hold_the_rest(&page);
    page.goto(&page.server.url("/"));
    page.wait_for("the textarea", "document.getElementById('app')?.companion");
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
