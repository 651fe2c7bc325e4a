//! The form over the front matter: the text is the truth, an edit changes one entry, and undo takes it back.
//! In: the panel's second tab. Neighbours: `publication.rs` opens tabs.

use super::publication::open_tab;
use crate::engines;
use crate::support::{Page, Start};
use serde_json::json;

const TEXT: &str = "---\nlayout: post # theme's\ntitle: 'Old'\n\ndate: 2014-12-08 10:30:00 +0100\ntags:\n  - docker # one\n  - paas\nweight: 3\ncomments: true\nimage:\n  path: a.png\n---\n\nBody\n";

fn open(start: Start) -> Page {
    let page = start.open();
    page.write(TEXT);
    open_tab(&page, "front-matter");
    page.find("#field-title");
    page
}

/// Types into a field in place of what it holds.
#[track_caller]
fn fill(page: &Page, key: &str, value: &str) {
    page.click(&format!("#field-{key}"));
    page.press("Control+a");
    page.type_keys(value);
}

#[track_caller]
fn wait_for_line(page: &Page, line: &str) {
    page.wait_for(line, &format!("document.getElementById('editor').value.split('\\n').includes({})", json!(line)));
}

fn value(page: &Page, key: &str) -> String {
    page.js("return document.getElementById('field-' + arguments[0]).value;", json!([key]))
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn the_form_shows_what_jekyll_reads(start: Start) {
    let page = open(start);
    assert_eq!(value(&page, "title"), "Old");
    assert_eq!(value(&page, "date"), "2014-12-08T10:30");
    assert_eq!(value(&page, "layout"), "post");
    assert_eq!(value(&page, "weight"), "3");
    let script = "return [...document.querySelectorAll('[data-field=tags] .chip')].map(c => c.textContent);";
    assert_eq!(page.js(script, json!([])), json!(["docker", "paas"]));
    let script = "return [document.getElementById('field-published').checked, document.getElementById('field-comments').checked, document.getElementById('field-image').readOnly];";
    assert_eq!(page.js(script, json!([])), json!([true, true, true]));
    let order = "return [...document.querySelectorAll('[data-field]')].map(f => f.dataset.field).join(' ');";
    assert_eq!(page.js(order, json!([])), "title date tags layout published description author weight comments image");
}
engines!(the_form_shows_what_jekyll_reads: Chromium);

fn an_edit_changes_one_value_and_undo_takes_it_back(start: Start) {
    let page = open(start);
    fill(&page, "title", "It's: new");
    page.press("Enter");
    let expected = TEXT.replace("'Old'", "'It''s: new'");
    page.wait_for("the title", &format!("document.getElementById('editor').value === {}", json!(expected)));
    page.wait_for("the focus in the field", "document.activeElement.id === 'field-title'");
    page.wait_for_preview("the new title", "head.querySelector('h1').textContent === \"It's: new\"");
    fill(&page, "weight", "4.5");
    page.press("Tab");
    wait_for_line(&page, "weight: 4.5");
    page.js("document.getElementById('editor').focus();", json!([]));
    page.undo();
    assert_eq!(page.text(), expected);
    // What was typed in a field is a step of its own in the browser's history.
    for _ in 0..6 {
        if page.text() != TEXT {
            page.undo();
        }
    }
    assert_eq!(page.text(), TEXT);
    page.wait_for("the form to follow", "document.getElementById('field-title').value === 'Old'");
}
engines!(an_edit_changes_one_value_and_undo_takes_it_back: Chromium);

fn typing_in_a_field_is_not_disturbed(start: Start) {
    let page = open(start);
    fill(&page, "title", "Half a ti");
    page.after_timers();
    page.settle();
    assert_eq!(page.text(), TEXT, "not per key");
    page.type_keys("tle");
    assert_eq!(value(&page, "title"), "Half a title");
    page.press("Tab");
    wait_for_line(&page, "title: 'Half a title'");
    page.wait_for(
        "the focus on the next control",
        "document.activeElement.getAttribute('aria-label') === 'Remove title'",
    );
}
engines!(typing_in_a_field_is_not_disturbed: Chromium);

fn the_form_follows_the_text(start: Start) {
    let page = open(start);
    page.select_text("Old");
    page.type_keys("Written");
    page.wait_for("the field", "document.getElementById('field-title').value === 'Written'");
    page.write("---\ntitle: \"open\n---\n");
    page.wait_for(
        "the reason",
        "document.querySelector('#panel-body .verdict[data-status=bad]') && !document.getElementById('field-title')",
    );
    page.write("No front matter");
    page.find("#field-title");
    fill(&page, "title", "Now one");
    page.press("Enter");
    page.wait_for(
        "a front matter",
        "document.getElementById('editor').value === '---\\ntitle: Now one\\n---\\nNo front matter'",
    );
}
engines!(the_form_follows_the_text: Chromium);

fn a_date_is_a_real_date_field(start: Start) {
    let page = open(start);
    assert_eq!(page.js("return document.getElementById('field-date').type;", json!([])), "datetime-local");
    let set = "const field = document.getElementById('field-date'); field.focus(); field.value = arguments[0]; \
        field.dispatchEvent(new Event('input', { bubbles: true })); field.dispatchEvent(new Event('change', { bubbles: true }));";
    page.js(set, json!(["2015-01-02T11:45"]));
    page.settle();
    assert_eq!(page.text(), TEXT, "a date is taken when it is left");
    page.press("Enter");
    wait_for_line(&page, "date: 2015-01-02 11:45:00 +0100");
    page.click("[data-field=date] [type=text]");
    page.press("Control+a");
    page.type_keys("-0500");
    page.press("Tab");
    wait_for_line(&page, "date: 2015-01-02 11:45:00 -0500");
    page.click("[data-field=date] [type=text]");
    page.press("Control+a");
    page.type_keys("nowhere");
    page.press("Enter");
    page.wait_for_message("cannot be written");
    assert!(page.text().contains("date: 2015-01-02 11:45:00 -0500"));
}
engines!(a_date_is_a_real_date_field: Chromium);

fn tags_come_and_go_with_completion_from_other_drafts(start: Start) {
    let page = start.open();
    page.write("---\ntitle: Other\ntags: [ruby, c plus]\n---\n\nx");
    page.wait_until_stored();
    page.action("new");
    page.wait_for("a new post", "document.getElementById('editor').value.includes('title: \\n')");
    page.write(TEXT);
    open_tab(&page, "front-matter");
    page.wait_for(
        "the other draft's tags",
        "[...document.querySelectorAll('#known-tags option')].map(o => o.value).join() === 'ruby,c plus'",
    );
    assert_eq!(page.js("return document.getElementById('field-tags').list.id;", json!([])), "known-tags");
    page.click("#field-tags");
    page.type_keys("ruby\n");
    wait_for_line(&page, "  - ruby");
    page.wait_for(
        "the field for the next",
        "document.activeElement.id === 'field-tags' && document.activeElement.value === ''",
    );
    page.click("[data-field=tags] .chip");
    page.wait_for("the tag gone", "!document.getElementById('editor').value.includes('docker')");
    wait_for_line(&page, "  - paas");
    wait_for_line(&page, "  - ruby");
}
engines!(tags_come_and_go_with_completion_from_other_drafts: Chromium);

fn switches_keys_and_their_end(start: Start) {
    let page = open(start);
    page.click("#field-published");
    wait_for_line(&page, "published: false");
    page.wait_for_preview("the badge", "head.textContent.includes('Not published')");
    page.click("#field-comments");
    wait_for_line(&page, "comments: false");
    page.click("[data-new-key]");
    page.type_keys("subtitle\n");
    wait_for_line(&page, "subtitle: \"\"");
    page.wait_for("the new field", "document.activeElement.id === 'field-subtitle'");
    page.type_keys("More\n");
    wait_for_line(&page, "subtitle: \"More\"");
    page.click("[data-field=weight] [data-do=remove]");
    page.wait_for("the key gone", "!document.getElementById('editor').value.includes('weight')");
    page.wait_for("its row gone", "!document.querySelector('[data-field=weight]')");
}
engines!(switches_keys_and_their_end: Chromium);
