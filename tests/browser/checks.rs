//! The checks as a person meets them: in the list, as marks, by F8, mended by a button, switched off for good.
//! In: the panel's third tab, the list of diagnostics. Neighbours: `publication.rs` opens tabs.

use super::publication::open_tab;
use crate::engines;
use crate::support::{Page, Start};
use serde_json::json;

const TEXT: &str = "---\nlayout: post\ntitle: A\ndate: 2014-12-08\ntags: [docker, web, docker]\n---\n\n# One\n\n![](a.png)\n\n# Two\n\n[empty]()\n\n`code`\n";

#[track_caller]
fn wait_for_diagnostics(page: &Page, count: usize) {
    let words = if count == 0 { "No problems".to_owned() } else { format!("{count} problem") };
    page.wait_for(
        &words,
        &format!("document.querySelector('#status [data-part=diagnostics]').textContent.startsWith('{words}')"),
    );
}

fn checks_join_the_list_of_diagnostics(start: Start) {
    let page = start.open();
    page.write(TEXT);
    wait_for_diagnostics(&page, 4);
    let list = page.diagnostics();
    let lines: Vec<&str> = list.lines().map(|line| line.split(':').next().unwrap_or_default()).collect();
    assert_eq!(lines, ["5", "10", "12", "14"], "{list}");
    page.wait_for("the marks", "document.querySelectorAll('#marks .mark').length === 4");
    page.select(0, 0);
    for line in [4, 9, 11, 13, 4] {
        page.press("F8");
        page.settle();
        assert_eq!(page.caret_line(), line, "{list}");
    }
    page.press("Shift+F8");
    page.settle();
    assert_eq!(page.caret_line(), 13);
}
engines!(checks_join_the_list_of_diagnostics: Chromium);

fn findings_stay_with_their_place_while_one_types(start: Start) {
    let page = start.open();
    page.write(TEXT);
    wait_for_diagnostics(&page, 4);
    page.diagnostics();
    let script = "const counts = new Set(); const editor = document.getElementById('editor'); editor.focus(); \
        const at = editor.value.indexOf('# One'); editor.setSelectionRange(at, at); \
        for (let i = 0; i < 12; i++) { document.execCommand('insertText', false, i ? 'x' : 'y\\n\\n'); \
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); \
          counts.add(document.querySelectorAll('#diagnostics li').length); } \
        return [...counts];";
    assert_eq!(page.js_async(script, json!([])), json!([4]), "the list flickers");
    page.wait_for("the line below", "document.querySelector('#diagnostics').textContent.includes('16:')");
}
engines!(findings_stay_with_their_place_while_one_types: Chromium);

fn a_fix_mends_and_undo_takes_it_back(start: Start) {
    let page = start.open();
    let text = "---\nlayout: post\ntitle: A\ndate: 2014-12-08\ntags: docker, web\n---\n\nText\n";
    page.write(text);
    wait_for_diagnostics(&page, 1);
    page.diagnostics();
    page.click("#diagnostics .quiet-border");
    wait_for_diagnostics(&page, 0);
    assert!(!page.text().contains("docker,  web") && page.text() != text, "{}", page.text());
    page.undo();
    assert_eq!(page.text(), text);
}
engines!(a_fix_mends_and_undo_takes_it_back: Chromium);

fn a_check_is_switched_off_and_stays_off(start: Start) {
    let page = start.open();
    page.write(TEXT);
    wait_for_diagnostics(&page, 4);
    open_tab(&page, "checks");
    let found = "document.querySelector('[data-key=image-no-alt]').closest('li').querySelector('.found')?.textContent";
    page.wait_for("what it found", &format!("{found} === '1'"));
    page.click("[data-key=image-no-alt]");
    wait_for_diagnostics(&page, 3);
    page.wait_for("nothing found", &format!("!{found}"));
    page.wait_until_stored();
    page.reload();
    page.ready();
    wait_for_diagnostics(&page, 3);
    open_tab(&page, "checks");
    let script = "return document.querySelector('[data-key=image-no-alt]').checked;";
    assert_eq!(page.js(script, json!([])), false);
    page.click("[data-key=image-no-alt]");
    wait_for_diagnostics(&page, 4);
}
engines!(a_check_is_switched_off_and_stays_off: Chromium);

fn tags_of_other_drafts_count(start: Start) {
    let page = start.open();
    page.write("---\nlayout: post\ntitle: Other\ndate: 2014-12-08\ntags: [Docker]\n---\n\nx\n");
    page.wait_until_stored();
    page.action("new");
    page.wait_for("a new post", "document.getElementById('editor').value.includes('title: \\n')");
    page.write("---\nlayout: post\ntitle: A\ndate: 2014-12-08\ntags: [docker]\n---\n\nx\n");
    open_tab(&page, "front-matter");
    page.wait_for("the tags", "document.querySelector('#known-tags option')");
    wait_for_diagnostics(&page, 1);
    assert!(page.diagnostics().contains("Docker"));
}
engines!(tags_of_other_drafts_count: Chromium);
