//! A phone's width: one pane with a switch, nothing wider than the screen. In: a window of 390 pixels.
//! Neighbours: `accessibility.rs`.

use crate::engines;
use crate::support::text::{post, sections};
use crate::support::{Page, Start};
use serde_json::json;

fn shown(page: &Page) -> (bool, bool) {
    page.settle();
    let script =
        "return ['editor', 'preview'].map(id => document.getElementById(id).getBoundingClientRect().width > 100);";
    let shown = page.js(script, json!([]));
    (shown[0] == true, shown[1] == true)
}

fn fits(page: &Page) {
    let script = "const wide = [...document.querySelectorAll('body *')].filter(e => { const r = e.getBoundingClientRect(); \
         return r.width > 0 && r.right > 391 && !e.closest('#toolbar') && !e.closest('#mirror') && !e.closest('svg'); }); \
         return {width: document.documentElement.scrollWidth, wide: wide.map(e => e.id || e.className || e.tagName)};";
    let answer = page.js(script, json!([]));
    assert_eq!(answer["width"], 390, "{answer}");
    assert_eq!(answer["wide"], json!([]), "wider than the screen");
}

fn one_pane_at_a_time(start: Start) {
    let page = start.size(390, 844).open();
    page.write(&post("Some *words* on a phone\n\n| a | b | c | d | e | f | g | h |\n|---|---|---|---|---|---|---|---|\n| aaaaaaaaaa | b | c | d | e | f | g | hhhhhhhhhhhhhhh |\n"));
    assert_eq!(shown(&page), (true, false));
    fits(&page);
    page.click("button[data-view=preview]");
    assert_eq!(shown(&page), (false, true));
    page.wait_for_preview("the text", "body.querySelector('em')?.textContent === 'words'");
    fits(&page);
    let wide = page.preview("return doc.documentElement.scrollWidth - doc.documentElement.clientWidth;", json!([]));
    assert_eq!(wide, 0, "the preview scrolls sideways");
    page.click("button[data-view=write]");
    assert_eq!(shown(&page), (true, false));
}
engines!(one_pane_at_a_time: Chromium);

fn the_pane_that_was_left_is_shown_on_a_return(start: Start) {
    let page = start.size(390, 844).open();
    page.write(&post("Some *words* on a phone\n"));
    page.wait_until_stored();
    page.click("button[data-view=preview]");
    assert_eq!(shown(&page), (false, true));
    page.reload();
    page.ready();
    page.wait_for_text("Some words on a phone");
    assert_eq!(shown(&page), (false, true));
    assert_eq!(page.js("return document.querySelector('button[data-view=preview]').ariaPressed;", json!([])), "true");
}
engines!(the_pane_that_was_left_is_shown_on_a_return: Chromium);

/// The smallest phones, with letters as wide as any system's.
fn the_bar_fits_small_phones_and_wide_letters(start: Start) {
    let page = start.size(320, 568).open();
    page.write(&post("Text"));
    page.js("document.querySelector('.views').style.letterSpacing = '0.5px';", json!([]));
    let script = "return [...document.querySelectorAll('#top-bar button')].map(b => b.getBoundingClientRect()).filter(r => r.width > 0)\
        .map(r => [r.left >= 0 && r.right <= 320, r.width >= 24 && r.height >= 24]);";
    let buttons = page.js(script, json!([]));
    assert_eq!(buttons, json!(vec![[true, true]; 9]));
    assert_eq!(page.js("return document.documentElement.scrollWidth;", json!([])), 320);
}
engines!(the_bar_fits_small_phones_and_wide_letters: Chromium);

/// From where both panes stand side by side to a small desktop: nothing is cut off, and whether the draft is saved is told whole.
fn the_bar_fits_tablets_and_small_desktops(start: Start) {
    for width in [740, 900, 1099, 1100, 1280] {
        let page = Start::new(start.engine, "phone::the_bar_fits_tablets_and_small_desktops").size(width, 600).open();
        page.write(&post("Text"));
        page.wait_until_stored();
        let script = "const bar = document.getElementById('top-bar'), saved = document.querySelector('.saved'); \
            return [document.documentElement.scrollWidth, bar.scrollWidth <= bar.clientWidth, saved.innerText, \
                saved.getBoundingClientRect().width > 50 && saved.scrollWidth <= saved.clientWidth + 1];";
        assert_eq!(page.js(script, json!([])), json!([width, true, "Draft saved", true]), "{width}");
    }
}
engines!(the_bar_fits_tablets_and_small_desktops: Chromium);

fn the_preview_opens_where_the_editor_was(start: Start) {
    let page = start.size(390, 844).open();
    page.write(&post(&sections(80)));
    page.select_text("paragraph of section 50");
    page.click("button[data-view=preview]");
    page.wait_for_preview(
        "section 50",
        "(() => { const p = [...body.querySelectorAll('p')].find(p => p.textContent.includes('section 50 ')); \
         const r = p.getBoundingClientRect(); return r.bottom > 0 && r.top < doc.documentElement.clientHeight && r.height > 0; })()",
    );
}
engines!(the_preview_opens_where_the_editor_was: Chromium);

fn a_tap_in_the_preview_opens_the_editor_there(start: Start) {
    let page = start.size(390, 844).open();
    page.write(&post(&sections(10)));
    page.click("button[data-view=preview]");
    page.wait_for_text("section 10");
    page.preview("doc.scrollingElement.scrollTop = 0;", json!([]));
    page.click_in_preview("article.post-body > p:nth-of-type(2)");
    page.wait_for("the editor", "document.getElementById('editor').getBoundingClientRect().width > 100");
    let line = page.text().lines().position(|line| line.contains("section 2 ")).unwrap_or(0);
    page.wait_for(
        "the caret there",
        &format!("(() => {{ const e = document.getElementById('editor'); return e.value.slice(0, e.selectionStart).split('\\n').length - 1 === {line}; }})()"),
    );
}
engines!(a_tap_in_the_preview_opens_the_editor_there: Chromium);

fn targets_are_large_enough_for_a_finger(start: Start) {
    let page = start.size(390, 844).open();
    // WCAG 2.5.8 asks for 24 pixels.
    let script = "return [...document.querySelectorAll('button')].map(b => [b.dataset.action || b.dataset.command || b.dataset.view || b.innerText, \
         b.getBoundingClientRect()]).filter(([, r]) => r.width > 0 && (r.width < 24 || r.height < 24)).map(([name]) => name);";
    assert_eq!(page.js(script, json!([])), json!([]));
}
engines!(targets_are_large_enough_for_a_finger: Chromium);
