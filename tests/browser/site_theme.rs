//! Themes that are not in the site's folder, and archives of repositories: minima of the build, a theme that a person gives
//! and that is kept, a site from a `.zip`. In: small sites, archives. Neighbours: `site_folder.rs` opens folders,
//! `site_page.rs` looks at pages.

use std::fs;
use std::rc::Rc;

use apercu::app::site_folder::archive::archive;

use crate::accessibility::nothing_is_wrong;
use crate::engines;
use crate::site_folder::{choose_folder, open, wait_for_list, wait_for_shown};
use crate::support::{Page, Start};
use serde_json::json;

/// What `jekyll new` makes.
const NEW_SITE: [(&str, &str); 4] = [
    ("_config.yml", "title: Your awesome title\nbaseurl: \"\"\ntheme: minima\nplugins:\n  - jekyll-feed\n"),
    ("index.markdown", "---\nlayout: home\n---\n"),
    ("about.markdown", "---\nlayout: page\ntitle: About\npermalink: /about/\n---\n\nThis is the base Jekyll theme.\n"),
    (
        "_posts/2020-01-02-welcome-to-jekyll.markdown",
        "---\nlayout: post\ntitle: Welcome to Jekyll!\n---\nThe *first* post.\n",
    ),
];

const SITE: [(&str, &str); 2] = [
    ("_config.yml", "title: A blog\ntheme: small-theme\n"),
    ("_posts/2020-01-02-post.md", "---\nlayout: post\ntitle: A post\n---\nWords of it.\n"),
];

/// The frame's document.
const FRAME: &str = "document.getElementById('preview').contentDocument";

/// Whether the page has the theme's layout, include, data, style and picture.
fn wait_for_theme(page: &Page) {
    for (what, expression) in [
        ("the theme's include, with its data", "d.getElementById('of-theme')?.textContent.includes('Welcome')"),
        ("its layout", "d.querySelector('main > h1')?.textContent === 'A post'"),
        ("its style", "d.defaultView.getComputedStyle(d.querySelector('main')).marginLeft === '37px'"),
        ("its picture", "d.querySelector('#of-theme img')?.naturalWidth > 0"),
    ] {
        page.wait_for(what, &format!("(d => {expression})({FRAME})"));
    }
}

/// Gives an input of the side bar a file, as if it had been chosen in the browser's dialog.
fn choose_file(page: &Page, input: &str, name: &str, bytes: &[u8]) {
    page.wait_for(input, &format!("document.getElementById({input:?})"));
    page.js(
        "const list = new DataTransfer(); list.items.add(new File([new Uint8Array(arguments[1])], arguments[2])); \
         const input = document.getElementById(arguments[0]); input.files = list.files; \
         input.dispatchEvent(new Event('change', {bubbles: true}));",
        json!([input, bytes, name]),
    );
}

fn drop_file(page: &Page, name: &str, bytes: &[u8]) {
    page.js(
        "const drop = new Event('drop', {cancelable: true}); \
         drop.dataTransfer = {types: ['Files'], files: [new File([new Uint8Array(arguments[0])], arguments[1])], items: [{}]}; \
         window.dispatchEvent(drop);",
        json!([bytes, name]),
    );
}

fn packed(name: &str) -> Vec<u8> {
    fs::read(format!("tests/fixtures/theme/{name}")).expect("an archive")
}

fn a_new_site_has_its_theme_at_once(start: Start) {
    let page = start.open();
    choose_folder(&page, &NEW_SITE);
    wait_for_list(&page);
    wait_for_shown(&page, "The first post.");
    let shown = "d.querySelector('.site-header .site-title')?.textContent === 'Your awesome title' \
        && d.querySelector('.post .post-title')?.textContent === 'Welcome to Jekyll!' \
        && d.defaultView.getComputedStyle(d.querySelector('.site-header')).borderTopWidth === '5px'";
    page.wait_for("minima around the post", &format!("(d => {shown})({FRAME})"));
    assert_eq!(page.js("return !!document.querySelector('.site-theme');", json!([])), false);
}
engines!(a_new_site_has_its_theme_at_once: Chromium Firefox WebKit);

fn a_theme_that_is_missing_is_given_once(start: Start) {
    let page = start.open();
    choose_folder(&page, &SITE);
    wait_for_list(&page);
    wait_for_shown(&page, "Words of it.");
    let asked = "return document.querySelector('.site-theme')?.textContent ?? '';";
    page.wait_until("the question", || {
        page.js(asked, json!([])).as_str().is_some_and(|text| text.contains("small-theme"))
    });
    choose_file(&page, "theme-archive", "photos.zip", b"PK and nothing more");
    page.wait_for_message("This cannot be used as the theme");
    choose_file(&page, "theme-archive", "small-theme-1.0.0.gem", &packed("small-theme-1.0.0.gem"));
    wait_for_theme(&page);
    assert_eq!(page.js(asked, json!([])), "");

    page.reload();
    page.ready();
    page.wait_for("the side bar", "document.getElementById('site-folder')");
    choose_folder(&page, &SITE);
    wait_for_list(&page);
    wait_for_theme(&page);
    page.js(
        "document.querySelector('.site-kept').open = true; document.querySelector('[data-theme-kept=small-theme] button').click();",
        json!([]),
    );
    page.wait_for("the question again", "document.querySelector('.site-theme')");
    page.wait_for("the page without it", &format!("!{FRAME}.getElementById('of-theme')"));
    // What a forge offers, and dropped.
    drop_file(&page, "small-theme-main.zip", &packed("small-theme-main.zip"));
    wait_for_theme(&page);
}
engines!(a_theme_that_is_missing_is_given_once: Chromium Firefox WebKit);

fn the_zip_of_a_repository_is_opened(start: Start) {
    let files: Vec<(String, Rc<[u8]>)> = SITE
        .iter()
        .chain(&[
            ("_site/index.html", "Built\n"),
            ("node_modules/a/readme.md", "No part of it\n"),
            ("_layouts/post.html", "<h2>{{ page.title }}</h2>{{ content }}"),
        ])
        .map(|(path, text)| (format!("blog-main/{path}"), text.as_bytes().into()))
        .collect();
    let whole = archive(&files, 1_418_000_000).expect("an archive");
    let page = start.open();
    page.action("site");
    nothing_is_wrong(&page, "before a site is open");
    choose_file(&page, "site-archive", "broken.zip", &whole[..whole.len() / 2]);
    page.wait_for_message("The file could not be used");
    choose_file(&page, "site-archive", "blog-main (1).zip", &whole);
    wait_for_list(&page);
    let paths = "return [...document.querySelectorAll('#site-bar .site-file')].map(file => file.dataset.path);";
    assert_eq!(page.js(paths, json!([])), json!(["_posts/2020-01-02-post.md", "_layouts/post.html", "_config.yml"]));
    assert_eq!(page.js("return document.querySelector('#site-bar h2').textContent;", json!([])), "blog-main");
    wait_for_shown(&page, "Words of it.");
    nothing_is_wrong(&page, "a site whose theme is missing");
    open(&page, "_posts/2020-01-02-post.md", "Words of it.");
    page.to_end();
    page.type_keys("More");
    page.press("Control+s");
    assert!(String::from_utf8_lossy(&page.downloaded("2020-01-02-post.md")).ends_with("More"));
    page.type_keys("AndMore");
    open(&page, "_layouts/post.html", "<h2>");
    page.to_end();
    page.type_keys("End");
    page.wait_for("two files", "document.querySelector('[data-action=save-site]')");
    page.wait_for("two changes", "document.querySelectorAll('#site-bar [data-changed]').length === 2");
    page.action("save-site");
    let saved = page.downloaded("blog-main-changes.zip");
    let saved = String::from_utf8_lossy(&saved);
    assert!(saved.contains("MoreAndMore") && saved.contains("_layouts/post.html") && !saved.contains("_config.yml"));
}
engines!(the_zip_of_a_repository_is_opened: Chromium);
