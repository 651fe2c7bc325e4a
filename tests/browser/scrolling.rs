//! Editor and preview scroll together by the place in the source, not by the share of the height; the caret's block is
//! kept in view. In: scrolling by hand and by caret. Neighbours: `clicking.rs`.

use crate::engines;
use crate::support::text::{LINE_HEIGHT, picture, post, sections};
use crate::support::{Page, Start};
use serde_json::json;

/// Tall in the preview where it is short in the editor, and the other way round: shares of the height mislead.
fn uneven() -> String {
    let pictures = format!("{}\n\n", picture(700)).repeat(6);
    let comment = format!("<!--\n{}-->\n\n", "a line that no reader sees\n".repeat(150));
    post(&format!(
        "{}{pictures}{}{comment}{}",
        sections(20),
        sections(40).replace("ection ", "ection A"),
        sections(60).replace("ection ", "ection B")
    ))
}

/// The height in the editor of the line that begins with this text, for a text whose lines do not wrap: the lines
/// above times the height of one.
fn line_top(page: &Page, start: &str) -> f64 {
    let script = format!(
        "const e = document.getElementById('editor'), style = getComputedStyle(e); \
        const above = e.value.slice(0, e.value.indexOf('\\n' + arguments[0] + '\\n') + 1).split('\\n').length - 1; \
        return parseFloat(style.paddingTop) + above * {LINE_HEIGHT};"
    );
    page.js(&script, json!([start])).as_f64().unwrap_or(f64::NAN)
}

/// How far below the top of the preview's window a heading stands.
fn heading_top(page: &Page, heading: &str) -> f64 {
    let script = "const found = [...body.querySelectorAll('h2')].find(h => h.textContent.trim() === arguments[0]); \
                  return found.getBoundingClientRect().top;";
    page.preview(script, json!([heading])).as_f64().unwrap_or(f64::NAN)
}

fn heading_is_near_the_top(page: &Page, heading: &str) {
    let expression = format!(
        "(() => {{ const h = [...body.querySelectorAll('h2')].find(h => h.textContent.trim() === {}); \
         const top = h.getBoundingClientRect().top, height = doc.documentElement.clientHeight; \
         return top > -0.35 * height && top < 0.6 * height; }})()",
        json!(heading)
    );
    page.wait_for_preview(&format!("{heading} near the top, now at {}", heading_top(page, heading)), &expression);
}

fn the_preview_follows_the_editor(start: Start) {
    let page = start.size(1800, 900).open();
    page.write(&uneven());
    page.wait_for_text("section B60");
    for heading in ["Section 12", "Section A20", "Section B30", "Section A5"] {
        let top = line_top(&page, &format!("## {heading}"));
        page.js("document.getElementById('editor').scrollTop = arguments[0] - 20;", json!([top]));
        heading_is_near_the_top(&page, heading);
    }
    page.js("document.getElementById('editor').scrollTop = 0;", json!([]));
    page.wait_for_preview("the beginning", "doc.scrollingElement.scrollTop < 2");
}
engines!(the_preview_follows_the_editor: Chromium Firefox WebKit);

/// One list, one table and one quote, each far taller than the window: a block's beginning and end are not enough.
fn both_stay_level_inside_lists_tables_and_quotes(start: Start) {
    let page = start.size(1800, 900).open();
    let lines = |piece: &str| (1..=120).map(|n| piece.replace('#', &n.to_string())).collect::<String>();
    let (list, rows, quote) = (lines("- item #\n"), lines("| row # | x |\n"), lines("> quoted #\n>\n"));
    page.write(&post(&format!("{list}\n| a | b |\n|---|---|\n{rows}\n{quote}\nEnd")));
    page.wait_for_text("quoted 120");
    for (line, css, text) in [
        ("- item 70", "li", "item 70"),
        ("| row 80 | x |", "tbody td:first-child", "row 80"),
        ("> quoted 60", "blockquote p", "quoted 60"),
        ("- item 20", "li", "item 20"),
    ] {
        let top = line_top(&page, line);
        page.js("document.getElementById('editor').scrollTop = arguments[0] - 40;", json!([top]));
        let near = format!(
            "(() => {{ const e = [...body.querySelectorAll({})].find(e => e.textContent.trim() === {}); \
             const top = e.getBoundingClientRect().top, height = doc.documentElement.clientHeight; \
             return top > -0.2 * height && top < 0.5 * height; }})()",
            json!(css),
            json!(text)
        );
        page.wait_for_preview(&format!("{text} near the top"), &near);
    }
}
engines!(both_stay_level_inside_lists_tables_and_quotes: Chromium Firefox WebKit);

fn the_editor_follows_the_preview(start: Start) {
    let page = start.size(1800, 900).open();
    page.write(&uneven());
    page.wait_for_text("section B60");
    for heading in ["Section 12", "Section A20", "Section B30", "Section A5"] {
        let top = heading_top(&page, heading);
        page.preview("doc.scrollingElement.scrollTop += arguments[0] - 20;", json!([top]));
        let line = line_top(&page, &format!("## {heading}"));
        page.wait_for(
            &format!("the line of {heading} near the top of the editor"),
            &format!(
                "(() => {{ const e = document.getElementById('editor'), top = {line} - e.scrollTop; \
                      return top > -0.35 * e.clientHeight && top < 0.6 * e.clientHeight; }})()"
            ),
        );
    }
    page.preview("doc.scrollingElement.scrollTop = 0;", json!([]));
    page.wait_for("the beginning", "document.getElementById('editor').scrollTop < 2");
}
engines!(the_editor_follows_the_preview: Chromium Firefox WebKit);

fn the_wheel_over_the_preview_moves_the_editor(start: Start) {
    let page = start.open();
    page.write(&post(&sections(80)));
    page.wait_for_text("section 80");
    page.select(0, 0);
    page.wait_for_preview("the beginning", "doc.scrollingElement.scrollTop < 2");
    page.js("document.getElementById('editor').scrollTop = 0;", json!([]));
    page.settle();
    let over_preview = page.middle("#preview");
    page.wheel(over_preview, 1500);
    page.wait_for("the editor to follow", "document.getElementById('editor').scrollTop > 200");
    // Both come to rest and stay where they are: neither drives the other on.
    let positions = "return [document.getElementById('editor').scrollTop, doc.scrollingElement.scrollTop];";
    let mut before = page.preview(positions, json!([]));
    page.wait_until("both to rest", || {
        (0..10).for_each(|_| page.settle());
        let now = page.preview(positions, json!([]));
        std::mem::replace(&mut before, now.clone()) == now
    });
}
engines!(the_wheel_over_the_preview_moves_the_editor: Chromium Firefox WebKit);

fn the_carets_block_is_in_view(start: Start) {
    let page = start.open();
    page.write(&post(&sections(80)));
    page.wait_for_text("section 80");
    let in_view = |number: usize| {
        page.wait_for_preview(
            &format!("section {number} in view"),
            &format!(
                "(() => {{ const h = [...body.querySelectorAll('h2')].find(h => h.textContent.trim() === 'Section {number}'); \
                 const r = h.getBoundingClientRect(); return r.bottom > 0 && r.top < doc.documentElement.clientHeight; }})()"
            ),
        );
    };
    for number in [80, 3, 41, 64, 1] {
        page.select_text(&format!("## Section {number}\n"));
        in_view(number);
    }
    page.to_end();
    page.type_keys("## The end\n\nlast words");
    page.wait_for_preview(
        "what is typed in view",
        "(() => { const r = body.lastElementChild.getBoundingClientRect(); \
         return body.lastElementChild.textContent.includes('last words') && r.bottom <= doc.documentElement.clientHeight + 1; })()",
    );
}
engines!(the_carets_block_is_in_view: Chromium Firefox WebKit);

fn typing_does_not_move_a_preview_that_shows_the_caret(start: Start) {
    let page = start.open();
    page.write(&post(&sections(80)));
    page.wait_for_text("section 80");
    page.select_text("paragraph of section 40");
    page.press("ArrowRight");
    page.settle();
    let before = page.preview("return doc.scrollingElement.scrollTop;", json!([])).as_f64().unwrap_or(0.0);
    page.type_keys(" and a few words more");
    page.wait_for_text("a few words more");
    page.settle();
    let after = page.preview("return doc.scrollingElement.scrollTop;", json!([])).as_f64().unwrap_or(0.0);
    assert!((before - after).abs() < 2.0, "from {before} to {after}");
}
engines!(typing_does_not_move_a_preview_that_shows_the_caret: Chromium);
