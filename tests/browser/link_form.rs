//! The dialog of a link or an image: what it begins with, what it writes, pictures chosen in it. In: texts, keys. Out: the
//! text. Neighbours: the native tests of `src/commands/link_form.rs` try the many cases; `pictures.rs` has the rest of
//! pictures.

use serde_json::json;

use crate::accessibility::nothing_is_wrong;
use crate::engines;
use crate::support::{Page, Start};

const HEAD: &str = "---\ntitle: My trip\ndate: 2014-12-08\n---\n\n";
const CLOSED: &str = "!document.getElementById('link-form') && document.activeElement.id === 'editor'";

/// Opens a dialog from the palette.
fn open_from_palette(page: &Page, words: &str, dialog: &str) {
    page.press("Control+Shift+p");
    page.wait_for("the palette", "document.activeElement.matches('#palette input')");
    page.type_keys(words);
    page.press("Enter");
    page.wait_for("the dialog", &format!("document.querySelector('{dialog}[open]')"));
}

/// The three fields, as they stand.
fn entered(page: &Page) -> serde_json::Value {
    let script = "return ['words', 'address', 'title'].map((name) => document.querySelector(`#link-form [name=${name}]`).value);";
    page.js(script, json!([]))
}

fn write_into(page: &Page, name: &str, words: &str) {
    page.js(
        "const field = document.querySelector(`#link-form [name=${arguments[0]}]`); field.focus(); field.select();",
        json!([name]),
    );
    page.type_keys(words);
}

fn a_link_is_written_and_changed_in_its_parts(start: Start) {
    let page = start.open();
    let text = format!("{HEAD}See these words here.\n");
    page.write(&text);
    page.select_text("these words");
    open_from_palette(&page, "link…", "#link-form");
    assert_eq!(entered(&page), json!(["these words", "", ""]));
    let focused = "document.activeElement.name === 'address'";
    page.wait_for("the focus in the address", focused);
    nothing_is_wrong(&page, "the dialog of a link");
    page.type_keys("/a b/");
    write_into(&page, "title", "A \"title\"");
    page.press("Enter");
    page.wait_for("the dialog closed", CLOSED);
    let written = text.replace("these words", "[these words](/a%20b/ \"A &quot;title&quot;\")");
    assert_eq!(page.text(), written);
    page.wait_for_preview("the link", "body.querySelector('a[title]')?.title.startsWith('A \"title\"')");
    page.type_keys(" and");
    let written = written.replace(" here", " and here");
    assert_eq!(page.text(), written, "the caret stands behind the link");

    // The one at the caret is shown in its parts; leaving the dialog changes nothing.
    page.select_text("hese");
    open_from_palette(&page, "link…", "#link-form");
    assert_eq!(entered(&page), json!(["these words", "/a%20b/", "A \"title\""]));
    page.press("Escape");
    page.wait_for("the dialog closed", CLOSED);
    assert_eq!(page.text(), written);
    open_from_palette(&page, "link…", "#link-form");
    write_into(&page, "words", "those");
    page.click("#link-form [type=submit]");
    page.wait_for("the dialog closed", CLOSED);
    let changed = written.replace("[these words]", "[those]");
    assert_eq!(page.text(), changed);
    page.undo();
    page.wait_until("one step of undo", || page.text() == written);
}
engines!(a_link_is_written_and_changed_in_its_parts: Chromium Firefox WebKit);

fn the_image_button_asks(start: Start) {
    let page = start.open();
    let text = format!("{HEAD}Before  after.\n");
    page.write(&text);
    let caret = HEAD.len() + "Before ".len();
    page.select(caret, caret);
    page.click("#toolbar [data-command=image]");
    page.wait_for("the dialog", "document.querySelector('#link-form[open]')");
    nothing_is_wrong(&page, "the dialog of an image");
    page.type_keys("/hill.png");
    write_into(&page, "words", "A hill");
    page.press("Enter");
    page.wait_for("the dialog closed", CLOSED);
    assert_eq!(page.text(), text.replace("  ", " ![A hill](/hill.png) "));
    page.undo();
    page.wait_until("the text as it was", || page.text() == text);

    // A picture that is chosen is kept with the draft, as one that is dropped.
    page.select(caret, caret);
    page.click("#toolbar [data-command=image]");
    page.wait_for("the dialog", "document.querySelector('#link-form[open]')");
    let choose = "const canvas = Object.assign(document.createElement('canvas'), {width: 40, height: 30}); \
        canvas.getContext('2d').fillRect(0, 0, 40, 30); \
        const blob = await new Promise(done => canvas.toBlob(done)); \
        const list = new DataTransfer(); list.items.add(new File([blob], 'hill.png', {type: 'image/png'})); \
        const input = document.querySelector('#link-form [type=file]'); input.files = list.files; \
        input.dispatchEvent(new Event('change', {bubbles: true}));";
    page.js_async(choose, json!([]));
    let with = text.replace("  ", " ![](/assets/images/hill.png) ");
    page.wait_until(&format!("the text {with:?}"), || page.text() == with);
    page.wait_for("the dialog closed", CLOSED);
    let shown =
        "[...body.querySelectorAll('img')].filter(i => i.naturalWidth > 0 && i.src.startsWith('blob:')).length === 1";
    page.wait_for_preview("the picture", shown);
}
engines!(the_image_button_asks: Chromium Firefox WebKit);
