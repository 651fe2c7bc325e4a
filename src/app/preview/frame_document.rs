//! A document for a frame that has none of its own: a custom element's preview stands in an empty one that is filled
//! node by node, so that the page around needs no other file and may forbid inline styles and markup strings. In: the
//! frame, styles. Out: the places that `preview.rs` looks for. Neighbours: `preview.html` is the same for the page.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement, HtmlIFrameElement, Window};

use crate::app::browser::dom::{made, style_sheet, window};

/// What the frame may load, whatever the page around allows: pictures and sound, nothing else.
const POLICY: &str = "default-src 'none'; img-src https: http: data: blob:; media-src https: http: data: blob:; \
                      style-src 'unsafe-inline'; font-src data:; form-action 'none'; base-uri 'none'";

/// Properties of the host that the post takes over, and what the post's styles call them.
const TAKEN: [(&str, &str); 6] = [
    ("--apercu-ink", "--ink"),
    ("--apercu-paper", "--paper"),
    ("--apercu-muted", "--muted"),
    ("--apercu-accent", "--link"),
    ("--apercu-serif", "--serif"),
    ("--apercu-mono", "--mono"),
];

/// The browser's own size of text, in CSS pixels.
const USUAL: f64 = 16.0;

/// How many times larger the text of a post is than that of the page around it.
const LARGER: f64 = 1.0625;

/// The only markup there is: without it a browser falls back to its oldest rules of layout.
const EMPTY: &str = "<!doctype html>";

/// What the policy for that markup is called, for pages that list the policies they allow (`trusted-types`).
const TRUSTED: &str = "apercu";

thread_local! {
    static MARKUP: JsValue = trusted().unwrap_or_else(|_| EMPTY.into());
}

/// The empty document as the page's policy wants markup.
fn trusted() -> Result<JsValue, JsValue> {
    let factory = Reflect::get(&window(), &"trustedTypes".into())?;
    let create: Function = Reflect::get(&factory, &"createPolicy".into())?.dyn_into()?;
    let rules = Object::new();
    let as_it_is = Closure::<dyn Fn(JsValue) -> JsValue>::new(|markup| markup);
    Reflect::set(&rules, &"createHTML".into(), &as_it_is.into_js_value())?;
    let policy = create.call2(&factory, &TRUSTED.into(), &rules)?;
    let markup: Function = Reflect::get(&policy, &"createHTML".into())?.dyn_into()?;
    markup.call1(&policy, &EMPTY.into())
}

/// Gives a frame an empty document of its own, where the page's policy lets it; else it keeps the browser's blank one.
pub fn empty(frame: &HtmlIFrameElement) {
    MARKUP.with(|markup| drop(Reflect::set(frame, &"srcdoc".into(), markup)));
}

/// Fills the frame's document where it is still empty.
pub fn fill_document(frame: &HtmlIFrameElement, document: &Document, view: &Window, styles: &str) {
    let own = if frame.has_attribute("srcdoc") { "about:srcdoc" } else { "about:blank" };
    let empty = view.location().href().is_ok_and(|address| address == own)
        && document.body().is_some_and(|body| body.child_element_count() == 0);
    if empty {
        let _ = fill(document, view, styles);
        let _ = adapt(frame, document);
    }
}

fn fill(document: &Document, view: &Window, styles: &str) -> Result<(), JsValue> {
    let head = document.head().ok_or(JsValue::NULL)?;
    head.append_child(&made(document, "meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]))?;
    head.append_child(&made(document, "meta", &[("name", "referrer"), ("content", "no-referrer")]))?;
    let sheet = style_sheet(view, styles)?;
    Reflect::set(document, &"adoptedStyleSheets".into(), &Array::of1(&sheet))?;
    let main = made(document, "main", &[("class", "post")]);
    main.append_child(&made(document, "header", &[("class", "post-header")]))?;
    main.append_child(&made(document, "article", &[("class", "post-body")]))?;
    document.body().ok_or(JsValue::NULL)?.append_child(&main)?;
    Ok(())
}

/// Takes over direction, size of text and colours of the page around, as they are now.
pub fn adapt(frame: &HtmlIFrameElement, document: &Document) -> Result<(), JsValue> {
    let around = window().get_computed_style(frame)?.ok_or(JsValue::NULL)?;
    let root: HtmlElement = document.document_element().ok_or(JsValue::NULL)?.unchecked_into();
    root.set_attribute("dir", &around.get_property_value("direction")?)?;
    let size = js_sys::parse_float(&around.get_property_value("font-size")?);
    if size.is_finite() && (size - USUAL).abs() >= 0.5 {
        let tenths = (size * LARGER * 10.0).round() as u32;
        let size = [&(tenths / 10).to_string(), ".", &(tenths % 10).to_string(), "px"].concat();
        root.style().set_property("font-size", &size)?;
    }
    for (name, own) in TAKEN {
        let value = around.get_property_value(name)?;
        if value.trim().is_empty() {
            root.style().remove_property(own)?;
        } else {
            root.style().set_property(own, value.trim())?;
        }
    }
    Ok(())
}
