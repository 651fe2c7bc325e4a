//! Files by input and download, as every browser can: the bytes that come out are those that went in.
//! In: files on disk. Neighbours: `file_access.rs` (Chromium's handles).

use crate::engines;
use crate::support::{Page, Start};
use serde_json::json;
use std::path::PathBuf;

fn file(page: &Page, name: &str, bytes: &[u8]) -> PathBuf {
    let path = page.folder().join(name);
    std::fs::write(&path, bytes).expect("the file can be written");
    path
}

fn open(start: Start) -> Page {
    let page = start.prepare();
    page.without_pickers();
    page.load();
    page
}

fn the_bytes_come_back(start: Start) {
    let page = open(start);
    let name = "2014-12-08-retour.markdown";
    for bytes in [
        "\u{FEFF}---\r\ntitle: Retour\r\n---\r\n\r\nDeux  \r\nlignes \t\r\nsans fin".as_bytes(),
        "---\ntitle: Retour\n---\n\nDeux  \nlignes \t\n\n\n".as_bytes(),
        "---\r\ntitle: Retour\r\n---\r\n\r\nmêlé\nde deux\r\nsortes\n".as_bytes(),
    ] {
        page.open_file(&file(&page, name, bytes));
        page.wait_for("the file", "document.getElementById('editor').value.includes('title: Retour')");
        page.wait_for_preview("the title", "head.querySelector('h1')?.textContent === 'Retour'");
        page.settle();
        let _ = std::fs::remove_file(page.downloads().join(name));
        page.action("save");
        assert_eq!(page.downloaded(name), bytes, "{:?}", String::from_utf8_lossy(bytes));
        page.action("new");
        page.wait_for("another text", "!document.getElementById('editor').value.includes('Retour')");
    }
}
engines!(the_bytes_come_back: Chromium Firefox WebKit);

fn an_edit_changes_only_its_own_bytes(start: Start) {
    let page = open(start);
    let name = "2014-12-08-retour.md";
    let bytes = "\u{FEFF}---\r\ntitle: Retour\r\n---\r\n\r\nUn mot  \r\nfin";
    page.open_file(&file(&page, name, bytes.as_bytes()));
    page.wait_for("the file", "document.getElementById('editor').value.includes('title: Retour')");
    page.select_text("mot");
    page.type_keys("verbe");
    page.to_end();
    page.press("Enter");
    page.type_keys("suite");
    page.action("save");
    let expected = bytes.replace("mot", "verbe") + "\r\nsuite";
    assert_eq!(String::from_utf8_lossy(&page.downloaded(name)), expected);
}
engines!(an_edit_changes_only_its_own_bytes: Chromium Firefox WebKit);

fn the_name_of_a_new_post_is_suggested(start: Start) {
    let page = open(start);
    page.write("---\ntitle: Über Nîmes & Co\ndate: 2014-12-08\n---\n\nText");
    page.settle();
    page.action("save");
    let name = page.wait_for_download();
    assert!(name.starts_with("2014-12-08-") && name.ends_with(".md") && name.contains("co"), "{name}");
}
engines!(the_name_of_a_new_post_is_suggested: Chromium);

fn what_is_no_text_gets_a_clear_answer(start: Start) {
    let page = open(start);
    page.write("My own text");
    page.open_file(&file(&page, "latin.md", b"caf\xE9 au lait"));
    let message = page.wait_for_message("utf-8");
    assert!(message.len() > 20, "{message}");
    assert_eq!(page.text(), "My own text");
    page.dismiss_messages();
    page.open_file(&file(&page, "huge.md", &vec![b'a'; 10 * 1024 * 1024 + 1]));
    page.wait_for("a message", "document.getElementById('messages').innerText.match(/MB|large|big/)");
    assert_eq!(page.text(), "My own text");
}
engines!(what_is_no_text_gets_a_clear_answer: Chromium Firefox);

fn a_dropped_file_is_opened(start: Start) {
    let page = open(start);
    page.write("My own text");
    page.wait_until_stored();
    let path = file(&page, "2014-12-08-dropped.md", b"---\ntitle: Dropped\n---\n\nFrom a file manager");
    let over_editor = page.middle("#editor");
    page.drop_files(over_editor, &[&path]);
    page.wait_for("the file", "document.getElementById('editor').value.includes('title: Dropped')");
    page.wait_for_text("From a file manager");
    // What was in the editor is a draft of its own.
    page.action("drafts");
    page.wait_for("both", "document.querySelectorAll('#drafts [data-draft]').length >= 1 && document.querySelector('#drafts').innerText.includes('My own text')");
}
engines!(a_dropped_file_is_opened: Chromium);

fn saving_by_the_shortcut(start: Start) {
    let page = open(start);
    page.write("---\ntitle: Short\ndate: 2014-12-08\n---\n\nText");
    page.settle();
    page.press("Control+s");
    let name = page.wait_for_download();
    assert_eq!(page.downloaded(&name), page.text().as_bytes());
    let asks = "const event = new Event('beforeunload', {cancelable: true}); window.dispatchEvent(event); return event.defaultPrevented;";
    page.wait_until_stored();
    assert_eq!(page.js(asks, json!([])), false);
}
engines!(saving_by_the_shortcut: Chromium Firefox);
