//! `<apercu-editor>` and `<apercu-preview>` in a host's page: static pages of `fixtures/element/` under the strict policy
//! that the package promises to live with. In: the built package. Out: the host's page, and `Element`, one element in it.
//! Neighbours: each other file is one promise of the elements.

mod accessible;
mod adopted;
mod alone;
mod attributes;
mod colours;
mod events;
mod hostile_texts;
mod initial_preview;
mod isolation;
mod lazy;
mod leaks;
mod lives;
mod pictures;
mod policy;
mod previews;
mod slotted;
mod stopping;
mod without;
mod working;

use crate::support::server::Reply;
use crate::support::start::built_package;
use crate::support::{Page, Start};
use serde_json::{Value, json};
use std::path::Path;

/// The policy of the host, as the package's README has it.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; \
                          img-src 'self'; require-trusted-types-for 'script'";

/// A server with the hosts' pages and the package, a browser on a blank page.
pub fn prepare(start: Start) -> Page {
    let page = start.serving(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/fixtures/element")).prepare();
    page.server.mount("/pkg/", &built_package());
    page.server.route("/posted", Reply::html("<!doctype html><title>posted</title><p id=posted>Posted"));
    page
}

/// A host's page under the strict policy.
#[track_caller]
pub fn open(start: Start, file: &str) -> Page {
    let page = prepare(start);
    page.server.add_header("Content-Security-Policy", POLICY);
    page.goto(&page.server.url(file));
    page
}

/// The same without a policy, for hosts that write markup.
#[track_caller]
pub fn open_free(start: Start, file: &str) -> Page {
    let page = prepare(start);
    page.goto(&page.server.url(file));
    page
}

/// What a form has posted, once its answer is shown.
#[track_caller]
pub fn posted(page: &Page) -> String {
    page.wait_for("the answer to the form", "document.getElementById('posted')");
    let log = page.server.log();
    let request = log.iter().rfind(|request| request.method == "POST").expect("nothing was posted");
    String::from_utf8_lossy(&request.body).into_owned()
}

/// Fails where the host's page was told of a violation or a mistake.
#[track_caller]
pub fn nothing_went_wrong(page: &Page) {
    assert_eq!(page.js("return [window.violations, window.mistakes];", json!([])), json!([[], []]));
}

/// One element of the page.
pub struct Element<'p> {
    page: &'p Page,
    css: String,
}

impl<'p> Element<'p> {
    /// The first that a selector finds.
    pub fn of(page: &'p Page, css: &str) -> Self {
        Self { page, css: css.to_owned() }
    }

    /// The same, drawn.
    #[track_caller]
    pub fn drawn(page: &'p Page, css: &str) -> Self {
        let element = Self::of(page, css);
        element.wait("it to be drawn", "element.hasAttribute('data-ready') && body");
        element
    }

    fn parts(&self) -> String {
        format!(
            "const element = document.querySelector({}), root = element.shadowRoot, area = element.textarea, \
             frame = root && root.getElementById('preview'), doc = frame && frame.contentDocument, \
             body = doc && doc.querySelector('main.post > article.post-body');",
            json!(self.css)
        )
    }

    /// Runs JavaScript with `element`, `root` (its shadow tree), `area` (its textarea), `doc` and `body` (of its
    /// preview).
    #[track_caller]
    pub fn js(&self, script: &str, arguments: Value) -> Value {
        self.page.js(&format!("{} {script}", self.parts()), arguments)
    }

    /// The same for the body of an async function.
    #[track_caller]
    pub fn js_async(&self, script: &str, arguments: Value) -> Value {
        self.page.js_async(&format!("{} {script}", self.parts()), arguments)
    }

    /// The value of an expression over them.
    #[track_caller]
    pub fn get(&self, expression: &str) -> Value {
        self.js(&format!("return {expression};"), json!([]))
    }

    /// Waits until an expression over them is true.
    #[track_caller]
    pub fn wait(&self, what: &str, expression: &str) -> Value {
        self.page.wait_for(what, &format!("(() => {{ {} return {expression}; }})()", self.parts()))
    }

    /// The text.
    #[track_caller]
    pub fn text(&self) -> String {
        self.get("element.value").as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the preview has a text in it.
    #[track_caller]
    pub fn wait_for_text(&self, text: &str) {
        self.wait(text, &format!("body.textContent.includes({})", json!(text)));
    }

    /// Clicks into the text, behind its last letter.
    #[track_caller]
    pub fn to_end(&self) {
        self.js("area.focus(); area.setSelectionRange(area.value.length, area.value.length);", json!([]));
        assert_eq!(self.get("area.matches(':focus')"), true, "the field took no focus");
    }

    /// Replaces the whole text as a paste over everything would.
    #[track_caller]
    pub fn write(&self, text: &str) {
        let script = "area.focus(); area.select(); \
            if (arguments[0] === '') document.execCommand('delete'); else document.execCommand('insertText', false, arguments[0]); \
            return area.value;";
        assert_eq!(self.js(script, json!([text])), text, "the field took the text otherwise");
        self.page.settle();
    }

    /// The middle of what a selector finds in the shadow tree, in CSS pixels of the window.
    #[track_caller]
    pub fn middle(&self, inner: &str) -> (i64, i64) {
        let script = "const at = root.querySelector(arguments[0]); at.scrollIntoView({block: 'nearest'}); \
            const r = at.getBoundingClientRect(); \
            return [Math.round(r.left + r.width / 2), Math.round(r.top + r.height / 2)];";
        self.wait(inner, &format!("root.querySelector({})", json!(inner)));
        let middle = self.js(script, json!([inner]));
        (middle[0].as_i64().unwrap_or(0), middle[1].as_i64().unwrap_or(0))
    }

    /// Clicks what a selector finds in the shadow tree.
    #[track_caller]
    pub fn click(&self, inner: &str) {
        let (x, y) = self.middle(inner);
        self.page.click_at(x, y);
    }

    /// Clicks what a selector finds in the preview.
    #[track_caller]
    pub fn click_in_preview(&self, inner: &str) {
        let script = "const r = body.querySelector(arguments[0]).getBoundingClientRect(), f = frame.getBoundingClientRect(); \
            return [Math.round(f.left + r.left + Math.min(r.width / 2, 12)), Math.round(f.top + r.top + r.height / 2)];";
        let middle = self.js(script, json!([inner]));
        self.page.click_at(middle[0].as_i64().unwrap_or(0), middle[1].as_i64().unwrap_or(0));
    }

    /// The toolbar's button of a command.
    #[track_caller]
    pub fn toolbar(&self, command: &str) {
        self.click(&format!("[data-command={command}]"));
    }
}
