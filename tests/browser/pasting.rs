//! Pasting HTML: Markdown in one step of undo, and the plain text instead. In: paste events as a browser sends them.
//! Neighbours: `tests/paste.rs` has what becomes of which HTML; `element/working.rs`.

use crate::engines;
use crate::support::{Page, Start};
use serde_json::json;

/// Pastes at the selection; whether the browser's own pasting was prevented.
fn paste(page: &Page, html: &str, plain: &str) -> bool {
    let script = "const [html, plain] = arguments, data = new DataTransfer(), area = document.getElementById('editor'); \
        data.setData('text/html', html); data.setData('text/plain', plain); area.focus(); \
        const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }); \
        return !area.dispatchEvent(event);";
    page.js(script, json!([html, plain])) == true
}

fn html_is_pasted_as_markdown(start: Start) {
    let page = start.open();
    let list = "<h2>Pack</h2><ul><li>a <b>rope</b></li><li>bread</li></ul>";
    let markdown = "## Pack\n\n- a **rope**\n- bread";
    // The part with what it takes is loaded by the first paste.
    page.write("Before.");
    assert!(paste(&page, list, "Pack\na rope\nbread"), "taken");
    page.wait_for("the Markdown", "document.getElementById('editor').value.includes('**rope**')");
    assert_eq!(page.text(), format!("Before.\n\n{markdown}"));
    page.wait_for_preview("the list", "body.querySelector('h2 + ul > li > strong')?.textContent === 'rope'");
    page.wait_for_message("Pasted as Markdown");
    page.undo();
    assert_eq!(page.text(), "Before.");
    page.wait_for("no message", "!document.querySelector('[data-key=paste]')");
    page.redo();
    assert_eq!(page.text(), format!("Before.\n\n{markdown}"));

    // The plain text instead, and that is one step, too.
    page.write("Words ");
    assert!(paste(&page, "and <i>more</i><img src=\"data:image/gif;base64,AA\">", "and more"), "taken");
    assert_eq!(page.text(), "Words and *more*");
    page.wait_for_message("without a picture");
    page.click("[data-key=paste] [data-offer]");
    page.wait_for("the plain text", "document.getElementById('editor').value === 'Words and more'");
    page.wait_for("no message", "!document.querySelector('[data-key=paste]')");
    page.undo();
    assert_eq!(page.text(), "Words and *more*");

    // Ctrl+Shift+V: Firefox offers the HTML all the same.
    page.js(
        "document.getElementById('editor').dispatchEvent(new KeyboardEvent('keydown', { key: 'V', ctrlKey: true, shiftKey: true, bubbles: true }));",
        json!([]),
    );
    assert!(!paste(&page, list, "Pack"), "asked for plain text");

    // Where plain text serves better, the browser pastes.
    assert!(!paste(&page, "<p>only words</p>", "only words"), "no structure");
    page.write("---\ntitle: \n---\n");
    page.select(11, 11);
    assert!(!paste(&page, list, "Pack"), "front matter");
    page.write("```\n\n```\n");
    page.select(4, 4);
    assert!(!paste(&page, list, "Pack"), "code");
}
// Firefox gives an event that a driver makes no data.
engines!(html_is_pasted_as_markdown: Chromium WebKit);
