//! The harness tried on a page of a few lines: what the other tests rely on does work in each engine.
//! In: `fixtures/page`. Neighbours: `support/`.

use crate::engines;
use crate::support::server::Reply;
use crate::support::{Engine, Page, Start};
use serde_json::json;
use std::path::{Path, PathBuf};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/fixtures/page")
}

fn open(start: Start) -> Page {
    start.serving(fixture()).open()
}

fn keys_reach_the_text_and_the_frame(start: Start) {
    let page = open(start);
    page.click("#editor");
    page.type_keys("one\ntwo");
    assert_eq!(page.text(), "one\ntwo");
    assert_eq!(page.count("p"), 2);
    page.press("Shift+Home");
    page.press("Backspace");
    assert_eq!(page.text(), "one\n");
    page.undo();
    assert_eq!(page.text(), "one\ntwo");
}
engines!(keys_reach_the_text_and_the_frame: Chromium Firefox WebKit);

fn written_text_can_be_undone(start: Start) {
    let page = open(start);
    page.write("first");
    page.write("second\n\nthird ✓ 🎉");
    assert_eq!(page.text(), "second\n\nthird ✓ 🎉");
    page.wait_for_text("third ✓ 🎉");
    page.undo();
    assert_eq!(page.text(), "first");
}
engines!(written_text_can_be_undone: Chromium Firefox WebKit);

fn the_frame_can_be_entered(start: Start) {
    let page = open(start);
    page.write("one\ntwo");
    page.click_in_preview("p:nth-child(2)");
    let inside = page.in_frame("#preview", |frame| frame.js("return document.title;", json!([])));
    assert_eq!(inside, "Preview");
    assert_eq!(page.js("return document.title;", json!([])), "A page to try the harness on");
}
engines!(the_frame_can_be_entered: Chromium Firefox WebKit);

fn dark_and_light_are_seen(start: Start) {
    let page = open(start.dark());
    let color = page.js("return getComputedStyle(document.body).backgroundColor;", json!([]));
    assert_eq!(color, "rgb(0, 0, 0)");
}
engines!(dark_and_light_are_seen: Chromium Firefox WebKit);

fn light_is_the_default(start: Start) {
    let page = open(start);
    let color = page.js("return getComputedStyle(document.body).backgroundColor;", json!([]));
    assert_eq!(color, "rgb(255, 255, 255)");
}
engines!(light_is_the_default: Chromium Firefox WebKit);

fn requests_are_logged_and_none_reaches_the_web(start: Start) {
    let page = open(start);
    let asked: Vec<String> = page.server.log().into_iter().map(|request| request.target).collect();
    assert!(
        ["/", "/page.js", "/preview.html"].iter().all(|path| asked.iter().any(|target| target == path)),
        "{asked:?}"
    );
    assert_eq!(page.outside.requests(), [""; 0]);
    page.js_async("await fetch('http://elsewhere.example/x', {mode: 'no-cors'}).catch(() => 0);", json!([]));
    page.js_async("await fetch('https://elsewhere.example/y', {mode: 'no-cors'}).catch(() => 0);", json!([]));
    let outside = page.outside.requests();
    assert!(outside.iter().any(|line| line == "GET http://elsewhere.example/x"), "{outside:?}");
    assert!(outside.iter().any(|line| line == "CONNECT elsewhere.example:443"), "{outside:?}");
}
engines!(requests_are_logged_and_none_reaches_the_web: Chromium Firefox WebKit);

fn headers_routes_and_gates(start: Start) {
    let page = start.serving(fixture()).without_waiting().prepare();
    page.server.add_header("Content-Security-Policy", "script-src 'none'");
    page.server.route("/extra", Reply::html("<title>extra</title><script>document.title = 'ran'</script>"));
    page.goto(&page.server.url("/extra"));
    page.wait_for("the page", "document.title && document.readyState === 'complete'");
    assert_eq!(page.js("return document.title;", json!([])), "extra");
    let gate = page.server.hold("/later.svg");
    page.server.route("/slow", Reply::html("<title>slow</title><img src=later.svg>"));
    page.goto(&page.server.url("/slow"));
    page.wait_for("the page", "document.title === 'slow'");
    page.wait_until("the request", || page.server.log().iter().any(|request| request.target == "/later.svg"));
    assert_ne!(page.js("return document.readyState;", json!([])), "complete");
    gate.open();
    page.wait_for("the picture behind the gate", "document.readyState === 'complete'");
}
engines!(headers_routes_and_gates: Chromium Firefox WebKit);

fn files_go_in_and_come_out(start: Start) {
    let page = open(start);
    let path = page.folder().join("in.md");
    std::fs::write(&path, "from a file ✓\n").expect("the file can be written");
    page.send_keys("#file-input", &path.display().to_string());
    page.wait_for("the file's text", "document.getElementById('editor').value.startsWith('from')");
    page.action("save");
    assert_eq!(page.downloaded("text.md"), "from a file ✓\n".as_bytes());
    assert_eq!(page.wait_for_message("saved"), "Saved.");
}
engines!(files_go_in_and_come_out: Chromium Firefox WebKit);

fn a_reload_keeps_what_was_stored(start: Start) {
    let page = open(start);
    page.write("kept");
    page.wait_until_stored();
    page.reload();
    page.ready();
    assert_eq!(page.text(), "kept");
}
engines!(a_reload_keeps_what_was_stored: Chromium Firefox WebKit);

fn a_killed_browser_comes_back_on_its_profile(start: Start) {
    let mut page = open(start);
    page.write("kept");
    page.wait_until_stored();
    let processes = page.processes();
    assert!(processes.len() > 2, "{processes:?}");
    page.kill();
    // The kernel takes a moment to clear a killed process away.
    let gone = || processes.iter().all(|id| !Path::new(&format!("/proc/{id}/exe")).exists());
    page.wait_until(&format!("the end of {processes:?}"), gone);
    page.restart();
    page.load();
    assert_eq!(page.text(), "kept");
}
engines!(a_killed_browser_comes_back_on_its_profile: Chromium Firefox);

fn pictures_show_the_page(start: Start) {
    let page = open(start);
    let white = page.screenshot();
    page.js(
        "document.body.style.background = 'linear-gradient(45deg, red, blue)'; \
             document.getElementById('editor').style.background = 'repeating-linear-gradient(red, blue 3px)';",
        json!([]),
    );
    let colored = page.screenshot();
    assert!(
        white.starts_with(b"\x89PNG") && colored.len() > white.len(),
        "{} and {} bytes",
        white.len(),
        colored.len()
    );
}
engines!(pictures_show_the_page: Chromium Firefox WebKit);

fn two_tabs_share_a_browser(start: Start) {
    let page = open(start);
    let first = page.tab();
    page.write("first");
    let second = page.new_tab();
    page.load();
    assert_ne!(first, second);
    page.write("second");
    page.switch_to(&first);
    assert_eq!(page.text(), "first");
    assert_eq!(page.tabs().len(), 2);
}
engines!(two_tabs_share_a_browser: Chromium Firefox);

fn the_window_has_the_wanted_width(start: Start) {
    let page = open(start.size(900, 700));
    assert_eq!(page.js("return innerWidth;", json!([])), 900);
}
engines!(the_window_has_the_wanted_width: Chromium Firefox WebKit);

fn a_phone_is_narrow(start: Start) {
    let page = open(start.size(390, 800));
    assert_eq!(page.js("return innerWidth;", json!([])), 390);
}
engines!(a_phone_is_narrow: Chromium);

fn devtools_answer(start: Start) {
    let page = start.serving(fixture()).prepare();
    page.before_load("window.before = 1;");
    page.load();
    assert_eq!(page.js("return window.before;", json!([])), 1);
    assert_eq!(page.engine, Engine::Chromium);
    page.quota(&page.server.origin(), Some(10_000));
    page.write(&"too much for it ".repeat(2_000));
    page.wait_for("the store to be full", "window.full");
    page.devtools("Performance.enable", json!({}));
    assert!(page.metric("TaskDuration") > 0.0);
    page.write("");
    page.insert_text("put in");
    assert_eq!(page.text(), "put in");
}
engines!(devtools_answer: Chromium);

fn pointer_drag_and_wheel(start: Start) {
    let page = open(start);
    page.write(&"line\n".repeat(500));
    page.js(
        "window.seen = []; for (const kind of ['pointerdown', 'pointermove', 'pointerup', 'wheel']) \
             addEventListener(kind, () => window.seen.push(kind), true); \
             document.getElementById('editor').scrollTop = 0;",
        json!([]),
    );
    let (x, y) = page.middle("#editor");
    page.drag((x, y), (x + 40, y + 10));
    page.wheel((x, y), 200);
    page.wait_for("the wheel to scroll", "document.getElementById('editor').scrollTop > 0");
    let seen = page.js("return window.seen;", json!([])).to_string();
    assert!(["pointerdown", "pointermove", "pointerup", "wheel"].iter().all(|kind| seen.contains(kind)), "{seen}");
}
engines!(pointer_drag_and_wheel: Chromium Firefox WebKit);
