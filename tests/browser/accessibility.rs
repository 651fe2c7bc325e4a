//! axe-core finds nothing: both themes, both widths, with each dialog open, and in the post itself.
//! In: axe-core from npm (`APERCU_AXE`). Neighbours: `keyboard.rs` tries what axe cannot see.

use super::publication::open_tab;
use crate::engines;
use crate::support::server::Reply;
use crate::support::text::post;
use crate::support::{Page, Start};
use serde_json::json;
use std::path::{Path, PathBuf};

/// The script of axe-core.
pub fn axe() -> String {
    let by_home = || {
        let home = std::env::var_os("HOME").unwrap_or_default();
        Path::new(&home).join(".cache/apercu/axe/node_modules/axe-core/axe.min.js")
    };
    let path = std::env::var_os("APERCU_AXE").map_or_else(by_home, PathBuf::from);
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("no axe-core at {} (scripts/browsers.sh fetches it): {error}", path.display()))
}

/// Fails with what axe finds. The preview is a document without scripts: it is looked at apart.
#[track_caller]
pub fn nothing_is_wrong(page: &Page, what: &str) {
    page.after_animations();
    page.js(&axe(), json!([]));
    let found = page.js_async(
        "const result = await axe.run({exclude: [['#preview'], ['#compare-frame']]}, {resultTypes: ['violations'], iframes: false}); \
         return result.violations.map(v => [v.id, v.impact, v.help, v.nodes.slice(0, 5).map(n => [n.target.join(' '), n.failureSummary])]);",
        json!([]),
    );
    assert_eq!(found, json!([]), "{what}: {found:#}");
}

const POST: &str = "Words with [a link](https://a.example), `code` and *more*.\n\n## A heading\n\n\
    > quoted\n\n- [x] done\n- [ ] open\n\n| a | b |\n|---|---|\n| c | d |\n\n```rust\nfn main() {} // a comment\n```\n\n\
    ![a cat](/cat.jpg)\n\nNote.[^1]\n\n[^1]: The note.\n";

/// Every state of the page that one can be in.
fn look_at_everything(page: &Page) {
    nothing_is_wrong(page, "first visit");
    page.write(&post(POST));
    page.wait_for_text("The note.");
    nothing_is_wrong(page, "a post");
    page.write("---\ntitle: \"open\n---\n\nBroken");
    page.wait_for(
        "the diagnostic",
        "/[1-9]/.test(document.querySelector('#status [data-part=diagnostics]').innerText)",
    );
    page.diagnostics();
    nothing_is_wrong(page, "the diagnostics");
    for (action, dialog) in [("help", "#help"), ("drafts", "#drafts")] {
        page.action(action);
        page.wait_for("the dialog", &format!("document.querySelector('{dialog}[open]')"));
        nothing_is_wrong(page, dialog);
        page.press("Escape");
        page.wait_for("it closed", &format!("!document.querySelector('{dialog}')"));
    }
    page.write("---\ntitle: A post\ndate: 2014-12-08\ntags: [a, b]\nimage: {path: a.png}\n---\n\n![](a.png)\n");
    for tab in ["publication", "front-matter", "checks", "site"] {
        open_tab(page, tab);
        nothing_is_wrong(page, tab);
    }
    page.click("#site-config");
    page.type_keys("url: \"open");
    page.press("Tab");
    page.find(".site-diagnostics");
    nothing_is_wrong(page, "settings with a mistake");
}

/// The comparison, which a narrow screen opens from the list of drafts.
fn look_at_the_comparison(page: &Page) {
    page.write(&post("Words that *changed*.\n"));
    page.action("compare");
    page.wait_for("the field", "document.getElementById('compare-other')");
    page.send_keys("#compare-other", "Words that stay, and others.\n");
    page.wait_for("the differences", "document.querySelector('#compare-text del')");
    nothing_is_wrong(page, "the comparison");
}

fn light_and_wide(start: Start) {
    let page = start.open();
    look_at_everything(&page);
    look_at_the_comparison(&page);
}
engines!(light_and_wide: Chromium);

fn dark_and_wide(start: Start) {
    let page = start.dark().open();
    look_at_everything(&page);
    look_at_the_comparison(&page);
}
engines!(dark_and_wide: Chromium);

fn light_and_narrow(start: Start) {
    look_at_everything(&start.size(390, 844).open());
}
engines!(light_and_narrow: Chromium);

fn dark_and_narrow(start: Start) {
    look_at_everything(&start.dark().size(390, 844).open());
}
engines!(dark_and_narrow: Chromium);

/// The post as a page of its own, where axe can run: the same document, the frame's policy taken away.
fn look_at_the_post(page: &Page) {
    page.write(&post(POST));
    page.wait_for_text("The note.");
    let script = "const copy = doc.documentElement.cloneNode(true); copy.querySelectorAll('meta[http-equiv]').forEach(m => m.remove()); \
                  return '<!doctype html>' + copy.outerHTML;";
    let html = page.preview(script, json!([]));
    page.server.route("/post", Reply::html(html.as_str().unwrap_or_default()));
    page.goto(&page.server.url("/post"));
    nothing_is_wrong(page, "the post");
}

fn the_post_is_light(start: Start) {
    look_at_the_post(&start.open());
}
engines!(the_post_is_light: Chromium);

fn the_post_is_dark(start: Start) {
    look_at_the_post(&start.dark().open());
}
engines!(the_post_is_dark: Chromium);

fn messages_are_spoken(start: Start) {
    let page = start.open();
    let script = "const area = document.getElementById('messages'); return area.getAttribute('role') + ' ' + (area.getAttribute('aria-live') || '');";
    let role = page.js(script, json!([]));
    let role = role.as_str().unwrap_or_default();
    assert!(role.contains("status") || role.contains("alert") || role.contains("polite"), "{role}");
}
engines!(messages_are_spoken: Chromium);
