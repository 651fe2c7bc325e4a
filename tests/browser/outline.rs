//! The outline beside the text: headings, moved sections, figures, a goal. In: texts with headings. Out: the caret, texts,
//! rows. Neighbours: the native tests of `writing/outline.rs` and `writing/figures.rs` try the many cases.

use serde_json::json;

use super::accessibility::nothing_is_wrong;
use crate::engines;
use crate::support::{Page, Start};

const TEXT: &str = "Intro.\n\n# One\n\nUn été. Deux!\n\n## Below\n\nx\n\n# Two\n\nlast\n";

fn rows_are(page: &Page, rows: &[&str]) {
    let script = format!(
        "JSON.stringify([...document.querySelectorAll('.outline-row')].map((row) => row.textContent)) === {}",
        json!(json!(rows).to_string())
    );
    page.wait_for(&format!("the rows {rows:?}"), &script);
}

fn text_is(page: &Page, text: &str) {
    page.wait_for(
        &format!("the text {text:?}"),
        &format!("document.getElementById('editor').value === {}", json!(text)),
    );
}

fn open(page: &Page) {
    page.click("#status [data-part=words]");
    rows_are(page, &["One", "Below", "Two"]);
}

fn sections_are_gone_to_and_moved(start: Start) {
    let page = start.open();
    page.write(TEXT);
    page.wait_for_text("last");
    open(&page);
    page.click(".outline-row:nth-child(2)");
    let caret = "document.activeElement.id === 'editor' && document.getElementById('editor').selectionStart === 30";
    page.wait_for("the caret at the heading", caret);
    page.wait_for("its row marked", "document.querySelector('.outline-row[aria-current]')?.textContent === 'Below'");
    // With Alt and an arrow, and back by the textarea's own undo in one step.
    page.js("document.querySelector('.outline-row[tabindex=\"0\"]').focus();", json!([]));
    page.press("ArrowUp");
    page.wait_for("the focus on the first row", "document.activeElement.textContent === 'One'");
    page.press("Alt+ArrowDown");
    let moved = "Intro.\n\n# Two\n\nlast\n\n# One\n\nUn été. Deux!\n\n## Below\n\nx\n";
    text_is(&page, moved);
    rows_are(&page, &["Two", "One", "Below"]);
    page.wait_for("the focus on the moved row", "document.activeElement.textContent === 'One'");
    page.click("#editor");
    page.undo();
    text_is(&page, TEXT);
    rows_are(&page, &["One", "Below", "Two"]);
    // Dragged before the first.
    page.js(
        "const rows = document.querySelectorAll('.outline-row'); \
         const send = (row, kind) => row.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: new DataTransfer()})); \
         send(rows[2], 'dragstart');",
        json!([]),
    );
    page.wait_for(
        "the place to be taken",
        "document.querySelector('.outline-row').dispatchEvent(new DragEvent('dragover', {bubbles: true, cancelable: true})) === false",
    );
    page.js(
        "document.querySelector('.outline-row').dispatchEvent(new DragEvent('drop', {bubbles: true, cancelable: true}));",
        json!([]),
    );
    text_is(&page, "Intro.\n\n# Two\n\nlast\n\n# One\n\nUn été. Deux!\n\n## Below\n\nx\n");
    // It is there again at the next visit.
    page.wait_until_stored();
    page.reload();
    page.ready();
    rows_are(&page, &["Two", "One", "Below"]);
    page.press("Control+Shift+o");
    page.wait_for("the outline put away", "!document.getElementById('outline')");
}
engines!(sections_are_gone_to_and_moved: Chromium Firefox WebKit);

fn figures_and_a_goal(start: Start) {
    let page = start.open();
    page.write(TEXT);
    page.wait_for_text("last");
    open(&page);
    let figures = |selection: &str| {
        let script = "JSON.stringify([...document.querySelectorAll('.outline-figures tbody tr')].map((row) => row.innerText.trim().split(/\\s+/).slice(-1)[0]))";
        page.wait_for(&format!("the figures {selection}"), &format!("{script} === {}", json!(selection)));
    };
    page.wait_for("the words of the text", "document.querySelector('.outline-figures td').textContent === '9'");
    page.select_text("Un été. Deux!");
    figures("[\"3\",\"13\",\"11\",\"2\",\"min\"]");
    nothing_is_wrong(&page, "figures of the selection");
    page.click("#outline-goal");
    page.type_keys("12");
    page.press("Tab");
    page.wait_for(
        "how far it is",
        "document.querySelector('.outline-reached')?.textContent === '3 words to go' && document.querySelector('#outline progress').value === 9",
    );
    nothing_is_wrong(&page, "a goal");
}
engines!(figures_and_a_goal: Chromium);

fn on_a_phone_it_is_a_sheet(start: Start) {
    let page = start.dark().size(390, 800).open();
    page.write(TEXT);
    open(&page);
    nothing_is_wrong(&page, "the sheet");
    let small = page.js(
        "return [...document.querySelectorAll('#outline :is(button, .outline-row, input)')].map((part) => part.getBoundingClientRect()).filter((box) => Math.min(box.width, box.height) < 44).length;",
        json!([]),
    );
    assert_eq!(small, 0, "targets smaller than 44 pixels");
    page.click(".outline-row:nth-child(3)");
    page.wait_for(
        "the sheet away, and the caret at the heading",
        "!document.getElementById('outline') && document.getElementById('editor').value.slice(document.getElementById('editor').selectionStart).startsWith('# Two')",
    );
}
engines!(on_a_phone_it_is_a_sheet: Chromium);
