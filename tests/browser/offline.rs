//! Without a network: the page is kept as a whole, and a new version waits until somebody takes it. In: two versions of the
//! built page, one after the other. Out: which of them runs. Neighbours: src/offline.js, src/offline-page.js.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::engines;
use crate::support::start::built_page;
use crate::support::{Page, Start};

/// A copy of the built page with another version and another program folder.
fn other_version(of: &Path, into: &Path) {
    copy(of, into);
    let page = fs::read_to_string(into.join("index.html")).unwrap();
    let version = version_in(&page).to_owned();
    for name in ["index.html", "offline.js"] {
        let path = into.join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(&version), "{name} has the version");
        fs::write(path, text.replace(&version, "another-version")).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn version_in(page: &str) -> &str {
    let (_, rest) = page.split_once("name=\"version\" content=\"").expect("the page has a version");
    rest.split_once('"').unwrap().0
}

fn version(page: &Page) -> String {
    let script = "return document.querySelector('meta[name=version]').content;";
    page.js(script, json!([])).as_str().unwrap_or_default().to_owned()
}

const KEPT: &str = "return navigator.serviceWorker.ready.then(async () => !!(await caches.match(document.baseURI)));";

/// Firefox's driver has a reload of its own that goes past service workers, unlike that of a person.
fn come_back(page: &Page) {
    page.goto(&page.server.url("/"));
}

fn the_page_works_without_a_network_and_takes_a_new_version_when_asked(start: Start) {
    let page = start.with_service_worker().open();
    page.write("A text that stays.");
    page.wait_until_stored();
    page.wait_until("the page to be kept", || page.js_async(KEPT, json!([])) == json!(true));
    let first = version(&page);

    page.server.lose("");
    come_back(&page);
    page.ready();
    assert_eq!((page.text().as_str(), version(&page)), ("A text that stays.", first.clone()));
    // What was not loaded before is there, too.
    page.write("{{ site.title }} and `code`");
    page.press("Control+f");
    page.wait_for("a part that comes later", "document.getElementById('find-what')");
    page.press("Escape");
    page.wait_until_stored();

    page.server.find_again();
    let folder = tempfile::tempdir().unwrap();
    other_version(&built_page(), folder.path());
    page.server.serve_from(folder.path());
    come_back(&page);
    page.ready();
    assert_eq!(version(&page), first, "the version that was kept runs until the new one is taken");
    page.wait_for("the offer", "document.getElementById('new-version')");
    assert_eq!(version(&page), first);
    page.click("#new-version button");
    page.wait_for("the new version", "document.querySelector('meta[name=version]')?.content === 'another-version'");
    page.ready();
    assert_eq!(page.text(), "{{ site.title }} and `code`");
}
// WebKitGTK's driver has no service workers.
engines!(the_page_works_without_a_network_and_takes_a_new_version_when_asked: Chromium Firefox);

fn a_shared_text_becomes_a_draft(start: Start) {
    let page = start.prepare();
    page.goto(
        &page.server.url("/?share-title=A%20find&share-text=Some%20words&share-url=https%3A%2F%2Fexample.org%2F"),
    );
    page.ready();
    page.wait_for("the text", "document.getElementById('editor').value.includes('Some words')");
    assert_eq!(page.text(), "---\nlayout: post\ntitle: \"A find\"\n---\n\nSome words\n<https://example.org/>\n");
    assert!(page.location().ends_with("/"), "a reload begins no second draft: {}", page.location());
}
engines!(a_shared_text_becomes_a_draft: Chromium Firefox WebKit);
