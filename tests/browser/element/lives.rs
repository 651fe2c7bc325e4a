//! What hosts do with elements: move, remove, clone, write as markup, upgrade late, keep many, go back and forward.
//! In: `slotted.html`, `alone.html`, `many.html`, `formset.html`, `empty.html`. Neighbours: `leaks.rs`.

use super::{Element, nothing_went_wrong, open, open_free, posted, prepare};
use crate::engines;
use crate::support::{Page, Start};
use serde_json::json;

/// The element works: what is typed is shown and is its value.
#[track_caller]
fn works(page: &Page, css: &str) {
    let element = Element::drawn(page, css);
    element.to_end();
    page.type_keys(" *typed*");
    element.wait("the typed text", "[...body.querySelectorAll('em')].some(em => em.textContent === 'typed')");
    assert!(element.text().ends_with(" *typed*"), "{}", element.text());
}

fn moved_it_goes_on(start: Start) {
    for file in ["/slotted.html", "/alone.html"] {
        let page = open(Start::new(start.engine, "element::lives::moved_it_goes_on"), file);
        let element = Element::drawn(&page, "#element");
        element.write("Written *before* the move");
        element.wait_for_text("Written");
        page.js("document.forms[0].prepend(document.getElementById('element'));", json!([]));
        element.wait("the preview in its new frame", "body && body.textContent.includes('Written before')");
        assert_eq!(element.get("element.hasAttribute('data-ready')"), true);
        works(&page, "#element");
        // Several moves at once, as a list that is sorted.
        page.js("for (let i = 0; i < 5; i++) { document.forms[0].append(document.getElementById('element')); document.getElementById('set').prepend(document.getElementById('element')); }", json!([]));
        works(&page, "#element");
        assert_eq!(page.js("return [window.count('apercu:error'), document.getElementById('element').shadowRoot.querySelectorAll('iframe').length];", json!([])), json!([0, 1]));
        nothing_went_wrong(&page);
    }
}
engines!(moved_it_goes_on: Chromium Firefox WebKit);

fn removed_and_added_again_it_has_its_text(start: Start) {
    for file in ["/slotted.html", "/alone.html"] {
        let page = open(Start::new(start.engine, "element::lives::removed_and_added_again_it_has_its_text"), file);
        let element = Element::drawn(&page, "#element");
        element.write("Written *before*");
        page.js("window.element = document.getElementById('element'); window.element.remove();", json!([]));
        page.wait_for("it to be empty", "!window.element.shadowRoot.querySelector('iframe')");
        let away = page.js("const d = window.element; return [d.value, d.html, d.hasAttribute('data-ready'), d.command('bold'), d.shadowRoot.querySelectorAll('iframe, button').length];", json!([]));
        assert_eq!(away, json!(["Written *before*", "", false, false, 0]));
        page.js(
            "window.element.value = 'Written *meanwhile*'; document.getElementById('set').append(window.element);",
            json!([]),
        );
        let element = Element::drawn(&page, "#element");
        element.wait_for_text("Written meanwhile");
        works(&page, "#element");
        nothing_went_wrong(&page);
    }
}
engines!(removed_and_added_again_it_has_its_text: Chromium Firefox WebKit);

fn removed_before_it_was_drawn(start: Start) {
    let page = prepare(start);
    let gate = page.server.hold("apercu_bg.wasm");
    page.goto(&page.server.url("/slotted.html"));
    page.wait_for("the element", "document.getElementById('element').shadowRoot");
    page.settle();
    page.js("window.element = document.getElementById('element'); window.element.remove();", json!([]));
    gate.open();
    page.js_async("await (await import('/pkg/index.js')).preload();", json!([]));
    page.after_timers();
    page.settle();
    assert_eq!(page.js("return [window.element.shadowRoot.querySelectorAll('iframe').length, window.count('apercu:ready'), window.mistakes];", json!([])), json!([0, 0, []]));
    page.js("document.getElementById('set').append(window.element);", json!([]));
    works(&page, "#element");
    assert_eq!(page.js("return window.count('apercu:ready');", json!([])), 1);
}
engines!(removed_before_it_was_drawn: Chromium);

fn a_clone_is_another_element(start: Start) {
    for file in ["/slotted.html", "/alone.html"] {
        let page = open(Start::new(start.engine, "element::lives::a_clone_is_another_element"), file);
        let element = Element::drawn(&page, "#element");
        element.js("element.value = 'The *first*';", json!([]));
        page.js(
            "const clone = document.getElementById('element').cloneNode(true); clone.id = 'clone'; \
             const area = clone.querySelector('textarea'); if (area) { area.id = 'body-2'; area.name = 'body-2'; } else clone.name = 'body-2'; \
             window.early = clone.hasAttribute('data-ready'); document.forms[0].append(clone); window.early = clone.hasAttribute('data-ready');",
            json!([]),
        );
        assert_eq!(page.js("return window.early;", json!([])), false, "it is not drawn yet");
        works(&page, "#clone");
        assert_eq!(element.text(), "The *first*");
        let clone = Element::of(&page, "#clone");
        assert_eq!(clone.get("element.textarea === document.getElementById('element').textarea"), false);
        // Without its children.
        page.js("const bare = document.getElementById('element').cloneNode(false); bare.id = 'bare'; bare.name = 'bare'; document.forms[0].append(bare);", json!([]));
        works(&page, "#bare");
        let sent = page.js("return window.sent();", json!([]));
        let sent = sent.as_str().unwrap_or_default();
        assert!(
            sent.contains("\"body\",\"The *first*\"") && sent.contains("body-2") && sent.contains("\"bare\""),
            "{sent}"
        );
        nothing_went_wrong(&page);
    }
}
engines!(a_clone_is_another_element: Chromium Firefox);

fn properties_set_before_the_upgrade_are_taken(start: Start) {
    let page = prepare(start.without_waiting());
    let gate = page.server.hold("/pkg/index.js");
    page.goto(&page.server.url("/slotted.html"));
    page.take_focus();
    page.wait_for("the page", "document.getElementById('save') && document.hasFocus()");
    page.js(
        "const element = document.createElement('apercu-editor'); element.id = 'late'; \
         Object.assign(element, {value: 'Set *early*', name: 'late', mode: 'write', theme: 'dark', dialect: 'github', required: true, readOnly: true, placeholder: 'Here', fileName: '2014-12-08-early.md'}); \
         document.forms[0].prepend(element); \
         const area = document.getElementById('body'); area.focus(); area.value = 'Typed early'; area.setSelectionRange(6, 11);",
        json!([]),
    );
    gate.open();
    let late = Element::drawn(&page, "#late");
    assert_eq!(late.get("[element.value, element.name, element.mode, element.theme, element.dialect, element.required, element.readOnly, element.placeholder, element.fileName]"),
        json!(["Set *early*", "late", "write", "dark", "github", true, true, "Here", "2014-12-08-early.md"]));
    assert_eq!(late.get("['value', 'name', 'mode', 'fileName'].some(name => Object.hasOwn(element, name))"), false);
    assert_eq!(page.js("return JSON.parse(window.sent())[0];", json!([])), json!(["late", "Set *early*"]));
    // What was being written when the element came goes on.
    let element = Element::drawn(&page, "#element");
    assert_eq!(
        element.get("[area.value, area.matches(':focus'), area.selectionStart, area.selectionEnd]"),
        json!(["Typed early", true, 6, 11])
    );
}
engines!(properties_set_before_the_upgrade_are_taken: Chromium Firefox);

fn defined_twice_is_no_mistake(start: Start) {
    let page = open(start, "/many.html");
    Element::drawn(&page, "#three");
    page.js_async("const m = await import('/pkg/index.js?other'); m.define(); m.define(); const n = await import('/pkg/index.js'); n.define({editor: 'my-editor', preview: 'my-preview'});", json!([]));
    works(&page, "#three");
    nothing_went_wrong(&page);
}
engines!(defined_twice_is_no_mistake: Chromium Firefox);

fn another_name_is_another_element(start: Start) {
    let page = open(start, "/alone.html");
    Element::drawn(&page, "#element");
    let refused = page.try_js_async(
        "const { define } = await import('/pkg/index.js'); define({ editor: 'my-editor', preview: 'my-preview' });",
        json!([]),
    );
    assert_eq!(refused, Ok(json!(null)));
    page.js("const mine = document.createElement('my-editor'); mine.id = 'mine'; mine.setAttribute('name', 'mine'); document.forms[0].append(mine); mine.scrollIntoView();", json!([]));
    works(&page, "#mine");
    assert_eq!(page.js("return JSON.parse(window.sent()).at(-1);", json!([])), json!(["mine", " *typed*"]));
}
engines!(another_name_is_another_element: Chromium Firefox);

fn five_on_a_page(start: Start) {
    let page = open(start, "/many.html");
    for (id, css) in [
        ("one", "apercu-editor:has(#one)"),
        ("two", "apercu-editor:has(#two)"),
        ("three", "#three"),
        ("four", "apercu-editor:has(#four)"),
        ("five", "#five"),
    ] {
        page.js("document.querySelector(arguments[0]).scrollIntoView({block: 'center'});", json!([css]));
        let element = Element::drawn(&page, css);
        element.wait_for_text(&format!("Text {id}"));
        works(&page, css);
    }
    let sent = page.js("return window.sent();", json!([]));
    assert_eq!(
        sent,
        "[[\"one\",\"Text *one* *typed*\"],[\"two\",\"Text *two* *typed*\"],[\"three\",\"Text *three* *typed*\"],[\"four\",\"Text *four* *typed*\"],[\"five\",\"Text *five* *typed*\"]]"
    );
    nothing_went_wrong(&page);
}
engines!(five_on_a_page: Chromium Firefox WebKit);

/// As htmx and Turbo do: the part of the page with the element is written anew, as markup.
fn swapped_as_markup(start: Start) {
    let page = open_free(start, "/slotted.html");
    Element::drawn(&page, "#element");
    for round in 0..3 {
        page.js(
            "const form = document.forms[0]; const html = `<label for=body-${arguments[0]}>Body</label><apercu-editor id=element-${arguments[0]} mode=both><textarea name=body id=body-${arguments[0]}>Swapped *${arguments[0]}*</textarea></apercu-editor> \
             <apercu-editor id=own-${arguments[0]} name=own value='Own *${arguments[0]}*'></apercu-editor>`; \
             document.getElementById('set').innerHTML = html;",
            json!([round]),
        );
        let element = Element::drawn(&page, &format!("#element-{round}"));
        element.wait_for_text(&format!("Swapped {round}"));
        works(&page, &format!("#element-{round}"));
        works(&page, &format!("#own-{round}"));
    }
    // The page as it stands, written again from its own markup, as a cache of the history does.
    page.js("const body = document.querySelector('main'); window.kept = body.innerHTML; body.innerHTML = ''; body.innerHTML = window.kept;", json!([]));
    works(&page, "#element-2");
    assert_eq!(page.js("return document.querySelectorAll('apercu-editor#element-2 textarea').length;", json!([])), 1);
    // Turbo clones the page for its cache and brings the clone back.
    page.js(
        "const body = document.querySelector('main'), clone = body.cloneNode(true); body.replaceWith(clone);",
        json!([]),
    );
    works(&page, "#element-2");
    nothing_went_wrong(&page);
}
engines!(swapped_as_markup: Chromium Firefox);

/// Elements with `for` in a page that is kept as markup and written again.
fn an_adopted_field_lives_through_markup(start: Start) {
    let page = open_free(start, "/for.html");
    Element::drawn(&page, "#element");
    Element::drawn(&page, "#outside");
    page.js("const body = document.querySelector('main'), kept = body.innerHTML; body.innerHTML = kept;", json!([]));
    works(&page, "#element");
    works(&page, "#outside");
    assert_eq!(
        page.js("return [window.sent('#post'), JSON.stringify([...new FormData(document.forms[1])])];", json!([])),
        json!(["[[\"body\",\"First *words* *typed*\"]]", "[[\"second\",\"Second *words* *typed*\"]]"])
    );
}
engines!(an_adopted_field_lives_through_markup: Chromium);

fn rows_that_are_added_work(start: Start) {
    let page = open(start, "/formset.html");
    page.wait_for("the elements", "customElements.get('apercu-editor')");
    for _ in 0..2 {
        page.click("#add");
    }
    for row in 0..2 {
        let element = Element::drawn(&page, &format!("#element-{row}"));
        assert_eq!(element.get("[area.id, area.labels.length]"), json!([format!("id_lines-{row}-text"), 1]));
        element.to_end();
        page.type_keys(&format!("Row {row} *typed*"));
        element.wait("the typed text", "body.querySelector('em')");
    }
    // A third is cloned from the hidden one when others are drawn already.
    page.click("#add");
    works(&page, "#element-2");
    page.click("#save");
    assert_eq!(
        posted(&page),
        "lines-0-text=Row+0+*typed*&lines-1-text=Row+1+*typed*&lines-2-text=+*typed*&lines-__prefix__-text="
    );
}
engines!(rows_that_are_added_work: Chromium Firefox WebKit);

/// A row is cloned from one that is drawn, as some formsets do.
fn a_row_is_cloned_from_one_that_is_drawn(start: Start) {
    let page = open(start, "/formset.html");
    page.wait_for("the elements", "customElements.get('apercu-editor')");
    page.click("#add");
    works(&page, "#element-0");
    page.js(
        "const row = document.getElementById('row-0').cloneNode(true); row.id = 'row-9'; \
         for (const e of row.querySelectorAll('*')) for (const n of ['id', 'name', 'for']) if (e.hasAttribute(n)) e.setAttribute(n, e.getAttribute(n).replace('0', '9')); \
         row.querySelector('textarea').value = ''; document.getElementById('rows').append(row);",
        json!([]),
    );
    works(&page, "#element-9");
    assert_eq!(
        page.js("return JSON.parse(window.sent()).map(pair => pair[0]).sort();", json!([])),
        json!(["lines-0-text", "lines-9-text", "lines-__prefix__-text"])
    );
}
engines!(a_row_is_cloned_from_one_that_is_drawn: Chromium);

fn back_and_forward(start: Start) {
    let page = prepare(start);
    page.server.add_header("Cache-Control", "no-cache");
    page.goto(&page.server.url("/alone.html"));
    works(&page, "#element");
    for _ in 0..2 {
        page.click("#away");
        page.wait_for("the other page", "location.pathname === '/empty.html'");
        page.back();
        page.wait_for("the page", "location.pathname === '/alone.html'");
        let element = Element::drawn(&page, "#element");
        element.wait_for_text("First words typed");
        works(&page, "#element");
    }
    page.forward();
    page.wait_for("the other page", "location.pathname === '/empty.html'");
}
engines!(back_and_forward: Chromium Firefox WebKit);
