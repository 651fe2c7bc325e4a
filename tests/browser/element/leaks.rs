//! A hundred elements that come and go leave nothing: no node, no listener, no memory of the program.
//! In: `empty.html`. Neighbours: `lives.rs`.

use super::{Element, nothing_went_wrong, open};
use crate::engines;
use crate::support::{Page, Start};
use serde_json::json;

/// Mounts and unmounts so often; each is drawn, written in and shows it.
const ROUND: &str = "
    const stage = document.getElementById('stage');
    for (let i = 0; i < arguments[0]; i++) {
        const holder = document.createElement('div');
        const element = document.createElement('apercu-editor');
        if (arguments[1] === 'slotted') {
            const area = document.createElement('textarea');
            area.name = 'body';
            element.append(area);
        }
        if (arguments[1] === 'for') {
            const area = document.createElement('textarea');
            area.id = 'field';
            holder.append(area);
            element.setAttribute('for', 'field');
        }
        holder.append(element);
        document.getElementById('form').append(holder);
        await element.ready;
        element.textarea.focus();
        element.insert('---\\ntitle: T\\n---\\n\\nSome *words* and\\n\\n- a list\\n');
        await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        const body = element.shadowRoot.getElementById('preview').contentDocument.querySelector('article.post-body');
        if (!body.querySelector('em')) throw new Error('nothing shown in round ' + i);
        holder.remove();
        await new Promise(done => setTimeout(done, 5));
        if (element.shadowRoot.querySelector('iframe')) throw new Error('not cleared in round ' + i);
    }
    await new Promise(done => setTimeout(done, 700));
    return (await (await import('/pkg/apercu.js')).default()).memory.buffer.byteLength;
";

fn nothing_is_left(page: &Page, kind: &str) -> (f64, f64, u64) {
    page.devtools("HeapProfiler.enable", json!({}));
    // Until nothing more is freed: what is collected lets go of other things.
    let mut left = f64::INFINITY;
    page.wait_until("the garbage to be collected", || {
        page.devtools("HeapProfiler.collectGarbage", json!({}));
        page.after_timers();
        page.settle();
        let now = page.metric("Nodes") + page.metric("JSEventListeners");
        std::mem::replace(&mut left, now) == now
    });
    let memory =
        page.js_async("return (await (await import('/pkg/apercu.js')).default()).memory.buffer.byteLength;", json!([]));
    let counts = (page.metric("Nodes"), page.metric("JSEventListeners"), memory.as_u64().unwrap_or(0));
    eprintln!("{kind}: nodes, listeners, bytes of the program's memory: {counts:?}");
    counts
}

fn a_hundred_come_and_go(page: &Page, kind: &str) {
    page.devtools("Performance.enable", json!({}));
    page.js(
        "const form = document.createElement('form'); form.id = 'form'; document.getElementById('stage').append(form);",
        json!([]),
    );
    let run = |times: usize| {
        for _ in 0..times / 10 {
            page.js_async(ROUND, json!([10, kind]));
        }
    };
    run(20);
    let before = nothing_is_left(page, kind);
    run(100);
    let after = nothing_is_left(page, kind);
    // One element has some 250 nodes and 40 listeners: a hundred that stay are 25,000 and 4,000.
    assert!(after.0 - before.0 < 100.0, "nodes: {before:?} became {after:?}");
    assert!(after.1 - before.1 < 10.0, "listeners: {before:?} became {after:?}");
    assert_eq!(after.2, before.2, "the program's memory");
    nothing_went_wrong(page);
}

fn alone(start: Start) {
    a_hundred_come_and_go(&open(start, "/empty.html"), "alone");
}
engines!(alone: Chromium);

fn with_a_textarea(start: Start) {
    a_hundred_come_and_go(&open(start, "/empty.html"), "slotted");
}
engines!(with_a_textarea: Chromium);

fn with_a_textarea_elsewhere(start: Start) {
    a_hundred_come_and_go(&open(start, "/empty.html"), "for");
}
engines!(with_a_textarea_elsewhere: Chromium);

/// A single element that is moved a hundred times.
fn a_hundred_moves(start: Start) {
    let page = open(start, "/slotted.html");
    page.devtools("Performance.enable", json!({}));
    let element = Element::drawn(&page, "#element");
    let moves = |times: usize| {
        element.js_async("for (let i = 0; i < arguments[0]; i++) { document.forms[0].append(element); await new Promise(done => requestAnimationFrame(() => setTimeout(done))); }", json!([times]));
        element.wait("the preview", "body && body.textContent.includes('First words')");
    };
    moves(20);
    let before = nothing_is_left(&page, "moves");
    moves(100);
    let after = nothing_is_left(&page, "moves");
    assert!(after.0 - before.0 < 100.0, "nodes: {before:?} became {after:?}");
    assert!(after.1 - before.1 < 10.0, "listeners: {before:?} became {after:?}");
    assert_eq!(after.2, before.2, "the program's memory");
}
engines!(a_hundred_moves: Chromium);
