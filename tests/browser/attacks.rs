//! Texts that try to run a script, to load something or to take the page over: through the whole page, and against each
//! of the two defences (the sanitizer, the frame) with the other taken away. In: `tests/attacks.txt`.
//! Neighbours: `attacking.rs` plays them; `element/hostile_texts.rs` has them in an element; the native tests of the
//! sanitizer.

use crate::attacking::{AT_ONCE, Attack, CODE, HAS_COLOURS, HOST, PROVOKE, attacks, count_hits, hits, requests};
use crate::engines;
use crate::support::server::Reply;
use crate::support::{Engine, Page, Start};
use apercu::markdown::block::BlockStore;
use apercu::markdown::token::to_html;
use apercu::markdown::{Dialect, Options};
use serde_json::{Value, json};

/// What must be the same after every attack: where the page is, and what it consists of.
const STANDING: &str = "
// Waits until the preview is there: a link of an attack may have led it away, and the page brings it back.
const back = async () => {
    for (let tries = 0; tries < 100; tries++) {
        if (find(document.getElementById('preview').contentDocument, 'article.post-body')) return true;
        await new Promise(done => setTimeout(done, 30));
    }
    return false;
};
const frame_address = () => { try { return document.getElementById('preview').contentWindow.location.href.split('#')[0]; } catch { return 'elsewhere'; } };
const standing = () => JSON.stringify([location.href,
    [...document.body.children].map(e => e.localName + '#' + e.id).filter(name => name !== 'ul#diagnostics').sort(),
    document.querySelectorAll('button[data-action], button[data-command], button[data-view]').length,
    document.querySelectorAll('script, iframe, form, base, link').length]);
";

fn through_the_whole_page(start: Start) {
    let page = start.open();
    // What checks the text, and what gives code its colours, is there from now on: it must not be what changes the page.
    page.write(CODE);
    page.wait_for_preview("colours", HAS_COLOURS);
    page.wait_for_tools();
    page.wait_for("the bar above the preview", "document.querySelector('#preview-bar button')");
    count_hits(&page);
    page.server.clear_log();
    page.outside.clear();
    let script = format!(
        "{PROVOKE} {STANDING} const editor = document.getElementById('editor'), preview = document.getElementById('preview'); \
         let frame = frame_address(); const before = standing(), strange = []; editor.focus(); \
         for (const [id, text] of arguments[0]) {{ window.__at = id; \
             editor.value = text; editor.dispatchEvent(new InputEvent('input', {{bubbles: true}})); await frames(2); \
             provoke(find(preview.contentDocument, 'html')); await frames(1); \
             const after = standing(); if (after !== before) strange.push([id, before, after]); \
             if (frame_address() !== frame) {{ strange.push([id, 'the preview went to ' + frame_address()]); frame = frame_address(); }} \
             if (!await back()) return [...strange, [id, 'the preview is gone']]; \
             editor.value = 'alive after ' + id; editor.dispatchEvent(new InputEvent('input', {{bubbles: true}})); await frames(2); \
             if (find(preview.contentDocument, 'article.post-body')?.textContent.trim() !== editor.value) strange.push([id, 'not alive']); \
         }} return strange;"
    );
    let all = attacks();
    let mut strange = Vec::new();
    for some in all.chunks(AT_ONCE) {
        let texts: Vec<Value> = some.iter().map(|attack| json!([attack.id, attack.text])).collect();
        let answer = page.try_js_async(&script, json!([texts])).unwrap_or_else(|error| {
            panic!("{}: {error} in {:?}", page.engine.name(), page.try_js("return window.__at;", json!([])));
        });
        strange.extend(answer.as_array().cloned().unwrap_or_default());
    }
    assert_eq!(hits(&page), [""; 0], "scripts ran");
    assert!(strange.is_empty(), "the page is not what it was: {strange:?}");
    page.write("---\ntitle: After all\n---\n\nStill *alive*");
    page.wait_for_preview("the next text", "body.querySelector('em')?.textContent === 'alive'");
    assert_eq!(requests(&page), [""; 0], "requests left");
    let asked = page.server.log().into_iter().map(|request| request.target);
    // Parts of the program may arrive meanwhile, and what keeps the page for use without a network.
    let own = |target: &String| target.starts_with("/program-") || target.starts_with("/offline");
    let asked: Vec<String> = asked.filter(|target| !own(target)).collect();
    assert_eq!(asked, [""; 0], "requests to the page's own server");
    assert_eq!(page.tabs().len(), 1);
}
engines!(through_the_whole_page: Chromium Firefox WebKit);

/// The frame alone: what the sanitizer would have kept away is put into the preview as it is.
fn the_frame_alone(start: Start) {
    let page = start.open();
    // What checks the text, and what gives code its colours, is there from now on: it must not be what changes the page.
    page.write(CODE);
    page.wait_for_preview("colours", HAS_COLOURS);
    page.wait_for_tools();
    page.wait_for("the bar above the preview", "document.querySelector('#preview-bar button')");
    count_hits(&page);
    page.server.clear_log();
    page.outside.clear();
    let script = format!(
        "{PROVOKE} {STANDING} const preview = document.getElementById('preview'); const before = standing(), strange = []; \
         for (const [id, html] of arguments[0]) {{ window.__at = id; for (const live of [false, true]) {{ \
             if (!await back()) return [...strange, [id, 'the preview is gone']]; const doc = preview.contentDocument, body = find(doc, 'article.post-body'); \
             if (live) body.replaceChildren(Document.prototype.createRange.call(doc).createContextualFragment(html)); else body.innerHTML = html; \
             await frames(1); provoke(body); await frames(1); \
             const after = standing(); if (after !== before) strange.push([id, before, after]); \
         }} }} return strange;"
    );
    let mut strange = Vec::new();
    for some in attacks().chunks(AT_ONCE) {
        let texts: Vec<Value> = some.iter().map(|attack| json!([attack.id, attack.body()])).collect();
        let answer = page.try_js_async(&script, json!([texts])).unwrap_or_else(|error| {
            panic!("{}: {error} in {:?}", page.engine.name(), page.try_js("return window.__at;", json!([])));
        });
        strange.extend(answer.as_array().cloned().unwrap_or_default());
    }
    page.settle();
    assert_eq!(hits(&page), [""; 0], "scripts ran");
    assert!(strange.is_empty(), "the page is not what it was: {strange:?}");
    // A link may have led the frame away (nobody would click it there: the sanitizer opens links apart); it is back.
    page.reload();
    page.ready();
    // The frame's policy lets pictures and media of other hosts in; it has no word against prefetching.
    let prefetched: Vec<String> = attacks().into_iter().filter(|a| a.text.contains("prefetch")).map(|a| a.id).collect();
    let is_prefetched = |line: &str| prefetched.iter().any(|id| line.contains(&format!("/{id} ")));
    let others: Vec<String> = page
        .outside
        .accepted()
        .into_iter()
        .filter(|line| line.contains(HOST) && !is_picture(line) && !is_prefetched(line))
        .collect();
    assert_eq!(others, [""; 0], "requests left that are no pictures");
    assert_eq!(page.tabs().len(), 1);
}
engines!(the_frame_alone: Chromium Firefox WebKit);

/// By what the browser says that it accepts: `METHOD address accept`.
fn is_picture(line: &str) -> bool {
    let accept = line.split(' ').nth(2).unwrap_or_default();
    accept.starts_with("image/") || accept.starts_with("video/") || accept.starts_with("audio/")
}

/// Plays documents, each in a frame of its own without any defence, in a page of ours.
fn play(page: &Page, documents: &[(String, String)]) {
    for (number, (_, html)) in documents.iter().enumerate() {
        let html = format!("<!doctype html><meta charset=utf-8><body>{html}");
        page.server.route(&format!("/attack/{number}"), Reply::html(html));
    }
    page.server.route("/stage", Reply::html("<!doctype html><title>stage</title><body>"));
    page.goto(&page.server.url("/stage"));
    count_hits(page);
    page.server.clear_log();
    page.outside.clear();
    let script = format!(
        "{PROVOKE} const all = arguments[0].map(number => new Promise(done => {{ \
             const frame = document.createElement('iframe'); frame.src = '/attack/' + number; \
             const timer = setTimeout(done, 8000); \
             frame.onload = async () => {{ try {{ frame.onload = null; provoke(frame.contentDocument.documentElement); }} catch {{ }} \
                 await frames(3); clearTimeout(timer); frame.remove(); done(); }}; \
             document.body.append(frame); }})); \
         await Promise.all(all); return location.pathname;"
    );
    let numbers: Vec<usize> = (0..documents.len()).collect();
    for some in numbers.chunks(10) {
        if let Err(error) = page.try_js_async(&script, json!([some])) {
            // The control's own page may be led away; the sanitized one may not.
            eprintln!("{error}");
            if page.location() != page.server.url("/stage") {
                return;
            }
        }
    }
}

/// The sanitizer alone: what it lets through stands in a page without any defence.
fn the_sanitizer_alone(start: Start) {
    let page = start.prepare();
    let mut documents = Vec::new();
    for attack in attacks() {
        for dialect in [Dialect::GitHub, Dialect::Jekyll] {
            let mut store = BlockStore::new();
            store.update(attack.body(), &Options::of(dialect));
            let html = store.blocks().iter().map(|block| to_html(&block.tokens)).collect();
            documents.push((attack.id.clone(), html));
        }
    }
    play(&page, &documents);
    assert_eq!(hits(&page), [""; 0], "scripts ran");
    assert_eq!(page.location(), page.server.url("/stage"), "the page was led away");
    assert_eq!(requests(&page), [""; 0], "requests left");
    let own = |target: &str| target == "/stage" || target == "/favicon.ico" || target.starts_with("/attack/");
    let asked: Vec<String> = page.server.log().into_iter().map(|r| r.target).filter(|target| !own(target)).collect();
    assert_eq!(asked, [""; 0], "requests to the page's own server");
}
engines!(the_sanitizer_alone: Chromium Firefox WebKit);

/// Without any defence many of the attacks do succeed: the tests above look for what can happen.
fn without_walls_attacks_succeed(start: Start) {
    let page = start.prepare();
    // Those that lead the page away would end the count.
    let stays =
        |attack: &Attack| !["location", "refresh", "_top", "target"].iter().any(|word| attack.text.contains(word));
    let documents: Vec<(String, String)> =
        attacks().into_iter().filter(stays).map(|attack| (attack.id.clone(), attack.body().to_owned())).collect();
    play(&page, &documents);
    let hits = hits(&page);
    let least = match page.engine {
        Engine::Chromium | Engine::Firefox | Engine::WebKit => 60,
    };
    assert!(hits.len() >= least, "{} of {}: {hits:?}", hits.len(), documents.len());
    assert!(requests(&page).len() >= 5, "{:?}", requests(&page));
}
engines!(without_walls_attacks_succeed: Chromium Firefox WebKit);
