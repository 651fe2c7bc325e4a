//! Finding and replacing, by keys, in the text and in the preview. In: texts with hits. Out: selections, counts, texts.
//! Neighbours: the native tests of `writing/find.rs` try the many cases; here it is the wiring.

use serde_json::json;

use crate::engines;
use crate::support::{Page, Start};

fn count_is(page: &Page, words: &str) {
    let script = format!("document.querySelector('.find-count')?.textContent === {}", json!(words));
    page.wait_for(&format!("the count “{words}”"), &script);
}

fn text_is(page: &Page, text: &str) {
    page.wait_for(
        &format!("the text {text:?}"),
        &format!("document.getElementById('editor').value === {}", json!(text)),
    );
}

fn hits_are_found_gone_through_and_replaced(start: Start) {
    let page = start.open();
    let text = "One été, two étés.\n\nÉté and été.\n";
    page.write(text);
    page.select_text("été");
    page.press("Control+f");
    page.wait_for("the field with the selected word", "document.getElementById('find-what')?.value === 'été'");
    count_is(&page, "1 of 4");
    let painted = "(globalThis.CSS?.highlights?.get('apercu-hit')?.size ?? 0) + (CSS.highlights.get('apercu-current-hit')?.size ?? 0) === 4";
    page.wait_for("all hits painted", painted);
    page.press("Enter");
    count_is(&page, "2 of 4");
    page.press("Shift+Enter");
    page.press("Shift+Enter");
    count_is(&page, "4 of 4");
    page.press("Alt+w");
    count_is(&page, "3 of 3");
    page.press("Alt+c");
    count_is(&page, "2 of 2");
    // What is typed in the text is counted, too.
    page.press("Escape");
    page.wait_for(
        "the focus in the text",
        "document.activeElement.id === 'editor' && !document.querySelector('.find')",
    );
    page.select(0, 0);
    page.press("Control+h");
    page.wait_for("the field for replacing", "document.getElementById('replace-with')");
    page.press("Alt+c");
    page.press("Alt+w");
    page.press("Alt+r");
    page.click("#find-what");
    page.press("Control+a");
    page.type_keys("(é)t(é)");
    count_is(&page, "1 of 4");
    page.click("#replace-with");
    page.type_keys("$2-$1");
    page.press("Control+Enter");
    text_is(&page, "One é-é, two é-és.\n\né-É and é-é.\n");
    count_is(&page, "4 replaced");
    page.click("#editor");
    page.undo();
    text_is(&page, text);
}
engines!(hits_are_found_gone_through_and_replaced: Chromium Firefox WebKit);

fn one_hit_is_replaced_after_the_other(start: Start) {
    let page = start.open();
    page.write("a b a b a");
    page.select(0, 0);
    page.press("Control+h");
    page.wait_for("the bar", "document.getElementById('find-what')");
    page.type_keys("a");
    count_is(&page, "1 of 3");
    page.click("#replace-with");
    page.type_keys("aa");
    page.press("Enter");
    text_is(&page, "aa b a b a");
    // The next hit stands after what was put in.
    page.press("Enter");
    text_is(&page, "aa b aa b a");
    page.click("#find-what");
    page.press("Control+a");
    page.type_keys("(");
    page.press("Alt+r");
    page.wait_for(
        "what is wrong",
        "document.querySelector('.find-mistake')?.textContent.includes('regular expression')",
    );
}
engines!(one_hit_is_replaced_after_the_other: Chromium);

fn words_of_the_preview_are_found_where_it_has_the_focus(start: Start) {
    let page = start.open();
    page.write("A *word* and a **wo**rd.\n\n> word\n");
    page.wait_for_preview("the quote", "body.querySelector('blockquote')");
    page.click_in_preview("blockquote");
    page.js("document.getElementById('preview').focus();", json!([]));
    page.press("Control+f");
    page.wait_for("the bar", "document.getElementById('find-what')");
    page.type_keys("word");
    // One of them in the title, which is made of the text.
    count_is(&page, "1 of 4");
    page.press("Enter");
    count_is(&page, "2 of 4");
    let painted = "const ranges = document.getElementById('preview').contentWindow.CSS.highlights; \
        return ['apercu-hit', 'apercu-current-hit'].map((name) => ranges.get(name).size);";
    assert_eq!(page.js(painted, json!([])), json!([3, 1]), "painted");
    assert_eq!(page.text(), "A *word* and a **wo**rd.\n\n> word\n");
}
engines!(words_of_the_preview_are_found_where_it_has_the_focus: Chromium Firefox);

fn the_palette_finds_commands_and_headings(start: Start) {
    let page = start.open();
    page.write("# First\n\ntext\n\n## Second part\n\nword");
    page.select_text("word");
    page.press("Control+Shift+p");
    page.wait_for("the palette", "document.querySelector('#palette[open] input') === document.activeElement");
    page.type_keys("bol");
    page.wait_for(
        "the command",
        "document.querySelector('#palette-list [aria-selected=true] .label')?.textContent === 'Bold'",
    );
    page.press("Enter");
    text_is(&page, "# First\n\ntext\n\n## Second part\n\n**word**");
    page.press("Control+p");
    page.wait_for("the palette again", "document.querySelector('#palette[open] input') === document.activeElement");
    page.type_keys("secpart");
    page.wait_for(
        "the heading",
        "document.querySelector('#palette-list [aria-selected=true] .label')?.textContent === 'Second part'",
    );
    page.press("Enter");
    page.wait_for(
        "the caret at the heading",
        "!document.querySelector('#palette') && document.getElementById('editor').selectionStart === 15",
    );
    page.press("Control+Shift+p");
    page.wait_for(
        "what was chosen last at the top",
        "document.querySelector('#palette-list li .label')?.textContent === 'Second part'",
    );
    page.press("Escape");
    page.wait_for(
        "the text with the focus",
        "!document.querySelector('#palette') && document.activeElement.id === 'editor'",
    );
}
engines!(the_palette_finds_commands_and_headings: Chromium Firefox WebKit);
