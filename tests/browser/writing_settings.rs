//! How a person wants to write: letters, lines, what stands out, the caret's line in the middle, bars away, what is shown
//! while typing. In: texts. Out: sizes, places. Neighbours: the native tests of `storage/writing_settings.rs` and
//! `writing/focus.rs` try the many cases.

use serde_json::{Value, json};

use super::accessibility::nothing_is_wrong;
use super::site_folder::{choose_folder, open, wait_for_list};
use crate::engines;
use crate::support::{Engine, Page, Start};

/// Opens the dialog from the palette.
fn open_settings(page: &Page) {
    page.press("Control+Shift+p");
    page.wait_for("the palette", "document.activeElement.matches('#palette input')");
    page.type_keys("writing settings");
    page.press("Enter");
    page.wait_for("the dialog", "document.querySelector('#writing-settings[open]')");
}

/// Chooses something in the open dialog, by the id of its field; numbers of a list begin with zero.
fn set(page: &Page, id: &str, value: &Value) {
    let script = "const field = document.getElementById(arguments[0]), value = arguments[1]; \
         if (field.type === 'checkbox') { if (field.checked !== value) field.click(); } \
         else if (field.localName === 'select') { field.selectedIndex = value; field.dispatchEvent(new Event('change', {bubbles: true})); } \
         else { field.value = value; field.dispatchEvent(new InputEvent('input', {bubbles: true})); }";
    page.js(script, json!([id, value]));
    page.settle();
}

fn was_asked_for(page: &Page, part: &str) -> bool {
    page.server.log().iter().any(|request| request.target.contains(part))
}

/// What browsers break at line ends, in many ways, and empty lines.
const WRAPPED: &str = "An ordinary line that goes on for long enough to need more than one row in an editor of this width.\n\n\
    Double  spaces  and a\ttab   at\tplaces   where a row   may end,   so that   each   of them hangs   somewhere   else.   \n\
    averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongword\n\n\n\
    AVAVAVA To Wo fi ffi fl office; “quotes” – dashes—and hy-phen-a-ted-words-that-may-break-at-each-of-their-hyphens-here.\n\
    Été œuvre ß İstanbul 日本語の文章は空白なしでどこででも改行できますから、これも試さなければなりません。 👍🏽 👨‍👩‍👧 done, and on it goes.\n\
    هذه فقرة طويلة بما يكفي لتحتاج إلى أكثر من سطر واحد في محرر بهذا العرض، ومعها كلمات English وأرقام 123 في الوسط.\n\
    [a link](https://example.org/a/long/address/with/many/slashes?and=a&query=that&goes=on#and-on) `code` **bold** and more text.\n";

/// The mirror says where lines stand: it has to be as high as the textarea's text, wherever that ends.
fn the_mirror_wraps_as_the_textarea_does(start: Start) {
    let page = start.open();
    let text = WRAPPED.repeat(6);
    page.write(&text);
    open_settings(&page);
    let measure = "const [text, ends] = arguments, found = []; \
         const editor = document.getElementById('editor'), mirror = document.getElementById('mirror'); \
         const frames = async () => { for (let at = 0; at < 3; at++) await new Promise(requestAnimationFrame); }; \
         for (const end of ends) { \
             editor.value = text.slice(0, end); \
             editor.dispatchEvent(new InputEvent('input', {bubbles: true})); \
             await frames(); \
             editor.scrollTop = editor.scrollTop > 40 ? 5 : 80; \
             await frames(); \
             const last = mirror.lastElementChild.getBoundingClientRect(), below = parseFloat(getComputedStyle(editor).paddingBottom); \
             found.push([editor.scrollHeight, last.bottom - mirror.getBoundingClientRect().top + mirror.scrollTop + below]); \
         } \
         return found;";
    // In the middle of rows, and at their ends.
    let whole = text.encode_utf16().count();
    let ends: Vec<usize> = (0..9).map(|at| whole - at * 61).collect();
    let defaults = [0, 15, 165, 0, 0].map(|value| json!(value));
    let mut changes = vec![(0, json!(0))];
    changes.extend([1, 2].map(|font| (0, json!(font))));
    changes.extend([12, 17, 22, 28].map(|size| (1, json!(size))));
    changes.extend([120, 155, 205, 240].map(|height| (2, json!(height))));
    changes.extend([1, 3, 5].map(|width| (3, json!(width))));
    changes.push((4, json!(true)));
    let fields = ["writing-font", "writing-size", "writing-line-height", "writing-line-width", "writing-typewriter"];
    // Each choice alone, then on top of all that were made before.
    for alone in [true, false] {
        for (at, value) in &changes {
            set(&page, fields[*at], value);
            let found = page.js_async(measure, json!([text, ends]));
            for heights in found.as_array().expect("a list") {
                let (textarea, mirror) = (heights[0].as_f64().unwrap_or(0.0), heights[1].as_f64().unwrap_or(-9.0));
                assert!((textarea - mirror).abs() < 2.0, "{} {value}, alone {alone}: {found}", fields[*at]);
            }
            if alone {
                set(&page, fields[*at], if *at == 4 { &Value::Bool(false) } else { &defaults[*at] });
            }
        }
    }
}
engines!(the_mirror_wraps_as_the_textarea_does: Chromium Firefox WebKit);

/// Each line runs as its first letter does; the preview as the post's language does.
fn a_text_runs_from_right_to_left(start: Start) {
    let page = start.open();
    let text = "---\ntitle: سلام\nlang: ar\n---\n\nمرحبا **بكم** في Jekyll.\n\n> اقتباس\n\n- بند\n\n```mermaid\ngraph TD\n```\n\nIn English.\n";
    page.write(&[text, &"\n".repeat(60)].concat());
    // The mirror gets the text when the editor is scrolled.
    page.js("document.getElementById('editor').scrollTop = 5;", json!([]));
    // The mirror has the metrics of the textarea: where its letters lie, those of the textarea do.
    let places = "JSON.stringify([...document.querySelectorAll('#mirror > div')].filter((line) => /مرحبا|English/.test(line.textContent)) \
        .map((line) => { const range = new Range(); range.selectNodeContents(line); \
            const all = range.getBoundingClientRect(), box = line.getBoundingClientRect(); \
            return box.right - all.right < 2 && all.left - box.left > 2 ? 'right' : all.left - box.left < 2 ? 'left' : 'between'; }))";
    page.wait_for("the sides", &format!("{places} === '[\"right\",\"left\"]'"));
    let style = "(() => { const [editor, mirror] = ['#editor', '#mirror > div'].map((one) => getComputedStyle(document.querySelector(one))); \
        return editor.unicodeBidi === 'plaintext' && mirror.unicodeBidi === 'plaintext'; })()";
    page.wait_for("the same rule in both", style);
    let seen = "(() => { const of = (one) => getComputedStyle(doc.querySelector(one)); \
        return JSON.stringify([of('body').direction, of('blockquote').borderRightWidth, of('pre').direction, of('ul').paddingLeft]); })()";
    page.wait_for_preview("the preview", &format!("{seen} === '[\"rtl\",\"3px\",\"ltr\",\"0px\"]'"));
    nothing_is_wrong(&page, "a text from right to left");
    page.write("---\ntitle: Hello\nlang: fr\n---\n\nBonjour.\n");
    page.wait_for_preview("the other way", "getComputedStyle(doc.body).direction === 'ltr'");
}
engines!(a_text_runs_from_right_to_left: Chromium Firefox WebKit);

fn choices_are_seen_at_once_and_kept(start: Start) {
    let page = start.open();
    page.write("---\ntitle: A\n---\n\nSome words.\n");
    page.press("F1");
    page.click("[data-command=writing-settings]");
    page.wait_for(
        "the dialog",
        "document.querySelector('#writing-settings[open]') && !document.querySelector('#help')",
    );
    nothing_is_wrong(&page, "the writing settings");
    set(&page, "writing-size", &json!(14));
    set(&page, "writing-font", &json!(1));
    set(&page, "writing-line-width", &json!(1));
    let look = "JSON.stringify(['editor', 'mirror'].map((id) => { const style = getComputedStyle(document.getElementById(id)); \
        return [style.fontSize, style.lineHeight, parseFloat(style.paddingLeft) > 30, style.fontFamily.includes('monospace')]; }))";
    let seen = json!(json!([["14px", "23.1px", true, false], ["14px", "23.1px", true, false]]).to_string());
    page.wait_for("the look", &format!("{look} === {seen}"));
    page.press("Escape");
    page.wait_for(
        "the dialog closed and the focus in the text",
        "!document.getElementById('writing-settings') && document.activeElement.id === 'editor'",
    );
    page.wait_until_stored();
    page.server.clear_log();
    page.reload();
    page.ready();
    assert_eq!(page.js(&format!("return {look} === {seen};"), json!([])), true, "the look is there with the page");
    assert!(!was_asked_for(&page, "split_writing"), "styles need no part of the program");
    open_settings(&page);
    let fields =
        "JSON.stringify(['writing-font', 'writing-line-width'].map((id) => document.getElementById(id).selectedIndex))";
    page.wait_for("the choices in their fields", &format!("{fields} === '[1,1]'"));
    page.click("[data-action=writing-defaults]");
    page.wait_for("the defaults in their fields", &format!("{fields} === '[0,0]'"));
    page.wait_for(
        "the look as at first",
        "document.getElementById('editor-box').style.cssText === '' && getComputedStyle(document.getElementById('editor')).fontSize === '15px'",
    );
    let kept =
        page.js("return Object.keys(localStorage).filter((name) => /\\/(look|writing)$/.test(name));", json!([]));
    assert_eq!(kept, json!([]), "nothing is kept of the defaults");
}
engines!(choices_are_seen_at_once_and_kept: Chromium Firefox WebKit);

/// From where to where something stands out, in CSS pixels below the top of the editor: `null` where nothing recedes.
const STANDS_OUT: &str = "(() => { const cover = document.getElementById('focus-cover'); \
    if (!cover || cover.hidden) return null; \
    const points = [...getComputedStyle(cover).clipPath.matchAll(/(-?[\\d.]+)px (-?[\\d.]+)px/g)].map(([, x, y]) => [+x, +y]); \
    const own = points.filter(([x, y]) => x || y), rows = own.map(([, y]) => y), columns = own.map(([x]) => x); \
    return [Math.min(...rows), Math.max(...rows), Math.min(...columns), Math.max(...columns)].map(Math.round); })()";

fn a_part_stands_out(start: Start) {
    let page = start.open();
    page.write("One.\n\nTwo is here. And it goes on.\n\nThree.\n");
    page.select(8, 8);
    open_settings(&page);
    set(&page, "writing-focus", &json!(1));
    page.press("Escape");
    // WebKit draws lines of whole pixels.
    let line = if page.engine == Engine::WebKit { 24.0 } else { 24.75 };
    let rows = |name: &str, first: f64, after: f64| {
        let (top, bottom) = (20.0 + first * line, 20.0 + after * line);
        let near = format!(
            "(() => {{ const at = {STANDS_OUT}; return at && Math.abs(at[0] - {top}) < 2 && Math.abs(at[1] - {bottom}) < 2; }})()"
        );
        page.wait_for(name, &near);
    };
    rows("the second paragraph", 2.0, 3.0);
    page.press("Control+Home");
    page.press("ArrowRight");
    rows("the first paragraph", 0.0, 1.0);
    // What is typed moves it within the same frame, before any pause; all three rows belong to it.
    page.press("End");
    page.type_keys("\nand\nmore");
    rows("three lines", 0.0, 3.0);
    page.select_text("Three");
    rows("the paragraph of the selection", 6.0, 7.0);
    // The sentence, by the palette's command.
    page.select(20, 20);
    page.press("Control+Shift+p");
    page.wait_for("the palette", "document.activeElement.matches('#palette input')");
    page.type_keys("focus on the sentence");
    page.press("Enter");
    rows("the row of the sentence", 4.0, 5.0);
    page.wait_for(
        "a sentence is narrower than the editor",
        &format!("{STANDS_OUT}[3] < document.getElementById('editor').clientWidth / 2"),
    );
    // It follows the scrolling, and is there at the next visit.
    page.wait_until_stored();
    page.reload();
    page.ready();
    rows("the same at the next visit", 4.0, 5.0);
    page.press("Control+Shift+p");
    page.wait_for("the palette", "document.activeElement.matches('#palette input')");
    page.type_keys("focus on the sentence");
    page.press("Enter");
    page.wait_for("nothing recedes", "!document.getElementById('focus-cover')");
}
engines!(a_part_stands_out: Chromium Firefox WebKit);

fn the_carets_line_stays_in_the_middle(start: Start) {
    let page = start.open();
    page.write(&"A line of the text.\n".repeat(120));
    open_settings(&page);
    set(&page, "writing-typewriter", &json!(true));
    page.press("Escape");
    page.to_end();
    page.type_keys("The last line\n");
    // The caret is in the last row.
    let last = "(() => { const editor = document.getElementById('editor'), style = getComputedStyle(editor); \
        const row = editor.scrollHeight - parseFloat(style.paddingBottom) - parseFloat(style.lineHeight) / 2; \
        return Math.abs(row - editor.scrollTop - editor.clientHeight / 2) < 3; })()";
    page.wait_for("the last line in the middle", last);
    page.type_keys("goes on");
    page.wait_for("it stays there", last);
    let fits =
        "return document.getElementById('editor').offsetHeight === document.getElementById('editor-box').clientHeight;";
    assert_eq!(page.js(fits, json!([])), true, "the textarea is as high as its box");
    page.press("Control+Home");
    let first = "(() => { const editor = document.getElementById('editor'), style = getComputedStyle(editor); \
        const row = parseFloat(style.paddingTop) + parseFloat(style.lineHeight) / 2; \
        return Math.abs(row - editor.scrollTop - editor.clientHeight / 2) < 3; })()";
    page.wait_for("the first line in the middle", first);
    // Who scrolls by hand reads, and is left alone.
    page.js("document.getElementById('editor').scrollTop = 900;", json!([]));
    page.settle();
    assert_eq!(page.js("return document.getElementById('editor').scrollTop;", json!([])), 900);
}
engines!(the_carets_line_stays_in_the_middle: Chromium Firefox WebKit);

fn bars_go_away_and_come_back(start: Start) {
    let page = start.open();
    page.write("---\ntitle: A\n---\n\nSome words.\n");
    let bars = "['top-bar', 'toolbar', 'status', 'preview-bar'].filter((id) => document.getElementById(id)?.getClientRects().length).length";
    let hidden = format!("{bars} === 0 && document.getElementById('editor').getBoundingClientRect().top < 1");
    page.press("Control+Shift+Enter");
    page.wait_for("the bars away", &hidden);
    assert_eq!(page.text(), "---\ntitle: A\n---\n\nSome words.\n", "the key writes nothing");
    nothing_is_wrong(&page, "without bars");
    page.to_end();
    page.type_keys("More");
    page.press("Escape");
    page.wait_for("the bars back", &format!("{bars} > 2 && !document.getElementById('show-bars')"));
    page.press("Control+Shift+Enter");
    page.wait_for("the bars away again", &hidden);
    page.press("Control+Shift+Enter");
    page.wait_for("back by the same key", &format!("{bars} > 2"));
    page.press("Control+Shift+Enter");
    page.wait_for("the bars away", &hidden);
    page.click("#show-bars");
    page.wait_for("back by the button", &format!("{bars} > 2"));
    assert!(page.text().ends_with("More"));
}
engines!(bars_go_away_and_come_back: Chromium Firefox WebKit);

const LABELS: &str =
    "JSON.stringify([...document.querySelectorAll('#completion .label')].map((label) => label.textContent))";

fn words_are_suggested_without_asking(start: Start) {
    let page = start.open();
    page.write("---\ntitle: A\n---\n\n# How it is\n\n# How to\n\n");
    page.wait_until("the part in the first pause", || was_asked_for(&page, "split_writing"));
    page.to_end();
    page.type_keys("See [this](");
    // The part has come when it answers.
    page.wait_until("suggestions", || {
        page.type_keys("#");
        page.settle();
        let found = page.js(&format!("return {LABELS};"), json!([])) == json!("[\"how-it-is\",\"how-to\"]");
        if !found {
            page.press("Backspace");
        }
        found
    });
    // Nothing is chosen yet: Enter ends the line.
    page.press("Enter");
    page.wait_for(
        "the end of the line",
        "document.getElementById('editor').value.endsWith('See [this](#\\n') && !document.getElementById('completion')",
    );
    page.press("Backspace");
    page.wait_for("the list again", &format!("{LABELS} !== '[]'"));
    page.press("Tab");
    page.wait_for("the first of them", "document.getElementById('editor').value.endsWith('See [this](#how-it-is)')");

    // Switched off it is not loaded.
    open_settings(&page);
    set(&page, "writing-suggest", &json!(false));
    page.press("Escape");
    page.type_keys(" [that](#");
    page.settle();
    assert_eq!(page.js(&format!("return {LABELS};"), json!([])), "[]");
    page.wait_until_stored();
    page.reload();
    page.ready();
    page.server.clear_log();
    page.to_end();
    page.type_keys("h");
    page.wait_until("what else a pause loads", || was_asked_for(&page, "split_drafts"));
    assert!(!was_asked_for(&page, "split_writing"), "the part is loaded although nothing is suggested");
}
engines!(words_are_suggested_without_asking: Chromium Firefox WebKit);

fn names_of_emoji_are_completed(start: Start) {
    const SITE: [(&str, &str); 2] =
        [("_config.yml", "plugins: [jemoji]\n"), ("_posts/2020-01-01-one.md", "---\ntitle: A\n---\nOne here.\n")];
    let page = start.open();
    choose_folder(&page, &SITE);
    wait_for_list(&page);
    open(&page, "_posts/2020-01-01-one.md", "One");
    page.to_end();
    page.type_keys(":smile_");
    page.press("Control+Space");
    page.wait_for("the names", &format!("{LABELS} === '[\":smile_cat:\"]'"));
    page.press("Enter");
    page.wait_for("the name", "document.getElementById('editor').value.endsWith('One here.\\n:smile_cat:')");
}
engines!(names_of_emoji_are_completed: Chromium Firefox WebKit);

fn on_a_phone_the_settings_are_a_sheet(start: Start) {
    let page = start.dark().size(390, 800).open();
    page.write("Some words.\n");
    page.action("help");
    page.click("[data-command=writing-settings]");
    page.wait_for("the dialog", "document.querySelector('#writing-settings[open]')");
    nothing_is_wrong(&page, "the sheet");
    let small = page.js(
        "return [...document.querySelectorAll('#writing-settings :is(button, select, label)')].map((part) => part.getBoundingClientRect()).filter((box) => Math.min(box.width, box.height) < 44).length;",
        json!([]),
    );
    assert_eq!(small, 0, "targets smaller than 44 pixels");
    set(&page, "writing-size", &json!(22));
    let sizes = "['editor', 'mirror'].every((id) => getComputedStyle(document.getElementById(id)).fontSize === '22px')";
    page.wait_for("the size", sizes);
    // Smaller letters would let a phone zoom into the field.
    set(&page, "writing-size", &json!(12));
    page.wait_for("at least 16 pixels", &sizes.replace("22px", "16px"));
}
engines!(on_a_phone_the_settings_are_a_sheet: Chromium);
