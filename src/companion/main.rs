//! The companion module's entry point. In: calls of the page. Out: bytes for `Twin`. Neighbours: `mod.rs`,
//! `app/effects/companion.rs`.

#[cfg(target_arch = "wasm32")]
mod exports {
    use std::cell::RefCell;

    use apercu::checks::Review;
    use apercu::companion::{decode_change, decode_zone, encode_edit, encode_findings, encode_rendered, encode_update};
    use apercu::liquid::of_post;
    use apercu::markdown::block::BlockStore;
    use apercu::markdown::{Options, render_html};
    use apercu::post::form::{self, Refusal};
    use apercu::post::site::SiteSettings;
    use apercu::post::{self, site};
    use wasm_bindgen::prelude::wasm_bindgen;

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
    }

    /// Runs Liquid over the body of a post; `now` is the time in seconds since 1970.
    #[wasm_bindgen]
    pub fn liquid(name: &str, text: &str, now: f64) -> Vec<u8> {
        let post = post::read(name, text);
        SITE.with_borrow(|settings| encode_rendered(&of_post(text, &post, settings, now as i64)))
    }

    /// Checks a post; `known_tags` are those of other posts, `off` the codes of the checks that do not run, each on a
    /// line.
    #[wasm_bindgen]
    pub fn check(name: &str, text: &str, known_tags: &str, off: &str) -> Vec<u8> {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let (known_tags, off, post) = (lines(known_tags), lines(off), post::read(name, text));
        SITE.with_borrow(|settings| {
            let options = Options::of_site(settings);
            let review = Review { post: &post, text, settings, options: &options, known_tags: &known_tags, off: &off };
            encode_findings(&review.findings())
        })
    }

    /// The edit that makes a change of the form in a text: both as `encode_change` and `encode_edit` write them.
    #[wasm_bindgen]
    pub fn change(text: &str, change: &[u8]) -> Vec<u8> {
        encode_edit(&match decode_change(change) {
            Some(change) => form::edit(text, &change),
            None => Err(Refusal::Impossible),
        })
    }

    thread_local! {
        static SITE: RefCell<SiteSettings> = RefCell::default();
        static GITHUB: RefCell<BlockStore> = RefCell::default();
    }

    /// Renders a body in GitHub's dialect; the change since the last call, or from nothing where `anew`.
    #[wasm_bindgen]
    pub fn github(body: &str, anew: bool) -> Vec<u8> {
        GITHUB.with_borrow_mut(|store| {
            if anew {
                *store = BlockStore::new();
            }
            let patch = store.update_github(body);
            encode_update(store, &patch)
        })
    }
}

fn main() {}
