//! Drafts of this browser: the first visit, the return, the list. In: visits. Neighbours: `kills.rs`, `tabs.rs`,
//! `storage_trouble.rs`.

use crate::engines;
use crate::support::server::Reply;
use crate::support::start::built_page;
use crate::support::text::{post, sections};
use crate::support::{Page, Start};
use serde_json::json;

fn titles(page: &Page) -> Vec<String> {
    let script = "return [...document.querySelectorAll('#drafts [data-draft] .title, #drafts li .title')].map(e => e.textContent.trim());";
    let mut titles: Vec<String> = page
        .js(script, json!([]))
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|t| t.as_str().map(str::to_owned))
        .collect();
    titles.dedup();
    titles
}

#[track_caller]
fn open_list(page: &Page) {
    page.action("drafts");
    page.wait_for("the list", "document.querySelector('#drafts[open]')");
}

#[track_caller]
fn close_list(page: &Page) {
    page.press("Escape");
    page.wait_for("the list closed", "!document.querySelector('#drafts')");
}

#[track_caller]
fn wait_for_titles(page: &Page, wanted: &[&str]) {
    let mut wanted = wanted.to_vec();
    wanted.sort_unstable();
    page.wait_until(&format!("drafts called {wanted:?}"), || {
        let mut now = titles(page);
        now.sort();
        now == wanted
    });
}

fn the_first_visit_is_welcomed(start: Start) {
    let page = start.open();
    let text = page.text();
    assert!(text.starts_with("---\n") && text.len() > 300, "{text}");
    page.wait_for_preview("the title", "head.querySelector('h1')?.textContent.trim().length > 0");
    page.wait_for_preview("the body", "body.children.length > 5");
    assert!(
        !page.status("diagnostics").contains(|c: char| c.is_ascii_digit() && c != '0'),
        "{}",
        page.status("diagnostics")
    );
    // Nothing was written yet: a second visit starts the same way.
    page.reload();
    page.ready();
    assert_eq!(page.text(), text);
}
engines!(the_first_visit_is_welcomed: Chromium Firefox WebKit);

fn the_draft_returns_with_caret_and_scroll(start: Start) {
    let mut page = start.open();
    let text = post(&sections(80));
    page.write(&text);
    page.wait_for_text("section 80");
    page.select_text("paragraph of section 50");
    // A key brings the caret into view, which a selection by script does not.
    page.press("ArrowRight");
    page.press("Shift+ArrowLeft");
    page.js("const e = document.getElementById('editor'); e.scrollTop = e.scrollTop + 40;", json!([]));
    page.settle();
    page.wait_until_stored();
    let place = "const e = document.getElementById('editor'); return [e.selectionStart, e.selectionEnd, Math.round(e.scrollTop / 30)];";
    let before = page.js(place, json!([]));
    page.goto("about:blank");
    if page.engine != crate::support::Engine::WebKit {
        // MiniBrowser keeps nothing beyond its own life when it is automated.
        page.restart();
    }
    page.load();
    assert_eq!(page.text(), text);
    page.settle();
    assert_eq!(page.js(place, json!([])), before);
    // The preview shows what stands in the upper part of the editor.
    let heading = page.js(
        "const e = document.getElementById('editor'), style = getComputedStyle(e); \
         const line = Math.floor((e.scrollTop + 0.3 * e.clientHeight - parseFloat(style.paddingTop)) / parseFloat(style.lineHeight)); \
         return e.value.split('\\n').slice(line).find(l => l.startsWith('## ')).slice(3);",
        json!([]),
    );
    page.wait_for_preview(
        &format!("{heading}"),
        &format!(
            "(() => {{ const h = [...body.querySelectorAll('h2')].find(h => h.textContent.trim() === {heading}); \
             const r = h.getBoundingClientRect(); return r.bottom > 0 && r.top < doc.documentElement.clientHeight; }})()"
        ),
    );
}
engines!(the_draft_returns_with_caret_and_scroll: Chromium Firefox WebKit);

fn drafts_are_listed_opened_renamed_and_deleted(start: Start) {
    let page = start.open();
    page.write("---\ntitle: First\ndate: 2014-12-08\n---\n\nOne");
    page.wait_until_stored();
    page.action("new");
    page.wait_for("a new post", "!document.getElementById('editor').value.includes('First')");
    page.write("---\ntitle: Second\ndate: 2014-12-09\n---\n\nTwo");
    page.wait_until_stored();
    open_list(&page);
    wait_for_titles(&page, &["First", "Second"]);
    // Open.
    page.click("#drafts [data-draft]:not([data-current=true]) button");
    page.wait_for("the first", "document.getElementById('editor').value.includes('title: First')");
    page.wait_for_text("One");
    // Rename: the title in the text changes, and nothing else.
    open_list(&page);
    page.click("#drafts [data-current=true] [data-action=rename]");
    page.wait_for("the field", "document.activeElement === document.querySelector('#drafts form input')");
    page.type_keys("Ren");
    // The text changes, so the page is drawn anew while a title is being typed: the title stays.
    page.js(
        "const e = document.getElementById('editor'); e.value += ' more'; e.dispatchEvent(new Event('input', { bubbles: true }));",
        json!([]),
    );
    page.wait_until_stored();
    page.type_keys("amed\n");
    wait_for_titles(&page, &["Renamed", "Second"]);
    close_list(&page);
    assert_eq!(page.text(), "---\ntitle: Renamed\ndate: 2014-12-08\n---\n\nOne more");
    // Delete, and undo.
    open_list(&page);
    page.click("#drafts [data-draft]:not([data-current=true]) [data-action=delete]");
    wait_for_titles(&page, &["Renamed"]);
    close_list(&page);
    page.wait_for_message("deleted");
    page.click("#messages [data-offer]");
    page.settle();
    open_list(&page);
    wait_for_titles(&page, &["Renamed", "Second"]);
    close_list(&page);
    assert_eq!(page.text(), "---\ntitle: Renamed\ndate: 2014-12-08\n---\n\nOne more");
}
engines!(drafts_are_listed_opened_renamed_and_deleted: Chromium Firefox WebKit);

fn deleting_the_open_draft_goes_on_with_another(start: Start) {
    let page = start.open();
    page.write("---\ntitle: Stays\n---\n\nOne");
    page.wait_until_stored();
    page.action("new");
    page.wait_for("a new post", "!document.getElementById('editor').value.includes('Stays')");
    page.write("---\ntitle: Goes\n---\n\nTwo");
    page.wait_until_stored();
    open_list(&page);
    page.click("#drafts [data-current=true] [data-action=delete]");
    wait_for_titles(&page, &["Stays"]);
    close_list(&page);
    page.wait_for("another text", "!document.getElementById('editor').value.includes('Goes')");
    page.reload();
    page.ready();
    assert!(!page.text().contains("Goes"));
    open_list(&page);
    wait_for_titles(&page, &["Stays"]);
}
engines!(deleting_the_open_draft_goes_on_with_another: Chromium);

fn a_new_post_does_not_touch_the_old(start: Start) {
    let page = start.open();
    page.write("---\ntitle: Old\n---\n\nWords just typed");
    // At once, before the draft could be stored by itself.
    page.action("new");
    page.wait_for("a new post", "!document.getElementById('editor').value.includes('Words')");
    page.type_keys("New");
    page.wait_until_stored();
    open_list(&page);
    wait_for_titles(&page, &["New", "Old"]);
    page.click("#drafts [data-draft]:not([data-current=true]) button");
    page.wait_for(
        "the old",
        "document.getElementById('editor').value === '---\\ntitle: Old\\n---\\n\\nWords just typed'",
    );
}
engines!(a_new_post_does_not_touch_the_old: Chromium Firefox WebKit);

fn one_can_go_elsewhere_and_come_back(start: Start) {
    let page = start.open();
    page.server.route("/elsewhere", Reply::html("<title>elsewhere</title>"));
    page.write(&post("Here"));
    page.wait_until_stored();
    // By the address: another page while the first may still lie in the browser's cache.
    page.goto(&page.server.url("/elsewhere"));
    page.load();
    assert!(page.text().ends_with("Here"), "{}", page.text());
    page.to_end();
    page.type_keys(" again");
    page.wait_until_stored();
    // By the browser's history: the page may come back as it was.
    page.goto(&page.server.url("/elsewhere"));
    page.back();
    page.ready();
    assert!(page.text().ends_with("Here again"), "{}", page.text());
    page.to_end();
    page.type_keys(" and again");
    page.wait_until_stored();
    page.wait_for_text("Here again and again");
    page.load();
    assert!(page.text().ends_with("Here again and again"), "{}", page.text());
}
engines!(one_can_go_elsewhere_and_come_back: Chromium Firefox WebKit);

fn what_was_typed_just_before_leaving_is_kept(start: Start) {
    let page = start.open();
    page.server.route("/elsewhere", Reply::html("<title>elsewhere</title>"));
    page.write(&post("Here"));
    page.wait_until_stored();
    page.to_end();
    page.type_keys(" the last words");
    page.goto(&page.server.url("/elsewhere"));
    page.load();
    assert!(page.text().ends_with("Here the last words"), "{}", page.text());
}
engines!(what_was_typed_just_before_leaving_is_kept: Chromium Firefox WebKit);

/// Two copies of the page under one host, as two projects on GitHub Pages are.
fn copies_of_the_page_on_one_host_share_nothing(start: Start) {
    let page = start.prepare();
    page.server.mount("/blog/", &built_page());
    page.load();
    let welcome = page.text();
    page.write(&post("Of the first copy"));
    page.action("theme");
    page.wait_until_stored();
    page.goto(&page.server.url("/blog/index.html"));
    page.ready();
    assert_eq!(page.text(), welcome);
    let theme = "return document.documentElement.dataset.theme ?? null;";
    assert_eq!(page.js(theme, json!([])), json!(null));
    page.write(&post("Of the second copy"));
    page.wait_until_stored();
    page.load();
    assert!(page.text().ends_with("Of the first copy"), "{}", page.text());
    assert_ne!(page.js(theme, json!([])), json!(null));
    let names = page.js("return Object.keys(localStorage).sort();", json!([]));
    assert_eq!(names, json!(["apercu:/blog/page", "apercu:/page", "apercu:/preferences"]));
    let databases = page.js_async("return (await indexedDB.databases()).map(({ name }) => name).sort();", json!([]));
    assert_eq!(databases, json!(["apercu:/", "apercu:/blog/"]));
}
engines!(copies_of_the_page_on_one_host_share_nothing: Chromium Firefox);

/// Texts that earlier versions of the page kept for the next visit.
fn unsaved_texts_of_earlier_versions_become_drafts(start: Start) {
    let page = start.prepare();
    page.goto(&page.server.url("/elsewhere"));
    page.js(
        "localStorage.setItem('apercu-rescue', 'The program had stopped'); \
         localStorage.setItem('apercu:/-leaving-00000000000000ab', '0\\n3\\n2014-12-08-a.md\\nThe page\\nwas left'); \
         localStorage.setItem('apercu:/-page', '{}');",
        json!([]),
    );
    page.load();
    page.action("drafts");
    page.wait_for("both", "document.querySelectorAll('#drafts [data-draft]').length === 2");
    let first = page.text();
    page.click("#drafts [data-draft]:not([data-current=true]) button");
    page.wait_for("another", &format!("document.getElementById('editor').value !== {}", json!(first)));
    let mut texts = [first, page.text()];
    texts.sort();
    assert_eq!(texts, ["The page\nwas left", "The program had stopped"]);
    let names =
        page.js("return Object.keys(localStorage).filter(name => /rescue|leaving|-page/.test(name));", json!([]));
    assert_eq!(names, json!([]));
}
engines!(unsaved_texts_of_earlier_versions_become_drafts: Chromium);
