//! `<apercu-preview>`: the preview alone, of a field or of what a script sets. In: `preview.html`. Neighbours: `working.rs`.

use super::{Element, nothing_went_wrong, open};
use crate::engines;
use crate::support::Start;
use serde_json::json;

fn it_follows_a_field(start: Start) {
    let page = open(start, "/preview.html");
    let preview = "document.getElementById('follower')";
    page.wait_for("the preview", &format!("{preview}.hasAttribute('data-ready')"));
    let shown = |text: &str| {
        let frame = format!("{preview}.shadowRoot.getElementById('preview').contentDocument.body.textContent");
        page.wait_for(text, &format!("{frame}.includes({})", json!(text)));
    };
    shown("First words");
    page.js(
        "const source = document.getElementById('source'); source.focus(); source.setSelectionRange(99, 99);",
        json!([]),
    );
    page.type_keys(" and more");
    shown("words and more");
    assert_eq!(page.js(&format!("return [{preview}.value, document.activeElement.id, document.getElementById('source').parentNode.localName];"), json!([])),
        json!(["First *words* and more", "source", "main"]));
    // No control is seen, and none is reached by Tab.
    let controls = format!(
        "return [...{preview}.shadowRoot.querySelectorAll('button, textarea, select, [tabindex]')].filter(e => e.checkVisibility()).length;"
    );
    assert_eq!(page.js(&controls, json!([])), 0);
    nothing_went_wrong(&page);
}
engines!(it_follows_a_field: Chromium Firefox WebKit);

fn a_script_drives_it(start: Start) {
    let page = open(start, "/preview.html");
    page.wait_for("the preview", "document.getElementById('driven').hasAttribute('data-ready')");
    page.js(
        "document.getElementById('driven').value = '---\\ntitle: T\\n---\\n\\nSet *by a script* {{ page.title }}';",
        json!([]),
    );
    let body = "document.getElementById('driven').shadowRoot.getElementById('preview').contentDocument.querySelector('article.post-body')";
    page.wait_for("the text", &format!("{body}.querySelector('em')?.textContent === 'by a script'"));
    assert_eq!(page.js("const p = document.getElementById('driven'); return [p.html.includes('<em>by a script</em>'), p.frontMatter.title, Array.isArray(p.diagnostics), p.publication !== null];", json!([])),
        json!([true, "T", true, true]));
    page.js("document.getElementById('driven').setAttribute('dialect', 'github'); document.getElementById('driven').value = 'www.example.org';", json!([]));
    page.wait_for("GitHub's", &format!("{body}.querySelector('a')"));
    page.js("document.getElementById('driven').setAttribute('theme', 'dark');", json!([]));
    page.wait_for(
        "dark",
        "getComputedStyle(document.getElementById('driven').shadowRoot.getElementById('layout')).colorScheme === 'dark'",
    );
    nothing_went_wrong(&page);
}
engines!(a_script_drives_it: Chromium Firefox);

fn it_follows_an_editor(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    page.js("const p = document.createElement('apercu-preview'); p.id = 'next'; p.setAttribute('for', 'element'); document.querySelector('main').append(p); p.scrollIntoView();", json!([]));
    let body = "document.getElementById('next').shadowRoot.getElementById('preview').contentDocument.querySelector('article.post-body')";
    page.wait_for("the text", &format!("{body}.textContent.includes('First words')"));
    element.to_end();
    page.type_keys(" more");
    page.wait_for("the text", &format!("{body}.textContent.includes('words more')"));
    page.js(
        "const p = document.getElementById('next'); p.remove(); document.querySelector('main').append(p);",
        json!([]),
    );
    page.type_keys(" again");
    page.wait_for("the text after a move", &format!("{body}.textContent.includes('more again')"));
}
engines!(it_follows_an_editor: Chromium);
