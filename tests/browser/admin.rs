//! The element in Django's own admin, under a strict Content-Security-Policy: what is typed is shown, is sent, and lies
//! in the table letter by letter. In: `examples/admin`. Neighbours: `support/django.rs` runs it; `examples.rs`.

use crate::engines;
use crate::support::browser::Browser;
use crate::support::django::Django;
use crate::support::start::built_package;
use crate::support::{Element, Start};
use serde_json::{Value, json};
use std::path::Path;

const BODY: &str = ".field-body apercu-editor";

/// The editor of an inline row, from zero.
fn row(number: usize) -> String {
    format!("#section_set-{number} apercu-editor")
}

/// A browser that is logged in as the person who may do everything.
fn logged_in(start: Start, django: &Django) -> Browser {
    let browser = start.browser();
    browser.watch_policy();
    browser.goto(&django.url("/admin/"));
    browser.send_keys("#id_username", "admin");
    browser.send_keys("#id_password", "admin");
    follow(&browser, "[type=submit]");
    browser.find("#user-tools");
    browser
}

/// Clicks what leads to another page, and waits for that page.
#[track_caller]
fn follow(browser: &Browser, css: &str) {
    browser.js("window.here = true;", json!([]));
    browser.click(css);
    browser.wait_for("the next page", "!window.here && document.readyState === 'complete'");
}

/// Saves, and waits for the list of posts, which is where the admin goes when it has saved.
#[track_caller]
fn save(browser: &Browser) {
    follow(browser, "[name=_save]");
    browser.wait_for("the admin to have saved", "document.querySelector('.messagelist .success')");
}

/// Opens the only post.
#[track_caller]
fn open_the_post(browser: &Browser, django: &Django) {
    browser.goto(&django.url("/admin/posts/post/"));
    follow(browser, "#result_list .field-__str__ a");
}

/// As a form sends it: every line end is two characters.
fn sent(text: &str) -> String {
    text.replace('\n', "\r\n")
}

/// The package in a folder of its own, without the files that are not wanted.
fn package_without(folder: &Path, unwanted: impl Fn(&str) -> bool) -> std::path::PathBuf {
    let copy = folder.join("package");
    std::fs::create_dir_all(&copy).expect("a folder for the package");
    for entry in std::fs::read_dir(built_package()).expect("the package can be read").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file() && !unwanted(&name) {
            std::fs::copy(entry.path(), copy.join(name)).expect("a file can be copied");
        }
    }
    copy
}

fn a_post_is_written_seen_and_saved(start: Start) {
    let django = Django::start(&built_package());
    let browser = logged_in(start, &django);
    browser.goto(&django.url("/admin/posts/post/add/"));
    let body = Element::new(&browser, BODY);
    body.ready();
    browser.send_keys("#id_title", "Une journée");
    let text = "Les *quais* & <b>cafés</b> – 日本 🙂\n\nEnd  of it, \"quoted\" \\ {{ x }}\n\n";
    body.type_keys(text);
    assert_eq!(body.text(), text);
    body.wait_for_preview("emphasis", "body.querySelector('em')?.textContent === 'quais'");
    body.wait_for_text("日本 🙂");
    // The row that is there from the start, and one that the admin's own script adds.
    let first = Element::new(&browser, row(0));
    first.ready();
    first.type_keys("The *first* section");
    browser.click("#section_set-group .add-row a");
    let added = Element::new(&browser, row(1));
    added.ready();
    added.type_keys("  The *added* one\n");
    added.wait_for_preview("the added row's emphasis", "body.querySelector('em')?.textContent === 'added'");
    first.wait_for_preview("the first row's emphasis", "body.querySelector('em')?.textContent === 'first'");
    assert_eq!(browser.violations(), [""; 0], "the form's page");
    save(&browser);
    let expected = json!([["Une journée", sent(text), "", ["The *first* section", sent("  The *added* one\n")]]]);
    assert_eq!(django.posts(), expected);
    // Read again and saved again, it is the same.
    open_the_post(&browser, &django);
    body.ready();
    assert_eq!(body.text(), text);
    body.wait_for_preview("emphasis again", "body.querySelector('em')?.textContent === 'quais'");
    assert_eq!(browser.violations(), [""; 0], "the form's page again");
    // The policy is in force, and what breaks it would have been seen.
    browser.js("document.querySelector('h1').setAttribute('style', 'color: red');", json!([]));
    browser.wait_for("the violation", "window.__violations.join().includes('style-src-attr')");
    save(&browser);
    assert_eq!(django.posts(), expected);
    assert_eq!(browser.outside.requests(), [""; 0], "requests to other hosts");
}
engines!(a_post_is_written_seen_and_saved: Chromium);

/// The admin gives the rows behind a removed one new names and numbers.
fn rows_are_added_and_taken_away(start: Start) {
    let django = Django::start(&built_package());
    let browser = logged_in(start, &django);
    browser.goto(&django.url("/admin/posts/post/add/"));
    browser.send_keys("#id_title", "Rows");
    Element::new(&browser, BODY).ready();
    Element::new(&browser, BODY).type_keys("Body");
    for number in 0..3 {
        if number > 0 {
            browser.click("#section_set-group .add-row a");
        }
        let element = Element::new(&browser, row(number));
        element.ready();
        element.type_keys(&format!("Row *{number}*"));
        element.wait_for_preview("its own text", &format!("body.querySelector('em')?.textContent === '{number}'"));
    }
    browser.click("#section_set-1 .inline-deletelink");
    browser.wait_for("two rows and the empty one", "document.querySelectorAll('.inline-related').length === 3");
    let moved = Element::new(&browser, row(1));
    assert_eq!(moved.text(), "Row *2*");
    moved.type_keys(" and more");
    moved.wait_for_text("Row 2 and more");
    save(&browser);
    assert_eq!(django.posts(), json!([["Rows", "Body", "", ["Row *0*", "Row *2* and more"]]]));
}
engines!(rows_are_added_and_taken_away: Chromium);

fn an_empty_required_body_stops_the_submit_where_it_is_seen(start: Start) {
    let django = Django::start(&built_package());
    let browser = logged_in(start, &django);
    browser.goto(&django.url("/admin/posts/post/add/"));
    let body = Element::new(&browser, BODY);
    body.ready();
    browser.send_keys("#id_title", "Without a body");
    browser.js(
        "window.here = true; document.activeElement.blur(); window.scrollTo(0, document.body.scrollHeight);",
        json!([]),
    );
    browser.click("[name=_save]");
    let focused = "document.activeElement === field || root?.activeElement === field";
    body.wait_for("the focus in the empty body", focused);
    browser.settle();
    assert_eq!(body.js("return field.validity.valueMissing;", json!(null)), true);
    let seen = "const r = field.getBoundingClientRect(); \
        return field.checkVisibility({visibilityProperty: true, opacityProperty: true}) && r.width > 100 && r.height > 30 \
            && r.bottom > 0 && r.top < innerHeight;";
    assert_eq!(body.js(seen, json!(null)), true, "the empty body is not to be seen");
    // Not sent and refused, but not sent.
    assert_eq!(browser.js("return window.here;", json!([])), true);
    assert_eq!(django.posts(), json!([]));
    browser.type_keys("Now it has one");
    save(&browser);
    assert_eq!(django.posts(), json!([["Without a body", "Now it has one", "", []]]));
}
engines!(an_empty_required_body_stops_the_submit_where_it_is_seen: Chromium);

fn what_the_server_refuses_comes_back_whole(start: Start) {
    let django = Django::start(&built_package());
    let browser = logged_in(start, &django);
    browser.goto(&django.url("/admin/posts/post/add/"));
    let (body, section) = (Element::new(&browser, BODY), Element::new(&browser, row(0)));
    body.ready();
    // Django refuses this title.
    browser.send_keys("#id_title", "Untitled");
    body.type_keys("\n\n  Kept *word* for word &amp; more\n");
    let text = body.text();
    assert_eq!(text, "\n\n  Kept *word* for word &amp; more\n");
    section.ready();
    section.type_keys("Kept, *too*\n\n");
    follow(&browser, "[name=_save]");
    browser.find(".field-title .errorlist");
    assert_eq!(django.posts(), json!([]));
    for (element, word) in [(&body, "word"), (&section, "too")] {
        element.ready();
        element.wait_for_preview(word, &format!("body.querySelector('em')?.textContent === '{word}'"));
    }
    assert_eq!(body.text(), text);
    assert_eq!(section.text(), "Kept, *too*\n\n");
    browser.js("document.getElementById('id_title').value = '';", json!([]));
    browser.send_keys("#id_title", "A title");
    save(&browser);
    assert_eq!(django.posts(), json!([["A title", sent(&text), "", [sent("Kept, *too*\n\n")]]]));
}
engines!(what_the_server_refuses_comes_back_whole: Chromium);

fn a_reset_brings_back_what_was_loaded(start: Start) {
    let django = Django::start(&built_package());
    let made =
        "from posts.models import Post; Post.objects.create(title='Old', body='As it *was*\\r\\n'); answer = None";
    django.query(made);
    let browser = logged_in(start, &django);
    open_the_post(&browser, &django);
    let body = Element::new(&browser, BODY);
    body.ready();
    body.type_keys("And a *change*");
    body.wait_for_text("And a change");
    browser.click("[type=reset]");
    body.wait_for("the old text", "field.value === 'As it *was*\\n'");
    body.wait_for_preview("the old text shown", "body.textContent.trim() === 'As it was'");
    // It goes on from there.
    body.type_keys("More");
    body.wait_for_text("More");
    save(&browser);
    assert_eq!(django.posts(), json!([["Old", "As it *was*\r\nMore", "", []]]));
}
engines!(a_reset_brings_back_what_was_loaded: Chromium);

/// What is missing, the textarea is there, can be typed into and is sent.
fn without(start: Start, missing: impl Fn(&str) -> bool) {
    let folder = tempfile::tempdir().expect("a folder for the package");
    let django = Django::start(&package_without(folder.path(), missing));
    let browser = logged_in(start, &django);
    browser.goto(&django.url("/admin/posts/post/add/"));
    browser.send_keys("#id_title", "All the same");
    let body = Element::new(&browser, BODY);
    // Whatever is still loading fails, and what fails must not take the textarea away afterwards. Of a module that is
    // missing nothing tells: a moment for what should not be.
    body.click();
    browser.type_keys("Typed *at once*");
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(body.js("return 'ready' in host.dataset;", json!(null)), false, "nothing was missing");
    body.type_keys(" and later\n");
    assert_eq!(body.text(), "Typed *at once* and later\n");
    browser.click("#section_set-group .add-row a");
    Element::new(&browser, row(1)).type_keys("A row");
    save(&browser);
    assert_eq!(django.posts(), json!([["All the same", "Typed *at once* and later\r\n", "", ["A row"]]]));
}

fn without_webassembly_the_textarea_is_sent(start: Start) {
    without(start, |name| name.ends_with(".wasm"));
}
engines!(without_webassembly_the_textarea_is_sent: Chromium);

fn without_the_package_the_textarea_is_sent(start: Start) {
    without(start, |_| true);
}
engines!(without_the_package_the_textarea_is_sent: Chromium);

/// Texts of a person nobody trusts, opened by the one who may do everything.
fn what_others_have_saved_does_nothing(start: Start) {
    let texts = [
        "<script>top.__hits.push('script')</script>\n\nAfter *it*\n",
        "<img src=x onerror=\"top.__hits.push('img')\"><svg onload=\"top.__hits.push('svg')\"></svg>\n\nAfter *it*\n",
        "</textarea></apercu-editor><script>top.__hits.push('out')</script>\n\nAfter *it*\n",
        "<iframe srcdoc=\"<script>top.__hits.push('frame')</script>\"></iframe>\n\n\
         [a](javascript:top.__hits.push('link')) <a href=\"javascript:top.__hits.push('a')\" autofocus onfocus=\"top.__hits.push('focus')\">b</a>\n\nAfter *it*\n",
        "<form action=\"/admin/logout/\" method=\"post\"><button>x</button></form><base href=\"http://attack.example/\"><style>*{display:none}</style>\n\nAfter *it*\n",
    ];
    let django = Django::start(&built_package());
    let browser = logged_in(start, &django);
    browser.before_load("if (window === top) window.__hits = [];");
    for text in texts {
        let made = format!(
            "from posts.models import Post; Post.objects.all().delete(); answer = Post.objects.create(title='Theirs', body={}).pk",
            // A JSON string is one of Python's, too: there is nothing beyond ASCII in these.
            json!(sent(text))
        );
        django.query(&made);
        open_the_post(&browser, &django);
        let body = Element::new(&browser, BODY);
        body.ready();
        assert_eq!(body.text(), text);
        body.wait_for_preview("what stands behind", "body.querySelector('em')?.textContent === 'it'");
        let live = "return body.querySelectorAll('script, iframe, object, embed, form, base, style, [onerror], [onload], [onfocus], [href^=javascript]').length;";
        assert_eq!(body.js(live, Value::Null), 0, "{text}");
        body.js("body.querySelectorAll('a').forEach(link => link.click());", Value::Null);
        browser.settle();
        assert_eq!(browser.js("return window.__hits;", json!([])), json!([]), "{text}");
        // Nothing was left to the policy: there was nothing to refuse.
        assert_eq!(browser.violations(), [""; 0], "{text}");
        save(&browser);
        assert_eq!(django.posts(), json!([["Theirs", sent(text), "", []]]));
    }
    assert_eq!(browser.outside.requests(), [""; 0], "requests to other hosts");
}
engines!(what_others_have_saved_does_nothing: Chromium);

/// The admin has a theme of its own, which may be another than the system's.
fn the_preview_is_as_dark_as_the_admin(start: Start) {
    let django = Django::start(&built_package());
    let browser = logged_in(start, &django);
    browser.goto(&django.url("/admin/posts/post/add/"));
    let body = Element::new(&browser, BODY);
    body.ready();
    body.type_keys("Words");
    body.wait_for_text("Words");
    // Whether letters are light on something dark: in the textarea, and in the preview.
    let light = |of: &str| {
        format!("page.defaultView.getComputedStyle({of}).color.match(/[\\d.]+/g).slice(0, 3).every(part => part > 128)")
    };
    let (in_field, in_preview) = (light("field"), light("body"));
    body.wait_for("a light theme", &format!("!{in_field} && !{in_preview}"));
    browser.js("document.documentElement.dataset.theme = 'dark'; localStorage.setItem('theme', 'dark');", json!([]));
    body.wait_for("a dark admin", &in_field);
    body.wait_for("a dark preview", &in_preview);
    browser.reload();
    body.ready();
    body.wait_for("a dark admin from the start", &format!("{in_field} && {in_preview}"));
    browser.js("document.documentElement.dataset.theme = 'light';", json!([]));
    body.wait_for("a light admin again", &format!("!{in_field} && !{in_preview}"));
}
engines!(the_preview_is_as_dark_as_the_admin: Chromium);
