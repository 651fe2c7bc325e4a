//! Links of the preview: outside ones open apart and know nothing of us, fragments stay inside. In: clicks on links.
//! Neighbours: `clicking.rs`, `attacks.rs`.

use crate::engines;
use crate::support::server::Reply;
use crate::support::text::{post, sections};
use crate::support::{Page, Start};
use serde_json::json;

fn frame_address(page: &Page) -> String {
    page.preview("return doc.location.pathname;", json!([])).as_str().unwrap_or_default().to_owned()
}

fn outside_links_know_nothing_of_us(start: Start) {
    let page = start.open();
    page.write(&post(
        "[a](https://a.example/b) <https://c.example> [r](/about) [j](javascript:alert(1)) [d](data:text/html,x)",
    ));
    page.wait_for_text("r");
    let links = page.preview(
        "return [...body.querySelectorAll('a[href]')].map(a => [a.getAttribute('href'), a.target || doc.querySelector('base')?.target || '', a.rel]);",
        json!([]),
    );
    let list = links.as_array().cloned().unwrap_or_default();
    assert!(list.len() >= 2, "{links}");
    for link in &list {
        let address = link[0].as_str().unwrap_or_default();
        assert!(!address.starts_with("javascript:") && !address.starts_with("data:"), "{links}");
        if address.starts_with("http") {
            assert_eq!(link[1], "_blank", "{links}");
            let rel = link[2].as_str().unwrap_or_default();
            assert!(rel.contains("noopener") && rel.contains("noreferrer"), "{links}");
        }
    }
}
engines!(outside_links_know_nothing_of_us: Chromium Firefox WebKit);

fn an_outside_link_opens_a_tab_apart(start: Start) {
    let page = start.open();
    page.server.route("/elsewhere", Reply::html("<title>elsewhere</title>"));
    let address = page.server.url("/elsewhere");
    page.write(&post(&format!("[go]({address})")));
    page.wait_for_preview("the link", "body.querySelector('a')");
    let before = (page.tabs(), page.location(), frame_address(&page));
    page.click_in_preview("article a");
    page.wait_until("a new tab", || page.tabs().len() > 1);
    let tabs = page.tabs();
    assert_eq!(tabs.len(), 2, "one new tab");
    assert_eq!((page.location(), frame_address(&page)), (before.1, before.2));
    let new = tabs.iter().find(|tab| !before.0.contains(tab)).expect("one is new").clone();
    page.switch_to(&new);
    page.wait_for("the page", "document.title === 'elsewhere'");
    assert_eq!(page.js("return [window.opener, document.referrer];", json!([])), json!([null, ""]));
}
engines!(an_outside_link_opens_a_tab_apart: Chromium Firefox);

fn a_fragment_scrolls_the_preview_and_stays(start: Start) {
    let page = start.open();
    page.write(&post(&format!("[down](#section-60) and [note](#nowhere)\n\n{}", sections(80))));
    page.wait_for_text("section 80");
    page.select(0, 0);
    page.wait_for_preview("the target", "doc.getElementById('section-60')");
    let before = (page.location(), frame_address(&page), page.tabs().len());
    page.click_in_preview("article a");
    page.wait_for_preview(
        "the section at the top",
        "(() => { const top = doc.getElementById('section-60').getBoundingClientRect().top; \
         return top > -5 && top < doc.documentElement.clientHeight / 2; })()",
    );
    assert_eq!((page.location(), frame_address(&page), page.tabs().len()), before);
    page.write(&post("[up](#top) after the jump"));
    page.wait_for_text("after the jump");
    page.ready();
}
engines!(a_fragment_scrolls_the_preview_and_stays: Chromium Firefox WebKit);

fn footnotes_go_there_and_back(start: Start) {
    let page = start.open();
    page.write(&post(&format!("Claim.[^1]\n\n{}\n\n[^1]: The note.\n", sections(60))));
    page.wait_for_text("The note.");
    page.select(0, 0);
    let before = (page.location(), frame_address(&page));
    page.click_in_preview("article p sup a, article p a.footnote");
    page.wait_for_preview(
        "the note in view",
        "(() => { const note = [...body.querySelectorAll('li, div')].filter(e => e.textContent.includes('The note.')).pop(); \
         const r = note.getBoundingClientRect(); return r.top >= -5 && r.top < doc.documentElement.clientHeight; })()",
    );
    assert_eq!((page.location(), frame_address(&page)), before);
}
engines!(footnotes_go_there_and_back: Chromium Firefox WebKit);
