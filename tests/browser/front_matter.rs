//! The header of the post as the front matter says, also while it is broken or absent. In: texts. Neighbours:
//! `typing.rs`, `checks.rs`.

use crate::engines;
use crate::support::text::HEAD;
use crate::support::{Page, Start};
use serde_json::json;

fn header(page: &Page) -> String {
    page.preview("return head.innerText;", json!([])).as_str().unwrap_or_default().to_owned()
}

fn the_header_shows_what_is_published(start: Start) {
    let page = start.open();
    page.write(
        "---\nlayout: post\ntitle: \"Docker: le retour\"\nauthor: Fabien Amico\ntags:\n- docker\n- paas\n\
         description: En bref, & en deux mots\ndate: 2014-12-08\n---\n\nBonjour",
    );
    page.wait_for_preview("the title", "head.querySelector('h1')?.textContent === 'Docker: le retour'");
    let header = header(&page);
    for part in ["Fabien Amico", "docker", "paas", "En bref, & en deux mots", "2014"] {
        assert!(header.contains(part), "{part} in {header}");
    }
    assert_eq!(page.preview("return head.querySelectorAll('.badge').length;", json!([])), 0);
}
engines!(the_header_shows_what_is_published: Chromium Firefox WebKit);

fn badges_say_what_will_not_be_published(start: Start) {
    let page = start.open();
    page.write("---\ntitle: Hidden\ndate: 2014-12-08\npublished: false\n---\n\nText");
    page.wait_for_preview("the badge", "head.querySelector('.badge-unpublished')");
    page.write("---\ntitle: Later\ndate: 2999-01-01\n---\n\nText");
    page.wait_for_preview("the badge", "head.querySelector('.badge-future')");
    page.write("---\ntitle: Now\ndate: 2014-12-08\n---\n\nText");
    page.wait_for_preview("no badge", "!head.querySelector('.badge')");
    // Jekyll leaves out a file whose name has no date.
    let path = page.folder().join("idea.md");
    std::fs::write(&path, "---\ntitle: An idea\n---\n\nText\n").expect("the file can be written");
    page.open_file(&path);
    page.wait_for_preview("the badge", "head.querySelector('.badge-draft')");
}
engines!(badges_say_what_will_not_be_published: Chromium);

fn broken_yaml_is_said_with_its_place_and_the_last_header_stays(start: Start) {
    let page = start.open();
    page.write("---\ntitle: Good\nauthor: Ann\n---\n\nFirst body");
    page.wait_for_preview("the title", "head.querySelector('h1')?.textContent === 'Good'");
    page.write("---\ntitle: Good\nauthor: \"Ann\n---\n\nSecond body");
    page.wait_for_text("Second body");
    let header = header(&page);
    assert!(header.contains("Good") && header.contains("Ann"), "{header}");
    page.wait_for(
        "the diagnostic",
        "/[1-9]/.test(document.querySelector('#status [data-part=diagnostics]').innerText)",
    );
    let list = page.diagnostics();
    let place = list.lines().find(|line| line.trim().starts_with("3:")).unwrap_or_default();
    assert!(!place.is_empty(), "a diagnostic in line 3 in {list}");
    page.write("---\ntitle: Better\nauthor: Ann\n---\n\nThird body");
    page.wait_for_preview("the title", "head.querySelector('h1')?.textContent === 'Better'");
    page.wait_for(
        "no diagnostic",
        "!/[1-9]/.test(document.querySelector('#status [data-part=diagnostics]').innerText)",
    );
}
engines!(broken_yaml_is_said_with_its_place_and_the_last_header_stays: Chromium Firefox WebKit);

fn a_click_on_a_diagnostic_goes_there(start: Start) {
    let page = start.open();
    page.write("---\ntitle: Good\nauthor: \"Ann\n---\n\nBody");
    page.wait_for(
        "the diagnostic",
        "/[1-9]/.test(document.querySelector('#status [data-part=diagnostics]').innerText)",
    );
    page.diagnostics();
    page.click("#diagnostics li button");
    page.wait_for("the focus", "document.activeElement.id === 'editor'");
    assert_eq!(page.caret_line(), 2);
}
engines!(a_click_on_a_diagnostic_goes_there: Chromium);

fn posts_without_a_front_matter_are_shown(start: Start) {
    let page = start.open();
    page.write("Just a *body*");
    page.wait_for_text("Just a body");
    page.write("");
    page.wait_for_preview("nothing", "body.textContent.trim() === ''");
    page.write("---\ntitle: Never closed\n\nText");
    page.wait_for_text("Never closed");
    page.write("---\n---\n\nEmpty front matter");
    page.wait_for_text("Empty front matter");
    page.write("---");
    page.wait_for_preview("no text of before", "!body.textContent.includes('Empty')");
    page.write(&format!("{HEAD}Whole"));
    page.wait_for_preview("the title", "head.querySelector('h1')?.textContent === 'A post'");
    page.wait_for_text("Whole");
}
engines!(posts_without_a_front_matter_are_shown: Chromium Firefox WebKit);

fn values_are_text_and_never_markup(start: Start) {
    let page = start.open();
    page.write("---\ntitle: \"<img src=x onerror=alert(1)>\"\ntags: [\"<b>x</b>\"]\n---\n\nText");
    page.wait_for_preview("the title", "head.textContent.includes('<img src=x')");
    assert_eq!(page.preview("return head.querySelectorAll('img, b').length;", json!([])), 0);
}
engines!(values_are_text_and_never_markup: Chromium);
