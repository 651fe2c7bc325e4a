//! Texts that attack the page that shows them, in an element: under the host's strict policy, and without any. No script
//! runs, no request leaves, and the host's document is what it was. In: `tests/attacks.txt`, `slotted.html`.
//! Neighbours: `attacking.rs` plays them; `attacks.rs` is the same for the page.

use super::{Element, open, open_free};
use crate::attacking::{AT_ONCE, CODE, HAS_COLOURS, PROVOKE, attacks, count_hits, hits, requests};
use crate::engines;
use crate::support::server::Request;
use crate::support::{Page, Start};
use serde_json::{Value, json};

/// What must be the same after every attack: where the page is, its whole markup, and what the element consists of.
const STANDING: &str = "
const host = Document.prototype.querySelector.call(document, '#element'), shadow = host.shadowRoot, preview = () => shadow.getElementById('preview');
const post = () => { try { return find(preview().contentDocument, 'article.post-body'); } catch { return null; } };
const back = async () => {
    for (let tries = 0; tries < 100; tries++) {
        if (post()) return true;
        await new Promise(done => setTimeout(done, 30));
    }
    return false;
};
const frame_address = () => { try { return preview().contentWindow.location.href.split('#')[0]; } catch { return 'elsewhere'; } };
const standing = () => JSON.stringify([location.href, document.documentElement.outerHTML, Object.keys(window).length, document.cookie, history.length,
    [...shadow.querySelectorAll('#layout, #layout > *, #workspace > *')].map(e => e.localName + '#' + e.id).filter(name => name !== 'ul#diagnostics').sort(),
    shadow.querySelectorAll('button[data-command], button[data-view]').length, shadow.querySelectorAll('script, iframe, form, base, link, style').length]);
";

/// By what the browser says that it fetches, or that it accepts.
fn is_seen_or_heard(request: &Request) -> bool {
    let header =
        |wanted: &str| request.headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let kinds = ["image", "video", "audio"];
    let kind = header("sec-fetch-dest").or_else(|| header("accept")).unwrap_or_default();
    request.method == "GET" && kinds.iter().any(|known| kind.starts_with(known))
}

/// Plays every `of`-th attack, from `first` (zero-based) on.
fn attack_with(page: &Page, first: usize, of: usize) {
    let element = Element::drawn(page, "#element");
    // What reads Liquid, checks the text and gives code its colours is there from now on: it must not be what changes the
    // page.
    element.write(&["{% assign a = 1 %}A first word {{ a }}\n\n", CODE].concat());
    element.wait_for_text("word 1");
    element.wait("colours", HAS_COLOURS);
    count_hits(page);
    page.js("window.__at = '';", json!([]));
    page.server.clear_log();
    page.outside.clear();
    let script = format!(
        "{PROVOKE} {STANDING} const area = host.textarea, strange = []; let frame = frame_address(); const before = standing(); area.focus(); \
         for (const [id, text] of arguments[0]) {{ window.__at = id; \
             area.value = text; area.dispatchEvent(new InputEvent('input', {{bubbles: true, composed: true}})); await frames(2); \
             const root = find(preview().contentDocument, 'html'); if (root) provoke(root); await frames(1); \
             const after = standing(); if (after !== before) strange.push([id, before, after]); \
             if (frame_address() !== frame) {{ strange.push([id, 'the preview went to ' + frame_address()]); frame = frame_address(); }} \
             if (!await back()) return [...strange, [id, 'the preview is gone']]; \
             area.value = 'alive after ' + id; area.dispatchEvent(new InputEvent('input', {{bubbles: true, composed: true}})); await frames(2); \
             if (post()?.textContent.trim() !== area.value) strange.push([id, 'not alive']); \
         }} return strange;"
    );
    let mut strange = Vec::new();
    let chosen: Vec<_> = attacks().into_iter().skip(first).step_by(of).collect();
    for some in chosen.chunks(AT_ONCE) {
        let texts: Vec<Value> = some.iter().map(|attack| json!([attack.id, attack.text])).collect();
        let answer = page.try_js_async(&script, json!([texts])).unwrap_or_else(|error| {
            panic!("{}: {error} in {:?}", page.engine.name(), page.try_js("return window.__at;", json!([])));
        });
        strange.extend(answer.as_array().cloned().unwrap_or_default());
    }
    assert_eq!(hits(page), [""; 0], "scripts ran");
    assert!(strange.is_empty(), "the host is not what it was: {strange:?}");
    element.write("---\ntitle: After all\n---\n\nStill *alive*");
    element.wait("the next text", "body.querySelector('em')?.textContent === 'alive'");
    assert_eq!(requests(page), [""; 0], "requests left");
    // A relative address leads to the host's own site, for pictures and sound as any address does, and for nothing else.
    let others: Vec<_> = page.server.log().into_iter().filter(|request| !is_seen_or_heard(request)).collect();
    assert_eq!(others, [], "requests to the host's own server");
    assert_eq!(page.tabs().len(), 1);
    assert_eq!(page.js("return window.mistakes;", json!([])), json!([]));
}

fn under_the_strict_policy(start: Start) {
    let page = open(start, "/slotted.html");
    attack_with(&page, 0, 1);
}
// WebKit takes minutes for these, and has them without the policy below.
engines!(under_the_strict_policy: Chromium Firefox);

fn without_any_policy(start: Start) {
    let page = open_free(start, "/slotted.html");
    attack_with(&page, 0, 2);
}
engines!(without_any_policy: Chromium Firefox WebKit);

/// The other half: WebKit takes minutes for all of them.
fn without_any_policy_the_rest(start: Start) {
    let page = open_free(start, "/slotted.html");
    attack_with(&page, 1, 2);
}
engines!(without_any_policy_the_rest: Chromium Firefox WebKit);

/// The host puts the property `html` into its own document, as the package's README allows.
fn the_html_is_safe_in_the_hosts_document(start: Start) {
    let page = open_free(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    element.wait_for_text("First words");
    count_hits(&page);
    page.server.clear_log();
    page.outside.clear();
    let script = format!(
        "{PROVOKE} const element = document.querySelector('#element'), place = document.createElement('div'); document.body.append(place); \
         for (const [id, text] of arguments[0]) {{ window.__at = id; element.value = text; place.innerHTML = element.html; await frames(1); provoke(place); await frames(1); }} \
         place.remove(); return location.pathname;"
    );
    for some in attacks().chunks(AT_ONCE) {
        let texts: Vec<Value> = some.iter().map(|attack| json!([attack.id, attack.text])).collect();
        assert_eq!(page.js_async(&script, json!([texts])), "/slotted.html");
    }
    assert_eq!(hits(&page), [""; 0], "scripts ran");
    assert_eq!(requests(&page), [""; 0], "requests left");
    assert_eq!(page.tabs().len(), 1);
}
engines!(the_html_is_safe_in_the_hosts_document: Chromium);
