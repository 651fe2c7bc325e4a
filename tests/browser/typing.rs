//! What is typed, key by key, is seen in the preview. In: keys. Neighbours: `front_matter.rs` looks at the header.

use crate::engines;
use crate::support::Start;
use serde_json::json;

/// A post with what the first blog's posts have: front matter, accents, links, a picture, headings.
fn a_post_is_typed_and_seen(start: Start) {
    let page = start.open();
    page.write("");
    page.click("#editor");
    page.type_keys("---\ntitle: Une journée à Nîmes\nauthor: Chloé\n---\n\n");
    page.wait_for_preview("the title", "head.textContent.includes('Une journée à Nîmes')");
    page.type_keys("Les quais & les cafés, vus [d'une terrasse](http://cafe.example/carte) au soleil.\n\n");
    page.wait_for_text("Les quais & les cafés");
    let link = page.preview("return body.querySelector('p a').getAttribute('href');", serde_json::json!([]));
    assert_eq!(link, "http://cafe.example/carte");
    page.type_keys("![le port](http://cafe.example/port.jpg)\n\n");
    page.wait_for_preview(
        "the picture",
        "body.querySelector('img[alt=\"le port\"]')?.getAttribute('src') === 'http://cafe.example/port.jpg'",
    );
    page.type_keys("## Ce qu'on y boit\n\n");
    page.wait_for_preview("the heading", "/^Ce qu.on y boit$/.test(body.querySelector('h2')?.textContent.trim())");
    page.type_keys("Un *petit* noir, **bien** serré, `sans` sucre.");
    page.wait_for_preview("emphasis", "body.querySelector('em')?.textContent === 'petit'");
    page.wait_for_preview("strong emphasis", "body.querySelector('strong')?.textContent === 'bien'");
    page.wait_for_preview("code", "body.querySelector('code')?.textContent === 'sans'");
    assert_eq!(page.post_text("header h1").as_deref(), Some("Une journée à Nîmes"));
    let text = page.text();
    assert!(text.ends_with("Un *petit* noir, **bien** serré, `sans` sucre."), "{text}");
}
engines!(a_post_is_typed_and_seen: Chromium Firefox WebKit);

fn blocks_of_every_kind_are_seen(start: Start) {
    let page = start.open();
    page.write(
        "---\ntitle: Kinds\n---\n\n\
         1. one\n2. two\n   - inner\n\n\
         > said\n\n\
         ```ruby\nputs 1 < 2\n```\n\n\
         | a | b |\n|---|--:|\n| c | d |\n\n\
         - [x] done\n- [ ] open\n\n\
         ---\n\n\
         Note.[^n]\n\n[^n]: The *note*.\n",
    );
    page.wait_for_text("Note.");
    for (css, count) in [
        ("ol > li", 2),
        ("ol ul > li", 1),
        ("blockquote", 1),
        ("pre code", 1),
        ("table td", 2),
        ("input[type=checkbox][disabled]", 2),
        ("input:checked", 1),
        ("hr", 1),
        ("sup a", 1),
    ] {
        let found = match css {
            // A footnote is a list of its own.
            "ol > li" => page.count("ol:not(.footnotes ol):not(section ol) > li"),
            _ => page.count(css),
        };
        assert_eq!(found, count, "{css} in {}", page.body_html());
    }
    assert_eq!(page.post_text("pre code").as_deref(), Some("puts 1 < 2"));
}
engines!(blocks_of_every_kind_are_seen: Chromium Firefox WebKit);

fn the_status_bar_counts(start: Start) {
    let page = start.open();
    page.write("---\ntitle: Five\n---\n\none two *three* four five");
    page.wait_for("the count", "document.querySelector('#status [data-part=words]').innerText === '5 words'");
    page.wait_for("the caret", "document.querySelector('#status [data-part=position]').innerText === '5:26'");
    assert!(page.status("reading").starts_with('1'), "{}", page.status("reading"));
}
engines!(the_status_bar_counts: Chromium);

/// The caret is followed by what the events of typing tell, and where that is not so, by the browser.
fn the_caret_is_followed(start: Start) {
    let page = start.open();
    page.write("---\ntitle: Five\n---\n\none two🎉");
    let at = |place: &str| {
        let shown = format!("document.querySelector('#status [data-part=position]').innerText === '{place}'");
        page.wait_for(&format!("the caret at {place}"), &shown);
    };
    at("5:9");
    page.type_keys("é");
    at("5:10");
    page.press("ArrowLeft");
    page.type_keys("xy");
    at("5:11");
    page.press("Backspace");
    at("5:10");
    page.press("Shift+ArrowLeft");
    page.type_keys("over");
    at("5:13");
    // A script of an extension that sets the caret while a letter is typed.
    page.js(
        "const e = document.getElementById('editor'); e.addEventListener('input', () => e.setSelectionRange(2, 2), { once: true });",
        json!([]),
    );
    page.type_keys("z");
    at("1:3");
    page.type_keys("-");
    at("1:4");
    assert_eq!(page.text(), "----\ntitle: Five\n---\n\none two🎉overzé");
    page.wait_until_stored();
    page.reload();
    page.ready();
    at("1:4");
}
engines!(the_caret_is_followed: Chromium Firefox WebKit);

fn characters_beyond_one_unit_keep_their_places(start: Start) {
    let page = start.open();
    page.write("---\ntitle: 🎉\n---\n\n🎉 é 👩‍👩‍👧 [b](http://x.example) end");
    page.wait_for_text("👩‍👩‍👧");
    page.select_text("end");
    page.toolbar("bold");
    assert!(page.text().ends_with("[b](http://x.example) **end**"), "{}", page.text());
    page.wait_for_preview("bold", "body.querySelector('strong')?.textContent === 'end'");
    assert_eq!(page.post_text("header h1").as_deref(), Some("🎉"));
}
engines!(characters_beyond_one_unit_keep_their_places: Chromium Firefox WebKit);
