//! The strict policy of a host, trusted types enforced: nothing violates it, and nothing is asked of another origin.
//! In: `slotted.html`, everything that the element can show. Neighbours: `hostile_texts.rs`.

use super::{Element, nothing_went_wrong, open};
use crate::engines;
use crate::support::Start;
use serde_json::json;

/// Something of everything that a post can have.
const EVERYTHING: &str = "---\nlayout: post\ntitle: \"Everything\"\ndate: 2014-12-08\ntags: [a, b]\n---\n\n\
    # Header\n{: #top .wide style=\"color: red\"}\n\nWords with [a link](https://a.example), `code`, *em* and ~~gone~~, a <span style=\"color: blue\" class=\"x\">span</span>.\n\n\
    > quoted\n\n- [x] done\n- [ ] open\n\n1. one\n2. two\n\n| a | b |\n|---|:-:|\n| c | d |\n\n\
    ```rust\nfn main() {} // a comment\n```\n\n{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}\n\n\
    {% for tag in page.tags %}Tag {{ tag | upcase }}. {% endfor %}\n\n$$x^2$$\n\n\
    <details><summary>More</summary>Text</details>\n\n<script>alert(1)</script>\n\n<iframe src=\"https://b.example\"></iframe>\n\n\
    <style>p { color: red }</style>\n\nA term\n: its definition\n\nNote.[^1]\n\n[^1]: The note.\n\n*[HTML]: Markup\n\nThe end.\n";

fn everything_is_shown_without_a_violation(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    element.js("window.watchFrame(element);", json!([]));
    element.write(EVERYTHING);
    element.wait_for_text("The end.");
    element.wait("Liquid", "body.textContent.includes('Tag A.')");
    element.to_end();
    page.type_keys("\n- a\nb\n\nWords");
    element.wait_for_text("Words");
    for command in [
        "bold",
        "italic",
        "strikethrough",
        "code",
        "link",
        "image",
        "heading-2",
        "bulleted-list",
        "quote",
        "code-block",
    ] {
        element.js("element.select(); element.command(arguments[0]);", json!([command]));
        page.settle();
        page.js("document.execCommand('undo');", json!([]));
    }
    // Not every engine's undo brought the text back.
    element.write(EVERYTHING);
    element.wait("a list of terms", "body.querySelector('dl')");
    // Only Jekyll makes a list of terms; with both, the second preview stands beside the first.
    for (dialect, shown) in [
        ("github", "!body.querySelector('dl')"),
        ("both", "root.querySelectorAll('iframe').length === 2"),
        ("jekyll", "body.querySelector('dl') && root.querySelectorAll('iframe').length === 1"),
    ] {
        element.js("element.setAttribute('dialect', arguments[0]);", json!([dialect]));
        element.wait(dialect, shown);
        page.settle();
    }
    element.write("---\ntitle: \"open\n---\n\nBroken {% if %}\n");
    element.wait("the diagnostic", "!root.querySelector('#status [data-part=diagnostics]').disabled");
    element.click("#status [data-part=diagnostics]");
    element.wait("the list", "root.querySelector('#diagnostics li')");
    element.js("element.focus();", json!([]));
    page.press("F1");
    element.wait("the help", "root.querySelector('dialog[open]')");
    page.press("Escape");
    for theme in ["dark", "light", "auto"] {
        element.js("element.theme = arguments[0];", json!([theme]));
    }
    let (x, y) = element.middle("#divider");
    page.drag((x, y), (x - 80, y));
    page.js("document.getElementById('title').focus();", json!([]));
    element.js("element.remove(); document.forms[0].append(element); ", json!([]));
    Element::drawn(&page, "#element");
    page.after_timers();
    page.settle();
    nothing_went_wrong(&page);
    assert_eq!(page.outside.requests(), [""; 0], "requests to other hosts");
    let log = page.try_log("browser").unwrap_or_default().to_string();
    assert!(!log.contains("Content Security Policy") && !log.contains("Content-Security-Policy"), "{log}");
    // A host's style attributes are forbidden, and there is none.
    assert_eq!(page.js("return document.querySelectorAll('style, script:not([src])').length;", json!([])), 0);
}
engines!(everything_is_shown_without_a_violation: Chromium Firefox WebKit);

/// Were something forbidden, the tests would be told: the counter counts.
fn a_violation_would_be_seen(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    element.js("window.watchFrame(element); const p = doc.createElement('p'); p.setAttribute('style', 'color: red'); document.body.append(Object.assign(document.createElement('style'), {textContent: 'p {}'}));", json!([]));
    page.wait_for("the violation", "window.violations.some(v => v.startsWith('style-src'))");
    page.js("const image = document.createElement('img'); image.src = 'https://pictures.example/a.png'; document.body.append(image);", json!([]));
    page.wait_for("the violation", "window.violations.some(v => v.startsWith('img-src'))");
    assert_eq!(page.outside.requests(), [""; 0]);
}
engines!(a_violation_would_be_seen: Chromium Firefox);

/// Pictures of a text load as far as the host lets them.
fn pictures_follow_the_hosts_policy(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    let pixel = b"<svg xmlns='http://www.w3.org/2000/svg' width='3' height='3'/>".to_vec();
    page.server.route("/own.svg", crate::support::server::Reply { content_type: "image/svg+xml".into(), body: pixel });
    let own = page.server.url("/own.svg");
    element.write(&format!("![own]({own}) ![other](http://pictures.example/b.png)\n"));
    element.wait("the own picture", "body.querySelector('img[alt=own]')?.naturalWidth === 3");
    page.settle();
    assert_eq!(page.outside.requests(), [""; 0]);
}
engines!(pictures_follow_the_hosts_policy: Chromium Firefox);

/// The scripts and the parts of the program are all that is loaded, each once.
fn every_file_is_asked_for_once(start: Start) {
    let page = open(start, "/many.html");
    for css in ["main apercu-editor:nth-of-type(1)", "#three", "#five"] {
        page.js("document.querySelector(arguments[0]).scrollIntoView();", json!([css]));
        let element = Element::drawn(&page, css);
        element.write("{% for tag in page.tags %}{{ tag }}{% endfor %} [end]");
        element.wait_for_text("[end]");
    }
    let mut asked: Vec<String> = page
        .server
        .log()
        .into_iter()
        .filter(|request| request.target.starts_with("/pkg/"))
        .map(|request| request.target.trim_end_matches("?no-inline").to_owned())
        .collect();
    asked.sort();
    let (parts, others): (Vec<_>, Vec<_>) = asked.into_iter().partition(|path| path.ends_with(".wasm"));
    assert_eq!(
        others,
        ["/pkg/apercu.js", "/pkg/auto.js", "/pkg/auto.js?again", "/pkg/index.js", "/pkg/panes.js", "/pkg/split.js"]
    );
    for part in ["/pkg/apercu_bg.wasm", "/pkg/split_element.wasm", "/pkg/split_tools.wasm"] {
        assert!(parts.iter().any(|path| path == part), "{part} is not in {parts:?}");
    }
    let mut once = parts.clone();
    once.dedup();
    assert_eq!(parts, once, "a part was asked for twice");
    nothing_went_wrong(&page);
}
engines!(every_file_is_asked_for_once: Chromium Firefox WebKit);
