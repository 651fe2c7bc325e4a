//! What plays the attacks of `tests/attacks.txt` in a browser: their texts, a person's hands on every element, and what
//! tells that one has succeeded. In: the file. Out: for `attacks.rs` (the page) and `element/hostile_texts.rs`.
//! Neighbours: `tests/support/attacks.rs` reads the file.

#[path = "../support/attacks.rs"]
mod file;

use crate::support::Page;
pub use file::Attack;
use serde_json::json;

/// Where the attacks' requests go: through the proxy, which writes them down.
pub const HOST: &str = "attack.example";

/// How many attacks one command of the driver plays.
pub const AT_ONCE: usize = 15;

/// Code in every language that the attacks have code in.
pub const CODE: &str = "```html\n<p>a</p><style>a { color: red }</style><script>var c = 1;</script>\n```\n";
/// Whether all of it has its colours, in the preview.
pub const HAS_COLOURS: &str = "['.nt', '.nl', '.kd'].every((css) => body.querySelector(`code ${css}`))";

/// The attacks, with an address of the rest of the web for their requests.
pub fn attacks() -> Vec<Attack> {
    let address = |text: &str| {
        let own = text.replace("http://127.0.0.1:9/", &format!("http://{HOST}/"));
        own.replace("=//127.0.0.1:9/", &format!("=//{HOST}/"))
    };
    let all = file::all().into_iter().map(|attack| Attack { text: address(&attack.text), ..attack });
    all.collect()
}

/// JavaScript: `provoke(root)` does to every element below what a person's pointer and keys could do, and tells what it
/// could not; links that open a tab (other sites, mail, telephone) are left alone: following them is a person's own doing.
pub const PROVOKE: &str = "
const frames = count => new Promise(done => { const next = () => count-- > 0 ? requestAnimationFrame(next) : done(); next(); });
// Called on the prototypes: elements of an attack may bear the names of functions.
const find = (doc, css) => doc && Document.prototype.querySelector.call(doc, css);
const made = (view, name) => {
    const kinds = [[/^key/, 'KeyboardEvent', {key: 'a'}], [/^(mouse|dbl|context|click)/, 'MouseEvent', {}], [/^pointer/, 'PointerEvent', {}],
        [/^(focus|blur)/, 'FocusEvent', {}], [/^wheel/, 'WheelEvent', {}], [/^(drag|drop)/, 'DragEvent', {}], [/^input$/, 'InputEvent', {}]];
    const [, kind, more] = kinds.find(([pattern]) => pattern.test(name)) ?? [null, 'Event', {}];
    return new view[kind](name, {bubbles: true, cancelable: true, ...more});
};
const provoke = root => {
    const view = Object.getOwnPropertyDescriptor(Node.prototype, 'ownerDocument').get.call(root).defaultView;
    for (const element of Element.prototype.querySelectorAll.call(root, '*')) {
        try {
            for (const name of ['focus', 'blur', 'focusin', 'mouseover', 'mouseenter', 'mousemove', 'pointerover', 'pointerenter',
                    'pointerdown', 'mousedown', 'mouseup', 'dblclick', 'contextmenu', 'wheel', 'keydown', 'keyup', 'input', 'change',
                    'toggle', 'beforetoggle', 'animationstart', 'animationend', 'transitionend', 'load', 'error', 'scroll',
                    'copy', 'cut', 'paste', 'drag', 'drop', 'begin', 'end', 'submit', 'reset', 'canplay', 'play', 'resize'])
                EventTarget.prototype.dispatchEvent.call(element, made(view, name));
            if (typeof element.focus === 'function') element.focus({preventScroll: true});
            if ('open' in element && element.localName === 'details') element.open = true;
            const link = Element.prototype.closest.call(element, 'a[href], area[href], [*|href]');
            const address = link ? String(link.href?.baseVal ?? link.href ?? '') : '';
            const own = address.split('#')[0] === view.location.href.split('#')[0];
            if (address === '' || own || /^(javascript|vbscript|data|blob|about|file|filesystem):/i.test(address)) EventTarget.prototype.dispatchEvent.call(element, made(view, 'click'));
            if (element.localName === 'form') HTMLFormElement.prototype.requestSubmit.call(element);
        } catch { }
    }
};
";

/// Runs the attacks' counter: what they call is `__hit` of the top window.
pub fn count_hits(page: &Page) {
    page.js("window.__hits = []; window.__hit = id => { window.__hits.push(String(id)); };", json!([]));
}

/// Those that the attacks have made, each once.
pub fn hits(page: &Page) -> Vec<String> {
    let hits = page.js("return [...new Set(window.__hits)];", json!([]));
    hits.as_array().into_iter().flatten().filter_map(|hit| hit.as_str().map(str::to_owned)).collect()
}

/// Requests that the attacks made, each once.
pub fn requests(page: &Page) -> Vec<String> {
    let mut requests: Vec<String> = page.outside.requests();
    requests.retain(|line| line.contains(HOST));
    requests.sort();
    requests.dedup();
    requests
}
