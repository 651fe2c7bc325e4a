//! Keys of one's own for commands: chosen in the dialog, kept, taken back. In: keys. Out: what they do. Neighbours: the
//! native tests of `src/commands/own_shortcuts.rs` try the many cases; `keyboard.rs` has the keys as they are at first.

use serde_json::json;

use crate::accessibility::nothing_is_wrong;
use crate::engines;
use crate::support::{Page, Start};

/// Opens the dialog from the help sheet.
fn open_shortcuts(page: &Page) {
    page.press("F1");
    page.wait_for("the help sheet", "document.querySelector('#help[open]')");
    page.settle();
    page.click("#help [data-command=shortcuts]");
    page.wait_for("the dialog", "document.querySelector('#shortcuts[open]') && !document.querySelector('#help')");
}

/// Presses a key for a command.
fn choose(page: &Page, id: &str, key: &str) {
    page.click(&format!("#shortcuts [data-row={id}] .keys"));
    page.wait_for("the question", &format!("document.querySelector('[data-row={id}] .keys').ariaPressed === 'true'"));
    page.press(key);
    page.wait_for("the answer", &format!("document.querySelector('[data-row={id}] .keys').ariaPressed === 'false'"));
}

fn keys_of(page: &Page, id: &str) -> String {
    let script = "return document.querySelector(`#shortcuts [data-row=${arguments[0]}] .keys`).textContent;";
    page.js(script, json!([id])).as_str().unwrap_or_default().to_owned()
}

fn told(page: &Page) -> String {
    let script = "return document.getElementById('shortcuts-told').textContent;";
    page.js(script, json!([])).as_str().unwrap_or_default().to_owned()
}

fn close(page: &Page) {
    page.press("Escape");
    page.wait_for(
        "the dialog closed",
        "!document.getElementById('shortcuts') && document.activeElement.id === 'editor'",
    );
}

fn a_command_gets_another_key(start: Start) {
    let page = start.open();
    page.write("some words");
    open_shortcuts(&page);
    nothing_is_wrong(&page, "the shortcuts");
    assert_eq!(keys_of(&page, "bold"), "Ctrl+B");
    choose(&page, "bold", "Control+Shift+m");
    assert_eq!((keys_of(&page, "bold"), told(&page)), ("Ctrl+Shift+M".into(), "Bold: Ctrl+Shift+M.".into()));
    // A letter alone writes.
    choose(&page, "bold", "u");
    assert!(told(&page).starts_with("U writes"), "{}", told(&page));
    assert_eq!(keys_of(&page, "bold"), "Ctrl+Shift+M");
    // The key of another command is taken from it.
    choose(&page, "outline", "Control+i");
    assert_eq!(keys_of(&page, "italic"), "None");
    assert!(told(&page).contains("It was the key of Italic"), "{}", told(&page));
    choose(&page, "link-form", "F9");
    // Escape leaves all as it is, and the dialog stays.
    page.click("#shortcuts [data-row=find] .keys");
    page.press("Escape");
    page.settle();
    assert_eq!(keys_of(&page, "find"), "Ctrl+F");
    close(&page);

    page.select_text("words");
    page.press("Control+b");
    page.settle();
    assert_eq!(page.text(), "some words", "its old key does nothing");
    page.press("Control+Shift+m");
    page.wait_until("bold words", || page.text() == "some **words**");
    page.press("Control+i");
    page.wait_for("the outline", "document.getElementById('outline')");
    page.press("Control+i");
    page.wait_for("no outline", "!document.getElementById('outline')");
    page.press("F9");
    page.wait_for("the dialog of a link", "document.querySelector('#link-form[open]')");
    page.press("Escape");
    let title = "document.querySelector('#toolbar [data-command=bold]').title.endsWith('(Ctrl+Shift+M)')";
    page.wait_for("the name on the toolbar", title);
    page.press("F1");
    let sheet = "[...document.querySelectorAll('#help kbd')].some((key) => key.textContent === 'Ctrl+Shift+M')";
    page.wait_for("the key in the help sheet", sheet);
    page.press("Escape");
    page.wait_until_stored();

    // It is there on the next visit, and goes back to what it was.
    page.reload();
    page.ready();
    page.wait_for("the name on the toolbar", title);
    page.to_end();
    page.write("other words");
    page.select_text("words");
    page.press("Control+Shift+m");
    page.wait_until("bold words", || page.text() == "other **words**");
    page.undo();
    page.wait_until("the words", || page.text() == "other words");
    open_shortcuts(&page);
    page.click("#shortcuts [data-row=italic] [data-action=key-back]");
    page.wait_until("its own key", || keys_of(&page, "italic") == "Ctrl+I");
    assert_eq!(keys_of(&page, "outline"), "None", "which the outline had");
    page.click("#shortcuts [data-action=all-keys-back]");
    page.wait_until("its own key", || keys_of(&page, "outline") == "Ctrl+Shift+O");
    close(&page);
    page.select_text("words");
    page.press("Control+b");
    page.wait_until("bold words", || page.text() == "other **words**");
}
engines!(a_command_gets_another_key: Chromium Firefox WebKit);
