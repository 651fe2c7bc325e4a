//! Nothing is sent anywhere, and the page lets no foreign script in. In: the logs of the server and of the proxy.
//! Neighbours: `attacks.rs`.

use crate::engines;
use crate::support::text::{post, sections};
use crate::support::{Engine, Start};
use serde_json::json;

fn nothing_leaves_the_origin(start: Start) {
    let page = start.open();
    page.write(&post(&format!("Secret words\n\n{}", sections(10))));
    page.wait_for_text("section 10");
    page.wait_until_stored();
    for action in ["help", "drafts"] {
        page.action(action);
        page.wait_for("the dialog", &format!("document.querySelector('#{action}[open]')"));
        page.press("Escape");
        page.wait_for("it gone", &format!("!document.querySelector('#{action}')"));
    }
    page.action("theme");
    page.reload();
    page.ready();
    page.settle();
    assert_eq!(page.outside.requests(), [""; 0]);
    for request in page.server.log() {
        assert_eq!(request.method, "GET", "{request:?}");
        let name = request.target.trim_start_matches('/');
        let known = name.is_empty()
            || name == "favicon.ico"
            // For systems that install the page.
            || name == "manifest.json"
            // Tables for code in colours.
            || name.starts_with("rouge/")
            || [".js", ".wasm", ".html", ".css", ".svg"].iter().any(|end| name.ends_with(end));
        assert!(known && !name.contains('?'), "{request:?}");
    }
}
engines!(nothing_leaves_the_origin: Chromium Firefox WebKit);

fn the_policy_lets_no_foreign_script_in(start: Start) {
    let page = start.open();
    let policy = page.js(
        "return document.querySelector('meta[http-equiv=\"Content-Security-Policy\" i]')?.content ?? '';",
        json!([]),
    );
    let policy = policy.as_str().unwrap_or_default();
    let directive = |name: &str| {
        let found = policy.split(';').map(str::trim).find(|part| part.split(' ').next() == Some(name));
        found.map(str::to_owned)
    };
    let scripts = directive("script-src").or_else(|| directive("default-src")).unwrap_or_default();
    assert!(!scripts.is_empty(), "{policy}");
    for word in ["'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "data:", "blob:"] {
        assert!(!scripts.split(' ').any(|part| part == word), "{word} in {scripts}");
    }
    let objects = directive("object-src").or_else(|| directive("default-src")).unwrap_or_default();
    assert!(objects.contains("'none'"), "{policy}");
    assert!(directive("base-uri").unwrap_or_default().contains("'none'"), "{policy}");
    // It is in force.
    let ran = page.js_async(
        "const script = document.createElement('script'); script.textContent = 'window.foreign = 1'; document.body.append(script); \
         const far = document.createElement('script'); far.src = 'http://elsewhere.example/x.js'; document.body.append(far); \
         await new Promise(done => { far.onerror = far.onload = done; }); let evaluated = 0; \
         try { evaluated = window.eval('2'); } catch { } return [window.foreign ?? 0, evaluated];",
        json!([]),
    );
    if page.engine == Engine::Chromium {
        // Chromium lets a WebDriver script use eval; the others do not.
        assert_eq!(ran[0], 0);
    } else {
        assert_eq!(ran, json!([0, 0]));
    }
    assert_eq!(page.outside.requests(), [""; 0]);
}
engines!(the_policy_lets_no_foreign_script_in: Chromium Firefox WebKit);

fn scripts_and_styles_carry_their_digest(start: Start) {
    let page = start.open();
    let bare = page.js(
        "return [...document.querySelectorAll('script[src], link[rel=stylesheet], link[rel=modulepreload]')] \
             .filter(e => !/^sha(256|384|512)-/.test(e.integrity)).map(e => e.outerHTML);",
        json!([]),
    );
    assert_eq!(bare, json!([]));
    assert_ne!(page.js("return document.querySelectorAll('script[integrity]').length;", json!([])), 0);
    // A preload of `fetch` has no digest; the fetch itself has.
    let program = page.js_async(
        "const scripts = [...document.querySelectorAll('script[type=module]')].map(s => fetch(s.src).then(r => r.text())); \
         return (await Promise.all(scripts)).join('');",
        json!([]),
    );
    let program = program.as_str().unwrap_or_default();
    assert!(program.contains(".wasm") && program.contains("sha256-"), "{program}");
}
engines!(scripts_and_styles_carry_their_digest: Chromium);

fn the_preview_has_both_walls(start: Start) {
    let page = start.open();
    let sandbox = page.js("return document.getElementById('preview').getAttribute('sandbox');", json!([]));
    let sandbox = sandbox.as_str().unwrap_or_default();
    assert!(sandbox.contains("allow-same-origin") && !sandbox.contains("allow-scripts"), "{sandbox}");
    for word in ["allow-top-navigation", "allow-forms", "allow-modals", "allow-downloads"] {
        assert!(!sandbox.contains(word), "{sandbox}");
    }
    let policy = page.preview(
        "return doc.querySelector('meta[http-equiv=\"Content-Security-Policy\" i]')?.content ?? '';",
        json!([]),
    );
    let policy = policy.as_str().unwrap_or_default();
    for part in ["default-src 'none'", "form-action 'none'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{part} in {policy}");
    }
    assert!(!policy.contains("script-src"), "{policy}");
}
engines!(the_preview_has_both_walls: Chromium);

/// Under a path below the root, as on a project's pages.
fn it_works_below_any_path(start: Start) {
    let page = start.prepare();
    let dist = crate::support::start::built_page();
    page.server.handle(move |request| {
        let path = request.target.split('?').next()?.strip_prefix("/some/where/")?;
        let path = if path.is_empty() { "index.html" } else { path };
        let body = std::fs::read(dist.join(path)).ok()?;
        let content_type = crate::support::server::media_type(std::path::Path::new(path)).to_owned();
        Some(crate::support::server::Reply { content_type, body })
    });
    page.goto(&page.server.url("/some/where/"));
    page.ready();
    page.write(&post("Below a *path*"));
    page.wait_for_preview("the text", "body.querySelector('em')?.textContent === 'path'");
}
engines!(it_works_below_any_path: Chromium);
