//! The panel's answer: published or not, where, as what; and the site's settings that it follows from.
//! In: the status bar's line, the panel's first and last tab. Neighbours: `form.rs` and `checks.rs` try the other tabs.

use crate::engines;
use crate::support::server::Reply;
use crate::support::text::{HEAD, post};
use crate::support::{Page, Start};
use serde_json::{Value, json};

/// Opens the panel on a tab.
#[track_caller]
pub fn open_tab(page: &Page, tab: &str) {
    if page.js("return !document.getElementById('panel');", json!([])) == true {
        page.action("publication");
        page.find("#panel");
    }
    page.click(&format!("[data-tab={tab}]"));
    page.wait_for(
        "the tab",
        &format!("document.querySelector('[data-tab={tab}]').getAttribute('aria-selected') === 'true'"),
    );
}

/// Waits until the status bar's line has these words.
#[track_caller]
fn wait_for_line(page: &Page, words: &str) {
    page.wait_for(
        words,
        &format!("document.querySelector('#status [data-part=publication]').textContent.includes({})", json!(words)),
    );
}

/// Waits until a fact of the panel is this.
#[track_caller]
fn wait_for_fact(page: &Page, name: &str, value: &str) {
    let script = format!(
        "[...document.querySelectorAll('#panel dd[data-fact=\"{name}\"]')].some(d => d.textContent === {})",
        json!(value)
    );
    page.wait_for(&format!("{name}: {value}"), &script);
}

fn has_focus(page: &Page, id: &str) {
    page.wait_for(id, &format!("document.activeElement.id === '{id}'"));
}

fn the_status_bar_says_where_the_post_will_be(start: Start) {
    let page = start.open();
    page.write("---\ntitle: L'été\ndate: 2014-12-08\n---\n\nText");
    wait_for_line(&page, "Will be published at /2014/12/08/l-été.html");
    let title = page.js("return document.querySelector('#status [data-part=publication]').title;", json!([]));
    assert_eq!(title, "Will be published at /2014/12/08/l-été.html");
    page.write("---\ntitle: A\npublished: false\n---\n\nText");
    wait_for_line(&page, "Will be skipped: The front matter says that it is not published.");
    page.write("---\ntitle: A\ndate: soon\n---\n\nText");
    wait_for_line(&page, "The build will stop: ");
    page.click("#status [data-part=publication]");
    page.wait_for("the panel", "document.querySelector('#panel .verdict[data-status=bad]')");
}
engines!(the_status_bar_says_where_the_post_will_be: Chromium);

fn the_panel_follows_the_text(start: Start) {
    let page = start.open();
    page.write("---\nlayout: post\ntitle: One\ndate: 2014-12-08\ntags: [a, b]\ncategories: x\n---\n\nThe *first* words.\n\nMore.");
    open_tab(&page, "publication");
    wait_for_fact(&page, "Address", "/x/2014/12/08/one.html");
    wait_for_fact(&page, "File", "x/2014/12/08/one.html");
    wait_for_fact(&page, "Date", "2014-12-08 (UTC)");
    wait_for_fact(&page, "Title", "One");
    wait_for_fact(&page, "Slug", "one");
    wait_for_fact(&page, "Layout", "post");
    wait_for_fact(&page, "Tags", "ab");
    wait_for_fact(&page, "Categories", "x");
    wait_for_fact(&page, "Excerpt", "The first words.");
    wait_for_fact(&page, "Published", "2014-12-08T00:00:00+00:00");
    page.wait_for("the card", "document.querySelector('.card strong').textContent === 'One'");
    page.select_text("One");
    page.type_keys("Two words");
    wait_for_fact(&page, "Title", "Two words");
    wait_for_fact(&page, "Address", "/x/2014/12/08/two-words.html");
    assert_eq!(page.js("return document.activeElement.id;", json!([])), "editor", "the panel took the focus");
}
engines!(the_panel_follows_the_text: Chromium);

fn github_pages_is_named_where_it_differs(start: Start) {
    let page = start.open();
    page.write("---\ntitle: Later\ndate: 2999-01-01\n---\n\nText");
    open_tab(&page, "publication");
    page.wait_for("the other verdict", "document.querySelector('[data-part=github-pages]')?.textContent.includes('On GitHub Pages: Will be published')");
    page.wait_for("no entry", "document.getElementById('panel-body').textContent.includes('No entry')");
}
engines!(github_pages_is_named_where_it_differs: Chromium);

fn nothing_is_done_in_the_keys_frame(start: Start) {
    let page = start.open();
    page.write(&post("Text"));
    open_tab(&page, "publication");
    wait_for_fact(&page, "Title", "A post");
    // Within the frame of the key the preview has changed, and the panel has not.
    let script = "const editor = document.getElementById('editor'); editor.focus(); const at = editor.value.indexOf('A post'); \
        editor.setSelectionRange(at, at + 1); document.execCommand('insertText', false, 'B'); \
        await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); \
        const title = [...document.querySelectorAll('#panel dd[data-fact=Title]')][0].textContent; \
        return [document.getElementById('preview').contentDocument.querySelector('h1').textContent, title];";
    assert_eq!(page.js_async(script, json!([])), json!(["B post", "A post"]));
    wait_for_fact(&page, "Title", "B post");
}
engines!(nothing_is_done_in_the_keys_frame: Chromium);

fn the_panel_is_a_place_for_the_keyboard(start: Start) {
    let page = start.open();
    page.write(&post("Text"));
    page.action("publication");
    has_focus(&page, "tab-publication");
    page.press("ArrowRight");
    has_focus(&page, "tab-front-matter");
    page.find("#panel .form");
    page.press("End");
    has_focus(&page, "tab-site");
    page.find("#site-config");
    page.press("ArrowRight");
    has_focus(&page, "tab-publication");
    page.press("ArrowLeft");
    has_focus(&page, "tab-site");
    let tabs =
        page.js("return [...document.querySelectorAll('[role=tab]')].filter(t => t.tabIndex === 0).length;", json!([]));
    assert_eq!(tabs, 1);
    page.press("Escape");
    page.wait_for("the panel gone", "!document.getElementById('panel')");
    has_focus(&page, "show-panel");
}
engines!(the_panel_is_a_place_for_the_keyboard: Chromium);

/// Pastes settings into the tab of the site and leaves the field.
#[track_caller]
pub fn settings(page: &Page, text: &str) {
    open_tab(page, "site");
    page.click("#site-config");
    page.js("const field = document.getElementById('site-config'); field.select(); document.execCommand(arguments[0] ? 'insertText' : 'delete', false, arguments[0]);", json!([text]));
    page.press("Tab");
}

fn the_sites_settings_count_everywhere_and_stay(start: Start) {
    let page = start.open();
    page.write("---\ntitle: A\ndate: 2014-07-08 23:30:00 +0000\n---\n\nOne\ntwo\n\n# Title\n");
    wait_for_line(&page, "at /2014/07/08/a.html");
    settings(
        &page,
        "url: https://a.example\npermalink: pretty\ntimezone: Europe/Paris\nkramdown:\n  hard_wrap: true\n",
    );
    wait_for_line(&page, "at /2014/07/09/a/");
    page.wait_for_preview("a hard break", "body.querySelector('p br')");
    page.wait_for_preview("the site's day", "head.querySelector('time').textContent === '9 July 2014'");
    open_tab(&page, "publication");
    wait_for_fact(&page, "Address", "https://a.example/2014/07/09/a/");
    wait_for_fact(&page, "Date", "2014-07-09 01:30:00 +0200 (Europe/Paris)");
    page.wait_for("the host", "document.querySelector('.card-host').textContent === 'a.example'");
    page.wait_until_stored();
    page.reload();
    page.ready();
    wait_for_line(&page, "at /2014/07/09/a/");
    page.wait_for_preview("a hard break again", "body.querySelector('p br')");
    open_tab(&page, "site");
    page.click("[data-do=forget-site]");
    wait_for_line(&page, "at /2014/07/08/a.html");
}
engines!(the_sites_settings_count_everywhere_and_stay: Chromium);

fn defaults_of_the_site_hide_and_show(start: Start) {
    let page = start.open();
    page.write(&post("Text"));
    settings(&page, "defaults:\n- scope: {path: ''}\n  values: {published: false, author: Ada}\n");
    wait_for_line(&page, "Will be skipped: The site's defaults");
    page.wait_for_preview(
        "the badge and the author",
        "head.textContent.includes('Not published') && head.textContent.includes('Ada')",
    );
}
engines!(defaults_of_the_site_hide_and_show: Chromium);

fn mistakes_in_the_settings_are_shown(start: Start) {
    let page = start.open();
    page.write(&post("Text"));
    settings(&page, "url: x\ntitle: \"open\n");
    page.wait_for("the mistake", "document.querySelector('.site-diagnostics [data-severity=error]')");
    settings(&page, "url: x\ntimezone: Europe/Nowhere\n");
    page.wait_for(
        "the zone",
        "/Line 2.*Europe\\/Nowhere/.test(document.querySelector('.site-diagnostics')?.textContent)",
    );
    wait_for_line(&page, "Will be published at ");
}
engines!(mistakes_in_the_settings_are_shown: Chromium);

fn settings_come_from_a_file(start: Start) {
    let page = start.open();
    page.write(HEAD);
    let path = page.folder().join("_config.yml");
    std::fs::write(&path, "permalink: /:slug/\n").expect("a file");
    open_tab(&page, "site");
    page.send_keys("#panel input[type=file]", &path.display().to_string());
    wait_for_line(&page, "at /a-post/");
    page.wait_for("the text", "document.getElementById('site-config').value === 'permalink: /:slug/\\n'");
}
engines!(settings_come_from_a_file: Chromium);

fn on_a_phone_the_panel_lies_over_the_preview(start: Start) {
    let page = start.size(390, 844).open();
    page.write(&post("Text"));
    page.click("button[data-view=preview]");
    wait_for_line(&page, "Will be published");
    page.click("#status [data-part=publication]");
    page.find("#panel .card");
    let script = "const at = document.elementFromPoint(195, 400); const wide = [...document.querySelectorAll('#panel *, #status *, #top-bar *')].filter(e => e.getBoundingClientRect().right > 391 && !e.closest('[role=tablist]')); \
        return [at.closest('#panel') !== null, document.documentElement.scrollWidth, wide.map(e => e.outerHTML.slice(0, 80))];";
    assert_eq!(page.js(script, json!([])), json!([true, 390, []]));
    page.click("#panel [data-do=close]");
    page.wait_for("the preview", "document.elementFromPoint(195, 400).id === 'preview'");
}
engines!(on_a_phone_the_panel_lies_over_the_preview: Chromium);

/// What is shown of a closed panel: nothing.
fn a_closed_panel_is_not_there(start: Start) {
    let page = start.open();
    page.write(&post("Text"));
    wait_for_line(&page, "Will be published");
    let inside: Value = page.js("return document.getElementById('panel-host').childElementCount;", json!([]));
    assert_eq!(inside, 0);
}
engines!(a_closed_panel_is_not_there: Chromium);

fn what_draws_the_panel_is_loaded_with_it(start: Start) {
    let page = start.open();
    let gate = page.server.hold(".wasm");
    page.action("publication");
    page.wait_for("a word meanwhile", "document.getElementById('panel')?.textContent === 'Loading…'");
    gate.open();
    page.find("#panel .verdict");
    has_focus(&page, "tab-publication");
    let left =
        "return ['Loading…', 'aria-busy'].filter(part => document.getElementById('panel').outerHTML.includes(part));";
    assert_eq!(page.js(left, json!([])), json!([]));
}
engines!(what_draws_the_panel_is_loaded_with_it: Chromium);

fn without_the_network_the_panel_says_so_and_closes(start: Start) {
    let page = start.open();
    page.server.handle(|request| request.target.contains("split_tools").then(|| Reply::html("<p>not here</p>")));
    page.action("publication");
    page.wait_for_message("could not be loaded");
    page.wait_for("no panel", "document.getElementById('panel-host').childElementCount === 0");
    page.wait_for("a closed switch", "document.getElementById('show-panel').ariaExpanded === 'false'");
    page.write(&post("Still writing"));
    page.wait_for_text("Still writing");
}
engines!(without_the_network_the_panel_says_so_and_closes: Chromium);
