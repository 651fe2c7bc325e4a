//! The dialects of the preview: Jekyll's, GitHub's, both side by side. In: the choice in the status bar.
//! Neighbours: `src/app/tools.rs` is the part of the program that renders GitHub's; `network.rs` holds what may be requested.

use crate::engines;
use crate::support::text::HEAD;
use crate::support::{Page, Start};
use serde_json::json;

/// A text that the two dialects read differently.
const APART: &str = "One line\nanother ~old~ line\n\n> [!NOTE]\n> Mind this.\n\n1) first\n2) second\n";

fn choose(page: &Page, dialects: &str) {
    let script = "const select = document.querySelector('[data-part=dialect] select'); select.value = arguments[0]; \
                  select.dispatchEvent(new Event('change', { bubbles: true }));";
    page.js(script, json!([dialects]));
}

fn requested(page: &Page) -> usize {
    page.server.log().iter().filter(|request| request.target.contains("split_tools")).count()
}

fn github_is_a_choice_that_is_remembered(start: Start) {
    let page = start.open();
    page.write(&format!("{HEAD}{APART}"));
    page.wait_for_text("~old~");
    assert_eq!(page.js("return document.querySelector('[data-part=dialect] select').value;", json!([])), "jekyll");
    assert_eq!(requested(&page), 0, "the part with it is loaded although nobody asked for it");
    choose(&page, "github");
    page.wait_for_preview("GitHub's strikethrough", "body.querySelector('del')?.textContent === 'old'");
    assert_eq!(page.count(".post-body ol li"), 2);
    assert_eq!(page.post_text("h1").as_deref(), Some("A post"));
    // Typing goes on as ever, and so does the way back to the source.
    page.to_end();
    page.type_keys("3) third");
    page.wait_for_preview("the third", "body.querySelectorAll('ol li').length === 3");
    page.click_in_preview("del");
    page.wait_for("the caret", &format!("document.getElementById('editor').selectionStart >= {}", HEAD.len()));
    assert_eq!(page.caret_line(), HEAD.lines().count() + 1);
    page.wait_until_stored();
    page.reload();
    page.ready();
    page.wait_for_preview("GitHub's again", "body.querySelector('del')");
    assert_eq!(page.js("return document.querySelector('[data-part=dialect] select').value;", json!([])), "github");
    choose(&page, "jekyll");
    page.wait_for_text("~old~");
    assert_eq!(page.count(".post-body del"), 0);
}
engines!(github_is_a_choice_that_is_remembered: Chromium);

fn both_stand_side_by_side_and_scroll_together(start: Start) {
    let page = start.open();
    let filling = "A paragraph of words to fill the page.\n\n".repeat(60);
    page.write(&format!("{HEAD}{APART}\n{filling}## The end\n"));
    page.wait_for_text("The end");
    choose(&page, "both");
    let second = "document.getElementById('second-preview')?.contentDocument?.querySelector('.post-body')";
    page.wait_for("GitHub's", &format!("{second}?.querySelector('del')"));
    assert_eq!(page.count(".post-body del"), 0, "the first preview is Jekyll's");
    page.wait_for("all of it", &format!("{second}.textContent.includes('The end')"));
    let top = "(id => document.getElementById(id).contentDocument.documentElement.scrollTop)";
    page.js("document.getElementById('editor').scrollTop = 900;", json!([]));
    page.wait_for("both to follow", &format!("{top}('preview') > 300 && {top}('second-preview') > 300"));
    page.js("document.getElementById('second-preview').contentDocument.documentElement.scrollTop = 60;", json!([]));
    page.wait_for(
        "the other two to follow",
        &format!("{top}('preview') < 300 && document.getElementById('editor').scrollTop < 500"),
    );
    page.to_end();
    page.type_keys("~new~");
    page.wait_for(
        "the change in both",
        &format!("[...{second}.querySelectorAll('del')].some(d => d.textContent === 'new')"),
    );
    page.wait_for_text("~new~");
    let frame = page.js(
        "const f = document.getElementById('second-preview'); return [f.sandbox.value, f.contentDocument.querySelectorAll('script').length];",
        json!([]),
    );
    assert_eq!(frame, json!(["allow-same-origin allow-popups allow-popups-to-escape-sandbox", 0]));
    choose(&page, "jekyll");
    page.wait_for("the second frame to go", "!document.getElementById('second-preview')");
}
engines!(both_stand_side_by_side_and_scroll_together: Chromium);

fn without_the_network_the_preview_stays_jekylls(start: Start) {
    let page = start.open();
    page.write(&format!("{HEAD}{APART}"));
    page.wait_for_text("~old~");
    page.server.handle(|request| {
        request.target.contains("split_tools").then(|| crate::support::server::Reply::html("<p>not here</p>"))
    });
    choose(&page, "github");
    page.wait_for_message("could not be loaded");
    page.wait_for("the choice to go back", "document.querySelector('[data-part=dialect] select').value === 'jekyll'");
    page.to_end();
    page.type_keys("still typing");
    page.wait_for_text("still typing");
}
engines!(without_the_network_the_preview_stays_jekylls: Chromium);
