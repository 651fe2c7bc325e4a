//! The comparison with another version: the file as it was opened, another draft, a pasted text. In: edits of files and
//! drafts. Neighbours: `src/compare/` finds the differences, `network.rs` holds what may be requested.

use crate::engines;
use crate::support::text::HEAD;
use crate::support::{Page, Start};
use serde_json::{Value, json};

const OLD: &str = "The old house stands here.\n\n- one\n- two\n\nA paragraph that will go.\n";
const NEW: &str = "The new house stands here.\n\n- one\n- two\n- a third\n";

/// What the open comparison says in words.
#[track_caller]
fn result(page: &Page) -> String {
    page.wait_for("the result", "document.getElementById('compare-result')?.textContent");
    let said = page.js("return document.getElementById('compare-result').textContent;", json!([]));
    said.as_str().unwrap_or_default().to_owned()
}

/// The texts of all `css` in the rows of the text, and in the frame.
fn texts(page: &Page, place: &str, css: &str) -> Value {
    let script = "const root = arguments[0] === 'text' ? document.getElementById('compare-text') \
                    : document.getElementById('compare-frame').contentDocument; \
                  return [...root.querySelectorAll(arguments[1])].map(e => e.textContent);";
    page.js(script, json!([place, css]))
}

#[track_caller]
fn wait_for_frame(page: &Page, what: &str, css: &str) {
    let found = format!("document.getElementById('compare-frame')?.contentDocument?.querySelector('{css}')");
    page.wait_for(what, &found);
}

#[track_caller]
fn choose(page: &Page, value: &str) {
    let script = "const select = document.querySelector('#compare select'); select.value = arguments[0]; \
                  select.dispatchEvent(new Event('input', { bubbles: true }));";
    page.js(script, json!([value]));
}

#[track_caller]
fn close(page: &Page) {
    page.press("Escape");
    page.wait_for("the dialog closed", "!document.querySelector('#compare, #compare-frame')");
}

fn the_file_as_it_was_opened_outlives_a_reload(start: Start) {
    let page = start.prepare();
    page.without_pickers();
    page.load();
    let path = page.folder().join("2014-12-08-house.md");
    std::fs::write(&path, format!("{HEAD}{OLD}")).expect("the file can be written");
    page.open_file(&path);
    page.wait_for_text("The old house");
    page.action("compare");
    assert_eq!(result(&page), "There is no difference.");
    assert_eq!(texts(&page, "text", "*"), json!([]));
    close(&page);
    page.write(&format!("{HEAD}{NEW}"));
    page.wait_for_text("The new house");
    page.wait_until_stored();
    for visit in ["the first visit", "the second"] {
        page.action("compare");
        assert_eq!(result(&page), "3 words added, 6 removed.", "{visit}");
        assert_eq!(page.js("return document.querySelector('#compare select').value;", json!([])), "file", "{visit}");
        assert_eq!(texts(&page, "text", "del"), json!(["old", "↵", "A paragraph that will go."]), "{visit}");
        assert_eq!(texts(&page, "text", "ins"), json!(["new", "- a third"]), "{visit}");
        wait_for_frame(&page, "the preview's differences", ".apercu-ins");
        assert_eq!(texts(&page, "frame", "p > .apercu-del, p > .apercu-ins"), json!(["old", "new"]), "{visit}");
        assert_eq!(texts(&page, "frame", "li.apercu-ins"), json!(["a third"]), "{visit}");
        assert_eq!(texts(&page, "frame", "del.apercu-block"), json!(["A paragraph that will go."]), "{visit}");
        close(&page);
        page.reload();
        page.ready();
        page.wait_for_text("The new house");
    }
    page.action("save");
    page.wait_for_download();
    page.action("compare");
    assert_eq!(result(&page), "There is no difference.", "after saving");
}
engines!(the_file_as_it_was_opened_outlives_a_reload: Chromium);

fn the_frame_is_as_walled_in_as_the_preview(start: Start) {
    let page = start.open();
    page.write(&format!("{HEAD}<b>one</b> <img src=x onerror=\"top.hit = 1\"> three four\n"));
    page.action("compare");
    page.wait_for("the field", "document.getElementById('compare-other')");
    page.send_keys("#compare-other", "<script>top.hit = 1</script> <img src=y onerror=\"top.hit = 1\"> three");
    wait_for_frame(&page, "the differences", ".apercu-del");
    let script = "const f = document.getElementById('compare-frame'), d = f.contentDocument; \
                  return [f.sandbox.value, d.querySelectorAll('script, [onerror]').length, \
                          d.querySelector('meta[http-equiv]').content.startsWith(\"default-src 'none'\"), \
                          document.querySelectorAll('#compare-text :is(script, img, b)').length, window.hit ?? 0];";
    let expected = json!(["allow-same-origin allow-popups allow-popups-to-escape-sandbox", 0, true, 0, 0]);
    assert_eq!(page.js(script, json!([])), expected);
}
engines!(the_frame_is_as_walled_in_as_the_preview: Chromium);

fn a_draft_and_a_pasted_text(start: Start) {
    let page = start.open();
    page.write(&format!("---\ntitle: The other draft\n---\n\n{OLD}"));
    page.wait_for_text("The old house");
    page.wait_until_stored();
    page.action("new");
    page.wait_for("another text", "!document.getElementById('editor').value.includes('house')");
    page.write(&format!("---\ntitle: This draft\n---\n\n{NEW}"));
    page.wait_for_text("The new house");
    page.wait_until_stored();
    assert!(!page.server.log().iter().any(|request| request.target.contains("split_tools")), "loaded unasked");
    page.action("drafts");
    page.wait_for("both drafts", "document.querySelectorAll('#drafts [data-draft]').length === 2");
    page.click("#drafts [data-current=false] [data-action=compare]");
    page.wait_for("the dialog", "document.querySelector('#compare') && !document.querySelector('#drafts')");
    assert_eq!(result(&page), "4 words added, 8 removed.");
    wait_for_frame(&page, "the title's difference", ".post-header .apercu-ins");
    let shown = page.js(
        "const s = document.querySelector('#compare select'); return [s.selectedOptions[0].text, s.options[0].disabled];",
        json!([]),
    );
    assert_eq!(shown, json!(["The other draft", true]));
    choose(&page, "other");
    page.wait_for("an empty comparison", "document.getElementById('compare-text').childNodes.length === 0");
    assert_eq!(page.js("return document.getElementById('compare-result').textContent;", json!([])), "");
    page.send_keys("#compare-other", "nothing like it");
    page.wait_for("the pasted text", "document.querySelector('#compare-text del')");
    assert_eq!(texts(&page, "text", "del"), json!(["nothing like it"]));
    close(&page);
    page.to_end();
    page.type_keys("- a fourth");
    page.wait_for_text("a fourth");
}
engines!(a_draft_and_a_pasted_text: Chromium);

fn in_github_s_dialect_the_preview_stays_true(start: Start) {
    let page = start.open();
    page.write(&format!("{HEAD}One ~old~ line\n\nmore\n"));
    page.wait_for_text("~old~");
    let script = "const select = document.querySelector('[data-part=dialect] select'); select.value = 'github'; \
                  select.dispatchEvent(new Event('change', { bubbles: true }));";
    page.js(script, json!([]));
    page.wait_for_preview("GitHub's strikethrough", "body.querySelector('del')?.textContent === 'old'");
    page.action("compare");
    page.wait_for("the field", "document.getElementById('compare-other')");
    page.send_keys("#compare-other", "a\n\nb\n\nc ~d~\n\nmore\n");
    wait_for_frame(&page, "the differences in that dialect", ".apercu-del del");
    close(&page);
    page.to_end();
    page.type_keys("and ~gone~");
    page.wait_for_preview(
        "the change",
        "[...body.querySelectorAll('del')].map(d => d.textContent).join() === 'old,gone'",
    );
    assert_eq!(page.count(".post-body p"), 2);
}
engines!(in_github_s_dialect_the_preview_stays_true: Chromium);

fn both_versions_are_those_of_the_site(start: Start) {
    let page = start.open();
    page.write("---\ntitle: Lines\ndate: 2014-12-08\n---\n\nOne\ntwo\n");
    page.wait_for_text("One");
    crate::publication::settings(&page, "kramdown:\n  hard_wrap: true\n");
    page.wait_for_preview("the break", "body.querySelector('br')");
    page.action("compare");
    page.wait_for("the dialog", "document.querySelector('#compare select')");
    choose(&page, "other");
    page.js(
        "const field = document.getElementById('compare-other'); field.value = arguments[0]; \
         field.dispatchEvent(new Event('input', { bubbles: true }));",
        json!(["---\ntitle: Lines\ndate: 2014-12-08\n---\n\nOne\nthree\n"]),
    );
    wait_for_frame(&page, "the word that came", ".apercu-ins");
    wait_for_frame(&page, "the site's break", ".post-body br");
}
engines!(both_versions_are_those_of_the_site: Chromium);

fn without_the_network_it_says_so(start: Start) {
    let page = start.open();
    page.server.handle(|request| {
        request.target.contains("split_tools").then(|| crate::support::server::Reply::html("<p>not here</p>"))
    });
    page.action("compare");
    page.wait_for_message("could not be loaded");
    assert_eq!(page.js("return document.querySelector('#compare');", json!([])), Value::Null);
    page.to_end();
    page.type_keys("still typing");
    page.wait_for_text("still typing");
}
engines!(without_the_network_it_says_so: Chromium);

fn on_a_phone_one_side_at_a_time(start: Start) {
    let page = start.size(390, 844).open();
    page.write(&format!("{HEAD}{NEW}"));
    page.wait_for_text("The new house");
    page.wait_until_stored();
    page.action("drafts");
    page.click("#drafts [data-current=true] [data-action=compare]");
    page.wait_for("the field", "document.getElementById('compare-other')");
    page.send_keys("#compare-other", OLD);
    page.wait_for("the text's differences", "document.querySelector('#compare-text del')");
    let seen =
        "return ['compare-text', 'compare-preview'].map(id => document.getElementById(id).getClientRects().length);";
    assert_eq!(page.js(seen, json!([])), json!([1, 0]));
    page.click("label[for=compare-by-preview]");
    wait_for_frame(&page, "the preview's differences", ".apercu-ins");
    assert_eq!(page.js(seen, json!([])), json!([0, 1]));
    assert_eq!(page.js("return document.documentElement.scrollWidth <= 390;", json!([])), true);
}
engines!(on_a_phone_one_side_at_a_time: Chromium);
