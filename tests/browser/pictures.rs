//! Pictures that are pasted or dropped: named in the text, shown in the preview, kept with the draft, saved with the post.
//! In: paste and drop events as a browser sends them. Neighbours: `pasting.rs` pastes text; `site_folder.rs` has sites;
//! `src/writing/pictures.rs` holds natively what pictures are called.

use crate::engines;
use crate::support::{Page, Start};
use serde_json::{Value, json};

/// Draws a picture of that size as a file, and calls `then` with it: in `file`, beside `area`, the editor.
const WITH_PICTURE: &str = "const [name, type, width, height, texts] = arguments; \
    const canvas = Object.assign(document.createElement('canvas'), {width, height}); \
    const pen = canvas.getContext('2d'); pen.fillStyle = '#c60'; pen.fillRect(0, 0, width, height); \
    const blob = await new Promise(done => canvas.toBlob(done, type, 1)); \
    const file = new File([blob], name, {type}); const data = new DataTransfer(); \
    for (const [kind, text] of Object.entries(texts)) data.setData(kind, text); data.items.add(file); \
    const area = document.getElementById('editor');";

/// Pastes a picture at the selection, with texts beside it; whether the browser's own pasting was prevented.
fn paste(page: &Page, name: &str, texts: &Value) -> bool {
    let script = "area.focus(); const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }); \
        return !area.dispatchEvent(event);";
    page.js_async(&[WITH_PICTURE, script].concat(), json!([name, "image/png", 40, 30, texts])) == true
}

/// Drops a picture on the page.
fn drop_picture(page: &Page, name: &str, kind: &str, (width, height): (u32, u32)) {
    let script = "area.focus(); area.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));";
    page.js_async(&[WITH_PICTURE, script].concat(), json!([name, kind, width, height, {}]));
}

#[track_caller]
fn wait_for_text(page: &Page, wanted: &str) {
    page.wait_until(&format!("the text {wanted:?}"), || page.text() == wanted);
}

/// Waits until the preview shows so many pictures, each with its pixels.
#[track_caller]
fn wait_for_pictures(page: &Page, count: usize) {
    let shown = format!(
        "[...body.querySelectorAll('img')].filter(i => i.naturalWidth > 0 && i.src.startsWith('blob:')).length === {count}"
    );
    page.wait_for_preview(&format!("{count} pictures"), &shown);
}

const HEAD: &str = "---\ntitle: My trip\ndate: 2014-12-08\n---\n\n";

fn a_pasted_picture_is_named_shown_and_kept(start: Start) {
    let page = start.open();
    page.write(&format!("{HEAD}Before  after."));
    page.wait_for_preview("the text", "body.textContent.includes('after')");
    let caret = HEAD.len() + "Before ".len();
    page.select(caret, caret);
    assert!(paste(&page, "image.png", &json!({})), "taken");
    let with = format!("{HEAD}Before ![](/assets/images/my-trip-1.png) after.");
    wait_for_text(&page, &with);
    page.wait_for_message("/assets/images/my-trip-1.png");
    wait_for_pictures(&page, 1);
    assert_eq!(page.selection(), (caret as u64 + 2, caret as u64 + 2), "the caret is where the description goes");
    page.type_keys("A hill");
    wait_for_text(&page, &with.replace("![]", "![A hill]"));
    for _ in 0.."A hill".len() {
        page.press("Backspace");
    }
    wait_for_text(&page, &with);
    assert!(!page.text().contains("data:"));

    // Text beside a picture of itself is text; HTML that shows the picture alone is not.
    page.to_end();
    assert!(
        paste(&page, "image.png", &json!({"text/plain": "some words", "text/html": "<p>some <b>words</b></p>"})),
        "taken"
    );
    wait_for_text(&page, &format!("{with}some **words**"));
    page.undo();
    wait_for_text(&page, &with);
    page.to_end();
    assert!(paste(&page, "image.png", &json!({"text/html": "<img src=\"https://a.example/x.png\">"})), "taken");
    wait_for_text(&page, &format!("{with}![](/assets/images/my-trip-2.png)"));
    wait_for_pictures(&page, 2);
    page.undo();
    wait_for_text(&page, &with);
    page.wait_until_stored();

    page.reload();
    page.ready();
    assert_eq!(page.text(), with);
    wait_for_pictures(&page, 1);
    // Where no picture is kept, a placeholder stays.
    page.write(&with.replace("trip-1", "trip-9"));
    page.wait_for_preview(
        "the placeholder",
        "!body.querySelector('img') && body.textContent.includes('my-trip-9.png')",
    );
}
// Firefox gives an event that a driver makes no data.
engines!(a_pasted_picture_is_named_shown_and_kept: Chromium WebKit);

fn a_dropped_picture_is_saved_with_its_post(start: Start) {
    let page = start.prepare();
    page.without_pickers();
    page.load();
    page.write(&format!("{HEAD}Words "));
    page.to_end();
    drop_picture(&page, "Été (1).PNG", "image/png", (40, 30));
    let text = format!("{HEAD}Words ![](/assets/images/ete-1.png)");
    wait_for_text(&page, &text);
    wait_for_pictures(&page, 1);
    page.undo();
    wait_for_text(&page, &format!("{HEAD}Words "));
    page.redo();
    wait_for_text(&page, &text);
    page.action("save");
    page.wait_for_message("kept in this browser alone");
    page.click("[data-key=picture] [data-offer]");
    let archive = page.downloaded("2014-12-08-my-trip.zip");
    let readable = String::from_utf8_lossy(&archive);
    for piece in
        ["_posts/2014-12-08-my-trip.md", "Words ![](/assets/images/ete-1.png)", "assets/images/ete-1.png", "IHDR"]
    {
        assert!(readable.contains(piece), "{piece}");
    }
}
engines!(a_dropped_picture_is_saved_with_its_post: Chromium Firefox);

fn a_picture_is_made_smaller(start: Start) {
    let page = start.open();
    page.write(&format!("{HEAD}Words "));
    page.to_end();
    drop_picture(&page, "photo.jpg", "image/jpeg", (3200, 2000));
    wait_for_text(&page, &format!("{HEAD}Words ![](/assets/images/photo.jpg)"));
    wait_for_pictures(&page, 1);
    page.wait_for_preview("its width", "body.querySelector('img').naturalWidth === 3200");
    page.click("[data-key=picture] [data-offer]");
    page.wait_for_message("without metadata");
    page.wait_for_preview("another width", "body.querySelector('img').naturalWidth === 1600");
    // What may move is not written again.
    drop_picture(&page, "moving.gif", "image/gif", (3, 2));
    page.wait_for_message("/assets/images/moving.gif");
    page.wait_for("no offer", "!document.querySelector('[data-key=picture] [data-offer]')");
}
engines!(a_picture_is_made_smaller: Chromium Firefox WebKit);

fn pictures_go_out_with_all_drafts_and_come_in_again(start: Start) {
    let page = start.open();
    page.write(&format!("{HEAD}Words "));
    page.to_end();
    drop_picture(&page, "hill.png", "image/png", (40, 30));
    let text = format!("{HEAD}Words ![](/assets/images/hill.png)");
    wait_for_text(&page, &text);
    wait_for_pictures(&page, 1);
    page.wait_until_stored();
    page.action("drafts");
    page.wait_for("where drafts are", "document.querySelector('.draft-storage')?.textContent.includes('clear')");
    page.action("save-all");
    let told = "document.getElementById('storage-told').textContent";
    page.wait_for("an answer", &format!("{told}.includes('saved as')"));
    let said = page.js(&format!("return {told};"), json!([]));
    let said = said.as_str().unwrap_or_default();
    let name = said.strip_prefix("One draft saved as ").and_then(|rest| rest.strip_suffix('.'));
    let archive = page.downloaded(name.unwrap_or_else(|| panic!("{said}")));
    let readable = String::from_utf8_lossy(&archive);
    assert!(readable.contains("pictures/") && readable.contains("-my-trip/hill.png"), "{readable}");
    // Another browser has nothing.
    page.js_async(
        "for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name); return true;",
        json!([]),
    );
    page.reload();
    page.ready();
    page.action("drafts");
    page.wait_for("the list", "document.querySelector('.draft-storage')");
    page.js(
        "const list = new DataTransfer(); list.items.add(new File([new Uint8Array(arguments[0])], 'apercu.zip')); \
         const field = document.getElementById('take-in'); field.files = list.files; \
         field.dispatchEvent(new Event('change', {bubbles: true}));",
        json!([archive]),
    );
    page.wait_for(
        "the draft",
        "[...document.querySelectorAll('#drafts .title')].some(e => e.textContent === 'My trip')",
    );
    page.js("[...document.querySelectorAll('#drafts .title')].find(e => e.textContent === 'My trip').closest('button').click();", json!([]));
    wait_for_text(&page, &text);
    wait_for_pictures(&page, 1);
}
engines!(pictures_go_out_with_all_drafts_and_come_in_again: Chromium Firefox);

fn pictures_go_to_the_folder_that_was_named(start: Start) {
    let page = start.open();
    page.write(HEAD);
    page.press("F1");
    page.wait_for("the help sheet", "document.querySelector('#help[open]')");
    page.settle();
    page.click("#help [data-command=writing-settings]");
    page.wait_for("the dialog", "document.querySelector('#writing-settings[open]')");
    page.click("#picture-folder");
    page.type_keys("/static/img/");
    page.press("Escape");
    page.wait_for("the dialog closed", "document.activeElement.id === 'editor'");
    page.to_end();
    drop_picture(&page, "hill.png", "image/png", (40, 30));
    wait_for_text(&page, &format!("{HEAD}![](/static/img/hill.png)"));
    wait_for_pictures(&page, 1);
    page.wait_until_stored();
    page.reload();
    page.ready();
    wait_for_pictures(&page, 1);
}
engines!(pictures_go_to_the_folder_that_was_named: Chromium Firefox WebKit);

fn a_page_that_stands_alone_has_its_pictures(start: Start) {
    let page = start.prepare();
    page.without_pickers();
    page.load();
    page.write(&format!("{HEAD}Words "));
    page.to_end();
    drop_picture(&page, "hill.png", "image/png", (40, 30));
    wait_for_pictures(&page, 1);
    page.action("share");
    page.wait_for("the dialog", "document.querySelector('#sharing[open]')");
    page.action("download-html");
    let html = String::from_utf8_lossy(&page.downloaded("2014-12-08-my-trip.html")).into_owned();
    let picture = html.split("<img src=\"data:image/png;base64,").nth(1).and_then(|rest| rest.split('"').next());
    assert!(picture.is_some_and(|picture| picture.starts_with("iVBORw0KGgo") && picture.len() > 90), "{html}");
    assert!(!html.contains("hill.png") && !html.contains("blob:"), "{html}");
}
engines!(a_page_that_stands_alone_has_its_pictures: Chromium Firefox);
