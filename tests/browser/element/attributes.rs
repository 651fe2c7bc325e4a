//! What scripts of the host read and set: properties, attributes, methods. In: `alone.html` and `slotted.html`.
//! Neighbours: `events.rs`; `src/embed/index.d.ts` promises them.

use super::{Element, nothing_went_wrong, open};
use crate::engines;
use crate::support::Start;
use serde_json::json;

const POST: &str =
    "---\ntitle: \"A title\"\ndate: 2014-12-08\ntags: [one, two]\n__proto__: key\n---\n\n# Header\n\nSome *words*.\n";

fn what_is_read(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    element.js("element.value = arguments[0];", json!([POST]));
    // At once: nothing has to be waited for.
    assert_eq!(element.get("element.value"), POST);
    let html = element.get("element.html");
    assert!(html.as_str().unwrap_or_default().contains("<em>words</em>"), "{html}");
    assert_eq!(element.get("[element.frontMatter.title, element.frontMatter.tags, Object.keys(element.frontMatter).includes('__proto__'), Object.getPrototypeOf(Object.getPrototypeOf(element.frontMatter)) === null]"),
        json!(["A title", ["one", "two"], true, true]));
    assert_eq!(
        element.get("[element.publication.published, element.publication.title, element.publication.verdict]"),
        json!([true, "A title", "published"])
    );
    assert_eq!(element.get("element.diagnostics.filter(d => d.severity === 'error')"), json!([]));
    element.js("element.value = '---\\ntitle: \"open\\n---\\n\\nBröken';", json!([]));
    let found = element.get(
        "element.diagnostics.map(d => [d.severity, d.line >= 1, d.end >= d.start, typeof d.message, typeof d.code])",
    );
    assert_eq!(found, json!([["error", true, true, "string", "string"]]));
    assert_eq!(element.get("element.frontMatter"), json!(null));
    assert_eq!(
        element.get("[element.type, element.form === document.forms[0], element.willValidate]"),
        json!(["textarea", true, true])
    );
    nothing_went_wrong(&page);
}
engines!(what_is_read: Chromium Firefox WebKit);

fn selection_insert_and_commands(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    element.js("element.value = 'One 😀 two'; element.focus(); element.setSelectionRange(4, 6);", json!([]));
    assert_eq!(element.get("[element.selectionStart, element.selectionEnd]"), json!([4, 6]));
    element.js("element.insert('and');", json!([]));
    assert_eq!(element.text(), "One and two");
    assert_eq!(element.get("[element.selectionStart, element.selectionEnd]"), json!([7, 7]));
    element.js("document.execCommand('undo');", json!([]));
    assert_eq!(element.text(), "One 😀 two", "undo takes an insertion back");
    element.js("element.setSelectionRange(0, 3);", json!([]));
    assert_eq!(
        element.get("[element.command('italic'), element.value, element.command('no-such')]"),
        json!([true, "*One* 😀 two", false])
    );
    element.js("element.selectionStart = 2; element.selectionEnd = 3;", json!([]));
    assert_eq!(element.get("[area.selectionStart, area.selectionEnd]"), json!([2, 3]));
    element.js("element.select();", json!([]));
    assert_eq!(element.get("[element.selectionStart, element.selectionEnd]"), json!([0, 12]));
    element.js("element.blur();", json!([]));
    assert_eq!(element.get("area.matches(':focus')"), false);
}
engines!(selection_insert_and_commands: Chromium Firefox);

fn format_makes_every_safe_fix(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    let fixes = "element.diagnostics.filter(d => d.fix).length";
    element.write("---\ntitle: x\nlayout: post\ntags: a, b\n---\n\nSee https://a.example/x here.\n");
    element.wait("two fixes", &format!("{fixes} === 2"));
    let before = element.get(fixes).as_u64().unwrap_or(0);
    let text = element.text();
    assert!(before > 0, "a text that can be mended");
    assert_eq!(element.get("element.format()"), before);
    assert_ne!(element.text(), text);
    element.wait("nothing left to mend", &format!("{fixes} === 0"));
    assert_eq!(element.get("element.format()"), 0);
}
engines!(format_makes_every_safe_fix: Chromium);

fn attributes_are_live(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    let light = "getComputedStyle(root.getElementById('layout')).backgroundColor";
    let was = element.get(light);
    element.js("element.theme = 'dark';", json!([]));
    assert_ne!(element.get(light), was);
    element.wait(
        "the dark preview",
        "getComputedStyle(doc.documentElement).colorScheme === 'dark' || doc.documentElement.dataset.theme === 'dark'",
    );
    element.js("element.theme = 'light';", json!([]));
    assert_eq!(element.get(light), was);
    for (mode, shown) in [("write", [true, false]), ("preview", [false, true]), ("both", [true, true])] {
        element.js("element.setAttribute('mode', arguments[0]);", json!([mode]));
        element.wait(
            mode,
            &format!("area.checkVisibility() === {} && frame.checkVisibility() === {}", shown[0], shown[1]),
        );
        assert_eq!(element.get("element.mode"), mode);
    }
    element.write("---\ntitle: T\n---\n\n~~gone~~ www.example.org\n");
    element.js("element.dialect = 'github';", json!([]));
    element.wait("GitHub's", "body.querySelector('del') && body.querySelector('a')");
    element.js("element.removeAttribute('dialect');", json!([]));
    element.wait("Jekyll's", "!body.querySelector('a')");
    element.js("element.setAttribute('front-matter', 'off');", json!([]));
    element.wait("the front matter as a body", "body.textContent.includes('title: T')");
    assert_eq!(element.get("[element.frontMatter, element.publication]"), json!([null, null]));
    element.js("element.setAttribute('front-matter', 'on');", json!([]));
    element.wait("the body alone", "!body.textContent.includes('title: T')");
    assert_eq!(element.get("element.frontMatter.title"), "T");
    element.js("element.lang = 'de';", json!([]));
    element.wait("the language", "doc.documentElement.lang === 'de' || doc.querySelector('main').lang === 'de'");
    element.js(
        "element.placeholder = 'Write here'; element.setAttribute('file-name', '_posts/2014-12-08-a-name.md');",
        json!([]),
    );
    assert_eq!(element.get("area.placeholder"), "Write here");
    element.wait(
        "the file's name",
        "element.publication.date?.startsWith('2014-12-08') && element.publication.slug === 'a-name'",
    );
    assert_eq!(element.get("element.fileName"), "_posts/2014-12-08-a-name.md");
    nothing_went_wrong(&page);
}
engines!(attributes_are_live: Chromium Firefox);

fn attributes_of_the_markup_are_read(start: Start) {
    let page = open(start, "/empty.html");
    page.wait_for("the elements", "customElements.get('apercu-editor')");
    page.js(
        "const element = document.createElement('apercu-editor'); element.id = 'element'; \
         for (const [name, value] of [['theme', 'dark'], ['mode', 'preview'], ['dialect', 'github'], ['front-matter', 'off'], ['lang', 'fr'], ['placeholder', 'Ici'], ['value', '---\\nkey: v\\n---\\n\\nwww.example.org']]) \
             element.setAttribute(name, value); \
         document.getElementById('stage').append(element);",
        json!([]),
    );
    let element = Element::drawn(&page, "#element");
    element.wait("all of it", "!area.checkVisibility() && frame.checkVisibility() && body.textContent.includes('key: v') && body.querySelector('a')");
    assert_eq!(
        element.get("[area.placeholder, getComputedStyle(root.getElementById('layout')).colorScheme]"),
        json!(["Ici", "dark"])
    );
}
engines!(attributes_of_the_markup_are_read: Chromium);

fn a_wrong_value_is_taken_as_none(start: Start) {
    let page = open(start, "/alone.html");
    let element = Element::drawn(&page, "#element");
    element.js("for (const name of ['theme', 'mode', 'dialect', 'front-matter', 'minlength', 'maxlength', 'lang', 'for', 'file-name']) element.setAttribute(name, '<&\"x');", json!([]));
    element.to_end();
    page.type_keys(" more");
    element.wait_for_text("words more");
    assert_eq!(
        element.get("[area.checkVisibility(), frame.checkVisibility(), element.checkValidity()]"),
        json!([true, true, true])
    );
    element.js("element.value = null; element.name = null;", json!([]));
    assert_eq!(element.get("[element.value, element.hasAttribute('name')]"), json!(["", false]));
    nothing_went_wrong(&page);
}
engines!(a_wrong_value_is_taken_as_none: Chromium Firefox);
