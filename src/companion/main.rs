//! The companion module's entry point. In: calls of the page. Out: bytes for `Twin`. Neighbours: `mod.rs`,
//! `app/effects/companion.rs`.

#[cfg(target_arch = "wasm32")]
mod hear;
#[cfg(target_arch = "wasm32")]
mod morph;
#[cfg(target_arch = "wasm32")]
mod panel;
#[cfg(target_arch = "wasm32")]
mod render;

#[cfg(target_arch = "wasm32")]
mod exports {
    use std::cell::{Cell, RefCell};
    use std::collections::BTreeMap;
    use std::thread::LocalKey;

    use apercu::app::panel::Tab;
    use apercu::checks::Review;
    use apercu::companion::{
        decode_change, decode_lists, decode_zone, encode_blocks, encode_edit, encode_findings, encode_heard,
        encode_rendered, encode_update,
    };
    use apercu::compare;
    use apercu::liquid::of_post;
    use apercu::markdown::block::BlockStore;
    use apercu::markdown::sanitize::Relative;
    use apercu::markdown::{Options, render_html};
    use apercu::post::form::{self, Refusal, What};
    use apercu::post::site::SiteSettings;
    use apercu::post::{self, Post, site};
    use js_sys::{Array, Function, Reflect};
    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
    use web_sys::{Element, Event, HtmlElement};

    use super::panel::Shown;
    use super::{hear, morph};

    /// A body as HTML, in Jekyll's dialect, **not** sanitized: for comparisons. Never put it into a page.
    #[wasm_bindgen]
    pub fn html(body: &str) -> String {
        render_html(body, &Options::default())
    }

    /// Takes the site's settings: the text of its `_config.yml`, and its time zone as `encode_zone` writes it.
    #[wasm_bindgen]
    pub fn site(config: &str, zone: &[u8]) {
        let mut settings = site::read(config).settings;
        if let Some(zone) = decode_zone(zone) {
            settings.zone = zone;
        }
        SITE.set(settings);
        CONFIG.set(config.to_owned());
    }

    /// Runs Liquid over the body of a post; `now` is the time in seconds since 1970.
    #[wasm_bindgen]
    pub fn liquid(name: &str, text: &str, now: f64, body_only: bool) -> Vec<u8> {
        let post = read(name, text, body_only);
        SITE.with_borrow(|settings| encode_rendered(&of_post(text, &post, settings, now as i64)))
    }

    fn read(name: &str, text: &str, body_only: bool) -> Post {
        if body_only { post::read_body(name, text) } else { post::read(name, text) }
    }

    /// Checks a post; `known_tags` are those of other posts, `off` the codes of the checks that do not run, each on a
    /// line.
    #[wasm_bindgen]
    pub fn check(name: &str, text: &str, known_tags: &str, off: &str, body_only: bool) -> Vec<u8> {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let (known_tags, off, post) = (lines(known_tags), lines(off), read(name, text, body_only));
        SITE.with_borrow(|settings| {
            let options = Options::of_site(settings);
            let review = Review { post: &post, text, settings, options: &options, known_tags: &known_tags, off: &off };
            encode_findings(&review.findings())
        })
    }

    /// What a person wants of the panel with an event in it, as `encode_heard` writes it; empty where it is nothing.
    #[wasm_bindgen]
    pub fn hear(event: &Event) -> Vec<u8> {
        hear::hear(event).as_ref().map(encode_heard).unwrap_or_default()
    }

    /// The edit that makes a change of the form in a text: both as `encode_change` and `encode_edit` write them.
    #[wasm_bindgen]
    pub fn change(text: &str, change: &[u8]) -> Vec<u8> {
        let Some(change) = decode_change(change) else { return encode_edit(&Err(Refusal::Impossible)) };
        let edit = form::edit(text, &change);
        let field = ["field-", &change.key].concat();
        match change.what {
            // What was not taken does not stay in the field.
            What::Set(..) => INSIST.set(field),
            What::Create(_) | What::Drop(_) if edit.is_ok() => FOCUS.set(field),
            _ => {}
        }
        encode_edit(&edit)
    }

    /// Draws the panel into `host`, with the tab of that name; the rest is as `Shown` has it. What is there already stays
    /// as far as it can. Gives nothing.
    #[wasm_bindgen]
    pub fn panel(host: &Element, tab: &str, name: &str, text: &str, now: f64, known: &str, off: &str) -> Vec<u8> {
        style(&PANEL_STYLED, include_str!("../../styles/panel.css"));
        let tab = Tab::of_name(tab).unwrap_or(Tab::Publication);
        let tokens = SITE.with_borrow(|settings| {
            CONFIG
                .with_borrow(|config| Shown { tab, name, text, now: now as i64, known, off, config, settings }.tokens())
        });
        let _ = morph::morph(host, &tokens, &INSIST.take());
        let focus = FOCUS.take();
        let document = host.owner_document().filter(|_| !focus.is_empty());
        if let Some(element) = document.and_then(|document| document.get_element_by_id(&focus)) {
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
        Vec::new()
    }

    thread_local! {
        static SITE: RefCell<SiteSettings> = RefCell::default();
        static GITHUB: RefCell<BTreeMap<u32, BlockStore>> = RefCell::default();
        static CONFIG: RefCell<String> = RefCell::default();
        /// The id of the field that a change of the form was made in, …
        static INSIST: RefCell<String> = RefCell::default();
        /// … and of the one that gets the focus, when the panel is drawn next.
        static FOCUS: RefCell<String> = RefCell::default();
        static PANEL_STYLED: Cell<bool> = const { Cell::new(false) };
        static DIALOG_STYLED: Cell<bool> = const { Cell::new(false) };
    }

    /// Adds a style sheet to the page, once. What it is for is whole without, if not beautiful.
    fn style(styled: &'static LocalKey<Cell<bool>>, styles: &str) {
        if !styled.replace(true) {
            let _ = adopt(styles);
        }
    }

    /// Adds a style sheet to the page. As an object: the page's policy allows no other inline style than its own.
    fn adopt(styles: &str) -> Result<(), JsValue> {
        let global = js_sys::global();
        let class: Function = Reflect::get(&global, &"CSSStyleSheet".into())?.dyn_into()?;
        let sheet = Reflect::construct(&class, &Array::new())?;
        let replace: Function = Reflect::get(&sheet, &"replaceSync".into())?.dyn_into()?;
        replace.call1(&sheet, &styles.into())?;
        let document = Reflect::get(&global, &"document".into())?;
        let sheets = Array::from(&Reflect::get(&document, &"adoptedStyleSheets".into())?);
        sheets.push(&sheet);
        Reflect::set(&document, &"adoptedStyleSheets".into(), &sheets)?;
        Ok(())
    }

    /// Renders the body of the post of that number in GitHub's dialect; the change since the last call with that
    /// number, or from nothing where `anew`. Relative addresses lead to the page's own site where it `is_site`.
    #[wasm_bindgen]
    pub fn github(number: u32, body: &str, anew: bool, is_site: Option<bool>) -> Vec<u8> {
        GITHUB.with_borrow_mut(|stores| {
            let store = stores.entry(number).or_default();
            if anew {
                let is_site = is_site.unwrap_or_default();
                *store = BlockStore::for_page(if is_site { Relative::Here } else { Relative::Elsewhere });
            }
            let patch = store.update_github(body);
            encode_update(store, &patch)
        })
    }

    /// Forgets the post of that number.
    #[wasm_bindgen]
    pub fn leave(number: u32) {
        GITHUB.with_borrow_mut(|stores| stores.remove(&number));
    }

    /// Compares two texts and their previews, which are lists of tokens (`encode_lists`) with the header first, and gives
    /// the lists of `compare::compare` as blocks for `Twin`; nothing where the previews do not read as such.
    #[wasm_bindgen]
    pub fn compare(old: &str, new: &str, old_preview: &[u8], new_preview: &[u8]) -> Option<Vec<u8>> {
        let (old_preview, new_preview) = (decode_lists(old_preview)?, decode_lists(new_preview)?);
        let lists = compare::compare(old, new, &old_preview, &new_preview);
        Some(encode_blocks(&lists))
    }

    /// What stands in the comparison's dialog (`compare::dialog`), as the only block; and its styles, once.
    #[wasm_bindgen]
    pub fn dialog(choices: &str) -> Vec<u8> {
        style(&DIALOG_STYLED, include_str!("../../styles/compare.css"));
        encode_blocks(&[compare::dialog(choices)])
    }
}

fn main() {}
