//! Files with handles, where the browser has them: Save writes to the file that was opened, a change by another program
//! is noticed. In: pickers that answer with handles of the origin's private file system. Neighbours: `files.rs`.

use crate::engines;
use crate::support::{Page, Start};
use serde_json::json;

const NAME: &str = "2014-12-08-post.md";

/// Pickers that answer with a file of the private file system: a genuine handle, without a dialog.
const PICKERS: &str = "window.saves = []; \
    window.showOpenFilePicker = async () => [await (await navigator.storage.getDirectory()).getFileHandle('2014-12-08-post.md')]; \
    window.showSaveFilePicker = async options => { window.saves.push(options?.suggestedName ?? ''); \
        return (await navigator.storage.getDirectory()).getFileHandle(options?.suggestedName ?? 'saved.md', {create: true}); };";

fn open(start: Start) -> Page {
    let page = start.prepare();
    page.before_load(PICKERS);
    page.load();
    page
}

fn write_file(page: &Page, name: &str, text: &str) {
    page.js_async(
        "const [name, text] = arguments; const root = await navigator.storage.getDirectory(); \
         const writer = await (await root.getFileHandle(name, {create: true})).createWritable(); \
         await writer.write(text); await writer.close();",
        json!([name, text]),
    );
}

/// What stands in the file; nothing where there is none, or while it is being replaced.
fn read_file(page: &Page, name: &str) -> String {
    let text = page.js_async(
        "const root = await navigator.storage.getDirectory(); \
         const handle = await root.getFileHandle(arguments[0]).catch(() => null); \
         if (!handle) return ''; \
         const file = (await handle.getFile()).arrayBuffer().catch(e => { if (e.name !== 'NotReadableError') throw e; }); \
         const bytes = new Uint8Array(await file ?? 0); \
         return new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytes);",
        json!([name]),
    );
    text.as_str().unwrap_or_default().to_owned()
}

#[track_caller]
fn wait_for_file(page: &Page, name: &str, wanted: &str) {
    page.wait_until(&format!("{wanted:?} in {name}"), || read_file(page, name) == wanted);
}

/// The window gets the focus, as when one comes back from another program.
fn come_back(page: &Page) {
    page.js(
        "window.dispatchEvent(new Event('focus')); document.dispatchEvent(new Event('visibilitychange'));",
        json!([]),
    );
}

fn saving_writes_to_the_file_that_was_opened(start: Start) {
    let page = open(start);
    write_file(&page, NAME, "\u{FEFF}---\r\ntitle: On disk\r\n---\r\n\r\nText  \r\nend");
    page.action("open");
    page.wait_for("the file", "document.getElementById('editor').value.includes('title: On disk')");
    page.select_text("Text");
    page.type_keys("Words");
    page.press("Control+s");
    wait_for_file(&page, NAME, "\u{FEFF}---\r\ntitle: On disk\r\n---\r\n\r\nWords  \r\nend");
    assert_eq!(page.js("return window.saves;", json!([])), json!([]), "no dialog asks where");
    page.wait_for("the bar to say it", "/^Saved/.test(document.querySelector('[data-part=saved]').innerText)");
    page.to_end();
    page.type_keys("!");
    page.wait_for(
        "the bar to say that it differs",
        "/not/.test(document.querySelector('[data-part=saved]').innerText)",
    );
}
engines!(saving_writes_to_the_file_that_was_opened: Chromium);

fn a_new_post_asks_once_where_to(start: Start) {
    let page = open(start);
    page.write("---\ntitle: Brand new\ndate: 2014-12-08\n---\n\nText");
    page.settle();
    page.action("save");
    page.wait_for("the question", "window.saves.length === 1");
    let name = page.js("return window.saves[0];", json!([])).as_str().unwrap_or_default().to_owned();
    assert_eq!(name, "2014-12-08-brand-new.md");
    wait_for_file(&page, &name, &page.text());
    page.to_end();
    page.type_keys(" more");
    page.action("save");
    wait_for_file(&page, &name, &page.text());
    assert_eq!(page.js("return window.saves.length;", json!([])), 1);
}
engines!(a_new_post_asks_once_where_to: Chromium);

fn a_change_on_disk_is_noticed(start: Start) {
    let page = open(start);
    write_file(&page, NAME, "---\ntitle: On disk\n---\n\nText");
    page.action("open");
    page.wait_for("the file", "document.getElementById('editor').value.includes('title: On disk')");
    // The time of a change is told in milliseconds: the second change has to have another one.
    std::thread::sleep(std::time::Duration::from_millis(20));
    write_file(&page, NAME, "---\ntitle: On disk\n---\n\nText of another program");
    come_back(&page);
    // Nothing was typed here: the newer text is offered, or simply there.
    page.wait_for(
        "the news",
        "document.getElementById('editor').value.includes('another program') || document.querySelector('#conflict') \
         || document.querySelector('#messages [data-offer]')",
    );
}
engines!(a_change_on_disk_is_noticed: Chromium);

fn nothing_is_written_over_a_change_on_disk(start: Start) {
    let page = open(start);
    write_file(&page, NAME, "---\ntitle: On disk\n---\n\nText");
    page.action("open");
    page.wait_for("the file", "document.getElementById('editor').value.includes('title: On disk')");
    page.to_end();
    page.type_keys(" of mine");
    page.wait_until_stored();
    write_file(&page, NAME, "---\ntitle: On disk\n---\n\nText of another program");
    come_back(&page);
    page.wait_for("the choice", "document.querySelector('#conflict')");
    let shown = page.js("return document.querySelector('#conflict').innerText;", json!([]));
    let shown = shown.as_str().unwrap_or_default();
    assert!(shown.contains("Text of mine") && shown.contains("Text of another program"), "{shown}");
    assert_eq!(read_file(&page, NAME), "---\ntitle: On disk\n---\n\nText of another program");
    page.click("#conflict [data-action=mine]");
    page.wait_for("the dialog closed", "!document.querySelector('#conflict')");
    assert!(page.text().ends_with("Text of mine"));
    page.action("save");
    wait_for_file(&page, NAME, "---\ntitle: On disk\n---\n\nText of mine");
}
engines!(nothing_is_written_over_a_change_on_disk: Chromium);

fn saving_without_coming_back_first_does_not_overwrite(start: Start) {
    let page = open(start);
    write_file(&page, NAME, "---\ntitle: On disk\n---\n\nText");
    page.action("open");
    page.wait_for("the file", "document.getElementById('editor').value.includes('title: On disk')");
    page.to_end();
    page.type_keys(" of mine");
    write_file(&page, NAME, "---\ntitle: On disk\n---\n\nText of another program");
    page.press("Control+s");
    page.wait_for("the choice", "document.querySelector('#conflict')");
    assert_eq!(read_file(&page, NAME), "---\ntitle: On disk\n---\n\nText of another program");
}
engines!(saving_without_coming_back_first_does_not_overwrite: Chromium);

fn the_file_is_known_after_a_return(start: Start) {
    let page = open(start);
    write_file(&page, NAME, "---\ntitle: On disk\n---\n\nText");
    page.action("open");
    page.wait_for("the file", "document.getElementById('editor').value.includes('title: On disk')");
    page.to_end();
    page.type_keys(" and more");
    page.wait_until_stored();
    page.reload();
    page.ready();
    assert!(page.text().ends_with("Text and more"));
    page.press("Control+s");
    wait_for_file(&page, NAME, "---\ntitle: On disk\n---\n\nText and more");
    assert_eq!(page.js("return window.saves;", json!([])), json!([]), "no dialog asks where");
}
engines!(the_file_is_known_after_a_return: Chromium);
