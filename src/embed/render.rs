//! One post, rendered whole, for those who want the engine alone. In: a text and options, from JavaScript. Out: a plain
//! object. Neighbours: `main.rs` exports it, `engine.js` calls it, `values.rs` makes the parts. It says what the page says of the same text (`app/session.rs`).

use super::values::{self, object, range};
use crate::app::browser::time_zone::zone;
use crate::app::session::title_of;
use crate::checks::{Review, merged};
use crate::liquid::{self, Rendered};
use crate::markdown::block::{Block, BlockStore};
use crate::markdown::sanitize::Relative;
use crate::markdown::token::to_html;
use crate::markdown::{Dialect, Options};
use crate::post::file_name::FileName;
use crate::post::site::{self, SiteSettings};
use crate::post::{self, Post};
use crate::text::{Diagnostic, SourceMap, Utf16Index};
use js_sys::{Array, Date, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Renders a post: `{html, frontMatter, body, diagnostics, outline, blocks, publication}`, as `src/embed/index.d.ts`
/// describes it, and the options too. What is no option is as if it were not given.
pub fn render(text: &str, options: &JsValue) -> JsValue {
    let wanted = Wanted::of(options);
    let settings = settings(&wanted.config);
    let post = wanted.post(text, &settings);
    let body_start = post.body_span.start.min(text.len());
    let body = text.get(body_start..).unwrap_or("");
    // Liquid is Jekyll's.
    let rendered = match wanted.dialect {
        Dialect::Jekyll => liquid::of_post(text, &post, &settings, wanted.now),
        Dialect::GitHub => Rendered::unchanged(body),
    };
    let converter = Options::of_site(&settings);
    // The HTML goes into a page of the host's, as its site is.
    let mut store = BlockStore::for_page(Relative::Here);
    match wanted.dialect {
        Dialect::Jekyll => store.update_jekyll(&rendered.text, &converter),
        Dialect::GitHub => store.update_github(&rendered.text),
    };
    let map = &rendered.map;

    let mut found = post.diagnostics.clone();
    found.extend(rendered.diagnostics.into_iter().map(|diagnostic| diagnostic.shifted(body_start)));
    found.extend(store.diagnostics().iter().cloned().map(|mut diagnostic| {
        diagnostic.span = map.span_to_source(diagnostic.span);
        diagnostic.shifted(body_start)
    }));
    let checked = if wanted.checks { review(&post, text, &settings, &converter) } else { Vec::new() };
    let found = merged(found, &checked);

    let index = Utf16Index::new(text);
    let (html, blocks) = blocks(store.blocks(), map, body_start, &index);
    let [start, end] = range(&index, post.body_span);
    object(&[
        ("html", JsValue::from_str(&html)),
        ("frontMatter", values::front_matter(&post)),
        ("body", object(&[("start", start), ("end", end)])),
        ("diagnostics", values::diagnostics(&found, text).into()),
        ("outline", values::outline(store.outline(), map, body_start, text).into()),
        ("blocks", blocks.into()),
        ("publication", values::publication(&post, text, &settings, wanted.now)),
    ])
}

/// The options, read.
struct Wanted {
    file_name: Option<String>,
    dialect: Dialect,
    front_matter: bool,
    config: String,
    checks: bool,
    /// In seconds since 1970-01-01T00:00:00Z.
    now: i64,
}

impl Wanted {
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

    /// The post; one without a file name is read as if it were saved under the name that the page suggests.
    fn post(&self, text: &str, settings: &SiteSettings) -> Post {
        let read = |name: &str| if self.front_matter { post::read(name, text) } else { post::read_body(name, text) };
        if let Some(name) = &self.file_name {
            return read(name);
        }
        let post = read("");
        let today = settings.zone.now(self.now);
        let name = FileName::suggest(&title_of(text), post.front_matter.date.as_ref().unwrap_or(&today));
        Post { file_name: FileName::read(&name), ..post }
    }
}

/// The settings of a `_config.yml`, with its time zone where the engine knows it.
fn settings(config: &str) -> SiteSettings {
    let mut settings = site::read(config).settings;
    if let Some(zone) = settings.unknown_zone().and_then(zone) {
        settings.zone = zone;
    }
    settings
}

fn review(post: &Post, text: &str, settings: &SiteSettings, options: &Options) -> Vec<Diagnostic> {
    Review { post, text, settings, options, known_tags: &[], off: &[] }.diagnostics()
}

/// All blocks as one text, and each as `{html, start, end}`.
fn blocks(blocks: &[Block], map: &SourceMap, body_start: usize, index: &Utf16Index<'_>) -> (String, Array) {
    let mut all = String::new();
    let list = Array::new();
    for block in blocks {
        let html = to_html(&block.tokens);
        let [start, end] = range(index, map.span_to_source(block.span).shifted(body_start));
        list.push(&object(&[("html", JsValue::from_str(&html)), ("start", start), ("end", end)]));
        all.push_str(&html);
    }
    (all, list)
}
