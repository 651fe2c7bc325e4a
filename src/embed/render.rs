//! One post, rendered whole, for those who want the engine alone. In: a text and options, from JavaScript. Out: a plain
//! object. Neighbours: `main.rs` exports it, `index.js` calls it, `values.rs` makes the parts, `src/render/`
//! renders.

use std::rc::Rc;

use js_sys::{Array, Date, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::values::{self, object, range};
use crate::app::browser::time_zone::zone;
use crate::app::colours;
use crate::code::Highlighting;
use crate::markdown::Dialect;
use crate::markdown::sanitize::Relative;
use crate::markdown::token::to_html;
use crate::post::jekyll_version::JekyllVersion;
use crate::post::site;
use crate::render::{CheckOptions, Engines, RenderOptions, RenderedPost, Renderer, Request};
use crate::text::Utf16Index;

/// Renders a post: `{html, frontMatter, body, diagnostics, outline, blocks, publication}`, as `src/embed/index.d.ts`
/// describes it, and the options too. What is no option is as if it were not given.
pub async fn render(text: String, options: JsValue) -> JsValue {
    let highlighting = colours::highlighting();
    loop {
        let rendered = render_now(&text, &options, &highlighting);
        // Code whose colours do not arrive is plain.
        if !colours::is_wanted(&highlighting) || colours::load(&highlighting).await.is_err() {
            return rendered;
        }
    }
}

fn render_now(text: &str, options: &JsValue, highlighting: &Highlighting) -> JsValue {
    let wanted = CallOptions::of(options);
    let settings = Rc::new(site::read_with_zones(&wanted.config, JekyllVersion::default(), zone).settings);
    // The HTML goes into a page of the host's, as its site is.
    let render_options = RenderOptions {
        settings: Rc::clone(&settings),
        dialect: wanted.dialect,
        body_only: !wanted.front_matter,
        relative: Relative::Here,
        highlighting: highlighting.clone(),
    };
    let mut renderer = Renderer::new(&render_options, Engines::all());
    let rendered = renderer.render(&Request {
        file_name: wanted.file_name.as_deref(),
        text,
        now: wanted.now,
        checks: wanted.checks.then(CheckOptions::default),
    });
    let index = Utf16Index::new(text);
    let (html, blocks) = blocks(&rendered, &index);
    let [start, end] = range(&index, rendered.post.body_span);
    object(&[
        ("html", JsValue::from_str(&html)),
        ("frontMatter", values::front_matter(rendered.post)),
        ("body", object(&[("start", start), ("end", end)])),
        ("diagnostics", values::diagnostics(&rendered.diagnostics, text).into()),
        ("outline", values::outline(rendered.outline, &rendered.map, rendered.body_start, text).into()),
        ("blocks", blocks.into()),
        ("publication", values::publication(rendered.site_post, text, &settings, wanted.now)),
    ])
}

/// The options, read.
struct CallOptions {
    file_name: Option<String>,
    dialect: Dialect,
    front_matter: bool,
    config: String,
    checks: bool,
    /// In seconds since 1970-01-01T00:00:00Z.
    now: i64,
}

impl CallOptions {
    fn of(options: &JsValue) -> Self {
        let get = |name: &str| Reflect::get(options, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let now = get("now");
        let now = now.dyn_ref::<Date>().map(Date::get_time).filter(|now| now.is_finite()).unwrap_or_else(Date::now);
        Self {
            file_name: get("fileName").as_string().filter(|name| !name.is_empty()),
            dialect: if get("dialect").as_string().as_deref() == Some("github") {
                Dialect::GitHub
            } else {
                Dialect::Jekyll
            },
            front_matter: get("frontMatter").as_bool() != Some(false),
            config: get("config").as_string().unwrap_or_default(),
            checks: get("checks").as_bool() != Some(false),
            now: (now / 1000.0).floor() as i64,
        }
    }
}

/// All blocks as one text, and each as `{html, start, end}`.
fn blocks(rendered: &RenderedPost<'_>, index: &Utf16Index<'_>) -> (String, Array) {
    let mut all = String::new();
    let list = Array::new();
    for block in rendered.blocks {
        let html = to_html(&block.tokens);
        let [start, end] = range(index, rendered.map.span_to_source(block.span).shifted(rendered.body_start));
        list.push(&object(&[("html", JsValue::from_str(&html)), ("start", start), ("end", end)]));
        all.push_str(&html);
    }
    (all, list)
}
