//! A custom element of the package in a host's page: its text, its preview, what a pointer does to it.
//! In: a browser and a CSS selector. Out: `Element`. Neighbours: `page.rs` is the same for our own page.

use super::browser::Browser;
use serde_json::{Value, json};

/// Gives a script the parts of an element: `host`, `root` (its shadow root), `field` (its textarea, the host page's own
/// or one inside), `body` (what is shown of the text; there may be a header of the post above it).
const PARTS: &str = "const host = document.querySelector(arguments[0]), root = host.shadowRoot, \
    field = host.querySelector('textarea') ?? root?.querySelector('textarea'), \
    page = root?.querySelector('#preview')?.contentDocument, \
    body = page?.querySelector('article.post-body') ?? page?.body;";

/// An element by the selector that finds it; it is looked for anew by every call.
pub struct Element<'b> {
    browser: &'b Browser,
    css: String,
}

impl<'b> Element<'b> {
    /// The first element of the page that the selector finds.
    pub fn new(browser: &'b Browser, css: impl Into<String>) -> Self {
        Self { browser, css: css.into() }
    }

    /// Runs JavaScript with these parts; `given` is the second of its `arguments`.
    #[track_caller]
    pub fn js(&self, script: &str, given: Value) -> Value {
        self.browser.js(&format!("{PARTS} {script}"), json!([self.css, given]))
    }

    /// Waits until an expression over the parts is true.
    #[track_caller]
    pub fn wait_for(&self, what: &str, expression: &str) -> Value {
        let parts = PARTS.replace("arguments[0]", &json!(self.css).to_string());
        self.browser.wait_for(what, &format!("(() => {{ {parts} return {expression}; }})()"))
    }

    /// Brings the element into view, which is what it waits for, and waits until it is drawn.
    #[track_caller]
    pub fn ready(&self) {
        self.browser.find(&self.css);
        self.js("host.scrollIntoView({block: 'center', behavior: 'instant'});", json!(null));
        self.wait_for("the element", "'ready' in host.dataset && body");
        self.browser.settle();
    }

    /// The text in the textarea.
    #[track_caller]
    pub fn text(&self) -> String {
        self.js("return field.value;", json!(null)).as_str().unwrap_or_default().to_owned()
    }

    /// Clicks into the textarea, as a person does, and fails where something else is in front of it. The caret goes
    /// behind the text.
    #[track_caller]
    pub fn click(&self) {
        let script = "host.scrollIntoView({block: 'center', behavior: 'instant'}); const r = field.getBoundingClientRect(); \
            const x = Math.round(r.left + Math.min(r.width / 2, 60)), y = Math.round(r.top + Math.min(r.height / 2, 30)); \
            return [x, y];";
        let point = self.js(script, json!(null));
        self.browser.click_at(point[0].as_i64().unwrap_or(-1), point[1].as_i64().unwrap_or(-1));
        let focused = self.js("return document.activeElement === field || root?.activeElement === field;", json!(null));
        assert_eq!(focused, true, "a click at {point} did not reach the textarea of {}", self.css);
        self.js("field.setSelectionRange(field.value.length, field.value.length);", json!(null));
    }

    /// Clicks into the textarea and types at the end of its text: each key by itself; what no key has comes as from an
    /// input method.
    #[track_caller]
    pub fn type_keys(&self, text: &str) {
        self.click();
        for piece in text.split_inclusive('\n') {
            match piece.is_ascii() {
                true => self.browser.type_keys(piece),
                false => {
                    self.browser.insert_text(piece.trim_end_matches('\n'));
                    self.browser.type_keys(if piece.ends_with('\n') { "\n" } else { "" });
                }
            }
        }
    }

    /// What the preview says.
    #[track_caller]
    pub fn shown(&self) -> String {
        self.js("return body.innerText;", json!(null)).as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the preview has a text in it.
    #[track_caller]
    pub fn wait_for_text(&self, text: &str) {
        self.wait_for(text, &format!("body.textContent.includes({})", json!(text)));
    }

    /// Waits until an expression over `body`, what the preview shows, is true.
    #[track_caller]
    pub fn wait_for_preview(&self, what: &str, expression: &str) {
        self.wait_for(what, expression);
    }
}

impl Browser {
    /// From the next load on, every violation of a Content-Security-Policy is written down, in frames too.
    #[track_caller]
    pub fn watch_policy(&self) {
        self.before_load(
            "if (window === top) window.__violations = []; \
             document.addEventListener('securitypolicyviolation', event => \
                 top.__violations.push(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sourceFile + ' ' + event.sample));",
        );
    }

    /// The violations of this page so far.
    #[track_caller]
    pub fn violations(&self) -> Vec<String> {
        let seen = self.js("return window.__violations;", json!([]));
        let seen = seen.as_array().expect("watch_policy was called before the page was loaded");
        seen.iter().filter_map(|line| line.as_str().map(str::to_owned)).collect()
    }
}
